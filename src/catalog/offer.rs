//! What an edition costs at a moment, whether it can be bought, and how many at once. Pure rules: the film page, the
//! lists, the cart and the placement of orders all ask here.

use time::OffsetDateTime;

use super::{
    Format, ProductStatus,
    queries::{CardEdition, EditionRow, FilmRow},
};

/// No cart line holds more, whatever the edition allows.
const MAX_PER_LINE: i32 = 99;

/// The price of an edition at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The price outside a sale.
    pub list_minor: i64,
    /// The price in force.
    pub price_minor: i64,
    /// When the sale that is running ends, if it has an end.
    pub sale_ends_at: Option<OffsetDateTime>,
}

impl Offer {
    /// A sale runs from `sale_from` until just before `sale_to`; a missing end is open.
    pub fn at(
        now: OffsetDateTime,
        price_minor: i64,
        sale_price_minor: Option<i64>,
        sale_from: Option<OffsetDateTime>,
        sale_to: Option<OffsetDateTime>,
    ) -> Self {
        let is_open = sale_from.is_none_or(|from| from <= now) && sale_to.is_none_or(|to| now < to);
        match sale_price_minor {
            Some(sale) if is_open && sale < price_minor => {
                Self { list_minor: price_minor, price_minor: sale, sale_ends_at: sale_to }
            }
            _ => Self { list_minor: price_minor, price_minor, sale_ends_at: None },
        }
    }

    pub const fn is_sale(&self) -> bool {
        self.price_minor < self.list_minor
    }

    /// The price to strike through: only one that is strictly higher.
    pub fn old_minor(&self) -> Option<i64> {
        self.is_sale().then_some(self.list_minor)
    }

    /// Percent saved, rounded down; less than one percent is not worth a word.
    pub fn saved_percent(&self) -> Option<u8> {
        let saved = i128::from(self.old_minor()? - self.price_minor);
        u8::try_from(saved * 100 / i128::from(self.list_minor)).ok().filter(|percent| *percent > 0)
    }
}

/// What the shop says about an edition's stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    InStock,
    /// At or below the edition's threshold: this many are left.
    Low(u32),
    Out,
    /// Nothing to run out of.
    Digital,
}

impl Availability {
    pub fn of(format: Format, stock: i32, low_stock_at: i32) -> Self {
        if format.is_digital() {
            return Self::Digital;
        }
        match u32::try_from(stock) {
            Err(_) | Ok(0) => Self::Out,
            Ok(left) if stock <= low_stock_at => Self::Low(left),
            Ok(_) => Self::InStock,
        }
    }

    pub const fn can_be_bought(self) -> bool {
        !matches!(self, Self::Out)
    }
}

/// How many units one cart or order may hold of an edition now.
pub fn purchasable(format: Format, stock: i32, max_per_order: u8) -> u32 {
    let allowed = i32::from(max_per_order).min(MAX_PER_LINE);
    let units = if format.is_digital() { allowed } else { allowed.min(stock) };
    u32::try_from(units).unwrap_or_default()
}

/// Whether a film is shown and sold at `now`: from `publish_at` until just before `unpublish_at`.
pub fn is_visible(
    status: ProductStatus,
    publish_at: Option<OffsetDateTime>,
    unpublish_at: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> bool {
    status == ProductStatus::Active && publish_at.is_none_or(|at| at <= now) && unpublish_at.is_none_or(|at| now < at)
}

impl EditionRow {
    pub fn offer(&self, now: OffsetDateTime) -> Offer {
        Offer::at(now, self.price_minor, self.sale_price_minor, self.sale_from, self.sale_to)
    }

    pub fn availability(&self) -> Availability {
        Availability::of(self.format, self.stock, self.low_stock_at)
    }

    /// How many units one cart or order may hold now.
    pub fn purchasable(&self) -> u32 {
        purchasable(self.format, self.stock, self.max_per_order)
    }
}

impl CardEdition {
    pub fn offer(&self, now: OffsetDateTime) -> Offer {
        Offer::at(now, self.price_minor, self.sale_price_minor, self.sale_from, self.sale_to)
    }
}

impl FilmRow {
    pub fn is_visible(&self, now: OffsetDateTime) -> bool {
        is_visible(self.status, self.publish_at, self.unpublish_at, now)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 12:00 UTC);
    const EARLIER: OffsetDateTime = datetime!(2026-11-22 11:59:59.999999 UTC);
    const LATER: OffsetDateTime = datetime!(2026-11-22 12:00:00.000001 UTC);

    #[test]
    fn a_sale_counts_within_its_window_only() {
        let price = |from, to| Offer::at(NOW, 2000, Some(1500), from, to).price_minor;
        assert_eq!(price(None, None), 1500);
        assert_eq!(price(Some(NOW), Some(LATER)), 1500);
        assert_eq!(price(Some(EARLIER), Some(NOW)), 2000, "it ends at its end");
        assert_eq!(price(Some(LATER), None), 2000);
        let offer = Offer::at(NOW, 2000, Some(1500), None, Some(LATER));
        assert_eq!((offer.list_minor, offer.old_minor(), offer.sale_ends_at), (2000, Some(2000), Some(LATER)));
        let over = Offer::at(NOW, 2000, Some(1500), None, Some(NOW));
        assert_eq!((over.is_sale(), over.old_minor(), over.sale_ends_at), (false, None, None));
        assert_eq!(Offer::at(NOW, 2000, Some(2000), None, None).old_minor(), None, "an equal price is no sale");
    }

    #[test]
    fn percent_saved_is_rounded_down() {
        let saved = |price, sale| Offer::at(NOW, price, Some(sale), None, None).saved_percent();
        assert_eq!(saved(1999, 1500), Some(24));
        assert_eq!(saved(3000, 2001), Some(33));
        assert_eq!(saved(10_000, 1), Some(99));
        assert_eq!(saved(10_000, 9_901), None);
        assert_eq!(saved(i64::MAX, 1), Some(99));
        assert_eq!(Offer::at(NOW, 1999, None, None, None).saved_percent(), None);
    }

    #[test]
    fn stock_is_told_by_the_threshold() {
        let disc = |stock| Availability::of(Format::Dvd, stock, 5);
        assert_eq!([disc(6), disc(5), disc(1)], [Availability::InStock, Availability::Low(5), Availability::Low(1)]);
        assert_eq!([disc(0), disc(-1)], [Availability::Out, Availability::Out]);
        assert_eq!(Availability::of(Format::DigitalHd, 0, 5), Availability::Digital);
        assert!(Availability::Digital.can_be_bought() && !Availability::Out.can_be_bought());
    }

    #[test]
    fn no_more_than_stock_and_limit_can_be_bought() {
        assert_eq!(purchasable(Format::Dvd, 3, 10), 3);
        assert_eq!(purchasable(Format::Dvd, 30, 10), 10);
        assert_eq!(purchasable(Format::Dvd, 500, 200), 99);
        assert_eq!(purchasable(Format::Dvd, -2, 10), 0);
        assert_eq!(purchasable(Format::Digital4k, 0, 1), 1);
    }

    #[test]
    fn a_film_is_visible_within_its_time() {
        let active = |publish, unpublish| is_visible(ProductStatus::Active, publish, unpublish, NOW);
        assert!(active(None, None) && active(Some(NOW), Some(LATER)));
        assert!(!active(Some(LATER), None) && !active(Some(EARLIER), Some(NOW)));
        assert!(!is_visible(ProductStatus::Draft, None, None, NOW));
        assert!(!is_visible(ProductStatus::Archived, None, None, NOW));
    }
}
