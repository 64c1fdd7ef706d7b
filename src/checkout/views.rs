//! What the checkout page shows, and its summary, which is also an answer of its own.

use askama::Template;

use super::{
    form::{CheckoutForm, Field, Problems},
    messages::CheckoutMessages,
};
use crate::{
    accounts::addresses::{AddressRow, Draft},
    cart::{LineProblem, views::FreeDelivery},
    orders::{PaymentType, messages::OrderWords},
    platform::{
        countries::{countries, country_name},
        http::{FieldView, PageContext, Shell},
        i18n::Localized,
    },
    pricing::{DeliveryOption, DeliveryType, messages::DeliveryMessages},
};

/// More lines than this are folded away.
const SHOWN_LINES: usize = 5;

const CONTACT: [Field; 4] = [Field::Email, Field::Phone, Field::Name, Field::Surname];
/// The typed part of the address, in the order of the form.
const ADDRESS: [Field; 5] = [Field::Region, Field::City, Field::Postcode, Field::Line1, Field::Line2];

/// The checkout page.
#[derive(Template)]
#[template(path = "checkout/page.html")]
pub struct CheckoutView {
    pub shell: Shell,
    pub t: CheckoutMessages,
    pub words: OrderWords,
    pub delivery: DeliveryMessages,
    pub page: CheckoutPage,
    pub summary: Summary,
}

/// The summary alone: the answer to a script that asks for new totals.
#[derive(Template)]
#[template(path = "checkout/summary.html")]
pub struct SummaryView {
    pub shell: Shell,
    pub t: CheckoutMessages,
    pub delivery: DeliveryMessages,
    pub summary: Summary,
}

/// The form, what is wrong with it, and what can be chosen.
#[derive(Clone, Debug, Default)]
pub struct CheckoutPage {
    pub form: CheckoutForm,
    pub problems: Problems,
    /// What happened instead of an order, besides problems of fields.
    pub alerts: Vec<Alert>,
    /// Nothing is carried anywhere: neither address nor delivery is asked for.
    pub is_digital_only: bool,
    /// The ways of delivery that can be chosen.
    pub deliveries: Vec<DeliveryOption>,
    /// The addresses that the customer keeps, the default first.
    pub book: Vec<AddressRow>,
    /// Id and name of each pickup point.
    pub points: Vec<(String, String)>,
    pub payments: Vec<PaymentType>,
    pub placement_key: String,
    /// The signed time at which the form was first shown.
    pub started: String,
    /// Whoever asks is not signed in.
    pub offers_sign_in: bool,
}

/// Why nothing was ordered although the form was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alert {
    TotalChanged {
        from_minor: i64,
        to_minor: i64,
    },
    /// The cart holds other lines than when the form was opened.
    CartChanged,
    /// The line of this film cannot be had as it is.
    Line {
        title: String,
        problem: LineProblem,
    },
    /// Quicker than a person types.
    TooQuick,
}

/// What is about to be ordered, for how much.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub lines: Vec<SummaryLine>,
    pub units: i64,
    pub goods_minor: i64,
    /// The chosen delivery and its price; `None` until one is chosen.
    pub delivery: Option<(DeliveryType, i64)>,
    pub free_delivery: FreeDelivery,
    pub tax_minor: i64,
    pub total_minor: i64,
    /// The chosen delivery is not to be had for the chosen country.
    pub is_delivery_refused: bool,
}

/// A line of the summary.
#[derive(Clone, Debug)]
pub struct SummaryLine {
    pub title: Localized,
    pub format: &'static str,
    /// Address of the poster.
    pub poster: String,
    pub quantity: u32,
    pub total_minor: i64,
}

/// Name and id of a field of the form.
const fn name_of(field: Field) -> &'static str {
    match field {
        Field::Email => "email",
        Field::Phone => "phone",
        Field::Name => "name",
        Field::Surname => "surname",
        Field::DeliveryType => "delivery_type",
        Field::PickupPoint => "pickup_point",
        Field::Country => "country",
        Field::Region => "region",
        Field::City => "city",
        Field::Line1 => "line1",
        Field::Line2 => "line2",
        Field::Postcode => "postcode",
        Field::PaymentType => "payment_type",
        Field::Note => "note",
        Field::Terms => "terms",
    }
}

impl CheckoutView {
    pub fn new(context: &PageContext, page: CheckoutPage, summary: Summary) -> Self {
        let t = CheckoutMessages(context.lang);
        let went_wrong = !page.problems.is_empty() || !page.alerts.is_empty();
        let title = if went_wrong { t.error_title(t.title()) } else { t.title().to_owned() };
        Self {
            shell: Shell::private(context, title),
            t,
            words: OrderWords(context.lang),
            delivery: DeliveryMessages(context.lang),
            page,
            summary,
        }
    }

    /// Id of each refused field and how to mend it.
    fn errors(&self) -> Vec<(&'static str, String)> {
        let problems = self.page.problems.iter();
        problems.map(|(field, problem)| (name_of(*field), self.t.problem(*field, *problem))).collect()
    }

