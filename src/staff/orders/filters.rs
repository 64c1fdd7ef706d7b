//! Which orders are asked for: the words of the address, read and written.

use time::OffsetDateTime;

use crate::{
    messages::is_email,
    orders::{
        OrderStatus, PaymentStatus,
        queries::desk::{From, Place, Search, Sought},
        read_number,
    },
    platform::http::Fields,
    pricing::DeliveryType,
};

/// With fewer digits a phone number says too little.
const LEAST_DIGITS: usize = 4;

/// What a list was asked for. Words that mean nothing are as if they were absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    pub status: Option<OrderStatus>,
    pub payment: Option<PaymentStatus>,
    pub delivery: Option<DeliveryType>,
    /// What was typed into the search field.
    pub text: String,
}

impl Filters {
    pub fn read(fields: &Fields) -> Self {
        Self {
            status: OrderStatus::from_word(fields.get("status")),
            payment: PaymentStatus::from_word(fields.get("payment")),
            delivery: DeliveryType::from_word(fields.get("delivery")),
            text: fields.get("q").to_owned(),
        }
    }

    /// None when the text is neither an order's number nor an address nor the end of a phone number.
    pub fn search(&self) -> Option<Search> {
        let sought = if self.text.is_empty() { None } else { Some(sought(&self.text)?) };
        Some(Search { status: self.status, payment: self.payment, delivery: self.delivery, sought })
    }

    /// The query of a list with these filters, and where the page begins.
    pub fn query(&self, from: From) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let words = [
            ("status", self.status.map_or("", OrderStatus::word)),
            ("payment", self.payment.map_or("", PaymentStatus::word)),
            ("delivery", self.delivery.map_or("", DeliveryType::word)),
            ("q", &self.text),
        ];
        query.extend_pairs(words.iter().filter(|(_, word)| !word.is_empty()));
        match from {
            From::Newest => &mut query,
            From::OlderThan(place) => query.append_pair("before", &written(place)),
            From::NewerThan(place) => query.append_pair("after", &written(place)),
        };
        query.finish()
    }
}

fn sought(text: &str) -> Option<Sought> {
    let is_phone = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')'));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match read_number(text) {
        _ if is_phone => (digits.len() >= LEAST_DIGITS).then_some(Sought::PhoneTail(digits)),
        Some(number) => Some(Sought::Number(number)),
        None => is_email(text).then(|| Sought::Email(text.to_owned())),
    }
}

/// Where the page begins.
pub fn place(fields: &Fields) -> From {
    let before = read(fields.get("before")).map(From::OlderThan);
    before.or_else(|| read(fields.get("after")).map(From::NewerThan)).unwrap_or(From::Newest)
}

fn written(place: Place) -> String {
    format!("{}-{}", place.placed_at.unix_timestamp_nanos() / 1000, place.id)
}

fn read(text: &str) -> Option<Place> {
    let (micros, id) = text.split_once('-')?;
    let nanos = i128::from(micros.parse::<u64>().ok()?) * 1000;
    Some(Place { placed_at: OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?, id: id.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_text_is_a_number_an_address_or_the_end_of_a_phone_number() {
        let number = || Some(Sought::Number("MQ-7K3PWXQ9".to_owned()));
        assert_eq!(sought("mq 7k3p wxq9"), number());
        assert_eq!(sought("7K3PWXQ9"), number());
        assert_eq!(sought("nora@example.com"), Some(Sought::Email("nora@example.com".to_owned())));
        assert_eq!(sought("123-45-67"), Some(Sought::PhoneTail("1234567".to_owned())));
        assert_eq!(sought("2345 6789"), Some(Sought::PhoneTail("23456789".to_owned())), "digits alone are a phone's");
        for nothing in ["123", "Nora", "+", "MQ-", "%"] {
            assert_eq!(sought(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn an_address_holds_all_that_was_asked() {
        let place_of = Place { placed_at: datetime!(2026-11-22 20:30:01.123456 UTC), id: 42 };
        let filters = Filters {
            status: Some(OrderStatus::Pending),
            payment: Some(PaymentStatus::Unpaid),
            delivery: Some(DeliveryType::Pickup),
            text: "nora+1@example.com".to_owned(),
        };
        for from in [From::Newest, From::OlderThan(place_of), From::NewerThan(place_of)] {
            let fields = Fields::parse(filters.query(from).as_bytes()).unwrap();
            assert_eq!((Filters::read(&fields), place(&fields)), (filters.clone(), from));
        }
    }

    #[test]
    fn what_means_nothing_is_as_if_it_were_absent() {
        let fields = Fields::parse(b"status=lost&payment=&delivery=%00&before=1&after=-1-2&q=").unwrap();
        assert_eq!((Filters::read(&fields), place(&fields)), (Filters::default(), From::Newest));
        for broken in ["99999999999999999999-1", "18446744073709551615-1", "1-", "x-y"] {
            assert_eq!(read(broken), None, "{broken}");
        }
    }
}
