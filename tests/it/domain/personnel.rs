//! Accounts of the shop's people.

use marquee::{
    audit::Author,
    personnel::{
        Role,
        actions::{self, NewMember, PersonnelError},
        queries,
    },
    platform::clock,
};

use crate::support::TestApp;

async fn hire(app: &TestApp, email: &str, roles: &[Role]) -> u64 {
    let member = NewMember { email, name: "Grace", password_hash: "x", roles };
    actions::create(&app.app.db, member, &Author::system("command")).await.unwrap()
}

#[tokio::test]
async fn an_address_has_one_account_whatever_its_case() {
    let app = TestApp::new().await;
    hire(&app, "grace@shop.test", &[Role::Support, Role::Warehouse]).await;
    let again = NewMember { email: "Grace@shop.test", name: "G", password_hash: "x", roles: &[Role::Owner] };
    let refused = actions::create(&app.app.db, again, &Author::system("command")).await;
    assert!(matches!(refused, Err(PersonnelError::EmailTaken)));
    let member = queries::member(&mut app.conn().await, 1).await.unwrap().unwrap();
    assert_eq!(member.roles, [Role::Support, Role::Warehouse]);
    let entry = "SELECT CONCAT(actor, ' ', action, ' ', object, ' ', JSON_EXTRACT(`after`, '$.roles')) FROM audit_log";
    assert_eq!(app.database.texts(entry).await, [r#"command staff.create staff:1 ["support", "warehouse"]"#]);
}

#[tokio::test]
async fn the_last_owner_stays() {
    let app = TestApp::new().await;
    let (db, author, now) = (&app.app.db, Author::system("command"), clock::now());
    let first = hire(&app, "a@shop.test", &[Role::Owner]).await;
    let disabled = actions::disable(db, first, &author, now).await;
    assert!(matches!(disabled, Err(PersonnelError::LastOwner)));
    let demoted = actions::set_roles(db, first, &[Role::Manager], &author).await;
    assert!(matches!(demoted, Err(PersonnelError::LastOwner)));
    let second = hire(&app, "b@shop.test", &[Role::Owner]).await;
    actions::disable(db, first, &author, now).await.unwrap();
    assert!(queries::member(&mut app.conn().await, first).await.unwrap().is_none());
    let last = actions::disable(db, second, &author, now).await;
    assert!(matches!(last, Err(PersonnelError::LastOwner)), "a disabled owner is none");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_owners_who_go_at_once_one_stays() {
    let app = TestApp::new().await;
    let owners = [hire(&app, "a@shop.test", &[Role::Owner]).await, hire(&app, "b@shop.test", &[Role::Owner]).await];
    let author = Author::system("command");
    let leave = |id| actions::disable(&app.app.db, id, &author, clock::now());
    let outcomes = futures_util::future::join_all(owners.map(leave)).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
}
