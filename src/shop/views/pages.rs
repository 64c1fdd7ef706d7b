//! Pages of plain text: about, delivery, terms, privacy, accessibility.

use askama::Template;

use crate::platform::http::{Link, Shell};

/// A page of text.
#[derive(Template)]
#[template(path = "pages/page.html")]
pub struct ContentPage {
    pub shell: Shell,
    pub content: Content,
}

/// What stands on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub title: &'static str,
    pub lead: String,
    pub sections: Vec<Section>,
}

/// A heading with paragraphs and links under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub heading: &'static str,
    pub paragraphs: Vec<String>,
    pub links: Vec<Link>,
}

impl Section {
    /// A section without links.
    pub fn text(heading: &'static str, paragraphs: &[&str]) -> Self {
        let paragraphs = paragraphs.iter().map(|&text| text.to_owned()).collect();
        Self { heading, paragraphs, links: Vec::new() }
    }
}
