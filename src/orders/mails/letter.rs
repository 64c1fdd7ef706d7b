//! What stands in a customer's mail about an order. Sums are those of the order's page.

use askama::Template;

use super::{MailFacts, OrderMail, Parcel, words::OrderMailWords};
use crate::{
    messages::MailFrame,
    orders::{queries::OrderLineRow, views::OrderView},
    pricing::DeliveryType,
};

pub(super) struct Letter<'a> {
    pub t: OrderMailWords,
    pub mail: OrderMail,
    pub order: &'a OrderView,
    pub facts: &'a MailFacts,
    /// The address of the order's page.
    pub link: String,
}

#[derive(Template)]
#[template(path = "mail/order.html")]
pub(super) struct LetterHtml<'a> {
    pub letter: &'a Letter<'a>,
    pub frame: &'a MailFrame,
}

#[derive(Template)]
#[template(path = "mail/order.txt")]
pub(super) struct LetterText<'a> {
    pub letter: &'a Letter<'a>,
    pub frame: &'a MailFrame,
}

impl Letter<'_> {
    pub fn subject(&self) -> String {
        let number = &self.order.order.number;
        match self.mail {
            OrderMail::Link => self.t.subject_link(number),
            OrderMail::Note => self.t.subject_note(number),
            _ => self.t.subject(number, self.heading()),
        }
    }

    pub fn heading(&self) -> &'static str {
        match (self.mail, self.delivery_type()) {
            (OrderMail::Placed, _) => self.t.placed(),
            (OrderMail::Confirmed, _) => self.t.confirmed(),
            (OrderMail::Parcel, _) => self.t.part_shipped(),
            (OrderMail::Shipped, _) => self.t.shipped(),
            (OrderMail::Delivered, DeliveryType::Pickup) => self.t.picked_up(),
            (OrderMail::Delivered, DeliveryType::Digital) => self.t.codes_sent(),
            (OrderMail::Delivered, _) => self.t.delivered(),
            (OrderMail::Cancelled, _) => self.t.cancelled(),
            (OrderMail::Refunded, _) => self.t.refunded(),
            (OrderMail::Link, _) => self.t.link(),
            (OrderMail::Note, _) => self.t.note(),
        }
    }

    /// What there is to say, a paragraph each.
    pub fn paragraphs(&self) -> Vec<String> {
        let said = match self.mail {
            OrderMail::Placed => self.t.placed_lead(self.order.units()),
            OrderMail::Confirmed => self.t.confirmed_lead().to_owned(),
            OrderMail::Parcel => self.t.part_shipped_lead().to_owned(),
            OrderMail::Shipped => return vec![self.on_its_way()],
            OrderMail::Delivered => self.t.delivered_lead().to_owned(),
            OrderMail::Cancelled if self.facts.is_expired => self.t.expired_lead().to_owned(),
            OrderMail::Cancelled => self.t.cancelled_lead().to_owned(),
            OrderMail::Refunded => self.t.refunded_lead().to_owned(),
            OrderMail::Link => self.t.link_lead().to_owned(),
            OrderMail::Note => return self.facts.note.lines().map(str::to_owned).collect(),
        };
        let looks_ahead = matches!(self.mail, OrderMail::Placed | OrderMail::Confirmed);
        let ahead = if looks_ahead { self.order.next_steps() } else { Vec::new() };
        std::iter::once(said).chain(ahead).collect()
    }

    fn on_its_way(&self) -> String {
        match self.order.dates() {
            Some(dates) => self.t.shipped_lead(&dates),
            None => self.t.shipped_lead_undated().to_owned(),
        }
    }

    /// Whoever asked for the link gets just that.
    pub fn shows_order(&self) -> bool {
        self.mail != OrderMail::Link
    }

    /// The parcels of which there is something to tell.
    pub fn parcels(&self) -> impl Iterator<Item = &Parcel> {
        self.facts.parcels.iter().filter(|parcel| **parcel != Parcel::default())
    }

    /// Carrier and number of a parcel, as far as they are known.
    pub fn label(&self, parcel: &Parcel) -> String {
        let number = (!parcel.tracking.is_empty()).then(|| format!("{}: {}", self.t.parcel(), parcel.tracking));
        let carrier = Some(parcel.carrier.clone()).filter(|carrier| !carrier.is_empty());
        carrier.into_iter().chain(number).collect::<Vec<_>>().join(". ")
    }

    pub fn money(&self, minor: i64) -> String {
        self.order.shell.money(minor)
    }

    pub fn what(&self, line: &OrderLineRow) -> String {
        let quantity = self.order.t.quantity(line.quantity);
        let format = self.order.format(line.format);
        if line.quantity == 1 {
            return format!("{format}, {quantity}");
        }
        format!("{format}, {quantity}, {}", self.order.t.each(&self.money(line.unit_price_minor)))
    }

    /// The poster in a form that mail programs show.
    pub fn poster(&self, line: &OrderLineRow) -> String {
        let picture = line.image.strip_suffix(".svg").map_or_else(|| line.image.clone(), |stem| format!("{stem}.png"));
        let shell = &self.order.shell;
        shell.absolute(&shell.media(&picture))
    }

    /// The sums in the order and in the words of the order's page; the last but one is the total.
    pub fn sums(&self) -> Vec<(String, String)> {
        let OrderView { t, order, .. } = self.order;
        let mut sums = vec![(t.goods(self.order.units()), self.money(order.subtotal_minor))];
        if order.discount_minor > 0 {
            sums.push((t.discount().to_owned(), self.order.discount()));
        }
        sums.push((order.delivery_name.clone(), self.order.delivery_price()));
        sums
    }

    /// Where it goes, how it is paid: names and values.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let OrderView { t, order, .. } = self.order;
        let name = format!("{} {}", order.name, order.surname);
        let to = self.order.address().join(", ");
        [
            (t.delivery_type(), order.delivery_name.clone()),
            (t.pickup_point(), order.pickup_point.clone()),
            (t.arrives(), self.order.dates().unwrap_or_default()),
            (t.recipient(), name.trim().to_owned()),
            (t.address(), to),
            (t.payment_type(), self.order.payment_type().to_owned()),
            (t.note(), order.customer_note.clone()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    fn delivery_type(&self) -> DeliveryType {
        self.order.order.delivery_type
    }
}
