//! Invoices: numbered without gaps, and the same whenever they are printed.
//!
//! An invoice is issued in the transaction that makes a sale certain: when the shop confirms the order, or notes that it
//! is paid, whichever comes first. One that is only placed may still come to nothing and has none. The document is kept
//! as it was issued, so that neither a moved shop nor a customer who is forgotten changes it. An invoice never vanishes:
//! when its order is cancelled later, it says so and keeps its number.

pub mod handlers;
mod messages;
mod queries;
mod views;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    OrderStatus, PaymentStatus,
    queries::{self as order_queries, OrderLineRow, OrderRow},
    views::address_lines,
};
use crate::{
    catalog::Format,
    platform::{db::Tx, i18n::Lang},
    settings::{self, Seller},
};

/// An invoice as it was issued. Money is in minor units of the currency, tax rates in basis points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub seller: Seller,
    /// Name and address of the customer, a line each.
    pub buyer: Vec<String>,
    pub order_number: String,
    pub ordered_at: OffsetDateTime,
    pub currency: String,
    pub lines: Vec<DocumentLine>,
    pub delivery_name: String,
    pub delivery_minor: i64,
    pub discount_minor: i64,
    pub total_minor: i64,
    /// Tax that the total contains, of goods and delivery.
    pub tax_minor: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    pub sku: String,
    pub title: String,
    /// A word of the formats.
    pub format: String,
    pub quantity: u32,
    pub unit_price_minor: i64,
    pub total_minor: i64,
    pub tax_minor: i64,
    pub tax_rate_bp: u32,
}

/// A number as people read it.
pub fn printed_number(number: u64) -> String {
    format!("INV-{number:06}")
}

/// Whether an order that stands like this has an invoice.
const fn is_due(status: OrderStatus, payment: PaymentStatus) -> bool {
    match status {
        OrderStatus::Pending => matches!(payment, PaymentStatus::Paid),
        OrderStatus::Cancelled => false,
        _ => true,
    }
}

/// Issues the invoice of an order that this transaction has locked and moved, if it is due and there is none yet. The
/// series is the last thing that such a transaction locks.
pub(super) async fn issue_if_due(tx: &mut Tx, number: &str, now: OffsetDateTime) -> sqlx::Result<()> {
    let Some((order, lines)) = order_queries::find(tx, number).await? else { return Ok(()) };
    if order.invoice_number.is_some() || !is_due(order.status, order.payment_status) {
        return Ok(());
    }
    let document = Document::of(&order, &lines, settings::seller(tx).await?);
    let next = queries::next_numbers(tx, 1).await?;
    queries::insert_all(tx, next, &[(order.id, document, now)]).await
}

/// Issues the invoices of sales that were certain at these times, the earliest first: those of orders, by id, that stood
/// there before the shop wrote any.
pub async fn issue_past(tx: &mut Tx, sales: &[(u64, OffsetDateTime)]) -> sqlx::Result<()> {
    let ids: Vec<u64> = sales.iter().map(|(order_id, _)| *order_id).collect();
    let orders = order_queries::find_all(tx, &ids).await?;
    let seller = settings::seller(tx).await?;
    let documents = sales.iter().filter_map(|(order_id, at)| {
        let (order, lines) = orders.get(order_id)?;
        Some((*order_id, Document::of(order, lines, seller.clone()), *at))
    });
    let documents: Vec<_> = documents.collect();
    let first = queries::next_numbers(tx, documents.len() as u64).await?;
    queries::insert_all(tx, first, &documents).await
}

impl Document {
    fn of(order: &OrderRow, lines: &[OrderLineRow], seller: Seller) -> Self {
        let lang = Lang::from_code(&order.language).unwrap_or_default();
        let name = format!("{} {}", order.name, order.surname);
        Self {
            seller,
            buyer: std::iter::once(name.trim().to_owned()).chain(address_lines(order, lang)).collect(),
            order_number: order.number.clone(),
            ordered_at: order.placed_at,
            currency: order.currency.clone(),
            lines: lines.iter().map(DocumentLine::of).collect(),
            delivery_name: order.delivery_name.clone(),
            delivery_minor: order.delivery_minor,
            discount_minor: order.discount_minor,
            total_minor: order.total_minor,
            tax_minor: order.tax_minor,
        }
    }

    /// Tax by rate of the goods, highest rate first.
    fn taxes(&self) -> Vec<(u32, i64)> {
        let mut taxes = std::collections::BTreeMap::new();
        for line in &self.lines {
            *taxes.entry(line.tax_rate_bp).or_insert(0) += line.tax_minor;
        }
        taxes.into_iter().rev().filter(|(_, tax)| *tax > 0).collect()
    }

    /// The tax of the delivery: what the lines leave of the whole.
    fn delivery_tax(&self) -> i64 {
        self.tax_minor - self.lines.iter().map(|line| line.tax_minor).sum::<i64>()
    }
}

impl DocumentLine {
    fn of(line: &OrderLineRow) -> Self {
        Self {
            sku: line.sku.clone(),
            title: line.title.clone(),
            format: line.format.word().to_owned(),
            quantity: line.quantity,
            unit_price_minor: line.unit_price_minor,
            total_minor: line.total_minor,
            tax_minor: line.tax_minor,
            tax_rate_bp: line.tax_rate_bp,
        }
    }

    fn format(&self) -> Option<Format> {
        Format::from_word(&self.format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{orders::views::samples, pricing::DeliveryType};

    #[test]
    fn a_sale_is_certain_once_it_is_confirmed_or_paid() {
        let paid = |status| is_due(status, PaymentStatus::Paid);
        let unpaid = |status| is_due(status, PaymentStatus::Unpaid);
        assert!(paid(OrderStatus::Pending) && !unpaid(OrderStatus::Pending));
        assert!(!paid(OrderStatus::Cancelled) && !unpaid(OrderStatus::Cancelled));
        assert!(unpaid(OrderStatus::Confirmed) && unpaid(OrderStatus::Delivered) && paid(OrderStatus::Refunded));
    }

    #[test]
    fn taxes_come_to_the_whole() {
        let order = samples::order(OrderStatus::Confirmed, DeliveryType::Standard);
        let line = |tax_minor, tax_rate_bp| OrderLineRow { tax_minor, tax_rate_bp, ..samples::line("M") };
        let lines = [line(300, 1200), line(200, 500), line(100, 1200), line(0, 0)];
        let document = Document::of(&order, &lines, Seller::default());
        assert_eq!(document.taxes(), [(1200, 400), (500, 200)]);
        assert_eq!(document.taxes().iter().map(|(_, tax)| tax).sum::<i64>() + document.delivery_tax(), order.tax_minor);
        assert_eq!(document.buyer, ["Nora <Byrne>", "14 Meridian Row", "100000 Tashkent", "Uzbekistan"]);
    }
}
