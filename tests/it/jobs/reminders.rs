//! Carts that were left alone: who wants mail is written about theirs, once, and never about what is ordered or gone.

use axum::http::StatusCode;
use marquee::{catalog::Format, platform::clock, reminders::actions::remind};

use crate::support::{
    Client, Shopper, TestApp,
    factory::{Film, product},
};

/// A customer who wants mail, with a film in a cart that has not changed for so many hours.
async fn left_alone(app: &TestApp, name: &str, film: &Film, hours: u32) -> (u64, Client) {
    let (id, client) = app.customer(name).await;
    app.database.execute(&format!("UPDATE clients SET marketing_consent_at = NOW() WHERE id = {id}")).await;
    client.submit("/cart/items", &[("sku", &film.editions[0].sku), ("quantity", "2")]).await;
    age(app, id, hours).await;
    (id, client)
}

async fn age(app: &TestApp, client_id: u64, hours: u32) {
    let age = format!("UPDATE carts SET expires_at = expires_at - INTERVAL {hours} HOUR WHERE client_id = {client_id}");
    app.database.execute(&age).await;
}

async fn film(app: &TestApp) -> Film {
    product().title("Solaris").edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await
}

async fn reminded(app: &TestApp) -> usize {
    remind(&app.app.db, clock::now()).await.unwrap()
}

/// The links of the last mail: the one that brings the cart back, and the one that ends such mails.
async fn links(app: &TestApp) -> [String; 2] {
    app.work().await;
    let text = app.database.text("SELECT text FROM kept_messages ORDER BY id DESC LIMIT 1").await;
    assert!(text.contains("Solaris (DVD)"), "{text}");
    ["/cart/restore/", "/mails/"].map(|part| {
        let link = text.split_whitespace().find(|word| word.contains(part)).unwrap();
        link.strip_prefix("http://shop.test").unwrap().to_owned()
    })
}

#[tokio::test]
async fn a_cart_is_written_about_once_after_a_day() {
    let app = TestApp::new().await;
    let film = film(&app).await;
    let (id, nora) = left_alone(&app, "Nora", &film, 23).await;
    assert_eq!(reminded(&app).await, 0, "a day has not passed");
    age(&app, id, 2).await;
    assert_eq!((reminded(&app).await, reminded(&app).await), (1, 0));
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages WHERE template = 'cart_reminder'").await, 1);
    nora.submit("/cart/items", &[("sku", &film.editions[0].sku)]).await;
    age(&app, id, 25).await;
    assert_eq!(reminded(&app).await, 0, "it is the same cart");
    Shopper { client: nora.clone() }.buy().await;
    let again = [("sku", &*film.editions[0].sku), ("quantity", "1"), ("again", "1")];
    nora.submit("/cart/items", &again).await;
    app.database.execute("UPDATE orders SET placed_at = placed_at - INTERVAL 3 DAY").await;
    age(&app, id, 25).await;
    assert_eq!(reminded(&app).await, 1, "after an order it is another one");
}

#[tokio::test]
async fn nobody_is_written_to_for_nothing() {
    let app = TestApp::new().await;
    let film = film(&app).await;
    let (id, nora) = left_alone(&app, "Nora", &film, 25).await;
    let undo = |what: &str, back: &str| (what.to_owned(), back.to_owned());
    let client = format!("WHERE id = {id}");
    for (hindrance, back) in [
        undo(
            &format!("UPDATE clients SET marketing_consent_at = NULL {client}"),
            &format!("UPDATE clients SET marketing_consent_at = NOW() {client}"),
        ),
        undo(
            &format!("UPDATE clients SET email_verified_at = NULL {client}"),
            &format!("UPDATE clients SET email_verified_at = NOW() {client}"),
        ),
        undo("UPDATE editions SET stock = 0", "UPDATE editions SET stock = 50"),
        undo("UPDATE editions SET is_active = FALSE", "UPDATE editions SET is_active = TRUE"),
        undo("UPDATE products SET status = 'archived'", "UPDATE products SET status = 'active'"),
        undo(
            "UPDATE carts SET expires_at = expires_at - INTERVAL 3 DAY",
            "UPDATE carts SET expires_at = expires_at + INTERVAL 3 DAY",
        ),
    ] {
        app.database.execute(&hindrance).await;
        assert_eq!(reminded(&app).await, 0, "{hindrance}");
        app.database.execute(&back).await;
    }
    // The same person has ordered as a guest meanwhile.
    Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    app.database.execute(&format!("UPDATE orders SET email = (SELECT email FROM clients {client})")).await;
    assert_eq!(reminded(&app).await, 0, "ordered as a guest");
    app.database.execute("UPDATE orders SET email = 'other@example.com'").await;
    assert_eq!(reminded(&app).await, 1, "nothing is in the way any more");
    nora.submit("/cart/clear", &[]).await;
    age(&app, id, 25).await;
    assert_eq!(reminded(&app).await, 0, "an empty cart");
}

