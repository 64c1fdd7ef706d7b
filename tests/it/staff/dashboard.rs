//! The first page inside.

use marquee::{catalog::Format, personnel::Role};

use crate::support::{Shopper, TestApp, factory::product};

#[tokio::test]
async fn the_dashboard_counts_what_waits_and_what_was_sold() {
    let app = TestApp::new().await;
    let film = product().title("Solaris").edition(Format::Dvd, 1999, 6).edition(Format::DigitalHd, 999, 0);
    let film = film.insert(&mut app.conn().await).await;
    for _ in 0..2 {
        Shopper::new(&app).order(&[(&film.editions[0].sku, 1)]).await;
    }
    app.database.execute("UPDATE orders SET placed_at = placed_at - INTERVAL 3 DAY WHERE id = 1").await;
    let owner = app.employee(&[Role::Owner]).await;
    let page = owner.get("/admin").await;
    assert!(page.statements() <= 10, "{}", page.statements());
    let figures = page.texts(".kpi");
    assert_eq!(figures[0], "Sales today $24.98 1 order");
    assert_eq!(figures[1], "Sales, 7 days $49.96 2 orders");
    assert!(figures[2].starts_with("Reviews to read 0") && figures[3].starts_with("Running low 1"), "{figures:?}");
    assert_eq!(page.texts("section:has(#open) tr:has(th[scope=row])")[0], "Order placed2");
    let low = page.texts("section:has(#low) tr:has(th[scope=row])");
    assert!(low.len() == 1 && low[0].starts_with("Solaris DVD,") && low[0].ends_with('4'), "{low:?}");
}

#[tokio::test]
async fn of_each_thing_only_what_somebody_may_see() {
    let app = TestApp::new().await;
    let moderator = app.employee(&[Role::Moderator]).await.get("/admin").await;
    assert_eq!(moderator.texts(".kpi dt"), ["Reviews to read"]);
    assert!(!moderator.text().contains("Sales") && !moderator.text().contains("Open orders"));
    let warehouse = app.employee(&[Role::Warehouse]).await.get("/admin").await;
    assert!(warehouse.text().contains("Running low") && !warehouse.text().contains("Reviews to read"));
}
