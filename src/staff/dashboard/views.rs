//! The dashboard's page.

use askama::Template;

use super::{
    messages::DashboardMessages,
    queries::{LowEdition, MOST, Sold},
};
use crate::{
    catalog::views::FormatMessages,
    orders::{OrderStatus, messages::OrderWords},
    platform::{
        clock,
        http::{PageContext, Shell},
        queue::overview::Backlog,
    },
    pricing::DeliveryType,
    staff::{Desk, Employee, Frame},
};

/// What is known; nothing of what this person may not see.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    pub open: Vec<(OrderStatus, i64)>,
    pub sold: Option<Sold>,
    pub reviews: Option<i64>,
    /// How many editions run low, and the lowest.
    pub low: Option<(i64, Vec<LowEdition>)>,
    pub queues: Vec<Backlog>,
    /// Rows of the books that do not agree, as the doctor last found.
    pub wrong_in_books: u32,
}

#[derive(Template)]
#[template(path = "staff/dashboard.html")]
pub(super) struct DashboardView {
    shell: Shell,
    frame: Frame,
    t: DashboardMessages,
    now: String,
    figures: Figures,
}

/// What a time has brought in.
struct Sales {
    name: &'static str,
    amount: String,
    orders: String,
}

impl DashboardView {
    pub fn new(context: &PageContext, employee: &Employee, figures: Figures) -> Self {
        let frame = Frame::new(context, employee, Some(Desk::Dashboard));
        let shell = Shell::private(context, frame.t.dashboard());
        let now = shell.date_time(clock::now());
        Self { shell, frame, t: DashboardMessages(context.lang), now, figures }
    }

    /// `12`, or `10,000+`.
    fn count(&self, n: i64) -> String {
        if n > MOST { format!("{}+", self.shell.number(MOST)) } else { self.shell.number(n) }
    }

    fn sales(&self) -> Vec<Sales> {
        let sales =
            |name, minor, orders| Sales { name, amount: self.shell.money(minor), orders: self.t.orders(orders) };
        let Some(sold) = self.figures.sold else { return Vec::new() };
        vec![
            sales(self.t.sales_today(), sold.today_minor, sold.orders_today),
            sales(self.t.sales_week(), sold.week_minor, sold.orders_week),
        ]
    }

    fn status(&self, status: OrderStatus) -> &'static str {
        OrderWords(self.shell.lang).status(status, DeliveryType::Standard)
    }

    fn edition(&self, edition: &LowEdition) -> String {
        format!("{}, {}", FormatMessages(self.shell.lang).name(edition.format), edition.sku)
    }

    fn queue(&self, backlog: &Backlog) -> String {
        let minutes = i64::try_from(backlog.age.as_secs() / 60).unwrap_or(i64::MAX);
        match (backlog.is_late(), minutes) {
            (true, _) => self.t.late(minutes),
            (false, 0) => self.t.keeps_up().to_owned(),
            (false, _) => self.t.behind(minutes),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        catalog::Format,
        personnel::Role,
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
            queue::Queue,
        },
    };

    fn figures() -> Figures {
        let low =
            LowEdition { sku: "SOL-BD".to_owned(), title: "<Solaris>".to_owned(), format: Format::BluRay, stock: 0 };
        Figures {
            open: vec![(OrderStatus::Pending, MOST + 1), (OrderStatus::Shipped, 0)],
            sold: Some(Sold { orders_today: 1, today_minor: 1999, orders_week: 12, week_minor: 54_210 }),
            reviews: Some(3),
            low: Some((9, vec![low])),
            queues: vec![Backlog { queue: Queue::Default, age: Duration::from_mins(7), parked: 2 }],
            wrong_in_books: 2,
        }
    }

    #[test]
    fn the_dashboard_is_well_made_in_every_language() {
        for lang in Lang::ALL {
            let context = context(lang, "/admin");
            let owner = Employee::sample(&[Role::Owner]);
            check_page("dashboard", lang, &DashboardView::new(&context, &owner, figures()).render().unwrap());
            let bare = DashboardView::new(&context, &owner, Figures::default());
            check_page("bare dashboard", lang, &bare.render().unwrap());
        }
        let html = DashboardView::new(&context(Lang::En, "/admin"), &Employee::sample(&[Role::Owner]), figures());
        let html = html.render().unwrap();
        assert!(html.contains("10,000+") && html.contains("$542.10") && html.contains("&#60;Solaris&#62;"));
    }
}
