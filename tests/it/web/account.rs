//! Accounts: how somebody becomes a customer, comes in and gets back in, and what nobody may learn or do.

use axum::http::StatusCode;
use marquee::{catalog::Format, router};

use crate::support::{Client, Shopper, TestApp, factory::product};

const PASSWORD: &str = "a line from a film";

fn nora() -> Vec<(&'static str, &'static str)> {
    vec![
        ("name", "Nora"),
        ("surname", "Keene"),
        ("email", "Nora@Shop.test"),
        ("phone", "+998 90 123 45 67"),
        ("password", PASSWORD),
    ]
}

async fn register(client: &Client) {
    let page = client.submit("/account/register", &nora()).await;
    assert!(page.texts(".notice").concat().contains("Look into your mail"), "{}", page.text());
}

async fn sign_in(client: &Client, login: &str, password: &str) -> crate::support::Answer {
    client.post("/account/login", &[("login", login), ("password", password)]).await
}

/// A customer who is signed in.
async fn customer(app: &TestApp) -> Client {
    let client = app.guest();
    register(&client).await;
    assert_eq!(sign_in(&client, "nora@shop.test", PASSWORD).await.status, StatusCode::SEE_OTHER);
    client
}

/// Path of the link in the last mail of this template.
async fn link(app: &TestApp, part: &str) -> String {
    app.work().await;
    let text = app
        .database
        .text(&format!("SELECT text FROM kept_messages WHERE text LIKE '%{part}%' ORDER BY id DESC LIMIT 1"))
        .await;
    let link = text.split_whitespace().find(|word| word.contains(part)).unwrap();
    link.strip_prefix("http://shop.test").unwrap().to_owned()
}

