//! What the pages of the orders desk show.

use std::collections::HashMap;

use askama::Template;

use super::{
    filters::Filters,
    history::{self, Entry},
    messages::DeskMessages,
    parcels::ParcelForm,
};
use crate::{
    catalog::{Format, views::FormatMessages},
    messages::{LedgerRow, MessageStatus},
    orders::{
        OrderStatus, PaymentStatus,
        desk::{self, MAX_NOTE},
        mails::OrderMail,
        messages::OrderWords,
        queries::{
            HistoryRow, OrderLineRow, OrderRow, SentParcel,
            desk::{From, ListedOrder, Standing},
        },
        views::{address_lines, mail_name},
    },
    personnel::Permission,
    platform::http::{FieldView, Notice, PageContext, Shell},
    pricing::{DeliveryType, messages::DeliveryMessages},
    settings::Carrier,
    staff::{Desk, Employee, Frame},
};

/// Orders of a page, and where the pages beside it begin.
#[derive(Default)]
pub struct Found {
    pub orders: Vec<ListedOrder>,
    pub newer: Option<From>,
    pub older: Option<From>,
}

/// A list of orders, with the form that narrows it.
#[derive(Template)]
#[template(path = "staff/orders/list.html")]
pub struct OrdersView {
    pub shell: Shell,
    pub frame: Frame,
    pub t: DeskMessages,
    pub words: OrderWords,
    pub delivery: DeliveryMessages,
    pub filters: Filters,
    /// The text means nothing that an order could be found by.
    pub is_text_wrong: bool,
    pub orders: Vec<ListedOrder>,
    pub newer: Option<From>,
    pub older: Option<From>,
}

impl OrdersView {
    pub fn new(context: &PageContext, employee: &Employee, filters: Filters, found: Option<Found>) -> Self {
        let t = DeskMessages(context.lang);
        let is_text_wrong = found.is_none();
        let Found { orders, newer, older } = found.unwrap_or_default();
        Self {
            shell: Shell::private(context, t.title()),
            frame: Frame::new(context, employee, Some(Desk::Orders)),
            t,
            words: OrderWords(context.lang),
            delivery: DeliveryMessages(context.lang),
            filters,
            is_text_wrong,
            orders,
            newer,
            older,
        }
    }

    /// A choice of a filter: word, label, whether it is chosen.
    fn statuses(&self) -> Vec<(&'static str, &'static str, bool)> {
        let label = |status| self.words.status(status, DeliveryType::Standard);
        OrderStatus::ALL.iter().map(|it| (it.word(), label(*it), self.filters.status == Some(*it))).collect()
    }

    fn payments(&self) -> Vec<(&'static str, &'static str, bool)> {
        let label = |payment| self.words.payment_status(payment);
        PaymentStatus::ALL.iter().map(|it| (it.word(), label(*it), self.filters.payment == Some(*it))).collect()
    }

    fn deliveries(&self) -> Vec<(&'static str, &'static str, bool)> {
        let label = |delivery| self.delivery.name(delivery);
        DeliveryType::ALL.iter().map(|it| (it.word(), label(*it), self.filters.delivery == Some(*it))).collect()
    }

    fn page(&self, from: &From) -> String {
        self.shell.href(&format!("/admin/orders?{}", self.filters.query(*from)))
    }
}

/// How the state of an order is marked.
const fn tag(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending | OrderStatus::Confirmed | OrderStatus::Processing => "tag--warn",
        OrderStatus::Shipped => "tag--good",
        OrderStatus::Cancelled | OrderStatus::Refunded => "tag--bad",
        OrderStatus::Delivered => "",
    }
}

/// All that the page of an order is made of.
pub struct DeskOrder {
    pub order: OrderRow,
    pub lines: Vec<OrderLineRow>,
    pub standing: Standing,
    pub parcels: Vec<SentParcel>,
    pub events: Vec<HistoryRow>,
    /// The names of those who stand in the events.
    pub names: HashMap<u64, String>,
    pub ledger: Vec<LedgerRow>,
}

/// One order, with what may be done about it.
#[derive(Template)]
#[template(path = "staff/orders/order.html")]
pub struct DeskOrderView {
    pub shell: Shell,
    pub frame: Frame,
    pub t: DeskMessages,
    pub words: OrderWords,
    pub order: OrderRow,
    pub lines: Vec<OrderLineRow>,
    pub standing: Standing,
    pub parcels: Vec<SentParcel>,
    pub history: Vec<Entry>,
    pub ledger: Vec<LedgerRow>,
    pub may_edit: bool,
    pub may_see_customer: bool,
    /// Why what was asked was not done.
    pub problem: Option<Notice>,
    /// Why a move is made.
    pub reason: FieldView,
    /// None when nothing can be sent.
    pub parcel_form: Option<ParcelForm>,
    pub note_form: NoteForm,
}

