//! What tests make the shop write down, kept for a look at all of it when the last one has ended: where `TEST_LOGS` names a
//! folder, logs of processes stay there, and so do lines of shops inside of tests and error reports.

use std::{
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
    sync::{Mutex, Once},
};

/// The folder, if all is kept.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("TEST_LOGS").map(PathBuf::from)
}

/// Keeps a text beside the logs.
pub fn keep(name: &str, text: &str) {
    let Some(folder) = folder() else { return };
    let mut file = open(&folder.join(format!("{name}-{}.log", std::process::id())));
    writeln!(file, "{text}").unwrap();
}

/// Keeps what shops in this process log from now on.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let Some(folder) = folder() else { return };
        let file = open(&folder.join(format!("test-{}.log", std::process::id())));
        let lines = tracing_subscriber::fmt().with_writer(Mutex::new(file)).with_ansi(false);
        // Somebody else may listen already.
        lines.with_env_filter("info,marquee=debug").try_init().ok();
    });
}

fn open(path: &Path) -> std::fs::File {
    OpenOptions::new().create(true).append(true).open(path).unwrap()
}

/// The first thing in a line that could be somebody's: an address, a telephone number, a street of the tests, a token.
pub fn personal(line: &str) -> Option<String> {
    const STREETS: [&str; 4] = ["Meridian Row", "Navoi", "Kumush", "Byrne"];
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+' | '%');
    let words = || line.split(|c| !is_inside(c)).map(|word| word.trim_matches(['.', '-']));
    let is_country = |end: &str| end.len() >= 2 && end.chars().all(|c| c.is_ascii_alphabetic());
    let is_mail = |word: &str| {
        let host = word.split_once('@').and_then(|(name, host)| (!name.is_empty()).then_some(host)?.rsplit_once('.'));
        host.is_some_and(|(_, end)| is_country(end))
    };
    // What `ids::token` makes.
    let is_token = |word: &str| {
        let has = |is: fn(&char) -> bool| word.chars().any(|c| is(&c));
        word.len() == 43 && has(char::is_ascii_digit) && has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase)
    };
    STREETS
        .into_iter()
        .find(|street| line.contains(street))
        .or_else(|| words().find(|word| is_mail(word) || is_token(word)))
        .map(str::to_owned)
        .or_else(|| telephone(line))
}

/// A plus, a country of three digits as tests have it, and so many more with little between them.
fn telephone(line: &str) -> Option<String> {
    line.split('+').skip(1).find_map(|rest| {
        let country = rest.chars().take_while(char::is_ascii_digit).count();
        let number: String = rest.chars().take_while(|c| c.is_ascii_digit() || " -()".contains(*c)).collect();
        let digits = number.chars().filter(char::is_ascii_digit).count();
        (country >= 3 && digits >= 9).then(|| format!("+{number}"))
    })
}

#[test]
fn personal_things_are_found_and_others_are_not() {
    for line in [
        "no mail to nora@example.com",
        "to=<ada.lovelace+news@shop.test>",
        "called +998 90 123-45-67",
        "called +998901234567",
        "sent to 14 Meridian Row",
        "cart=3q2-7wAbCdEfGhIjKlMnOpQrStUvWxYz0123456789A;",
    ] {
        assert!(personal(line).is_some(), "{line}");
    }
    for line in [
        "2026-11-26T00:57:42.123456Z  INFO marquee::request: id=\"0123456789abcdef\" route=\"/films/{slug}\" ms=12",
        "mysql://root@localhost/marquee_test_0123456789abcdef",
        "\"release\":\"marquee@0.1.0+1241961f2caf\"",
        "number=\"MQ-7K3PWXQ9\" 1+1 2026-11-26 12:00:00 +00:00",
        "/tmp/marquee-test-40001-1234/marquee.2026-11-26.log",
    ] {
        assert_eq!(personal(line), None, "{line}");
    }
}
