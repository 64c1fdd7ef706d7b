//! A past that was invented.

use std::sync::Arc;

use marquee::{
    orders::{
        self, OrderStatus,
        actions::{By, Step, take_step},
    },
    platform::{clock, i18n::Lang},
};

use super::{editions_out_of_books, marquee, output};
use crate::support::{Shopper, TestApp, TestDatabase};

const ORDERS: &str = "1500";

/// A shop with some films and a past.
async fn shop(seed: &str) -> TestDatabase {
    let database = TestDatabase::migrated().await;
    let made = marquee(&database, &["seed", "--films", "300", "--orders", ORDERS, "--seed", seed]);
    assert!(made.is_success, "{:?}", made.said);
    assert!(made.said.last().unwrap().starts_with("1500 orders added"), "{:?}", made.said);
    database
}

/// No row may be wrong.
async fn never(database: &TestDatabase, what: &str, wrong: &str) {
    assert_eq!(database.number(&format!("SELECT COUNT(*) FROM {wrong}")).await, 0, "{what}");
}

/// How many rows there are.
async fn count(database: &TestDatabase, rows: &str) -> i64 {
    database.number(&format!("SELECT COUNT(*) FROM {rows}")).await
}

/// All rows of the past as one number, but for when films were loaded.
async fn sum(database: &TestDatabase) -> i64 {
    let mut sum = 0;
    for (table, columns) in [
        ("clients", "id, public_id, email, phone, name, surname, language, client_type, created_at, anonymized_at"),
        ("addresses", "client_id, city, line1, is_default"),
        (
            "orders",
            "id, number, placement_key, cart_hash, client_id, email, status, payment_status, total_minor, placed_at, updated_at",
        ),
        ("order_lines", "id, order_id, edition_id, title, image, quantity, total_minor, tax_minor, quantity_shipped"),
        ("order_events", "id, order_id, kind, to_status, actor, created_at"),
        ("stock_movements", "id, edition_id, delta, reason, order_line_id, balance_after, created_at"),
        ("invoices", "number, order_id, issued_at, document"),
        ("reviews", "id, product_id, client_id, rating, title, body, status, created_at, moderated_at"),
        ("products", "id, sold_count, rating_avg, rating_count"),
    ] {
        let row = format!("SELECT CAST(SUM(CRC32(CONCAT_WS('|', {columns}))) AS SIGNED) FROM {table}");
        sum = sum * 31 % 1_000_000_007 + database.number(&row).await;
    }
    sum
}

#[tokio::test]
async fn the_same_seed_gives_the_same_past_and_another_another() {
    let (one, two, other) = (shop("5").await, shop("5").await, shop("6").await);
    assert_eq!(sum(&one).await, sum(&two).await);
    assert_ne!(sum(&one).await, sum(&other).await);
}

#[tokio::test]
async fn the_books_of_a_past_are_true() {
    let database = shop("1").await;
    assert_eq!(editions_out_of_books(&database).await, 0);
    never(
        &database,
        "each line of the ledger says what is left",
        "(SELECT balance_after - SUM(delta) OVER (PARTITION BY edition_id ORDER BY id) AS gap FROM stock_movements) m WHERE gap <> 0",
    )
    .await;
    never(
        &database,
        "an order is the sum of its lines, with the delivery",
        "orders o JOIN (SELECT order_id, SUM(total_minor) AS total FROM order_lines GROUP BY order_id) l ON l.order_id = o.id \
         WHERE o.subtotal_minor <> l.total",
    )
    .await;
    never(&database, "an order has lines", "orders o LEFT JOIN order_lines l ON l.order_id = o.id WHERE l.id IS NULL")
        .await;
    never(
        &database,
        "what is carried left the shelf, and what was cancelled came back",
        "order_lines l JOIN orders o ON o.id = l.order_id LEFT JOIN (SELECT order_line_id, SUM(delta) AS units FROM \
         stock_movements GROUP BY order_line_id) m ON m.order_line_id = l.id WHERE COALESCE(m.units, 0) <> CASE WHEN \
         l.format IN ('digital_hd', 'digital_4k') OR o.status = 'cancelled' THEN 0 ELSE -CAST(l.quantity AS SIGNED) END",
    )
    .await;
    never(
        &database,
        "films count what was sold",
        "products p WHERE p.sold_count <> (SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l JOIN orders o ON \
         o.id = l.order_id WHERE l.product_id = p.id AND o.status <> 'cancelled')",
    )
    .await;
    never(
        &database,
        "films tell what was approved",
        "products p LEFT JOIN (SELECT product_id, COUNT(*) AS n, ROUND(AVG(rating), 2) AS mean FROM reviews WHERE \
         status = 'approved' GROUP BY product_id) r ON r.product_id = p.id \
         WHERE p.rating_count <> COALESCE(r.n, 0) OR NOT p.rating_avg <=> r.mean",
    )
    .await;
    never(
        &database,
        "reviews count their votes and complaints",
        "reviews r WHERE r.helpful_up <> (SELECT COUNT(*) FROM review_votes v WHERE v.review_id = r.id AND v.is_helpful) \
         OR r.helpful_down <> (SELECT COUNT(*) FROM review_votes v WHERE v.review_id = r.id AND NOT v.is_helpful) \
         OR r.reports <> (SELECT COUNT(*) FROM review_reports c WHERE c.review_id = r.id)",
    )
    .await;
    never(
        &database,
        "money came for what was paid and went for what was refunded",
        "orders WHERE paid_minor <> CASE WHEN payment_status IN ('paid', 'refunded') THEN total_minor ELSE 0 END \
         OR refunded_minor <> CASE WHEN payment_status = 'refunded' THEN paid_minor ELSE 0 END",
    )
    .await;
}

