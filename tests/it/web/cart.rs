use axum::http::StatusCode;
use marquee::catalog::Format;

use crate::support::{
    Shopper, TestApp,
    factory::{edition, product},
};

fn item_path(page: &crate::support::Answer) -> String {
    let actions = page.attributes("form[action*='/cart/items/']", "action");
    actions.iter().find(|action| !action.ends_with("/remove")).expect("the line has a form").clone()
}

#[tokio::test]
async fn a_film_goes_in_is_changed_and_goes_out() {
    let app = TestApp::new().await;
    let film = product().title("Paris, Texas").edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    let page = shopper.put(&film.editions[0].sku, 2).await;
    assert!(page.text().contains("Paris, Texas") && page.text().contains("$39.98"));
    assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), ["2"]);
    assert_eq!(app.guest().get("/cart").await.attributes("[data-cart-count]", "data-cart-count").len(), 0);

    let path = item_path(&page);
    let page = shopper.client.submit(&path, &[("quantity", "5")]).await;
    assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), ["5"]);
    let page = shopper.client.submit(&path, &[("quantity", "0")]).await;
    assert!(page.attributes("[data-cart-count]", "data-cart-count").is_empty(), "0 removes");
}

#[tokio::test]
async fn what_is_no_quantity_is_told_beside_its_field() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    let path = item_path(&shopper.put(&film.editions[0].sku, 2).await);
    for bad in ["-1", "two", "1.5", ""] {
        let refused = shopper.client.post(&path, &[("quantity", bad)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(refused.texts("title")[0].starts_with("Error: "));
        let refused = shopper.client.post("/cart/items", &[("sku", &film.editions[0].sku), ("quantity", bad)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    assert_eq!(shopper.client.get("/cart").await.attributes("[data-cart-count]", "data-cart-count"), ["2"]);
}

#[tokio::test]
async fn stock_and_limit_cut_a_quantity_and_say_which() {
    let app = TestApp::new().await;
    let film = product()
        .edition(Format::Dvd, 1999, 3)
        .with(edition(Format::BluRay, 2999, 500))
        .insert(&mut app.conn().await)
        .await;
    let shopper = Shopper::new(&app);
    let page = shopper.put(&film.editions[0].sku, 4).await;
    assert!(page.texts(".notice--warn").concat().contains("only 3"), "{:?}", page.texts(".notice"));
    let page = shopper.put(&film.editions[1].sku, 400).await;
    assert!(page.texts(".notice--warn").concat().contains("up to 10"), "{:?}", page.texts(".notice"));
    assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), ["13"]);
}

#[tokio::test]
async fn lines_that_cannot_be_bought_stay_do_not_count_and_go_at_one_click() {
    let app = TestApp::new().await;
    let kept = product().title("Kept").edition(Format::Dvd, 1000, 30).insert(&mut app.conn().await).await;
    let hidden = product().title("Hidden").edition(Format::Dvd, 5000, 30).insert(&mut app.conn().await).await;
    let sold = product().title("Sold").edition(Format::Dvd, 7000, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    for film in [&kept, &hidden, &sold] {
        shopper.put(&film.editions[0].sku, 1).await;
    }
    app.database.execute(&format!("UPDATE products SET status = 'draft' WHERE id = {}", hidden.id)).await;
    app.database.execute(&format!("UPDATE editions SET stock = 0 WHERE product_id = {}", sold.id)).await;
    let page = shopper.client.get("/cart").await;
    assert!(["Kept", "Hidden", "Sold"].iter().all(|title| page.text().contains(title)));
    assert!(page.texts(".totals").concat().contains("$10.00") && !page.texts(".totals").concat().contains("$130.00"));
    assert!(page.attributes("a[href='/checkout']", "href").is_empty(), "the way to the checkout is closed");
    let page = shopper.client.submit("/cart/clear", &[("unavailable", "1")]).await;
    assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), ["1"]);
    assert_eq!(page.attributes("a[href='/checkout']", "href").len(), 1);
}

#[tokio::test]
async fn a_changed_price_is_told_from_and_to() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    app.database.execute("UPDATE editions SET price_minor = 2499").await;
    let page = shopper.client.get("/cart").await;
    assert!(page.text().contains("from $19.99 to $24.99"), "the change is told");
}

#[tokio::test]
async fn a_note_is_kept_escaped_and_limited() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let page = shopper.client.submit("/cart/note", &[("note", "For <b>Ёлка</b>")]).await;
    assert!(page.texts("textarea")[0].contains("For <b>Ёлка</b>"));
    assert!(!page.text().contains("<b>Ёлка</b>"));
    let refused = shopper.client.post("/cart/note", &[("note", &"я".repeat(501))]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.texts("textarea")[0].starts_with("яяя"), "what was typed is kept");
}

#[tokio::test]
async fn a_cart_holds_fifty_lines_and_its_page_costs_the_same_for_one_and_for_fifty() {
    let app = TestApp::new().await;
    let shopper = Shopper::new(&app);
    let mut statements = Vec::new();
    for line in 1..=51 {
        let film = product().edition(Format::Dvd, 1000, 30).insert(&mut app.conn().await).await;
        let page = shopper.put(&film.editions[0].sku, 1).await;
        if line == 1 || line == 50 {
            let (cart, form) = (shopper.client.get("/cart").await, shopper.client.get("/checkout").await);
            statements.push((cart.statements(), form.statements()));
        }
        assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), [line.min(50).to_string()]);
    }
    assert_eq!(statements[0], statements[1]);
    assert!(statements[0].0 <= 2 && statements[0].1 <= 2, "{statements:?}");
    let placed = shopper.buy().await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "and all fifty can be ordered");
    assert!(shopper.client.get(placed.header("location")).await.statements() <= 4);
}

#[tokio::test]
async fn a_stranger_cannot_touch_anothers_line_and_unknown_editions_are_404() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let (owner, stranger) = (Shopper::new(&app), Shopper::new(&app));
    let path = item_path(&owner.put(&film.editions[0].sku, 2).await);
    stranger.put(&film.editions[0].sku, 1).await;
    assert_eq!(stranger.client.post(&path, &[("quantity", "9")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.guest().post(&path, &[("quantity", "9")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(owner.client.get("/cart").await.attributes("[data-cart-count]", "data-cart-count"), ["2"]);
    let unknown = app.guest().post("/cart/items", &[("sku", "NO-SUCH"), ("quantity", "1")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
