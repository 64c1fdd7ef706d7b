use std::net::TcpListener;

use super::{command, folder, marquee};
use crate::support::TestDatabase;

/// A port that nobody has.
fn free_port() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string()
}

/// Ends with what this command says in production.
fn in_production(database: &TestDatabase, args: &[&str]) -> (bool, String) {
    let folder = folder();
    let mut command = command(database, &folder);
    command.envs([("MARQUEE_ENV", "production"), ("MARQUEE_SECRET_KEY", "a secret that is long enough for anybody")]);
    command.envs([("MARQUEE_BASE_URL", "https://shop.test"), ("PORT", &free_port())]);
    command.envs([("MARQUEE_SMTP_URL", "smtp://127.0.0.1:9"), ("MARQUEE_MAIL_FROM", "shop@shop.test")]);
    let output = command.args(args).output().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test]
async fn people_to_try_the_shop_as_come_once_and_are_told_each_time() {
    let database = TestDatabase::migrated().await;
    let first = marquee(&database, &["seed", "--people"]);
    assert!(first.is_success && first.said.len() == 3, "{:?}", first.said);
    for (line, role) in first.said.iter().zip(["customer", "manager", "moderator"]) {
        assert!(line.starts_with(role) && line.contains("@demo.example") && line.contains("/login"), "{line}");
    }
    let people = "SELECT CAST(CONCAT(s.email, ' ', r.role) AS CHAR) FROM staff s JOIN staff_roles r ON r.staff_id = s.id \
                  UNION ALL SELECT CONCAT(email, ' ', LEFT(password_hash, 9)) FROM clients WHERE email_verified_at IS NOT NULL";
    let who = ["manager@demo.example manager", "moderator@demo.example moderator", "customer@demo.example $argon2id"];
    assert_eq!(database.texts(people).await, who);
    assert_eq!(marquee(&database, &["seed", "--people"]).said, first.said);
    assert_eq!(database.texts(people).await, who);
}

#[tokio::test]
async fn a_shop_in_production_neither_lets_them_in_nor_opens_with_them() {
    let database = TestDatabase::migrated().await;
    let (made, said) = in_production(&database, &["seed", "--people"]);
    assert!(!made && said.contains("not in production"), "{said}");
    assert_eq!(database.number("SELECT (SELECT COUNT(*) FROM clients) + (SELECT COUNT(*) FROM staff)").await, 0);
    assert!(marquee(&database, &["seed", "--people"]).is_success);
    // One of them is enough.
    for rest in ["DELETE FROM clients", "DELETE FROM staff_roles"] {
        let (opened, said) = in_production(&database, &["serve"]);
        assert!(!opened && said.contains("whose passwords everybody knows"), "{said}");
        database.execute(rest).await;
    }
}
