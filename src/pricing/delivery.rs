//! Which ways of delivery an order may take, at which price, arriving when.

use time::{Date, Duration};

use crate::{settings::Settings, word_enum};

word_enum! {
    /// How an order reaches the customer.
    pub DeliveryType {
        Standard = "standard",
        Express = "express",
        Pickup = "pickup",
        Digital = "digital",
    }
}

impl DeliveryType {
    /// Whether somebody carries it to an address.
    pub const fn needs_address(self) -> bool {
        matches!(self, Self::Standard | Self::Express)
    }
}

/// A way of delivery that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryOption {
    pub kind: DeliveryType,
    pub price_minor: i64,
    /// Goods of this value make it free; absent where nothing does.
    pub free_from_minor: Option<i64>,
    /// First and last day of arrival.
    pub dates: (Date, Date),
}

/// The ways offered for goods worth `goods_minor` (after discounts), all digital or not, to `country` if it is known
/// already. In the order of the settings.
pub fn delivery_options(
    settings: &Settings,
    goods_minor: i64,
    is_digital_only: bool,
    country: Option<&str>,
    today: Date,
) -> Vec<DeliveryOption> {
    settings
        .delivery
        .iter()
        .filter(|method| method.is_enabled)
        .filter_map(|method| Some((DeliveryType::from_word(&method.kind)?, method)))
        .filter(|(kind, _)| (*kind == DeliveryType::Digital) == is_digital_only)
        .filter(|(kind, _)| *kind != DeliveryType::Pickup || !settings.pickup_points.is_empty())
        .filter(|(kind, method)| {
            let serves =
                |country: &str| method.countries.is_empty() || method.countries.iter().any(|code| code == country);
            !kind.needs_address() || country.is_none_or(serves)
        })
        .map(|(kind, method)| DeliveryOption {
            kind,
            price_minor: match method.free_from_minor {
                Some(threshold) if goods_minor >= threshold => 0,
                _ => method.price_minor,
            },
            free_from_minor: method.free_from_minor,
            dates: (today + Duration::days(method.days.0.into()), today + Duration::days(method.days.1.into())),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn offered(goods: i64, digital: bool, country: Option<&str>) -> Vec<(DeliveryType, i64)> {
        delivery_options(&Settings::default(), goods, digital, country, date!(2026 - 11 - 22))
            .into_iter()
            .map(|option| (option.kind, option.price_minor))
            .collect()
    }

    #[test]
    fn digital_orders_are_not_carried_and_others_are() {
        assert_eq!(offered(1000, true, None), [(DeliveryType::Digital, 0)]);
        assert!(offered(1000, false, None).iter().all(|(kind, _)| *kind != DeliveryType::Digital));
    }

    #[test]
    fn a_method_serves_its_countries_only() {
        let kinds = |country| offered(1000, false, Some(country)).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        assert!(kinds("UZ").contains(&DeliveryType::Express));
        assert!(!kinds("DE").contains(&DeliveryType::Express));
        assert!(kinds("DE").contains(&DeliveryType::Pickup));
    }

    #[test]
    fn goods_above_the_threshold_travel_free() {
        assert_eq!(offered(4999, false, Some("UZ"))[0], (DeliveryType::Standard, 499));
        assert_eq!(offered(5000, false, Some("UZ"))[0], (DeliveryType::Standard, 0));
    }

    #[test]
    fn dates_count_from_today() {
        let options = delivery_options(&Settings::default(), 0, false, None, date!(2026 - 12 - 30));
        assert_eq!(options[0].dates, (date!(2027 - 01 - 02), date!(2027 - 01 - 05)));
    }
}
