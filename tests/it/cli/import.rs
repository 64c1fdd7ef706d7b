use std::process::Stdio;

use super::{editions_out_of_books, fingerprint, import};
use crate::support::TestDatabase;

const HEADER: &str =
    "slug,title,original_title,year,director,cast,genres,studio,runtime_min,certificate,country,rating,votes\n";

fn file(rows: &[&[u8]]) -> Vec<u8> {
    let rows = rows.iter().flat_map(|row| [*row, b"\n"].concat());
    HEADER.bytes().chain(rows).collect()
}

#[tokio::test]
async fn importing_twice_changes_nothing() {
    let database = TestDatabase::migrated().await;
    let films = file(&[
        "amelie-2001,Amélie,Le Fabuleux Destin,2001,Jean-Pierre Jeunet,Audrey Tautou|Mathieu Kassovitz,Comedy|Romance,Miramax,122,R,France,8.6,1".as_bytes(),
        "ozbek-1999,Oʻtkan kunlar,Ўткан кунлар,1999,,,Drama,,,,Uzbekistan,,".as_bytes(),
        b"thin-1900,Thin,,1900,,,,,,,,,",
    ]);
    let dry = import(&database, &films, true);
    assert_eq!(database.number("SELECT COUNT(*) FROM products").await, 0);
    assert_eq!(database.number("SELECT COUNT(*) FROM cache_invalidations").await, 0);
    let first = import(&database, &films, false);
    assert!(dry.is_success && first.is_success);
    assert_eq!(first.said, ["3 films added, 0 changed, 0 unchanged, 0 rows refused."]);
    assert_eq!(dry.said[..1], first.said[..]);
    assert_eq!(
        database.number("SELECT COUNT(*) FROM products WHERE price_min_minor > 0 AND status = 'active'").await,
        3
    );
    assert_eq!(database.number("SELECT COUNT(*) FROM cache_invalidations WHERE tag LIKE 'film:%'").await, 3);
    assert_eq!(editions_out_of_books(&database).await, 0);

    let before = fingerprint(&database).await;
    let second = import(&database, &films, false);
    assert_eq!(second.said, ["0 films added, 0 changed, 3 unchanged, 0 rows refused."]);
    assert_eq!(fingerprint(&database).await, before);
}

#[tokio::test]
async fn a_thinner_file_takes_nothing_away_and_a_fuller_one_adds() {
    let database = TestDatabase::migrated().await;
    import(&database, &file(&[b"film-2001,Film,,2001,Ana Ruiz,Bo Li|Cy Ek,Drama|War,Granite,100,R,Italy,,"]), false);
    let thinner = import(&database, b"slug,title,year\nfilm-2001,Film,2001\n", false);
    assert_eq!(thinner.said, ["0 films added, 0 changed, 1 unchanged, 0 rows refused."]);
    let fuller = import(&database, &file(&[b"film-2001,Film,Pellicola,2001,,Cy Ek|Bo Li,Comedy,,,,,,"]), false);
    assert_eq!(fuller.said, ["0 films added, 1 changed, 0 unchanged, 0 rows refused."]);
    let film = "SELECT COUNT(*) FROM products p JOIN studios s ON s.id = p.studio_id JOIN categories c ON c.id = p.category_id \
                WHERE s.slug = 'granite' AND p.original_title = 'Pellicola' AND p.runtime_min = 100 AND p.version = 2 \
                AND c.slug = 'comedy'";
    assert_eq!(database.number(film).await, 1);
    let shelves =
        "SELECT COUNT(*) FROM product_categories pc JOIN categories c ON c.id = pc.category_id WHERE c.slug = 'comedy'";
    assert_eq!(database.number(shelves).await, database.number("SELECT COUNT(*) FROM product_categories").await);
    let billing = "SELECT COUNT(*) FROM product_people pp JOIN people p ON p.id = pp.person_id WHERE \
                   (p.slug = 'cy-ek' AND pp.position = 0) OR (p.slug = 'bo-li' AND pp.position = 1)";
    assert_eq!(database.number(billing).await, 2);
}

#[tokio::test]
async fn edition_columns_write_history_and_ledger() {
    let database = TestDatabase::migrated().await;
    let columns = "slug,title,year,dvd_price,dvd_stock,dvd_sale_price,dvd_sku\n";
    import(&database, format!("{columns}film-2001,Film,2001,19.99,5,,MINE-1\n").as_bytes(), false);
    let edition =
        "SELECT COUNT(*) FROM editions WHERE sku = 'MINE-1' AND format = 'dvd' AND price_minor = 1999 AND stock = 5";
    assert_eq!(database.number(edition).await, 1);
    assert_eq!(database.number("SELECT COUNT(*) FROM editions").await, 1);

    let change = format!("{columns}film-2001,Film,2001,24.99,3,14.99,MINE-1\n");
    let changed = import(&database, change.as_bytes(), false);
    assert_eq!(changed.said, ["0 films added, 1 changed, 0 unchanged, 0 rows refused."]);
    assert_eq!(database.number("SELECT COUNT(*) FROM price_history WHERE sale_price_minor = 1499").await, 1);
    assert_eq!(database.number("SELECT CAST(delta AS SIGNED) FROM stock_movements ORDER BY id DESC LIMIT 1").await, -2);
    assert_eq!(database.number("SELECT price_min_minor FROM products WHERE on_sale AND version = 2").await, 1499);
    assert_eq!(editions_out_of_books(&database).await, 0);
    let before = fingerprint(&database).await;
    import(&database, change.as_bytes(), false);
    assert_eq!(fingerprint(&database).await, before);
}

