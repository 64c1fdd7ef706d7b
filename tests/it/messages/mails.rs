//! What stands in a mail: the same as on the order's page, in a form that others can read.

use std::sync::Arc;

use marquee::{
    messages::actions::queue,
    orders::mails::{Addressee, OrderMail, Parcel, customer_message, expired_message, shipped_message},
    platform::{clock, i18n::Lang},
};
use scraper::Html;
use serde_json::json;

use super::{JOBS, bought, bought_in, number_of, shop, shop_with, told};
use crate::support::{Answer, MailPeer, Received, TestApp};

/// The text of a document as a reader sees it.
fn words(html: &str) -> String {
    let page = Html::parse_document(html);
    let body = page.select(&scraper::Selector::parse("body").unwrap()).next().unwrap();
    body.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn assert_well_made(mail: &Received) {
    assert_eq!(mail.defects, Vec::<String>::new());
    assert_eq!(mail.kind, "multipart/alternative");
    assert!(mail.longest_line <= 998, "a line of {} bytes", mail.longest_line);
    assert_eq!(mail.headers["auto-submitted"], "auto-generated");
    assert_eq!(
        (mail.from.as_str(), mail.headers["from"].as_str()),
        ("shop@films.example", "Marquee <shop@films.example>")
    );
    assert!(!mail.headers.contains_key("list-unsubscribe"), "a mail about an order cannot be switched off");
    assert!(mail.message_id.ends_with("@films.example>"), "{}", mail.message_id);
    assert!(!mail.headers["date"].is_empty());
}

/// Every amount of the order's page, to the minor unit.
fn assert_same_sums(page: &Answer, mail: &Received) {
    let sums = [page.texts(".totals dd"), page.texts(".line .price")].concat();
    assert_eq!(sums.len(), 5, "goods, delivery, total, tax, one line");
    // Amounts are joined to their signs by spaces that do not break.
    let html = words(&mail.html);
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    for sum in sums {
        assert!(html.contains(&sum), "{sum} is not in {html}");
        assert!(text.contains(&sum), "{sum} is not in {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_confirmed_by_mail_in_its_language_with_the_sums_of_its_page() {
    let peer = MailPeer::running(&json!({}));
    let app = shop(&peer).await;
    for (at, (prefix, lang, title, subject)) in [
        ("", "en", "Mirror", "We have your order: "),
        ("/ru", "ru", "Зеркало", "Мы получили ваш заказ: "),
        ("/uz", "uz", "Зеркало", "Buyurtmangizni oldik: "),
    ]
    .into_iter()
    .enumerate()
    {
        let (shopper, link) = bought_in(&app, prefix, 3).await;
        app.work().await;
        let mail = peer.received().remove(at);
        assert_well_made(&mail);
        assert_eq!(mail.to, ["nora@example.com"]);
        assert!(mail.subject.starts_with(subject) && mail.subject.contains(number_of(&link)), "{}", mail.subject);
        assert_eq!(mail.headers["content-language"], lang);
        assert!(mail.html.contains(&format!("<html lang=\"{lang}\">")));
        assert_same_sums(&shopper.client.get(&link).await, &mail);
        assert!(mail.text.contains(title) && words(&mail.html).contains(title));
        let address = format!("http://shop.test{link}");
        assert!(mail.text.lines().any(|line| line == address), "the text has the link on a line of its own");
        assert!(
            mail.html.contains(&format!("href=\"{}\"", address.replace('=', "&#61;"))) || mail.html.contains(&address)
        );
        let (_, poster) = mail.html.split_once("src=\"http://shop.test").unwrap();
        let poster = app.guest().get(poster.split('"').next().unwrap()).await;
        assert_eq!((poster.status.as_u16(), poster.header("content-type")), (200, "image/png"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_move_of_an_order_has_a_mail_of_its_own() {
    let peer = MailPeer::running(&json!({}));
    let app = shop(&peer).await;
    let (shopper, link) = bought(&app, &[]).await;
    let number = number_of(&link);
    let order_id = u64::try_from(app.database.number("SELECT CAST(id AS SIGNED) FROM orders").await).unwrap();
    let to = Addressee { order_id, number, email: "nora@example.com", language: Lang::En };
    let parcel = Parcel {
        carrier: "Post".to_owned(),
        tracking: "RR123".to_owned(),
        url: "https://post.example/?n=RR123&x=1".to_owned(),
    };
    let mut tx = app.app.db.begin().await.unwrap();
    let messages: Vec<_> = OrderMail::ALL
        .iter()
        .map(|mail| match mail {
            OrderMail::Shipped => shipped_message(&to, vec![parcel.clone()]),
            OrderMail::Cancelled => expired_message(&to),
            OrderMail::Note => marquee::orders::mails::note_message(&to, "The courier calls first."),
            OrderMail::Link => marquee::orders::mails::link_message(&to, clock::now()),
            mail => customer_message(&to, *mail),
        })
        .collect();
    // The first was queued by the placement: its key keeps it from coming twice.
    queue(&mut tx, &messages).await.unwrap();
    queue(&mut tx, &messages).await.unwrap();
    tx.commit().await.unwrap();
    app.work().await;
    let received = peer.received();
    assert_eq!(received.len(), OrderMail::ALL.len(), "one of each kind");
    let page = shopper.client.get(&link).await;
    let mut subjects = std::collections::BTreeSet::new();
    for mail in &received {
        assert_well_made(mail);
        assert!(mail.text.contains(&format!("http://shop.test{link}")) && mail.subject.contains(number));
        let is_link = mail.subject.starts_with("The link");
        if is_link {
            assert!(!mail.text.contains("Mirror"));
        } else {
            assert_same_sums(&page, mail);
        }
        assert!(subjects.insert((mail.subject.clone(), mail.message_id.clone())));
    }
    let shipped = received.iter().find(|mail| mail.subject.starts_with("Your order is on its way")).unwrap();
    assert!(shipped.text.contains("RR123") && shipped.text.contains("https://post.example/?n=RR123&x=1"));
    let cancelled = received.iter().find(|mail| mail.subject.starts_with("Your order was cancelled")).unwrap();
    assert!(cancelled.text.contains("No payment arrived in time"));
    assert_eq!(told(&page).lines().count(), OrderMail::ALL.len());
    assert_eq!(app.database.number(JOBS).await, 0);
}

/// What becomes of a mail that a shop with these settings sends.
async fn outcome(first: &TestApp, url: &str, authority: &str) -> String {
    let vars = [
        ("MARQUEE_SMTP_URL", url),
        ("MARQUEE_SMTP_CA", authority),
        ("MARQUEE_MAIL_FROM", "Marquee <shop@films.example>"),
    ];
    let app = TestApp::on(Arc::clone(&first.database), &vars);
    bought(&app, &[]).await;
    app.work().await;
    app.database.text("SELECT CONCAT_WS(': ', status, last_error) FROM messages ORDER BY id DESC LIMIT 1").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_goes_out_under_tls_with_a_name_and_a_password_or_not_at_all() {
    let app = shop_with("", &[]).await;
    for (how, scheme, query) in [("starttls", "smtp", "?tls=required"), ("implicit", "smtps", "")] {
        let mut peer = MailPeer::stopped();
        let (mut options, authority) = peer.tls(how);
        options["login"] = json!(["shop", "s3cr@t"]);
        peer.start(&options);
        let url = |password: &str| format!("{scheme}://shop:{password}@localhost:{}/{query}", peer.port);
        assert_eq!(outcome(&app, &url("s3cr%40t"), &authority).await, "sent", "{how}");
        assert!(peer.received()[0].encrypted, "{how}");
        let stranger = outcome(&app, &url("s3cr%40t"), "").await;
        assert!(stranger.contains("invalid peer certificate"), "{how}: {stranger}");
        let refused = outcome(&app, &url("wrong"), &authority).await;
        assert!(refused.starts_with("failed: the mail server failed in letting us in (535)"), "{how}: {refused}");
        assert_eq!(peer.received().len(), 1, "{how}");
    }
    let plain = MailPeer::running(&json!({}));
    let told = outcome(&app, &format!("smtp://localhost:{}?tls=required", plain.port), "").await;
    assert!(
        told.starts_with("failed: the mail server failed in agreeing on TLS") && plain.received().is_empty(),
        "{told}"
    );
}
