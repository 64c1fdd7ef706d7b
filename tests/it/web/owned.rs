//! What a customer owns already is told before they buy it again.

use axum::http::StatusCode;
use marquee::catalog::Format;

use crate::support::{Shopper, TestApp, factory::product};

#[tokio::test]
async fn an_edition_that_is_owned_is_asked_for_once_and_marked_in_the_cart() {
    let app = TestApp::new().await;
    let film = product().title("Solaris").edition(Format::Dvd, 999, 50).edition(Format::BluRay, 1999, 50);
    let film = film.insert(&mut app.conn().await).await;
    let (dvd, disc) = (&*film.editions[0].sku, &*film.editions[1].sku);
    let (_, nora) = app.customer("Nora").await;
    let nora = Shopper { client: nora };
    nora.order(&[(dvd, 1)]).await;
    app.database.execute("UPDATE orders SET placed_at = '2024-05-03 12:00:00'").await;

    let asked = nora.client.post("/cart/items", &[("sku", dvd), ("quantity", "2")]).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert!(asked.text().contains("You bought Solaris on DVD on 3 May 2024"));
    assert_eq!(
        (asked.field("sku"), asked.field("quantity"), asked.field("again")),
        (dvd.into(), "2".into(), "1".into())
    );
    assert_eq!(app.database.number("SELECT COUNT(*) FROM cart_items").await, 0, "nothing is added before the answer");

    let yes = [("sku", dvd), ("quantity", "2"), ("again", "1")];
    let cart = nora.client.submit("/cart/items", &yes).await;
    let notes = |page: &crate::support::Answer| page.texts("p.line__note");
    assert_eq!(notes(&cart), ["You already own this: DVD since 3 May 2024."]);
    assert!(cart.statements() <= 6, "{}", cart.statements());
    assert_eq!(nora.put(dvd, 1).await.status, StatusCode::OK, "it is in the cart: nobody asks again");

    // Another format is no reason to ask, and is told as such.
    let cart = nora.put(disc, 1).await;
    assert_eq!(notes(&cart)[1], "You already own this film: DVD since 3 May 2024.");
    app.database.execute("UPDATE orders SET status = 'cancelled'").await;
    assert!(notes(&nora.client.get("/cart").await).is_empty());
}

#[tokio::test]
async fn whoever_has_not_bought_it_is_not_asked() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await;
    let sku = &*film.editions[0].sku;
    Shopper::new(&app).order(&[(sku, 1)]).await;
    let (_, nora) = app.customer("Nora").await;
    assert_eq!(nora.post("/cart/items", &[("sku", sku)]).await.status, StatusCode::SEE_OTHER);
    let unknown = nora.post("/cart/items", &[("sku", "NO-SUCH")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
