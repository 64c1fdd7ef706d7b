//! What customers are told of their data, and the file with it.

use std::{io::Read, sync::Arc};

use axum::http::StatusCode;
use flate2::read::GzDecoder;
use marquee::{
    catalog::Format,
    maintenance::{CleanUp, Personal, Place, RETENTION},
};
use serde_json::Value;

use crate::support::{Answer, Client, Shopper, TestApp, factory::product};

const PAGE: &str = "/account/data";
const FILE: &str = "/account/data/file";

#[tokio::test]
async fn customers_read_what_is_kept_and_until_when_in_their_language() {
    let app = TestApp::new().await;
    let (_, nora) = app.customer("Nora").await;
    let page = nora.get(PAGE).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "private, no-store"));
    assert!(page.statements() <= 5, "{}", page.statements());
    let personal = RETENTION.iter().filter(|of| of.personal.is_some()).count();
    let rows = page.texts("section[aria-labelledby=time] tr");
    assert_eq!(rows.len(), personal, "{rows:?}");
    let mail = RETENTION.iter().find(|of| of.personal == Some(Personal::Mail)).unwrap();
    let days = format!("{} days after it was sent", mail.longest().whole_days());
    assert!(rows.iter().any(|row| row.contains(&days)), "{rows:?}");
    assert_eq!(page.texts(".account-nav [aria-current]"), ["Your data"]);
    assert!(nora.get("/ru/account/data").await.text().contains("Корзина браузера без входа"));
    assert!(nora.get("/uz/account/data").await.text().contains("Kirmagan brauzerning savati"));
    let sent_away = app.guest().get(PAGE).await;
    assert_eq!(sent_away.header("location"), "/account/login?next=%2Faccount%2Fdata");
}

/// Somebody of whom the shop keeps one of each kind.
async fn known_customer(app: &TestApp, name: &str, film: &str) -> Client {
    let film = product().title(film).edition(Format::Dvd, 999, 500).insert(&mut app.conn().await).await;
    let (id, client) = app.customer(name).await;
    let shopper = Shopper { client: client.clone() };
    let sku = &*film.editions[0].sku;
    shopper.order(&[(sku, 2)]).await;
    let cart = client.submit("/cart/items", &[("sku", sku), ("quantity", "3"), ("again", "1")]).await;
    client.submit(&cart.attributes(".line form[action$='/gift']", "action")[0], &[("gift", "1")]).await;
    let body = format!("{name} liked it.");
    client
        .post(&format!("/films/{}/reviews", film.slug), &[("rating", "5"), ("title", "A title"), ("body", &body)])
        .await;
    client.post("/account/wishlists/films", &[("slug", &film.slug)]).await;
    client.post("/recent", &[("slug", &film.slug)]).await;
    let address = [("name", name), ("phone", "+998901234567"), ("country", "UZ"), ("city", name), ("line1", "1 Road")];
    assert_eq!(client.post("/account/addresses/new", &address).await.status, StatusCode::SEE_OTHER);
    app.database.execute(&format!("UPDATE clients SET password_hash = 'argon-{name}' WHERE id = {id}")).await;
    let alert = "INSERT INTO stock_alerts (edition_id, email, language, requested_at) \
                 SELECT e.id, c.email, 'en', UTC_TIMESTAMP(6) FROM editions e, clients c";
    app.database.execute(&format!("{alert} WHERE e.sku = '{sku}' AND c.id = {id}")).await;
    client
}

async fn ask(client: &Client) -> Answer {
    client.submit(PAGE, &[]).await
}

async fn file(client: &Client) -> Value {
    let answer = client.get(FILE).await;
    assert_eq!(answer.status, StatusCode::OK);
    serde_json::from_str(answer.text()).unwrap()
}

/// The names of all members, however deep they stand.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            members.iter().flat_map(|(name, value)| std::iter::once(name.clone()).chain(names(value))).collect()
        }
        Value::Array(items) => items.iter().flat_map(names).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn a_customer_fetches_all_that_is_kept_of_them_and_nothing_of_others() {
    let app = TestApp::new().await;
    let nora = known_customer(&app, "Nora", "Stalker").await;
    let marta = known_customer(&app, "Marta", "Vertigo").await;
    assert_eq!(nora.get(FILE).await.status, StatusCode::NOT_FOUND, "nobody has asked yet");
    let page = ask(&nora).await;
    assert!(page.text().contains("The file is being made.") && page.statements() <= 5);
    assert_eq!(page.attributes("#download ~ p a", "href"), [PAGE], "a way to look again");
    ask(&nora).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs WHERE kind = 'prepare_export'").await, 1);
    assert_eq!(nora.get(FILE).await.status, StatusCode::NOT_FOUND, "it is not ready");
    app.work().await;

    let page = nora.get(PAGE).await;
    assert_eq!(page.attributes("#download ~ p a", "href"), [FILE]);
    assert!(page.text().contains("The file is ready and waits until ") && page.text().contains("KB)"));
    let mails = "SELECT COUNT(*) FROM messages WHERE template = 'account_data_ready' AND status = 'sent'";
    assert_eq!(app.database.number(mails).await, 1);
    let answer = nora.get(FILE).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"my-data.json\"");
    assert_eq!((answer.header("cache-control"), answer.statements()), ("private, no-store", 2));

    let data = file(&nora).await;
    assert_eq!(data["profile"]["name"], "Nora");
    assert_eq!(data["wanted_mails"], serde_json::json!(["review_replies"]));
    assert_eq!(data["addresses"][0]["city"], "Nora");
    let order = &data["orders"][0];
    assert_eq!((&order["total_minor"], &order["lines"][0]["quantity"]), (&2497.into(), &2.into()), "{order}");
    assert_eq!(data["reviews"][0]["body"], "Nora liked it.");
    assert_eq!(data["wishlists"][0]["film"], "stalker");
    assert_eq!(data["stock_alerts"].as_array().unwrap().len(), 1);
    assert_eq!((&data["cart"][0]["quantity"], &data["cart"][0]["is_gift"]), (&3.into(), &true.into()));
    assert_eq!(order["lines"][0]["is_gift"], false);
    assert_eq!(data["recently_viewed"][0]["film"], "stalker");
    assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
    let text = data.to_string();
    for foreign in ["Marta", "marta", "vertigo", "argon"] {
        assert!(!text.contains(foreign), "{foreign} is in the file");
    }
    for secret in ["hash", "token", "password", "secret"] {
        assert!(names(&data).iter().all(|name| !name.contains(secret)), "{secret} is in the file");
    }
    assert_eq!(marta.get(FILE).await.status, StatusCode::NOT_FOUND);
    assert!(!marta.get(PAGE).await.text().contains("The file is ready"));
    assert!(app.guest().get(FILE).await.header("location").starts_with("/account/login?next="));
}

