//! Parcels: what of an order leaves, who may follow it, and that it leaves once.

use axum::http::StatusCode;
use marquee::{
    catalog::Format,
    orders::{
        OrderStatus,
        actions::{By, MoveError, Packed, Step, take_step},
        mails::Parcel,
    },
    personnel::Role,
    platform::clock,
};

use crate::support::{Answer, Client, Shopper, TestApp, factory::product};

struct Desk {
    app: TestApp,
    number: String,
    warehouse: Client,
}

impl Desk {
    /// An order of two discs of one film, one of another and a code, that is being packed.
    async fn new() -> Self {
        let app = TestApp::new().await;
        let mut conn = app.conn().await;
        let one = product().title("Solaris").edition(Format::Dvd, 1999, 9).edition(Format::DigitalHd, 999, 0);
        let one = one.insert(&mut conn).await;
        let two = product().title("Mirror").edition(Format::BluRay, 2999, 9).insert(&mut conn).await;
        let shopper = Shopper::new(&app);
        let wanted = [(&*one.editions[0].sku, 2), (&*one.editions[1].sku, 1), (&*two.editions[0].sku, 1)];
        let number = shopper.order(&wanted).await;
        for to in [OrderStatus::Confirmed, OrderStatus::Processing] {
            step(&app, &number, Step::Move(to)).await.unwrap();
        }
        let warehouse = app.employee(&[Role::Warehouse]).await;
        Self { app, number, warehouse }
    }

    fn path(&self) -> String {
        format!("/admin/orders/{}", self.number)
    }

    async fn page(&self) -> Answer {
        self.warehouse.get(&self.path()).await
    }

    /// Sends the form of this page with so many of each line.
    async fn send(&self, page: &Answer, quantities: &[&str], carrier: &str, tracking: &str) -> Answer {
        let (version, names) = (page.field("version"), page.attributes("[name^=line-]", "name"));
        let mut form = vec![("version", version.as_str()), ("carrier", carrier), ("tracking", tracking)];
        form.extend(names.iter().map(String::as_str).zip(quantities.iter().copied()));
        self.warehouse.post(&format!("{}/shipments", self.path()), &form).await
    }

    async fn shipped(&self) -> Vec<String> {
        self.app.database.texts("SELECT CAST(quantity_shipped AS CHAR) FROM order_lines ORDER BY id").await
    }

    async fn status(&self) -> String {
        self.app.database.texts("SELECT status FROM orders").await.remove(0)
    }
}

async fn step(app: &TestApp, number: &str, step: Step<'_>) -> Result<OrderStatus, MoveError> {
    take_step(&app.app.db, number, step, By { actor: "test", reason: None }, clock::now()).await
}

