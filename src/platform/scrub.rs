//! Words of errors, without what they may tell of people.
//!
//! Servers and libraries repeat values in their errors: a key that is taken comes with the address that has it. Logs are
//! kept for weeks and error reports leave the house, so both get what is left here: nothing from the first quote on, and no
//! word that could be an address, a telephone number, a token or a link.

use std::net::IpAddr;

/// In place of what was taken out.
const GONE: &str = "…";
/// Digits of a word that could be a number of somebody's.
const DIGITS: usize = 5;
/// Characters of a word that could be a token.
const TOKEN: usize = 20;

/// An error and its causes, each in its own words, which often repeat those of the next.
pub fn error(error: &anyhow::Error) -> String {
    let mut told: Vec<String> = Vec::new();
    for cause in error.chain() {
        if let Some(error) = cause.downcast_ref::<sqlx::Error>() {
            told.push(of_database(error));
            // What lies behind is told with it.
            break;
        }
        let words = text(&cause.to_string());
        // Whoever passes an error on puts its words behind their own.
        if !told.iter().any(|before| before.contains(&words)) {
            told.push(words);
        }
    }
    told.join(": ")
}

/// A server's errors go by their numbers.
fn of_database(error: &sqlx::Error) -> String {
    let server = error.as_database_error();
    match server.and_then(|error| error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>()) {
        Some(error) => {
            format!("error {} ({}): {}", error.number(), error.code().unwrap_or_default(), text(error.message()))
        }
        None => text(&error.to_string()),
    }
}

/// A text without what could be somebody's.
pub fn text(text: &str) -> String {
    let until_quote = text.split(['\'', '"', '`', '«', '“']).next().unwrap_or_default();
    let is_cut = until_quote.len() < text.len();
    let words = until_quote.split_whitespace().map(|word| if is_personal(word) { GONE } else { word });
    words.chain(is_cut.then_some(GONE)).collect::<Vec<_>>().join(" ")
}

fn is_personal(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let is_path = word.contains("::") || word.contains(".rs:");
    word.contains(['@', '?', '='])
        || word.contains("://")
        || !is_path && word.chars().count() >= TOKEN
        || digits >= DIGITS
        || word.trim_matches(|c: char| !c.is_ascii_hexdigit()).parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    #[test]
    fn values_are_taken_out() {
        for (told, left) in [
            ("Duplicate entry 'nora@shop.test' for key 'email'", "Duplicate entry …"),
            ("no mail to nora@shop.test today", "no mail to … today"),
            ("called +998901234567 twice", "called … twice"),
            ("token 3q2-7wAbCdEfGhIjKlMnOpQr is spent", "token … is spent"),
            ("peer [10.0.0.7] and 10.0.0.7, left", "peer … and … left"),
            ("GET http://shop.test/ failed", "GET … failed"),
            ("called `Result::unwrap()` on an `Err` value: x", "called …"),
            ("Deadlock found when trying to get lock", "Deadlock found when trying to get lock"),
            ("no answer within 30 s", "no answer within 30 s"),
            ("", ""),
        ] {
            assert_eq!(text(told), left);
        }
    }

    #[test]
    fn causes_are_told_once() {
        let error = Err::<(), _>(anyhow::anyhow!("no room for nora@shop.test")).context("an order was not stored");
        assert_eq!(super::error(&error.unwrap_err()), "an order was not stored: no room for …");
        let twice = sqlx::Error::Protocol("out of step".to_owned());
        assert_eq!(super::error(&anyhow::Error::from(twice)).matches("out of step").count(), 1);
    }
}
