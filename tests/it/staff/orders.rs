//! The orders desk.

use axum::http::StatusCode;
use marquee::{catalog::Format, personnel::Role};

use crate::support::{Answer, Client, Shopper, TestApp, factory::product};

async fn shop() -> (TestApp, String, Client) {
    let app = TestApp::new().await;
    let film = product().title("Solaris").edition(Format::Dvd, 1999, 9).insert(&mut app.conn().await).await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    let support = app.employee(&[Role::Support]).await;
    (app, number, support)
}

/// The words on the buttons that move the order.
fn steps(page: &Answer) -> Vec<String> {
    page.texts("button[name=to]")
}

async fn status(app: &TestApp) -> String {
    app.database.texts("SELECT status FROM orders").await.remove(0)
}

#[tokio::test]
async fn an_order_is_led_from_its_placement_to_its_delivery() {
    let (app, number, support) = shop().await;
    let path = format!("/admin/orders/{number}");
    let mut page = support.get(&path).await;
    assert!(page.statements() <= 10, "{}", page.statements());
    assert_eq!(steps(&page), ["Confirm", "Mark as paid", "Cancel the order"]);
    for (to, next) in [
        ("confirmed", &["Start packing", "Mark as paid", "Cancel the order"][..]),
        ("processing", &["Mark as paid", "Cancel the order"]),
        ("shipments", &["Mark as handed over", "Mark as paid"]),
        ("paid", &["Mark as handed over"]),
        ("delivered", &[]),
    ] {
        let version = page.field("version");
        page = match to {
            "shipments" => {
                let line = page.attributes("[name^=line-]", "name").remove(0);
                let form = [("version", version.as_str()), (&line, "1"), ("carrier", "post"), ("tracking", "SR123")];
                support.submit(&format!("{path}/shipments"), &form).await
            }
            _ => support.submit(&format!("{path}/status"), &[("to", to), ("version", &version)]).await,
        };
        assert_eq!(steps(&page), next, "after {to}");
    }
    assert!(
        page.text().contains("Nothing may follow any more") && page.text().contains("Grace"),
        "who did it is named"
    );
    assert_eq!(app.database.number("SELECT COUNT(*) FROM audit_log WHERE action LIKE 'order.%'").await, 5);
    app.work().await;
    let shipped = "SELECT COUNT(*) FROM kept_messages WHERE text LIKE '%Silk Road Post%SR123%'";
    assert_eq!(app.database.number(shipped).await, 1);
}