#[tokio::test]
async fn a_film_with_editions_keeps_them() {
    let database = TestDatabase::migrated().await;
    import(&database, b"slug,title,year,dvd_price\nfilm-2001,Film,2001,19.99\n", false);
    import(&database, b"slug,title,year,runtime_min\nfilm-2001,Film,2001,90\n", false);
    assert_eq!(database.number("SELECT COUNT(*) FROM editions").await, 1);
    assert_eq!(database.number("SELECT price_minor FROM editions").await, 1999);
}

#[tokio::test]
async fn codes_of_other_editions_are_refused() {
    let database = TestDatabase::migrated().await;
    let columns = "slug,title,year,dvd_price,dvd_sku,dvd_barcode\n";
    import(&database, format!("{columns}film-2001,Film,2001,9.99,MINE-1,20000001\n").as_bytes(), false);
    let rows = "other-2001,Other,2001,9.99,MINE-1,\nthird-2001,Third,2001,9.99,MINE-3,20000001\n\
                fourth-2001,Fourth,2001,9.99,MINE-4,\nfifth-2001,Fifth,2001,9.99,MINE-4,\n";
    let file = format!("{columns}{rows}");
    let dry = import(&database, file.as_bytes(), true);
    let taken = import(&database, file.as_bytes(), false);
    assert!(!dry.is_success && !taken.is_success);
    assert_eq!(
        taken.said,
        [
            "line 2, dvd_sku: another edition has it",
            "line 3, dvd_barcode: another edition has it",
            "line 5, dvd_sku: another row of the file has it",
            "1 films added, 0 changed, 0 unchanged, 3 rows refused.",
        ]
    );
    assert_eq!(dry.said[..4], taken.said[..]);
    assert_eq!(database.number("SELECT COUNT(*) FROM products").await, 2);
}

#[tokio::test]
async fn a_hostile_file_ends_in_a_report() {
    let database = TestDatabase::migrated().await;
    let huge = [b"huge-2001,", "x".repeat(300_000).as_bytes(), b",,2001,,,,,,,,,"].concat();
    let rows: &[&[u8]] = &[
        b"good-2001,Good,,2001,,,Drama,,,,,,",
        b"early-1066,Early,,1066,,,,,,,,,",
        b"bytes-2001,Caf\xe9,,2001,,,,,,,,,",
        b"nul-2001,N\0l,,2001,,,,,,,,,",
        b"good-2001,Twice,,2001,,,,,,,,,",
        b"formula-2001,=1+1,,2001,,,,,,,,,",
        b"broken-2001,\"Two\r\nlines\",,2001,,,,,,,,,",
        &huge,
        b"open-2001,\"Open,,2001,,,,,,,,,",
        b"minus-1959,-30-,,1959,,,,,,,,,\r",
    ];
    let mut hostile = b"\xEF\xBB\xBF".to_vec();
    hostile.extend(file(rows));
    let dry = import(&database, &hostile, true);
    let taken = import(&database, &hostile, false);
    assert!(!dry.is_success && !taken.is_success);
    let lines: Vec<&str> = taken.said.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(
        lines[..8],
        [
            "line 3, year",
            "line 4, title",
            "line 5, title",
            "line 6, slug",
            "line 7, title",
            "line 8, title",
            "line 10, title",
            "line 11"
        ]
    );
    assert_eq!(taken.said[8..], ["2 films added, 0 changed, 0 unchanged, 8 rows refused."]);
    assert_eq!(dry.said[..9], taken.said[..]);
    assert_eq!(database.number("SELECT COUNT(*) FROM products WHERE slug IN ('good-2001', 'minus-1959')").await, 2);
    assert_eq!(database.number("SELECT COUNT(*) FROM products").await, 2);
    let refused = import(&database, b"slug,title,wrong\n", false);
    assert!(!refused.is_success && refused.said.len() == 3, "{:?}", refused.said);
}

