//! What the shop's people are told: reports of a day or a week, and what runs low.

use std::sync::Arc;

use marquee::{
    catalog::Format,
    platform::{clock, page_cache::NodeCounters, queue::Job, tallies::Tally},
    reports::{
        Period, Report, Span, actions,
        jobs::{DailyReport, LowStockDigest, TellOfParkedJobs, WeeklyReport},
    },
    settings::Settings,
};
use time::{Duration, macros::datetime};

use crate::support::{
    Shopper, TestApp,
    factory::{edition, product},
};

const STAFF: [(&str, &str); 1] = [("MARQUEE_STAFF_EMAIL", "desk@shop.test, boss@shop.test")];

async fn enqueue<J: Job>(app: &TestApp, job: J) {
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&job).await.unwrap();
    tx.commit().await.unwrap();
    app.work().await;
}

/// The value of a row by its name.
fn row<'r>(report: &'r Report, name: &str) -> &'r str {
    let rows = report.sections.iter().flat_map(|section| &section.rows);
    let found = rows.into_iter().find(|(row, _)| row == name);
    found.map_or_else(|| panic!("no {name} in {report:?}"), |(_, value)| value.as_str())
}

async fn place(app: &TestApp, wanted: &[(&str, u32)], at: &str, changes: &str) {
    let number = Shopper::new(app).order(wanted).await;
    app.database.execute(&format!("UPDATE orders SET placed_at = '{at}'{changes} WHERE number = '{number}'")).await;
}

#[tokio::test]
async fn a_report_counts_what_its_day_sold() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let one = product().title("Solaris").edition(Format::Dvd, 1000, 50).insert(&mut conn).await;
    let two = product().title("Mirror").edition(Format::BluRay, 2000, 50).insert(&mut conn).await;
    let (one, two) = (&*one.editions[0].sku, &*two.editions[0].sku);
    // The shop's day is five hours ahead: it begins at 19:00.
    place(&app, &[(one, 2)], "2026-11-23 18:59:59", "").await;
    place(&app, &[(one, 3)], "2026-11-23 19:00:00", "").await;
    place(&app, &[(two, 1)], "2026-11-24 18:59:59", ", payment_type = 'card'").await;
    place(&app, &[(one, 5)], "2026-11-24 10:00:00", ", status = 'cancelled'").await;
    place(&app, &[(two, 1)], "2026-11-24 19:00:00", "").await;
    let refunded = ", paid_minor = total_minor, refunded_minor = 1000";
    place(&app, &[(two, 1)], "2026-11-24 10:00:00", refunded).await;

    let settings = Settings::default();
    let day = Period::last(Span::Day, datetime!(2026-11-25 03:00 UTC), settings.zone);
    let report = actions::report(&mut conn, &settings, day).await.unwrap();
    assert_eq!(report.title, "Daily report: 24 November 2026");
    assert_eq!(row(&report, "Orders placed"), "4 (1, +300 %)");
    assert_eq!(row(&report, "Of them cancelled"), "1 (0)");
    assert_eq!(row(&report, "Units"), "5 (2, +150 %)");
    // 3 × 10.00 + 4.99, 20.00 + 4.99, 20.00 + 4.99 − 10.00; before: 2 × 10.00 + 4.99.
    assert_eq!(row(&report, "Turnover"), "$74.97 ($24.99, +200 %)");
    assert_eq!(row(&report, "Average order"), "$24.99 ($24.99, +0 %)");
    assert_eq!(row(&report, "Refunded"), "$10.00 ($0.00)");
    assert_eq!(row(&report, "Cash"), "2 orders, $49.98");
    assert_eq!(row(&report, "Bank card"), "1 order, $24.99");
    assert_eq!(row(&report, "1. Solaris"), "3 units, $30.00");
    assert_eq!(row(&report, "2. Mirror"), "2 units, $40.00");

    let week = Period::of(Span::Week, day.first);
    let report = actions::report(&mut conn, &settings, week).await.unwrap();
    assert_eq!(report.title, "Weekly report: 23 November 2026 to 29 November 2026");
    assert_eq!((row(&report, "Orders placed"), row(&report, "Units")), ("6 (0)", "8 (0)"));
    let empty = actions::report(&mut conn, &settings, week.before().before()).await.unwrap();
    assert_eq!(row(&empty, "Average order"), "$0.00 ($0.00)", "nothing is divided by nothing");
}

