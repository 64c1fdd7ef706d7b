//! Placing orders under fire: many at once, twice at once, in opposite order, cut off in the middle.

use axum::http::StatusCode;
use futures_util::future::join_all;
use marquee::catalog::Format;

use crate::support::{Answer, Shopper, TestApp, factory::product};

/// `count` visitors with one unit of the edition in their carts and the form open.
async fn buyers(app: &TestApp, count: usize, sku: &str) -> Vec<(Shopper, String, String)> {
    let mut buyers = Vec::new();
    for _ in 0..count {
        let shopper = Shopper::new(app);
        shopper.put(sku, 1).await;
        let (key, total) = shopper.open_form().await;
        buyers.push((shopper, key, total));
    }
    buyers
}

async fn place_all(buyers: &[(Shopper, String, String)]) -> Vec<Answer> {
    join_all(buyers.iter().map(|(shopper, key, total)| shopper.place(key, total, &[]))).await
}

fn count(answers: &[Answer], status: StatusCode) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

/// Stock equals the ledger, and what was ordered equals what left.
async fn assert_books_agree(app: &TestApp) {
    let wrong = app
        .database
        .number(
            "SELECT COUNT(*) FROM editions e LEFT JOIN (SELECT edition_id, SUM(delta) AS moved FROM stock_movements \
             GROUP BY edition_id) m ON m.edition_id = e.id LEFT JOIN (SELECT edition_id, SUM(quantity) AS sold \
             FROM order_lines GROUP BY edition_id) l ON l.edition_id = e.id \
             WHERE e.format NOT IN ('digital_hd', 'digital_4k') AND (e.stock <> COALESCE(m.moved, 0) OR e.stock < 0)",
        )
        .await;
    assert_eq!(wrong, 0, "stock and ledger differ");
    let ordered = "SELECT CAST(COALESCE(SUM(quantity), 0) AS SIGNED) FROM order_lines";
    let left = "SELECT CAST(COALESCE(-SUM(delta), 0) AS SIGNED) FROM stock_movements WHERE reason = 'sale'";
    assert_eq!(app.database.number(ordered).await, app.database.number(left).await, "orders and ledger differ");
}

async fn oversell(units: i32, shoppers: usize) {
    let app = TestApp::new().await;
    let film =
        product().title("The Last Copy").edition(Format::BluRay, 1999, units).insert(&mut app.conn().await).await;
    let buyers = buyers(&app, shoppers, &film.editions[0].sku).await;
    let answers = place_all(&buyers).await;
    let units = usize::try_from(units).unwrap();
    assert_eq!(count(&answers, StatusCode::SEE_OTHER), units);
    assert_eq!(count(&answers, StatusCode::CONFLICT), shoppers - units);
    for loser in answers.iter().filter(|answer| answer.status == StatusCode::CONFLICT) {
        assert!(loser.text().contains("The Last Copy"), "the loser is told which line");
    }
    for ((shopper, ..), answer) in buyers.iter().zip(&answers) {
        let in_cart = shopper.client.get("/cart").await.attributes("[data-cart-count]", "data-cart-count");
        let expected: &[&str] = if answer.status == StatusCode::CONFLICT { &["1"] } else { &[] };
        assert_eq!(in_cart, expected, "losers keep their cart, winners have an empty one");
    }
    let stored = i64::try_from(units).unwrap();
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, stored);
    assert_eq!(app.database.number("SELECT CAST(stock AS SIGNED) FROM editions").await, 0);
    assert_eq!(app.database.number("SELECT CAST(sold_count AS SIGNED) FROM products").await, stored);
    assert_eq!(app.database.number("SELECT CAST(in_stock AS SIGNED) FROM products").await, 0);
    assert_books_agree(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_buyers_of_ten_units_make_ten_orders() {
    oversell(10, 50).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_buyers_of_five_units_make_five_orders() {
    oversell(5, 20).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_posts_of_one_form_make_one_order() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 100).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 2).await;
    let (key, total) = shopper.open_form().await;
    let answers = join_all((0..20).map(|_| shopper.place(&key, &total, &[]))).await;
    let pages: std::collections::BTreeSet<_> = answers.iter().map(|answer| answer.header("location")).collect();
    assert_eq!(count(&answers, StatusCode::SEE_OTHER), 20);
    assert_eq!(pages.len(), 1, "every post leads to the same order");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, 1);
    assert_eq!(app.database.number("SELECT CAST(stock AS SIGNED) FROM editions").await, 98);
    assert_books_agree(&app).await;
}

