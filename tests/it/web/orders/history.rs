//! A customer's own orders, and nobody else's.

use axum::http::StatusCode;
use marquee::catalog::Format;

use super::moved;
use crate::support::{Answer, Shopper, TestApp, factory::product};
use marquee::orders::OrderStatus;

/// Orders of this customer, oldest first; their numbers.
async fn orders(app: &TestApp, client_id: u64, count: usize) -> Vec<String> {
    let film = product().title("Solaris").edition(Format::Dvd, 999, 500).insert(&mut app.conn().await).await;
    let mut numbers = Vec::new();
    for n in 0..count {
        let number = Shopper::new(app).order(&[(&film.editions[0].sku, 1)]).await;
        let own = format!("client_id = {client_id}, placed_at = '2026-01-01' + INTERVAL {n} DAY");
        app.database.execute(&format!("UPDATE orders SET {own} WHERE number = '{number}'")).await;
        numbers.push(number);
    }
    numbers
}

#[tokio::test]
async fn orders_are_listed_newest_first_page_by_page() {
    let app = TestApp::new().await;
    let (id, nora) = app.customer("Nora").await;
    assert_eq!(nora.get("/account/orders").await.texts(".empty h2").len(), 1);
    let numbers = orders(&app, id, 23).await;
    let first = nora.get("/account/orders").await;
    let shown = first.texts("article.order h2");
    assert_eq!(shown.iter().collect::<Vec<_>>(), numbers.iter().rev().take(20).collect::<Vec<_>>());
    assert!(first.statements() <= 5, "{} statements", first.statements());
    assert_eq!(first.attributes(".order__posters img", "alt")[0], "Solaris");
    let second = nora.get("/account/orders?page=2").await;
    assert_eq!(
        second.texts("article.order h2").iter().collect::<Vec<_>>(),
        numbers[..3].iter().rev().collect::<Vec<_>>()
    );
    for wrong in ["3", "0", "-1", "x", "4294967295"] {
        assert_eq!(nora.get(&format!("/account/orders?page={wrong}")).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn an_owner_needs_no_link_and_nobody_else_gets_in() {
    let app = TestApp::new().await;
    let (id, nora) = app.customer("Nora").await;
    let (_, other) = app.customer("Other").await;
    let number = orders(&app, id, 1).await.remove(0);
    moved(&app, &number, OrderStatus::Confirmed).await.unwrap();
    let page = format!("/account/orders/{number}");
    let own = nora.get(&page).await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(own.statements() <= 5, "{} statements", own.statements());
    assert!(!own.text().contains("Keep the address of this page"), "it opens for nobody else");
    assert_eq!(nora.get(&format!("/orders/{number}")).await.status, StatusCode::OK);
    let invoice = nora.get(&format!("{page}/invoice")).await;
    assert_eq!(invoice.status, StatusCode::OK);
    for below in ["", "/invoice", "/cancel"] {
        assert_eq!(other.get(&format!("{page}{below}")).await.status, StatusCode::NOT_FOUND, "{below}");
        let door = app.guest().get(&format!("{page}{below}")).await;
        assert!(door.status == StatusCode::SEE_OTHER && door.header("location").starts_with("/account/login?next="));
    }
    assert_eq!(other.get(&format!("/orders/{number}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.guest().get(&format!("/orders/{number}")).await.status, StatusCode::NOT_FOUND);
    for below in ["/cancel", "/reorder"] {
        assert_eq!(other.post(&format!("{page}{below}"), &[]).await.status, StatusCode::NOT_FOUND, "{below}");
    }
    assert_eq!(nora.get("/account/orders/ключ").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_owner_cancels_and_orders_again_in_the_account() {
    let app = TestApp::new().await;
    let (id, nora) = app.customer("Nora").await;
    let number = orders(&app, id, 1).await.remove(0);
    let page = format!("/account/orders/{number}");
    let cancelled = nora.post(&format!("{page}/cancel"), &[("reason", "")]).await;
    assert_eq!((cancelled.status, cancelled.header("location")), (StatusCode::SEE_OTHER, &*page));
    let actor = app.database.texts("SELECT actor FROM order_events WHERE to_status = 'cancelled'").await;
    assert_eq!(actor, [format!("client:{id}")]);
    assert!(nora.get(&page).await.texts(".timeline > li")[1].contains("by you"));
    let cart = nora.submit(&format!("{page}/reorder"), &[]).await;
    assert_eq!(cart.attributes("option[selected]", "value"), ["1"]);
}

#[tokio::test]
async fn whoever_buys_as_a_guest_is_offered_an_account_and_whoever_has_one_is_not() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 500).insert(&mut app.conn().await).await;
    let sku = film.editions[0].sku.as_str();
    let guest = Shopper::new(&app);
    guest.put(sku, 1).await;
    let form = guest.client.get("/ru/checkout").await;
    assert!(form.attributes("main a", "href").contains(&"/ru/account/login?next=/ru/checkout".to_owned()));
    let link = guest.buy().await.header("location").to_owned();
    let offers = |page: &Answer| page.attributes("main a[href*='/account/register']", "href");
    let offered = offers(&guest.client.get(&link).await).remove(0);
    assert_eq!(offered, "/account/register?email=nora%40example.com");
    let register = guest.client.get(&offered).await;
    assert_eq!(register.attributes("main [name=email]", "value"), ["nora@example.com"]);

    let (_, nora) = app.customer("Nora").await;
    assert!(offers(&nora.get(&link).await).is_empty());
    nora.post("/cart/items", &[("sku", sku), ("quantity", "1")]).await;
    let form = nora.get("/checkout").await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.attributes("main a[href*='/account/login']", "href").is_empty());
}