#[tokio::test]
async fn a_file_travels_compressed_to_those_who_read_it_and_holds_however_many_orders() {
    let app = TestApp::new().await;
    let nora = known_customer(&app, "Nora", "Stalker").await;
    for n in 0..9 {
        // Twice as many each time.
        let columns = "email, phone, name, surname, language, payment_type, delivery_type, delivery_name, currency, \
                       subtotal_minor, delivery_minor, tax_minor, total_minor, price_trail, terms_version, \
                       terms_accepted_at, placed_at, client_id, cart_hash";
        app.database
            .execute(&format!(
                "INSERT INTO orders (number, placement_key, {columns}) \
                 SELECT CONCAT('MQ-{n}', id), CONCAT('{n}-', id), {columns} FROM orders"
            ))
            .await;
    }
    ask(&nora).await;
    app.work().await;
    let plain = nora.get(FILE).await;
    let data: Value = serde_json::from_str(plain.text()).unwrap();
    let orders = data["orders"].as_array().unwrap();
    assert_eq!(orders.len(), 512);
    assert_eq!(orders.iter().filter(|order| order["lines"].as_array().unwrap().len() == 1).count(), 1);
    let packed = nora.with_header("accept-encoding", "gzip, br").get(FILE).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() * 4 < plain.body.len());
    let mut text = String::new();
    GzDecoder::new(&*packed.body).read_to_string(&mut text).unwrap();
    assert_eq!(text, plain.text());
}

#[tokio::test]
async fn a_file_is_gone_when_its_day_is_over_and_can_be_asked_for_again() {
    let app = TestApp::new().await;
    let (_, nora) = app.customer("Nora").await;
    ask(&nora).await;
    app.work().await;
    let hours = "SELECT TIMESTAMPDIFF(HOUR, UTC_TIMESTAMP(6), expires_at + INTERVAL 1 MINUTE) FROM data_exports";
    assert_eq!(app.database.number(hours).await, 24);
    app.database.execute("UPDATE data_exports SET expires_at = UTC_TIMESTAMP(6)").await;
    assert_eq!(nora.get(FILE).await.status, StatusCode::NOT_FOUND);
    assert!(nora.get(PAGE).await.text().contains("The last file is gone"));
    CleanUp {}.run(&Place { db: app.app.db.clone(), pages: Arc::clone(&app.app.pages), dry_run: false }).await.unwrap();
    assert_eq!(app.database.number("SELECT COUNT(*) FROM data_exports").await, 0);
    ask(&nora).await;
    app.work().await;
    assert_eq!(file(&nora).await["profile"]["name"], "Nora");
}

#[tokio::test]
async fn a_file_that_could_not_be_made_says_so_and_is_made_when_asked_for_again() {
    let app = TestApp::new().await;
    let (_, nora) = app.customer("Nora").await;
    ask(&nora).await;
    app.database.execute("RENAME TABLE review_votes TO elsewhere").await;
    app.database.execute("UPDATE jobs SET attempts = max_attempts - 1").await;
    app.work().await;
    assert!(nora.get(PAGE).await.text().contains("The file could not be made."));
    assert_eq!(nora.get(FILE).await.status, StatusCode::NOT_FOUND);
    app.database.execute("RENAME TABLE elsewhere TO review_votes").await;
    ask(&nora).await;
    app.work().await;
    assert_eq!(file(&nora).await["profile"]["name"], "Nora");
}

#[tokio::test]
async fn nobody_has_files_made_all_day() {
    let app = TestApp::with(&[("MARQUEE_LIMITS_FACTOR", "1")]).await;
    let (_, nora) = app.customer("Nora").await;
    for _ in 0..5 {
        assert_eq!(nora.post(PAGE, &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(nora.post(PAGE, &[]).await.status, StatusCode::TOO_MANY_REQUESTS);
    let (_, marta) = app.customer("Marta").await;
    assert_eq!(marta.post(PAGE, &[]).await.status, StatusCode::SEE_OTHER);
}