#[tokio::test]
async fn a_key_belongs_to_its_cookie_and_its_cart() {
    let app = TestApp::new().await;
    let film = product().title("Mine").edition(Format::Dvd, 999, 100).edition(Format::BluRay, 1999, 100);
    let film = film.insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let (key, total) = shopper.open_form().await;
    let first = shopper.place(&key, &total, &[]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);

    let again = shopper.place(&key, &total, &[]).await;
    assert_eq!(again.header("location"), first.header("location"), "with an empty cart: the same order");
    shopper.put(&film.editions[0].sku, 1).await;
    let again = shopper.place(&key, &total, &[]).await;
    assert_eq!(again.header("location"), first.header("location"), "with the cart it was made from: the same order");
    shopper.put(&film.editions[1].sku, 1).await;
    let other_lines = shopper.place(&key, &total, &[]).await;
    assert_eq!(other_lines.status, StatusCode::CONFLICT);

    let stranger = Shopper::new(&app);
    let refused = stranger.place(&key, &total, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let number = first.header("location").split(['/', '?']).nth(2).unwrap();
    assert!(!refused.text().contains(number) && !refused.text().contains("Mine"), "a stranger is shown nothing");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, 1);
}

#[tokio::test]
async fn a_key_that_the_shop_did_not_make_places_nothing() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 100).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let (_, total) = shopper.open_form().await;
    for key in ["", "1", "ключ", &"x".repeat(36), &"a".repeat(400)] {
        assert_eq!(shopper.place(key, &total, &[]).await.status, StatusCode::CONFLICT, "{key}");
    }
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, 0);
    assert_eq!(shopper.client.get("/orders/ключ?t=ключ").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_shoppers_place_a_hundred_orders_of_plentiful_films() {
    let app = TestApp::new().await;
    let mut skus = Vec::new();
    for _ in 0..5 {
        let film = product().edition(Format::Dvd, 999, 1000).insert(&mut app.conn().await).await;
        skus.push(film.editions[0].sku.clone());
    }
    let shopping = (0..4).map(|who| {
        let (app, skus) = (&app, &skus);
        async move {
            let mut placed = 0;
            for round in 0..25 {
                let shopper = Shopper::new(app);
                shopper.put(&skus[(who + round) % 5], 1).await;
                shopper.put(&skus[(who + round * 2 + 1) % 5], 1).await;
                placed += usize::from(shopper.buy().await.status == StatusCode::SEE_OTHER);
            }
            placed
        }
    });
    assert_eq!(join_all(shopping).await.into_iter().sum::<usize>(), 100);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, 100);
    assert_books_agree(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn opposite_orders_of_the_same_editions_both_go_through() {
    let app = TestApp::new().await;
    let one = product().edition(Format::Dvd, 999, 1000).insert(&mut app.conn().await).await;
    let two = product().edition(Format::Dvd, 999, 1000).insert(&mut app.conn().await).await;
    let (one, two) = (&one.editions[0].sku, &two.editions[0].sku);
    let mut buyers = Vec::new();
    for index in 0..30 {
        let shopper = Shopper::new(&app);
        let (first, second) = if index % 2 == 0 { (one, two) } else { (two, one) };
        shopper.put(first, 1).await;
        shopper.put(second, 1).await;
        let (key, total) = shopper.open_form().await;
        buyers.push((shopper, key, total));
    }
    let answers = place_all(&buyers).await;
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(count(&answers, StatusCode::SEE_OTHER), 30, "{statuses:?}");
    assert_books_agree(&app).await;
}

#[tokio::test]
async fn the_total_that_was_shown_is_the_total_that_is_charged() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 10).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let (key, total) = shopper.open_form().await;
    assert_eq!(total, "2498");
    app.database.execute("UPDATE editions SET price_minor = 2199").await;
    let refused = shopper.place(&key, &total, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.field("total_minor"), "2698");
    assert!(refused.text().contains("$24.98") && refused.text().contains("$26.98"), "from and to are told");
    assert_eq!(refused.field("email"), "nora@example.com", "what was typed is kept");
    let placed = shopper.place(&refused.field("placement_key"), &refused.field("total_minor"), &[]).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
    assert_eq!(app.database.number("SELECT total_minor FROM orders").await, 2698);
}

#[tokio::test]
async fn another_delivery_is_another_total_and_is_asked_about() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 10).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let (key, total) = shopper.open_form().await;
    let asked = shopper.place(&key, &total, &[("delivery_type", "express")]).await;
    assert_eq!((asked.status, asked.field("total_minor").as_str()), (StatusCode::CONFLICT, "3289"));
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, 0);
    let placed = shopper
        .place(&asked.field("placement_key"), &asked.field("total_minor"), &[("delivery_type", "express")])
        .await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_broken_connection_in_the_middle_leaves_nothing_behind() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 10).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 3).await;
    let (key, total) = shopper.open_form().await;
    // The ledger comes after stock, order and lines; a rule that refuses it cuts the placement off half way.
    app.database.execute("ALTER TABLE stock_movements ADD CONSTRAINT cut CHECK (reason <> 'sale')").await;
    let answer = shopper.place(&key, &total, &[]).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, 0);
    assert_eq!(app.database.number("SELECT CAST(stock AS SIGNED) FROM editions").await, 10);
    app.database.execute("ALTER TABLE stock_movements DROP CONSTRAINT cut").await;
    let placed = shopper.place(&key, &total, &[]).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "the same form goes through when the trouble is over");
}
