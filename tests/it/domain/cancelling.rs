//! Cancelled orders give back what they took: all of it, once, whatever else happens at the same moment.

use axum::http::StatusCode;
use futures_util::future::{join, join_all};
use marquee::{
    catalog::{Format, queries},
    orders::{
        OrderStatus,
        actions::{By, MoveError, Step, take_step},
    },
    platform::clock,
};

use crate::support::{
    Shopper, TestApp, assert_books_agree,
    factory::{Film, product},
};

async fn step(app: &TestApp, number: &str, to: OrderStatus) -> Result<OrderStatus, MoveError> {
    let by = By { actor: "test", reason: Some("changed their mind") };
    take_step(&app.app.db, number, Step::Move(to), by, clock::now()).await
}

async fn cancel(app: &TestApp, number: &str) -> Result<OrderStatus, MoveError> {
    step(app, number, OrderStatus::Cancelled).await
}

async fn sum(app: &TestApp, what: &str) -> i64 {
    app.database.number(&format!("SELECT CAST(COALESCE(SUM({what}), 0) AS SIGNED) FROM products")).await
}

/// A film with two discs and a digital edition, and another one of which one unit is left.
async fn films(app: &TestApp) -> (Film, Film) {
    let mut conn = app.conn().await;
    let one = product().title("One").edition(Format::Dvd, 999, 10).edition(Format::BluRay, 1999, 10);
    let one = one.edition(Format::DigitalHd, 500, 0).insert(&mut conn).await;
    let two = product().title("Two").edition(Format::Dvd, 999, 1).insert(&mut conn).await;
    (one, two)
}

#[tokio::test]
async fn everything_comes_back_once() {
    let app = TestApp::new().await;
    let (one, two) = films(&app).await;
    let wanted =
        [(&*one.editions[0].sku, 3), (&one.editions[1].sku, 1), (&one.editions[2].sku, 2), (&two.editions[0].sku, 1)];
    let shopper = Shopper::new(&app);
    let number = shopper.order(&wanted).await;
    assert_eq!(
        (sum(&app, "sold_count").await, sum(&app, "stock_total").await, sum(&app, "in_stock").await),
        (7, 16, 1)
    );
    app.database.execute("DELETE FROM cache_invalidations").await;
    app.database.execute("DELETE FROM jobs").await;

    assert_eq!(cancel(&app, &number).await.unwrap(), OrderStatus::Cancelled);
    assert_eq!(
        (sum(&app, "sold_count").await, sum(&app, "stock_total").await, sum(&app, "in_stock").await),
        (0, 21, 2)
    );
    let ledger = "SELECT COUNT(*) FROM stock_movements c JOIN stock_movements s ON s.order_line_id = c.order_line_id \
                  WHERE c.reason = 'cancel' AND s.reason = 'sale' AND c.delta = -s.delta AND c.actor = 'test'";
    assert_eq!(app.database.number(ledger).await, 3, "a line for each that took stock");
    assert_eq!(app.database.texts("SELECT payment_status FROM orders").await, ["voided"]);
    let tags = app.database.texts("SELECT DISTINCT tag FROM cache_invalidations ORDER BY tag").await;
    assert_eq!(tags.len(), 2, "{tags:?}");
    let arrived = "SELECT CAST(JSON_EXTRACT(payload, '$.edition_id') AS CHAR) FROM jobs WHERE kind = 'back_in_stock'";
    let arrived = app.database.texts(arrived).await;
    assert_eq!(arrived, [two.editions[0].id.to_string()], "only what was sold out has arrived");
    let mails = app.database.texts("SELECT template FROM messages WHERE template LIKE 'order%' ORDER BY id").await;
    assert_eq!(mails, ["order_placed", "order_cancelled"]);
    let reason = "SELECT COUNT(*) FROM order_events WHERE to_status = 'cancelled' AND is_public \
                  AND JSON_UNQUOTE(JSON_EXTRACT(data, '$.reason')) = 'changed their mind'";
    assert_eq!(app.database.number(reason).await, 1);

    let Err(MoveError::Refused(refused)) = cancel(&app, &number).await else { panic!("cancelled twice") };
    assert!(refused.allowed.is_empty(), "nothing follows a cancelled order");
    assert_books_agree(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelled_by_many_at_once_it_gives_back_once() {
    let app = TestApp::new().await;
    let (one, two) = films(&app).await;
    let number = Shopper::new(&app).order(&[(&one.editions[0].sku, 3), (&two.editions[0].sku, 1)]).await;
    let outcomes = join_all((0..10).map(|_| cancel(&app, &number))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(_) | Err(MoveError::Refused(_)))), "{outcomes:?}");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM stock_movements WHERE reason = 'cancel'").await, 2);
    assert_eq!(sum(&app, "stock_total").await, 21);
    assert_books_agree(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelled_while_it_is_moved_it_ends_in_one_state() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 100).insert(&mut app.conn().await).await;
    for _ in 0..10 {
        let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
        step(&app, &number, OrderStatus::Confirmed).await.unwrap();
        step(&app, &number, OrderStatus::Processing).await.unwrap();
        app.database.execute("UPDATE order_lines SET quantity_shipped = quantity").await;
        let (shipped, cancelled) = join(step(&app, &number, OrderStatus::Shipped), cancel(&app, &number)).await;
        assert!(shipped.is_ok() != cancelled.is_ok(), "{shipped:?} {cancelled:?}");
        let taken = format!(
            "SELECT CAST(SUM(m.delta) AS SIGNED) FROM stock_movements m JOIN order_lines l ON l.id = m.order_line_id \
             JOIN orders o ON o.id = l.order_id WHERE o.number = '{number}'"
        );
        assert_eq!(app.database.number(&taken).await, if cancelled.is_ok() { 0 } else { -1 });
    }
    assert_books_agree(&app).await;
}

