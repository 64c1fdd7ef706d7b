//! An invoice on a page.

use askama::Template;
use time::OffsetDateTime;

use super::{Document, DocumentLine, messages::InvoiceMessages, printed_number, queries::InvoiceRow};
use crate::{
    catalog::views::FormatMessages,
    orders::{OrderPaths, OrderStatus},
    platform::{
        http::{PageContext, Shell},
        money::Currency,
    },
    pricing::messages::DeliveryMessages,
};

#[derive(Template)]
#[template(path = "orders/invoice.html")]
pub(super) struct InvoiceView {
    shell: Shell,
    t: InvoiceMessages,
    number: String,
    issued_at: OffsetDateTime,
    document: Document,
    currency: Currency,
    /// The order was cancelled after the invoice was issued.
    is_cancelled: bool,
    paths: OrderPaths,
}

impl InvoiceView {
    pub fn new(context: &PageContext, invoice: InvoiceRow, status: OrderStatus, paths: OrderPaths) -> Self {
        let t = InvoiceMessages(context.lang);
        let number = printed_number(invoice.number);
        Self {
            shell: Shell::private(context, t.title(&number)),
            t,
            number,
            issued_at: invoice.issued_at,
            currency: Currency::from_code(&invoice.document.currency),
            document: invoice.document.0,
            is_cancelled: status == OrderStatus::Cancelled,
            paths,
        }
    }

    fn money(&self, minor: i64) -> String {
        self.currency.format(self.shell.lang, minor)
    }

    fn format(&self, line: &DocumentLine) -> &'static str {
        line.format().map_or("", |format| FormatMessages(self.shell.lang).name(format))
    }

    fn units(&self) -> i64 {
        self.document.lines.iter().map(|line| i64::from(line.quantity)).sum()
    }

    fn discount(&self) -> String {
        self.money(-self.document.discount_minor)
    }

    fn goods(&self) -> String {
        self.money(self.document.lines.iter().map(|line| line.total_minor).sum())
    }

    fn delivery_price(&self) -> String {
        match self.document.delivery_minor {
            0 => DeliveryMessages(self.shell.lang).free().to_owned(),
            minor => self.money(minor),
        }
    }

    /// What the total contains of tax: words and amount.
    fn taxes(&self) -> Vec<(String, String)> {
        let goods =
            self.document.taxes().into_iter().map(|(rate, tax)| (self.t.tax_at(&percent(rate)), self.money(tax)));
        let delivery = Some(self.document.delivery_tax()).filter(|tax| *tax > 0);
        goods.chain(delivery.map(|tax| (self.t.tax_of_delivery().to_owned(), self.money(tax)))).collect()
    }
}

/// Basis points in percent, without zeros that say nothing.
fn percent(rate_bp: u32) -> String {
    match (rate_bp / 100, rate_bp % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}

#[cfg(test)]
mod tests {
    use sqlx::types::Json;
    use time::macros::datetime;

    use super::*;
    use crate::{
        catalog::views::samples::LONGEST,
        orders::views::samples,
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
        },
        pricing::DeliveryType,
        settings::Seller,
    };

    fn invoice(lines: usize) -> InvoiceRow {
        let order = samples::order(OrderStatus::Confirmed, DeliveryType::Standard);
        let lines: Vec<_> = (0..lines).map(|_| samples::line(LONGEST)).collect();
        let document = Json(Document::of(&order, &lines, Seller::default()));
        InvoiceRow { number: 41, issued_at: datetime!(2026-11-23 9:00 UTC), document }
    }

    #[test]
    fn invoices_are_well_made_in_every_language_and_state() {
        let paths = || OrderPaths::by_link("MQ-7K3PWXQ9", "token");
        for lang in Lang::ALL {
            let context = context(lang, "/orders/MQ-7K3PWXQ9/invoice");
            let view = InvoiceView::new(&context, invoice(50), OrderStatus::Confirmed, paths());
            let html = view.render().unwrap();
            check_page("invoice", lang, &html);
            assert!(html.contains("INV-000041") && html.contains("MQ-7K3PWXQ9") && html.contains("&#60;Byrne&#62;"));
            let cancelled = InvoiceView::new(&context, invoice(1), OrderStatus::Cancelled, paths());
            let html = cancelled.render().unwrap();
            check_page("cancelled invoice", lang, &html);
            assert!(
                html.contains(cancelled.t.cancelled()) && !view.render().unwrap().contains(cancelled.t.cancelled())
            );
        }
    }

    #[test]
    fn rates_are_written_as_short_as_they_are() {
        assert_eq!([1200, 1250, 725, 5].map(percent), ["12", "12.5", "7.25", "0.05"]);
    }
}
