//! Mail servers that are down, slow, busy, particular, or gone in the middle: no order is lost, and no mail comes twice as
//! another one.

use std::{collections::BTreeSet, sync::Arc, time::Instant};

use serde_json::json;
use tokio::net::TcpListener;

use super::{JOBS, SENT, bought, later, number_of, shop, shop_with, told};
use crate::support::{MailPeer, Process, TelegramPeer, TestApp, good_form};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_away_for_fifty_orders_gets_fifty_mails_each_once() {
    let mut peer = MailPeer::stopped();
    let app = shop(&peer).await;
    let mut orders = Vec::new();
    for _ in 0..50 {
        orders.push(bought(&app, &[]).await);
    }
    app.work().await;
    assert_eq!((app.database.number(SENT).await, app.database.number(JOBS).await), (0, 50));
    let (shopper, link) = &orders[0];
    assert_eq!(told(&shopper.client.get(link).await), "Order placed: the mail is waiting to be sent.");

    peer.start(&json!({}));
    later(&app).await;
    assert_eq!((app.database.number(SENT).await, app.database.number(JOBS).await), (50, 0));
    later(&app).await;
    let received = peer.received();
    assert_eq!(received.len(), 50);
    let ids: BTreeSet<_> = received.iter().map(|mail| mail.message_id.as_str()).collect();
    assert_eq!(ids.len(), 50, "as many mails as orders");
    for (_, link) in &orders {
        let about = received.iter().filter(|mail| mail.subject.contains(number_of(link))).count();
        assert_eq!(about, 1, "{link}");
    }
    let page = shopper.client.get(link).await;
    assert!(told(&page).starts_with("Order placed: we mailed you on "), "{}", told(&page));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_mail_server_keeps_nobody_waiting() {
    let peer = MailPeer::running(&json!({ "delay": 3 }));
    let app = Arc::new(shop(&peer).await);
    bought(&app, &[]).await;
    let working = tokio::spawn({
        let app = Arc::clone(&app);
        async move { app.work().await }
    });
    let start = Instant::now();
    for _ in 0..3 {
        bought(&app, &[]).await;
    }
    assert!(peer.received().is_empty() || start.elapsed().as_secs() >= 3, "orders wait for the mail server");
    working.await.unwrap();
    app.work().await;
    assert_eq!(peer.wait_for(4).await.len(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_never_says_a_word_is_given_up_for_now() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let app = shop_with(&format!("smtp://{}", silent.local_addr().unwrap()), &[]).await;
    bought(&app, &[]).await;
    app.work().await;
    let reason = app.database.text("SELECT last_error FROM messages WHERE status = 'failed'").await;
    assert_eq!(reason, "the mail server took too long in greeting");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM jobs WHERE state = 'ready'").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_address_costs_its_own_mail_only() {
    let peer = MailPeer::running(&json!({ "refuse": ["nobody@example.com"] }));
    let telegram = TelegramPeer::start(&[]).await;
    let vars = [
        ("MARQUEE_TELEGRAM_TOKEN", "123:abc"),
        ("MARQUEE_TELEGRAM_CHAT", "-100"),
        ("MARQUEE_TELEGRAM_URL", telegram.url.as_str()),
    ];
    let app = shop_with(&peer.url(), &vars).await;
    bought(&app, &[]).await;
    let (shopper, link) = bought(&app, &[("email", "nobody@example.com")]).await;
    bought(&app, &[]).await;
    app.work().await;
    assert_eq!(peer.received().len(), 2);
    assert_eq!(app.database.number(JOBS).await, 0, "there is nothing to try again");
    let reason = app.database.text("SELECT last_error FROM messages WHERE status = 'parked'").await;
    assert!(reason.starts_with("the mail server refused it (550)") && reason.contains("no such mailbox"), "{reason}");
    let page = shopper.client.get(&link).await;
    assert_eq!(told(&page), "Order placed: the mail could not be delivered to nobody@example.com.");
    let told: Vec<_> = telegram.received().iter().map(|(_, body)| body["text"].as_str().unwrap().to_owned()).collect();
    let alerts: Vec<_> = told.iter().filter(|text| text.contains("could not be delivered")).collect();
    assert_eq!(alerts.len(), 1, "{told:?}");
    assert!(alerts[0].contains("order_placed") && alerts[0].contains("550") && !alerts[0].contains("nobody@"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_is_sent_again_has_the_same_message_id() {
    // Turned away at first, then taken by a server that dies before it says so.
    let peer = MailPeer::running(&json!({ "busy": 1, "cut": 1 }));
    let app = shop(&peer).await;
    bought(&app, &[]).await;
    app.work().await;
    let reason = app.database.text("SELECT last_error FROM messages WHERE status = 'failed'").await;
    assert!(reason.starts_with("the mail server failed in handing over (451)"), "{reason}");
    later(&app).await;
    assert_eq!((peer.received().len(), app.database.number(SENT).await), (1, 0), "kept, but who knows");
    later(&app).await;
    let received = peer.received();
    assert_eq!((received.len(), app.database.number(SENT).await), (2, 1));
    assert_eq!(received[0].message_id, received[1].message_id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_tries_come_to_nothing_and_the_message_is_parked() {
    let peer = MailPeer::stopped();
    let app = shop(&peer).await;
    let (shopper, link) = bought(&app, &[]).await;
    app.work().await;
    for tries in 2..=5 {
        assert_eq!(app.database.text("SELECT status FROM messages").await, "failed", "before try {tries}");
        later(&app).await;
    }
    assert_eq!(app.database.text("SELECT status FROM messages").await, "parked");
    assert_eq!(app.database.number(JOBS).await, 0);
    let page = shopper.client.get(&link).await;
    assert_eq!(told(&page), "Order placed: the mail could not be delivered to nora@example.com.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tries_take_about_an_hour() {
    let peer = MailPeer::stopped();
    let app = shop(&peer).await;
    bought(&app, &[]).await;
    let mut minutes = 0;
    for _ in 1..5 {
        later(&app).await;
        let wait = "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), run_at) FROM jobs";
        minutes += app.database.number(wait).await / 60;
    }
    assert!((35..=76).contains(&minutes), "{minutes} minutes");
}

/// The settings of a process that mails through this server.
fn vars(peer: &MailPeer) -> Vec<(&'static str, String)> {
    vec![("MARQUEE_SMTP_URL", peer.url()), ("MARQUEE_MAIL_FROM", "Marquee <shop@films.example>".to_owned())]
}

fn borrowed<'a>(vars: &'a [(&'static str, String)], more: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
    vars.iter().map(|(name, value)| (*name, value.as_str())).chain(more.iter().copied()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_between_the_order_and_its_mail_the_mail_comes_after_the_restart() {
    let peer = MailPeer::running(&json!({}));
    let app = shop(&peer).await;
    let vars = vars(&peer);
    let mut shop = Process::start_with(&app.database, &borrowed(&vars, &[("MARQUEE_WORKER", "off")])).await;
    let link = bought_from(&app, &shop).await;
    shop.kill();
    assert_eq!((peer.received().len(), app.database.number(SENT).await), (0, 0));

    let _worker = Process::worker_with(&app.database, &[], &borrowed(&vars, &[]));
    let received = peer.wait_for(1).await;
    assert!(received[0].subject.contains(number_of(&link)));
    settled(&app).await;
    assert_eq!((peer.received().len(), app.database.number(SENT).await), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_a_mail_is_handed_over_it_comes_again_as_the_same() {
    let mut peer = MailPeer::running(&json!({ "cut": 1 }));
    let app = shop(&peer).await;
    bought(&app, &[]).await;
    let vars = vars(&peer);
    let mut first = Process::worker_with(&app.database, &[], &borrowed(&vars, &[]));
    peer.wait_for(1).await;
    first.kill();
    peer.stop();
    peer.start(&json!({}));
    // Its lease would run out within a minute.
    app.database.execute("UPDATE jobs SET run_at = UTC_TIMESTAMP(6)").await;
    let _second = Process::worker_with(&app.database, &[], &borrowed(&vars, &[]));
    let received = peer.wait_for(2).await;
    assert_eq!(received[0].message_id, received[1].message_id);
    settled(&app).await;
    assert_eq!((peer.received().len(), app.database.number(SENT).await), (2, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_tells_of_messages_without_addresses_numbers_and_tokens() {
    let peer = MailPeer::running(&json!({ "refuse": ["nobody@example.com"] }));
    let telegram = TelegramPeer::start(&[401]).await;
    let app = shop_with(&peer.url(), &[("MARQUEE_STAFF_EMAIL", "desk@films.example")]).await;
    let vars = vars(&peer);
    let more = [
        ("MARQUEE_WORKER", "off"),
        ("MARQUEE_TELEGRAM_TOKEN", "123:telegramtoken"),
        ("MARQUEE_TELEGRAM_CHAT", "-100777"),
        ("MARQUEE_TELEGRAM_URL", telegram.url.as_str()),
        ("MARQUEE_LOG", "debug"),
    ];
    let mut shop = Process::start_with(&app.database, &borrowed(&vars, &more)).await;
    bought_from(&app, &shop).await;
    bought(&app, &[("email", "nobody@example.com")]).await;
    let mut worker = Process::worker_with(&app.database, &[], &borrowed(&vars, &more[1..]));
    settled(&app).await;
    assert!(shop.terminate().success() && worker.terminate().success());
    let log = format!("{}{}", shop.log(), worker.log());
    assert_eq!(log.matches("message given up: the mail server refused it (550)").count(), 1, "{log}");
    assert_eq!(log.matches("message given up: Telegram answered 401").count(), 1, "{log}");
    assert!(log.contains("message sent"));
    for secret in ["@example.com", "@films.example", "telegramtoken", "-100777", "998901234567", "Nora"] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}

/// Waits until the workers have nothing left to do.
async fn settled(app: &TestApp) {
    let start = Instant::now();
    while app.database.number(JOBS).await > 0 {
        assert!(start.elapsed().as_secs() < 60, "jobs are left");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// Somebody buys the shop's film from this process; the order's link.
async fn bought_from(app: &TestApp, process: &Process) -> String {
    let sku = app.database.text("SELECT sku FROM editions LIMIT 1").await;
    let added = process.request("POST", "/cart/items", "", &format!("sku={sku}&quantity=1")).await.unwrap();
    let cookie = format!("cart={}", header(&added, "set-cookie: cart=").split(';').next().unwrap());
    let form = process.request("GET", "/checkout", &cookie, "").await.unwrap();
    let field = |name: &str| {
        let (_, rest) = form.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (key, total, started) = (field("placement_key"), field("total_minor"), field("started"));
    let mut fields = form_urlencoded::Serializer::new(String::new());
    fields.extend_pairs(good_form());
    fields.extend_pairs([("placement_key", &key), ("total_minor", &total), ("started", &started)]);
    let placed = process.request("POST", "/checkout", &cookie, &fields.finish()).await.unwrap();
    assert!(placed.starts_with("HTTP/1.1 303"), "{placed}");
    header(&placed, "location: ").to_owned()
}

fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    answer.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("no {name} in {answer}"))
}
