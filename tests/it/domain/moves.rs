//! Orders on their way, and moves that the table does not have.

use axum::http::StatusCode;
use marquee::{
    catalog::Format,
    orders::{
        OrderStatus,
        actions::{By, MoveError, Step, take_step},
        mails::Parcel,
    },
    platform::clock,
};

use crate::support::{Shopper, TestApp, factory::product, number_in};

const BY: By<'_> = By { actor: "test", reason: None };

async fn step(app: &TestApp, number: &str, step: Step<'_>) -> Result<OrderStatus, MoveError> {
    take_step(&app.app.db, number, step, BY, clock::now()).await
}

/// Every move in the history, as `from to`.
async fn history(app: &TestApp) -> Vec<String> {
    app.database
        .texts("SELECT CONCAT(from_status, ' ', to_status) FROM order_events WHERE from_status IS NOT NULL ORDER BY id")
        .await
}

/// The templates of the customer's mails.
async fn mails(app: &TestApp) -> Vec<String> {
    app.database.texts("SELECT template FROM messages WHERE template LIKE 'order%' ORDER BY id").await
}

async fn status(app: &TestApp) -> String {
    app.database.texts("SELECT status FROM orders").await.remove(0)
}

#[tokio::test]
async fn an_order_goes_its_way_with_a_mail_at_each_turn() {
    let app = TestApp::new().await;
    let film = product().title("Solaris").edition(Format::Dvd, 1999, 5).insert(&mut app.conn().await).await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    let before = app.database.number("SELECT CAST(version AS SIGNED) FROM orders").await;
    let parcel = Parcel {
        carrier: "Silk Road Post".to_owned(),
        tracking: "SR123".to_owned(),
        url: "https://post.example/SR123".to_owned(),
    };
    for (taken, stands) in [
        (Step::Move(OrderStatus::Confirmed), OrderStatus::Confirmed),
        (Step::Move(OrderStatus::Processing), OrderStatus::Processing),
        (Step::Ship(&parcel), OrderStatus::Shipped),
        (Step::Move(OrderStatus::Delivered), OrderStatus::Delivered),
    ] {
        assert_eq!(step(&app, &number, taken).await.unwrap(), stands);
    }
    assert_eq!(
        history(&app).await,
        ["pending confirmed", "confirmed processing", "processing shipped", "shipped delivered"]
    );
    assert_eq!(app.database.number("SELECT CAST(version AS SIGNED) FROM orders").await, before + 4);
    assert_eq!(mails(&app).await, ["order_placed", "order_confirmed", "order_shipped", "order_delivered"]);
    assert_eq!(app.database.number("SELECT CAST(stock AS SIGNED) FROM editions").await, 4, "it stays sold");

    app.work().await;
    let shipped = "SELECT text FROM kept_messages WHERE text LIKE '%SR123%' AND html LIKE '%post.example/SR123%'";
    let shipped = app.database.texts(shipped).await;
    assert!(shipped.len() == 1 && shipped[0].contains("Silk Road Post"), "{shipped:?}");
}

#[tokio::test]
async fn what_the_table_does_not_have_is_refused_and_changes_nothing() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 5).insert(&mut app.conn().await).await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    let everything = "SELECT CAST((SELECT SUM(version) FROM orders) + (SELECT COUNT(*) * 100 FROM order_events) \
                      + (SELECT COUNT(*) * 10000 FROM messages) AS SIGNED)";
    let before = app.database.number(everything).await;
    for to in OrderStatus::ALL {
        if matches!(to, OrderStatus::Confirmed | OrderStatus::Cancelled) {
            continue;
        }
        let Err(MoveError::Refused(refused)) = step(&app, &number, Step::Move(*to)).await else {
            panic!("{to:?} was allowed");
        };
        assert_eq!((refused.from, refused.to), (OrderStatus::Pending, *to));
        assert_eq!(refused.allowed, [OrderStatus::Confirmed, OrderStatus::Cancelled]);
    }
    assert!(matches!(step(&app, &number, Step::Ship(&Parcel::default())).await, Err(MoveError::Refused(_))));
    assert!(matches!(step(&app, &number, Step::Expire).await, Err(MoveError::NotDue)));
    for unknown in ["MQ-22222222", "ключ", ""] {
        let outcome = step(&app, unknown, Step::Move(OrderStatus::Confirmed)).await;
        assert!(matches!(outcome, Err(MoveError::NotFound)), "{unknown}");
    }
    assert_eq!(app.database.number(everything).await, before);
    let shipped = "SELECT CAST(SUM(quantity_shipped) AS SIGNED) FROM order_lines";
    assert_eq!(app.database.number(shipped).await, 0);
}

