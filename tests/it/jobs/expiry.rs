//! Orders that nobody pays give their stock back in time; those paid in cash keep it.

use marquee::{
    catalog::Format,
    orders::{actions::expire_unpaid, jobs::ExpireUnpaidOrders},
    platform::clock,
};

use crate::support::{Shopper, TestApp, factory::product};

/// Lets an order be one that is paid online, with its time over since a minute.
async fn make_due(app: &TestApp, number: &str, changes: &str) {
    let due = "payment_type = 'payme', expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE";
    app.database.execute(&format!("UPDATE orders SET {due}{changes} WHERE number = '{number}'")).await;
}

#[tokio::test]
async fn what_is_not_paid_in_time_goes_back_on_the_shelf() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 20).insert(&mut app.conn().await).await;
    let sku = &*film.editions[0].sku;
    let kept = [
        ", payment_type = 'cash'",
        ", expires_at = UTC_TIMESTAMP(6) + INTERVAL 1 MINUTE",
        ", expires_at = NULL",
        ", payment_status = 'paid', paid_minor = total_minor",
        ", payment_status = 'authorized'",
        ", status = 'confirmed'",
    ];
    for changes in kept {
        let number = Shopper::new(&app).order(&[(sku, 1)]).await;
        make_due(&app, &number, changes).await;
    }
    let mut due = Vec::new();
    for changes in ["", ", payment_status = 'pending'", ", payment_status = 'failed'"] {
        let number = Shopper::new(&app).order(&[(sku, 2)]).await;
        make_due(&app, &number, changes).await;
        due.push(number);
    }
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&ExpireUnpaidOrders {}).await.unwrap();
    tx.commit().await.unwrap();
    app.work().await;

    let mut expired = app.database.texts("SELECT number FROM orders WHERE status = 'cancelled'").await;
    expired.sort_unstable();
    due.sort_unstable();
    assert_eq!(expired, due);
    let voided = "SELECT COUNT(*) FROM orders WHERE payment_status = 'voided' AND status = 'cancelled'";
    assert_eq!(app.database.number(voided).await, 3);
    assert_eq!(app.database.number("SELECT CAST(stock AS SIGNED) FROM editions").await, 20 - 6);
    let actors = app.database.texts("SELECT DISTINCT actor FROM order_events WHERE to_status = 'cancelled'").await;
    assert_eq!(actors, ["expiry"]);
    let told = "SELECT text FROM kept_messages WHERE text LIKE '%No payment arrived in time%'";
    assert_eq!(app.database.texts(told).await.len(), 3, "the customers are told why");
}

#[tokio::test]
async fn one_that_cannot_be_cancelled_holds_up_no_other() {
    let app = TestApp::new().await;
    let mut conn = app.conn().await;
    let broken = product().edition(Format::Dvd, 1999, 5).insert(&mut conn).await;
    let film = product().edition(Format::Dvd, 1999, 5).insert(&mut conn).await;
    for film in [&broken, &film] {
        let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
        make_due(&app, &number, "").await;
    }
    let cut = format!("CHECK (reason <> 'cancel' OR edition_id <> {})", broken.editions[0].id);
    app.database.execute(&format!("ALTER TABLE stock_movements ADD CONSTRAINT cut {cut}")).await;
    assert_eq!(expire_unpaid(&app.app.db, clock::now()).await.unwrap(), 1);
    app.database.execute("ALTER TABLE stock_movements DROP CONSTRAINT cut").await;
    assert_eq!(expire_unpaid(&app.app.db, clock::now()).await.unwrap(), 1, "its turn comes with the next run");
}

/// So many orders of one unit that are due, written as the shop writes them.
async fn many_due(app: &TestApp, count: usize) {
    let film = product().edition(Format::Dvd, 1999, 1000).insert(&mut app.conn().await).await;
    let number = Shopper::new(app).order(&[(&film.editions[0].sku, 1)]).await;
    make_due(app, &number, "").await;
    let copy = async |table: &str, columns: &[&str], values: &str, from: &str| {
        let kept = format!(
            "SELECT GROUP_CONCAT(CONCAT('`', column_name, '`')) FROM information_schema.columns \
             WHERE table_schema = DATABASE() AND table_name = '{table}' AND extra NOT LIKE '%GENERATED%' \
             AND column_name NOT IN ('id', '{}')",
            columns.join("', '")
        );
        let kept = app.database.texts(&kept).await.remove(0);
        let named = columns.join(", ");
        app.database
            .execute(&format!("INSERT INTO {table} ({named}, {kept}) SELECT {values}, {kept} FROM {from}"))
            .await;
    };
    for n in 1..count {
        let (number, key) = (format!("MQ-{n:08}"), format!("{n:036}"));
        copy("orders", &["number", "placement_key"], &format!("'{number}', '{key}'"), "orders WHERE id = 1").await;
    }
    let line = "(SELECT * FROM order_lines LIMIT 1) l JOIN (SELECT id AS of_order FROM orders WHERE id > 1) o";
    copy("order_lines", &["order_id"], "of_order", line).await;
    let sale = "(SELECT * FROM stock_movements WHERE reason = 'sale' LIMIT 1) m \
                JOIN (SELECT id AS of_line FROM order_lines WHERE id > 1) l";
    copy("stock_movements", &["order_line_id"], "of_line", sale).await;
    let sold = "UPDATE editions SET stock = 1000 - (SELECT COUNT(*) FROM orders)";
    app.database.execute(sold).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_at_once_cancel_each_order_once() {
    let app = TestApp::new().await;
    let other = TestApp::on(app.database.clone(), &[]);
    many_due(&app, 130).await;
    let now = clock::now();
    let (one, two) = tokio::join!(expire_unpaid(&app.app.db, now), expire_unpaid(&other.app.db, now));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!(one + two, 130, "{one} and {two}");
    assert_eq!(app.database.number("SELECT COUNT(*) FROM orders WHERE status = 'cancelled'").await, 130);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM order_events WHERE to_status = 'cancelled'").await, 130);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM stock_movements WHERE reason = 'cancel'").await, 130);
    assert_eq!(app.database.number("SELECT CAST(stock AS SIGNED) FROM editions").await, 1000);
    let mails = "SELECT COUNT(*) FROM messages WHERE template = 'order_cancelled'";
    assert_eq!(app.database.number(mails).await, 130);
}
