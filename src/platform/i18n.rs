//! Languages, message catalogues, plural rules, and how numbers and dates are written.
//!
//! A feature declares its words once with [`messages!`](crate::messages!); each becomes a method of the feature's
//! catalogue. A missing language or a placeholder that differs between languages does not compile, and a message that
//! nobody uses is dead code, which the lints refuse.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

use time::{OffsetDateTime, UtcOffset};

/// A language of the interface. English is the default and has no prefix in URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    #[default]
    En,
    Ru,
    Uz,
}

impl Lang {
    pub const ALL: [Self; 3] = [Self::En, Self::Ru, Self::Uz];

    /// BCP 47 code, as in `lang` and `hreflang`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::Uz => "uz",
        }
    }

    /// The language's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ru => "Русский",
            Self::Uz => "Oʻzbekcha",
        }
    }

    /// What stands before every path: nothing for the default.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::En => "",
            Self::Ru => "/ru",
            Self::Uz => "/uz",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Which plural form `n` takes (CLDR cardinal rules for whole numbers).
    pub const fn plural(self, n: i64) -> Plural {
        let n = n.unsigned_abs();
        match self {
            Self::En if n == 1 => Plural::One,
            Self::Ru if n % 10 == 1 && n % 100 != 11 => Plural::One,
            Self::Ru if matches!(n % 10, 2..=4) && !matches!(n % 100, 12..=14) => Plural::Few,
            Self::En | Self::Ru | Self::Uz => Plural::Many,
        }
    }
}

/// A plural form: English has one and many, Russian one, few and many, Uzbek only many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    One,
    Few,
    Many,
}

/// A text in up to three languages with the language that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized {
    pub text: String,
    pub lang: Lang,
}

impl fmt::Display for Localized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The text in the language asked for, else Russian, else English, else any.
pub fn localized(wanted: Lang, en: Option<&str>, ru: Option<&str>, uz: Option<&str>) -> Option<Localized> {
    first_filled(wanted, en, ru, uz).map(|(text, lang)| Localized { text: text.to_owned(), lang })
}

/// The same, borrowed.
pub fn first_filled<'a>(
    wanted: Lang,
    en: Option<&'a str>,
    ru: Option<&'a str>,
    uz: Option<&'a str>,
) -> Option<(&'a str, Lang)> {
    let text = |lang: Lang| {
        match lang {
            Lang::En => en,
            Lang::Ru => ru,
            Lang::Uz => uz,
        }
        .filter(|text| !text.is_empty())
    };
    [wanted, Lang::Ru, Lang::En, Lang::Uz].into_iter().find_map(|lang| Some((text(lang)?, lang)))
}

/// The text as titles and headings draw it: the face that they are set in lacks the letters ʻ and ʼ, but has the quotes
/// that look like them.
pub fn at_display_size(text: &str) -> Cow<'_, str> {
    // Both begin with this byte, which few texts have.
    if !text.as_bytes().contains(&0xca) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('\u{2bb}', "\u{2018}").replace('\u{2bc}', "\u{2019}"))
}

