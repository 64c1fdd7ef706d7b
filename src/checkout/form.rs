//! What a customer types at checkout, and the rules that turn it into an order's details.

use crate::{
    accounts::{
        Customer,
        addresses::{AddressRow, Draft},
    },
    cart::{MAX_NOTE_CHARS, SavedCheckout},
    messages::is_email,
    orders::{PaymentType, queries::OrderAddress},
    platform::{countries::country_name, http::Fields, i18n::Lang, phone},
    pricing::{DeliveryOption, DeliveryType},
    settings::Settings,
};

/// Everything as it was typed. It goes back into the form whatever happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckoutForm {
    pub email: String,
    pub phone: String,
    pub name: String,
    pub surname: String,
    pub delivery_type: String,
    pub pickup_point: String,
    pub country: String,
    pub region: String,
    pub city: String,
    pub line1: String,
    pub line2: String,
    pub postcode: String,
    pub payment_type: String,
    pub note: String,
    pub terms: bool,
    /// The address of the customer's book that the order goes to; empty where it is typed.
    pub address_id: String,
    /// What is typed is to be kept in the book.
    pub saves_address: bool,
}

/// A field of the form that something is wrong with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Email,
    Phone,
    Name,
    Surname,
    DeliveryType,
    PickupPoint,
    Country,
    Region,
    City,
    Line1,
    Line2,
    Postcode,
    PaymentType,
    Note,
    Terms,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    Missing,
    /// It is not of the form that such a value has.
    Malformed,
    TooLong,
    /// It cannot be chosen, or not together with the rest.
    NotOffered,
}

pub type Problems = Vec<(Field, Problem)>;

/// A form that keeps every rule.
#[derive(Clone, Debug)]
pub struct Details {
    pub email: String,
    pub phone: String,
    pub name: String,
    pub surname: String,
    pub delivery: DeliveryOption,
    pub pickup_point: String,
    pub address: Option<OrderAddress>,
    pub payment_type: PaymentType,
    pub note: String,
}

impl CheckoutForm {
    pub fn from_fields(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            email: text("email"),
            phone: text("phone"),
            name: text("name"),
            surname: text("surname"),
            delivery_type: text("delivery_type"),
            pickup_point: text("pickup_point"),
            country: text("country"),
            region: text("region"),
            city: text("city"),
            line1: text("line1"),
            line2: text("line2"),
            postcode: text("postcode"),
            payment_type: text("payment_type"),
            note: text("note"),
            terms: fields.get("terms") == "on",
            address_id: text("address"),
            saves_address: fields.get("save_address") == "on",
        }
    }

    /// What was kept with the cart when the form was last sent.
    pub fn from_saved(saved: &SavedCheckout, note: &str) -> Self {
        let SavedCheckout { contact, delivery, payment } = saved.clone();
        Self {
            email: contact.email,
            phone: contact.phone,
            name: contact.name,
            surname: contact.surname,
            delivery_type: delivery.delivery_type,
            pickup_point: delivery.pickup_point,
            country: delivery.country,
            region: delivery.region,
            city: delivery.city,
            line1: delivery.line1,
            line2: delivery.line2,
            postcode: delivery.postcode,
            payment_type: payment.payment_type,
            note: note.to_owned(),
            ..Self::default()
        }
    }

    /// Takes the place from the address that was chosen. One that is not in the book counts as none.
    pub fn choose_from(&mut self, book: &[AddressRow]) {
        let Some(row) = book.iter().find(|row| row.id.to_string() == self.address_id) else {
            return self.address_id.clear();
        };
        let Draft { country, region, city, line1, line2, postcode, .. } = row.address.clone();
        (self.country, self.region, self.city) = (country, region, city);
        (self.line1, self.line2, self.postcode) = (line1, line2, postcode);
    }

    /// Chooses the address that was typed or chosen before, or the default where there was none.
    pub fn choose_first(&mut self, book: &[AddressRow]) {
        let typed = self.typed_address();
        let is_open = self.city.is_empty() && self.line1.is_empty();
        let chosen = book.iter().find(|row| is_open || row.address.is_same_place(&typed));
        self.address_id = chosen.map(|row| row.id.to_string()).unwrap_or_default();
        if let Some(row) = chosen.filter(|_| self.phone.is_empty()) {
            self.phone.clone_from(&row.address.phone);
        }
        self.choose_from(book);
    }

    /// The address as a book holds one.
    pub fn typed_address(&self) -> Draft {
        Draft {
            label: String::new(),
            name: format!("{} {}", self.name, self.surname).trim().to_owned(),
            phone: phone::international(&self.phone).unwrap_or_else(|| self.phone.clone()),
            country: self.country.clone(),
            region: self.region.clone(),
            city: self.city.clone(),
            line1: self.line1.clone(),
            line2: self.line2.clone(),
            postcode: self.postcode.clone(),
        }
    }

    /// Fills in what the customer has not typed otherwise.
    pub fn fill_in(&mut self, customer: &Customer) {
        let Customer { email, phone, name, surname, .. } = customer;
        let known = [
            (&mut self.email, email.as_str()),
            (&mut self.phone, phone.as_deref().unwrap_or_default()),
            (&mut self.name, name),
            (&mut self.surname, surname),
        ];
        for (field, value) in known {
            if field.is_empty() {
                value.clone_into(field);
            }
        }
    }

    pub fn to_saved(&self) -> SavedCheckout {
        let mut saved = SavedCheckout::default();
        let CheckoutForm { email, phone, name, surname, .. } = self.clone();
        saved.contact.email = email;
        saved.contact.phone = phone;
        saved.contact.name = name;
        saved.contact.surname = surname;
        let CheckoutForm { delivery_type, pickup_point, country, region, city, line1, line2, postcode, .. } =
            self.clone();
        saved.delivery.delivery_type = delivery_type;
        saved.delivery.pickup_point = pickup_point;
        saved.delivery.country = country;
        saved.delivery.region = region;
        saved.delivery.city = city;
        saved.delivery.line1 = line1;
        saved.delivery.line2 = line2;
        saved.delivery.postcode = postcode;
        saved.payment.payment_type.clone_from(&self.payment_type);
        saved
    }

    /// Checks every rule at once. `offered` are the ways of delivery for this cart and country.
    pub fn validate(&self, settings: &Settings, offered: &[DeliveryOption]) -> Result<Details, Problems> {
        let mut check = Check { problems: Vec::new() };
        let email = check.email(&self.email);
        let phone = check.phone(&self.phone);
        check.text(Field::Name, &self.name, 100, true);
        check.text(Field::Surname, &self.surname, 100, true);
        let delivery = check.delivery(&self.delivery_type, offered);
        let kind = delivery.as_ref().map(|option| option.kind);
        let address = kind.filter(|kind| kind.needs_address()).map(|_| check.address(self));
        let pickup_point =
            if kind == Some(DeliveryType::Pickup) { check.pickup(&self.pickup_point, settings) } else { String::new() };
        let payment_type = check.payment(&self.payment_type, settings, kind);
        check.text(Field::Note, &self.note, MAX_NOTE_CHARS, false);
        check.require(Field::Terms, self.terms);
        match (delivery, payment_type) {
            (Some(delivery), Some(payment_type)) if check.problems.is_empty() => Ok(Details {
                email,
                phone,
                name: self.name.clone(),
                surname: self.surname.clone(),
                delivery,
                pickup_point,
                address,
                payment_type,
                note: self.note.clone(),
            }),
            _ => Err(check.problems),
        }
    }
}

