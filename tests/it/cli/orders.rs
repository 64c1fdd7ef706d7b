use marquee::catalog::Format;

use super::{command, folder, marquee};
use crate::support::{Shopper, TestApp, factory::product};

/// What a command that fails says about it.
fn refused(app: &TestApp, args: &[&str]) -> String {
    let folder = folder();
    let output = command(&app.database, &folder).args(args).output().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    assert!(!output.status.success(), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn an_order_is_shown_and_moved() {
    let app = TestApp::new().await;
    let film = product().title("Solaris").edition(Format::Dvd, 1999, 5).insert(&mut app.conn().await).await;
    let number = Shopper::new(&app).order(&[(&film.editions[0].sku, 2)]).await;
    let said = |args: &[&str]| {
        let outcome = marquee(&app.database, args);
        assert!(outcome.is_success, "{:?}", outcome.said);
        outcome.said.join("\n")
    };
    assert_eq!(said(&["orders", "move", &number, "confirmed"]), format!("{number} is confirmed."));
    let shown = said(&["orders", "show", &number]);
    assert!(shown.starts_with(&format!("{number}: confirmed\n")), "{shown}");
    assert!(shown.contains("pending to confirmed, by command") && shown.contains("total $44.97"), "{shown}");
    assert!(shown.contains(&format!("2 x {} Solaris ($39.98)", film.editions[0].sku)), "{shown}");
    for private in ["nora", "Nora", "Byrne", "998", "Meridian", "Tashkent"] {
        assert!(!shown.contains(private), "{private} is nobody's business: {shown}");
    }
    said(&["orders", "paid", &number, "--reason", "at the counter"]);
    said(&["orders", "move", &number, "processing"]);
    said(&["orders", "move", &number, "shipped", "--carrier", "Post", "--tracking", "SR1"]);
    let parcel = "SELECT COUNT(*) FROM messages WHERE template = 'order_shipped' AND payload LIKE '%SR1%'";
    assert_eq!(app.database.number(parcel).await, 1);
    let shown = said(&["orders", "show", &number]);
    assert!(shown.contains("paid, by command: at the counter"), "{shown}");

    let why = refused(&app, &["orders", "move", &number, "cancelled"]);
    assert!(why.contains("shipped may not become cancelled; what may: delivered"), "{why}");
    assert!(refused(&app, &["orders", "move", "MQ-22222222", "confirmed"]).contains("no such order"));
    assert!(refused(&app, &["orders", "show", "ключ"]).contains("no such order"));
    assert!(refused(&app, &["orders", "move", &number, "lost"]).contains("pending, confirmed"));
    assert!(refused(&app, &["orders", "paid", &number]).contains("nothing is to be paid"));
}

#[tokio::test]
async fn a_report_is_printed() {
    let app = TestApp::new().await;
    let film = product().title("Solaris").edition(Format::Dvd, 1999, 5).insert(&mut app.conn().await).await;
    Shopper::new(&app).order(&[(&film.editions[0].sku, 2)]).await;
    app.database.execute("UPDATE orders SET placed_at = '2026-11-24 10:00:00'").await;
    for (span, title) in
        [("daily", "Daily report: 24 November 2026"), ("weekly", "Weekly report: 23 November 2026 to 29 November 2026")]
    {
        let outcome = marquee(&app.database, &["report", span, "--of", "2026-11-24"]);
        assert!(outcome.is_success);
        let said = outcome.said.join("\n");
        assert!(said.starts_with(title), "{said}");
        assert!(
            said.contains("  Turnover: $44.97 ($0.00)") && said.contains("  1. Solaris: 2 units, $39.98"),
            "{said}"
        );
    }
    assert!(marquee(&app.database, &["report", "daily"]).is_success);
    assert!(refused(&app, &["report", "yearly"]).contains("daily and weekly"));
}
