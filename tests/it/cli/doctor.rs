//! What is wrong with the shop, told and mended.

use marquee::{
    catalog::Format,
    doctor::{BOOKS, EXPECTED, read_schema},
};

use super::{Outcome, command, folder, marquee};
use crate::support::{RedisServer, Shopper, SmallDisk, TestApp, TestCertificate, TestDatabase, factory::product};

/// What the doctor says of each name, without advice, which depends on the machine.
fn wrong(outcome: &Outcome) -> Vec<&str> {
    outcome.said.iter().filter_map(|line| line.strip_prefix("WRONG")).map(str::trim).collect()
}

#[tokio::test]
async fn a_shop_with_a_past_is_well() {
    let database = TestDatabase::migrated().await;
    assert!(marquee(&database, &["seed", "--films", "60", "--orders", "300"]).is_success);
    let outcome = marquee(&database, &["doctor"]);
    assert_eq!(wrong(&outcome), [""; 0]);
    assert!(outcome.is_success);
    for book in &BOOKS {
        assert!(outcome.said.iter().any(|line| line.starts_with(&format!("ok      {}", book.name))), "{}", book.name);
    }
}

#[tokio::test]
async fn the_list_of_what_the_schema_holds_is_that_of_the_migrations() {
    let app = TestApp::new().await;
    let mut found = read_schema(&mut app.conn().await).await.unwrap();
    found.sort_unstable();
    let missing: Vec<_> = EXPECTED.lines().filter(|line| !found.iter().any(|found| found == line)).collect();
    let new: Vec<_> = found.iter().filter(|line| EXPECTED.lines().all(|expected| expected != *line)).collect();
    assert!(missing.is_empty() && new.is_empty(), "src/doctor/schema.txt must lose {missing:#?} and gain {new:#?}");
}

/// A shop with an order of two films, one of which went out, with a review and a vote.
async fn busy() -> TestApp {
    let app = TestApp::new().await;
    let mut skus = Vec::new();
    for slug in ["m-1931", "fury-1936"] {
        let film = product().slug(slug).edition(Format::Dvd, 1999, 5).insert(&mut app.conn().await).await;
        skus.push(film.editions[0].sku.clone());
    }
    Shopper::new(&app).order(&[(&skus[0], 1), (&skus[1], 2)]).await;
    let (author, _) = app.customer("Nora").await;
    let (reader, _) = app.customer("Rustam").await;
    for sql in [
        format!(
            "INSERT INTO reviews (product_id, client_id, rating, body, status, helpful_up) \
                 SELECT id, {author}, 4, 'A long evening.', 'approved', 1 FROM products WHERE slug = 'm-1931'"
        ),
        format!("INSERT INTO review_votes (review_id, client_id, is_helpful) SELECT id, {reader}, TRUE FROM reviews"),
        "UPDATE products SET rating_avg = 4, rating_count = 1 WHERE slug = 'm-1931'".to_owned(),
    ] {
        app.database.execute(&sql).await;
    }
    app
}

#[tokio::test]
async fn one_wrong_number_in_each_book_is_named_and_mended_where_it_follows_from_others() {
    let app = busy().await;
    let doctor = |args: &[&str]| marquee(&app.database, &[&["doctor"], args].concat());
    assert_eq!(wrong(&doctor(&[])), [""; 0]);
    let number = app.database.text("SELECT number FROM orders").await;
    let m = "m-1931";
    let of_lines = [
        (
            "stock",
            "UPDATE editions SET stock = stock + 1 WHERE product_id = (SELECT id FROM products WHERE slug = 'm-1931')",
        ),
        ("parcels", "UPDATE order_lines SET quantity_shipped = 1 ORDER BY id LIMIT 1"),
        ("films", "UPDATE products SET rating_avg = 5 WHERE slug = 'm-1931'"),
        ("prices", "UPDATE products SET on_sale = TRUE, price_min_minor = 1 WHERE slug = 'm-1931'"),
        ("sold", "UPDATE products SET sold_count = 7 WHERE slug = 'm-1931'"),
        ("votes", "UPDATE reviews SET helpful_up = 9"),
    ];
    for (book, corruption) in of_lines {
        app.database.execute(corruption).await;
        let told = doctor(&[]);
        assert!(!told.is_success);
        assert!(wrong(&told).iter().any(|line| line.starts_with(book)), "{book}: {:?}", told.said);
        assert!(told.said.iter().any(|line| line.trim() == "next: marquee doctor --fix"), "{book}");
        assert!(doctor(&["--fix"]).is_success, "{book} is mended");
        assert_eq!(wrong(&doctor(&[])), [""; 0], "{book} stays mended");
    }
    let of_people = [
        (
            "orders",
            "UPDATE orders SET subtotal_minor = subtotal_minor + 1, total_minor = total_minor + 1",
            "UPDATE orders SET subtotal_minor = subtotal_minor - 1, total_minor = total_minor - 1",
        ),
        ("payments", "UPDATE orders SET paid_minor = 1", "UPDATE orders SET paid_minor = 0"),
        ("history", "UPDATE orders SET status = 'confirmed'", "UPDATE orders SET status = 'pending'"),
        ("invoices", "UPDATE invoice_series SET last_number = 3", "UPDATE invoice_series SET last_number = 0"),
    ];
    for (book, corruption, amends) in of_people {
        app.database.execute(corruption).await;
        let told = doctor(&["--fix"]);
        assert!(!told.is_success, "nobody but a person can decide what is right in {book}");
        assert!(wrong(&told).iter().any(|line| line.starts_with(book)), "{book}: {:?}", told.said);
        let names_it = |line: &String| line.contains(&format!("marquee orders show {number}"));
        assert!(book == "invoices" || told.said.iter().any(names_it), "{book}: {:?}", told.said);
        app.database.execute(amends).await;
    }
    assert_eq!(app.database.text(&format!("SELECT slug FROM products WHERE slug = '{m}' AND sold_count = 1")).await, m);
    assert!(doctor(&[]).is_success);
}

