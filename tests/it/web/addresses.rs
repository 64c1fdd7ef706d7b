//! The address book: one default at any time, and nobody else's to see.

use axum::http::StatusCode;
use futures_util::future::join_all;
use marquee::catalog::Format;

use crate::support::{Client, Shopper, TestApp, factory::product};

fn form(label: &str) -> Vec<(&'static str, String)> {
    let text = str::to_owned;
    vec![
        ("label", text(label)),
        ("name", text("Nora Byrne")),
        ("phone", text("+998 90 123 45 67")),
        ("country", text("UZ")),
        ("city", text("Tashkent")),
        ("line1", text("14 Meridian Row")),
    ]
}

async fn post(client: &Client, path: &str, form: &[(&'static str, String)]) -> StatusCode {
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(path, &fields).await.status
}

async fn add(client: &Client, label: &str) -> StatusCode {
    post(client, "/account/addresses/new", &form(label)).await
}

async fn path_of(app: &TestApp, label: &str) -> String {
    let id = app.database.number(&format!("SELECT CAST(id AS SIGNED) FROM addresses WHERE label = '{label}'")).await;
    format!("/account/addresses/{id}")
}

/// Labels in the order of the page, where the default stands first.
async fn labels(client: &Client) -> Vec<String> {
    client.get("/account/addresses").await.texts(".panel h2")
}

#[tokio::test]
async fn the_first_address_is_the_default_until_another_is_made_it_or_it_is_deleted() {
    let app = TestApp::new().await;
    let (_, nora) = app.customer("Nora").await;
    assert_eq!(nora.get("/account/addresses").await.texts(".empty h2").len(), 1);
    for label in ["Home", "Work", "Cabin"] {
        assert_eq!(add(&nora, label).await, StatusCode::SEE_OTHER);
    }
    let page = nora.get("/account/addresses").await;
    assert_eq!(
        (page.texts(".panel h2"), page.texts(".tag").len()),
        (vec!["Home".into(), "Work".into(), "Cabin".into()], 1)
    );
    assert!(page.statements() <= 5, "{} statements", page.statements());
    let (home, cabin) = (path_of(&app, "Home").await, path_of(&app, "Cabin").await);
    nora.post(&format!("{cabin}/default"), &[]).await;
    assert_eq!(labels(&nora).await, ["Cabin", "Home", "Work"]);
    nora.post(&format!("{cabin}/delete"), &[]).await;
    assert_eq!(labels(&nora).await, ["Home", "Work"]);
    nora.post(&format!("{home}/delete"), &[]).await;
    let page = nora.get("/account/addresses").await;
    assert_eq!((page.texts(".panel h2"), page.texts(".tag").len()), (vec!["Work".to_owned()], 1));
}

#[tokio::test]
async fn what_is_wrong_comes_back_as_it_was_typed_and_what_is_right_is_kept() {
    let app = TestApp::new().await;
    let (_, nora) = app.customer("Nora").await;
    let empty = nora.post("/account/addresses/new", &[("city", "<Tashkent>"), ("phone", "ask me")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((empty.field("city"), empty.field("phone")), ("<Tashkent>".to_owned(), "ask me".to_owned()));
    assert_eq!(empty.attributes(".error-summary a", "href"), ["#name", "#phone", "#country", "#line1"]);
    add(&nora, "Home").await;
    let home = path_of(&app, "Home").await;
    assert_eq!(nora.get(&home).await.field("phone"), "+998901234567");
    let without_street = [("line1", String::new())];
    assert_eq!(post(&nora, &home, &without_street).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(post(&nora, &home, &form("Attic")).await, StatusCode::SEE_OTHER);
    assert_eq!(labels(&nora).await, ["Attic"]);
}

#[tokio::test]
async fn nobody_else_sees_or_changes_an_address() {
    let app = TestApp::new().await;
    let (_, nora) = app.customer("Nora").await;
    let (_, other) = app.customer("Other").await;
    add(&nora, "Home").await;
    add(&nora, "Work").await;
    let work = path_of(&app, "Work").await;
    assert_eq!(other.get(&work).await.status, StatusCode::NOT_FOUND);
    assert_eq!(post(&other, &work, &form("Mine")).await, StatusCode::NOT_FOUND);
    assert_eq!(post(&other, &work, &[]).await, StatusCode::NOT_FOUND);
    for what in ["default", "delete"] {
        assert_eq!(other.post(&format!("{work}/{what}"), &[]).await.status, StatusCode::NOT_FOUND, "{what}");
    }
    assert_eq!(labels(&nora).await, ["Home", "Work"]);
    let door = app.guest().get("/account/addresses").await;
    assert_eq!(door.header("location"), "/account/login?next=%2Faccount%2Faddresses");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_are_twenty_addresses_and_one_default_whatever_happens_at_once() {
    let app = TestApp::new().await;
    let (_, nora) = app.customer("Nora").await;
    let names: Vec<String> = (0..24).map(|n| format!("Place {n}")).collect();
    let answers = join_all(names.iter().map(|name| add(&nora, name))).await;
    assert_eq!(answers.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 20, "{answers:?}");
    let paths = nora.get("/account/addresses").await.attributes(".panel .cluster a.btn--quiet", "href");
    let changes = paths.iter().enumerate().map(|(n, path)| {
        let what = if n % 3 == 0 { "delete" } else { "default" };
        let (nora, path) = (&nora, format!("{path}/{what}"));
        async move { nora.post(&path, &[]).await.status }
    });
    let answers = join_all(changes).await;
    assert!(answers.iter().all(|status| *status == StatusCode::SEE_OTHER), "{answers:?}");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM addresses").await, 13);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM addresses WHERE is_default").await, 1);
}

#[tokio::test]
async fn an_order_goes_to_an_address_of_the_book_or_brings_a_new_one_into_it() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 999, 50).insert(&mut app.conn().await).await;
    let sku = film.editions[0].sku.as_str();
    let (id, nora) = app.customer("Nora").await;
    for label in ["Home", "Cabin"] {
        assert_eq!(add(&nora, label).await, StatusCode::SEE_OTHER);
    }
    app.database.execute("UPDATE addresses SET line1 = '7 Pine Lane' WHERE label = 'Cabin'").await;
    let row =
        |label: &str| format!("SELECT CAST(id AS SIGNED) FROM addresses WHERE label = '{label}' AND client_id = {id}");
    let cabin = app.database.number(&row("Cabin")).await.to_string();
    let home = app.database.number(&row("Home")).await.to_string();
    let shopper = Shopper { client: nora.clone() };
    let went_to = || app.database.text("SELECT ship_line1 FROM orders ORDER BY id DESC LIMIT 1");

    shopper.put(sku, 1).await;
    let form = nora.get("/checkout").await;
    assert_eq!(form.attributes("[name=address][checked]", "value"), [home], "the default is chosen");
    assert_eq!(form.field("phone"), "+998901234567", "the address knows whom to call");
    assert!(form.statements() <= 3, "{}", form.statements());
    let (key, total) = shopper.open_form().await;
    let refused = shopper.place(&key, &total, &[("address", &cabin), ("terms", "")]).await;
    assert_eq!(refused.attributes("[name=address][checked]", "value"), [cabin.as_str()], "the choice stays");
    let chosen = [("address", cabin.as_str()), ("line1", "ignored"), ("save_address", "on")];
    assert_eq!(shopper.place(&key, &total, &chosen).await.status, StatusCode::SEE_OTHER);
    assert_eq!(went_to().await, "7 Pine Lane");
    assert_eq!(labels(&nora).await, ["Home", "Cabin"], "what the book holds is not kept twice");
    nora.submit(&format!("/account/addresses/{cabin}/delete"), &[]).await;
    assert_eq!(went_to().await, "7 Pine Lane", "an order keeps its own copy");

    for (saves, kept) in [("", 1), ("on", 2), ("on", 2)] {
        nora.submit("/cart/items", &[("sku", sku), ("quantity", "1"), ("again", "1")]).await;
        let (key, total) = shopper.open_form().await;
        let typed = [("address", ""), ("line1", "9 Elsewhere Street"), ("save_address", saves)];
        assert_eq!(shopper.place(&key, &total, &typed).await.status, StatusCode::SEE_OTHER);
        assert_eq!(went_to().await, "9 Elsewhere Street");
        assert_eq!(labels(&nora).await.len(), kept);
    }

    let (_, other) = app.customer("Other").await;
    let thief = Shopper { client: other.clone() };
    thief.put(sku, 1).await;
    let (key, total) = thief.open_form().await;
    let home = app.database.number(&row("Home")).await.to_string();
    let theirs = [("address", home.as_str()), ("line1", "1 Own Road")];
    assert_eq!(thief.place(&key, &total, &theirs).await.status, StatusCode::SEE_OTHER);
    assert_eq!(went_to().await, "1 Own Road", "nobody chooses from another's book");
}

#[tokio::test]
async fn an_address_is_deleted_after_a_question() {
    let app = TestApp::new().await;
    let (_, nora) = app.customer("Nora").await;
    assert_eq!(add(&nora, "Home").await, StatusCode::SEE_OTHER);
    let book = nora.get("/account/addresses").await;
    let ways = book.attributes("section a", "href");
    let way = ways.iter().find(|way| way.ends_with("/delete")).unwrap();
    let asked = nora.get(way).await;
    assert_eq!(asked.texts("h1"), ["Delete this address?"]);
    assert!(asked.text().contains("Home") && asked.statements() <= 5);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM addresses").await, 1, "looking changes nothing");
    nora.submit(way, &[]).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM addresses").await, 0);
    assert_eq!(nora.get(way).await.status, StatusCode::NOT_FOUND);
}
