//! What the cart page shows. Handlers hand over plain values; how they look is the template's matter.

use askama::Template;
use time::Date;

use super::{LineProblem, messages::CartMessages};
use crate::{
    catalog::{
        Availability,
        views::{FormatMessages, PriceView, RelatedShelf, StockView},
    },
    platform::{
        http::{FieldView, PageContext, Shell},
        i18n::Localized,
    },
    pricing::{DeliveryType, messages::DeliveryMessages},
    recent::views::RecentShelf,
};

/// The cart page, empty or not.
#[derive(Template)]
#[template(path = "cart/page.html")]
pub struct CartView {
    pub shell: Shell,
    pub t: CartMessages,
    pub delivery: DeliveryMessages,
    pub cart: CartDetails,
}

/// What a cart holds.
#[derive(Clone, Debug, Default)]
pub struct CartDetails {
    pub lines: Vec<CartLineView>,
    pub totals: CartTotals,
    /// The note to the order, or what was typed instead when that was refused.
    pub note: String,
    /// Why the note was refused.
    pub note_error: Option<String>,
    /// Why something was not put into the cart.
    pub add_error: Option<String>,
    pub shelves: CartShelves,
}

/// Films below the cart.
#[derive(Clone, Debug, Default)]
pub struct CartShelves {
    /// Those that go with what it holds.
    pub goes_with: Option<RelatedShelf>,
    /// Those that the visitor looked at last.
    pub recent: Option<RecentShelf>,
}

/// One line of the cart.
#[derive(Clone, Debug)]
pub struct CartLineView {
    pub id: u64,
    pub title: Localized,
    /// Address of the film; `None` when it is not shown any more.
    pub href: Option<String>,
    /// Address of the poster.
    pub poster: String,
    pub format: &'static str,
    pub availability: Availability,
    pub problem: Option<LineProblem>,
    pub quantity: u32,
    /// The largest quantity that can be chosen now.
    pub most: u32,
    pub unit_price_minor: i64,
    /// The price of one outside the sale, while a sale is on.
    pub old_price_minor: Option<i64>,
    /// The price of one that the visitor saw last, where it was another.
    pub seen_price_minor: Option<i64>,
    pub total_minor: i64,
    /// Why a posted quantity was refused.
    pub error: Option<String>,
    /// That the customer has the edition, or the film, already.
    pub owned: Option<String>,
    /// It is for somebody else.
    pub is_gift: bool,
}

/// The sums beside the lines. Lines that cannot be bought do not count.
#[derive(Clone, Debug, Default)]
pub struct CartTotals {
    pub units: i64,
    pub goods_minor: i64,
    /// The cheapest way of delivery; `None` when nothing is left to be delivered.
    pub delivery: Option<DeliveryEstimate>,
    pub free_delivery: FreeDelivery,
    /// Goods and the estimated delivery.
    pub total_minor: i64,
    pub tax_minor: i64,
}

/// What delivery will cost, as far as the cart knows.
#[derive(Clone, Debug)]
pub struct DeliveryEstimate {
    pub delivery_type: DeliveryType,
    pub price_minor: i64,
    /// The place is unknown, so it may cost more.
    pub is_from: bool,
    /// First and last day of arrival.
    pub dates: (Date, Date),
}

/// How far the goods are from free delivery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FreeDelivery {
    /// There is no such offer, or nothing to be delivered.
    #[default]
    NotOffered,
    Missing(i64),
    Reached,
}

impl CartView {
    pub fn new(context: &PageContext, cart: CartDetails) -> Self {
        let t = CartMessages(context.lang);
        let has_errors =
            cart.note_error.is_some() || cart.add_error.is_some() || cart.lines.iter().any(|line| line.error.is_some());
        let title = if has_errors { t.error_title(t.title()) } else { t.title().to_owned() };
        Self { shell: Shell::private(context, title), t, delivery: DeliveryMessages(context.lang), cart }
    }

    /// How many lines cannot be had at all.
    fn unavailable(&self) -> i64 {
        self.cart.lines.iter().filter(|line| !line.is_counted()).map(|_| 1).sum()
    }

    fn can_check_out(&self) -> bool {
        self.cart.lines.iter().all(|line| line.problem.is_none())
    }

    /// The dot and the words of a line's stock.
    fn stock(&self, line: &CartLineView) -> StockView {
        let t = FormatMessages(self.shell.lang);
        let (class, text) = match (line.problem, line.availability) {
            (Some(LineProblem::Unavailable), _) => ("stock--out", self.t.withdrawn().to_owned()),
            (Some(LineProblem::SoldOut), _) | (_, Availability::Out) => ("stock--out", t.out_of_stock().to_owned()),
            (_, Availability::Digital) => ("stock--in", t.always().to_owned()),
            (_, Availability::InStock) => ("stock--in", t.in_stock().to_owned()),
            (_, Availability::Low(left)) => ("stock--low", t.only_left(left.into())),
        };
        StockView { class, text }
    }

    fn price_note(&self, line: &CartLineView) -> Option<String> {
        let seen = line.seen_price_minor?;
        let (from, to) = (self.shell.money(seen), self.shell.money(line.unit_price_minor));
        Some(if line.unit_price_minor > seen { self.t.price_rose(&from, &to) } else { self.t.price_fell(&from, &to) })
    }

    /// What the line comes to, beside what it would without the sale.
    fn price(&self, line: &CartLineView) -> PriceView {
        let old = line.old_price_minor.filter(|_| line.is_counted());
        PriceView {
            now: self.shell.money(line.total_minor),
            was: old.map(|minor| self.shell.money(minor.saturating_mul(line.quantity.into()))),
        }
    }

    fn note_field(&self) -> FieldView {
        FieldView {
            name: "note",
            label: self.t.note_label(),
            value: self.cart.note.clone(),
            hint: Some(self.t.note_hint().to_owned()),
            error: self.cart.note_error.clone(),
            max_length: 500,
            ..FieldView::default()
        }
    }

    fn arrival(&self, estimate: &DeliveryEstimate) -> String {
        self.t.arrives(&self.delivery.dates(estimate.dates.0, estimate.dates.1))
    }

    fn delivery_price(&self, estimate: &DeliveryEstimate) -> String {
        match (estimate.price_minor, estimate.is_from) {
            (0, _) => self.delivery.free().to_owned(),
            (minor, true) => self.t.from_price(&self.shell.money(minor)),
            (minor, false) => self.shell.money(minor),
        }
    }

    /// The refused fields: id and how to mend them.
    fn errors(&self) -> Vec<(String, &str)> {
        let lines = self.cart.lines.iter().filter_map(|line| Some((line.field_id(), line.error.as_deref()?)));
        let note = self.cart.note_error.as_deref().map(|error| ("note".to_owned(), error));
        lines.chain(note).collect()
    }
}

impl CartLineView {
    /// Id of the control for the quantity, to which a redirect may lead.
    pub fn field_id(&self) -> String {
        format!("quantity-{}", self.id)
    }

    /// What can be had only in part counts.
    fn is_counted(&self) -> bool {
        matches!(self.problem, None | Some(LineProblem::TooMany(_)))
    }

    /// More than this cannot be had, and the line holds more.
    fn too_many(&self) -> Option<i64> {
        match self.problem {
            Some(LineProblem::TooMany(most)) => Some(most.into()),
            _ => None,
        }
    }

    /// The quantities to choose from; one that is too large stands until another is chosen.
    fn choices(&self) -> Vec<u32> {
        (1..=self.most).chain((self.quantity > self.most).then_some(self.quantity)).collect()
    }
}

#[cfg(test)]
mod tests;