#[tokio::test]
async fn orders_stand_where_their_history_has_brought_them() {
    let database = shop("2").await;
    never(
        &database,
        "the last move is where it stands",
        "orders o WHERE o.status <> (SELECT e.to_status FROM order_events e WHERE e.order_id = o.id AND e.to_status IS \
         NOT NULL ORDER BY e.id DESC LIMIT 1)",
    )
    .await;
    never(
        &database,
        "moves follow each other",
        "(SELECT from_status, kind, created_at, LAG(to_status) OVER w AS before_status, LAG(created_at) OVER w AS before_at \
         FROM order_events WHERE to_status IS NOT NULL WINDOW w AS (PARTITION BY order_id ORDER BY id)) e \
         WHERE NOT from_status <=> before_status OR created_at < before_at OR (kind = 'placed') <> (before_status IS NULL)",
    )
    .await;
    never(&database, "nothing lies ahead", "order_events WHERE created_at > UTC_TIMESTAMP(6)").await;
    never(
        &database,
        "nobody orders before they have registered or after they have left",
        "orders o JOIN clients c ON c.id = o.client_id WHERE c.created_at > o.placed_at OR c.anonymized_at < o.updated_at",
    )
    .await;
    never(
        &database,
        "nobody can sign in or be written to",
        "clients WHERE password_hash IS NOT NULL OR email NOT LIKE '%.example'",
    )
    .await;
    assert_eq!(count(&database, "jobs WHERE kind = 'send_message'").await, 0);
    assert_eq!(count(&database, "messages").await, 0);
    for rows in [
        "orders WHERE status = 'delivered'",
        "orders WHERE status = 'cancelled'",
        "orders WHERE client_id IS NULL",
        "clients WHERE anonymized_at IS NOT NULL",
        "clients WHERE client_type = 'vip'",
        "reviews WHERE status = 'approved'",
        "reviews WHERE status = 'rejected' AND reason <> ''",
        "reviews WHERE queue = 'edited'",
        "review_votes",
        "stock_movements WHERE reason = 'purchase'",
    ] {
        assert!(count(&database, rows).await > 0, "{rows}");
    }
}

#[tokio::test]
async fn every_certain_sale_has_an_invoice_and_the_series_goes_on() {
    let database = shop("4").await;
    never(
        &database,
        "whoever was confirmed or paid, and nobody else",
        "orders o LEFT JOIN invoices i ON i.order_id = o.id WHERE (i.id IS NULL) = EXISTS (SELECT 1 FROM order_events e \
         WHERE e.order_id = o.id AND (e.kind = 'paid' OR e.to_status = 'confirmed'))",
    )
    .await;
    never(
        &database,
        "numbers rise with the days, without a gap",
        "(SELECT number, ROW_NUMBER() OVER (ORDER BY issued_at, order_id) AS place FROM invoices) i WHERE number <> place",
    )
    .await;
    let last = database.number("SELECT CAST(last_number AS SIGNED) FROM invoice_series").await;
    assert!(last > 1_000 && last == count(&database, "invoices").await, "{last}");

    let app = TestApp::on(Arc::new(database), &[]);
    let number = "SELECT number FROM orders WHERE status = 'delivered' ORDER BY id LIMIT 1";
    let delivered = app.database.text(number).await;
    let page = orders::link(&app.app.site.signer, Lang::En, &delivered);
    let printed = app.guest().get(&page.replace('?', "/invoice?")).await;
    assert_eq!(printed.status, 200);
    assert!(printed.texts("h1")[0].starts_with("Invoice INV-") && printed.text().contains(&delivered));

    let sku = "SELECT e.sku FROM editions e JOIN products p ON p.id = e.product_id WHERE e.is_active AND e.stock > 0 \
               AND p.status = 'active' AND COALESCE(p.publish_at, p.created_at) <= UTC_TIMESTAMP(6) ORDER BY e.id LIMIT 1";
    let placed = Shopper::new(&app).order(&[(&app.database.text(sku).await, 1)]).await;
    let by = By { actor: "staff:1", reason: None };
    take_step(&app.app.db, &placed, Step::Move(OrderStatus::Confirmed), by, clock::now()).await.unwrap();
    let next = format!(
        "SELECT CAST(i.number AS SIGNED) FROM invoices i JOIN orders o ON o.id = i.order_id WHERE o.number = '{placed}'"
    );
    assert_eq!(app.database.number(&next).await, last + 1);
}

#[tokio::test]
async fn a_past_goes_into_a_shop_with_films_and_without_orders_only() {
    let database = TestDatabase::migrated().await;
    let empty = marquee(&database, &["seed", "--orders", "5"]);
    assert!(!empty.is_success && empty.said[0].contains("no films"), "{:?}", empty.said);
    assert!(marquee(&database, &["seed", "--films", "20"]).is_success);
    assert!(marquee(&database, &["seed", "--orders", "40"]).is_success);
    let before = sum(&database).await;
    for args in [&["seed", "--orders", "40"][..], &["seed", "--orders", "40", "--seed", "9"]] {
        let again = marquee(&database, args);
        assert!(!again.is_success && again.said[0].contains("orders already"), "{:?}", again.said);
    }
    assert_eq!(sum(&database).await, before);
    assert!(!output(&database, &["seed", "--seed", "3"]).status.success(), "a seed of nothing");
}