/// A whole number with the language's thousands separator: `1,892`, `1 892`.
pub fn number(lang: Lang, n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let separator = if lang == Lang::En { "," } else { "\u{a0}" };
    let mut text = String::with_capacity(digits.len() + 6);
    if n < 0 {
        text.push('\u{2212}');
    }
    // Four digits stand together where the separator is a space.
    let grouped = lang == Lang::En || digits.len() > 4;
    for (index, digit) in digits.chars().enumerate() {
        if grouped && index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

/// The text of a message; pages show very many, and most are short.
pub fn text(message: fmt::Arguments<'_>) -> String {
    let mut text = String::with_capacity(64);
    // Writing into a string cannot fail.
    text.write_fmt(message).ok();
    text
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const MONTHS_UZ: [&str; 12] =
    ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr", "noyabr", "dekabr"];

/// `22 November 2026`, `22 ноября 2026 г.`, `2026-yil 22-noyabr`.
pub fn date(lang: Lang, date: time::Date) -> String {
    let (year, day) = (date.year(), date.day());
    let month = usize::from(u8::from(date.month()) - 1);
    match lang {
        Lang::En => format!("{day} {} {year}", MONTHS_EN[month]),
        Lang::Ru => format!("{day} {} {year} г.", MONTHS_RU[month]),
        Lang::Uz => format!("{year}-yil {day}-{}", MONTHS_UZ[month]),
    }
}

/// Date and time of day (24 h) in the shop's zone.
pub fn date_time(lang: Lang, at: OffsetDateTime, zone: UtcOffset) -> String {
    let at = at.to_offset(zone);
    format!("{}, {:02}:{:02}", date(lang, at.date()), at.hour(), at.minute())
}

/// The machine-readable form for `<time datetime>`, RFC 3339 in UTC.
pub fn machine_time(at: OffsetDateTime) -> String {
    at.to_offset(UtcOffset::UTC)
        .replace_nanosecond(0)
        .ok()
        .and_then(|at| at.format(&time::format_description::well_known::Rfc3339).ok())
        .unwrap_or_default()
}

/// Declares a catalogue of messages: a `Copy` struct around [`Lang`] with a method a message.
///
/// ```text
/// messages! {
///     /// Words of the cart.
///     pub CartMessages {
///         title { en: "Your cart", ru: "Корзина", uz: "Savat" }
///         only_left(n: u32) { en: "Only {n} left", ru: "Осталось {n}", uz: "{n} ta qoldi" }
///         films(n: plural) {
///             en: ["{n} film", "{n} films"],
///             ru: ["{n} фильм", "{n} фильма", "{n} фильмов"],
///             uz: ["{n} film"],
///         }
///     }
/// }
/// ```
///
/// A message with arguments returns a `String`. In a `plural` message `n` is an `i64` and is written with
/// thousands separators; further arguments follow it: `films(n: plural, title: &str)`.
#[macro_export]
macro_rules! messages {
    ($(#[$meta:meta])* $vis:vis $name:ident { $($body:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        $vis struct $name(pub $crate::platform::i18n::Lang);

        impl $name {
            $crate::messages!(@each [$vis] { $($body)* });
        }
    };
    (@each [$vis:vis] {}) => {};
    (@each [$vis:vis] { $key:ident { en: $en:literal, ru: $ru:literal, uz: $uz:literal $(,)? } $($rest:tt)* }) => {
        $vis const fn $key(self) -> &'static str {
            match self.0 {
                $crate::platform::i18n::Lang::En => $en,
                $crate::platform::i18n::Lang::Ru => $ru,
                $crate::platform::i18n::Lang::Uz => $uz,
            }
        }
        $crate::messages!(@each [$vis] { $($rest)* });
    };
    (@each [$vis:vis] {
        $key:ident($n:ident: plural $(, $arg:ident: $type:ty)* $(,)?) {
            en: [$en1:literal, $en2:literal $(,)?],
            ru: [$ru1:literal, $ru2:literal, $ru5:literal $(,)?],
            uz: [$uz:literal $(,)?] $(,)?
        }
        $($rest:tt)*
    }) => {
        $vis fn $key(self, $n: i64 $(, $arg: $type)*) -> String {
            use $crate::platform::i18n::{Lang, Plural};
            let form = self.0.plural($n);
            let $n = $crate::platform::i18n::number(self.0, $n);
            let message = match (self.0, form) {
                (Lang::En, Plural::One) => format_args!($en1, $n = $n $(, $arg = $arg)*),
                (Lang::En, _) => format_args!($en2, $n = $n $(, $arg = $arg)*),
                (Lang::Ru, Plural::One) => format_args!($ru1, $n = $n $(, $arg = $arg)*),
                (Lang::Ru, Plural::Few) => format_args!($ru2, $n = $n $(, $arg = $arg)*),
                (Lang::Ru, Plural::Many) => format_args!($ru5, $n = $n $(, $arg = $arg)*),
                (Lang::Uz, _) => format_args!($uz, $n = $n $(, $arg = $arg)*),
            };
            $crate::platform::i18n::text(message)
        }
        $crate::messages!(@each [$vis] { $($rest)* });
    };
    (@each [$vis:vis] {
        $key:ident($($arg:ident: $type:ty),+ $(,)?) { en: $en:literal, ru: $ru:literal, uz: $uz:literal $(,)? }
        $($rest:tt)*
    }) => {
        $vis fn $key(self, $($arg: $type),+) -> String {
            let message = match self.0 {
                $crate::platform::i18n::Lang::En => format_args!($en, $($arg = $arg),+),
                $crate::platform::i18n::Lang::Ru => format_args!($ru, $($arg = $arg),+),
                $crate::platform::i18n::Lang::Uz => format_args!($uz, $($arg = $arg),+),
            };
            $crate::platform::i18n::text(message)
        }
        $crate::messages!(@each [$vis] { $($rest)* });
    };
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime, offset};

    use super::*;

    messages! {
        Sample {
            title { en: "Cart", ru: "Корзина", uz: "Savat" }
            films(n: plural) { en: ["{n} film", "{n} films"], ru: ["{n} фильм", "{n} фильма", "{n} фильмов"], uz: ["{n} film"] }
            left(count: u32) { en: "Only {count} left", ru: "Осталось {count}", uz: "{count} ta qoldi" }
        }
    }

    #[test]
    fn plural_forms_follow_the_language() {
        let forms = |lang| [0, 1, 2, 5, 11, 12, 21, 22, 25, 111, 1001].map(|n| Sample(lang).films(n));
        assert_eq!(forms(Lang::En)[..3], ["0 films", "1 film", "2 films"]);
        assert_eq!(
            forms(Lang::Ru),
            [
                "0 фильмов",
                "1 фильм",
                "2 фильма",
                "5 фильмов",
                "11 фильмов",
                "12 фильмов",
                "21 фильм",
                "22 фильма",
                "25 фильмов",
                "111 фильмов",
                "1001 фильм",
            ]
        );
        assert_eq!(Sample(Lang::Uz).films(3), "3 film");
        assert_eq!(Sample(Lang::Ru).left(3), "Осталось 3");
        assert_eq!(Sample(Lang::Uz).title(), "Savat");
    }

    #[test]
    fn a_missing_text_falls_back_and_says_so() {
        let found = |wanted, en, ru, uz| localized(wanted, en, ru, uz).map(|found| (found.text, found.lang));
        assert_eq!(found(Lang::Uz, Some("Mirror"), Some("Зеркало"), None), Some(("Зеркало".to_owned(), Lang::Ru)));
        assert_eq!(found(Lang::Ru, Some("Mirror"), None, Some("Koʻzgu")), Some(("Mirror".to_owned(), Lang::En)));
        assert_eq!(found(Lang::En, None, Some(""), Some("Koʻzgu")), Some(("Koʻzgu".to_owned(), Lang::Uz)));
        assert_eq!(found(Lang::En, None, None, None), None);
    }

    #[test]
    fn headings_draw_the_uzbek_letters_with_quotes() {
        assert_eq!(at_display_size("Gʻalaba maʼnosi"), "G‘alaba ma’nosi");
    }

    #[test]
    fn numbers_and_dates_by_language() {
        assert_eq!(number(Lang::En, 1_234_567), "1,234,567");
        assert_eq!(number(Lang::Ru, 1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!((number(Lang::Ru, 1892), number(Lang::En, 1892)), ("1892".to_owned(), "1,892".to_owned()));
        assert_eq!(date(Lang::En, date!(2026 - 11 - 22)), "22 November 2026");
        assert_eq!(date(Lang::Ru, date!(2026 - 11 - 22)), "22 ноября 2026 г.");
        assert_eq!(date(Lang::Uz, date!(2026 - 11 - 22)), "2026-yil 22-noyabr");
        let late = datetime!(2026-11-22 20:30 UTC);
        assert_eq!(date_time(Lang::En, late, offset!(+5)), "23 November 2026, 01:30");
        assert_eq!(machine_time(late), "2026-11-22T20:30:00Z");
    }
}
