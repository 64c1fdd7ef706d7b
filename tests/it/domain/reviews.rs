//! Reviews: one a customer and film, read before others see them, and the film's rating is always theirs.

use std::sync::LazyLock;

use futures_util::future::join_all;
use marquee::{
    accounts::jobs::AddressConfirmed,
    audit::Author,
    catalog::Format,
    orders::{
        OrderStatus,
        actions::{By, Step, take_step},
        mails::Parcel,
    },
    platform::clock,
    reviews::{
        Draft, MOST_FEATURED, Reason,
        actions::{self, Decision, Heard, Moderator, Read, Refused},
    },
};

use crate::support::{
    Shopper, TestApp,
    factory::{Film, client, product},
};

const APPROVE: Decision = Decision::Approve { is_spoiler: false };

fn draft(rating: u8, body: &str) -> Draft {
    Draft { rating, title: "A title".to_owned(), body: body.to_owned(), has_spoiler: false }
}

fn moderator() -> Moderator<'static> {
    static AUTHOR: LazyLock<Author> = LazyLock::new(|| Author::system("staff:7"));
    Moderator { staff_id: 7, author: &AUTHOR, now: clock::now() }
}

async fn write(app: &TestApp, client_id: u64, film: &Film, rating: u8) -> u64 {
    let draft = draft(rating, "What I think.");
    actions::write(&app.app.db, client_id, film.id, &draft, clock::now()).await.unwrap().unwrap()
}

/// The review as it stands.
async fn read(app: &TestApp, id: u64) -> Read {
    let version = app.database.number(&format!("SELECT CAST(version AS SIGNED) FROM reviews WHERE id = {id}")).await;
    Read { id, version: version.try_into().unwrap() }
}

async fn decide(app: &TestApp, id: u64, decision: Decision) -> Result<(), Refused> {
    actions::decide(&app.app.db, read(app, id).await, decision, moderator()).await
}

async fn approved(app: &TestApp, client_id: u64, film: &Film, rating: u8) -> u64 {
    let id = write(app, client_id, film, rating).await;
    decide(app, id, APPROVE).await.unwrap();
    id
}

/// Mean in hundredths and number, as the film has them.
async fn rating(app: &TestApp) -> (i64, i64) {
    let mean = app.database.number("SELECT CAST(COALESCE(rating_avg, 0) * 100 AS SIGNED) FROM products").await;
    (mean, app.database.number("SELECT CAST(rating_count AS SIGNED) FROM products").await)
}

/// Mean in hundredths and number, of the reviews that others see.
async fn truth(app: &TestApp) -> (i64, i64) {
    let of = |what: &str| format!("SELECT CAST({what} AS SIGNED) FROM reviews WHERE status = 'approved'");
    let mean = app.database.number(&of("COALESCE(FLOOR(SUM(rating) * 100 / COUNT(*)), 0)")).await;
    (mean, app.database.number(&of("COUNT(*)")).await)
}

async fn shown(app: &TestApp, id: u64) -> String {
    app.database.text(&format!("SELECT CONCAT(status, ' ', rating, ' ', body) FROM reviews WHERE id = {id}")).await
}

async fn queue(app: &TestApp, id: u64) -> String {
    app.database.text(&format!("SELECT queue FROM reviews WHERE id = {id}")).await
}

async fn shop() -> (TestApp, Film) {
    let app = TestApp::new().await;
    let film = product().title("M").insert(&mut app.conn().await).await;
    (app, film)
}

