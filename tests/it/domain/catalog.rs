//! Changes of the catalogue, and where old addresses lead after them.

use axum::http::StatusCode;
use marquee::{
    catalog::{
        Format, StockReason,
        actions::{
            Adjustment, Refusal, Removal, adjust_stock, change_slug, remove_product, set_category_parent, set_prices,
        },
        queries::{self, Prices},
    },
    platform::clock,
};
use sqlx::error::ErrorKind;
use time::Duration;

use crate::support::{
    TestApp,
    factory::{category, product},
};

async fn rename(app: &TestApp, id: u64, slug: &str, force: bool) -> Result<(), Refusal> {
    let mut tx = app.app.db.begin().await.unwrap();
    change_slug(&mut tx, id, slug, force, clock::now()).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn remove(app: &TestApp, id: u64, successor: Option<u64>) -> Removal {
    let mut tx = app.app.db.begin().await.unwrap();
    let removal = remove_product(&mut tx, id, successor, clock::now()).await.unwrap();
    tx.commit().await.unwrap();
    removal
}

/// Status and target of a film's address.
async fn lookup(app: &TestApp, path: &str) -> (u16, String) {
    let page = app.guest().get(path).await;
    (page.status.as_u16(), page.header("location").to_owned())
}

#[tokio::test]
async fn old_addresses_lead_to_the_film_in_one_step() {
    let app = TestApp::new().await;
    let id = product().slug("one").insert(&mut app.conn().await).await.id;
    rename(&app, id, "two", false).await.unwrap();
    rename(&app, id, "three", false).await.unwrap();
    for old in ["one", "two"] {
        assert_eq!(lookup(&app, &format!("/films/{old}")).await, (301, "/films/three".to_owned()));
        assert_eq!(lookup(&app, &format!("/ru/films/{old}?edition=X")).await, (301, "/ru/films/three".to_owned()));
    }
    rename(&app, id, "one", false).await.unwrap();
    assert_eq!(lookup(&app, "/films/one").await.0, 200, "it may go back to its own");
    assert_eq!(lookup(&app, "/films/three").await, (301, "/films/one".to_owned()));
    let tags = format!("SELECT COUNT(*) FROM cache_invalidations WHERE tag = 'film:{id}'");
    assert_eq!(app.database.number(&tags).await, 3);
}

#[tokio::test]
async fn an_old_address_stays_its_films_for_180_days() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let first = product().slug("first").insert(&mut conn).await.id;
    let second = product().slug("second").insert(&mut conn).await.id;
    rename(&app, first, "renamed", false).await.unwrap();
    assert!(matches!(rename(&app, second, "renamed", true).await, Err(Refusal::SlugTaken)));
    assert!(matches!(rename(&app, second, "first", false).await, Err(Refusal::SlugReserved)));
    rename(&app, second, "first", true).await.unwrap();
    assert_eq!(lookup(&app, "/films/first").await.0, 200, "force takes it");

    app.database.execute("UPDATE slug_history SET updated_at = UTC_TIMESTAMP(6) - INTERVAL 179 DAY").await;
    assert!(matches!(rename(&app, first, "second", false).await, Err(Refusal::SlugReserved)));
    app.database.execute("UPDATE slug_history SET updated_at = UTC_TIMESTAMP(6) - INTERVAL 181 DAY").await;
    rename(&app, first, "second", false).await.unwrap();
    assert_eq!(lookup(&app, "/films/second").await.0, 200);
}

#[tokio::test]
async fn a_removed_film_is_gone_or_followed_by_its_successor() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let film = product().slug("old").edition(Format::Dvd, 999, 5).insert(&mut conn).await;
    let next = product().slug("next").insert(&mut conn).await.id;
    let last = product().slug("last").insert(&mut conn).await.id;
    rename(&app, film.id, "older", false).await.unwrap();
    assert_eq!(remove(&app, film.id, Some(next)).await, Removal::Deleted);
    for old in ["old", "older"] {
        assert_eq!(lookup(&app, &format!("/films/{old}")).await, (301, "/films/next".to_owned()));
    }
    assert_eq!(app.database.number("SELECT COUNT(*) FROM editions").await, 0);
    remove(&app, next, Some(last)).await;
    assert_eq!(lookup(&app, "/films/old").await, (301, "/films/last".to_owned()), "one step, also after two removals");
    remove(&app, last, None).await;
    for gone in ["old", "older", "next", "last"] {
        assert_eq!(lookup(&app, &format!("/uz/films/{gone}")).await.0, 410, "{gone}");
    }
    let page = app.guest().get("/films/last").await;
    assert_eq!((page.status, page.texts("h1").len()), (StatusCode::GONE, 1));
}