#[tokio::test]
async fn an_order_leaves_in_parcels_that_its_customer_can_follow() {
    let desk = Desk::new().await;
    let page = desk.page().await;
    assert!(page.statements() <= 10, "{}", page.statements());
    assert_eq!(page.attributes("[name^=line-]", "value"), ["2", "1"], "codes are in no parcel");
    assert_eq!(desk.send(&page, &["1", "0"], "post", "SR 1/2").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        (desk.shipped().await, desk.status().await),
        (vec!["1".into(), "0".into(), "0".into()], "processing".into())
    );
    let page = desk.page().await;
    assert_eq!(page.attributes("[name^=line-]", "value"), ["1", "1"], "what is left");
    assert!(!page.texts("button[name=to]").contains(&"Cancel the order".to_owned()), "what has left is not cancelled");
    assert_eq!(desk.send(&page, &["1", "1"], "courier", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        (desk.shipped().await, desk.status().await),
        (vec!["2".into(), "0".into(), "1".into()], "shipped".into())
    );
    assert!(desk.page().await.attributes("[name^=line-]", "name").is_empty(), "nothing is left to send");

    desk.app.work().await;
    let mails = desk.app.database.texts("SELECT CONCAT(subject, html) FROM kept_messages ORDER BY id").await;
    let told = |words: &str| mails.iter().filter(|mail| mail.contains(words)).count();
    assert_eq!((told("A part of your order is on its way"), told("Your order is on its way")), (1, 1));
    assert_eq!(told("https://post.example/track/SR%201%2F2"), 2, "both mails know the first parcel");

    let number = &desk.number;
    let link =
        desk.app.database.texts("SELECT text FROM kept_messages WHERE text LIKE '%?t=%' LIMIT 1").await.remove(0);
    let link = link.split_whitespace().find(|word| word.contains("?t=")).unwrap().to_owned();
    let seen = desk.app.guest().get(&link[link.find("/orders/").unwrap()..]).await;
    assert!(seen.text().contains(number.as_str()) && seen.statements() <= 5, "{}", seen.statements());
    let follow = seen.attributes("#parcels ~ ol a", "href");
    assert_eq!(follow, ["https://post.example/track/SR%201%2F2"]);
    let parcels = seen.texts("#parcels ~ ol > li");
    assert!(parcels.len() == 2 && parcels[0].contains("1 × Solaris") && !parcels[0].contains("Mirror"), "{parcels:?}");
    assert!(parcels[1].contains("Marquee courier") && parcels[1].contains("1 × Mirror"), "{parcels:?}");
    assert_eq!(seen.texts(".timeline li").iter().filter(|step| step.starts_with("A parcel has left us")).count(), 2);

    let audit = "SELECT CONCAT_WS(' ', action, JSON_UNQUOTE(JSON_EXTRACT(`after`, '$.parcel.tracking'))) FROM audit_log \
                 WHERE action = 'order.ship' ORDER BY id";
    assert_eq!(desk.app.database.texts(audit).await, ["order.ship SR 1/2", "order.ship "]);
}

#[tokio::test]
async fn its_owner_sees_the_parcels_in_the_account() {
    let desk = Desk::new().await;
    let (client, owner) = desk.app.customer("nora").await;
    desk.app.database.execute(&format!("UPDATE orders SET client_id = {client}")).await;
    step(&desk.app, &desk.number, Step::Ship(&Parcel { tracking: "T7".to_owned(), ..Parcel::default() }))
        .await
        .unwrap();
    let page = owner.get(&format!("/account/orders/{}", desk.number)).await;
    assert!(page.texts("#parcels ~ ol > li")[0].contains("T7"), "{}", page.text());
    assert!(page.statements() <= 5, "{}", page.statements());
    let (_, stranger) = desk.app.customer("ada").await;
    assert_eq!(stranger.get(&format!("/account/orders/{}", desk.number)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_with_what_was_typed() {
    let desk = Desk::new().await;
    let page = desk.page().await;
    for (quantities, carrier, tracking, problem) in [
        (["3", "0"], "post", "A1", "no more of each film than is left"),
        (["-1", "1"], "post", "A1", "no more of each film than is left"),
        (["0", ""], "post", "A1", "at least one film"),
        (["1", "1"], "balloon", "A1", "who carries"),
        (["1", "1"], "post", "", "number on the label"),
        (["1", "1"], "post", "\"><script>", "number on the label"),
        (["1", "1"], "courier", "я", "number on the label"),
    ] {
        let refused = desk.send(&page, &quantities, carrier, tracking).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert!(refused.texts("#errors")[0].contains(problem), "{problem}: {}", refused.text());
        assert_eq!(refused.attributes("[name^=line-]", "value"), quantities, "{problem}");
        assert_eq!(refused.attributes("#tracking", "value"), [tracking]);
    }
    assert_eq!(desk.shipped().await, ["0", "0", "0"]);
    let analyst = desk.app.employee(&[Role::Analyst]).await;
    let forged = analyst.post(&format!("{}/shipments", desk.path()), &[("version", "1")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_at_once_send_one_parcel() {
    let desk = Desk::new().await;
    let page = desk.page().await;
    let send = || desk.send(&page, &["1", "0"], "post", "SR1");
    let (one, other) = tokio::join!(send(), send());
    let (won, told) = if one.status == StatusCode::SEE_OTHER { (one, other) } else { (other, one) };
    assert_eq!((won.status, told.status), (StatusCode::SEE_OTHER, StatusCode::CONFLICT));
    assert!(told.texts("main [role=alert]")[0].starts_with("Somebody else was quicker"), "{}", told.text());
    assert_eq!(told.attributes("#tracking", "value"), ["SR1"], "what was typed is still there");
    assert_eq!(desk.shipped().await, ["1", "0", "0"]);
    assert_eq!(desk.app.database.number("SELECT COUNT(*) FROM shipments").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_leaves_than_was_ordered() {
    let desk = Desk::new().await;
    let line = desk.app.database.number("SELECT CAST(MIN(id) AS SIGNED) FROM order_lines").await;
    let contents = [Packed { line_id: line.try_into().unwrap(), quantity: 1 }];
    let parcel = Parcel::default();
    let sent = || step(&desk.app, &desk.number, Step::ShipPart(&parcel, &contents));
    let outcomes = tokio::join!(sent(), sent(), sent());
    let outcomes = [outcomes.0, outcomes.1, outcomes.2];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 2, "{outcomes:?}");
    assert!(outcomes.iter().any(|outcome| matches!(outcome, Err(MoveError::NotToPack))), "{outcomes:?}");
    assert_eq!(desk.shipped().await, ["2", "0", "0"]);
    let cancelled = step(&desk.app, &desk.number, Step::Move(OrderStatus::Cancelled)).await;
    assert!(matches!(cancelled, Err(MoveError::Refused(_))), "{cancelled:?}");
}

#[tokio::test]
async fn notes_are_for_the_desk_and_words_to_the_customer_for_both() {
    let desk = Desk::new().await;
    let notes = format!("{}/notes", desk.path());
    desk.warehouse.submit(&notes, &[("audience", "staff"), ("text", "Box is <torn>")]).await;
    desk.warehouse.submit(&notes, &[("audience", "customer"), ("text", "We pack <tomorrow>")]).await;
    step(&desk.app, &desk.number, Step::Ship(&Parcel::default())).await.unwrap();
    step(&desk.app, &desk.number, Step::Pay).await.unwrap();
    desk.app.work().await;
    let (client, owner) = desk.app.customer("nora").await;
    desk.app.database.execute(&format!("UPDATE orders SET client_id = {client}")).await;
    let base = format!("/account/orders/{}", desk.number);
    let page = owner.get(&base).await;
    let timeline = page.texts(".timeline li");
    assert!(
        timeline.iter().any(|step| step.contains("We pack <tomorrow>") && step.contains("the shop")),
        "{timeline:?}"
    );
    let invoice = owner.get(&format!("{base}/invoice")).await;
    assert_eq!(invoice.status, StatusCode::OK);
    let mails = desk.app.database.texts("SELECT CONCAT(text, html) FROM kept_messages").await;
    assert_eq!(mails.iter().filter(|mail| mail.contains("We pack <tomorrow>")).count(), 1);
    let everything = [page.text(), invoice.text()].into_iter().chain(mails.iter().map(String::as_str));
    for shown in everything {
        assert!(!shown.contains("torn"), "{shown}");
    }
}
