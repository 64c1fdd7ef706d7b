//! Kept pages with somebody's own parts in them.

use std::{
    io::Read,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::http::StatusCode;
use futures_util::future::join_all;

use super::{KEPT, inflated, matrix, shop};
use crate::support::{Answer, Client, Proxy, TestApp, redis_url};

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

/// The number in the header of a page.
async fn counted(visitor: &Client) -> Vec<String> {
    visitor.get("/films").await.attributes("[data-cart-count]", "data-cart-count")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cart_is_looked_up_once_in_a_while_and_its_change_is_heard_by_every_node() {
    let wire = Proxy::to_redis(&redis_url()).await;
    let one = shop().await;
    matrix(&one).await;
    let other = TestApp::on(Arc::clone(&one.database), &[KEPT, ("REDIS_URL", &wire.url)]);
    one.follow().await;
    other.follow().await;
    let visitor = one.guest();
    visitor.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "1")]).await;
    let elsewhere = other.guest();
    elsewhere.set_cookie("cart", &visitor.cookie("cart").unwrap());
    // While the change is fresh, and until the node hears of changes, nothing is remembered.
    let remembered = tokio::time::timeout(Duration::from_secs(15), async {
        loop {
            let before = wire.calls();
            assert_eq!(counted(&elsewhere).await, ["1"]);
            if wire.calls() == before {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    remembered.await.expect("a cart is looked up without a question");

    visitor.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "2")]).await;
    let start = Instant::now();
    while counted(&elsewhere).await != ["3"] {
        assert!(start.elapsed() < Duration::from_secs(1), "the change was not heard");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    wire.cut();
    visitor.submit("/cart/items", &[("sku", "MX-DVD"), ("quantity", "1")]).await;
    let deaf = tokio::time::timeout(Duration::from_secs(5), async {
        while counted(&elsewhere).await != ["4"] {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    deaf.await.expect("who hears nothing remembers nothing");
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
