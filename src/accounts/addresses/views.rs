//! The book as its owner sees it, and the form of one address.

use askama::Template;

use super::{MOST, draft::Draft, messages::AddressMessages, queries::AddressRow};
use crate::{
    accounts::{FormPage, Input},
    platform::{
        countries::{countries, country_name},
        http::{FieldView, PageContext, Shell},
    },
};

#[derive(Template)]
#[template(path = "accounts/addresses.html")]
pub(super) struct BookView {
    shell: Shell,
    t: AddressMessages,
    book: Vec<AddressRow>,
}

impl BookView {
    pub fn new(context: &PageContext, book: Vec<AddressRow>) -> Self {
        let t = AddressMessages(context.lang);
        Self { shell: Shell::private(context, t.title()), t, book }
    }

    fn is_full(&self) -> bool {
        self.book.len() >= MOST
    }

    /// As it stands on a parcel.
    fn lines(&self, row: &AddressRow) -> Vec<String> {
        let Draft { name, phone, country, region, city, line1, line2, postcode, .. } = row.address.clone();
        let place = [city, postcode].join(" ").trim().to_owned();
        let country = country_name(&country, self.shell.lang).unwrap_or_default().to_owned();
        [name, line1, line2, place, region, country, phone].into_iter().filter(|line| !line.is_empty()).collect()
    }

    /// Where an address, or something of it, is.
    fn path(&self, row: &AddressRow, what: &str) -> String {
        self.shell.href(&format!("/account/addresses/{}{what}", row.id))
    }
}

/// The page with the form of one address.
pub(super) fn form_page(context: &PageContext, title: &str, draft: &Draft) -> FormPage {
    let t = AddressMessages(context.lang);
    let text = |name, label, value: &str, autocomplete, max_length, is_required| {
        Input::Text(FieldView { autocomplete, is_required, max_length, ..FieldView::text(name, label, value) })
    };
    let label = FieldView {
        hint: Some(t.label_hint().to_owned()),
        max_length: 60,
        is_required: false,
        ..FieldView::text("label", t.label(), draft.label.as_str())
    };
    let phone = FieldView {
        kind: "tel",
        autocomplete: "tel",
        max_length: 40,
        hint: Some(t.phone_hint().to_owned()),
        ..FieldView::text("phone", t.phone(), draft.phone.as_str())
    };
    let country =
        FieldView { autocomplete: "country", ..FieldView::text("country", t.country(), draft.country.as_str()) };
    FormPage::new(context, title)
        .of_account()
        .inputs([
            Input::Text(label),
            text("name", t.name(), &draft.name, "name", 201, true),
            Input::Text(phone),
            Input::Choice(country, country_options(context, t)),
            text("region", t.region(), &draft.region, "address-level1", 100, false),
            text("city", t.city(), &draft.city, "address-level2", 100, true),
            text("postcode", t.postcode(), &draft.postcode, "postal-code", 16, false),
            text("line1", t.line1(), &draft.line1, "address-line1", 200, true),
            text("line2", t.line2(), &draft.line2, "address-line2", 200, false),
        ])
        .button(t.save())
        .link(context.href("/account/addresses"), t.back())
}

/// Nothing is chosen for anybody.
fn country_options(context: &PageContext, t: AddressMessages) -> Vec<(String, String)> {
    let all = std::iter::once(("", t.country_missing())).chain(countries(context.lang));
    all.map(|(code, name)| (code.to_owned(), name.to_owned())).collect()
}
