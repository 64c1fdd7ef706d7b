//! An address or a number that is a customer's already: nobody who registers with it learns that, or gets anything of theirs.

use axum::http::StatusCode;
use marquee::catalog::Format;

use crate::support::{Client, Shopper, TestApp, factory::product};

const OWNERS: &str = "a line from a film";
const OTHERS: &str = "quite another line";
const EMAIL: &str = "nora@shop.test";
const PHONE: &str = "+998901234567";

async fn register(app: &TestApp, email: &str, phone: &str, password: &str) -> StatusCode {
    let fields = [("name", "Nora"), ("email", email), ("phone", phone), ("password", password)];
    app.guest().post("/account/register", &fields).await.status
}

async fn try_door(client: &Client, login: &str, password: &str) -> StatusCode {
    client.post("/account/login", &[("login", login), ("password", password)]).await.status
}

/// Somebody who is let in.
async fn sign_in(app: &TestApp, login: &str, password: &str) -> Client {
    let client = app.guest();
    assert_eq!(try_door(&client, login, password).await, StatusCode::SEE_OTHER, "{login} {password}");
    client
}

/// The links in the mails to an address that lead there, oldest first.
async fn links(app: &TestApp, email: &str, part: &str) -> Vec<String> {
    app.work().await;
    let texts = app.database.texts(&format!("SELECT text FROM kept_messages WHERE `to` = '{email}' ORDER BY id")).await;
    let words = texts.iter().flat_map(|text| text.split_whitespace()).filter(|word| word.contains(part));
    words.map(|word| word.strip_prefix("http://shop.test").unwrap().to_owned()).collect()
}

/// A shop with a customer whose address is confirmed.
async fn with_owner() -> TestApp {
    let app = TestApp::new().await;
    register(&app, EMAIL, PHONE, OWNERS).await;
    let owner = sign_in(&app, EMAIL, OWNERS).await;
    let link = links(&app, EMAIL, "/account/verify/").await.remove(0);
    owner.submit(&link, &[]).await;
    app.work().await;
    app
}

#[tokio::test]
async fn whoever_registers_gets_in_and_shops_whosever_the_names_are() {
    let app = with_owner().await;
    let film = product().edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await;
    let mut seen = Vec::new();
    for (email, phone) in [(EMAIL, PHONE), ("new@shop.test", "+998901234568"), ("other@shop.test", PHONE)] {
        assert_eq!(register(&app, email, phone, OTHERS).await, StatusCode::SEE_OTHER);
        let client = sign_in(&app, email, OTHERS).await;
        sign_in(&app, phone, OTHERS).await;
        assert_eq!(try_door(&app.guest(), phone, "not the one").await, StatusCode::UNPROCESSABLE_ENTITY);
        let mut pages = Vec::new();
        for path in ["/account", "/account/profile", "/account/orders", "/account/data"] {
            let page = client.get(path).await;
            pages.push((page.status, page.statements(), page.text().replace(email, "E").replace(phone, "P")));
        }
        let again = client.submit("/account/verify", &[]).await;
        pages.push((again.status, again.statements(), again.texts(".notice").concat()));
        Shopper { client }.order(&[(&film.editions[0].sku, 1)]).await;
        seen.push(pages);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[2], seen[1]);
    for name in [EMAIL, PHONE] {
        let owner = sign_in(&app, name, OWNERS).await;
        assert!(
            owner.get("/account/orders").await.texts("main a[href*='/orders/']").is_empty(),
            "nothing came to them"
        );
    }
    assert!(links(&app, EMAIL, "/account/verify/").await.len() == 1, "an address that is held is not confirmed anew");
    assert_eq!(links(&app, EMAIL, "/account/password/reset/").await.len(), 1, "and its owner is told");
}

