//! What a cart costs with the delivery chosen: the one sum that the cart, the form and the placement agree on.

use time::OffsetDateTime;

use super::{Cart, CartLine};
use crate::{
    pricing::{DeliveryOption, PricedLine, Totals, delivery_options, totals},
    settings::Settings,
};

/// Delivery is taxed like the discs it carries.
pub const DELIVERY_TAX_CLASS: &str = "disc";

/// The sums of a cart, and the ways of delivery that it may take.
#[derive(Clone, Debug)]
pub struct Quote {
    pub options: Vec<DeliveryOption>,
    /// The way that is chosen, or the first that is offered.
    pub delivery: Option<DeliveryOption>,
    pub totals: Totals,
}

/// Quotes the lines that count. `delivery_type` is the word that was chosen, empty when none was; `country` is the code
/// of the address, empty when there is none yet.
pub fn quote(
    settings: &Settings,
    lines: &[&CartLine],
    delivery_type: &str,
    country: &str,
    now: OffsetDateTime,
) -> Quote {
    let priced: Vec<PricedLine> = lines.iter().map(|line| priced(settings, line, now)).collect();
    let goods: i64 = totals(&priced, 0, 0).subtotal_minor;
    let today = now.to_offset(settings.zone).date();
    let is_digital_only = lines.iter().all(|line| line.edition.format.is_digital());
    let country = Some(country).filter(|code| !code.is_empty());
    let options = delivery_options(settings, goods, is_digital_only, country, today);
    let delivery = options.iter().find(|option| option.kind.word() == delivery_type).or(options.first()).cloned();
    let price = delivery.as_ref().map_or(0, |option| option.price_minor);
    Quote { totals: totals(&priced, price, settings.tax_rate_bp(DELIVERY_TAX_CLASS, today)), delivery, options }
}

/// Quotes a whole cart.
pub fn quote_cart(settings: &Settings, cart: &Cart, delivery_type: &str, country: &str, now: OffsetDateTime) -> Quote {
    quote(settings, &cart.counted(now).collect::<Vec<_>>(), delivery_type, country, now)
}

fn priced(settings: &Settings, line: &CartLine, now: OffsetDateTime) -> PricedLine {
    let offer = line.edition.offer(now);
    PricedLine {
        list_minor: offer.list_minor,
        unit_price_minor: offer.price_minor,
        quantity: line.quantity,
        tax_rate_bp: settings.tax_rate_bp(&line.edition.tax_class, now.to_offset(settings.zone).date()),
    }
}
