//! Words for the ways of delivery and for how long they take.

use time::Date;

use super::DeliveryType;
use crate::platform::i18n::{self, Lang};

crate::messages! {
    /// Words for delivery.
    pub DeliveryMessages {
        standard { en: "Standard delivery", ru: "Обычная доставка", uz: "Oddiy yetkazib berish" }
        express { en: "Express delivery", ru: "Экспресс-доставка", uz: "Tezkor yetkazib berish" }
        pickup { en: "Pickup", ru: "Самовывоз", uz: "Oʻzi olib ketish" }
        digital { en: "Digital delivery", ru: "Электронная доставка", uz: "Elektron yetkazib berish" }
        free { en: "Free", ru: "Бесплатно", uz: "Bepul" }
        between(from: &str, to: &str) { en: "{from} to {to}", ru: "{from} — {to}", uz: "{from} — {to}" }
    }
}

impl DeliveryMessages {
    pub const fn name(self, delivery: DeliveryType) -> &'static str {
        match delivery {
            DeliveryType::Standard => self.standard(),
            DeliveryType::Express => self.express(),
            DeliveryType::Pickup => self.pickup(),
            DeliveryType::Digital => self.digital(),
        }
    }

    /// The days of arrival: one date, or the first and the last, whose common month and year stand once.
    pub fn dates(self, first: Date, last: Date) -> String {
        let written = i18n::date(self.0, last);
        if first == last {
            return written;
        }
        if (first.year(), first.month()) != (last.year(), last.month()) {
            return self.between(&i18n::date(self.0, first), &written);
        }
        match self.0 {
            Lang::En => self.between(&first.day().to_string(), &written),
            Lang::Ru => format!("{}–{written}", first.day()),
            // The year comes first.
            Lang::Uz => written.replacen(' ', &format!(" {}–", first.day()), 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_common_month_stands_once() {
        let dates = |first, last| Lang::ALL.map(|lang| DeliveryMessages(lang).dates(first, last));
        let (first, last) = (date!(2026 - 11 - 26), date!(2026 - 11 - 29));
        assert_eq!(dates(first, last), ["26 to 29 November 2026", "26–29 ноября 2026 г.", "2026-yil 26–29-noyabr"]);
        assert_eq!(dates(last, last)[0], "29 November 2026");
        assert_eq!(dates(last, date!(2026 - 12 - 02))[1], "29 ноября 2026 г. — 2 декабря 2026 г.");
    }
}