#[tokio::test]
async fn of_those_who_claim_an_address_one_holds_it() {
    let app = TestApp::new().await;
    let link = async || links(&app, EMAIL, "/account/verify/").await.pop().unwrap();
    register(&app, EMAIL, PHONE, OTHERS).await;
    let of_other = link().await;
    register(&app, EMAIL, PHONE, OWNERS).await;
    let of_owner = link().await;
    assert_ne!(of_other, of_owner);
    let (first, second) =
        tokio::join!(async { app.guest().post(&of_owner, &[("password", OWNERS)]).await.status }, async {
            app.guest().post(&of_other, &[("password", OTHERS)]).await.status
        },);
    assert!(first == StatusCode::SEE_OTHER && second == StatusCode::SEE_OTHER);
    let held = "SELECT COUNT(*) FROM clients WHERE email_verified_at IS NOT NULL";
    assert_eq!(app.database.number(held).await, 1);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM clients WHERE phone IS NOT NULL").await, 2);
    for password in [OWNERS, OTHERS] {
        sign_in(&app, EMAIL, password).await;
        sign_in(&app, PHONE, password).await;
    }
}

#[tokio::test]
async fn registering_again_with_the_same_password_makes_no_other_account() {
    let app = TestApp::new().await;
    for _ in 0..2 {
        register(&app, EMAIL, PHONE, OWNERS).await;
    }
    assert_eq!(app.database.number("SELECT COUNT(*) FROM clients").await, 1);
    assert_eq!(links(&app, EMAIL, "/account/verify/").await.len(), 1);
}

#[tokio::test]
async fn a_number_of_another_is_saved_like_any_and_each_comes_in_with_their_own_password() {
    let app = with_owner().await;
    register(&app, "vera@shop.test", "", OTHERS).await;
    let vera = sign_in(&app, "vera@shop.test", OTHERS).await;
    let link = links(&app, "vera@shop.test", "/account/verify/").await.remove(0);
    vera.submit(&link, &[]).await;
    let mut seen = Vec::new();
    for phone in [PHONE, "+998901234568"] {
        let fields = [("name", "Vera"), ("email", "vera@shop.test"), ("phone", phone), ("language", "en")];
        let saved = vera.submit("/account/profile", &fields).await;
        assert_eq!(saved.field("phone"), phone);
        seen.push((saved.status, saved.text().replace(phone, "P")));
        assert!(sign_in(&app, phone, OTHERS).await.get("/account").await.text().contains("vera@shop.test"));
    }
    assert_eq!(seen[0], seen[1]);
    assert!(sign_in(&app, PHONE, OWNERS).await.get("/account").await.text().contains(EMAIL));
}

#[tokio::test]
async fn an_account_that_only_claims_an_address_neither_reads_nor_takes_what_is_its_owners() {
    let app = with_owner().await;
    let film = product().edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await;
    let alert = "INSERT INTO stock_alerts (edition_id, email, language, requested_at) VALUES";
    app.database.execute(&format!("{alert} ({}, '{EMAIL}', 'en', UTC_TIMESTAMP(6))", film.editions[0].id)).await;
    register(&app, EMAIL, PHONE, OTHERS).await;
    let stranger = sign_in(&app, EMAIL, OTHERS).await;
    stranger.post("/account/data", &[]).await;
    app.work().await;
    let file = stranger.get("/account/data/file").await;
    assert!(!file.text().contains(&film.editions[0].sku), "{}", file.text());
    let of_owner = format!("SELECT COUNT(*) FROM messages WHERE `to` = '{EMAIL}' AND template = 'account_exists'");
    let gone = stranger.post("/account/delete", &[("password", OTHERS), ("reviews", "remove")]).await;
    assert!(gone.status.is_redirection(), "{}", gone.text());
    assert_eq!(app.database.number("SELECT COUNT(*) FROM stock_alerts").await, 1);
    assert_eq!(app.database.number(&of_owner).await, 1);
    sign_in(&app, EMAIL, OWNERS).await;
}

#[tokio::test]
async fn a_device_is_known_also_for_an_account_that_only_claims_its_address() {
    let app = with_owner().await;
    let strict = TestApp::on(app.database.clone(), &[("MARQUEE_LIMITS_FACTOR", "1")]);
    for email in [EMAIL, "new@shop.test"] {
        register(&strict, email, "", OTHERS).await;
        let device = sign_in(&strict, email, OTHERS).await;
        let stranger = strict.guest();
        while try_door(&stranger, email, "a guess at it").await != StatusCode::TOO_MANY_REQUESTS {}
        assert_eq!(try_door(&device, email, OTHERS).await, StatusCode::SEE_OTHER, "{email}");
    }
}
