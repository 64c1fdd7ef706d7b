use super::{Problem, Row, Rows};
use crate::catalog::Format;
use crate::catalog::draft::FilmDraft;
use crate::catalog::sample::FILMS_CSV;

const HEADER: &str =
    "slug,title,original_title,year,director,cast,genres,studio,runtime_min,certificate,country,rating,votes";

fn read(file: &[u8]) -> (Vec<Row>, Vec<String>) {
    let (mut films, mut problems) = (Vec::new(), Vec::new());
    let mut note = |all: Vec<Problem>| problems.extend(all.iter().map(ToString::to_string));
    match Rows::open(file).expect("memory does not fail") {
        Err(refused) => note(refused),
        Ok(mut rows) => {
            while let Some(row) = rows.next_row().expect("memory does not fail") {
                match row {
                    Ok(row) => films.push(row),
                    Err(wrong) => note(wrong),
                }
            }
        }
    }
    (films, problems)
}

fn read_rows(rows: &[&[u8]]) -> (Vec<Row>, Vec<String>) {
    let mut file = HEADER.as_bytes().to_vec();
    for row in rows {
        file.push(b'\n');
        file.extend(*row);
    }
    read(&file)
}

#[test]
fn every_film_of_the_sample_is_taken() {
    let (films, problems) = read(FILMS_CSV.as_bytes());
    assert_eq!(problems, Vec::<String>::new());
    assert!(films.len() >= 3_000);
    let matrix = films.iter().find(|row| row.film.slug == "the-matrix-1999").expect("the film is there");
    assert_eq!(matrix.film.year, 1999);
    assert_eq!(matrix.film.cast.first().map(String::as_str), Some("Keanu Reeves"));
}

#[test]
fn a_full_row_says_all() {
    let (films, problems) = read_rows(&["amelie-2001,Amélie,Le Fabuleux Destin,2001,Jean-Pierre Jeunet,Audrey Tautou|Mathieu Kassovitz,Comedy|Romance,Miramax,122,R,France,8.6,12".as_bytes()]);
    assert!(problems.is_empty(), "{problems:?}");
    let expected = FilmDraft {
        slug: "amelie-2001".into(),
        title_en: "Amélie".into(),
        original_title: Some("Le Fabuleux Destin".into()),
        year: 2001,
        directors: vec!["Jean-Pierre Jeunet".into()],
        cast: vec!["Audrey Tautou".into(), "Mathieu Kassovitz".into()],
        genres: vec!["comedy".into(), "romance".into()],
        studio: Some("Miramax".into()),
        runtime_min: Some(122),
        certificate: Some("R".into()),
        country: Some("France".into()),
        ..FilmDraft::default()
    };
    assert_eq!(films[0].film, expected);
    assert_eq!(films[0].line, 2);
}

#[test]
fn each_bad_row_is_named_and_the_good_ones_are_taken() {
    let (films, problems) = read_rows(&[
        b"good-2001,Good,,2001,,,,,,,,,",
        b"early-1066,Early,,1066,,,Drama|Cooking,,0,X,,,",
        b"bad-utf8-2001,Caf\xe9,,2001,,,,,,,,,",
        b"nul-2001,N\0l,,2001,,,,,,,,,",
        b"short-2001,Short,,2001",
        b"good-2001,Again,,2001,,,,,,,,,",
        b"untitled-2001,,,2001,,,,,,,,,",
        b"open-2001,\"Open,,2001,,,,,,,,,",
        b"formula-2001,\"=HYPERLINK(\"\"x\"\")\",,2001,,,,,,,,,",
        b"broken-2001,\"Two\nlines\",,2001,,,,,,,,,",
        b"+1,Bad slug,,2001,,,,,,,,,",
        b"plus-2013,+1,,2013,,,,,,,,,",
        b"last-2001,Last,,2001,,,,,,,,,anything",
    ]);
    let slugs: Vec<&str> = films.iter().map(|row| row.film.slug.as_str()).collect();
    assert_eq!(slugs, ["good-2001", "plus-2013", "last-2001"]);
    assert_eq!(
        problems,
        [
            "line 3, year: 1066 is not within 1888 to 2100",
            "line 3, genres: \"Cooking\" is not a genre of the list",
            "line 3, runtime_min: 0 is not within 1 to 1000",
            "line 3, certificate: not one of G, PG, PG-13, R, NC-17, Not Rated",
            "line 4, title: not UTF-8 text",
            "line 5, title: has the control character U+0000",
            "line 6: 4 cells where the header has 13",
            "line 7, slug: line 2 has the same slug",
            "line 8, title: empty",
            "line 9: a quote closes in the middle of a cell",
            "line 10, title: reads as a spreadsheet formula",
            "line 11, title: has the control character U+000A",
            "line 13, slug: not a slug: lower-case ASCII words joined by hyphens",
        ]
    );
}

