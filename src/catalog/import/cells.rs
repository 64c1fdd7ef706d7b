//! What a cell may hold, one rule a kind of value. An empty cell is `None`.

use super::problem::Reason;
use crate::catalog::Format;
use crate::catalog::sample::genres;
use crate::catalog::slug;
use time::{Date, Month, OffsetDateTime, Time};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

const CERTIFICATES: [&str; 6] = ["G", "PG", "PG-13", "R", "NC-17", "Not Rated"];
const MAX_NAMES: usize = 50;
const MAX_NAME: usize = 150;
const MAX_PRICE_MINOR: u64 = 100_000_000;

/// One line of text, trimmed and composed (NFC).
pub fn text(cell: &[u8], limit: usize) -> Result<Option<String>, Reason> {
    written(cell, limit, false)
}

/// Text that may have line breaks and tabs.
pub fn long_text(cell: &[u8], limit: usize) -> Result<Option<String>, Reason> {
    written(cell, limit, true)
}

fn written(cell: &[u8], limit: usize, breaks: bool) -> Result<Option<String>, Reason> {
    // A character has at most four bytes; composing never makes a text that short too long.
    if cell.len() > limit * 4 + 64 {
        return Err(Reason::TooLong(limit));
    }
    let text = std::str::from_utf8(cell).map_err(|_| Reason::NotUtf8)?;
    let text = text.trim_matches(|letter: char| letter == ' ' || letter == '\u{a0}');
    let refused = |letter: &char| unprintable(*letter) && !(breaks && matches!(letter, '\n' | '\r' | '\t'));
    if let Some(letter) = text.chars().find(refused) {
        return Err(Reason::Control(u32::from(letter)));
    }
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if is_formula(text) {
        return Err(Reason::Formula);
    }
    if !is_visible(text) {
        return Err(Reason::Invisible);
    }
    let text: String = if is_nfc(text) { text.to_owned() } else { text.nfc().collect() };
    if text.chars().count() > limit { Err(Reason::TooLong(limit)) } else { Ok(Some(text)) }
}

/// Control characters, overrides of the text's direction, and characters that are none.
fn unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
        || matches!(letter, '\u{fdd0}'..='\u{fdef}')
        || u32::from(letter) & 0xfffe == 0xfffe
}

/// Whether there is a letter, a digit, a sign or a symbol. Marks and joiners alone are nothing to read, and to the
/// database's collation they are the empty text.
fn is_visible(text: &str) -> bool {
    text.nfkd().any(|letter| match letter {
        '\u{824}' | '\u{828}' | '\u{1cf2}' => false,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{2070}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' => true,
        letter => letter.is_ascii_graphic() || letter.is_alphanumeric() && !is_combining_mark(letter),
    })
}

/// Whether a spreadsheet would compute the cell. A sign alone makes no formula: it takes a call,
/// a command, a comparison, or a sum of numbers to be one.
fn is_formula(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '-', '@']) else { return text.starts_with('=') };
    let calls = rest.contains(['(', '|', '!', '=']);
    let reference = {
        let digits = rest.trim_start_matches(|letter: char| letter.is_ascii_uppercase() || letter == '$');
        let letters = rest.len() - digits.len();
        (1..=4).contains(&letters) && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let operator = |byte: u8| matches!(byte, b'+' | b'-' | b'*' | b'/' | b'^');
    let sum = rest.bytes().all(|byte| byte.is_ascii_digit() || operator(byte) || byte == b'.')
        && rest.as_bytes().windows(2).any(|pair| operator(pair[0]) && pair[1].is_ascii_digit());
    calls || reference || sum || rest.starts_with(['=', '+', '@'])
}

pub fn slug(cell: &[u8]) -> Result<String, Reason> {
    let slug = text(cell, slug::MAX)?.ok_or(Reason::Empty)?;
    let plain = slug.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    let joined = !slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--");
    if plain && joined { Ok(slug) } else { Err(Reason::Slug) }
}

/// Names separated by bars, each person once however the name is spelled.
pub fn names(cell: &[u8]) -> Result<Vec<String>, Reason> {
    let Some(all) = text(cell, MAX_NAMES * (MAX_NAME + 1))? else { return Ok(Vec::new()) };
    let (mut names, mut slugs) = (Vec::new(), Vec::new());
    for name in all.split('|').map(str::trim).filter(|name| !name.is_empty()) {
        if name.chars().count() > MAX_NAME {
            return Err(Reason::TooLong(MAX_NAME));
        }
        if is_formula(name) {
            return Err(Reason::Formula);
        }
        if !is_visible(name) {
            return Err(Reason::Invisible);
        }
        let slug = slug::slugify(name);
        if !slugs.contains(&slug) {
            names.push(name.to_owned());
            slugs.push(slug);
        }
    }
    if names.len() > MAX_NAMES { Err(Reason::TooMany(MAX_NAMES)) } else { Ok(names) }
}

