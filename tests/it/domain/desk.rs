//! What the shop's people do with orders, and what is kept of it.

use marquee::{
    audit::Author,
    catalog::Format,
    messages::actions::ResendRefused,
    orders::{
        OrderStatus,
        actions::{MoveError, Step},
        desk::actions::{Audience, DeskError, Seen, add_note, advance, resend},
        mails::Parcel,
        queries::desk::{From, ListedOrder, Search, Sought, list},
    },
    platform::clock,
};

use crate::support::{Shopper, TestApp, factory::product};

fn grace() -> Author {
    Author { actor: "staff:7".to_owned(), ip: Some([10, 0, 0, 7].into()), request_id: Some("abc123".into()) }
}

async fn ordered(app: &TestApp) -> String {
    let film = product().edition(Format::Dvd, 1999, 9).insert(&mut app.conn().await).await;
    Shopper::new(app).order(&[(&film.editions[0].sku, 1)]).await
}

async fn version(app: &TestApp) -> u32 {
    u32::try_from(app.database.number("SELECT CAST(version AS SIGNED) FROM orders").await).unwrap()
}

/// Everything that a step may change, and the entries of the audit log.
async fn everything(app: &TestApp) -> i64 {
    let sums = "SELECT CAST((SELECT SUM(version) FROM orders) + (SELECT COUNT(*) * 100 FROM order_events) \
                + (SELECT COUNT(*) * 10000 FROM messages) + (SELECT COUNT(*) * 1000000 FROM audit_log) AS SIGNED)";
    app.database.number(sums).await
}

#[tokio::test]
async fn a_step_leaves_its_entry_with_who_and_how_it_was_before() {
    let app = TestApp::new().await;
    let number = ordered(&app).await;
    let seen = Seen { number: &number, version: version(&app).await };
    let by = (&grace(), Some("by phone"));
    let stands = advance(&app.app.db, seen, Step::Move(OrderStatus::Confirmed), by, clock::now()).await.unwrap();
    assert_eq!(stands, OrderStatus::Confirmed);
    let told = "SELECT CONCAT_WS(' ', actor, action, object, ip, request_id, JSON_UNQUOTE(JSON_EXTRACT(`before`, '$.status')), \
                JSON_UNQUOTE(JSON_EXTRACT(`after`, '$.status')), JSON_UNQUOTE(JSON_EXTRACT(`after`, '$.reason'))) FROM audit_log";
    let entry = format!("staff:7 order.move order:{number} 10.0.0.7 abc123 pending confirmed by phone");
    assert_eq!(app.database.texts(told).await, [entry]);
    assert_eq!(app.database.texts("SELECT actor FROM order_events WHERE kind = 'moved'").await, ["staff:7"]);
}

#[tokio::test]
async fn what_is_refused_leaves_nothing() {
    let app = TestApp::new().await;
    let number = ordered(&app).await;
    let seen = Seen { number: &number, version: version(&app).await };
    let before = everything(&app).await;
    let parcel = Parcel::default();
    let outcome = advance(&app.app.db, seen, Step::Ship(&parcel), (&grace(), None), clock::now()).await;
    let Err(DeskError::Move(MoveError::Refused(refused))) = outcome else { panic!("{outcome:?}") };
    assert_eq!(refused.allowed, [OrderStatus::Confirmed, OrderStatus::Cancelled]);
    let old = Seen { version: seen.version - 1, ..seen };
    let outcome = advance(&app.app.db, old, Step::Move(OrderStatus::Confirmed), (&grace(), None), clock::now()).await;
    assert!(matches!(outcome, Err(DeskError::Stale(OrderStatus::Pending))), "{outcome:?}");
    assert_eq!(everything(&app).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_people_at_once_one_wins_and_the_other_is_told() {
    let app = TestApp::new().await;
    let number = ordered(&app).await;
    let seen = Seen { number: &number, version: version(&app).await };
    let author = grace();
    let step = |to| advance(&app.app.db, seen, Step::Move(to), (&author, None), clock::now());
    let (one, other) = tokio::join!(step(OrderStatus::Confirmed), step(OrderStatus::Cancelled));
    let is_stale = |outcome: &Result<OrderStatus, DeskError>| matches!(outcome, Err(DeskError::Stale(_)));
    assert!(one.is_ok() != other.is_ok() && (is_stale(&one) || is_stale(&other)), "{one:?} {other:?}");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM audit_log").await, 1);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM order_events WHERE kind = 'moved'").await, 1);
}