#[tokio::test]
async fn what_may_not_follow_is_refused_with_what_may() {
    let (app, number, support) = shop().await;
    let path = format!("/admin/orders/{number}");
    let version = support.get(&path).await.field("version");
    for to in ["delivered", "shipped", "refunded", "pending"] {
        let refused = support.post(&format!("{path}/status"), &[("to", to), ("version", &version)]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{to}");
        let told = refused.texts("main [role=alert]");
        assert!(told[0].contains("What may follow: Confirm, Cancel the order."), "{told:?}");
    }
    let wrong = support.post(&format!("{path}/status"), &[("to", "lost"), ("version", &version)]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let long = "x".repeat(1001);
    let wordy = [("to", "confirmed"), ("version", version.as_str()), ("reason", long.as_str())];
    assert_eq!(support.post(&format!("{path}/status"), &wordy).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(status(&app).await, "pending");
}

#[tokio::test]
async fn the_second_of_two_people_is_told() {
    let (app, number, support) = shop().await;
    let path = format!("/admin/orders/{number}");
    let version = support.get(&path).await.field("version");
    support.submit(&format!("{path}/status"), &[("to", "confirmed"), ("version", &version)]).await;
    let late = support.post(&format!("{path}/status"), &[("to", "cancelled"), ("version", &version)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.texts("main [role=alert]")[0].starts_with("Somebody else was quicker"), "{}", late.text());
    assert_eq!(steps(&late)[0], "Start packing", "the page shows the order as it is now");
    assert_eq!(status(&app).await, "confirmed");
}

#[tokio::test]
async fn notes_stay_at_the_desk_and_messages_reach_the_customer() {
    let (app, number, support) = shop().await;
    let path = format!("/admin/orders/{number}");
    let notes = format!("{path}/notes");
    let empty = support.post(&notes, &[("audience", "staff"), ("text", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let long = "я".repeat(1001);
    let long = support.post(&notes, &[("audience", "customer"), ("text", &long)]).await;
    assert!(long.status == StatusCode::UNPROCESSABLE_ENTITY && long.text().contains("яяя"));
    support.submit(&notes, &[("audience", "staff"), ("text", "Wants <gift> paper")]).await;
    let page = support.submit(&notes, &[("audience", "customer"), ("text", "We found the paper")]).await;
    let history = page.texts(".timeline li");
    assert!(history[0].contains("We found the paper") && history[0].starts_with("Message to the customer"));
    assert!(history[1].contains("Wants <gift> paper") && history[1].contains("for the shop only"), "{history:?}");
    app.work().await;
    let mails = app.database.texts("SELECT text FROM kept_messages WHERE subject LIKE 'About your order%'").await;
    assert!(mails.len() == 1 && mails[0].contains("We found the paper") && !mails[0].contains("gift"), "{mails:?}");
    assert!(support.get(&path).await.text().contains("sent "), "and the ledger says that it went out");
}

#[tokio::test]
async fn the_list_finds_and_turns_pages() {
    let (app, number, support) = shop().await;
    let list = support.get("/admin/orders").await;
    assert_eq!(list.texts("tbody td:first-child a"), [number.as_str()]);
    assert!(list.statements() <= 10, "{}", list.statements());
    for (query, count) in [
        (format!("q={number}"), 1),
        ("q=nora%40example.com".to_owned(), 1),
        ("q=4567".to_owned(), 1),
        ("q=9999".to_owned(), 0),
        ("status=pending&payment=unpaid&delivery=standard".to_owned(), 1),
        ("status=shipped".to_owned(), 0),
    ] {
        let found = support.get(&format!("/admin/orders?{query}")).await;
        assert_eq!(found.texts("tbody tr").len(), count, "{query}");
    }
    let unknown = support.get("/admin/orders?q=Nora").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let columns = "cart_hash, email, phone, name, surname, language, payment_type, delivery_type, delivery_name, currency, \
                   subtotal_minor, delivery_minor, tax_minor, total_minor, price_trail, terms_version, terms_accepted_at";
    for n in 1..=60 {
        let copy = format!(
            "INSERT INTO orders (number, placement_key, placed_at, {columns}) SELECT CONCAT('MQ-T', LPAD({n}, 7, '0')), \
             UUID(), placed_at - INTERVAL {n} MINUTE, {columns} FROM orders ORDER BY id LIMIT 1"
        );
        app.database.execute(&copy).await;
    }
    let first = support.get("/admin/orders?status=pending").await;
    assert_eq!(first.texts("tbody tr").len(), 50);
    let second = support.get(&first.attributes(".pagination a", "href")[0]).await;
    assert_eq!((second.texts("tbody tr").len(), second.texts(".pagination a")), (11, vec!["Newer".to_owned()]));
    let back = support.get(&second.attributes(".pagination a", "href")[0]).await;
    assert_eq!(back.texts("tbody td:first-child a"), first.texts("tbody td:first-child a"));
}

#[tokio::test]
async fn whoever_may_only_look_has_no_buttons_and_others_see_nothing() {
    let (app, number, support) = shop().await;
    let path = format!("/admin/orders/{number}");
    let analyst = app.employee(&[Role::Analyst]).await;
    let page = analyst.get(&path).await;
    assert!(page.status == 200 && page.texts("main form").is_empty());
    assert_eq!(analyst.post(&format!("{path}/status"), &[("to", "confirmed")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(app.employee(&[Role::Moderator]).await.get(&path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(support.get("/admin/orders/MQ-22222222").await.status, StatusCode::NOT_FOUND);
    assert_eq!(status(&app).await, "pending");
}