#[tokio::test]
async fn the_link_brings_the_cart_back_for_a_week_on_any_device() {
    let app = TestApp::new().await;
    let film = film(&app).await;
    let (_, nora) = left_alone(&app, "Nora", &film, 25).await;
    reminded(&app).await;
    let [restore, _] = links(&app).await;
    let elsewhere = app.guest();
    let asked = elsewhere.get(&restore).await;
    assert_eq!((asked.status, asked.statements()), (StatusCode::OK, 0), "a link that is only looked at does nothing");
    for client in [&elsewhere, &elsewhere, &nora] {
        let cart = client.submit(&restore, &[]).await;
        assert_eq!(cart.texts(".line__title"), ["Solaris"]);
        assert_eq!(cart.attributes("[data-cart-count]", "data-cart-count"), ["2"], "twice is once");
    }
    app.database.execute("UPDATE editions SET stock = 0").await;
    assert!(app.guest().submit(&restore, &[]).await.text().contains("None of these films"));
    assert_eq!(elsewhere.get("/cart/restore/MQ.made-up").await.status, StatusCode::NOT_FOUND);

    app.database.execute("UPDATE editions SET stock = 50").await;
    left_alone(&app, "Vera", &film, 8 * 24 + 25).await;
    assert_eq!(remind(&app.app.db, clock::now() - time::Duration::days(8)).await.unwrap(), 1);
    let [late, _] = links(&app).await;
    assert_eq!(elsewhere.get(&late).await.status, StatusCode::GONE);
    assert_eq!(elsewhere.post(&late, &[]).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn whoever_unsubscribes_is_not_written_to_again() {
    let app = TestApp::new().await;
    let film = film(&app).await;
    let (id, nora) = left_alone(&app, "Nora", &film, 25).await;
    reminded(&app).await;
    let [_, stop] = links(&app).await;
    let header = app.database.text("SELECT text FROM kept_messages ORDER BY id DESC LIMIT 1").await;
    assert!(header.contains("Unsubscribe"));
    let unwanted = format!("SELECT COUNT(*) FROM unwanted_mails WHERE client_id = {id} AND kind = 'cart_reminders'");
    assert_eq!(app.guest().get(&stop).await.status, StatusCode::OK);
    assert_eq!(app.database.number(&unwanted).await, 0, "asking is not doing");
    let one_click = app.guest().post(&stop, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(one_click.status, StatusCode::OK);
    assert_eq!(app.database.number(&unwanted).await, 1);
    nora.submit("/cart/clear", &[]).await;
    nora.submit("/cart/items", &[("sku", &film.editions[0].sku)]).await;
    age(&app, id, 25).await;
    assert_eq!(reminded(&app).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_write_about_a_cart_once() {
    let app = TestApp::new().await;
    let film = film(&app).await;
    for n in 0..5 {
        left_alone(&app, &format!("Nora{n}"), &film, 25).await;
    }
    let (one, other) = tokio::join!(remind(&app.app.db, clock::now()), remind(&app.app.db, clock::now()));
    assert_eq!(one.unwrap_or(0) + other.unwrap_or(0), 5);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages WHERE template = 'cart_reminder'").await, 5);
}
