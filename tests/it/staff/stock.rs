//! Stock and prices.

use marquee::{catalog::Format, personnel::Role};

use crate::support::{Answer, Client, TestApp, factory::product};

/// A shop with one film, three units of it.
async fn shop() -> (TestApp, String) {
    let app = TestApp::new().await;
    let film = product().title("Solaris").edition(Format::BluRay, 1999, 3).insert(&mut app.conn().await).await;
    (app, film.editions[0].sku.clone())
}

async fn version(client: &Client, sku: &str) -> String {
    let page = client.get(&format!("/admin/stock/{sku}")).await;
    assert!(page.statements() <= 10, "{}", page.statements());
    page.field("version")
}

async fn adjust(client: &Client, sku: &str, version: &str, delta: &str) -> Answer {
    let form = [("sku", sku), ("version", version), ("delta", delta), ("reason", "count"), ("note", "shelf 4")];
    client.post("/admin/stock/adjust", &form).await
}

async fn reprice(client: &Client, sku: &str, version: &str, price: &str) -> Answer {
    let form = [("version", version), ("price", price), ("sale_price", "9.99"), ("sale_from", ""), ("sale_to", "")];
    client.post(&format!("/admin/editions/{sku}"), &form).await
}

#[tokio::test]
async fn stock_is_adjusted_with_a_reason_and_put_on_record() {
    let (app, sku) = shop().await;
    let client = app.employee(&[Role::Warehouse]).await;
    let answer = adjust(&client, &sku, &version(&client, &sku).await, "-2").await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = client.get(answer.header("location")).await;
    assert!(page.text().contains("There are 1 now") && page.text().contains("shelf 4"));
    let ledger = "SELECT CONCAT_WS(' ', delta, reason, actor, note, balance_after) FROM stock_movements ORDER BY id DESC LIMIT 1";
    assert_eq!(app.database.texts(ledger).await, ["-2 count staff:1 shelf 4 1"]);
    let recorded = "SELECT CONCAT_WS(' ', actor, object, JSON_VALUE(`before`, '$.stock'), JSON_VALUE(`after`, '$.stock')) \
                    FROM audit_log WHERE action = 'stock.adjust'";
    assert_eq!(app.database.texts(recorded).await, [format!("staff:1 edition:{sku} 3 1")]);

    let version = version(&client, &sku).await;
    for wrong in ["-2", "0", "many"] {
        let answer = adjust(&client, &sku, &version, wrong).await;
        assert_eq!((answer.status.as_u16(), answer.field("delta").as_str()), (422, wrong));
    }
    assert_eq!(app.database.number("SELECT stock FROM editions").await, 1);
    assert_eq!(adjust(&client, "NONE", &version, "1").await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_adjust_at_once_one_is_told_and_nothing_is_counted_twice() {
    let (app, sku) = shop().await;
    let client = app.employee(&[Role::Warehouse]).await;
    let version = version(&client, &sku).await;
    let outcomes = futures_util::future::join_all((0..6).map(|_| adjust(&client, &sku, &version, "5"))).await;
    let statuses: Vec<_> = outcomes.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 303 | 409)), "{statuses:?}");
    assert_eq!(app.database.number("SELECT stock FROM editions").await, 8);
}

#[tokio::test]
async fn a_price_over_a_newer_one_is_refused_and_both_are_shown() {
    let (app, sku) = shop().await;
    let (first, second) = (app.employee(&[Role::Catalog]).await, app.employee(&[Role::Manager]).await);
    let version = version(&first, &sku).await;
    assert_eq!(reprice(&first, &sku, &version, "24.50").await.status, 303);
    let conflict = reprice(&second, &sku, &version, "18.00").await;
    assert_eq!(conflict.status, 409);
    assert_eq!(conflict.field("price"), "18.00", "what was typed");
    assert!(conflict.texts("dl.facts")[0].contains("$24.50"), "what is there now");
    assert_eq!(app.database.number("SELECT price_minor FROM editions").await, 2450);
    let now = conflict.field("version");
    assert_eq!(reprice(&second, &sku, &now, "18.00").await.status, 303, "on purpose this time");
    let history =
        "SELECT CONCAT_WS(' ', price_minor, sale_price_minor, actor) FROM price_history ORDER BY id DESC LIMIT 2";
    assert_eq!(app.database.texts(history).await, ["1800 999 staff:2", "2450 999 staff:1"]);
    let recorded = "SELECT COUNT(*) FROM audit_log WHERE action = 'edition.price'";
    assert_eq!(app.database.number(recorded).await, 2);
}

#[tokio::test]
async fn a_new_price_reaches_kept_pages() {
    let app = TestApp::with(&[("MARQUEE_CACHE_TTL", "300")]).await;
    let film = product().title("Solaris").edition(Format::BluRay, 1999, 3).insert(&mut app.conn().await).await;
    app.follow().await;
    let guest = app.guest();
    let path = format!("/films/{}", film.slug);
    assert!(guest.get(&path).await.text().contains("$19.99"));
    let client = app.employee(&[Role::Owner]).await;
    let sku = &film.editions[0].sku;
    assert_eq!(reprice(&client, sku, &version(&client, sku).await, "31.00").await.status, 303);
    for _ in 0..100 {
        if guest.get(&path).await.text().contains("$9.99") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the film's page still shows the old price");
}

#[tokio::test]
async fn the_list_goes_on_where_a_page_ends() {
    let app = TestApp::new().await;
    for stock in 0..60 {
        product()
            .edition(Format::Dvd, 999, stock % 7)
            .edition(Format::DigitalHd, 999, 0)
            .insert(&mut app.conn().await)
            .await;
    }
    let client = app.employee(&[Role::Analyst]).await;
    let first = client.get("/admin/stock").await;
    assert!(first.statements() <= 10);
    let second = client.get(&first.attributes("a[rel=next]", "href")[0]).await;
    let skus = |page: &Answer| page.texts("tbody td:first-child");
    let mut all = [skus(&first), skus(&second)].concat();
    assert_eq!((skus(&first).len(), all.len()), (50, 60));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 60, "nobody twice, nobody left out");
    let wanted = client.get(&format!("/admin/stock?sku={}", all[7].to_lowercase())).await;
    assert!(skus(&wanted).contains(&all[7]));
    let low = client.get("/admin/stock?low=1").await;
    assert_eq!(low.texts("tbody .tag--warn").len(), skus(&low).len());
    assert_eq!(
        client.get(&format!("/admin/stock/{}", all[7])).await.attributes("form[action*=adjust]", "action").len(),
        0
    );
}

#[tokio::test]
async fn a_forged_form_is_put_on_record_and_a_wrong_link_is_not() {
    let (app, sku) = shop().await;
    let moderator = app.employee(&[Role::Moderator]).await;
    assert_eq!(moderator.get("/admin/stock").await.status, 403);
    let refused = "SELECT CONCAT_WS(' ', actor, object, JSON_VALUE(`after`, '$.permission'), ip) FROM audit_log \
                   WHERE action = 'access.refused'";
    assert_eq!(app.database.texts(refused).await, ["staff:1 /admin/stock stock.view 127.0.0.1"]);
    assert_eq!(adjust(&moderator, &sku, "1", "50").await.status, 403);
    assert_eq!(app.database.texts(refused).await[1], "staff:1 /admin/stock/adjust stock.edit 127.0.0.1");
    assert_eq!(app.database.number("SELECT stock FROM editions").await, 3);
}
