//! The form on a sold-out edition's page, and the pages behind the links in its mails.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use marquee::catalog::{Format, ProductStatus};

use crate::support::{
    Answer, Client, TestApp,
    factory::{Film, edition, product},
};

/// A film whose DVD is sold out; its Blu-ray is not, and its digital edition cannot be.
async fn solaris(app: &TestApp) -> Film {
    product()
        .title("Solaris")
        .slug("solaris-1972")
        .with(edition(Format::Dvd, 1999, 0).sku("SOL-DVD"))
        .with(edition(Format::BluRay, 2999, 3).sku("SOL-BD"))
        .with(edition(Format::DigitalHd, 999, 0).sku("SOL-HD"))
        .insert(&mut app.conn().await)
        .await
}

async fn ask(client: &Client, email: &str) -> Answer {
    client.post("/films/solaris-1972/alerts", &[("sku", "SOL-DVD"), ("email", email)]).await
}

/// The path of the newest link of this kind in the mailbox, in the address of a mail's reader.
async fn link(app: &TestApp, kind: &str) -> String {
    app.work().await;
    let text = app.database.texts("SELECT text FROM kept_messages ORDER BY id DESC LIMIT 1").await.remove(0);
    let address = text.split_whitespace().find(|word| word.ends_with(kind)).unwrap_or_else(|| panic!("{text}"));
    address.strip_prefix("http://shop.test").unwrap().to_owned()
}

async fn requests(app: &TestApp, what: &str) -> i64 {
    app.database.number(&format!("SELECT COUNT(*) FROM stock_alerts WHERE {what}")).await
}

#[tokio::test]
async fn only_what_is_sold_out_can_be_waited_for() {
    let app = TestApp::new().await;
    solaris(&app).await;
    let guest = app.guest();
    let form = "form[action$='/alerts']";
    for (sku, forms) in [("SOL-DVD", 1), ("SOL-BD", 0), ("SOL-HD", 0)] {
        let page = guest.get(&format!("/ru/films/solaris-1972?edition={sku}")).await;
        assert_eq!(page.attributes(form, "action"), vec!["/ru/films/solaris-1972/alerts"; forms], "{sku}");
    }
    app.database.execute("UPDATE products SET status = 'archived'").await;
    let archived = guest.get("/films/solaris-1972?edition=SOL-DVD").await;
    assert_eq!(archived.attributes(form, "action").len(), 0);
    assert_eq!(ask(&guest, "nora@example.com").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_request_counts_once_its_link_was_used() {
    let app = TestApp::new().await;
    solaris(&app).await;
    let guest = app.guest();
    let asked = ask(&guest, "Nora@Example.com").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert_eq!(asked.header("location"), "/films/solaris-1972?edition=SOL-DVD#buy");
    let page = guest.get("/films/solaris-1972?edition=SOL-DVD").await;
    assert!(page.texts(".notice--good").concat().contains("Look into your mail"), "the answer is a notice");

    let path = link(&app, "/confirm").await;
    assert_eq!(requests(&app, "email = 'nora@example.com' AND confirmed_at IS NULL").await, 1);
    for _ in 0..2 {
        let page = guest.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.attributes("main form[method=post] button", "type"), ["submit"]);
        assert!(page.text().contains("Solaris"));
        assert_eq!(guest.send(Method::HEAD, &path, Body::empty(), None).await.status, StatusCode::OK);
    }
    assert_eq!(requests(&app, "confirmed_at IS NULL").await, 1, "what only looks changes nothing");
    for _ in 0..2 {
        let answer = guest.submit(&path, &[]).await;
        assert!(answer.texts(".notice--good").concat().contains("as soon as it is back"));
    }
    assert_eq!(requests(&app, "confirmed_at IS NOT NULL").await, 1);
}

#[tokio::test]
async fn the_answer_is_the_same_whoever_is_on_the_list() {
    let app = TestApp::new().await;
    solaris(&app).await;
    let said = async |email: &str| {
        let guest = app.guest();
        let answer = ask(&guest, email).await;
        let page = guest.get(answer.header("location").split('#').next().unwrap()).await;
        (answer.status, answer.header("location").to_owned(), page.texts(".notice"), answer.statements())
    };
    let new = said("nora@example.com").await;
    let path = link(&app, "/confirm").await;
    let unconfirmed = said("nora@example.com").await;
    app.work().await;
    app.guest().post(&path, &[]).await;
    let waiting = said("NORA@example.com").await;
    app.work().await;
    assert!(new == unconfirmed && new == waiting, "{new:?} {unconfirmed:?} {waiting:?}");
    let mails = "SELECT COUNT(*) FROM messages WHERE template = 'alert_confirm'";
    assert_eq!(app.database.number(mails).await, 1, "and only the first one is mailed");
}

#[tokio::test]
async fn nobody_is_mailed_for_long_who_never_asked() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let mut films = Vec::new();
    for _ in 0..8 {
        films.push(product().edition(Format::Dvd, 999, 0).insert(&mut conn).await);
    }
    for film in &films {
        let path = format!("/films/{}/alerts", film.slug);
        let asked = app.guest().post(&path, &[("sku", &film.editions[0].sku), ("email", "victim@example.com")]).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER);
        app.work().await;
    }
    let mails = "SELECT COUNT(*) FROM messages WHERE template = 'alert_confirm'";
    assert_eq!(app.database.number(mails).await, 5);
    app.database.execute("UPDATE stock_alerts SET requested_at = requested_at - INTERVAL 25 HOUR").await;
    let path = format!("/films/{}/alerts", films[0].slug);
    app.guest().post(&path, &[("sku", &films[0].editions[0].sku), ("email", "victim@example.com")]).await;
    app.work().await;
    assert_eq!(app.database.number(mails).await, 6, "a day later a link may be asked for again");
}