#[tokio::test]
async fn a_review_counts_once_it_is_approved_and_no_longer_once_it_is_gone() {
    let (app, film) = shop().await;
    let nora = client(&mut app.conn().await, "Nora").await;
    let id = write(&app, nora, &film, 4).await;
    assert_eq!((rating(&app).await, queue(&app, id).await), ((0, 0), "new".to_owned()));
    assert!(app.database.texts("SELECT tag FROM cache_invalidations").await.is_empty(), "nothing that others see");

    decide(&app, id, APPROVE).await.unwrap();
    assert_eq!((rating(&app).await, queue(&app, id).await), ((400, 1), String::new()));
    let tag = format!("film:{}", film.id);
    assert_eq!(app.database.texts("SELECT tag FROM cache_invalidations").await, [&*tag]);
    assert_eq!(app.database.texts("SELECT template FROM messages").await, ["review_approved"]);

    assert!(!actions::delete(&app.app.db, nora + 1, id, clock::now()).await.unwrap(), "somebody else’s");
    assert!(actions::delete(&app.app.db, nora, id, clock::now()).await.unwrap());
    assert_eq!((rating(&app).await, truth(&app).await), ((0, 0), (0, 0)));
    assert_eq!(app.database.texts("SELECT tag FROM cache_invalidations").await, [&*tag, &*tag]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_has_one_review_of_a_film() {
    let (app, film) = shop().await;
    let nora = client(&mut app.conn().await, "Nora").await;
    let text = draft(5, "All of them at once.");
    let writes = (0..8).map(|_| actions::write(&app.app.db, nora, film.id, &text, clock::now()));
    let written: Vec<_> = join_all(writes).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(written.iter().flatten().count(), 1);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM reviews").await, 1);
}

#[tokio::test]
async fn an_author_who_wants_no_news_of_reviews_gets_none() {
    let (app, film) = shop().await;
    let nora = client(&mut app.conn().await, "Nora").await;
    sqlx::query("INSERT INTO unwanted_mails (client_id, kind) VALUES (?, 'review_replies')")
        .bind(nora)
        .execute(&mut app.conn().await)
        .await
        .unwrap();
    approved(&app, nora, &film, 5).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages").await, 0);
}

#[tokio::test]
async fn an_edit_leaves_what_was_approved_in_sight_until_it_is_decided() {
    let (app, film) = shop().await;
    let nora = client(&mut app.conn().await, "Nora").await;
    let id = approved(&app, nora, &film, 5).await;
    let edit = |rating, body: &str| {
        let text = draft(rating, body);
        let db = app.app.db.clone();
        async move { actions::edit(&db, nora, id, &text, clock::now()).await.unwrap() }
    };

    assert!(edit(1, "I was wrong.").await);
    assert_eq!((shown(&app, id).await, queue(&app, id).await), ("approved 5 What I think.".into(), "edited".into()));
    assert_eq!(rating(&app).await, (500, 1));
    decide(&app, id, Decision::Reject(Reason::Insult)).await.unwrap();
    assert_eq!((shown(&app, id).await, queue(&app, id).await), ("approved 5 What I think.".into(), String::new()));

    assert!(edit(2, "I was wrong, politely.").await);
    decide(&app, id, APPROVE).await.unwrap();
    assert_eq!(shown(&app, id).await, "approved 2 I was wrong, politely.");
    assert_eq!(rating(&app).await, (200, 1), "text and rating change together");
    let mails = app.database.texts("SELECT template FROM messages ORDER BY id").await;
    assert_eq!(mails, ["review_approved", "review_edit_rejected", "review_approved"]);

    assert!(!actions::edit(&app.app.db, nora + 1, id, &draft(1, "Not mine at all."), clock::now()).await.unwrap());
}

#[tokio::test]
async fn a_rejected_review_is_seen_by_nobody_until_its_new_text_is_approved() {
    let (app, film) = shop().await;
    let nora = client(&mut app.conn().await, "Nora").await;
    let id = approved(&app, nora, &film, 3).await;
    decide(&app, id, Decision::Reject(Reason::Advert)).await.unwrap();
    assert_eq!((rating(&app).await, queue(&app, id).await), ((0, 0), String::new()));
    assert!(matches!(decide(&app, id, Decision::Reject(Reason::Advert)).await, Err(Refused::Changed)));
    assert!(actions::edit(&app.app.db, nora, id, &draft(4, "Another text."), clock::now()).await.unwrap());
    assert_eq!((shown(&app, id).await, queue(&app, id).await), ("pending 4 Another text.".into(), "new".into()));
    decide(&app, id, APPROVE).await.unwrap();
    assert_eq!(rating(&app).await, (400, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_moderators_one_decides_and_nothing_unread_is_approved() {
    let (app, film) = shop().await;
    let nora = client(&mut app.conn().await, "Nora").await;
    let id = write(&app, nora, &film, 3).await;
    let as_read = read(&app, id).await;
    let decisions = [APPROVE, Decision::Reject(Reason::Spoiler), APPROVE, Decision::Reject(Reason::Insult)];
    let both = decisions.map(|decision| actions::decide(&app.app.db, as_read, decision, moderator()));
    let outcomes = join_all(both).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(()) | Err(Refused::Changed))), "{outcomes:?}");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages").await, 1, "the author hears of one");
    assert_eq!(rating(&app).await, truth(&app).await);
    let entries = app.database.texts("SELECT CONCAT(actor, ' ', object) FROM audit_log").await;
    assert_eq!(entries, [format!("staff:7 review:{id}")], "and so does the log");

    let as_read = read(&app, id).await;
    assert!(actions::edit(&app.app.db, nora, id, &draft(1, "Buy codes here."), clock::now()).await.unwrap());
    let late = actions::decide(&app.app.db, as_read, APPROVE, moderator()).await;
    assert!(matches!(late, Err(Refused::Changed)), "the text is not the one that was read");
    let gone = actions::decide(&app.app.db, Read { id: 999_999, version: 1 }, APPROVE, moderator()).await;
    assert!(matches!(gone, Err(Refused::NotFound)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rating_is_right_after_approvals_edits_and_deletions_at_once() {
    let (app, film) = shop().await;
    let mut ids = Vec::new();
    for n in 0..12_u8 {
        let author = client(&mut app.conn().await, "Reader").await;
        ids.push((author, write(&app, author, &film, n % 5 + 1).await));
    }
    let lives = (0_u8..).zip(&ids).map(|(n, (author, id))| {
        let app = &app;
        async move {
            decide(app, *id, APPROVE).await.unwrap();
            let text = draft((n + 3) % 5 + 1, "Seen once more.");
            assert!(actions::edit(&app.app.db, *author, *id, &text, clock::now()).await.unwrap());
            match n % 4 {
                0 => assert!(actions::delete(&app.app.db, *author, *id, clock::now()).await.unwrap()),
                1 => decide(app, *id, Decision::Reject(Reason::OffTopic)).await.unwrap(),
                _ => decide(app, *id, APPROVE).await.unwrap(),
            }
        }
    });
    join_all(lives).await;
    let truth = truth(&app).await;
    assert_eq!(truth.1, 9);
    assert_eq!(rating(&app).await, truth);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_votes_once_and_may_change_its_mind() {
    let (app, film) = shop().await;
    let nora = client(&mut app.conn().await, "Nora").await;
    let id = write(&app, nora, &film, 5).await;
    let reader = client(&mut app.conn().await, "Yusuf").await;
    let vote = |who, is_helpful| actions::vote(&app.app.db, who, id, is_helpful);
    assert_eq!(vote(reader, true).await.unwrap(), Heard::NotFound, "nobody sees it yet");
    decide(&app, id, APPROVE).await.unwrap();
    assert_eq!(vote(nora, true).await.unwrap(), Heard::Own { product_id: film.id });

    let votes = || app.database.text("SELECT CONCAT(helpful_up, '/', helpful_down) FROM reviews");
    let many = join_all((0..6).map(|_| vote(reader, true))).await;
    assert!(many.iter().all(|heard| *heard.as_ref().unwrap() == Heard::Yes { product_id: film.id }));
    assert_eq!(votes().await, "1/0");
    assert!(app.database.number("SELECT CAST(helpful_score AS SIGNED) FROM reviews").await > 0);
    vote(reader, false).await.unwrap();
    assert_eq!(votes().await, "0/1");
    let mut readers = Vec::new();
    for _ in 0..10 {
        readers.push(client(&mut app.conn().await, "Reader").await);
    }
    join_all(readers.iter().map(|reader| vote(*reader, true))).await;
    assert_eq!(votes().await, "10/1");
}

#[tokio::test]
async fn three_accounts_bring_a_review_before_a_moderator_while_it_stays_in_sight() {
    let (app, film) = shop().await;
    let nora = client(&mut app.conn().await, "Nora").await;
    let id = approved(&app, nora, &film, 5).await;
    let report = |who| actions::report(&app.app.db, who, id, Reason::Insult, clock::now());
    assert_eq!(report(nora).await.unwrap(), Heard::Own { product_id: film.id });
    for n in 0..3 {
        let reader = client(&mut app.conn().await, "Reader").await;
        assert_eq!(queue(&app, id).await, "", "after {n}");
        for _ in 0..3 {
            report(reader).await.unwrap();
        }
    }
    assert_eq!((queue(&app, id).await, rating(&app).await), ("reported".to_owned(), (500, 1)));
    app.database.execute("DELETE FROM messages").await;
    decide(&app, id, APPROVE).await.unwrap();
    assert_eq!((queue(&app, id).await, rating(&app).await), (String::new(), (500, 1)));
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages").await, 0, "there is nothing to tell the author");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_than_three_reviews_of_a_film_are_featured() {
    let (app, film) = shop().await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        let author = client(&mut app.conn().await, "Reader").await;
        ids.push(approved(&app, author, &film, 5).await);
    }
    let feature = |id| {
        let app = &app;
        async move { actions::feature(&app.app.db, read(app, id).await, true, moderator()).await }
    };
    let outcomes = join_all(ids.iter().map(|id| feature(*id))).await;
    assert_eq!(outcomes.iter().filter(|outcome| matches!(outcome, Err(Refused::TooManyFeatured))).count(), 2);
    let featured = "SELECT COUNT(*) FROM reviews WHERE is_featured";
    assert_eq!(app.database.number(featured).await, MOST_FEATURED);
    let first = app.database.number("SELECT CAST(MIN(id) AS SIGNED) FROM reviews WHERE is_featured").await;
    decide(&app, first.try_into().unwrap(), Decision::Reject(Reason::Spoiler)).await.unwrap();
    assert_eq!(app.database.number(featured).await, MOST_FEATURED - 1, "what nobody sees is not featured");
}

#[tokio::test]
async fn the_author_hears_of_the_shops_answer_once() {
    let (app, film) = shop().await;
    let nora = client(&mut app.conn().await, "Nora").await;
    let id = write(&app, nora, &film, 5).await;
    let reply = |text: &'static str| {
        let app = &app;
        async move { actions::reply(&app.app.db, read(app, id).await, text, moderator()).await }
    };
    assert!(matches!(reply("Thank you.").await, Err(Refused::NotShown)));
    decide(&app, id, APPROVE).await.unwrap();
    reply("Thank you.").await.unwrap();
    reply("Thank you, Nora.").await.unwrap();
    assert_eq!(app.database.text("SELECT reply FROM reviews").await, "Thank you, Nora.");
    let told = "SELECT COUNT(*) FROM messages WHERE template = 'review_replied'";
    assert_eq!(app.database.number(told).await, 1);
}

#[tokio::test]
async fn the_badge_is_for_those_who_have_had_the_film() {
    let app = TestApp::new().await;
    let film = product().title("M").edition(Format::Dvd, 999, 9);
    let film = film.insert(&mut app.conn().await).await;
    let nora = client(&mut app.conn().await, "Nora").await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    app.database.execute(&format!("UPDATE orders SET client_id = {nora}")).await;
    approved(&app, nora, &film, 5).await;
    let badge = || app.database.number("SELECT CAST(is_verified_buyer AS SIGNED) FROM reviews");
    assert_eq!(badge().await, 0, "the film has not arrived");

    let by = By { actor: "test", reason: None };
    for step in [
        Step::Move(OrderStatus::Confirmed),
        Step::Move(OrderStatus::Processing),
        Step::Ship(&Parcel::default()),
        Step::Move(OrderStatus::Delivered),
    ] {
        take_step(&app.app.db, &number, step, by, clock::now()).await.unwrap();
    }
    app.work().await;
    assert_eq!(badge().await, 1);
    let tag = format!("reviews:{}", film.id);
    let told = format!("SELECT COUNT(*) FROM cache_invalidations WHERE tag = '{tag}'");
    assert_eq!(app.database.number(&told).await, 1, "its page is made anew");

    app.database
        .execute(
            "UPDATE orders SET paid_minor = total_minor, refunded_minor = total_minor, payment_status = 'refunded'",
        )
        .await;
    take_step(&app.app.db, &number, Step::Move(OrderStatus::Refunded), by, clock::now()).await.unwrap();
    app.work().await;
    assert_eq!(badge().await, 0, "what was given back was not bought");
}

#[tokio::test]
async fn an_order_that_somebody_claims_earns_them_the_badge() {
    let app = TestApp::new().await;
    let film = product().title("M").edition(Format::Dvd, 999, 9).insert(&mut app.conn().await).await;
    let nora = client(&mut app.conn().await, "Nora").await;
    Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    app.database.execute("UPDATE orders SET status = 'delivered', email = 'nora@shop.test'").await;
    approved(&app, nora, &film, 5).await;
    let badge = || app.database.number("SELECT CAST(is_verified_buyer AS SIGNED) FROM reviews");
    assert_eq!(badge().await, 0, "nobody knows whose the order is");
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&AddressConfirmed { client_id: nora, email: "nora@shop.test".into() }).await.unwrap();
    tx.commit().await.unwrap();
    app.work().await;
    assert_eq!(badge().await, 1);
}