struct Check {
    problems: Problems,
}

impl Check {
    fn require(&mut self, field: Field, is_there: bool) {
        if !is_there {
            self.problems.push((field, Problem::Missing));
        }
    }

    fn text(&mut self, field: Field, value: &str, most: usize, is_required: bool) {
        if value.chars().count() > most {
            self.problems.push((field, Problem::TooLong));
        } else if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.problems.push((field, Problem::Malformed));
        } else if is_required {
            self.require(field, !value.is_empty());
        }
    }

    fn email(&mut self, value: &str) -> String {
        self.text(Field::Email, value, 254, true);
        if !value.is_empty() && value.chars().count() <= 254 && !is_email(value) {
            self.problems.push((Field::Email, Problem::Malformed));
        }
        value.to_owned()
    }

    fn phone(&mut self, value: &str) -> String {
        self.require(Field::Phone, !value.is_empty());
        let phone = phone::international(value);
        if phone.is_none() && !value.is_empty() {
            self.problems.push((Field::Phone, Problem::Malformed));
        }
        phone.unwrap_or_default()
    }

    fn delivery(&mut self, value: &str, offered: &[DeliveryOption]) -> Option<DeliveryOption> {
        // Nothing to choose where there is only one way.
        let only = (offered.len() == 1 && value.is_empty()).then(|| offered[0].clone());
        let chosen = only.or_else(|| offered.iter().find(|option| option.kind.word() == value).cloned());
        if chosen.is_none() {
            let problem = if value.is_empty() { Problem::Missing } else { Problem::NotOffered };
            self.problems.push((Field::DeliveryType, problem));
        }
        chosen
    }

    fn address(&mut self, form: &CheckoutForm) -> OrderAddress {
        self.require(Field::Country, !form.country.is_empty());
        if !form.country.is_empty() && country_name(&form.country, Lang::En).is_none() {
            self.problems.push((Field::Country, Problem::NotOffered));
        }
        self.text(Field::Region, &form.region, 100, false);
        self.text(Field::City, &form.city, 100, true);
        self.text(Field::Line1, &form.line1, 200, true);
        self.text(Field::Line2, &form.line2, 200, false);
        self.text(Field::Postcode, &form.postcode, 16, false);
        OrderAddress {
            country: form.country.clone(),
            region: form.region.clone(),
            city: form.city.clone(),
            line1: form.line1.clone(),
            line2: form.line2.clone(),
            postcode: form.postcode.clone(),
        }
    }

    /// The point's name in every language would be too much for an order: its id is turned into words by the caller.
    fn pickup(&mut self, value: &str, settings: &Settings) -> String {
        let is_known = settings.pickup_points.iter().any(|point| point.id == value);
        if !is_known {
            let problem = if value.is_empty() { Problem::Missing } else { Problem::NotOffered };
            self.problems.push((Field::PickupPoint, problem));
        }
        value.to_owned()
    }

    fn payment(&mut self, value: &str, settings: &Settings, delivery: Option<DeliveryType>) -> Option<PaymentType> {
        let offered = payment_types(settings, delivery);
        let only = (offered.len() == 1 && value.is_empty()).then(|| offered[0]);
        let chosen = only.or_else(|| PaymentType::from_word(value).filter(|kind| offered.contains(kind)));
        if chosen.is_none() {
            let problem = if value.is_empty() { Problem::Missing } else { Problem::NotOffered };
            self.problems.push((Field::PaymentType, problem));
        }
        chosen
    }
}

