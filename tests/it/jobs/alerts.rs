//! Back in stock: who waits is told, once, in the order of asking.

use std::sync::Arc;

use marquee::{
    catalog::{
        Format, StockReason,
        actions::{Adjustment, adjust_stock},
    },
    maintenance::{CleanUp, Place},
    orders::{
        OrderStatus,
        actions::{By, Step, take_step},
    },
    platform::clock,
};

use crate::support::{
    Shopper, TestApp,
    factory::{Film, product},
};

/// `count` people who wait for an edition, the first one since longest.
async fn wait(app: &TestApp, edition_id: u64, count: usize) {
    let row = |n: usize| {
        let asked = format!("UTC_TIMESTAMP(6) - INTERVAL {} MINUTE", count - n);
        format!("({edition_id}, 'p{n:04}@example.com', 'ru', {asked}, UTC_TIMESTAMP(6))")
    };
    // Stored the other way round, so that the time of asking has to decide.
    let rows: Vec<String> = (0..count).rev().map(row).collect();
    let insert = "INSERT INTO stock_alerts (edition_id, email, language, requested_at, confirmed_at) VALUES";
    app.database.execute(&format!("{insert} {}", rows.join(", "))).await;
}

async fn adjust(app: &TestApp, edition_id: u64, delta: i32) {
    let mut tx = app.app.db.begin().await.unwrap();
    let adjustment = Adjustment { delta, reason: StockReason::Purchase, actor: "test", note: "" };
    adjust_stock(&mut tx, edition_id, adjustment, clock::now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Whom mails of this kind went to, by address.
async fn told(app: &TestApp) -> Vec<String> {
    app.work().await;
    app.database
        .texts("SELECT `to` FROM messages WHERE template = 'back_in_stock' AND status = 'sent' ORDER BY `to`, id")
        .await
}

async fn sold_out(app: &TestApp) -> Film {
    product().title("Mirror").title_ru("Зеркало").edition(Format::Dvd, 1999, 0).insert(&mut app.conn().await).await
}

#[tokio::test]
async fn five_people_a_unit_are_told_those_who_asked_first() {
    let app = TestApp::new().await;
    let film = sold_out(&app).await;
    let id = film.editions[0].id;
    wait(&app, id, 12).await;
    app.database.execute("UPDATE stock_alerts SET confirmed_at = NULL WHERE email = 'p0003@example.com'").await;
    adjust(&app, id, 2).await;
    let first: Vec<String> = (0..11).filter(|n| *n != 3).map(|n| format!("p{n:04}@example.com")).collect();
    assert_eq!(told(&app).await, first, "ten of the eleven who have confirmed");

    adjust(&app, id, 3).await;
    assert_eq!(told(&app).await.len(), 10, "more of what is there already is no news");
    adjust(&app, id, -5).await;
    adjust(&app, id, 1).await;
    let told_now = told(&app).await;
    assert_eq!((told_now.len(), told_now.last().map(String::as_str)), (11, Some("p0011@example.com")));
    adjust(&app, id, -1).await;
    adjust(&app, id, 1).await;
    assert_eq!(told(&app).await.len(), 11, "nobody is told twice");

    let mail = "SELECT CONCAT(subject, ' ', text) FROM kept_messages WHERE `to` = 'p0000@example.com'";
    let mail = app.database.texts(mail).await.remove(0);
    assert!(mail.contains("«Зеркало» снова в продаже") && mail.contains("19,99"), "{mail}");
    assert!(mail.contains("http://shop.test/ru/films/mirror?edition="), "{mail}");
}

#[tokio::test]
async fn batches_go_on_until_the_units_are_worth_no_more() {
    let app = TestApp::new().await;
    let film = sold_out(&app).await;
    let id = film.editions[0].id;
    wait(&app, id, 520).await;
    adjust(&app, id, 101).await;
    let told = told(&app).await;
    assert_eq!(told.len(), 505);
    assert_eq!(told.last().map(String::as_str), Some("p0504@example.com"));
    let waiting = "SELECT COUNT(*) FROM stock_alerts WHERE notified_at IS NULL";
    assert_eq!(app.database.number(waiting).await, 15);
}

#[tokio::test]
async fn what_is_gone_again_or_not_shown_is_no_news() {
    let app = TestApp::new().await;
    let film = sold_out(&app).await;
    let id = film.editions[0].id;
    wait(&app, id, 1).await;
    adjust(&app, id, 1).await;
    app.database.execute("UPDATE editions SET stock = 0").await;
    assert_eq!(told(&app).await.len(), 0, "sold before anybody was told");
    app.database.execute("UPDATE products SET status = 'draft'").await;
    adjust(&app, id, 1).await;
    assert_eq!(told(&app).await.len(), 0, "nobody can see the film");
    app.database.execute("UPDATE products SET status = 'active'").await;
    adjust(&app, id, -1).await;
    adjust(&app, id, 1).await;
    assert_eq!(told(&app).await.len(), 1);
}

#[tokio::test]
async fn a_cancelled_order_brings_stock_back_too() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 1).insert(&mut app.conn().await).await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    wait(&app, film.editions[0].id, 9).await;
    assert_eq!(told(&app).await.len(), 0);
    let by = By { actor: "test", reason: None };
    take_step(&app.app.db, &number, Step::Move(OrderStatus::Cancelled), by, clock::now()).await.unwrap();
    assert_eq!(told(&app).await.len(), 5);
}

