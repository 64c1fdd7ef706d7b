mod reference;

use std::{
    borrow::Cow,
    time::{Duration, Instant},
};

use super::{
    Poster, Rendering,
    canvas::Canvas,
    glyphs::{Anchor, SQUEEZE, Setting, WIDE},
    plan::TitleMode,
    rng::Rng,
    still, svg,
    title::TitleBlock,
    version,
};
use crate::catalog::Format;

const FILM: Poster<'_> = Poster {
    title: "Stalker",
    lettering: Cow::Borrowed("Stalker"),
    year: 1979,
    genre: "Science Fiction",
    director: "Andrei Tarkovsky",
    take: 0,
    format: None,
};

fn titled<'a>(title: &'a str, lettering: &'a str) -> Poster<'a> {
    Poster { title, lettering: lettering.into(), ..FILM }
}

/// Everything but the label, which is not drawn.
fn drawing(svg: &str) -> &str {
    svg.split_once("<clipPath").expect("every sheet is clipped").1
}

#[test]
fn both_faces_set_the_alphabets_of_the_shop() {
    let alphabets =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ ЎҚҒҲ ŁÓŹČŠŽŞĞİŐŰ 0123456789 O‘ZBEK «»“”’—–…№½";
    for face in [&*SQUEEZE, &*WIDE] {
        assert_eq!(face.settable(alphabets).as_deref(), Some(alphabets));
        for letter in alphabets.chars().filter(|letter| *letter != ' ') {
            assert!(face.width(&letter.to_string(), 0) > 0.0 && outlines(&letter.to_string()) == 1, "{letter}");
        }
    }
}

fn outlines(title: &str) -> usize {
    let mut canvas = Canvas::open((1, 1), format_args!(""));
    let setting = Setting { x: 0.0, y: 0.0, size: 1.0, tracking: 0, anchor: Anchor::Start };
    SQUEEZE.set_uncoloured(&mut canvas, title, setting);
    canvas.close().matches("<path").count()
}

#[test]
fn uzbek_signs_are_drawn_as_quotation_marks() {
    assert_eq!(SQUEEZE.settable("Oʻtkan kunlar, sanʼat").as_deref(), Some("O‘TKAN KUNLAR, SAN’AT"));
}

#[test]
fn a_letter_with_a_foreign_mark_loses_the_mark_and_a_foreign_sign_its_place() {
    assert_eq!(SQUEEZE.settable("Cafe\u{301} Ḗ ☆ x").as_deref(), Some("CAFÉ E X"));
    assert_eq!(SQUEEZE.settable("☆"), None);
    assert_eq!(SQUEEZE.settable("海の夜"), None);
}

#[test]
fn a_title_without_outlines_gives_way_to_the_usual_one_and_that_to_the_year() {
    assert_eq!(drawing(&svg(&titled("Stalker", "密行者"))), drawing(&svg(&FILM)));
    let nameless = svg(&titled("海の夜", "海の夜"));
    assert!(nameless.contains(r#"aria-label="海の夜 (1979)""#));
    let with_year = titled("海の夜", "1979");
    assert_eq!(drawing(&nameless), drawing(&svg(&with_year)));
}

#[test]
fn another_language_changes_the_title_and_keeps_the_picture() {
    let russian = titled("Stalker", "Сталкер");
    assert_eq!(drawing(&still(&russian)), drawing(&still(&FILM)));
    assert_ne!(drawing(&svg(&russian)), drawing(&svg(&FILM)));
}

#[test]
fn lines_with_marks_and_tails_make_room_for_them() {
    for mode in [TitleMode::Block, TitleMode::Flush] {
        let height = |title: &str| TitleBlock::fit(title, 200.0, 2000.0, mode).height();
        assert!(height("ЙОД ЙОД") > height("ИОД ИОД") + 10.0, "{mode:?}");
        assert!(height("ЩИ ЩИ") > height("ШИ ШИ"), "{mode:?}");
        assert!((height("ÉCU ÉCU") - height("ECU ECU")).abs() < 1e-9, "Western European accents are set tight");
    }
}

#[test]
fn the_version_follows_every_fact_and_nothing_else() {
    let others = [
        Poster { title: "Stalkers", ..FILM },
        Poster { lettering: "Сталкер".into(), ..FILM },
        Poster { year: 1980, ..FILM },
        Poster { genre: "Drama", ..FILM },
        Poster { director: "", ..FILM },
        Poster { take: 1, ..FILM },
        Poster { format: Some(Format::Dvd), ..FILM },
        FILM,
    ];
    let versions: std::collections::BTreeSet<String> = others.iter().map(version).collect();
    assert_eq!(versions.len(), others.len());
    assert_eq!(version(&FILM), version(&Poster { genre: "science-fiction", ..FILM }));
    assert!(Rendering::Still.path("stalker-1979", &FILM).starts_with("/media/stills/stalker-1979-"));
}

#[test]
fn numbers_are_rounded_as_they_are_printed() {
    let number = |value: f64| {
        let mut canvas = Canvas::open((1, 1), format_args!(""));
        canvas.raw("|").number(value).raw("|");
        canvas.close().split('|').nth(1).unwrap_or_default().to_owned()
    };
    let expected = |value: f64| format!("{value:.1}").trim_end_matches(".0").to_owned();
    for value in [0.0, -0.0, 0.05, 0.25, 0.35, -0.04, 12.25, 12.75, 99.95, -99.949_999, 1434.0, 1e10] {
        assert_eq!(number(value), expected(value), "{value}");
    }
    let mut rng = Rng::new(1);
    for _ in 0..10_000 {
        let value = rng.between(-2000.0, 2000.0);
        assert_eq!(number(value), expected(value), "{value}");
    }
}

#[test]
fn hostile_titles_are_drawn_as_quickly_as_others() {
    let many_words = "a ".repeat(150);
    let one_word = "W".repeat(300);
    for title in [many_words.as_str(), &one_word, "<script>&\"'\u{0}\u{1b}\u{ffff}", "\u{202e}\u{301}", "   "] {
        let start = Instant::now();
        let sheet = svg(&titled(title, title));
        assert!(start.elapsed() < Duration::from_millis(200), "{title}: {:?}", start.elapsed());
        assert!(!sheet.contains("<script") && !sheet.contains(['\u{0}', '\u{1b}', '\u{ffff}']));
        assert!(Rendering::Png.draw(&titled(title, title)).is_ok());
    }
}

#[test]
fn pngs_have_the_size_of_their_sheet() {
    for (rendering, width, height) in [(Rendering::Png, 600, 900), (Rendering::Preview, 1200, 630)] {
        let png = rendering.draw(&titled("Ёлки & \"Ель\"", "Ёлки & \"Ель\"")).unwrap();
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        let size = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
        assert_eq!((size(16), size(20)), (width, height));
    }
}
