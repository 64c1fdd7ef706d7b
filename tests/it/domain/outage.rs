//! What dies, and what must go on or come back.

use std::{sync::Arc, time::Duration};

use axum::http::StatusCode;
use futures_util::future::join_all;
use marquee::catalog::Format;

use crate::support::{Process, Proxy, Shopper, TestApp, TestDatabase, factory::product, good_form};

#[tokio::test]
async fn without_redis_a_film_is_bought_all_the_same() {
    let app = TestApp::with(&[("REDIS_URL", "redis://127.0.0.1:1/")]).await;
    let film = product().edition(Format::Dvd, 999, 5).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let placed = shopper.buy().await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
    assert_eq!(shopper.client.get(placed.header("location")).await.status, StatusCode::OK);
    app.index().await;
    let ready = shopper.client.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::OK, "slower, not out of order");
    assert!(ready.text().contains("degraded"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_database_pages_say_so_and_come_back_by_themselves() {
    let database = Arc::new(TestDatabase::migrated().await);
    let wire = Proxy::new(&database.url).await;
    let app = TestApp::on(database, &[("DATABASE_URL", &wire.url)]);
    let guest = app.guest();
    guest.set_cookie("cart", &"a".repeat(43));
    assert_eq!(guest.get("/cart").await.status, StatusCode::OK);

    wire.cut();
    for _ in 0..3 {
        let away = guest.get("/ru/cart").await;
        assert_eq!(away.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(away.text().contains(r#"<html lang="ru""#), "a page, in words");
        assert!(!away.header("retry-after").is_empty());
    }
    assert_eq!(guest.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(guest.get("/healthz").await.status, StatusCode::OK);

    wire.mend();
    let back = tokio::time::timeout(Duration::from_secs(5), async {
        while guest.get("/cart").await.status != StatusCode::OK {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    back.await.expect("the shop is back within five seconds");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_in_the_middle_of_placements_every_order_is_whole_or_absent() {
    let database = TestDatabase::migrated().await;
    let app = TestApp::on(Arc::new(database), &[]);
    let film = product().edition(Format::Dvd, 999, 1000).insert(&mut app.conn().await).await;
    let sku = film.editions[0].sku.clone();
    let mut process = Process::start(&app.database).await;
    let mut posts = Vec::new();
    for _ in 0..40 {
        let shopper = Shopper::new(&app);
        shopper.put(&sku, 2).await;
        let (key, total) = shopper.open_form().await;
        let fields = good_form().into_iter().chain([("placement_key", key.as_str()), ("total_minor", total.as_str())]);
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        posts.push((format!("cart={}", shopper.client.cookie("cart").unwrap()), form));
    }
    let placing = join_all(posts.iter().map(|(cookie, form)| process.request("POST", "/checkout", cookie, form)));
    let placed_at_most = tokio::time::timeout(Duration::from_millis(120), placing).await.map(|answers| answers.len());
    process.kill();
    tokio::time::sleep(Duration::from_millis(500)).await;

    let number = |sql: &'static str| app.database.number(sql);
    let orders = number("SELECT COUNT(*) FROM orders").await;
    assert!(placed_at_most.is_err() || orders == 40, "either cut off or complete");
    assert_eq!(number("SELECT COUNT(*) FROM order_lines").await, orders);
    assert_eq!(number("SELECT COUNT(*) FROM order_events").await, orders);
    assert_eq!(number("SELECT COUNT(*) FROM stock_movements WHERE reason = 'sale'").await, orders);
    assert_eq!(number("SELECT CAST(stock AS SIGNED) FROM editions").await, 1000 - 2 * orders);
    assert_eq!(number("SELECT CAST(sold_count AS SIGNED) FROM products").await, 2 * orders);
    assert_eq!(number("SELECT COUNT(*) FROM cart_items").await, 40 - orders, "carts are emptied with their orders");

    let process = Process::start(&app.database).await;
    let again = join_all(posts.iter().map(|(cookie, form)| process.request("POST", "/checkout", cookie, form))).await;
    assert!(again.iter().all(|answer| answer.as_ref().is_some_and(|answer| answer.starts_with("HTTP/1.1 303"))));
    assert_eq!(number("SELECT COUNT(*) FROM orders").await, 40, "sent again, each form makes its order once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_stop_it_finishes_what_is_under_way_and_logs_no_personal_word() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 1000).insert(&mut app.conn().await).await;
    let mut process = Process::start(&app.database).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let (key, total) = shopper.open_form().await;
    let fields = good_form().into_iter().chain([("placement_key", key.as_str()), ("total_minor", total.as_str())]);
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let cookie = shopper.client.cookie("cart").unwrap();
    // The order's row is held for a while, so that the signal comes while the request is under way.
    let mut held = app.app.db.begin().await.unwrap();
    marquee::catalog::queries::lock_editions(&mut held, &[film.editions[0].id]).await.unwrap();
    let header = format!("cart={cookie}");
    let (answer, status) = tokio::join!(process.request("POST", "/checkout", &header, &form), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        drop(held);
    });
    let () = status;
    let answer = answer.expect("the request under way is answered");
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(process.terminate().success());
    let log = process.log();
    assert!(log.contains("/checkout"), "requests are logged");
    for personal in ["nora@example.com", "998901234567", "123-45-67", "Meridian", "Byrne", &cookie] {
        assert!(!log.contains(personal), "{personal} stands in the log");
    }
}
