use axum::http::StatusCode;
use marquee::catalog::Format;

use crate::support::{Answer, Shopper, TestApp, factory::product};

#[tokio::test]
async fn every_error_stands_beside_its_field_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let (key, total) = shopper.open_form().await;
    let bad = [("email", "nora.example.com"), ("phone", "12"), ("city", ""), ("name", "Но́ра")];
    let refused = shopper.place(&key, &total, &bad).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.texts("title")[0].starts_with("Error: "));
    for field in ["email", "phone", "city"] {
        let input = format!("input[name={field}]");
        assert_eq!(refused.attributes(&input, "aria-invalid"), ["true"], "{field}");
        assert_eq!(refused.attributes(&format!(".error-summary a[href='#{field}']"), "href").len(), 1, "{field}");
    }
    assert_eq!(refused.field("email"), "nora.example.com");
    assert_eq!(refused.field("name"), "Но́ра");
    let later = shopper.client.get("/checkout").await;
    assert_eq!(later.field("name"), "Но́ра", "coming back finds it again");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, 0);
}

#[tokio::test]
async fn terms_must_be_accepted_and_their_version_is_stored() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let (key, total) = shopper.open_form().await;
    let refused = shopper.place(&key, &total, &[("terms", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(shopper.place(&key, &total, &[]).await.status, StatusCode::SEE_OTHER);
    let stored = format!("SELECT COUNT(*) FROM orders WHERE terms_version = '{}'", marquee::checkout::TERMS_VERSION);
    assert_eq!(app.database.number(&stored).await, 1);
}

#[tokio::test]
async fn digital_films_need_no_address_and_no_delivery() {
    let app = TestApp::new().await;
    let film = product().edition(Format::DigitalHd, 899, 0).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let form = shopper.client.get("/checkout").await;
    assert!(form.attributes("[name=line1]", "name").is_empty());
    let nothing = [("delivery_type", ""), ("country", ""), ("city", ""), ("line1", "")];
    let placed = shopper.place(&form.field("placement_key"), &form.field("total_minor"), &nothing).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
    let digital =
        "SELECT COUNT(*) FROM orders WHERE delivery_type = 'digital' AND total_minor = 899 AND ship_city IS NULL";
    assert_eq!(app.database.number(digital).await, 1);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM stock_movements").await, 0, "nothing leaves a shelf");
}

#[tokio::test]
async fn an_empty_cart_leads_to_the_cart() {
    let app = TestApp::new().await;
    let answer = app.guest().get("/ru/checkout").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/ru/cart"));
}

#[tokio::test]
async fn the_honeypot_and_too_many_placements_are_refused() {
    let app = TestApp::with(&[("MARQUEE_LIMITS_FACTOR", "1"), ("MARQUEE_TRUSTED_PROXIES", "1")]).await;
    let film = product().edition(Format::Dvd, 999, 100).insert(&mut app.conn().await).await;
    let shopper = Shopper { client: app.guest().with_header("x-forwarded-for", "192.0.2.7") };
    for _ in 0..5 {
        shopper.put(&film.editions[0].sku, 1).await;
        assert_eq!(shopper.buy().await.status, StatusCode::SEE_OTHER);
    }
    shopper.put(&film.editions[0].sku, 1).await;
    let sixth = shopper.buy().await;
    assert_eq!(sixth.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(sixth.header("retry-after").parse::<u64>().unwrap() > 60);

    let robot = Shopper { client: app.guest().with_header("x-forwarded-for", "192.0.2.8") };
    robot.put(&film.editions[0].sku, 1).await;
    let (key, total) = robot.open_form().await;
    let refused = robot.place(&key, &total, &[("website", "https://spam.example")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders").await, 5);
}

#[tokio::test]
async fn a_form_filled_in_no_time_comes_back() {
    let app = TestApp::with(&[("MARQUEE_MIN_FILL_SECONDS", "2")]).await;
    let film = product().edition(Format::Dvd, 999, 100).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let form = shopper.client.get("/checkout").await;
    let (key, total, started) = (form.field("placement_key"), form.field("total_minor"), form.field("started"));
    let quick = shopper.place(&key, &total, &[("started", &started)]).await;
    assert_eq!(quick.status, StatusCode::UNPROCESSABLE_ENTITY);
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let patient = shopper.place(&key, &total, &[("started", &started)]).await;
    assert_eq!(patient.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn new_totals_for_a_script_follow_delivery_and_country() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 100).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let totals = |kind: &'static str, country: &'static str| {
        let client = &shopper.client;
        async move { client.post("/checkout/totals", &[("delivery_type", kind), ("country", country)]).await }
    };
    assert!(totals("express", "UZ").await.text().contains("$32.89"));
    assert!(totals("pickup", "UZ").await.text().contains("$19.99"));
    assert!(!totals("express", "DE").await.text().contains("$32.89"), "express does not go there");
}

#[tokio::test]
async fn an_order_keeps_its_snapshot_whatever_happens_to_the_film() {
    let app = TestApp::new().await;
    let film = product().title("Stalker").edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 2).await;
    let placed = shopper.buy().await;
    let before = shopper.client.get(placed.header("location")).await;
    app.database.execute("UPDATE products SET title_en = 'Renamed', slug = 'renamed'").await;
    app.database.execute("UPDATE editions SET price_minor = 1, sku = 'OTHER'").await;
    let after = shopper.client.get(placed.header("location")).await;
    assert_eq!(before.texts("main"), after.texts("main"));
    assert!(after.text().contains("Stalker") && after.text().contains("$39.98"));
}

#[tokio::test]
async fn an_order_opens_with_its_link_only() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let link = shopper.buy().await.header("location").to_owned();
    let (path, token) = link.split_once("?t=").unwrap();
    let stranger = app.guest();
    assert_eq!(stranger.get(&link).await.status, StatusCode::OK, "the link is the key");
    for wrong in [path.to_owned(), format!("{path}?t=x{token}"), format!("/orders/MQ-22222222?t={token}")] {
        assert_eq!(stranger.get(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let page = stranger.get(&link).await;
    assert!(page.header("cache-control").contains("no-store"));
    assert!(page.attributes("meta[name=robots]", "content").concat().contains("noindex"));
}

#[tokio::test]
async fn a_whole_purchase_costs_at_most_forty_statements() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 30).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    let film_page = shopper.client.get(&format!("/films/{}", film.slug)).await;
    let added = shopper.client.post("/cart/items", &[("sku", &film.editions[0].sku), ("quantity", "1")]).await;
    let cart = shopper.client.get("/cart").await;
    let form = shopper.client.get("/checkout").await;
    let placed = shopper.place(&form.field("placement_key"), &form.field("total_minor"), &[]).await;
    let thanks = shopper.client.get(placed.header("location")).await;
    assert_eq!(thanks.status, StatusCode::OK);
    let counts = [&film_page, &added, &cart, &form, &placed, &thanks].map(Answer::statements);
    assert!(counts.iter().sum::<u32>() <= 40, "{counts:?}");
}