pub fn genres(cell: &[u8]) -> Result<Vec<String>, Reason> {
    let mut slugs: Vec<String> = Vec::new();
    for name in text(cell, 500)?.unwrap_or_default().split('|').map(str::trim).filter(|name| !name.is_empty()) {
        let genre = genres::by_name(name).ok_or_else(|| Reason::Genre(name.to_owned()))?;
        if !slugs.iter().any(|slug| slug == genre.slug) {
            slugs.push(genre.slug.to_owned());
        }
    }
    Ok(slugs)
}

pub fn certificate(cell: &[u8]) -> Result<Option<String>, Reason> {
    let Some(word) = text(cell, 40)? else { return Ok(None) };
    let known = CERTIFICATES.into_iter().find(|known| known.eq_ignore_ascii_case(&word));
    known.map(|known| Some(known.to_owned())).ok_or(Reason::Certificate)
}

/// A whole number in digits within a range.
pub fn number(cell: &[u8], low: u64, high: u64) -> Result<Option<u64>, Reason> {
    let Some(digits) = text(cell, 100)? else { return Ok(None) };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Reason::Number);
    }
    let value = digits.parse().map_err(|_| Reason::Number)?;
    if (low..=high).contains(&value) { Ok(Some(value)) } else { Err(Reason::Range { value, low, high }) }
}

/// A number that its range makes fit the type.
pub fn small<N: TryFrom<u64>>(cell: &[u8], low: u64, high: u64) -> Result<Option<N>, Reason> {
    number(cell, low, high)?.map(|value| N::try_from(value).map_err(|_| Reason::Number)).transpose()
}