#[test]
fn a_refused_row_does_not_take_its_slug() {
    let (films, problems) = read_rows(&[b"film-2001,Film,,1,,,,,,,,,", b"film-2001,Film,,2001,,,,,,,,,"]);
    assert_eq!((films.len(), problems.len()), (1, 1));
}

#[test]
fn byte_order_mark_and_windows_line_ends_are_fine() {
    let (films, problems) = read(b"\xEF\xBB\xBFSlug,Title,YEAR\r\na-2001,\"A, B\",2001\r\n\r\nb-2001,B,2001\r\n");
    assert_eq!((films.len(), problems.len()), (2, 0));
    assert_eq!(films[0].film.title_en, "A, B");
}

#[test]
fn a_broken_header_refuses_the_file() {
    assert_eq!(read(b"").1, ["line 1: the file is empty"]);
    assert_eq!(read(b"\n\n").1, ["line 1: the file is empty"]);
    assert_eq!(
        read(b"slug,title,title,colour,\na,b,c,d,e\n").1,
        [
            "line 1, title: the column stands here twice",
            "line 1, colour: unknown column",
            "line 1, column 5: empty",
            "line 1, year: the column is missing"
        ]
    );
    assert!(read(b"\xff\xfes\0l\0u\0g\0,\0").1.iter().any(|problem| problem.contains("not UTF-8")));
}

#[test]
fn edition_columns_speak_of_their_format() {
    let (films, problems) = read(
        b"slug,title,year,dvd_price,blu_ray_price,dvd_stock,dvd_sale_price,dvd_sale_to,blu_ray_sku\n\
          a-2001,A,2001,19.99,,3,9.99,2030-01-01,\n\
          b-2001,B,2001,,,,,,\n\
          c-2001,C,2001,9.99,,,9.99,,\n\
          d-2001,D,2001,9.99,,,,2030-01-01,\n",
    );
    assert_eq!(
        problems,
        [
            "line 4, dvd_sale_price: the sale price is not below the price",
            "line 5, dvd_sale_to: sale cells without a price and a sale price"
        ]
    );
    let edition = &films[0].film.editions[0];
    assert_eq!(
        (edition.format, edition.price_minor, edition.stock, edition.sale_price_minor),
        (Format::Dvd, Some(1999), Some(3), Some(999))
    );
    assert_eq!(films[0].film.editions.len(), 1);
    assert!(films[1].film.editions.is_empty());
}

/// Whatever the bytes are, the reader ends, panics nowhere, and lets nothing through that the
/// tables would refuse.
#[test]
fn garbage_is_survived() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let pieces: [&[u8]; 24] = [
        b"\"",
        b"\"\"",
        b",",
        b",,,,,,,,,,,,",
        b"\n",
        b"\r\n",
        b"\r",
        b"\0",
        b"\xff",
        b"\xEF\xBB\xBF",
        b"=1+1",
        b"@",
        b"-",
        b"film-2001",
        b"Film",
        b"2001",
        b"|",
        "Ўткан".as_bytes(),
        "é".as_bytes(),
        b"Drama",
        b"99999999999999999999",
        b" ",
        b"\t",
        b"a-2001,A,,2001,,,,,,,,,\n",
    ];
    for _ in 0..3_000 {
        let mut file = if next() % 4 == 0 { Vec::new() } else { format!("{HEADER}\n").into_bytes() };
        for _ in 0..next() % 60 {
            match next() % 8 {
                0 => file.push((next() & 0xff) as u8),
                _ => file.extend(pieces[usize::try_from(next() % 24).unwrap_or(0)]),
            }
        }
        let lines = file.split(|byte| *byte == b'\n').count();
        let (films, problems) = read(&file);
        assert!(films.len() <= lines);
        for Row { line, film } in films {
            assert!(line <= lines as u64);
            assert!(!film.title_en.is_empty() && !film.slug.is_empty() && (1888..=2100).contains(&film.year));
            assert!(!film.title_en.chars().any(char::is_control));
        }
        assert!(problems.iter().all(|problem| problem.starts_with("line ")));
    }
}
