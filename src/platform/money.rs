//! Money: whole minor units (cents) and one store currency. No float ever comes near it.

use std::fmt::Write;

use crate::platform::i18n::{Lang, number};

/// A currency: its code (ISO 4217), the sign people read, and how many decimals it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    pub code: String,
    pub sign: String,
    /// 0 (as for the yen) or 2.
    pub decimals: u8,
}

impl Currency {
    /// The currency with this code; its code serves as its sign where no other is known.
    pub fn from_code(code: &str) -> Self {
        let (sign, decimals) = match code {
            "USD" => ("$", 2),
            "EUR" => ("€", 2),
            "GBP" => ("£", 2),
            "RUB" => ("₽", 2),
            "UZS" => ("soʻm", 0),
            "JPY" => ("¥", 0),
            "KRW" => ("₩", 0),
            other => (other, 2),
        };
        Self { code: code.to_owned(), sign: sign.to_owned(), decimals }
    }

    /// `$1,234.50` in English, `1 234,50 $` in Russian and Uzbek.
    pub fn format(&self, lang: Lang, minor: i64) -> String {
        let amount = self.amount(lang, minor.saturating_abs());
        let minus = if minor < 0 { "\u{2212}" } else { "" };
        let word = self.sign.chars().count() > 1;
        match lang {
            Lang::En if word => [minus, &self.sign, "\u{a0}", &amount].concat(),
            Lang::En => [minus, &self.sign, &amount].concat(),
            Lang::Ru | Lang::Uz => [minus, &amount, "\u{a0}", &self.sign].concat(),
        }
    }

    /// `1234.50`: the form of structured data and of number inputs.
    pub fn plain(&self, minor: i64) -> String {
        if self.decimals == 0 {
            return minor.to_string();
        }
        let sign = if minor < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", minor.unsigned_abs() / 100, minor.unsigned_abs() % 100)
    }

    /// Minor units of one whole unit.
    pub const fn unit(&self) -> i64 {
        if self.decimals == 0 { 1 } else { 100 }
    }

    fn amount(&self, lang: Lang, minor: i64) -> String {
        if self.decimals == 0 {
            return number(lang, minor);
        }
        let point = if lang == Lang::En { '.' } else { ',' };
        let mut amount = number(lang, minor / 100);
        // Writing into a string cannot fail.
        write!(amount, "{point}{:02}", minor % 100).ok();
        amount
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_as_each_language_does() {
        let dollar = Currency::from_code("USD");
        assert_eq!(dollar.format(Lang::En, 123_450), "$1,234.50");
        assert_eq!(dollar.format(Lang::Ru, 123_450), "1234,50\u{a0}$");
        assert_eq!(dollar.format(Lang::En, -5), "\u{2212}$0.05");
        assert_eq!(dollar.plain(-1205), "-12.05");
        let sum = Currency::from_code("UZS");
        assert_eq!(sum.format(Lang::Uz, 1_250_000), "1\u{a0}250\u{a0}000\u{a0}soʻm");
        assert_eq!(sum.format(Lang::En, 1_250_000), "soʻm\u{a0}1,250,000");
        assert_eq!((sum.plain(1500), sum.unit()), ("1500".to_owned(), 1));
    }
}