#[tokio::test]
async fn an_order_that_never_took_stock_gives_none_back() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 10).insert(&mut app.conn().await).await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 2)]).await;
    app.database.execute("DELETE FROM stock_movements WHERE reason = 'sale'").await;
    cancel(&app, &number).await.unwrap();
    assert_eq!(app.database.number("SELECT CAST(stock AS SIGNED) FROM editions").await, 8);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM stock_movements WHERE reason = 'cancel'").await, 0);
}

#[tokio::test]
async fn what_was_paid_waits_for_a_refund_and_what_is_gone_for_nobody() {
    let app = TestApp::new().await;
    let (one, two) = films(&app).await;
    let number = Shopper::new(&app).order(&[(&one.editions[0].sku, 1), (&two.editions[0].sku, 1)]).await;
    let by = By { actor: "test", reason: None };
    take_step(&app.app.db, &number, Step::Pay, by, clock::now()).await.unwrap();
    app.database.execute(&format!("DELETE FROM editions WHERE product_id = {}", two.id)).await;
    cancel(&app, &number).await.unwrap();
    let waits =
        "SELECT COUNT(*) FROM orders WHERE needs_attention AND payment_status = 'paid' AND status = 'cancelled'";
    assert_eq!(app.database.number(waits).await, 1);
    let noted = "SELECT COUNT(*) FROM order_events WHERE kind = 'refund_due' AND NOT is_public";
    assert_eq!(app.database.number(noted).await, 1);
    assert_books_agree(&app).await;
}

