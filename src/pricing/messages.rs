//! Words for the ways of delivery and for how long they take.

use time::Date;

use super::DeliveryType;
use crate::platform::i18n;

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

    /// The days of arrival: one date, or the first and the last.
    pub fn dates(self, first: Date, last: Date) -> String {
        let date = |date| i18n::date(self.0, date);
        if first == last { date(first) } else { self.between(&date(first), &date(last)) }
    }
}
