//! The form on a film's page, and the pages around it.

use askama::Template;

use super::{MAX_EMAIL_CHARS, messages::AlertMessages};
use crate::{
    catalog::{Format, queries::FilmRow, views::FormatMessages},
    platform::{
        http::{FieldView, PageContext, Shell},
        i18n::Localized,
    },
};

/// The form that asks for an address. `alerts/form.html` draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertForm {
    pub action: String,
    pub sku: String,
    pub email: FieldView,
}

/// The film and the edition that somebody waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub title: Localized,
    pub format: &'static str,
    /// The film's page with this edition chosen.
    pub href: String,
}

/// The form again, with what is wrong with it.
#[derive(Template)]
#[template(path = "alerts/request.html")]
pub struct RequestView {
    pub shell: Shell,
    pub t: AlertMessages,
    pub subject: Subject,
    pub form: AlertForm,
}

/// Asks whether the address is its owner's; without a subject the request is no longer kept.
#[derive(Template)]
#[template(path = "alerts/confirm.html")]
pub struct ConfirmView {
    pub shell: Shell,
    pub t: AlertMessages,
    pub subject: Option<Subject>,
}

/// Asks whether these mails are to end, and says so when they have.
#[derive(Template)]
#[template(path = "alerts/unsubscribe.html")]
pub struct UnsubscribeView {
    pub shell: Shell,
    pub t: AlertMessages,
    pub is_done: bool,
}

impl AlertForm {
    /// The empty form for an edition of the film with this slug.
    pub fn new(context: &PageContext, slug: &str, sku: &str) -> Self {
        let t = AlertMessages(context.lang);
        Self {
            action: context.href(&format!("/films/{slug}/alerts")),
            sku: sku.to_owned(),
            email: FieldView {
                kind: "email",
                autocomplete: "email",
                hint: Some(t.email_hint().to_owned()),
                max_length: MAX_EMAIL_CHARS,
                ..FieldView::text("email", t.email(), "")
            },
        }
    }

    /// The form with what was typed, and why it came back.
    pub fn refused(mut self, email: &str, problem: &str) -> Self {
        email.clone_into(&mut self.email.value);
        self.email.error = Some(problem.to_owned());
        self
    }
}

impl Subject {
    pub fn new(context: &PageContext, film: &FilmRow, sku: &str, format: Format) -> Self {
        let sku: String = form_urlencoded::byte_serialize(sku.as_bytes()).collect();
        Self {
            title: film.title(context.lang),
            format: FormatMessages(context.lang).name(format),
            href: context.href(&format!("/films/{}?edition={sku}#buy", film.slug)),
        }
    }
}

impl RequestView {
    pub fn new(context: &PageContext, subject: Subject, form: AlertForm) -> Self {
        let t = AlertMessages(context.lang);
        Self { shell: Shell::private(context, t.error_title(t.heading())), t, subject, form }
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        self.form.email.error.iter().map(|error| (self.form.email.name, error.clone())).collect()
    }
}

impl ConfirmView {
    pub fn new(context: &PageContext, subject: Option<Subject>) -> Self {
        let t = AlertMessages(context.lang);
        Self { shell: Shell::private(context, t.confirm_title()), t, subject }
    }
}

impl UnsubscribeView {
    pub fn new(context: &PageContext, is_done: bool) -> Self {
        let t = AlertMessages(context.lang);
        Self { shell: Shell::private(context, t.unsubscribe_title()), t, is_done }
    }
}

#[cfg(test)]
mod tests;
