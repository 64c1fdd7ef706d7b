//! What a customer owns already is told before they buy it again.

use axum::http::StatusCode;
use marquee::{catalog::Format, orders, platform::i18n::Lang};

use crate::support::{
    Shopper, TestApp,
    factory::{Film, product},
};

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
    let notes = |page: &crate::support::Answer| page.texts(".line__note p");
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
async fn a_gift_is_not_owned_by_whoever_buys_it() {
    let app = TestApp::new().await;
    let film = product().title("Solaris").slug("solaris").edition(Format::Dvd, 999, 50);
    let film = film.insert(&mut app.conn().await).await;
    let sku = &*film.editions[0].sku;
    let (_, nora) = app.customer("Nora").await;
    let shopper = Shopper { client: nora.clone() };
    shopper.order(&[(sku, 1)]).await;
    let cart = nora.submit("/cart/items", &[("sku", sku), ("again", "1")]).await;
    let toggle = |page: &crate::support::Answer| page.attributes(".line form[action$='/gift']", "action");
    let notes = |page: &crate::support::Answer| page.texts(".line__note p").concat();
    assert!(notes(&cart).contains("You already own this"));
    let path = toggle(&cart).remove(0);
    let cart = nora.submit(&path, &[("gift", "1")]).await;
    assert_eq!(notes(&cart), "A gift for somebody.");
    let cart = nora.submit("/cart/items", &[("sku", sku), ("again", "1")]).await;
    assert_eq!(notes(&cart), "A gift for somebody.", "one more is for somebody else too");
    let cart = nora.submit(&path, &[("gift", "0")]).await;
    assert!(notes(&cart).contains("You already own this"));
    nora.submit(&path, &[("gift", "1")]).await;
    assert_eq!(shopper.buy().await.status, StatusCode::SEE_OTHER);
    app.database.execute("UPDATE order_lines SET quantity_refunded = quantity WHERE NOT is_gift").await;
    let page = nora.get("/films/solaris").await;
    assert!(!page.text().contains("You already own this film"), "what is left was for somebody else");
    assert!(nora.get("/films").await.texts("[data-results] .notice--good li").is_empty());
    let cart = nora.submit("/cart/items", &[("sku", sku)]).await;
    assert!(cart.status == StatusCode::OK && toggle(&cart).is_empty(), "nobody asks");
    let (_, other) = app.customer("Other").await;
    assert_eq!(other.post(&path, &[("gift", "1")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_given_back_is_owned_no_more() {
    let app = TestApp::new().await;
    let film = product().title("Solaris").slug("solaris").edition(Format::Dvd, 999, 50);
    let film = film.insert(&mut app.conn().await).await;
    let sku = &*film.editions[0].sku;
    let (_, nora) = app.customer("Nora").await;
    Shopper { client: nora.clone() }.order(&[(sku, 2)]).await;
    let mark = async || nora.get("/films/solaris").await.text().contains("You already own this film: DVD");
    assert!(mark().await);
    app.database.execute("UPDATE order_lines SET quantity_refunded = 1").await;
    assert!(mark().await, "one of two is still theirs");
    app.database.execute("UPDATE order_lines SET quantity_refunded = 2").await;
    assert!(!mark().await);
    let cart = nora.submit("/cart/items", &[("sku", sku)]).await;
    assert!(cart.status == 200 && cart.texts(".line__note p").is_empty(), "nobody asks");
}

#[tokio::test]
async fn an_order_once_more_asks_for_all_that_is_owned() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let one = product().title("Solaris").edition(Format::Dvd, 999, 50).insert(&mut conn).await;
    let other = product().title("Stalker").edition(Format::BluRay, 999, 50).insert(&mut conn).await;
    let gone = product().title("Gone").edition(Format::BluRay, 999, 1).insert(&mut conn).await;
    let (_, nora) = app.customer("Nora").await;
    let nora = Shopper { client: nora };
    let sku = |film: &Film| film.editions[0].sku.clone();
    let number = nora.order(&[(&sku(&one), 2), (&sku(&other), 1), (&sku(&gone), 1)]).await;
    app.database.execute("UPDATE orders SET placed_at = '2024-05-03 12:00:00'").await;
    let again = format!("/account/orders/{number}/reorder");

    let asked = nora.client.post(&again, &[]).await;
    assert_eq!(asked.status, StatusCode::CONFLICT);
    assert_eq!(asked.texts("main li"), ["Stalker: Blu-ray since 3 May 2024", "Solaris: DVD since 3 May 2024"]);
    assert!(asked.statements() <= 8, "{}", asked.statements());
    let back = asked.attributes("main a.btn", "href");
    assert_eq!(
        (asked.attributes("main form", "action"), back),
        (vec![again.clone()], vec![format!("/account/orders/{number}")])
    );
    assert_eq!(app.database.number("SELECT COUNT(*) FROM cart_items").await, 0, "nothing is added before the answer");
    let cart = nora.client.submit(&again, &[("again", "1")]).await;
    assert_eq!(cart.texts(".line__title"), ["Solaris", "Stalker"]);

    assert_eq!(
        nora.client.post(&again, &[]).await.status,
        StatusCode::SEE_OTHER,
        "it is in the cart: nobody asks again"
    );
    let link = orders::link(&app.app.site.signer, Lang::En, &number).replace('?', "/reorder?");
    let guest = app.guest();
    assert_eq!(guest.post(&link, &[]).await.status, StatusCode::SEE_OTHER, "of a guest nothing is known");
    let (_, other) = app.customer("Other").await;
    assert_eq!(other.post(&link, &[]).await.status, StatusCode::SEE_OTHER, "nor does somebody else own it");
}

#[tokio::test]
async fn a_film_of_a_wishlist_that_is_owned_is_asked_for_and_stays_until_the_answer() {
    let app = TestApp::new().await;
    let film = product().title("Solaris").edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await;
    let (_, nora) = app.customer("Nora").await;
    Shopper { client: nora.clone() }.order(&[(&film.editions[0].sku, 1)]).await;
    nora.post("/account/wishlists/films", &[("slug", &film.slug)]).await;
    let list = format!("/account/wishlists/{}", app.database.number("SELECT CAST(id AS SIGNED) FROM wishlists").await);
    let to_cart = format!("{list}/films/{}/cart", film.id);
    let asked = nora.post(&to_cart, &[("format", "dvd")]).await;
    assert!(asked.status == StatusCode::CONFLICT && asked.text().contains("You bought Solaris on DVD"));
    assert_eq!(
        (asked.attributes("main form", "action"), asked.field("format")),
        (vec![to_cart.clone()], "dvd".to_owned())
    );
    assert_eq!(asked.attributes("main a.btn", "href"), [list.as_str()]);
    assert_eq!(nora.get(&list).await.texts("h3"), ["Solaris"]);
    let moved = nora.submit(&to_cart, &[("format", "dvd"), ("again", "1")]).await;
    assert!(moved.texts("h3").is_empty());
    assert_eq!(nora.get("/cart").await.texts(".line__title"), ["Solaris"]);
}

#[tokio::test]
async fn whoever_has_not_bought_it_is_not_asked() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await;
    let sku = &*film.editions[0].sku;
    Shopper::new(&app).order(&[(sku, 1)]).await;
    let (_, nora) = app.customer("Nora").await;
    assert_eq!(nora.post("/cart/items", &[("sku", sku)]).await.status, StatusCode::SEE_OTHER);
    app.database.execute("UPDATE editions SET stock = 0").await;
    app.database.execute("UPDATE orders SET client_id = (SELECT id FROM clients)").await;
    let sold_out = nora.submit("/cart/items", &[("sku", sku)]).await;
    assert!(sold_out.status == StatusCode::OK, "nor for what nobody can have");
    let unknown = nora.post("/cart/items", &[("sku", "NO-SUCH")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
