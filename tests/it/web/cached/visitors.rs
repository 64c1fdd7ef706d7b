//! Kept pages with somebody's own parts in them.

use std::io::Read;

use axum::http::StatusCode;
use futures_util::future::join_all;

use super::{KEPT, inflated, matrix, shop};
use crate::support::{Answer, TestApp};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_ever_sees_what_is_anothers() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    let (anna, boris) = (app.guest(), app.guest());
    anna.get("/films").await;
    anna.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "2")]).await;
    boris.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "7")]).await;
    anna.set_cookie("theme", "dark");
    let visits = (0..150).map(|turn| {
        let (client, count, theme) = match turn % 3 {
            0 => (anna.clone(), vec!["2".to_owned()], "dark"),
            1 => (boris.clone(), vec!["7".to_owned()], "system"),
            _ => (app.guest(), vec![], "system"),
        };
        let encoding = ["identity", "gzip", "br, gzip"][turn % 7 % 3];
        async move {
            let path = ["/films", "/", "/films/the-matrix-1999"][turn % 5 % 3];
            let answer = client.with_header("accept-encoding", encoding).get(path).await;
            let text = match answer.header("content-encoding") {
                "gzip" => inflated(&answer),
                "br" => {
                    let mut text = Vec::new();
                    brotli::Decompressor::new(answer.body.as_ref(), 4096).read_to_end(&mut text).unwrap();
                    text
                }
                _ => answer.body.to_vec(),
            };
            let page = Answer { body: text.into(), ..answer };
            assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), count);
            assert_eq!(page.attributes("[name=theme][checked]", "value"), [theme]);
            let is_public = page.header("cache-control").starts_with("public");
            // A node that had no time to look for changes makes pages for one person each.
            let may_be_public = count.is_empty() && page.cache() != "off";
            assert_eq!(is_public, may_be_public, "what holds somebody's own part is theirs alone");
        }
    });
    join_all(visits).await;
}

#[tokio::test]
async fn a_first_visit_can_buy_from_a_kept_page_and_reads_its_message_once() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    app.guest().get("/films/the-matrix-1999").await;
    let visitor = app.guest();
    let page = visitor.get("/films/the-matrix-1999").await;
    assert_eq!(page.cache(), "hit");
    let sku = page.field("sku");
    let sent = visitor.post("/cart/items", &[("sku", &sku), ("quantity", "1")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let back = visitor.get("/films/the-matrix-1999").await;
    assert_eq!(back.cache(), "hit");
    assert_eq!(back.texts(".notice").len(), 1, "the message of the redirect");
    assert_eq!(back.attributes("[data-cart-count]", "data-cart-count"), ["1"]);
    assert_eq!(visitor.get("/films/the-matrix-1999").await.texts(".notice").len(), 0, "it is shown once");
}

#[tokio::test]
async fn the_count_of_a_changed_cart_is_never_an_old_one() {
    let app = shop().await;
    matrix(&app).await;
    app.follow().await;
    let visitor = app.guest();
    for count in 1..=5 {
        visitor.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "1")]).await;
        for _ in 0..2 {
            let page = visitor.get("/films").await;
            assert_eq!(page.attributes("[data-cart-count]", "data-cart-count"), [count.to_string()]);
        }
    }
}

#[tokio::test]
async fn without_stitching_a_personal_page_is_plain() {
    let app = TestApp::with(&[KEPT, ("MARQUEE_CACHE_STITCH", "off")]).await;
    app.follow().await;
    let somebody = app.guest().with_header("accept-encoding", "gzip, br");
    somebody.set_cookie("theme", "light");
    let page = somebody.get("/films").await;
    assert_eq!(page.header("content-encoding"), "");
    assert_eq!(page.attributes("[name=theme][checked]", "value"), ["light"]);
}
