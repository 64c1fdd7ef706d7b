//! The form that asks for the link to an order.

use askama::Template;

use crate::{
    messages::is_email,
    orders::{messages::TrackMessages, read_number},
    platform::http::{FieldView, Fields, PageContext, Shell},
};

#[derive(Template)]
#[template(path = "orders/track.html")]
pub(super) struct TrackView {
    shell: Shell,
    t: TrackMessages,
    number: String,
    email: String,
    /// The form was sent and came back.
    is_checked: bool,
}

impl TrackView {
    pub fn empty(context: &PageContext) -> Self {
        let t = TrackMessages(context.lang);
        let shell = Shell::private(context, t.title());
        Self { shell, t, number: String::new(), email: String::new(), is_checked: false }
    }

    /// The form as it was sent.
    pub fn sent(context: &PageContext, fields: &Fields) -> Self {
        let text = |name| fields.get(name).to_owned();
        Self { number: text("number"), email: text("email"), is_checked: true, ..Self::empty(context) }
    }

    fn number(&self) -> FieldView {
        let error = (self.is_checked && read_number(&self.number).is_none()).then(|| self.t.number_wrong().to_owned());
        FieldView {
            hint: Some(self.t.number_hint().to_owned()),
            error,
            width: "half",
            max_length: 20,
            ..FieldView::text("number", self.t.number(), &self.number)
        }
    }

    fn email(&self) -> FieldView {
        let error = (self.is_checked && !is_email(&self.email)).then(|| self.t.email_wrong().to_owned());
        FieldView {
            kind: "email",
            autocomplete: "email",
            error,
            width: "half",
            max_length: 254,
            ..FieldView::text("email", self.t.email(), &self.email)
        }
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        [self.number(), self.email()].into_iter().filter_map(|field| Some((field.name, field.error?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::{
        http::check::{check_page, context},
        i18n::Lang,
    };

    #[test]
    fn the_form_is_well_made_in_every_language_and_state() {
        for lang in Lang::ALL {
            let context = context(lang, "/orders/track");
            check_page("track", lang, &TrackView::empty(&context).render().unwrap());
            let wrong = Fields::parse(b"number=1&email=%3Cx%3E").unwrap();
            let html = TrackView::sent(&context, &wrong).render().unwrap();
            check_page("track with errors", lang, &html);
            assert_eq!(html.matches("aria-invalid").count(), 2);
        }
    }
}