/// The ways of payment that are switched on and fit the delivery. Those through a provider need one to be configured,
/// and none is yet.
pub fn payment_types(settings: &Settings, delivery: Option<DeliveryType>) -> Vec<PaymentType> {
    settings
        .payment
        .iter()
        .filter(|method| method.is_enabled)
        .filter(|method| {
            method.delivery_kinds.is_empty()
                || delivery.is_none_or(|kind| method.delivery_kinds.iter().any(|word| word == kind.word()))
        })
        .filter_map(|method| PaymentType::from_word(&method.kind))
        .filter(|kind| !kind.is_online())
        .collect()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::pricing::delivery_options;

    fn form() -> CheckoutForm {
        let text = str::to_owned;
        CheckoutForm {
            email: text("nora@example.com"),
            phone: text("+998 (90) 123-45-67"),
            name: text("Nora"),
            surname: text("Byrne"),
            delivery_type: text("standard"),
            country: text("UZ"),
            city: text("Tashkent"),
            line1: text("14 Meridian Row"),
            payment_type: text("cash"),
            terms: true,
            ..CheckoutForm::default()
        }
    }

    fn validate(form: &CheckoutForm, is_digital_only: bool) -> Result<Details, Problems> {
        let settings = Settings::default();
        let country = Some(form.country.as_str()).filter(|code| !code.is_empty());
        let offered = delivery_options(&settings, 1000, is_digital_only, country, date!(2026 - 11 - 22));
        form.validate(&settings, &offered)
    }

    #[test]
    fn a_complete_form_becomes_details() {
        let details = validate(&form(), false).unwrap();
        assert_eq!(details.phone, "+998901234567");
        assert_eq!(details.delivery.kind, DeliveryType::Standard);
        assert_eq!(details.address.unwrap().city, "Tashkent");
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let empty = CheckoutForm::default();
        let fields: Vec<Field> = validate(&empty, false).unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(
            fields,
            [Field::Email, Field::Phone, Field::Name, Field::Surname, Field::DeliveryType, Field::Terms]
        );
    }

    #[test]
    fn what_is_not_carried_needs_no_address() {
        let form = CheckoutForm { country: String::new(), city: String::new(), line1: String::new(), ..form() };
        let digital = CheckoutForm { delivery_type: String::new(), ..form.clone() };
        assert!(validate(&digital, true).unwrap().address.is_none());
        let pickup = CheckoutForm { delivery_type: "pickup".to_owned(), ..form.clone() };
        assert_eq!(validate(&pickup, false).unwrap_err(), [(Field::PickupPoint, Problem::Missing)]);
        let pickup = CheckoutForm { pickup_point: "tashkent-centre".to_owned(), ..pickup };
        assert_eq!(validate(&pickup, false).unwrap().pickup_point, "tashkent-centre");
        assert_eq!(validate(&form, false).unwrap_err().len(), 3);
    }

    #[test]
    fn a_method_that_the_country_does_not_have_must_be_chosen_again() {
        let form = CheckoutForm { delivery_type: "express".to_owned(), country: "DE".to_owned(), ..form() };
        assert_eq!(validate(&form, false).unwrap_err(), [(Field::DeliveryType, Problem::NotOffered)]);
    }

    #[test]
    fn online_payment_is_not_offered_without_a_provider() {
        let form = CheckoutForm { payment_type: "card".to_owned(), ..form() };
        assert_eq!(validate(&form, false).unwrap_err(), [(Field::PaymentType, Problem::NotOffered)]);
    }
}