#[tokio::test]
async fn a_note_stays_inside_and_a_message_goes_out_once() {
    let app = TestApp::new().await;
    let number = ordered(&app).await;
    let author = grace();
    let note = |audience, text| add_note(&app.app.db, &number, (audience, text), &author);
    note(Audience::Staff, "Asked for a gift box").await.unwrap();
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages WHERE template = 'order_note'").await, 0);
    for _ in 0..2 {
        note(Audience::Customer, "We pack it <today>").await.unwrap();
    }
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages WHERE template = 'order_note'").await, 1);
    let kinds = "SELECT CONCAT(kind, is_public) FROM order_events WHERE kind IN ('note', 'message') ORDER BY id";
    assert_eq!(app.database.texts(kinds).await, ["note0", "message1", "message1"]);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM audit_log WHERE action = 'order.note'").await, 3);
    app.work().await;
    let mail = app.database.texts("SELECT html FROM kept_messages WHERE subject LIKE 'About your order%'").await;
    assert!(mail.len() == 1 && mail[0].contains("We pack it") && !mail[0].contains("<today>"), "{mail:?}");
    let missing = add_note(&app.app.db, "MQ-22222222", (Audience::Staff, "x"), &author).await;
    assert!(matches!(missing, Err(DeskError::Move(MoveError::NotFound))), "{missing:?}");
}

#[tokio::test]
async fn a_mail_goes_out_again_and_only_that_of_its_own_order() {
    let app = TestApp::new().await;
    let number = ordered(&app).await;
    app.work().await;
    app.database.execute("UPDATE messages SET updated_at = UTC_TIMESTAMP(6) - INTERVAL 11 MINUTE").await;
    let id = u64::try_from(app.database.number("SELECT CAST(MIN(id) AS SIGNED) FROM messages").await).unwrap();
    let other = ordered(&app).await;
    let author = grace();
    let again = |number| resend(&app.app.db, (number, id), &author, clock::now());
    let refused = again(&other).await;
    assert!(matches!(refused, Err(DeskError::Move(MoveError::NotFound))), "{refused:?}");
    again(&number).await.unwrap();
    let refused = again(&number).await;
    assert!(matches!(refused, Err(DeskError::Resend(ResendRefused::TooSoon))), "{refused:?}");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM messages WHERE dedupe_key LIKE '%+%'").await, 1);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM audit_log WHERE action = 'order.resend'").await, 1);
}

/// Copies an order until there are so many, two at each moment.
async fn multiply(app: &TestApp, count: u32) {
    let columns = "cart_hash, email, phone, name, surname, language, payment_type, delivery_type, delivery_name, currency, \
                   subtotal_minor, delivery_minor, tax_minor, total_minor, price_trail, terms_version, terms_accepted_at";
    for n in 1..count {
        let copy = format!(
            "INSERT INTO orders (number, placement_key, placed_at, {columns}) SELECT CONCAT('MQ-T', LPAD({n}, 7, '0')), \
             UUID(), placed_at - INTERVAL {} MINUTE, {columns} FROM orders ORDER BY id LIMIT 1",
            n / 2
        );
        app.database.execute(&copy).await;
    }
}

async fn found(app: &TestApp, search: &Search, from: From, most: u32) -> Vec<ListedOrder> {
    list(&mut app.conn().await, search, from, most).await.unwrap()
}

#[tokio::test]
async fn pages_lead_through_all_orders_and_back() {
    let app = TestApp::new().await;
    ordered(&app).await;
    multiply(&app, 11).await;
    let all = Search::default();
    let whole: Vec<u64> = found(&app, &all, From::Newest, 99).await.iter().map(|order| order.id).collect();
    assert_eq!(whole.len(), 11);
    let (mut walked, mut pages, mut from) = (Vec::new(), Vec::new(), From::Newest);
    loop {
        let page = found(&app, &all, from, 3).await;
        let Some(last) = page.last() else { break };
        from = From::OlderThan(last.place());
        walked.extend(page.iter().map(|order| order.id));
        pages.push(page);
    }
    assert_eq!(walked, whole, "none twice, none left out, though two were placed at once");
    for pair in pages.windows(2) {
        let back = found(&app, &all, From::NewerThan(pair[1][0].place()), 3).await;
        let ids = |page: &[ListedOrder]| page.iter().map(|order| order.id).collect::<Vec<_>>();
        assert_eq!(ids(&back), ids(&pair[0]));
    }
}

#[tokio::test]
async fn orders_are_found_by_number_address_and_end_of_the_phone() {
    let app = TestApp::new().await;
    let number = ordered(&app).await;
    multiply(&app, 3).await;
    app.database
        .execute("UPDATE orders SET email = 'ada@example.com', phone = '+998907654321' WHERE number <> 'x' AND id > 1")
        .await;
    let by = |sought| Search { sought: Some(sought), ..Search::default() };
    for (sought, count) in [
        (Sought::Number(number.clone()), 1),
        (Sought::Number("MQ-22222222".to_owned()), 0),
        (Sought::Email("ADA@example.com".to_owned()), 2),
        (Sought::PhoneTail("4321".to_owned()), 2),
        (Sought::PhoneTail("4567".to_owned()), 1),
        (Sought::PhoneTail("1234".to_owned()), 0),
    ] {
        assert_eq!(found(&app, &by(sought.clone()), From::Newest, 9).await.len(), count, "{sought:?}");
    }
    let confirmed = Search { status: Some(OrderStatus::Confirmed), ..Search::default() };
    assert!(found(&app, &confirmed, From::Newest, 9).await.is_empty());
}
