//! Copies of the shop, made and put back.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use marquee::catalog::Format;

use super::{command, folder, marquee};
use crate::support::{Shopper, TestApp, TestDatabase, factory::product};

/// A folder that is gone afterwards.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        Self(folder())
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// What is in it by name, also what is hidden.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    fn only(&self) -> PathBuf {
        let names = self.names();
        assert_eq!(names.len(), 1, "{names:?}");
        self.0.join(&names[0])
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A shop with a past and people whose names are not all ASCII.
async fn shop() -> TestDatabase {
    let database = TestDatabase::migrated().await;
    assert!(marquee(&database, &["seed", "--films", "40", "--orders", "200"]).is_success);
    database.execute("UPDATE clients SET name = 'Зебо 🎬', surname = 'O''Neil \\\\ \"x\"' ORDER BY id LIMIT 1").await;
    database
}

/// Orders, their sums and everybody's names, as one text.
async fn facts(database: &TestDatabase) -> String {
    let sql = "SELECT CONCAT((SELECT CONCAT(COUNT(*), ' orders of ', SUM(total_minor)) FROM orders), ', ', \
               (SELECT COUNT(*) FROM audit_log), ' entries, ', (SELECT GROUP_CONCAT(CONCAT(name, surname) ORDER BY id) FROM clients))";
    database.text(sql).await
}

fn restore(database: &TestDatabase, backup: &Path) -> (bool, String) {
    let home = folder();
    let output = command(database, &home).args(["restore", backup.to_str().unwrap()]).output().unwrap();
    fs::remove_dir_all(home).unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test]
async fn a_backup_that_is_put_back_is_the_shop_that_was() {
    let (database, place) = (shop().await, Place::new());
    let made = marquee(&database, &["backup", "--to", place.path()]);
    assert!(made.is_success, "{:?}", made.said);
    let backup = place.only();
    let mut files: Vec<_> = fs::read_dir(&backup).unwrap().map(|file| file.unwrap().file_name()).collect();
    files.sort_unstable();
    assert_eq!(files, ["SHA256SUMS", "database.sql.zst", "manifest.json"]);

    let empty = TestDatabase::empty().await;
    let (is_success, said) = restore(&empty, &backup);
    assert!(is_success && said.contains("The shop is well"), "{said}");
    assert_eq!(facts(&empty).await, facts(&database).await);
}

#[tokio::test]
async fn nobody_else_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let (database, place) = (TestDatabase::migrated().await, Place::new());
    assert!(marquee(&database, &["backup", "--to", place.path()]).is_success);
    let backup = place.only();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&backup), mode(&backup.join("database.sql.zst"))), (0o700, 0o600));
}

#[tokio::test]
async fn it_is_of_one_moment_while_customers_order() {
    let app = TestApp::new().await;
    let film = product().edition(Format::Dvd, 1999, 500).insert(&mut app.conn().await).await;
    let sku = film.editions[0].sku.clone();
    let place = Place::new();
    let home = folder();
    let mut backup =
        command(&app.database, &home).args(["backup", "--to", place.path()]).stdout(Stdio::null()).spawn().unwrap();
    let mut orders = 0;
    while backup.try_wait().unwrap().is_none() || orders == 0 {
        Shopper::new(&app).order(&[(&sku, 1)]).await;
        orders += 1;
    }
    assert!(backup.wait().unwrap().success());
    fs::remove_dir_all(home).unwrap();
    let empty = TestDatabase::empty().await;
    let (is_success, said) = restore(&empty, &place.only());
    assert!(is_success, "no order is half there: {said}");
    let last = empty.number("SELECT CAST(COALESCE(MAX(id), 0) AS SIGNED) FROM orders").await;
    let sum = format!("SELECT CAST(COALESCE(SUM(total_minor), 0) + COUNT(*) AS SIGNED) FROM orders WHERE id <= {last}");
    assert_eq!(empty.number(&sum).await, app.database.number(&sum).await);
}

#[tokio::test]
async fn what_is_damaged_or_not_whole_is_refused_before_anything_is_touched() {
    let (database, place) = (TestDatabase::migrated().await, Place::new());
    assert!(marquee(&database, &["backup", "--to", place.path()]).is_success);
    let backup = place.only();
    let empty = TestDatabase::empty().await;
    for name in ["database.sql.zst", "manifest.json", "SHA256SUMS"] {
        let file = backup.join(name);
        let whole = fs::read(&file).unwrap();
        let mut damaged = whole.clone();
        damaged[whole.len() / 3] ^= 1;
        fs::write(&file, &damaged).unwrap();
        let (is_success, said) = restore(&empty, &backup);
        assert!(!is_success && said.contains("checksum differs"), "{name}: {said}");
        fs::remove_file(&file).unwrap();
        let (is_success, said) = restore(&empty, &backup);
        assert!(!is_success && said.contains("is missing"), "{name}: {said}");
        fs::write(&file, &whole).unwrap();
    }
    assert_eq!(empty.number("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()").await, 0);
    let (is_success, said) = restore(&database, &backup);
    assert!(!is_success && said.contains("the database is not empty"), "{said}");
}

#[tokio::test]
async fn whoever_is_killed_leaves_nothing_that_looks_whole() {
    let (database, place) = (shop().await, Place::new());
    let home = folder();
    for millis in [5, 30, 60, 90, 120, 200] {
        let mut backup = command(&database, &home)
            .args(["backup", "--to", place.path()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        tokio::time::sleep(Duration::from_millis(millis)).await;
        backup.kill().unwrap();
        backup.wait().unwrap();
        for name in place.names() {
            let folder = place.0.join(&name);
            let is_whole = fs::read_dir(&folder).unwrap().count() == 3;
            assert!(name.starts_with('.') || is_whole, "{name} looks whole after {millis} ms");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    fs::remove_dir_all(home).unwrap();
    assert!(marquee(&database, &["backup", "--to", place.path(), "--keep", "1"]).is_success);
    assert!(!place.only().file_name().unwrap().to_str().unwrap().starts_with('.'), "what was left is swept away");
}

#[tokio::test]
async fn several_at_once_wait_for_each_other() {
    let (database, place) = (TestDatabase::migrated().await, Place::new());
    let backup = || assert!(marquee(&database, &["backup", "--to", place.path()]).is_success);
    std::thread::scope(|scope| (0..3).for_each(|_| drop(scope.spawn(backup))));
    assert_eq!(place.names().len(), 3, "each has a folder of its own, and swept away nobody else's");
}

#[tokio::test]
async fn only_the_newest_are_kept() {
    let (database, place) = (TestDatabase::migrated().await, Place::new());
    for old in ["20250101T000000Z", "20250102T000000Z", "photos"] {
        fs::create_dir(place.0.join(old)).unwrap();
    }
    let made = marquee(&database, &["backup", "--to", place.path(), "--keep", "2"]);
    assert!(made.said.iter().any(|line| line.starts_with("deleted") && line.ends_with("20250101T000000Z")));
    let names = place.names();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(names.contains(&"photos".to_owned()), "what is no backup is none of its business");
    assert!(!names.contains(&"20250101T000000Z".to_owned()));
}
