//! Pages of plain text: about, delivery, terms, privacy, accessibility.

use askama::Template;

use crate::platform::http::Shell;

/// A page of text.
#[derive(Template)]
#[template(path = "pages/page.html")]
pub struct ContentPage {
    pub shell: Shell,
    pub content: Content,
}

/// A heading and the paragraphs under it, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub title: &'static str,
    pub lead: String,
    pub sections: Vec<(&'static str, Vec<String>)>,
}
