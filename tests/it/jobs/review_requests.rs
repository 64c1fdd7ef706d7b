//! A week after an order came its customer is asked once what they thought of it: whoever wants that, of what they have
//! not reviewed.

use marquee::{
    catalog::Format,
    orders::{
        OrderStatus,
        actions::{By, Step, take_step},
        mails::Parcel,
    },
    platform::clock,
    reviews::{Draft, actions::write},
};

use crate::support::{
    Client, Shopper, TestApp,
    factory::{Film, product},
};

const REQUESTS: &str = "SELECT COUNT(*) FROM messages WHERE template = 'review_request'";

/// A customer who wants such mails and has had two films delivered.
struct Delivered {
    app: TestApp,
    films: Vec<Film>,
    client_id: u64,
    nora: Client,
}

impl Delivered {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let mut films = Vec::new();
        for title in ["Solaris", "Stalker"] {
            films.push(product().title(title).edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await);
        }
        let (client_id, nora) = app.customer("Nora").await;
        app.database.execute(&format!("UPDATE clients SET marketing_consent_at = NOW() WHERE id = {client_id}")).await;
        let skus: Vec<(&str, u32)> = films.iter().map(|film| (&*film.editions[0].sku, 1)).collect();
        let number = Shopper { client: nora.clone() }.order(&skus).await;
        for step in [
            Step::Move(OrderStatus::Confirmed),
            Step::Move(OrderStatus::Processing),
            Step::Ship(&Parcel::default()),
            Step::Move(OrderStatus::Delivered),
        ] {
            take_step(&app.app.db, &number, step, By { actor: "test", reason: None }, clock::now()).await.unwrap();
        }
        app.work().await;
        Self { app, films, client_id, nora }
    }

    async fn days_pass(&self, days: u32) {
        self.app.database.execute(&format!("UPDATE jobs SET run_at = run_at - INTERVAL {days} DAY")).await;
        self.app.work().await;
    }

    async fn review(&self, film: &Film) {
        let draft = Draft { rating: 4, title: String::new(), body: "What I think.".to_owned(), has_spoiler: false };
        write(&self.app.app.db, self.client_id, film.id, &draft, clock::now()).await.unwrap().unwrap();
    }

    /// What was sent, with its headers.
    async fn mails(&self) -> Vec<String> {
        self.app
            .database
            .texts("SELECT CONCAT(headers, '\n', text) FROM kept_messages WHERE subject LIKE 'What did you%'")
            .await
    }
}

#[tokio::test]
async fn a_week_after_delivery_its_customer_is_asked_once() {
    let shop = Delivered::new().await;
    shop.days_pass(6).await;
    assert_eq!(shop.app.database.number(REQUESTS).await, 0, "a week has not passed");
    shop.days_pass(1).await;
    let mails = shop.mails().await;
    assert_eq!(mails.len(), 1);
    for film in &shop.films {
        assert!(mails[0].contains(&format!("http://shop.test/films/{}/reviews/new", film.slug)), "{}", mails[0]);
    }
    let form = shop.nora.get(&format!("/films/{}/reviews/new", shop.films[0].slug)).await;
    assert_eq!(form.status, 200, "the link leads to the form");

    let again = "INSERT INTO jobs (queue, kind, payload, max_attempts) \
                 SELECT 'notifications', 'delivered_a_week_ago', JSON_OBJECT('order_id', id), 3 FROM orders";
    shop.app.database.execute(again).await;
    shop.app.work().await;
    assert_eq!(
        (shop.app.database.number(REQUESTS).await, shop.mails().await.len()),
        (1, 1),
        "an order is asked about once"
    );
}

#[tokio::test]
async fn one_click_ends_such_mails() {
    let shop = Delivered::new().await;
    shop.days_pass(7).await;
    let mail = shop.mails().await.remove(0);
    assert!(mail.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{mail}");
    let stop = mail.split(['<', '>']).find(|part| part.contains("/mails/")).unwrap();
    let stop = stop.strip_prefix("http://shop.test").unwrap();
    let clicked = shop.app.guest().post(stop, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(clicked.status, 200);
    let unwanted = format!(
        "SELECT COUNT(*) FROM unwanted_mails WHERE client_id = {} AND kind = 'review_requests'",
        shop.client_id
    );
    assert_eq!(shop.app.database.number(&unwanted).await, 1);
}

#[tokio::test]
async fn what_was_reviewed_or_given_back_is_left_out() {
    let shop = Delivered::new().await;
    shop.review(&shop.films[0]).await;
    shop.days_pass(7).await;
    let mail = shop.mails().await.remove(0);
    assert!(!mail.contains("Solaris") && mail.contains("Stalker"), "{mail}");

    let shop = Delivered::new().await;
    shop.review(&shop.films[0]).await;
    let given_back = format!("UPDATE order_lines SET quantity_refunded = 1 WHERE product_id = {}", shop.films[1].id);
    shop.app.database.execute(&given_back).await;
    shop.days_pass(7).await;
    assert_eq!(shop.app.database.number(REQUESTS).await, 0, "nothing is left to ask about");
}

#[tokio::test]
async fn nobody_is_asked_who_did_not_agree_or_did_not_keep_the_order() {
    for hindrance in [
        "UPDATE clients SET marketing_consent_at = NULL",
        "UPDATE clients SET email_verified_at = NULL",
        "INSERT INTO unwanted_mails (client_id, kind) SELECT id, 'review_requests' FROM clients",
        "UPDATE orders SET status = 'refunded'",
        "UPDATE orders SET client_id = NULL",
    ] {
        let shop = Delivered::new().await;
        shop.app.database.execute(hindrance).await;
        shop.days_pass(7).await;
        assert_eq!(shop.app.database.number(REQUESTS).await, 0, "{hindrance}");
    }
}
