//! `/dev/mail`: there in development, nowhere else.

use axum::http::StatusCode;

use super::{bought, number_of, shop_with};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_development_messages_end_in_the_mailbox_and_can_be_read_there() {
    // A server that would be spoken to if anything left the house.
    let app = shop_with("smtp://127.0.0.1:1", &[("MARQUEE_ENV", "dev")]).await;
    let (_, link) = bought(&app, &[]).await;
    app.work().await;
    let guest = app.guest();
    let list = guest.get("/dev/mail").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.header("cache-control").contains("no-store"));
    assert!(list.attributes("meta[name=robots]", "content").concat().contains("noindex"));
    let subject = format!("We have your order: {}", number_of(&link));
    assert_eq!(list.texts("[aria-labelledby=kept] li a"), [&*subject]);

    let letter = guest.get(&list.attributes("[aria-labelledby=kept] li a", "href")[0]).await;
    assert_eq!(letter.texts("h1"), [&*subject]);
    assert!(letter.text().contains("nora@example.com") && letter.text().contains("Message-ID:"));
    assert!(letter.text().contains(&link.replace('=', "&#61;")) || letter.text().contains(&link), "the text is there");
    assert!(letter.header("content-security-policy").contains("frame-src 'self'"));
    assert!(letter.attributes("iframe", "sandbox")[0].contains("allow-popups"));

    let frame = guest.get(&letter.attributes("iframe", "src")[0]).await;
    assert_eq!((frame.status, frame.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    let policy = frame.header("content-security-policy");
    assert!(policy.contains("sandbox") && policy.contains("frame-ancestors 'self'") && !policy.contains("script-src"));
    assert!(frame.texts("h1")[0].contains("We have your order"));
    assert_eq!(guest.get("/dev/mail/999999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_template_can_be_looked_at_in_every_language() {
    let app = shop_with("", &[("MARQUEE_ENV", "dev")]).await;
    let guest = app.guest();
    let list = guest.get("/dev/mail").await;
    let previews = list.attributes("[aria-labelledby=previews] a", "href");
    assert!(previews.len() >= 27, "{previews:?}");
    for preview in previews {
        let page = guest.get(&preview).await;
        assert_eq!(page.status, StatusCode::OK, "{preview}");
        let frame = guest.get(&page.attributes("iframe", "src")[0]).await;
        assert_eq!(frame.status, StatusCode::OK, "{preview}");
        let lang = ["ru", "uz"].into_iter().find(|lang| preview.starts_with(&format!("/{lang}/"))).unwrap_or("en");
        let is_staff = preview.contains("staff");
        assert!(is_staff || frame.attributes("html", "lang") == [lang], "{preview}");
    }
    assert_eq!(guest.get("/dev/mail/previews/no_such").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn elsewhere_there_is_no_mailbox() {
    let secret = ("MARQUEE_SECRET_KEY", "0123456789abcdef0123456789abcdef");
    for environment in ["test", "production"] {
        let app = shop_with("", &[("MARQUEE_ENV", environment), secret]).await;
        for path in ["/dev/mail", "/dev/mail/1", "/dev/mail/1/html", "/dev/mail/previews/order_placed"] {
            assert_eq!(app.guest().get(path).await.status, StatusCode::NOT_FOUND, "{environment}: {path}");
        }
    }
}
