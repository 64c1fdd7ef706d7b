//! Cancelling by the customer: once, while nobody packs, and never against a move that was quicker.

use axum::http::StatusCode;
use futures_util::future::{join, join_all};
use marquee::{
    orders::{
        OrderStatus,
        actions::{By, Step, take_step},
    },
    platform::clock,
};

use super::{below, moved, placed};
use crate::support::{Shopper, TestApp, assert_books_agree, number_in};

#[tokio::test]
async fn a_guest_cancels_with_a_reason_after_being_asked() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    let cancel = below(&page, "cancel");
    let links = client.get(&page).await.attributes("main a", "href");
    assert!(links.contains(&cancel), "{links:?}");
    let asked = client.get(&cancel).await;
    assert_eq!((asked.status, asked.attributes("main form", "action")), (StatusCode::OK, vec![cancel.clone()]));
    assert_eq!(app.database.texts("SELECT status FROM orders").await, ["pending"], "a link changes nothing");

    let answer = client.submit(&cancel, &[("reason", "Ordered <twice>")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains(&format!("Order {} is cancelled.", number_in(&page))), "the notice");
    let timeline = answer.texts(".timeline > li");
    assert!(timeline[1].starts_with("Order cancelled") && timeline[1].contains("by you"), "{timeline:?}");
    assert!(timeline[1].contains("Order placed →") && timeline[1].ends_with("Reason: Ordered <twice>"), "{timeline:?}");
    assert!(answer.statements() <= 5, "{} statements", answer.statements());
    assert!(!answer.attributes("main a", "href").contains(&cancel), "nothing is left to cancel");
    assert_eq!(app.database.texts("SELECT template FROM messages WHERE template = 'order_cancelled'").await.len(), 1);
    assert_books_agree(&app).await;
    assert_eq!(client.get(&cancel).await.header("location"), page, "the question is settled");
}

#[tokio::test]
async fn a_reason_that_is_too_long_comes_back_with_what_was_typed() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    let reason = "ё".repeat(501);
    let answer = client.post(&below(&page, "cancel"), &[("reason", &reason)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.texts("textarea"), [reason]);
    assert_eq!(app.database.texts("SELECT status FROM orders").await, ["pending"]);
}

#[tokio::test]
async fn what_staff_wrote_down_is_not_for_the_customer() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    moved(&app, number_in(&page), OrderStatus::Confirmed).await.unwrap();
    let shown = client.get(&page).await;
    let timeline = shown.texts(".timeline > li");
    assert!(timeline[1].contains("by the shop"), "{timeline:?}");
    assert!(!shown.text().contains("between us") && !shown.text().contains("staff:3"));
}

#[tokio::test]
async fn an_order_that_is_being_packed_is_not_cancelled() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    let number = number_in(&page);
    moved(&app, number, OrderStatus::Confirmed).await.unwrap();
    assert_eq!(client.get(&below(&page, "cancel")).await.status, StatusCode::OK, "confirmed is early enough");
    moved(&app, number, OrderStatus::Processing).await.unwrap();
    for answer in [client.get(&below(&page, "cancel")).await, client.post(&below(&page, "cancel"), &[]).await] {
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.text().contains("Being packed"), "it tells where the order stands");
        assert!(answer.attributes("main form", "action").is_empty());
    }
    assert!(!client.get(&page).await.attributes("main a", "href").contains(&below(&page, "cancel")));
    assert_eq!(app.database.texts("SELECT status FROM orders").await, ["processing"]);
    assert_books_agree(&app).await;
}

#[tokio::test]
async fn only_the_link_opens_the_question() {
    let app = TestApp::new().await;
    let (_, page) = placed(&app).await;
    let (path, _) = page.split_once('?').unwrap();
    for wrong in [format!("{path}/cancel"), format!("{path}/cancel?t=x"), below(&page, "cancel").replace("MQ-", "MQ-2")]
    {
        assert_eq!(app.guest().get(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        assert_eq!(app.guest().post(&wrong, &[]).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(app.database.texts("SELECT status FROM orders").await, ["pending"]);
}

#[tokio::test]
async fn what_was_paid_is_promised_back() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    let by = By { actor: "staff:3", reason: None };
    take_step(&app.app.db, number_in(&page), Step::Pay, by, clock::now()).await.unwrap();
    let total = app.database.number("SELECT total_minor FROM orders").await;
    let answer = client.submit(&below(&page, "cancel"), &[]).await;
    let promise = format!("what you paid comes back to you: ${}.{:02}", total / 100, total % 100);
    assert!(answer.text().contains(&promise), "{promise}");
    let waits = "SELECT COUNT(*) FROM orders WHERE needs_attention AND status = 'cancelled'";
    assert_eq!(app.database.number(waits).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pressed_many_times_at_once_it_cancels_once() {
    let app = TestApp::new().await;
    let (Shopper { client }, page) = placed(&app).await;
    let cancel = below(&page, "cancel");
    let answers = join_all((0..10).map(|_| client.post(&cancel, &[("reason", "")]))).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::SEE_OTHER), "all are told that it is cancelled");
    for (what, times) in
        [("stock_movements WHERE reason = 'cancel'", 1), ("order_events WHERE to_status = 'cancelled'", 1)]
    {
        assert_eq!(app.database.number(&format!("SELECT COUNT(*) FROM {what}")).await, times, "{what}");
    }
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages WHERE template = 'order_cancelled'").await, 1);
    assert_books_agree(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn against_a_move_of_the_shop_one_wins_and_the_other_is_told() {
    let app = TestApp::new().await;
    let (mut cancelled, mut packed) = (0, 0);
    for _ in 0..12 {
        let (Shopper { client }, page) = placed(&app).await;
        let number = number_in(&page);
        moved(&app, number, OrderStatus::Confirmed).await.unwrap();
        let cancel = below(&page, "cancel");
        let (answer, staff) = join(client.post(&cancel, &[]), moved(&app, number, OrderStatus::Processing)).await;
        let stands = app.database.texts(&format!("SELECT status FROM orders WHERE number = '{number}'")).await;
        match answer.status {
            StatusCode::SEE_OTHER => {
                cancelled += 1;
                assert!(staff.is_err() && stands == ["cancelled"], "{staff:?} {stands:?}");
            }
            StatusCode::CONFLICT => {
                packed += 1;
                assert!(staff.is_ok() && stands == ["processing"], "{staff:?} {stands:?}");
            }
            other => panic!("{other}: {}", answer.text()),
        }
    }
    assert_eq!(cancelled + packed, 12);
    assert_books_agree(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn against_a_confirmation_it_is_cancelled_whoever_is_first() {
    let app = TestApp::new().await;
    for _ in 0..6 {
        let (Shopper { client }, page) = placed(&app).await;
        let number = number_in(&page);
        let cancel = below(&page, "cancel");
        let (answer, _) = join(client.post(&cancel, &[]), moved(&app, number, OrderStatus::Confirmed)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let stands = app.database.texts(&format!("SELECT status FROM orders WHERE number = '{number}'")).await;
        assert_eq!(stands, ["cancelled"]);
    }
    assert_books_agree(&app).await;
}
