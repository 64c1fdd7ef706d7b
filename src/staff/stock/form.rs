//! What is typed at the desk, and what it means.

use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset, macros::format_description};

use super::messages::StockMessages;
use crate::{
    catalog::{StockReason, queries::Prices},
    platform::{http::Fields, money::Currency},
};

/// What people change stock for; the other reasons are the program's.
pub(super) const REASONS: [StockReason; 4] =
    [StockReason::Purchase, StockReason::Return, StockReason::Damage, StockReason::Count];

/// No delivery is larger, and no loss.
const MOST_UNITS: i32 = 100_000;
pub(super) const MOST_NOTE: u16 = 200;

/// A field's name and how to mend its value.
pub(super) type Problem = (&'static str, &'static str);

/// Units, reason and note of an adjustment.
pub(super) fn adjustment(t: StockMessages, fields: &Fields) -> Result<(i32, StockReason), Vec<Problem>> {
    let written = fields.get("delta").replace('\u{2212}', "-");
    let delta = written.parse().ok().filter(|delta| *delta != 0 && (-MOST_UNITS..=MOST_UNITS).contains(delta));
    let reason = StockReason::from_word(fields.get("reason")).filter(|reason| REASONS.contains(reason));
    let is_short = fields.get("note").chars().count() <= MOST_NOTE.into();
    match (delta, reason) {
        (Some(delta), Some(reason)) if is_short => Ok((delta, reason)),
        (delta, reason) => Err([
            delta.is_none().then_some(("delta", t.delta_wrong())),
            reason.is_none().then_some(("reason", t.reason_wrong())),
            (!is_short).then_some(("note", t.note_too_long())),
        ]
        .into_iter()
        .flatten()
        .collect()),
    }
}

/// Price and sale; times are those of the shop's zone.
pub(super) fn prices(
    t: StockMessages,
    fields: &Fields,
    currency: &Currency,
    zone: UtcOffset,
) -> Result<Prices, Vec<Problem>> {
    let mut problems = Vec::new();
    let price = amount(fields.get("price"), currency);
    if price.is_none() {
        problems.push(("price", t.price_wrong()));
    }
    let sale = optional(fields.get("sale_price"), |text| amount(text, currency));
    let sale_price_minor = match sale {
        Ok(sale) if sale.is_none_or(|sale| price.is_none_or(|price| sale < price)) => sale,
        _ => {
            problems.push(("sale_price", t.sale_price_wrong()));
            None
        }
    };
    let mut moment = |name| {
        optional(fields.get(name), |text| time(text, zone)).unwrap_or_else(|()| {
            problems.push((name, t.time_wrong()));
            None
        })
    };
    let (sale_from, sale_to) = (moment("sale_from"), moment("sale_to"));
    if sale_from.is_some_and(|from| sale_to.is_some_and(|to| from >= to)) {
        problems.push(("sale_to", t.sale_ends_early()));
    }
    match price {
        Some(price_minor) if problems.is_empty() => Ok(Prices { price_minor, sale_price_minor, sale_from, sale_to }),
        _ => Err(problems),
    }
}

/// Nothing, or what `read` makes of it; none for what makes no sense.
fn optional<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some).ok_or(()) }
}

/// `19.99` or `19,99` in minor units, more than nothing.
fn amount(text: &str, currency: &Currency) -> Option<i64> {
    let text = text.replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let places = usize::from(currency.decimals);
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > places || !are_digits(whole) || !are_digits(part) {
        return None;
    }
    format!("{whole}{part:0<places$}").parse().ok().filter(|minor| *minor > 0)
}

/// As a browser writes a moment, with or without seconds.
fn time(text: &str, zone: UtcOffset) -> Option<OffsetDateTime> {
    let minutes = format_description!("[year]-[month]-[day]T[hour]:[minute]");
    let at = PrimitiveDateTime::parse(text.get(..16)?, minutes).ok()?;
    Some(at.assume_offset(zone).to_offset(UtcOffset::UTC))
}

/// The same the other way round.
pub(super) fn written(at: Option<OffsetDateTime>, zone: UtcOffset) -> String {
    let minutes = format_description!("[year]-[month]-[day]T[hour]:[minute]");
    at.and_then(|at| at.to_offset(zone).format(minutes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, offset};

    use super::*;
    use crate::platform::i18n::Lang;

    fn read(body: &str) -> Result<Prices, Vec<&'static str>> {
        let fields = Fields::parse(body.as_bytes()).unwrap();
        let read = prices(StockMessages(Lang::En), &fields, &Currency::from_code("USD"), offset!(+5));
        read.map_err(|problems| problems.into_iter().map(|(name, _)| name).collect())
    }

    #[test]
    fn prices_are_read_with_their_sale() {
        let plain = read("price=19.9").unwrap();
        assert_eq!((plain.price_minor, plain.sale_price_minor), (1990, None));
        let sale = read("price=20&sale_price=15,5&sale_from=2026-11-27T00:00&sale_to=2026-11-28T00:00:00").unwrap();
        assert_eq!((sale.price_minor, sale.sale_price_minor), (2000, Some(1550)));
        assert_eq!(sale.sale_from, Some(datetime!(2026-11-26 19:00 UTC)), "as the shop's clock says");
        assert_eq!(written(sale.sale_from, offset!(+5)), "2026-11-27T00:00");
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for price in ["", "0", "-1", "1.999", "1e3", "99999999999", "ten"] {
            assert_eq!(read(&format!("price={price}")), Err(vec!["price"]), "{price}");
        }
        assert_eq!(read("price=10&sale_price=10"), Err(vec!["sale_price"]));
        assert_eq!(read("price=10&sale_price=9&sale_from=tomorrow"), Err(vec!["sale_from"]));
        let backwards = "price=10&sale_price=9&sale_from=2026-11-28T00:00&sale_to=2026-11-28T00:00";
        assert_eq!(read(backwards), Err(vec!["sale_to"]));
    }

    #[test]
    fn an_adjustment_has_units_and_a_reason_that_people_have() {
        let read = |body: &str| adjustment(StockMessages(Lang::En), &Fields::parse(body.as_bytes()).unwrap());
        assert_eq!(read("delta=-3&reason=damage"), Ok((-3, StockReason::Damage)));
        for wrong in
            ["delta=0&reason=count", "delta=1.5&reason=count", "delta=100001&reason=count", "delta=1&reason=sale"]
        {
            assert_eq!(read(wrong).unwrap_err().len(), 1, "{wrong}");
        }
    }
}