#[tokio::test]
async fn an_order_without_all_its_parcels_is_not_shipped() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 5).edition(Format::DigitalHd, 999, 0);
    let film = film.insert(&mut app.conn().await).await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 2), (&film.editions[1].sku, 1)]).await;
    for to in [OrderStatus::Confirmed, OrderStatus::Processing] {
        step(&app, &number, Step::Move(to)).await.unwrap();
    }
    let Err(MoveError::Refused(refused)) = step(&app, &number, Step::Move(OrderStatus::Shipped)).await else {
        panic!("no parcel has left");
    };
    assert_eq!(refused.allowed, [OrderStatus::Cancelled]);
    app.database.execute("UPDATE order_lines SET quantity_shipped = 1 WHERE format = 'dvd'").await;
    assert!(step(&app, &number, Step::Move(OrderStatus::Shipped)).await.is_err(), "one of two");
    app.database.execute("UPDATE order_lines SET quantity_shipped = 2 WHERE format = 'dvd'").await;
    step(&app, &number, Step::Move(OrderStatus::Shipped)).await.unwrap();
    assert!(step(&app, &number, Step::Move(OrderStatus::Refunded)).await.is_err(), "nothing was paid");
}

#[tokio::test]
async fn a_digital_order_that_is_paid_is_delivered_at_once() {
    let app = TestApp::new().await;
    let film = product().edition(Format::DigitalHd, 899, 0).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(&app);
    shopper.put(&film.editions[0].sku, 1).await;
    let (key, total) = shopper.open_form().await;
    let placed = shopper.place(&key, &total, &[("delivery_type", "digital")]).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
    let link = placed.header("location").to_owned();
    assert_eq!(step(&app, number_in(&link), Step::Pay).await.unwrap(), OrderStatus::Delivered);
    assert_eq!(history(&app).await, ["pending confirmed", "confirmed processing", "processing delivered"]);
    assert_eq!(mails(&app).await, ["order_placed", "order_delivered"], "one mail for what happened at once");
    let paid = "SELECT COUNT(*) FROM orders WHERE payment_status = 'paid' AND paid_minor = total_minor";
    assert_eq!(app.database.number(paid).await, 1);
    let page = shopper.client.get(&link).await;
    assert!(page.text().contains("Codes sent"), "the customer sees it");
    let twice = step(&app, number_in(&link), Step::Pay).await;
    assert!(matches!(twice, Err(MoveError::NothingToPay(..))));
}

#[tokio::test]
async fn what_is_paid_online_is_confirmed_and_what_is_paid_in_cash_waits_for_a_person() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 899, 9).insert(&mut app.conn().await).await;
    let cash = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    assert_eq!(step(&app, &cash, Step::Pay).await.unwrap(), OrderStatus::Pending);
    let online = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    let expires = "payment_type = 'card', expires_at = UTC_TIMESTAMP(6) + INTERVAL 30 MINUTE";
    app.database.execute(&format!("UPDATE orders SET {expires} WHERE number = '{online}'")).await;
    assert_eq!(step(&app, &online, Step::Pay).await.unwrap(), OrderStatus::Confirmed);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders WHERE expires_at IS NOT NULL").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_moves_at_once_the_second_finds_what_the_first_has_left() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 5).insert(&mut app.conn().await).await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    let confirm = || step(&app, &number, Step::Move(OrderStatus::Confirmed));
    let outcomes = futures_util::future::join_all((0..8).map(|_| confirm())).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Ok(_) | Err(MoveError::Refused(_)))), "{outcomes:?}");
    assert_eq!(
        (status(&app).await, history(&app).await),
        ("confirmed".to_owned(), vec!["pending confirmed".to_owned()])
    );
    assert_eq!(mails(&app).await, ["order_placed", "order_confirmed"]);
}
