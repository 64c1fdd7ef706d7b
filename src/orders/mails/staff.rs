//! The notice that an order was placed, for the shop's people.

use super::words::OrderMailWords;
use crate::{messages::Notice, orders::views::OrderView};

/// Number, client, address, sums, payment, dates, phone: what somebody needs to begin.
pub(super) fn placed(view: &OrderView) -> Notice {
    let OrderView { t, order, shell, .. } = view;
    let words = OrderMailWords(shell.lang);
    let money = |minor| shell.money(minor);
    let discount = if order.discount_minor > 0 { view.discount() } else { String::new() };
    let facts = [
        (words.client(), format!("{} {}", order.name, order.surname)),
        (words.phone(), order.phone.clone()),
        (words.email(), order.email.clone()),
        (t.delivery_type(), order.delivery_name.clone()),
        (t.pickup_point(), order.pickup_point.clone()),
        (t.address(), view.address().join(", ")),
        (t.arrives(), view.dates().unwrap_or_default()),
        (t.payment_type(), view.payment_type().to_owned()),
        (t.payment_status(), view.words.payment_status(order.payment_status).to_owned()),
        (words.goods(), money(order.subtotal_minor)),
        (t.discount(), discount),
        (words.delivery(), money(order.delivery_minor)),
        (t.total(), money(order.total_minor)),
        (t.tax(), money(order.tax_minor)),
        (words.placed_at(), shell.date_time(order.placed_at)),
        (t.note(), order.customer_note.clone()),
    ];
    let lines = view.lines.iter().map(|line| {
        let format = view.format(line.format);
        format!("{} × {} ({format}, {}): {}", line.quantity, line.title, line.sku, money(line.total_minor))
    });
    Notice {
        title: words.new_order(&order.number),
        facts: facts
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
            .collect(),
        lines: lines.collect(),
    }
}