#[tokio::test]
async fn a_visitor_becomes_a_customer_by_mail_or_phone_and_leaves() {
    let app = TestApp::new().await;
    let client = customer(&app).await;
    let page = client.get("/account").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.texts("h1")[0].contains("Nora") && page.text().contains("nora@shop.test"));
    assert!(page.statements() <= 5, "{}", page.statements());
    assert!(page.texts(".site-header__tools").concat().contains("Nora"));
    assert!(client.get("/pages/about").await.texts(".site-header__tools").concat().contains("Nora"));

    let old = client.cookie("sid").unwrap();
    client.submit("/account/logout", &[]).await;
    assert_eq!(client.cookie("sid"), None);
    client.set_cookie("sid", &old);
    let answer = client.get("/account").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "an old cookie opens nothing");
    assert_eq!(answer.header("location"), "/account/login?next=%2Faccount");
    assert_eq!(sign_in(&app.guest(), "998 90 123-45-67", PASSWORD).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_that_was_there_before_is_not_the_one_after() {
    let app = TestApp::new().await;
    register(&app.guest()).await;
    let planted = "p".repeat(43);
    let client = app.guest();
    client.set_cookie("sid", &planted);
    sign_in(&client, "nora@shop.test", PASSWORD).await;
    let first = client.cookie("sid").unwrap();
    assert_ne!(first, planted);
    sign_in(&client, "nora@shop.test", PASSWORD).await;
    assert_ne!(client.cookie("sid").unwrap(), first);
    let thief = app.guest();
    for cookie in [planted, first] {
        thief.set_cookie("sid", &cookie);
        assert_eq!(thief.get("/account").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn nobody_learns_whether_somebody_is_a_customer() {
    let app = TestApp::new().await;
    let client = customer(&app).await;
    app.work().await;
    let made = || app.app.passwords.made();
    let mut seen = Vec::new();
    for login in ["nora@shop.test", "nobody@shop.test"] {
        let before = made();
        let wrong = sign_in(&app.guest(), login, "not the password").await;
        let again = app.guest();
        let fields: Vec<_> =
            nora().into_iter().map(|(name, value)| (name, if name == "email" { login } else { value })).collect();
        let registered = again.post("/account/register", &fields).await;
        let forgot = again.post("/account/password/forgot", &[("email", login)]).await;
        seen.push((
            wrong.status,
            wrong.text().replace(login, "X"),
            wrong.statements(),
            (registered.status, registered.header("location").to_owned()),
            (forgot.status, forgot.header("location").to_owned(), forgot.statements()),
            made() - before,
        ));
    }
    assert_eq!(seen[0].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(seen[0].5, 4, "at the door two to compare, at registering one to compare and one to keep");
    assert_eq!(seen[0], seen[1]);
    assert_eq!(client.get("/account").await.status, StatusCode::OK, "and the customer notices nothing");
}

#[tokio::test]
async fn a_link_works_once_and_a_new_password_ends_every_session() {
    let app = TestApp::new().await;
    let client = customer(&app).await;
    client.post("/account/password/forgot", &[("email", "nora@shop.test")]).await;
    let path = link(&app, "/account/password/reset/").await;
    let (one, two) = (app.guest(), app.guest());
    let new = [("password", "quite another line")];
    assert_eq!(one.get(&path).await.status, StatusCode::OK);
    let weak = one.post(&path, &[("password", "password123")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (first, second) = tokio::join!(one.post(&path, &new), two.post(&path, &new));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410], "of two at once one gets it");
    assert_eq!(one.get(&path).await.status, StatusCode::GONE);
    assert_eq!(client.get("/account").await.status, StatusCode::SEE_OTHER, "signed out everywhere");
    assert_eq!(sign_in(&client, "nora@shop.test", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(sign_in(&client, "nora@shop.test", new[0].1).await.status, StatusCode::SEE_OTHER);
    app.work().await;
    let told = "SELECT COUNT(*) FROM messages WHERE template = 'account_password_changed' AND status = 'sent'";
    assert_eq!(app.database.number(told).await, 1);
}

#[tokio::test]
async fn next_leads_nowhere_else() {
    let app = TestApp::new().await;
    let client = customer(&app).await;
    for (next, leads) in
        [("/ru/cart", "/ru/cart"), ("//evil.example", "/account"), ("https://evil.example", "/account")]
    {
        let fields = [("login", "nora@shop.test"), ("password", PASSWORD), ("next", next)];
        assert_eq!(client.post("/account/login", &fields).await.header("location"), leads);
        let form = client.get(&format!("/account/login?next={next}")).await;
        assert_eq!(form.field("next"), if next.contains("evil") { "" } else { next });
    }
}

#[tokio::test]
async fn the_visitors_cart_comes_along_and_stays_behind_at_leaving() {
    let app = TestApp::new().await;
    let film =
        product().edition(Format::Dvd, 1999, 4).edition(Format::BluRay, 2999, 9).insert(&mut app.conn().await).await;
    let (dvd, blu_ray) = (&*film.editions[0].sku, &*film.editions[1].sku);
    register(&app.guest()).await;
    let count = |page: &crate::support::Answer| page.attributes("[data-cart-count]", "data-cart-count");
    let shopper = Shopper::new(&app);
    shopper.put(dvd, 2).await;
    let answer = sign_in(&shopper.client, "nora@shop.test", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(shopper.client.cookie("cart"), None);
    assert_eq!(count(&shopper.client.get("/cart").await), ["2"]);
    sign_in(&shopper.client, "nora@shop.test", PASSWORD).await;
    assert_eq!(count(&shopper.client.get("/cart").await), ["2"], "again changes nothing");
    shopper.client.submit("/account/logout", &[]).await;
    assert!(count(&shopper.client.get("/cart").await).is_empty());

    let other = Shopper::new(&app);
    other.put(dvd, 3).await;
    other.put(blu_ray, 1).await;
    app.database.execute("UPDATE editions SET stock = 2 WHERE format = 'dvd'").await;
    let answer = sign_in(&other.client, "nora@shop.test", PASSWORD).await;
    let page = other.client.get(answer.header("location")).await;
    assert!(page.texts(".notice").concat().contains("Fewer of"), "{}", page.text());
    assert_eq!(count(&other.client.get("/cart").await), ["3"], "the larger quantity, cut to what there is");
}

#[tokio::test]
async fn orders_of_before_come_to_the_account_only_when_the_address_is_confirmed() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 9).insert(&mut app.conn().await).await;
    for email in ["nora@shop.test", "nöra@shop.test"] {
        let shopper = Shopper::new(&app);
        shopper.put(&film.editions[0].sku, 1).await;
        let (key, total) = shopper.open_form().await;
        assert_eq!(shopper.place(&key, &total, &[("email", email)]).await.status, StatusCode::SEE_OTHER);
    }
    let client = customer(&app).await;
    let path = link(&app, "/account/verify/").await;
    let claimed = "SELECT COUNT(*) FROM orders WHERE client_id IS NOT NULL";
    assert_eq!(client.get(&path).await.status, StatusCode::OK);
    assert_eq!(app.database.number(claimed).await, 0, "looking at the link confirms nothing");
    client.submit(&path, &[]).await;
    app.work().await;
    assert_eq!(app.database.number(claimed).await, 1, "exactly this address");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM order_events WHERE kind = 'claimed'").await, 1);
    assert_eq!(client.post(&path, &[]).await.status, StatusCode::GONE, "the link works once");
}

const CONFIRMED: &str = "SELECT COUNT(*) FROM clients WHERE email_verified_at IS NOT NULL";

#[tokio::test]
async fn a_link_counts_only_for_whoever_is_in_the_account_or_knows_its_password() {
    let app = TestApp::new().await;
    register(&app.guest()).await;
    let path = link(&app, "/account/verify/").await;
    let (_, other) = app.customer("Other").await;
    app.database.execute("UPDATE clients SET email_verified_at = NULL").await;
    for client in [&app.guest(), &other] {
        let page = client.get(&path).await;
        assert_eq!(page.attributes("main input[type=password]", "name"), ["password"]);
        for wrong in ["", "a line from another"] {
            let refused = client.post(&path, &[("password", wrong)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.attributes("main a", "href").contains(&"/account/password/forgot".to_owned()));
        }
    }
    assert_eq!(app.database.number(CONFIRMED).await, 0);
    let confirmed = app.guest().post(&path, &[("password", PASSWORD)]).await;
    assert_eq!((confirmed.status, confirmed.header("location")), (StatusCode::SEE_OTHER, "/account"));
    assert_eq!(app.database.number(CONFIRMED).await, 1);
}

#[tokio::test]
async fn whoever_registered_with_the_address_of_another_is_out_once_its_owner_has_a_password() {
    let app = TestApp::new().await;
    let thief = customer(&app).await;
    let first = link(&app, "/account/verify/").await;
    let change = [("name", "Nora"), ("email", "thief@shop.test"), ("phone", ""), ("language", "en")];
    assert_eq!(thief.post("/account/profile", &change).await.status, StatusCode::SEE_OTHER);
    let second = link(&app, "/account/verify/").await;
    assert_ne!(first, second);
    let owner = app.guest();
    owner.post("/account/password/forgot", &[("email", "nora@shop.test")]).await;
    let reset = link(&app, "/account/password/reset/").await;
    owner.submit(&reset, &[("password", "quite another line")]).await;
    assert_eq!(app.database.number(CONFIRMED).await, 1, "that shows whose it is, too");
    assert_eq!(thief.get("/account").await.status, StatusCode::SEE_OTHER);
    for path in [first, second] {
        assert_eq!(thief.post(&path, &[("password", PASSWORD)]).await.status, StatusCode::GONE);
    }
    assert_eq!(app.database.text("SELECT email FROM clients").await, "nora@shop.test");
}

#[tokio::test]
async fn the_profile_is_theirs_to_change() {
    let app = TestApp::new().await;
    let client = customer(&app).await;
    let fields =
        [("name", "Nora B"), ("email", "new@shop.test"), ("phone", ""), ("language", "ru"), ("marketing", "on")];
    let page = client.submit("/account/profile", &fields).await;
    assert!(page.texts(".site-header__tools").concat().contains("Nora B"), "{}", page.text());
    assert!(client.get("/account").await.text().contains("nora@shop.test"), "not until it is confirmed");
    app.work().await;
    let path =
        app.database.text("SELECT text FROM kept_messages WHERE `to` = 'new@shop.test' ORDER BY id DESC LIMIT 1").await;
    let path = path.split_whitespace().find(|word| word.contains("/account/verify/")).unwrap().to_owned();
    client.post(path.strip_prefix("http://shop.test").unwrap(), &[]).await;
    assert!(client.get("/account").await.text().contains("new@shop.test"));
    let bad =
        client.post("/account/profile", &[("name", ""), ("email", "x"), ("phone", "1"), ("birth_date", "?")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bad.attributes("[aria-invalid]", "name").len(), 4);
}

#[tokio::test]
async fn a_changed_password_keeps_this_browser_and_no_other() {
    let app = TestApp::new().await;
    let client = customer(&app).await;
    let elsewhere = app.guest();
    sign_in(&elsewhere, "nora@shop.test", PASSWORD).await;
    let wrong = [("present_password", "not the one"), ("password", "quite another line")];
    assert_eq!(client.post("/account/password", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("present_password", PASSWORD), ("password", "quite another line")];
    client.submit("/account/password", &right).await;
    assert_eq!(client.get("/account").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn every_route_has_a_rule_and_customers_pages_are_closed_to_strangers() {
    let app = TestApp::new().await;
    let rules = router::rules(&app.app);
    assert!(rules.len() > 40);
    let guest = app.guest();
    for (path, access) in rules.into_iter().filter(|(_, access)| *access == router::Access::Customer) {
        let path = path.replace("{id}", "1").replace("{number}", "MQ-AAAAAAAA").replace("{token}", "x");
        for answer in [guest.get(&path).await, guest.post(&path, &[]).await] {
            let is_sent_away =
                answer.status == StatusCode::SEE_OTHER && answer.header("location").starts_with("/account/login?next=");
            assert!(is_sent_away || answer.status == StatusCode::NOT_FOUND, "{path} {access:?}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn without_redis_nobody_is_signed_out() {
    let app = TestApp::new().await;
    let client = customer(&app).await;
    let node = TestApp::on(app.database.clone(), &[("REDIS_URL", "redis://127.0.0.1:1/")]);
    let there = node.guest();
    there.set_cookie("sid", &client.cookie("sid").unwrap());
    assert_eq!(there.get("/account").await.status, StatusCode::OK);
    assert!(there.get("/pages/about").await.texts(".site-header__tools").concat().contains("Nora"));
    client.submit("/account/logout", &[]).await;
    assert_eq!(there.get("/account").await.status, StatusCode::SEE_OTHER, "ended there, ended here");
}

#[tokio::test]
async fn a_customers_order_is_theirs_and_the_form_knows_them() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 9).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let form = shopper.client.get("/checkout").await;
    assert_eq!(form.attributes("a[href^='/account/login?next=']", "href"), ["/account/login?next=/checkout"]);
    register(&app.guest()).await;
    sign_in(&shopper.client, "nora@shop.test", PASSWORD).await;
    let form = shopper.client.get("/checkout").await;
    assert_eq!((form.field("email").as_str(), form.field("phone").as_str()), ("nora@shop.test", "+998901234567"));
    assert!(form.attributes("a[href^='/account/login?next=']", "href").is_empty());
    let placed = shopper.buy().await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders WHERE client_id IS NOT NULL").await, 1);
}