#[tokio::test]
async fn a_film_that_people_have_reviewed_is_archived_instead() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let film = product().slug("kept").edition(Format::Dvd, 999, 5).insert(&mut conn).await;
    let review = format!("INSERT INTO reviews (product_id, rating, body) VALUES ({}, 5, 'Good')", film.id);
    app.database.execute(&review).await;
    assert_eq!(remove(&app, film.id, None).await, Removal::Archived);
    let page = app.guest().get("/films/kept").await;
    assert_eq!((page.status, page.attributes("form.buy", "action").len()), (StatusCode::OK, 0));
    let mut tx = app.app.db.begin().await.unwrap();
    let own = remove_product(&mut tx, film.id, Some(film.id), clock::now()).await;
    assert!(matches!(own, Err(Refusal::OwnSuccessor)));
}

#[tokio::test]
async fn categories_move_with_all_below_them_and_never_below_themselves() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let a = category(&mut conn, "a", None).await;
    let b = category(&mut conn, "b", Some(a)).await;
    let c = category(&mut conn, "c", Some(b)).await;
    let other = category(&mut conn, "other", None).await;
    for below in [a, b, c] {
        let mut tx = app.app.db.begin().await.unwrap();
        assert!(matches!(set_category_parent(&mut tx, a, Some(below)).await, Err(Refusal::Circle)), "{below}");
    }
    let mut tx = app.app.db.begin().await.unwrap();
    set_category_parent(&mut tx, b, Some(other)).await.unwrap();
    tx.commit().await.unwrap();
    let path = async |id: u64| {
        let mut conn = app.conn().await;
        let path: String =
            sqlx::query_scalar("SELECT path FROM categories WHERE id = ?").bind(id).fetch_one(&mut conn).await.unwrap();
        path
    };
    assert_eq!(path(b).await, format!("/{other}/{b}/"));
    assert_eq!(path(c).await, format!("/{other}/{b}/{c}/"));
    assert_eq!(path(a).await, format!("/{a}/"));
    let mut tx = app.app.db.begin().await.unwrap();
    set_category_parent(&mut tx, c, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(path(c).await, format!("/{c}/"));
}

#[tokio::test]
async fn prices_are_remembered_and_reach_the_film() {
    let app = TestApp::new().await;
    let film = product().slug("priced").edition(Format::Dvd, 1999, 5).insert(&mut app.conn().await).await;
    let id = film.editions[0].id;
    let now = clock::now();
    let sale = Prices {
        price_minor: 2500,
        sale_price_minor: Some(1250),
        sale_from: Some(now),
        sale_to: Some(now + Duration::days(1)),
    };
    let mut tx = app.app.db.begin().await.unwrap();
    set_prices(&mut tx, id, Prices { price_minor: 1700, ..Prices::default() }, "test", now - Duration::days(5))
        .await
        .unwrap();
    set_prices(&mut tx, id, sale, "test", now).await.unwrap();
    tx.commit().await.unwrap();
    let row = queries::films(&mut app.conn().await, &[film.id]).await.unwrap().remove(0);
    assert_eq!((row.price_min_minor, row.on_sale), (Some(1250), true));
    let page = app.guest().get("/films/priced").await;
    assert_eq!(page.texts(".offer__price .price"), ["Was $25.00 Now $12.50"]);
    assert!(page.text().contains("before the sale: $17.00"));

    let mut tx = app.app.db.begin().await.unwrap();
    let dearer = Prices { sale_price_minor: Some(2500), ..sale };
    let Err(Refusal::Database(sqlx::Error::Database(error))) = set_prices(&mut tx, id, dearer, "test", now).await
    else {
        panic!("a sale must be cheaper");
    };
    assert_eq!(error.kind(), ErrorKind::CheckViolation);
}

#[tokio::test]
async fn stock_changes_leave_a_line_in_the_ledger() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 5).insert(&mut app.conn().await).await;
    let id = film.editions[0].id;
    let adjust = async |delta, reason| {
        let mut tx = app.app.db.begin().await.unwrap();
        let adjustment = Adjustment { delta, reason, actor: "test", note: "" };
        let balance = adjust_stock(&mut tx, id, adjustment, clock::now()).await?;
        tx.commit().await.unwrap();
        Ok::<_, Refusal>(balance)
    };
    assert_eq!(adjust(3, StockReason::Purchase).await.unwrap(), 8);
    assert_eq!(adjust(-8, StockReason::Damage).await.unwrap(), 0);
    assert!(matches!(adjust(-1, StockReason::Count).await, Err(Refusal::NotEnoughStock)));
    let row = queries::films(&mut app.conn().await, &[film.id]).await.unwrap().remove(0);
    assert!(!row.in_stock);
    let ledger = "SELECT CAST(COUNT(*) * 100 + SUM(delta) * 10 + MIN(balance_after) AS SIGNED) FROM stock_movements \
                  WHERE reason <> 'initial'";
    assert_eq!(app.database.number(ledger).await, 2 * 100 - 5 * 10);
}
