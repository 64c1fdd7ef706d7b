use std::{io::Write, process::Stdio};

use super::{command, folder};
use crate::support::TestDatabase;

/// Runs the command with this password as its input; whether it made an account, and what it said.
fn create(database: &TestDatabase, args: &[&str], password: &str) -> (bool, String) {
    let folder = folder();
    let mut command = command(database, &folder);
    command.arg("create-staff").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    // Whoever refuses the arguments does not read.
    writeln!(running.stdin.take().unwrap(), "{password}").ok();
    let output = running.wait_with_output().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test]
async fn an_account_is_made_with_a_password_from_the_input() {
    let database = TestDatabase::migrated().await;
    let args = ["Ada@shop.test", "--name", "Ada", "--role", "owner", "--role", "moderator"];
    for (weak, why) in
        [("short", "at least 10"), ("password123", "first that are tried"), ("ada@shop.test", "own name")]
    {
        let (made, said) = create(&database, &args, weak);
        assert!(!made && said.contains(why), "{weak}: {said}");
    }
    let (made, said) = create(&database, &args, "a long and quiet evening");
    assert!(made && said.contains("/admin/login as ada@shop.test"), "{said}");
    let kept = "SELECT CAST(CONCAT(email, ' ', LEFT(password_hash, 9), ' ', GROUP_CONCAT(role ORDER BY role)) AS CHAR) \
                FROM staff JOIN staff_roles ON staff_id = id GROUP BY email, password_hash";
    assert_eq!(database.texts(kept).await, ["ada@shop.test $argon2id moderator,owner"]);
    let (made, said) = create(&database, &args, "a long and quiet evening");
    assert!(!made && said.contains("has this address already"), "{said}");
    let (made, said) = create(&database, &["b@shop.test", "--name", "B", "--role", "king"], "a long and quiet evening");
    assert!(!made && said.contains("owner, manager, catalog"), "{said}");
    assert_eq!(database.number("SELECT COUNT(*) FROM audit_log WHERE `after` LIKE '%evening%'").await, 0);
}