#[tokio::test]
async fn bad_addresses_and_robots_get_the_form_back() {
    let app = TestApp::new().await;
    solaris(&app).await;
    let guest = app.guest();
    for email in ["", "nora", "nora@example", &format!("{}@example.com", "n".repeat(250))] {
        let refused = ask(&guest, email).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{email}");
        assert_eq!(refused.field("email"), email, "what was typed is kept");
        assert_eq!(refused.attributes("input[name=email]", "aria-invalid"), ["true"]);
        assert_eq!(refused.attributes(".error-summary a[href='#email']", "href").len(), 1);
        assert_eq!(refused.field("sku"), "SOL-DVD");
    }
    let robot = [("sku", "SOL-DVD"), ("email", "nora@example.com"), ("website", "https://spam.example")];
    let refused = guest.post("/films/solaris-1972/alerts", &robot).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (path, sku) in [
        ("/films/solaris-1972/alerts", "SOL-HD"),
        ("/films/solaris-1972/alerts", "NONE"),
        ("/films/solaris-1972/alerts", "ключ"),
        ("/films/none/alerts", "SOL-DVD"),
    ] {
        let answer = guest.post(path, &[("sku", sku), ("email", "nora@example.com")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {sku}");
    }
    let other =
        product().status(ProductStatus::Active).edition(Format::Dvd, 999, 0).insert(&mut app.conn().await).await;
    let mixed = [("sku", &*other.editions[0].sku), ("email", "nora@example.com")];
    assert_eq!(guest.post("/films/solaris-1972/alerts", &mixed).await.status, StatusCode::NOT_FOUND);
    app.work().await;
    assert_eq!(requests(&app, "TRUE").await, 0);
}

#[tokio::test]
async fn an_address_asks_five_times_an_hour() {
    let app = TestApp::with(&[("MARQUEE_LIMITS_FACTOR", "1"), ("MARQUEE_TRUSTED_PROXIES", "1")]).await;
    solaris(&app).await;
    let from = |address: &str| app.guest().with_header("x-forwarded-for", address);
    for n in 0..5 {
        assert_eq!(ask(&from("192.0.2.7"), &format!("n{n}@example.com")).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(ask(&from("192.0.2.7"), "n5@example.com").await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask(&from("192.0.2.8"), "n5@example.com").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn other_sites_cannot_ask_in_somebodys_name() {
    let app = TestApp::new().await;
    solaris(&app).await;
    let elsewhere = app.guest().with_header("sec-fetch-site", "cross-site");
    assert_eq!(ask(&elsewhere, "nora@example.com").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_came_back_meanwhile_need_not_be_waited_for() {
    let app = TestApp::new().await;
    solaris(&app).await;
    ask(&app.guest(), "nora@example.com").await;
    let path = link(&app, "/confirm").await;
    app.database.execute("UPDATE editions SET stock = 2 WHERE sku = 'SOL-DVD'").await;
    let guest = app.guest();
    let answer = guest.submit(&path, &[]).await;
    assert!(answer.texts(".notice--good").concat().contains("in stock already"));
    assert_eq!(requests(&app, "TRUE").await, 0);
    assert_eq!(guest.get(&path).await.status, StatusCode::GONE);
    assert_eq!(guest.post(&path, &[]).await.status, StatusCode::GONE);
    let late = ask(&guest, "nora@example.com").await;
    assert!(guest.get(late.header("location")).await.texts(".notice").concat().contains("in stock already"));
    app.work().await;
    assert_eq!(requests(&app, "TRUE").await, 0);
}

#[tokio::test]
async fn one_click_ends_it_signed_out_and_without_a_redirect() {
    let app = TestApp::new().await;
    solaris(&app).await;
    let mut conn = app.conn().await;
    let other = product().edition(Format::Dvd, 999, 0).insert(&mut conn).await;
    for (slug, sku) in [("solaris-1972", "SOL-DVD"), (&*other.slug, &*other.editions[0].sku)] {
        for email in ["nora@example.com", "ada@example.com"] {
            app.guest().post(&format!("/films/{slug}/alerts"), &[("sku", sku), ("email", email)]).await;
        }
    }
    app.work().await;
    let mails = "SELECT CONCAT(headers, '\n', text) FROM kept_messages WHERE `to` = 'nora@example.com' LIMIT 1";
    let mail = app.database.texts(mails).await.remove(0);
    let unfolded = mail.replace("\r\n ", " ").to_lowercase();
    assert!(unfolded.contains("list-unsubscribe: <http://shop.test/alerts/"), "{mail}");
    assert!(unfolded.contains("list-unsubscribe-post: list-unsubscribe=one-click"), "{mail}");
    let address = mail.split_whitespace().find(|word| word.ends_with("/unsubscribe")).unwrap();
    let path = address.strip_prefix("http://shop.test").unwrap();

    let guest = app.guest();
    assert_eq!(guest.get(path).await.status, StatusCode::OK);
    assert_eq!(requests(&app, "email = 'nora@example.com'").await, 2, "looking changes nothing");
    for _ in 0..2 {
        let answer = guest.post(path, &[("List-Unsubscribe", "One-Click")]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.texts("main [role=status]").len(), 1);
    }
    assert_eq!(requests(&app, "email = 'nora@example.com'").await, 0);
    assert_eq!(requests(&app, "email = 'ada@example.com'").await, 2);
    assert_eq!(guest.get(&path.replace("/unsubscribe", "/confirm")).await.status, StatusCode::GONE);
    for forged in ["/alerts/MQ.xxxx/unsubscribe", "/alerts/x/confirm", "/alerts/ключ/unsubscribe"] {
        assert_eq!(guest.get(forged).await.status, StatusCode::NOT_FOUND, "{forged}");
        assert_eq!(guest.post(forged, &[]).await.status, StatusCode::NOT_FOUND, "{forged}");
    }
}
