//! The books are proved each night, and the shop's people hear when they do not agree.

use marquee::{
    catalog::Format,
    doctor::runs::{BY_CLOCK, VerifyBooks},
    personnel::Role,
};

use crate::support::{TestApp, factory::product};

const STAFF: (&str, &str) = ("MARQUEE_STAFF_EMAIL", "desk@shop.test");

/// A night passes.
async fn night(app: &TestApp) {
    let mut tx = app.app.db.begin().await.unwrap();
    tx.enqueue(&VerifyBooks { asked_by: BY_CLOCK.to_owned() }).await.unwrap();
    tx.commit().await.unwrap();
    app.work().await;
}

#[tokio::test]
async fn a_wrong_number_is_told_by_mail_and_red_in_the_back_office_until_it_is_mended() {
    let app = TestApp::with(&[STAFF]).await;
    product()
        .title("Solaris")
        .with(crate::support::factory::edition(Format::Dvd, 1000, 5).sku("SOL"))
        .insert(&mut app.conn().await)
        .await;
    let grace = app.employee(&[Role::Manager]).await;
    night(&app).await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM doctor_runs WHERE wrong_in_books = 0").await, 1);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM kept_messages").await, 0, "nothing to tell");
    assert!(!grace.get("/admin").await.text().contains("do not agree"));

    app.database.execute("UPDATE editions SET stock = 9").await;
    night(&app).await;
    let mail = app.database.text("SELECT CONCAT(subject, ' ', text) FROM kept_messages").await;
    assert!(mail.starts_with("The books do not agree: "), "{mail}");
    assert!(mail.contains("SOL: 9 is written, it comes to 5") && mail.contains("marquee doctor --fix"), "{mail}");
    assert!(grace.get("/admin").await.texts("[role=alert]")[0].starts_with("The books do not agree"));
    let page = grace.get("/admin/system").await;
    assert!(page.texts("section[aria-labelledby=doctor] .tag--bad")[0].starts_with("The books do not agree"));
    assert!(page.text().contains("SOL: 9 is written, it comes to 5"));
    assert!(page.texts("section[aria-labelledby=doctor] code").contains(&"marquee doctor --fix".to_owned()));

    app.database.execute("UPDATE editions SET stock = 5").await;
    night(&app).await;
    assert!(!grace.get("/admin").await.text().contains("do not agree"));
    assert_eq!(app.database.number("SELECT COUNT(*) FROM doctor_runs").await, 3);
    assert_eq!(app.database.number("SELECT COUNT(*) FROM kept_messages").await, 1);
}

#[tokio::test]
async fn those_who_do_not_look_after_the_system_are_not_told() {
    let app = TestApp::new().await;
    product().edition(Format::Dvd, 1000, 5).insert(&mut app.conn().await).await;
    app.database.execute("UPDATE editions SET stock = 9").await;
    night(&app).await;
    let moderator = app.employee(&[Role::Moderator]).await;
    assert!(!moderator.get("/admin").await.text().contains("do not agree"));
}