/// `19.99` in minor units; at most two decimals.
pub fn price(cell: &[u8]) -> Result<Option<i64>, Reason> {
    let Some(amount) = text(cell, 40)? else { return Ok(None) };
    let (whole, part) = amount.split_once('.').unwrap_or((&amount, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 9 {
        return Err(Reason::Price);
    }
    let minor = format!("{whole}{part:0<2}").parse::<u64>().map_err(|_| Reason::Price)?;
    if !(1..=MAX_PRICE_MINOR).contains(&minor) {
        return Err(Reason::Price);
    }
    i64::try_from(minor).map(Some).map_err(|_| Reason::Price)
}

/// `2026-11-27`, 1900 to 2100.
pub fn date(cell: &[u8]) -> Result<Option<Date>, Reason> {
    let Some(text) = text(cell, 40)? else { return Ok(None) };
    let number = |range: std::ops::Range<usize>| {
        let digits = text.get(range).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        digits.parse::<u16>().ok()
    };
    let date = || {
        let shaped = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
        let date = Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()?;
        (shaped && (1900..=2100).contains(&year)).then_some(date)
    };
    date().map(Some).ok_or(Reason::Date)
}

pub fn midnight(cell: &[u8]) -> Result<Option<OffsetDateTime>, Reason> {
    Ok(date(cell)?.map(|date| date.with_time(Time::MIDNIGHT).assume_utc()))
}

pub fn sku(cell: &[u8]) -> Result<Option<String>, Reason> {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.');
    shaped(
        text(cell, 64)?,
        |sku| sku.bytes().all(allowed) && sku.bytes().any(|byte| byte.is_ascii_alphanumeric()),
        Reason::Sku,
    )
}

pub fn barcode(cell: &[u8]) -> Result<Option<String>, Reason> {
    let digits = |code: &str| (8..=14).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
    shaped(text(cell, 40)?, digits, Reason::Barcode)
}

pub fn region(cell: &[u8]) -> Result<Option<String>, Reason> {
    shaped(text(cell, 8)?, |code| code.bytes().all(|byte| byte.is_ascii_alphanumeric()), Reason::Region)
}

pub fn stock(format: Format, cell: &[u8]) -> Result<Option<u32>, Reason> {
    match small(cell, 0, 1_000_000)? {
        Some(_) if format.is_digital() => Err(Reason::DigitalStock),
        stock => Ok(stock),
    }
}

fn shaped(text: Option<String>, right: impl Fn(&str) -> bool, wrong: Reason) -> Result<Option<String>, Reason> {
    match text {
        Some(text) if !right(&text) => Err(wrong),
        text => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_titles() {
        for formula in [
            "=1+1",
            "=HYPERLINK(\"x\")",
            "=cmd|' /C calc'!A0",
            "@SUM(A1:A9)",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "+1+2",
            "-2+3+cmd|x",
            "+A1",
            "-$B$2",
            "@=1",
            "+=1",
            "++1",
            "=",
        ] {
            assert_eq!(text(formula.as_bytes(), 300), Err(Reason::Formula), "{formula}");
        }
        for title in ["+1", "-30-", "@ Home", "-", "9", "#1", "Se7en", "- Who?", "@Suicide Room", "+1 -1 love"] {
            assert_eq!(text(title.as_bytes(), 300), Ok(Some(title.to_owned())), "{title}");
        }
    }

    #[test]
    fn text_is_trimmed_composed_and_clean() {
        assert_eq!(text("  Ame\u{301}lie ".as_bytes(), 6), Ok(Some("Amélie".to_owned())));
        assert_eq!(text(b" \xc2\xa0 ", 6), Ok(None));
        assert_eq!(text(b"nul\0", 300), Err(Reason::Control(0)));
        assert_eq!(text(b"two\nlines", 300), Err(Reason::Control(10)));
        assert_eq!(long_text(b"two\r\nlines", 300), Ok(Some("two\r\nlines".to_owned())));
        assert_eq!(text("a\u{202e}b".as_bytes(), 300), Err(Reason::Control(0x202e)));
        assert_eq!(text(b"\xff\xfe", 300), Err(Reason::NotUtf8));
        assert_eq!(text("é".repeat(301).as_bytes(), 300), Err(Reason::TooLong(300)));
        assert_eq!(text(&vec![b'x'; 1_000_000], 300), Err(Reason::TooLong(300)));
    }

    #[test]
    fn text_has_something_to_read() {
        for nothing in ["\u{301}", "\u{200d}", "\u{ad}\u{200b}", "\u{fe76}", "\u{1cf2}"] {
            assert_eq!(text(nothing.as_bytes(), 300), Err(Reason::Invisible), "{nothing:?}");
        }
        for something in ["π", "♥", "…", "!", "雪", "👻", "e\u{301}"] {
            assert!(matches!(text(something.as_bytes(), 300), Ok(Some(_))), "{something}");
        }
        assert_eq!(names("Ana|\u{301}".as_bytes()), Err(Reason::Invisible));
    }

    #[test]
    fn slugs_are_strict() {
        assert_eq!(slug(b"the-matrix-1999"), Ok("the-matrix-1999".to_owned()));
        for wrong in ["The-Matrix", "a--b", "-a", "a-", "a b", "a/b", "../etc", "фильм"] {
            assert!(matches!(slug(wrong.as_bytes()), Err(Reason::Slug)), "{wrong}");
        }
        assert_eq!(slug(b""), Err(Reason::Empty));
    }

    #[test]
    fn numbers_stay_in_their_range() {
        assert_eq!(number(b"1888", 1888, 2100), Ok(Some(1888)));
        assert_eq!(number(b"1887", 1888, 2100), Err(Reason::Range { value: 1887, low: 1888, high: 2100 }));
        for wrong in ["19.5", "-1", "1e3", "nineteen", "٣", "99999999999999999999999"] {
            assert_eq!(number(wrong.as_bytes(), 0, 10), Err(Reason::Number), "{wrong}");
        }
    }

    #[test]
    fn prices_are_exact() {
        for (written, minor) in [("19.99", 1999), ("5", 500), ("0.01", 1), ("7.5", 750), ("1000000", 100_000_000)] {
            assert_eq!(price(written.as_bytes()), Ok(Some(minor)));
        }
        for wrong in
            ["0", "0.00", "19,99", "1.999", "$5", "-5", ".5", "5.", "1000000.01", "1e9", "99999999999999999999"]
        {
            assert!(price(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert!(matches!(date(b"2024-02-29"), Ok(Some(_))));
        for wrong in ["2023-02-29", "2024-13-01", "2024-1-1", "01.02.2024", "1899-01-01", "2024-02-2é"] {
            assert_eq!(date(wrong.as_bytes()), Err(Reason::Date), "{wrong}");
        }
    }

    #[test]
    fn a_person_is_named_once() {
        assert_eq!(names("Jose Ruiz| José Ruiz ||Ana".as_bytes()), Ok(vec!["Jose Ruiz".to_owned(), "Ana".to_owned()]));
        assert_eq!(names(b"Ana|=1+1"), Err(Reason::Formula));
    }

    #[test]
    fn genres_come_from_the_list() {
        assert_eq!(genres(b"Drama|film noir|Drama"), Ok(vec!["drama".to_owned(), "film-noir".to_owned()]));
        assert_eq!(genres(b"Drama|Cooking"), Err(Reason::Genre("Cooking".to_owned())));
    }
}
