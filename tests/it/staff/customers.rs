//! A customer's page at the desk.

use axum::http::StatusCode;
use marquee::{catalog::Format, personnel::Role};

use crate::support::{Shopper, TestApp, factory::product};

const AUDIT: &str = "SELECT CONCAT_WS(' ', action, object, JSON_VALUE(`before`, '$.tier'), JSON_VALUE(`after`, \
                     '$.tier')) FROM audit_log WHERE action = 'customer.tier' ORDER BY id";

#[tokio::test]
async fn support_moves_a_customer_to_another_tier_and_the_customer_sees_it() {
    let app = TestApp::new().await;
    let film = product().title("M").edition(Format::Dvd, 999, 5).insert(&mut app.conn().await).await;
    let (id, nora) = app.customer("Nora").await;
    let order = Shopper { client: nora.clone() }.order(&[(&film.editions[0].sku, 1)]).await;
    let support = app.employee(&[Role::Support]).await;
    let path = format!("/admin/customers/{id}");
    let links = support.get(&format!("/admin/orders/{order}")).await.attributes("dl.facts a", "href");
    assert_eq!(links, std::slice::from_ref(&path));
    let page = support.get(&path).await;
    assert!(page.status == 200 && page.statements() <= 3, "{}", page.statements());
    assert_eq!((page.field("from").as_str(), page.texts(".page-head .tag")[0].as_str()), ("regular", "Regular"));
    let tier = format!("{path}/tier");
    let set = support.submit(&tier, &[("from", "regular"), ("tier", "vip")]).await;
    assert_eq!(set.texts(".page-head .tag"), ["VIP"]);
    assert!(nora.get("/account").await.text().contains("<dd>VIP</dd>"));

    let late = support.post(&tier, &[("from", "regular"), ("tier", "premium")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.texts("main [role=alert]")[0].contains("now VIP"), "{}", late.text());
    assert_eq!(late.attributes("#tier option[selected]", "value"), ["premium"], "what was chosen stays");
    assert_eq!(support.post(&tier, &[("from", "vip"), ("tier", "gold")]).await.status, StatusCode::BAD_REQUEST);
    support.submit(&tier, &[("from", "vip"), ("tier", "vip")]).await;
    assert_eq!(app.database.texts(AUDIT).await, [format!("customer.tier client:{id} regular vip")]);
}

#[tokio::test]
async fn of_two_people_at_once_one_sets_the_tier() {
    let app = TestApp::new().await;
    let (id, _) = app.customer("Nora").await;
    let support = app.employee(&[Role::Support]).await;
    let tier = format!("/admin/customers/{id}/tier");
    let (premium, vip) = ([("from", "regular"), ("tier", "premium")], [("from", "regular"), ("tier", "vip")]);
    let (one, other) = tokio::join!(support.post(&tier, &premium), support.post(&tier, &vip));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(app.database.texts(AUDIT).await.len(), 1);
}

#[tokio::test]
async fn analysts_look_and_others_see_no_customers() {
    let app = TestApp::new().await;
    let (id, _) = app.customer("Nora").await;
    let path = format!("/admin/customers/{id}");
    let change = [("from", "regular"), ("tier", "vip")];
    let analyst = app.employee(&[Role::Analyst]).await;
    let page = analyst.get(&path).await;
    assert!(page.status == 200 && page.texts("main form").is_empty());
    assert_eq!(analyst.post(&format!("{path}/tier"), &change).await.status, StatusCode::FORBIDDEN);
    let warehouse = app.employee(&[Role::Warehouse]).await;
    assert_eq!(warehouse.get(&path).await.status, StatusCode::FORBIDDEN);
    let support = app.employee(&[Role::Support]).await;
    assert_eq!(support.get(&format!("/admin/customers/{}", id + 1)).await.status, StatusCode::NOT_FOUND);
    app.database.execute("UPDATE clients SET email = NULL, anonymized_at = NOW()").await;
    assert_eq!(support.get(&path).await.status, StatusCode::NOT_FOUND, "who has left is nobody's business");
    assert_eq!(support.post(&format!("{path}/tier"), &change).await.status, StatusCode::NOT_FOUND);
    assert!(app.database.texts(AUDIT).await.is_empty());
}