#[tokio::test]
async fn a_ledger_that_contradicts_itself_mends_nothing() {
    let app = busy().await;
    app.database.execute("UPDATE stock_movements SET delta = delta + 3 WHERE reason = 'initial'").await;
    let outcome = marquee(&app.database, &["doctor", "--fix"]);
    assert!(!outcome.is_success);
    assert!(outcome.said.iter().any(|line| line.starts_with("left")), "{:?}", outcome.said);
    assert_eq!(app.database.number("SELECT CAST(SUM(stock) AS SIGNED) FROM editions").await, 7);
}

#[tokio::test]
async fn what_is_missing_of_the_schema_is_named_with_the_statement_that_makes_it() {
    let app = TestApp::new().await;
    app.database.execute("ALTER TABLE editions DROP INDEX editions_stock").await;
    app.database.execute("DROP TRIGGER audit_log_no_delete").await;
    let outcome = marquee(&app.database, &["doctor"]);
    assert!(!outcome.is_success);
    let said = outcome.said.join("\n");
    assert!(said.contains("next: ALTER TABLE editions ADD INDEX editions_stock (stock)"), "{said}");
    assert!(said.contains("there is no trigger audit_log.audit_log_no_delete"), "{said}");
    app.database.execute("ALTER TABLE editions ADD INDEX editions_stock (stock)").await;
}

#[tokio::test]
async fn a_database_without_tables_is_sent_to_the_migrations_and_no_database_to_its_address() {
    let empty = TestDatabase::empty().await;
    let outcome = marquee(&empty, &["doctor"]);
    assert!(!outcome.is_success);
    assert!(outcome.said.iter().any(|line| line.trim() == "next: marquee migrate"), "{:?}", outcome.said);
    let folder = folder();
    let output = command(&empty, &folder)
        .env("DATABASE_URL", "mysql://nobody@127.0.0.1:1/none")
        .env("REDIS_URL", "redis://127.0.0.1:1/")
        .arg("doctor")
        .output()
        .unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("WRONG   database") && said.contains("advice  redis"), "{said}");
    assert!(said.contains("-       stock"), "what cannot be looked at is said to be so: {said}");
}

/// What the doctor says on a machine with these settings, and whether it is content.
fn on_machine(database: &TestDatabase, vars: &[(&str, &str)]) -> (bool, String) {
    let folder = folder();
    let output = command(database, &folder).envs(vars.iter().copied()).arg("doctor").output().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[tokio::test]
async fn a_certificate_is_told_of_two_weeks_before_it_runs_out() {
    let database = TestDatabase::migrated().await;
    for (days, is_well, told) in [
        (30, true, "ok      certificate    it is good until"),
        (5, false, "WRONG   certificate    it runs out on"),
        (-1, false, "WRONG   certificate    it ran out on"),
    ] {
        let certificate = TestCertificate::good_for(days);
        let (well, said) = on_machine(&database, &[("MARQUEE_CERTIFICATE", certificate.path())]);
        assert!(well == is_well && said.contains(told), "{days}: {said}");
        assert_eq!(said.contains("next: certbot renew"), !is_well, "{said}");
    }
    let (well, said) = on_machine(&database, &[("MARQUEE_CERTIFICATE", "/nowhere/chain.pem")]);
    assert!(!well && said.contains("/nowhere/chain.pem cannot be read"), "{said}");
    assert!(on_machine(&database, &[]).1.contains("MARQUEE_CERTIFICATE names none"));
}

#[tokio::test]
async fn each_service_that_stopped_is_named_with_the_next_command() {
    let database = TestDatabase::migrated().await;
    let mut redis = RedisServer::start().await;
    let vars = [("REDIS_URL", redis.url()), ("MARQUEE_SMTP_URL", "smtp://127.0.0.1:1".to_owned())];
    redis.kill();
    let mut vars: Vec<_> = vars.iter().map(|(name, value)| (*name, value.as_str())).collect();
    vars.extend([("MARQUEE_MAILBOX", "off"), ("MARQUEE_MAIL_FROM", "Shop <shop@shop.test>")]);
    let (well, said) = on_machine(&database, &vars);
    assert!(!well, "{said}");
    for told in
        ["WRONG   mail", "next: see that MARQUEE_SMTP_URL", "advice  redis", "next: systemctl restart redis-server"]
    {
        assert!(said.contains(told), "{told}: {said}");
    }
    vars.push(("DATABASE_URL", "mysql://nobody@127.0.0.1:1/none"));
    let (well, said) = on_machine(&database, &vars);
    assert!(!well && said.contains("WRONG   database") && said.contains("next: see that DATABASE_URL"), "{said}");
}

#[tokio::test]
async fn a_disk_with_little_room_is_named() {
    let Some(disk) = SmallDisk::with_room(512) else { return };
    let (well, said) = on_machine(&TestDatabase::migrated().await, &[("MARQUEE_LOG_DIR", disk.path())]);
    assert!(!well && said.contains("WRONG   disk           0 MiB are left") && said.contains("next: du -xh"), "{said}");
}
