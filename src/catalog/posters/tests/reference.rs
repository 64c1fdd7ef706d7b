//! Sheets whose bytes are settled: an address that was handed out once must show the same drawing for ever. Whoever
//! changes one on purpose counts up the renderer's version too.

use std::fmt::Write;

use crate::catalog::{
    Format,
    posters::{Poster, rng::Fnv64, still, svg},
};

/// Title, year, genre, director, take, and the drawing's FNV-1a.
type Sheet = (&'static str, u16, &'static str, &'static str, u32, u64);

fn fnv1a_64(text: &str) -> u64 {
    let mut hash = Fnv64::default();
    hash.write_str(text).unwrap();
    hash.0
}

fn poster((title, year, genre, director, take, _): Sheet) -> Poster<'static> {
    Poster { title, lettering: title.into(), year, genre, director, take, format: None }
}

#[test]
fn posters_keep_their_bytes() {
    for sheet in POSTERS {
        assert_eq!(fnv1a_64(&svg(&poster(*sheet))), sheet.5, "{}", sheet.0);
    }
}

#[test]
fn stills_keep_their_bytes() {
    for sheet in STILLS {
        assert_eq!(fnv1a_64(&still(&poster(*sheet))), sheet.5, "{}", sheet.0);
    }
}

#[test]
fn packs_keep_their_bytes() {
    let stalker = poster(STILLS[1]);
    for (format, hash) in PACKS {
        assert_eq!(fnv1a_64(&svg(&Poster { format: Some(*format), ..stalker.clone() })), *hash, "{format:?}");
    }
}

#[rustfmt::skip]
const POSTERS: &[Sheet] = &[
    ("In the Mood for Love", 2000, "Romance", "Wong Kar Wai", 101, 0x81a1_d647_1c68_7f9a),
    ("Stalker", 1979, "Science fiction", "Andrei Tarkovsky", 0, 0x4aef_1563_750e_769c),
    ("Mad Max: Fury Road", 2015, "Action", "George Miller", 1, 0xe938_6f0c_9b83_c42a),
    ("Playtime", 1967, "Comedy", "Jacques Tati", 0, 0x210f_fcb9_414c_3159),
    ("The Third Man", 1949, "Noir", "Carol Reed", 49, 0xf6b3_a5cc_cfd9_0e5e),
    ("Spirited Away", 2001, "Animation", "Hayao Miyazaki", 0, 0xec69_15d5_8ce1_ac3b),
    ("Alien", 1979, "Horror", "Ridley Scott", 9, 0xb861_8672_f1ad_e47f),
    ("Lawrence of Arabia", 1962, "Adventure", "David Lean", 5, 0xeda8_c8b4_5eb0_a1ba),
    ("Parasite", 2019, "Thriller", "Bong Joon Ho", 44, 0x9a9c_f52e_be13_6195),
    ("Paris, Texas", 1984, "Drama", "Wim Wenders", 4, 0xfa22_4a6b_8248_ed51),
    ("Some Like It Hot", 1959, "Comedy", "Billy Wilder", 0, 0x1890_75d8_3207_bd71),
    ("Close-Up", 1990, "Documentary", "Abbas Kiarostami", 4, 0x61d1_979b_0ca0_b9df),
    ("Vertigo", 1958, "Mystery", "Alfred Hitchcock", 27, 0xa5f5_4574_b584_4b25),
    ("Cléo from 5 to 7", 1962, "Drama", "Agnès Varda", 0, 0x5c41_2f0a_b872_836a),
    ("Suspiria", 1977, "Horror", "Dario Argento", 0, 0xcfe8_8e4f_9570_0572),
    ("Chungking Express", 1994, "Romance", "Wong Kar Wai", 33, 0x0430_ce4a_3adb_eed4),
    ("Beau Travail", 1999, "Drama", "Claire Denis", 0, 0xdd62_4fbe_0b82_c6f6),
    ("Metropolis", 1927, "Science fiction", "Fritz Lang", 19, 0xcbcc_b8dc_5a36_8f24),
    ("Do the Right Thing", 1989, "Comedy", "Spike Lee", 55, 0x98ca_ef85_bc3e_3ef3),
    ("Aftersun", 2022, "Drama", "Charlotte Wells", 19, 0x2d4a_d4b2_adb3_5391),
    ("Heat", 1995, "Crime", "Michael Mann", 0, 0xe870_87de_f672_0509),
    ("The Red Shoes", 1948, "Drama", "Powell & Pressburger", 8, 0x945a_1b05_9d79_0757),
    ("Tampopo", 1985, "Comedy", "Juzo Itami", 7, 0xb58d_0636_062d_8684),
    ("Portrait of a Lady on Fire", 2019, "Romance", "Céline Sciamma", 3, 0xae57_7983_8d33_68e5),
    ("Blade Runner 2049", 2017, "Science fiction", "Denis Villeneuve", 18, 0x47f9_42e1_a556_b1b1),
    ("Rear Window", 1954, "Thriller", "Alfred Hitchcock", 73, 0x2da6_b7ac_cfc4_6198),
    ("Yi Yi", 2000, "Drama", "Edward Yang", 33, 0xf049_852a_5c18_5ba8),
    ("M", 1931, "Crime", "Fritz Lang", 29, 0x8986_aa0d_a5ba_a103),
    ("Jeanne Dielman, 23, quai du Commerce, 1080 Bruxelles", 1975, "Drama", "Chantal Akerman", 6, 0x7215_4e0f_a79f_d407),
    ("The General", 1926, "Action", "Buster Keaton", 0, 0xbea9_8c94_d5ed_39fa),
    ("Seven Samurai", 1954, "Adventure", "Akira Kurosawa", 42, 0x3e5d_b9ff_833e_d367),
    ("Daughters of the Dust", 1991, "Drama", "Julie Dash", 0, 0x6e5e_5311_2c8d_e64d),
];

#[rustfmt::skip]
const STILLS: &[Sheet] = &[
    ("In the Mood for Love", 2000, "Romance", "Wong Kar Wai", 101, 0x021b_7719_3f40_e8a4),
    ("Stalker", 1979, "Science fiction", "Andrei Tarkovsky", 0, 0xfe90_905e_d362_60f0),
    ("Playtime", 1967, "Comedy", "Jacques Tati", 0, 0xc6ac_cf52_733a_70dc),
    ("The Third Man", 1949, "Noir", "Carol Reed", 49, 0x3478_5113_72ed_5ec5),
    ("Lawrence of Arabia", 1962, "Adventure", "David Lean", 5, 0x8e23_a837_27aa_ddd4),
    ("Metropolis", 1927, "Science fiction", "Fritz Lang", 19, 0x222d_ddcc_0332_becb),
];

const PACKS: &[(Format, u64)] = &[
    (Format::Uhd4k, 0xfd56_56f1_c1a3_1135),
    (Format::BluRay, 0x7c60_2f42_2b74_dcb3),
    (Format::Dvd, 0x9aa7_303a_6030_4401),
    (Format::DigitalHd, 0x9fad_889b_6288_d5f3),
];