/// Rows in the columns of a large real catalogue: many without people, studio, genres or country, some with a year of
/// the earliest cinema.
#[tokio::test]
async fn a_thin_catalogue_of_several_chunks_is_taken_whole() {
    let database = TestDatabase::migrated().await;
    let genres = ["", "Silent|Short", "Drama|Film Noir", "Western"];
    let mut rows = String::from(HEADER);
    for n in 0..2_300 {
        let year = 1888 + n % 136;
        let (genre, cast) = (genres[n % 4], if n % 3 == 0 { "" } else { "Ana Ruiz|Bo Li|Ana Ruiz" });
        rows += &format!("film-{n}-{year},Film {n},,{year},,{cast},{genre},,,,,,\n");
    }
    let outcome = import(&database, rows.as_bytes(), false);
    assert_eq!(outcome.said, ["2300 films added, 0 changed, 0 unchanged, 0 rows refused."]);
    assert_eq!(database.number("SELECT COUNT(*) FROM people").await, 2);
    assert_eq!(database.number("SELECT COUNT(*) FROM products WHERE price_min_minor IS NULL").await, 0);
    assert_eq!(database.number("SELECT COUNT(*) FROM cache_invalidations WHERE tag = 'films:rebuild'").await, 1);
    assert_eq!(editions_out_of_books(&database).await, 0);
}

#[tokio::test]
async fn texts_at_their_limits_fit_the_columns() {
    let database = TestDatabase::migrated().await;
    let long = |letter: &str, times: usize| letter.repeat(times);
    let (title, name) = (long("щ", 300), long("щ", 150));
    let people = (0..50).map(|n| format!("{}{n}", long("щ", 140))).collect::<Vec<_>>().join("|");
    let text = long("雪", 16_000);
    let file = format!(
        "slug,title,title_ru,title_uz,original_title,description_en,year,director,cast,studio\n\
         long-2001,{title},{title},{title},{title},{text},2001,{name},{people},{name}\n\
         empty-2001,\u{301},,,,,2001,,,\n\
         nobody-2001,Nobody,,,,,2001,,\u{200d},\n"
    );
    let outcome = import(&database, file.as_bytes(), false);
    assert_eq!(
        outcome.said,
        [
            "line 3, title: nothing in it can be seen",
            "line 4, cast: nothing in it can be seen",
            "1 films added, 0 changed, 0 unchanged, 2 rows refused."
        ]
    );
}

#[tokio::test]
async fn a_killed_import_leaves_whole_chunks_and_is_completed_by_the_next() {
    let database = TestDatabase::migrated().await;
    let rows = (0..6_000).map(|n| format!("film-{n}-2001,Film {n},,2001,Ana Ruiz,Bo Li,Drama,,,,,,\n"));
    let file = format!("{HEADER}{}", rows.collect::<String>());
    let folder = super::folder();
    let path = folder.join("films.csv");
    std::fs::write(&path, &file).unwrap();
    let mut running =
        super::command(&database, &folder).arg("import").arg(&path).stderr(Stdio::null()).spawn().unwrap();
    while database.number("SELECT COUNT(*) FROM products").await == 0 {
        assert!(running.try_wait().unwrap().is_none(), "it ended before it stored anything");
    }
    running.kill().unwrap();
    running.wait().unwrap();
    std::fs::remove_dir_all(folder).unwrap();

    let stored = database.number("SELECT COUNT(*) FROM products").await;
    assert!(stored > 0 && stored < 6_000 && stored % 500 == 0, "{stored} films stored");
    let torn = "SELECT COUNT(*) FROM products p WHERE price_min_minor IS NULL OR NOT EXISTS (SELECT 1 FROM product_genres g \
                WHERE g.product_id = p.id) OR (SELECT COUNT(*) FROM product_people l WHERE l.product_id = p.id) <> 2";
    assert_eq!(database.number(torn).await, 0);
    assert_eq!(editions_out_of_books(&database).await, 0);
    let outcome = import(&database, file.as_bytes(), false);
    assert_eq!(
        outcome.said,
        [format!("{} films added, 0 changed, {stored} unchanged, 0 rows refused.", 6_000 - stored)]
    );
    assert_eq!(database.number(torn).await, 0);
}

#[tokio::test]
async fn stock_that_comes_with_a_file_is_news_only_where_there_was_none() {
    let database = TestDatabase::migrated().await;
    let columns = "slug,title,year,dvd_price,dvd_stock,dvd_sku\n";
    let stock = |one: u32, two: u32| {
        let rows = format!("one-2001,One,2001,10.00,{one},ONE\ntwo-2001,Two,2001,10.00,{two},TWO\n");
        assert!(import(&database, format!("{columns}{rows}").as_bytes(), false).is_success);
    };
    stock(0, 3);
    let arrived = "SELECT CAST(COALESCE(SUM(JSON_EXTRACT(payload, '$.units')), 0) AS SIGNED) FROM jobs \
                   WHERE kind = 'back_in_stock'";
    assert_eq!(database.number(arrived).await, 0, "new editions are no news to anybody");
    stock(7, 5);
    assert_eq!(database.number(arrived).await, 7);
    stock(0, 0);
    assert_eq!(database.number(arrived).await, 7);
}