    fn error_of(&self, field: Field) -> Option<String> {
        let problem = self.page.problems.iter().find(|(wrong, _)| *wrong == field);
        problem.map(|(_, problem)| self.t.problem(field, *problem))
    }

    fn field(&self, field: Field) -> FieldView {
        let form = &self.page.form;
        let (value, kind, autocomplete, width, max_length) = match field {
            Field::Email => (&form.email, "email", "email", "half", 254),
            Field::Phone => (&form.phone, "tel", "tel", "half", 40),
            Field::Name => (&form.name, "text", "given-name", "half", 100),
            Field::Surname => (&form.surname, "text", "family-name", "half", 100),
            Field::Country => (&form.country, "", "country", "half", 0),
            Field::Region => (&form.region, "text", "address-level1", "half", 100),
            Field::City => (&form.city, "text", "address-level2", "two-thirds", 100),
            Field::Postcode => (&form.postcode, "text", "postal-code", "third", 16),
            Field::Line1 => (&form.line1, "text", "address-line1", "two-thirds", 200),
            Field::Line2 => (&form.line2, "text", "address-line2", "third", 200),
            Field::PickupPoint => (&form.pickup_point, "", "", "", 0),
            // Choices and the tick are drawn from lists of their own; the rest is the note.
            Field::Note | Field::DeliveryType | Field::PaymentType | Field::Terms => (&form.note, "", "", "", 500),
        };
        FieldView {
            name: name_of(field),
            kind,
            label: self.t.label(field),
            value: value.clone(),
            autocomplete,
            hint: self.hint_of(field).map(str::to_owned),
            error: self.error_of(field),
            width,
            is_required: !matches!(field, Field::Region | Field::Line2 | Field::Postcode | Field::Note),
            max_length,
        }
    }

    fn hint_of(&self, field: Field) -> Option<&'static str> {
        match field {
            Field::Email => Some(self.t.email_hint()),
            Field::Phone => Some(self.t.phone_hint()),
            Field::Note => Some(self.t.note_hint()),
            _ => None,
        }
    }

    /// The countries to choose from; nothing is chosen for anybody.
    fn countries(&self) -> Vec<(&'static str, &'static str)> {
        let first = ("", self.t.country_missing());
        std::iter::once(first).chain(countries(self.shell.lang)).collect()
    }

    fn points(&self) -> Vec<(&str, &str)> {
        let points = self.page.points.iter().map(|(id, name)| (id.as_str(), name.as_str()));
        std::iter::once(("", self.t.point_missing())).chain(points).collect()
    }

    fn is_address_chosen(&self, row: &AddressRow) -> bool {
        row.id.to_string() == self.page.form.address_id
    }

    /// Street and place of a kept address, in one line.
    fn address_note(&self, row: &AddressRow) -> String {
        let Draft { city, line1, line2, postcode, .. } = &row.address;
        let country = country_name(&row.address.country, self.shell.lang).unwrap_or_default();
        let parts = [line1.as_str(), line2, city, postcode, country];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn is_delivery_chosen(&self, option: &DeliveryOption) -> bool {
        self.page.deliveries.len() == 1 || self.page.form.delivery_type == option.kind.word()
    }

    fn is_payment_chosen(&self, payment: PaymentType) -> bool {
        self.page.payments.len() == 1 || self.page.form.payment_type == payment.word()
    }

    fn delivery_note(&self, option: &DeliveryOption) -> String {
        let dates = self.delivery.dates(option.dates.0, option.dates.1);
        if option.kind == DeliveryType::Pickup { self.t.ready(&dates) } else { self.t.arrives(&dates) }
    }

    /// Something in the cart stands in the way.
    fn has_line_alerts(&self) -> bool {
        self.page.alerts.iter().any(|alert| matches!(alert, Alert::Line { .. }))
    }

    fn alert_text(&self, alert: &Alert) -> String {
        match alert {
            Alert::TotalChanged { from_minor, to_minor } => {
                self.t.total_changed(&self.shell.money(*from_minor), &self.shell.money(*to_minor))
            }
            Alert::CartChanged => self.t.cart_changed().to_owned(),
            Alert::Line { title, problem: LineProblem::Unavailable } => self.t.line_withdrawn(title),
            Alert::Line { title, problem: LineProblem::SoldOut } => self.t.line_sold_out(title),
            Alert::Line { title, problem: LineProblem::TooMany(most) } => self.t.line_fewer((*most).into(), title),
            Alert::TooQuick => self.t.too_quick().to_owned(),
        }
    }
}

impl Summary {
    fn shown(&self) -> &[SummaryLine] {
        &self.lines[..self.lines.len().min(SHOWN_LINES)]
    }

    fn folded(&self) -> &[SummaryLine] {
        self.lines.get(SHOWN_LINES..).unwrap_or_default()
    }

    fn folded_count(&self) -> i64 {
        self.folded().iter().map(|_| 1).sum()
    }
}

impl SummaryView {
    pub fn new(context: &PageContext, summary: Summary) -> Self {
        let t = CheckoutMessages(context.lang);
        Self { shell: Shell::private(context, t.summary()), t, delivery: DeliveryMessages(context.lang), summary }
    }
}

#[cfg(test)]
mod tests;
