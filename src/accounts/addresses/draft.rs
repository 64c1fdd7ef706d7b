//! An address as it is typed, and what is wrong with it.

use super::messages::AddressMessages;
use crate::platform::{countries::country_name, http::Fields, i18n::Lang, phone};

/// What an address is stored with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What its owner calls it; may be empty.
    pub label: String,
    /// Who opens the parcel.
    pub name: String,
    /// In E.164 if it can be a number at all, else as it was typed.
    pub phone: String,
    /// ISO 3166-1 code.
    pub country: String,
    pub region: String,
    pub city: String,
    pub line1: String,
    pub line2: String,
    pub postcode: String,
}

impl Draft {
    pub fn from_fields(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            label: text("label"),
            name: text("name"),
            phone: phone::international(fields.get("phone")).unwrap_or_else(|| text("phone")),
            country: text("country"),
            region: text("region"),
            city: text("city"),
            line1: text("line1"),
            line2: text("line2"),
            postcode: text("postcode"),
        }
    }

    /// Whether a parcel to one would come to the other.
    pub fn is_same_place(&self, other: &Self) -> bool {
        let place = |draft: &Self| {
            let Self { country, region, city, line1, line2, postcode, .. } = draft.clone();
            [country, region, city, line1, line2, postcode]
        };
        place(self) == place(other)
    }

    /// What stands above the address: what its owner calls it, or the place.
    pub fn heading(&self) -> &str {
        if self.label.is_empty() { &self.city } else { &self.label }
    }

    /// Each refused field, and how to mend it.
    pub fn problems(&self, t: AddressMessages) -> Vec<(&'static str, String)> {
        let phone = phone::international(&self.phone).is_none().then(|| t.phone_wrong().to_owned());
        let country = country_name(&self.country, Lang::En).is_none().then(|| t.country_missing().to_owned());
        [
            ("label", text_problem(t, &self.label, 60, None)),
            ("name", text_problem(t, &self.name, 201, Some(t.name_missing()))),
            ("phone", phone),
            ("country", country),
            ("region", text_problem(t, &self.region, 100, None)),
            ("city", text_problem(t, &self.city, 100, Some(t.city_missing()))),
            ("postcode", text_problem(t, &self.postcode, 16, None)),
            ("line1", text_problem(t, &self.line1, 200, Some(t.line1_missing()))),
            ("line2", text_problem(t, &self.line2, 200, None)),
        ]
        .into_iter()
        .filter_map(|(name, problem)| Some((name, problem?)))
        .collect()
    }
}

/// What to do about a text of at most so many characters; `missing` says it of one that has to be there.
fn text_problem(t: AddressMessages, value: &str, most: u16, missing: Option<&str>) -> Option<String> {
    if value.is_empty() {
        missing.map(str::to_owned)
    } else if value.chars().count() > most.into() {
        Some(t.too_long(most.into()))
    } else {
        value.chars().any(char::is_control).then(|| t.malformed().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_told_at_once() {
        let t = AddressMessages(Lang::En);
        let fields = |draft: &Draft| draft.problems(t).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(fields(&Draft::default()), ["name", "phone", "country", "city", "line1"]);
        let text = str::to_owned;
        let good = Draft {
            name: text("Nora Byrne"),
            phone: text("+998901234567"),
            country: text("UZ"),
            city: text("Tashkent"),
            line1: text("14 Meridian Row"),
            ..Draft::default()
        };
        assert!(fields(&good).is_empty());
        let wrong = Draft { label: "x".repeat(61), line2: text("a\u{7}b"), country: text("ZZ"), ..good };
        assert_eq!(fields(&wrong), ["label", "country", "line2"]);
    }

    #[test]
    fn a_number_is_kept_as_machines_dial_it() {
        let typed = |phone: &str| Draft::from_fields(&Fields::parse(phone.as_bytes()).unwrap()).phone;
        assert_eq!(typed("phone=%2B998+(90)+123-45-67"), "+998901234567");
        assert_eq!(typed("phone=ask+me"), "ask me");
    }
}
