//! An order once more: at today's prices, as far as it can be had.

use axum::http::StatusCode;
use marquee::catalog::Format;

use super::{below, placed};
use crate::support::{Shopper, TestApp, factory::product};

#[tokio::test]
async fn what_can_be_had_is_in_the_cart_at_todays_price_and_the_rest_is_named() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let kept = product().title("Kept").edition(Format::Dvd, 1999, 10).insert(&mut conn).await;
    let scarce = product().title("Scarce").edition(Format::Dvd, 999, 10).insert(&mut conn).await;
    let gone = product().title("<Gone>").edition(Format::BluRay, 999, 10).insert(&mut conn).await;
    drop(conn);
    let shopper = Shopper::new(&app);
    for (film, quantity) in [(&kept, 2), (&scarce, 3), (&gone, 1)] {
        shopper.put(&film.editions[0].sku, quantity).await;
    }
    let page = shopper.buy().await.header("location").to_owned();
    app.database.execute(&format!("UPDATE editions SET price_minor = 2500 WHERE id = {}", kept.editions[0].id)).await;
    app.database.execute(&format!("UPDATE editions SET stock = 1 WHERE id = {}", scarce.editions[0].id)).await;
    app.database.execute(&format!("UPDATE editions SET is_active = FALSE WHERE id = {}", gone.editions[0].id)).await;

    let action = below(&page, "reorder");
    assert!(shopper.client.get(&page).await.attributes("main form", "action").contains(&action));
    for _ in 0..2 {
        let cart = shopper.client.submit(&action, &[]).await;
        let told = "Not in full: Scarce (DVD), &#60;Gone&#62; (Blu-ray).";
        assert!(cart.text().contains(told), "{}", cart.text());
        assert_eq!(cart.attributes("option[selected]", "value"), ["2", "1"], "twice is once");
        assert!(cart.text().contains("$50.00"), "today's price");
    }
}

#[tokio::test]
async fn a_larger_quantity_in_the_cart_stays() {
    let app = TestApp::new().await;
    let (shopper, page) = placed(&app).await;
    let sku = app.database.texts("SELECT sku FROM editions").await.remove(0);
    shopper.put(&sku, 5).await;
    let cart = shopper.client.submit(&below(&page, "reorder"), &[]).await;
    assert_eq!(cart.attributes("option[selected]", "value"), ["5"]);
    assert!(cart.text().contains("Everything of that order"));
}

#[tokio::test]
async fn when_nothing_can_be_had_no_cart_is_made() {
    let app = TestApp::new().await;
    let (_, page) = placed(&app).await;
    app.database.execute("UPDATE products SET status = 'archived'").await;
    let guest = app.guest();
    let answer = guest.post(&below(&page, "reorder"), &[]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/cart"));
    assert_eq!(guest.cookie("cart"), None);
    assert!(guest.get("/cart").await.text().contains("Nothing of that order can be had now"));
    let (path, _) = page.split_once('?').unwrap();
    assert_eq!(guest.post(&format!("{path}/reorder"), &[]).await.status, StatusCode::NOT_FOUND);
}
