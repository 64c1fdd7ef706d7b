//! A page with one form on it: what the pages of an account mostly are.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::platform::http::{FieldView, Link, Page, PageContext, Shell};

/// A field of the form.
#[derive(Clone, Debug)]
pub enum Input {
    Text(FieldView),
    /// With pairs of value and label to choose from.
    Choice(FieldView, Vec<(String, String)>),
    /// Name, label, and whether it is ticked.
    Tick(&'static str, &'static str, bool),
}

#[derive(Template)]
#[template(path = "accounts/form.html")]
pub struct FormPage {
    shell: Shell,
    /// Whether it is a page of somebody's account, with the links to its other pages.
    is_own: bool,
    lead: Option<String>,
    /// What is wrong with the form as a whole.
    problem: Option<String>,
    inputs: Vec<Input>,
    hidden: Vec<(&'static str, String)>,
    /// Without one there is nothing to send.
    button: Option<&'static str>,
    links: Vec<Link>,
}

impl FormPage {
    pub fn new(context: &PageContext, title: &str) -> Self {
        Self {
            shell: Shell::private(context, title),
            is_own: false,
            lead: None,
            problem: None,
            inputs: Vec::new(),
            hidden: Vec::new(),
            button: None,
            links: Vec::new(),
        }
    }

    /// A page of somebody's account.
    pub fn of_account(mut self) -> Self {
        self.is_own = true;
        self
    }

    pub fn lead(mut self, text: impl Into<String>) -> Self {
        self.lead = Some(text.into());
        self
    }

    pub fn inputs(mut self, inputs: impl IntoIterator<Item = Input>) -> Self {
        self.inputs.extend(inputs);
        self
    }

    pub fn hidden(mut self, name: &'static str, value: &str) -> Self {
        self.hidden.push((name, value.to_owned()));
        self
    }

    pub fn button(mut self, label: &'static str) -> Self {
        self.button = Some(label);
        self
    }

    pub fn link(mut self, href: String, label: &str) -> Self {
        self.links.push(Link { href, label: label.to_owned() });
        self
    }

    /// The form as it comes back: what is wrong with it, and with which fields.
    pub fn refused(mut self, problem: Option<&str>, problems: &[(&'static str, String)]) -> Self {
        self.problem = problem.map(str::to_owned);
        for input in &mut self.inputs {
            if let Input::Text(field) | Input::Choice(field, _) = input {
                field.error = problems.iter().find(|(name, _)| *name == field.name).map(|(_, text)| text.clone());
            }
        }
        self
    }

    pub fn answer(self, status: StatusCode) -> Response {
        Page::with_status(status, self).into_response()
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        let field = |input: &Input| match input {
            Input::Text(field) | Input::Choice(field, _) => Some((field.name, field.error.clone()?)),
            Input::Tick(..) => None,
        };
        self.inputs.iter().filter_map(field).collect()
    }
}
