//! The list of a customer's orders.

use askama::Template;

use super::{PAGE_SIZE, messages::HistoryMessages};
use crate::{
    orders::{
        OrderPaths, OrderStatus,
        messages::OrderWords,
        queries::{HistoryLine, PastOrder},
    },
    platform::{
        http::{PageContext, Pagination, Shell, Step},
        money::Currency,
    },
};

/// So many posters of an order are shown.
const POSTERS: usize = 6;

#[derive(Template)]
#[template(path = "orders/history.html")]
pub(super) struct HistoryView {
    shell: Shell,
    t: HistoryMessages,
    orders: Vec<OrderCard>,
    /// How many there are on all pages.
    count: i64,
    pages: Pagination,
}

struct OrderCard {
    order: PastOrder,
    /// Title and picture.
    posters: Vec<(String, String)>,
    paths: OrderPaths,
}

impl HistoryView {
    pub fn new(context: &PageContext, page: u32, orders: Vec<PastOrder>, lines: &[HistoryLine]) -> Self {
        let t = HistoryMessages(context.lang);
        let shell = Shell::private(context, t.title());
        let count = orders.first().map_or(0, |order| order.of_all);
        let last = (count - 1) / i64::from(PAGE_SIZE) + 1;
        let pages = Pagination::new(page.into(), last, |page| shell.href(&format!("/account/orders?page={page}")));
        let card = |order: PastOrder| {
            let own = lines.iter().filter(|line| line.order_id == order.id).take(POSTERS);
            let posters = own.map(|line| (line.title.clone(), shell.media(line.image.as_str()))).collect();
            OrderCard { paths: OrderPaths::of_account(&order.number), posters, order }
        };
        let orders = orders.into_iter().map(card).collect();
        Self { shell, t, orders, count, pages }
    }

    fn status(&self, order: &PastOrder) -> &'static str {
        OrderWords(self.shell.lang).status(order.status, order.delivery_type)
    }

    fn total(&self, order: &PastOrder) -> String {
        Currency::from_code(&order.currency).format(self.shell.lang, order.total_minor)
    }
}

impl OrderCard {
    /// What the label of the status looks like.
    const fn tone(&self) -> &'static str {
        match self.order.status {
            OrderStatus::Cancelled | OrderStatus::Refunded => " tag--warn",
            OrderStatus::Delivered => "",
            _ => " tag--good",
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::{
        catalog::views::samples::LONGEST,
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
        },
        pricing::DeliveryType,
    };

    fn past(id: u64, status: OrderStatus) -> PastOrder {
        PastOrder {
            id,
            number: format!("MQ-2222222{id}"),
            status,
            delivery_type: DeliveryType::Standard,
            currency: "USD".to_owned(),
            total_minor: 6117,
            placed_at: datetime!(2026-11-22 20:30 UTC),
            has_invoice: id.is_multiple_of(2),
            of_all: 41,
        }
    }

    #[test]
    fn histories_are_well_made_in_every_language() {
        for lang in Lang::ALL {
            let context = context(lang, "/account/orders");
            check_page("no orders", lang, &HistoryView::new(&context, 1, Vec::new(), &[]).render().unwrap());
            let orders = (1..).zip(OrderStatus::ALL).map(|(id, status)| past(id, *status)).collect();
            let line = |order_id| HistoryLine { order_id, title: LONGEST.to_owned(), image: "/p.svg".to_owned() };
            let lines: Vec<_> = (1..=7).flat_map(|id| (0..9).map(move |_| line(id))).collect();
            let html = HistoryView::new(&context, 2, orders, &lines).render().unwrap();
            check_page("orders", lang, &html);
            assert_eq!(html.matches("/p.svg").count(), 7 * POSTERS);
            assert!(html.contains("?page=3") && html.contains("/account/orders/MQ-22222222/invoice"));
        }
    }
}