#[tokio::test]
async fn a_report_is_sent_to_each_of_the_shops_people_once() {
    let app = TestApp::with(&STAFF).await;
    let film = product().title("Solaris & <b>").edition(Format::Dvd, 1000, 50).insert(&mut app.conn().await).await;
    let yesterday = clock::now() - Duration::DAY;
    let at = format!("{} {}", yesterday.date(), yesterday.time());
    place(&app, &[(&film.editions[0].sku, 3)], &at, "").await;
    app.work().await;
    app.database.execute("DELETE FROM kept_messages").await;
    for _ in 0..2 {
        enqueue(&app, DailyReport {}).await;
    }
    let kept = app.database.texts("SELECT CONCAT(`to`, ' ', subject) FROM kept_messages ORDER BY `to`").await;
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(kept[0].starts_with("boss@shop.test Daily report: "), "{kept:?}");
    let text = app.database.texts("SELECT text FROM kept_messages").await.remove(0);
    assert!(text.contains("1. Solaris & <b>: 3 units, $30.00"), "{text}");
    let html = app.database.texts("SELECT html FROM kept_messages").await.remove(0);
    assert!(html.contains("1. Solaris &#38; &#60;b&#62;"), "{html}");
    enqueue(&app, WeeklyReport {}).await;
    let weekly = "SELECT COUNT(*) FROM kept_messages WHERE subject LIKE 'Weekly report: %'";
    assert_eq!(app.database.number(weekly).await, 2);
}

#[tokio::test]
async fn parked_work_and_messages_stand_in_the_report() {
    let app = TestApp::new().await;
    let parked =
        "INSERT INTO jobs (queue, kind, payload, state, max_attempts) VALUES ('default', 'x', '{}', 'parked', 1)";
    app.database.execute(parked).await;
    let given_up = "INSERT INTO messages (dedupe_key, channel, template, `to`, language, payload, status) \
                    VALUES ('k', 'email', 'x', 'a@shop.test', 'en', '{}', 'parked')";
    app.database.execute(given_up).await;
    let settings = Settings::default();
    let day = Period::last(Span::Day, clock::now(), settings.zone);
    let report = actions::report(&mut app.conn().await, &settings, day).await.unwrap();
    assert_eq!(row(&report, "Queue default"), "oldest job waits 0 s, 1 parked");
    assert_eq!(row(&report, "Messages given up"), "1");
}

#[tokio::test]
async fn what_runs_low_is_told_and_nothing_when_nothing_does() {
    let app = TestApp::with(&STAFF).await;
    let mut conn = app.conn().await;
    product().title("Plenty").edition(Format::Dvd, 1000, 6).edition(Format::DigitalHd, 500, 0).insert(&mut conn).await;
    let draft = product().title("Draft").status(marquee::catalog::ProductStatus::Draft);
    draft.edition(Format::Dvd, 1000, 0).insert(&mut conn).await;
    enqueue(&app, LowStockDigest {}).await;
    let digests = "SELECT COUNT(*) FROM messages WHERE template = 'staff_report'";
    assert_eq!(app.database.number(digests).await, 0);

    product().title("Few").with(edition(Format::Dvd, 1000, 5).sku("FEW")).insert(&mut conn).await;
    product().title("Gone").with(edition(Format::BluRay, 1000, 0).sku("GONE")).insert(&mut conn).await;
    enqueue(&app, LowStockDigest {}).await;
    let text = app.database.texts("SELECT text FROM kept_messages").await;
    assert_eq!(text.len(), 2, "one for each of the shop's people");
    assert!(text[0].starts_with("Low stock: 2 editions"), "{}", text[0]);
    let (gone, few) = (text[0].find("Gone, Blu-ray, GONE: sold out"), text[0].find("Few, DVD, FEW: 5 left"));
    assert!(gone.is_some() && gone < few, "the scarcest first: {}", text[0]);
    assert!(!text[0].contains("Plenty") && !text[0].contains("Draft"));
}

#[tokio::test]
async fn a_job_that_was_given_up_is_told_of_once() {
    let app = TestApp::with(&STAFF).await;
    let park = |kind: &str, at: &str| {
        format!(
            "INSERT INTO jobs (queue, kind, payload, state, run_at, attempts, max_attempts, last_error) \
             VALUES ('default', '{kind}', '{{}}', 'parked', {at}, 12, 12, 'the <disk> is full')"
        )
    };
    app.database.execute(&park("make_pictures", "UTC_TIMESTAMP(6)")).await;
    app.database.execute(&park("long_known", "UTC_TIMESTAMP(6) - INTERVAL 2 DAY")).await;
    for _ in 0..2 {
        enqueue(&app, TellOfParkedJobs {}).await;
    }
    let texts = app.database.texts("SELECT text FROM kept_messages").await;
    assert_eq!(texts.len(), 2, "one for each of the shop's people");
    assert!(texts[0].starts_with("A job was given up: make_pictures"), "{}", texts[0]);
    assert!(texts[0].contains("the <disk> is full") && texts[0].contains("marquee jobs retry"), "{}", texts[0]);
    let html = app.database.texts("SELECT html FROM kept_messages").await.remove(0);
    assert!(html.contains("the &#60;disk&#62; is full"), "{html}");
}