#[tokio::test]
async fn a_broken_ledger_cancels_nothing() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 10).insert(&mut app.conn().await).await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 2)]).await;
    app.database.execute("ALTER TABLE stock_movements ADD CONSTRAINT cut CHECK (reason <> 'cancel')").await;
    assert!(matches!(cancel(&app, &number).await, Err(MoveError::Database(_))));
    assert_eq!(app.database.texts("SELECT status FROM orders").await, ["pending"]);
    assert_eq!(app.database.number("SELECT CAST(stock AS SIGNED) FROM editions").await, 8);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages WHERE template = 'order_cancelled'").await, 0);
    app.database.execute("ALTER TABLE stock_movements DROP CONSTRAINT cut").await;
    cancel(&app, &number).await.unwrap();
    assert_books_agree(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn placing_and_cancelling_the_same_editions_in_opposite_orders_goes_through() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let mut films = Vec::new();
    for _ in 0..2 {
        films.push(product().edition(Format::Dvd, 999, 500).edition(Format::BluRay, 1999, 500).insert(&mut conn).await);
    }
    drop(conn);
    let skus: Vec<&str> = films.iter().flat_map(|film| &film.editions).map(|edition| &*edition.sku).collect();
    // Some want all of a film, some one edition of each, forwards and backwards.
    let wishes = [[0, 1, 2, 3], [3, 2, 1, 0], [0, 3, 0, 3], [2, 1, 2, 1]];
    let wanted = |who: usize| wishes[who % 4].map(|at| (skus[at], 1));
    let mut placed = Vec::new();
    for who in 0..12 {
        placed.push(Shopper::new(&app).order(&wanted(who)).await);
    }
    let mut buyers = Vec::new();
    for who in 0..24 {
        let shopper = Shopper::new(&app);
        for (sku, quantity) in wanted(who) {
            shopper.put(sku, quantity).await;
        }
        let form = shopper.open_form().await;
        buyers.push((shopper, form));
    }
    let placing = join_all(buyers.iter().map(|(shopper, (key, total))| shopper.place(key, total, &[])));
    let cancelling = join_all(placed.iter().rev().map(|number| cancel(&app, number)));
    let (answers, cancelled) = join(placing, cancelling).await;
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    assert!(statuses.iter().all(|status| *status == StatusCode::SEE_OTHER), "{statuses:?}");
    assert!(cancelled.iter().all(Result::is_ok), "{cancelled:?}");
    assert_books_agree(&app).await;
}

#[tokio::test]
async fn nobody_waits_for_an_edition_while_holding_its_film() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 5).edition(Format::BluRay, 1999, 7);
    let film = film.insert(&mut app.conn().await).await;
    let mut holder = app.app.db.begin().await.unwrap();
    queries::lock_editions(&mut holder, &[film.editions[0].id, film.editions[1].id]).await.unwrap();
    let mut tx = app.app.db.begin().await.unwrap();
    sqlx::query("SET SESSION innodb_lock_wait_timeout = 1").execute(&mut *tx).await.unwrap();
    app.database.execute("UPDATE products SET stock_total = 0").await;
    queries::refresh_products(&mut tx, &[film.id], clock::now()).await.expect("it waits for nobody");
    tx.commit().await.unwrap();
    drop(holder);
    assert_eq!(sum(&app, "stock_total").await, 12);
}

#[tokio::test]
async fn the_last_of_two_writers_sees_what_both_have_written() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 5).edition(Format::BluRay, 1999, 7);
    let film = film.insert(&mut app.conn().await).await;
    let take = "UPDATE editions SET stock = stock - 1 WHERE id = ?";
    let mut first = app.app.db.begin().await.unwrap();
    let mut second = app.app.db.begin().await.unwrap();
    sqlx::query(take).bind(film.editions[0].id).execute(&mut *first).await.unwrap();
    sqlx::query(take).bind(film.editions[1].id).execute(&mut *second).await.unwrap();
    queries::refresh_products(&mut first, &[film.id], clock::now()).await.unwrap();
    let late = tokio::spawn(async move {
        queries::refresh_products(&mut second, &[film.id], clock::now()).await.unwrap();
        second.commit().await.unwrap();
    });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    first.commit().await.unwrap();
    late.await.unwrap();
    assert_eq!(sum(&app, "stock_total").await, 10);
}
