use marquee::{
    audit::Author,
    personnel::{
        Role,
        actions::{self, NewMember},
    },
    platform::db::Database,
};

use super::output;
use crate::support::TestDatabase;

/// A shop with an owner and somebody of the support.
async fn staffed() -> TestDatabase {
    let database = TestDatabase::migrated().await;
    let db = Database::connect_lazy(&database.url, 1).unwrap();
    for (email, name, role) in [("ada@shop.test", "Ada", Role::Owner), ("bo@shop.test", "Bo", Role::Support)] {
        let member = NewMember { email, name, password_hash: "x", roles: &[role] };
        actions::create(&db, member, &Author::system("test")).await.unwrap();
    }
    database
}

/// Whether the command did it, and what it said.
fn staff(database: &TestDatabase, args: &[&str]) -> (bool, String) {
    let output = output(database, &[&["staff"], args].concat());
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[tokio::test]
async fn people_are_shut_out_let_in_and_given_other_roles() {
    let database = staffed().await;
    assert_eq!(staff(&database, &["disable", " Bo@shop.test"]), (true, " Bo@shop.test is shut out.\n".to_owned()));
    let (_, list) = staff(&database, &["list"]);
    assert_eq!(list, "ada@shop.test  Ada  owner\nbo@shop.test  Bo  support  (disabled)\n");
    let (again, said) = staff(&database, &["disable", "bo@shop.test"]);
    assert!(!again && said.contains("how it is already"), "{said}");
    assert!(staff(&database, &["enable", "bo@shop.test"]).0);
    assert!(staff(&database, &["roles", "bo@shop.test", "warehouse", "moderator", "warehouse"]).0);
    let (_, list) = staff(&database, &["list"]);
    assert!(list.contains("bo@shop.test  Bo  moderator, warehouse\n"), "{list}");
    let log = "SELECT CONCAT_WS(' ', actor, action, object) FROM audit_log WHERE actor = 'command' ORDER BY id";
    let expected = ["command staff.disable staff:2", "command staff.enable staff:2", "command staff.roles staff:2"];
    assert_eq!(database.texts(log).await, expected);
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_leaves_no_entry() {
    let database = staffed().await;
    for (args, why) in [
        (&["disable", "ada@shop.test"][..], "last one"),
        (&["roles", "ada@shop.test", "manager"], "last one"),
        (&["roles", "bo@shop.test", "king"], "owner, manager"),
        (&["roles", "bo@shop.test"], "required"),
        (&["enable", "bo@shop.test"], "how it is already"),
        (&["disable", "nobody@shop.test"], "nobody with this address"),
    ] {
        let (done, said) = staff(&database, args);
        assert!(!done && said.contains(why), "{args:?}: {said}");
    }
    assert_eq!(database.number("SELECT COUNT(*) FROM audit_log WHERE actor = 'command'").await, 0);
}
