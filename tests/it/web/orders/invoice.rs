//! Invoices: one for each sale that is certain, numbered without gaps, and always the same.

use axum::http::StatusCode;
use futures_util::future::join_all;
use marquee::{
    catalog::Format,
    orders::{
        OrderStatus,
        actions::{By, MoveError, Step, take_step},
    },
    platform::clock,
};

use super::{below, moved, placed};
use crate::support::{Shopper, TestApp, factory::product, number_in};

async fn pay(app: &TestApp, number: &str) -> Result<OrderStatus, MoveError> {
    take_step(&app.app.db, number, Step::Pay, By { actor: "staff:3", reason: None }, clock::now()).await
}

async fn count(app: &TestApp) -> i64 {
    app.database.number("SELECT COUNT(*) FROM invoices").await
}

#[tokio::test]
async fn an_order_has_its_invoice_once_the_sale_is_certain() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    let invoice = below(&page, "invoice");
    assert_eq!(client.get(&invoice).await.status, StatusCode::NOT_FOUND, "it may still come to nothing");
    assert!(!client.get(&page).await.attributes("main a", "href").contains(&invoice));
    moved(&app, number_in(&page), OrderStatus::Confirmed).await.unwrap();
    assert!(client.get(&page).await.attributes("main a", "href").contains(&invoice));
    let printed = client.get(&invoice).await;
    assert_eq!(printed.status, StatusCode::OK);
    assert!(printed.statements() <= 3, "{} statements", printed.statements());
    assert_eq!(printed.texts("h1"), ["Invoice INV-000001"]);
    assert!(printed.text().contains("14 Meridian Row") && printed.text().contains(number_in(&page)));
    let (path, _) = page.split_once('?').unwrap();
    assert_eq!(client.get(&format!("{path}/invoice")).await.status, StatusCode::NOT_FOUND);
    pay(&app, number_in(&page)).await.unwrap();
    moved(&app, number_in(&page), OrderStatus::Processing).await.unwrap();
    assert_eq!(count(&app).await, 1, "what comes later needs no other");
}

#[tokio::test]
async fn what_is_paid_before_it_is_confirmed_has_one_too() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    assert_eq!(pay(&app, number_in(&page)).await.unwrap(), OrderStatus::Pending);
    assert_eq!(client.get(&below(&page, "invoice")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn printed_again_it_is_the_same_whatever_has_changed() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    moved(&app, number_in(&page), OrderStatus::Confirmed).await.unwrap();
    let invoice = below(&page, "invoice");
    let first = client.get(&invoice).await.texts("article.invoice");
    for change in [
        "INSERT INTO settings (name, value) VALUES ('seller', '{\"name\":\"New\",\"address\":[],\"tax_number\":\"\"}')",
        "UPDATE orders SET name = 'Nobody', ship_line1 = 'Nowhere'",
        "UPDATE order_lines SET title = 'Another'",
        "UPDATE products SET title_en = 'Another'",
    ] {
        app.database.execute(change).await;
    }
    assert_eq!(client.get(&invoice).await.texts("article.invoice"), first);
}

#[tokio::test]
async fn the_invoice_of_a_cancelled_order_stays_and_says_so() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    moved(&app, number_in(&page), OrderStatus::Confirmed).await.unwrap();
    client.submit(&below(&page, "cancel"), &[]).await;
    let printed = client.get(&below(&page, "invoice")).await;
    assert!(printed.text().contains("nothing is owed for it"), "{}", printed.text());
    assert_eq!(count(&app).await, 1);
}

#[tokio::test]
async fn a_move_that_fails_leaves_no_gap() {
    let app = TestApp::new().await;
    let (_, page) = placed(&app).await;
    app.database.execute("ALTER TABLE invoices ADD CONSTRAINT cut CHECK (order_id = 0)").await;
    assert!(matches!(moved(&app, number_in(&page), OrderStatus::Confirmed).await, Err(MoveError::Database(_))));
    assert_eq!(app.database.texts("SELECT status FROM orders").await, ["pending"]);
    app.database.execute("ALTER TABLE invoices DROP CONSTRAINT cut").await;
    moved(&app, number_in(&page), OrderStatus::Confirmed).await.unwrap();
    assert_eq!(app.database.number("SELECT CAST(number AS SIGNED) FROM invoices").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn confirmed_and_paid_by_many_at_once_the_numbers_have_no_gap_and_no_double() {
    const ORDERS: usize = 16;
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 100).insert(&mut app.conn().await).await;
    let mut numbers = Vec::new();
    for _ in 0..ORDERS {
        numbers.push(Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await);
    }
    // Each order is confirmed and paid at the same moment, twice, and every fourth is cancelled meanwhile.
    join_all(numbers.iter().enumerate().map(async |(at, number)| {
        let cancelling =
            async { if at % 4 == 0 { moved(&app, number, OrderStatus::Cancelled).await.is_ok() } else { false } };
        let confirm = || moved(&app, number, OrderStatus::Confirmed);
        futures_util::join!(confirm(), pay(&app, number), cancelling, confirm(), pay(&app, number))
    }))
    .await;
    let issued = count(&app).await;
    assert!(issued >= 12, "only {issued} of those that were not cancelled");
    let span = "SELECT CAST(MAX(number) AS SIGNED) FROM invoices WHERE number >= 1";
    assert_eq!(app.database.number(span).await, issued, "a gap");
    let last = "SELECT CAST(last_number AS SIGNED) FROM invoice_series";
    assert_eq!(app.database.number(last).await, issued);
    let without = "SELECT COUNT(*) FROM orders o LEFT JOIN invoices i ON i.order_id = o.id \
                   WHERE i.id IS NULL AND (o.status = 'confirmed' OR o.payment_status = 'paid')";
    let unpaid = format!("{without} AND o.status <> 'cancelled'");
    assert_eq!(app.database.number(&unpaid).await, 0, "a sale without its invoice");
}