pub struct NoteForm {
    pub text: FieldView,
    pub is_for_customer: bool,
}

impl NoteForm {
    pub fn new(t: DeskMessages) -> Self {
        Self {
            text: FieldView { max_length: MAX_NOTE, ..FieldView::text("text", t.note(), "") },
            is_for_customer: false,
        }
    }
}

impl DeskOrderView {
    pub fn new(context: &PageContext, employee: &Employee, order: DeskOrder, carriers: &[Carrier]) -> Self {
        let t = DeskMessages(context.lang);
        let DeskOrder { order, lines, standing, parcels, events, names, ledger } = order;
        Self {
            shell: Shell::private(context, order.number.clone()),
            frame: Frame::new(context, employee, Some(Desk::Orders)),
            t,
            words: OrderWords(context.lang),
            parcel_form: ParcelForm::new(t, &order, &lines, carriers),
            lines,
            standing,
            parcels,
            history: history::told(t, order.delivery_type, events, &names),
            ledger,
            may_edit: employee.may(Permission::OrdersEdit),
            may_see_customer: employee.may(Permission::CustomersView),
            problem: None,
            reason: FieldView {
                is_required: false,
                max_length: MAX_NOTE,
                hint: Some(t.reason_hint().to_owned()),
                ..FieldView::text("reason", t.reason(), "")
            },
            note_form: NoteForm::new(t),
            order,
        }
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        let note = self.note_form.text.error.clone().map(|error| (self.note_form.text.name, error));
        let reason = self.reason.error.clone().map(|error| (self.reason.name, error));
        let parcel = self.parcel_form.as_ref().map(ParcelForm::errors).unwrap_or_default();
        parcel.into_iter().chain(reason).chain(note).collect()
    }

    fn tag(&self) -> &'static str {
        tag(self.order.status)
    }

    fn status(&self) -> &'static str {
        self.words.status(self.order.status, self.order.delivery_type)
    }

    fn format(&self, format: Format) -> &'static str {
        FormatMessages(self.shell.lang).name(format)
    }

    fn address(&self) -> String {
        address_lines(&self.order, self.shell.lang).join(", ")
    }

    fn discount(&self) -> i64 {
        -self.order.discount_minor
    }

    fn account(&self) -> String {
        self.standing.client_id.map_or_else(|| self.t.account_none().to_owned(), |id| self.t.account_number(id))
    }

    /// Where the account that the order belongs to is seen.
    fn customer_path(&self) -> Option<String> {
        let id = self.standing.client_id.filter(|_| self.may_see_customer)?;
        Some(self.shell.href(&format!("/admin/customers/{id}")))
    }

    /// Word and label of each step that may follow.
    /// What may follow, the likely first; what ends the order stands last.
    fn steps(&self) -> Vec<(&'static str, &'static str)> {
        let moves = desk::offered_moves(&self.order, &self.lines);
        let (ends, moves): (Vec<_>, Vec<_>) = moves.into_iter().partition(|to| *to == OrderStatus::Cancelled);
        let named = |to: OrderStatus| (to.word(), step(self.t, to));
        let payment = desk::awaits_payment(&self.order).then(|| (PaymentStatus::Paid.word(), self.t.to_paid()));
        moves.into_iter().map(named).chain(payment).chain(ends.into_iter().map(named)).collect()
    }

    fn mail(&self, row: &LedgerRow) -> String {
        OrderMail::from_word(&row.template).map_or_else(
            || row.template.clone(),
            |mail| mail_name(self.shell.lang, mail, self.order.delivery_type).to_owned(),
        )
    }

    fn mail_state(&self, row: &LedgerRow) -> String {
        match (row.status, row.sent_at) {
            (MessageStatus::Sent, Some(at)) => self.t.mail_sent(&self.shell.date_time(at)),
            (MessageStatus::Parked, _) => self.t.mail_given_up().to_owned(),
            (MessageStatus::Dropped, _) => self.t.mail_dropped().to_owned(),
            _ => self.t.mail_waiting().to_owned(),
        }
    }

    fn path(&self, below: &str) -> String {
        self.shell.href(&format!("/admin/orders/{}{below}", self.order.number))
    }
}

/// The words on the button of a move.
pub const fn step(t: DeskMessages, to: OrderStatus) -> &'static str {
    match to {
        OrderStatus::Confirmed => t.to_confirmed(),
        OrderStatus::Processing => t.to_processing(),
        OrderStatus::Shipped => t.to_shipped(),
        OrderStatus::Delivered => t.to_delivered(),
        OrderStatus::Cancelled => t.to_cancelled(),
        OrderStatus::Refunded | OrderStatus::Pending => t.to_refunded(),
    }
}

#[cfg(test)]
mod tests;