#[tokio::test]
async fn somebody_who_was_told_may_ask_again() {
    let app = TestApp::new().await;
    let film = sold_out(&app).await;
    let id = film.editions[0].id;
    wait(&app, id, 1).await;
    adjust(&app, id, 1).await;
    assert_eq!(told(&app).await.len(), 1);
    adjust(&app, id, -1).await;
    let form = [("sku", &*film.editions[0].sku), ("email", "p0000@example.com")];
    app.guest().post("/films/mirror/alerts", &form).await;
    app.work().await;
    let anew =
        "SELECT COUNT(*) FROM stock_alerts WHERE confirmed_at IS NULL AND notified_at IS NULL AND language = 'en'";
    assert_eq!(app.database.number(anew).await, 1, "and confirms again");
    app.database.execute("UPDATE stock_alerts SET confirmed_at = requested_at").await;
    adjust(&app, id, 1).await;
    assert_eq!(told(&app).await.len(), 2);
}

#[tokio::test]
async fn requests_are_forgotten_when_their_time_is_over() {
    let app = TestApp::new().await;
    let film = sold_out(&app).await;
    let row = |who: &str, asked: u32, confirmed: bool, told: Option<u32>| {
        let days = |days: u32| format!("UTC_TIMESTAMP(6) - INTERVAL {days} DAY");
        let confirmed = if confirmed { days(asked) } else { "NULL".to_owned() };
        let told = told.map_or("NULL".to_owned(), days);
        format!("({}, '{who}', 'en', {}, {confirmed}, {told})", film.editions[0].id, days(asked))
    };
    let rows = [
        row("unconfirmed-new", 2, false, None),
        row("unconfirmed-old", 4, false, None),
        row("waiting-new", 360, true, None),
        row("waiting-old", 370, true, None),
        row("told-new", 200, true, Some(29)),
        row("told-old", 200, true, Some(31)),
    ];
    let insert =
        "INSERT INTO stock_alerts (edition_id, email, language, requested_at, confirmed_at, notified_at) VALUES";
    app.database.execute(&format!("{insert} {}", rows.join(", "))).await;
    let place = Place { db: app.app.db.clone(), pages: Arc::clone(&app.app.pages), dry_run: false };
    CleanUp {}.run(&place).await.unwrap();
    let left = app.database.texts("SELECT email FROM stock_alerts ORDER BY email").await;
    assert_eq!(left, ["told-new", "unconfirmed-new", "waiting-new"]);
}
