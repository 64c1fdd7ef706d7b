//! What the order page shows: the confirmation right after placing, and how far the order has come on later visits.

mod timeline;

use askama::Template;

use self::timeline::Place;
use super::{
    OrderPaths, OrderStatus, PaymentStatus, PaymentType, Viewed, customer_may_cancel,
    mails::OrderMail,
    messages::{OrderMessages, OrderWords},
    queries::{HistoryRow, OrderLineRow, OrderRow, SentParcel},
};
use crate::{
    catalog::{Format, views::FormatMessages},
    messages::{LedgerRow, MessageStatus},
    platform::{
        countries::country_name,
        http::{PageContext, Shell},
        i18n::Lang,
    },
    pricing::{DeliveryType, messages::DeliveryMessages},
};

/// The page of one order: the snapshot that was taken when it was placed, and how far it has come.
#[derive(Template)]
#[template(path = "orders/order.html")]
pub struct OrderView {
    pub shell: Shell,
    pub t: OrderMessages,
    pub words: OrderWords,
    pub delivery: DeliveryMessages,
    pub order: OrderRow,
    pub lines: Vec<OrderLineRow>,
    /// What the customer may know of, oldest first.
    pub events: Vec<HistoryRow>,
    /// What has left, in the order in which it left.
    pub parcels: Vec<SentParcel>,
    /// What became of the mails about it, oldest first.
    pub ledger: Vec<LedgerRow>,
    /// The customer has just placed it, and it stands.
    pub is_fresh: bool,
    /// Where this page and those that belong to it are for whoever looks at it.
    pub paths: OrderPaths,
    /// Whoever looks at it has no account that it belongs to.
    pub offers_account: bool,
}

impl OrderView {
    pub fn new(
        context: &PageContext,
        order: OrderRow,
        lines: Vec<OrderLineRow>,
        events: Vec<HistoryRow>,
        is_fresh: bool,
    ) -> Self {
        let t = OrderMessages(context.lang);
        let is_called_off = is_called_off(order.status);
        Self {
            shell: Shell::private(context, t.title(&order.number)),
            t,
            words: OrderWords(context.lang),
            delivery: DeliveryMessages(context.lang),
            order,
            lines,
            events,
            parcels: Vec::new(),
            ledger: Vec::new(),
            is_fresh: is_fresh && !is_called_off,
            paths: OrderPaths::default(),
            offers_account: false,
        }
    }

    #[must_use]
    pub fn with_ledger(mut self, ledger: Vec<LedgerRow>) -> Self {
        self.ledger = ledger;
        self
    }

    #[must_use]
    pub fn with_parcels(mut self, parcels: Vec<SentParcel>) -> Self {
        self.parcels = parcels;
        self
    }

    #[must_use]
    pub fn seen_by(mut self, viewed: &Viewed) -> Self {
        self.paths = viewed.paths.clone();
        self.offers_account = viewed.is_guest && self.order.client_id.is_none();
        self
    }

    /// Where an account is opened with the order's address filled in. Says nothing of whether that address has one.
    fn register_href(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("email", &self.order.email);
        self.shell.href(&format!("/account/register?{}", query.finish()))
    }

    fn can_be_cancelled(&self) -> bool {
        customer_may_cancel(self.order.status)
    }

    /// What became of each mail to the customer, a sentence each.
    fn mails(&self) -> Vec<String> {
        let told = |row: &LedgerRow| {
            let mail = OrderMail::from_word(&row.template)?;
            let what = mail_name(self.shell.lang, mail, self.order.delivery_type);
            Some(match (row.status, row.sent_at) {
                (MessageStatus::Sent, Some(at)) => self.t.mailed(what, &self.shell.date_time(at)),
                (MessageStatus::Parked, _) => self.t.mail_undelivered(what, &row.to),
                (MessageStatus::Dropped, _) => return None,
                _ => self.t.mail_waiting(what),
            })
        };
        self.ledger.iter().filter_map(told).collect()
    }