/// What this node has counted so far.
fn tally_of(app: &TestApp) -> Tally {
    let TestApp { app, .. } = app;
    let (failures, pages) = (Arc::clone(&app.failures), Arc::clone(&app.pages));
    Tally { db: app.db.clone(), failures, pages, zone: app.settings.zone, added: NodeCounters::default() }
}

#[tokio::test]
async fn what_failed_and_what_was_kept_on_every_node_stands_in_the_report() {
    let kept = ("MARQUEE_CACHE_TTL", "300");
    let one = TestApp::with(&[kept]).await;
    let other = TestApp::on(Arc::clone(&one.database), &[kept]);
    product().title("Solaris").slug("solaris").edition(Format::Dvd, 1000, 5).insert(&mut one.conn().await).await;
    let unready = other.guest();
    assert_eq!(unready.get("/films/solaris/reviews").await.status, 200);
    assert_eq!(unready.get("/films?page=2").await.status, 503, "its index is not there yet");
    assert_eq!(unready.get("/nothing-here").await.status, 404, "which is nobody's fault");
    one.follow().await;
    for _ in 0..4 {
        one.guest().get("/pages/about").await;
    }
    let (mut first, mut second) = (tally_of(&one), tally_of(&other));
    first.add().await.unwrap();
    second.add().await.unwrap();
    first.add().await.unwrap();
    let settings = Settings::default();
    let today = Period::of(Span::Day, clock::now().to_offset(settings.zone).date());
    let report = actions::report(&mut one.conn().await, &settings, today).await.unwrap();
    assert_eq!(row(&report, "503 /films"), "1");
    assert_eq!(row(&report, "Sent without making them"), "75 % (–)");
    assert_eq!(row(&report, "Made"), "1 (0)");
    let slow = "INSERT INTO slow_statements (digest, shape, origin, times, total_ms, max_ms, max_rows, last_seen) \
                VALUES (SHA2('x', 256), 'SELECT title FROM films WHERE id = ?', '/films/{slug}', 3, 900, 500, 1, UTC_TIMESTAMP(6))";
    one.database.execute(slow).await;
    let report = actions::report(&mut one.conn().await, &settings, today).await.unwrap();
    let told = row(&report, "SELECT title FROM films WHERE id = ?");
    assert_eq!(told, "3 times, 900 ms in all, 500 ms at most, for /films/{slug}");
    let before = actions::report(&mut one.conn().await, &settings, today.before()).await.unwrap();
    assert_eq!(row(&before, "Sent without making them"), "nothing");
}

#[tokio::test]
async fn categories_are_ranked_by_what_their_films_sold() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let drama = product().title("Mirror").genre("drama").edition(Format::Dvd, 1000, 50).insert(&mut conn).await;
    let horror = product().title("Alien").genre("horror").edition(Format::Dvd, 2000, 50).insert(&mut conn).await;
    place(&app, &[(&drama.editions[0].sku, 3)], "2026-11-24 10:00:00", "").await;
    place(&app, &[(&horror.editions[0].sku, 1)], "2026-11-24 10:00:00", "").await;
    for (slug, film) in [("drama", &drama), ("horror", &horror)] {
        app.database
            .execute(&format!("INSERT INTO categories (slug, title_en, path) VALUES ('{slug}', '{slug}', '/')"))
            .await;
        let sql = format!(
            "UPDATE products SET category_id = (SELECT id FROM categories WHERE slug = '{slug}') WHERE id = {}",
            film.id
        );
        app.database.execute(&sql).await;
    }
    let settings = Settings::default();
    let day = Period::last(Span::Day, datetime!(2026-11-25 03:00 UTC), settings.zone);
    let report = actions::report(&mut conn, &settings, day).await.unwrap();
    assert_eq!((row(&report, "drama"), row(&report, "horror")), ("3 units, $30.00", "1 unit, $20.00"));
}
