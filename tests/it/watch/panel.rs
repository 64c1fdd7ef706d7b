//! The developers' panel: on every page of a shop in development, and in no other.

use marquee::catalog::Format;
use scraper::Selector;

use crate::support::{Answer, TestApp, factory::product};

const DEV: (&str, &str) = ("MARQUEE_ENV", "dev");

fn panel(answer: &Answer) -> Vec<String> {
    answer.texts(".dev-panel")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_ends_with_what_it_took() {
    let app = TestApp::with(&[DEV]).await;
    let film = product().edition(Format::Dvd, 999, 3).insert(&mut app.conn().await).await;
    app.index().await;
    let guest = app.guest();
    guest.set_cookie("cart", &"a".repeat(43));
    guest.submit("/cart/items", &[("sku", &film.editions[0].sku), ("quantity", "1")]).await;
    let cart = guest.get("/cart").await;
    let statements = cart.texts(".dev-panel tbody:first-of-type code");
    let count = cart.statements() as usize;
    assert!(
        count > 1 && cart.texts(".dev-panel summary")[0].contains(&format!("{count} statements")),
        "{:?}",
        panel(&cart)
    );
    assert!(statements.iter().any(|sql| sql.contains("FROM carts")), "{statements:?}");
    assert!(panel(&cart)[0].contains("POST /cart/items"), "what came before: {:?}", panel(&cart));
    let summary = &cart.texts(".dev-panel summary")[0];
    assert!(!summary.contains("templates 0.000"), "{summary}");
    // It works under the policy of every page, which lets no style or script stand in it.
    let selector = Selector::parse(".dev-panel [style], .dev-panel style, .dev-panel script").unwrap();
    assert_eq!(cart.html().select(&selector).count(), 0);
    assert!(cart.header("content-security-policy").contains("style-src 'self'"));
    let gone = guest.get("/nowhere").await;
    assert_eq!((gone.status.as_u16(), panel(&gone).len()), (404, 1));
    assert_eq!(panel(&guest.get("/robots.txt").await).len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_pages_have_no_panel_in_them() {
    let app = TestApp::with(&[DEV, ("MARQUEE_CACHE_TTL", "300")]).await;
    app.follow().await;
    let (guest, reader) = (app.guest(), app.guest().with_header("accept-encoding", "gzip, br, zstd"));
    let made = guest.get("/films").await;
    assert!(panel(&made)[0].contains("miss page /films"), "{:?}", panel(&made));
    let kept = reader.get("/films").await;
    assert_eq!((kept.cache(), panel(&kept).len()), ("hit", 1));
    assert!(
        panel(&kept)[0].contains("hit page /films") && panel(&kept)[0].contains("0 statements"),
        "{:?}",
        panel(&kept)
    );
    // Another node in test has the same page, and no panel.
    let node = TestApp::on(std::sync::Arc::clone(&app.database), &[("MARQUEE_CACHE_TTL", "300")]);
    node.follow().await;
    let there = node.guest().get("/films").await;
    assert_eq!((there.status.as_u16(), panel(&there).len()), (200, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_other_shop_has_one() {
    let secret = "x".repeat(40);
    let production = [("MARQUEE_ENV", "production"), ("MARQUEE_SECRET_KEY", secret.as_str())];
    for vars in [&[("MARQUEE_ENV", "test")][..], &production] {
        let app = TestApp::with(vars).await;
        for path in ["/cart", "/nowhere", "/account/login"] {
            let page = app.guest().get(path).await;
            assert!(!page.text().contains("dev-panel"), "{path}");
        }
    }
}