    pub(super) fn format(&self, format: Format) -> &'static str {
        FormatMessages(self.shell.lang).name(format)
    }

    /// The lines of the address as they stand on a parcel; none when nothing is carried.
    pub(super) fn address(&self) -> Vec<String> {
        address_lines(&self.order, self.shell.lang)
    }

    pub(super) fn units(&self) -> i64 {
        self.lines.iter().map(|line| i64::from(line.quantity)).sum()
    }

    fn status(&self) -> &'static str {
        self.words.status(self.order.status, self.order.delivery_type)
    }

    pub(super) fn payment_type(&self) -> &'static str {
        self.words.payment_type(self.order.payment_type, self.order.delivery_type)
    }

    pub(super) fn dates(&self) -> Option<String> {
        let first = self.order.delivery_date.filter(|_| !is_called_off(self.order.status))?;
        Some(self.delivery.dates(first, self.order.delivery_date_to.unwrap_or(first)))
    }

    pub(super) fn discount(&self) -> String {
        self.shell.money(-self.order.discount_minor)
    }

    pub(super) fn delivery_price(&self) -> String {
        match self.order.delivery_minor {
            0 => self.delivery.free().to_owned(),
            minor => self.shell.money(minor),
        }
    }

    /// What the customer can expect, one sentence each.
    pub(super) fn next_steps(&self) -> Vec<String> {
        match self.order.status {
            OrderStatus::Delivered => vec![self.t.after_delivered().to_owned()],
            OrderStatus::Cancelled if self.order.paid_minor > self.order.refunded_minor => {
                let owed = self.shell.money(self.order.paid_minor - self.order.refunded_minor);
                vec![self.t.after_cancelled_paid(&owed)]
            }
            OrderStatus::Cancelled => vec![self.t.after_cancelled().to_owned()],
            OrderStatus::Refunded => vec![self.t.after_refunded().to_owned()],
            _ => [Some(self.next_of_goods()), self.next_of_money(), self.next_of_contact()]
                .into_iter()
                .flatten()
                .collect(),
        }
    }

    fn next_of_goods(&self) -> String {
        let point = &self.order.pickup_point;
        match (self.order.delivery_type, self.dates()) {
            (DeliveryType::Digital, _) => self.t.next_digital(&self.order.email),
            (DeliveryType::Pickup, Some(dates)) => self.t.next_pickup(point, &dates),
            (DeliveryType::Pickup, None) => self.t.next_pickup_undated(point),
            (_, Some(dates)) if self.order.status == OrderStatus::Shipped => self.t.next_shipped(&dates),
            (_, None) if self.order.status == OrderStatus::Shipped => self.t.next_shipped_undated().to_owned(),
            (_, Some(dates)) => self.t.next_deliver(&dates),
            (_, None) => self.t.next_deliver_undated().to_owned(),
        }
    }

    fn next_of_money(&self) -> Option<String> {
        let is_owed =
            matches!(self.order.payment_status, PaymentStatus::Unpaid | PaymentStatus::Pending | PaymentStatus::Failed);
        let total = self.shell.money(self.order.total_minor);
        is_owed.then(|| match (self.order.payment_type, self.order.delivery_type) {
            (PaymentType::Cash, DeliveryType::Standard | DeliveryType::Express) => self.t.pay_courier(&total),
            (PaymentType::Cash, DeliveryType::Pickup) => self.t.pay_at_pickup(&total),
            (PaymentType::Cash, DeliveryType::Digital) => self.t.pay_cash(&total),
            _ => self.t.pay_online(&total),
        })
    }

    fn next_of_contact(&self) -> Option<String> {
        (!self.order.phone.is_empty()).then(|| self.t.next_call(&self.order.phone))
    }
}

/// What a mail tells its customer.
pub fn mail_name(lang: Lang, mail: OrderMail, delivery: DeliveryType) -> &'static str {
    let (t, words) = (OrderMessages(lang), OrderWords(lang));
    let told = |status| words.status(status, delivery);
    match mail {
        OrderMail::Link => t.mail_link(),
        OrderMail::Note => t.mail_note(),
        OrderMail::Placed => told(OrderStatus::Pending),
        OrderMail::Parcel => t.mail_parcel(),
        OrderMail::Confirmed => told(OrderStatus::Confirmed),
        OrderMail::Shipped => told(OrderStatus::Shipped),
        OrderMail::Delivered => told(OrderStatus::Delivered),
        OrderMail::Cancelled => told(OrderStatus::Cancelled),
        OrderMail::Refunded => told(OrderStatus::Refunded),
    }
}

/// The lines of an order's address; none when nothing is carried.
pub fn address_lines(order: &OrderRow, lang: Lang) -> Vec<String> {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let town = [text(&order.ship_postcode), text(&order.ship_city)].join(" ").trim().to_owned();
    let country = order.ship_country.as_deref().and_then(|code| country_name(code, lang));
    let lines = [
        text(&order.ship_line1),
        text(&order.ship_line2),
        town,
        text(&order.ship_region),
        country.unwrap_or_default().to_owned(),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// Nothing more comes of it.
const fn is_called_off(status: OrderStatus) -> bool {
    matches!(status, OrderStatus::Cancelled | OrderStatus::Refunded)
}

#[cfg(test)]
pub mod samples;
#[cfg(test)]
mod tests;
