//! Messages from the order to the reader, through servers that are not the shop's.

mod command;
mod delivery;
mod ledger;
mod mailbox;
mod mails;
mod staff;
mod track;
mod unwanted;

use axum::http::StatusCode;
use marquee::catalog::Format;

use crate::support::{Answer, MailPeer, Shopper, TestApp, factory::product, good_form};

/// A shop that mails through this server.
async fn shop_with(url: &str, vars: &[(&str, &str)]) -> TestApp {
    let mut all = vec![("MARQUEE_SMTP_URL", url), ("MARQUEE_MAIL_FROM", "Marquee <shop@films.example>")];
    all.extend_from_slice(vars);
    let app = TestApp::with(&all).await;
    let film = product().title("Mirror").edition(Format::Dvd, 1999, 10_000);
    let film = film.insert(&mut app.conn().await).await;
    app.database.execute(&format!("UPDATE products SET title_ru = 'Зеркало' WHERE id = {}", film.id)).await;
    app
}

async fn shop(peer: &MailPeer) -> TestApp {
    shop_with(&peer.url(), &[]).await
}

/// Somebody who has bought one of the shop's only film, with these fields in the form; the order's link.
async fn bought(app: &TestApp, changes: &[(&'static str, &str)]) -> (Shopper, String) {
    let shopper = Shopper::new(app);
    let sku = app.database.text("SELECT sku FROM editions LIMIT 1").await;
    shopper.put(&sku, 1).await;
    let (key, total) = shopper.open_form().await;
    let placed = shopper.place(&key, &total, changes).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    let link = placed.header("location").to_owned();
    (shopper, link)
}

/// The same through the pages of another language, with so many units.
async fn bought_in(app: &TestApp, prefix: &str, units: u32) -> (Shopper, String) {
    let shopper = Shopper::new(app);
    let sku = app.database.text("SELECT sku FROM editions LIMIT 1").await;
    shopper.put(&sku, units).await;
    let path = format!("{prefix}/checkout");
    let form = shopper.client.get(&path).await;
    let (key, total) = (form.field("placement_key"), form.field("total_minor"));
    let mut fields = good_form();
    fields.extend([("placement_key", key.as_str()), ("total_minor", total.as_str())]);
    let placed = shopper.client.post(&path, &fields).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text());
    let link = placed.header("location").to_owned();
    (shopper, link)
}

fn number_of(link: &str) -> &str {
    link.split("/orders/").nth(1).unwrap().split('?').next().unwrap()
}

/// Lets the time pass that failed jobs wait, and has them done.
async fn later(app: &TestApp) {
    app.database.execute("UPDATE jobs SET run_at = UTC_TIMESTAMP(6) WHERE state = 'ready'").await;
    app.work().await;
}

/// What the order's page says of mails.
fn told(page: &Answer) -> String {
    page.texts("[aria-labelledby=mails] li").join("\n")
}

const SENT: &str = "SELECT COUNT(*) FROM messages WHERE status = 'sent'";
const JOBS: &str = "SELECT COUNT(*) FROM jobs";
