//! Parts that pages share: where the page stands, its page links, its form fields.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Shell;
use crate::platform::i18n::Localized;

/// A step of the way to a page; the last one, the page itself, has no address. "Home" is implied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub label: Localized,
    pub href: Option<String>,
}

impl Shell {
    /// The way to the page as structured data; the same steps as the page shows.
    pub fn push_crumbs(&mut self, crumbs: &[Crumb]) {
        let home = (self.t.home().to_owned(), Some(self.href("/")));
        let steps = crumbs.iter().map(|crumb| (crumb.label.text.clone(), crumb.href.clone()));
        let items = (1..).zip(std::iter::once(home).chain(steps)).map(|(position, (name, href))| ListItem {
            kind: "ListItem",
            position,
            name,
            item: href.map_or_else(|| self.canonical_url(), |href| self.absolute(&href)),
        });
        let list = BreadcrumbList { context: "https://schema.org", kind: "BreadcrumbList", items: items.collect() };
        self.push_json_ld(&list);
    }
}

/// The way to a page as [schema.org](https://schema.org/BreadcrumbList) has it.
#[derive(Serialize)]
struct BreadcrumbList {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<ListItem>,
}

#[derive(Serialize)]
struct ListItem {
    #[serde(rename = "@type")]
    kind: &'static str,
    /// From 1.
    position: u32,
    name: String,
    item: String,
}

/// A link with words of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    pub label: String,
}

/// One place in a row of page links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Current(i64),
    Page { number: i64, href: String },
    Gap,
}

/// The row of page links under a list; empty when one page is all there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pagination {
    pub prev: Option<String>,
    pub next: Option<String>,
    pub steps: Vec<Step>,
}

impl Pagination {
    /// Page links for `current` of `last` pages: the ends, the current page and its neighbours.
    pub fn new(current: i64, last: i64, href: impl Fn(i64) -> String) -> Self {
        if last < 2 {
            return Self::default();
        }
        // A gap that would hide a single page shows the page instead.
        let start = 1..=if current <= 4 { 5 } else { 1 };
        let end = if current > last - 4 { last - 4 } else { last }..=last;
        let near = start.chain(current - 1..=current + 1).chain(end);
        let shown: BTreeSet<i64> = near.filter(|number| (1..=last).contains(number)).collect();
        let mut steps = Vec::new();
        let mut before = 0;
        for number in shown {
            if number > before + 1 {
                steps.push(Step::Gap);
            }
            before = number;
            steps.push(if number == current {
                Step::Current(number)
            } else {
                Step::Page { number, href: href(number) }
            });
        }
        Self {
            prev: (current > 1).then(|| href(current - 1)),
            next: (current < last).then(|| href(current + 1)),
            steps,
        }
    }
}

/// A form field as the page shows it: `components/form.html` draws it with its hint and its error tied to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldView {
    /// Name and id.
    pub name: &'static str,
    /// The `type` of an input.
    pub kind: &'static str,
    pub label: &'static str,
    pub value: String,
    /// Token for the browser's own filling-in; empty for none.
    pub autocomplete: &'static str,
    pub hint: Option<String>,
    /// How to mend the value, as the summary at the top says it too.
    pub error: Option<String>,
    /// Share of the row: empty for all of it, else `half`, `third` or `two-thirds`.
    pub width: &'static str,
    pub is_required: bool,
    /// Longest value; 0 for no limit.
    pub max_length: u16,
}

impl FieldView {
    /// A required text field that fills its row.
    pub fn text(name: &'static str, label: &'static str, value: impl Into<String>) -> Self {
        Self { name, kind: "text", label, value: value.into(), is_required: true, ..Self::default() }
    }

    /// The ids of what explains the field.
    pub fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        let ids: Vec<_> = [hint, error].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The row as text: the current page in brackets.
    fn row(current: i64, last: i64) -> String {
        let pages = Pagination::new(current, last, |page| format!("?page={page}"));
        let steps: Vec<_> = pages
            .steps
            .iter()
            .map(|step| match step {
                Step::Current(number) => format!("[{number}]"),
                Step::Page { number, href } => {
                    assert_eq!(*href, format!("?page={number}"));
                    number.to_string()
                }
                Step::Gap => "…".to_owned(),
            })
            .collect();
        steps.join(" ")
    }

    #[test]
    fn page_links_show_the_ends_and_the_neighbours() {
        assert_eq!(row(1, 1), "");
        assert_eq!(row(1, 4), "[1] 2 3 4");
        assert_eq!(row(1, 137), "[1] 2 3 4 5 … 137");
        assert_eq!(row(4, 137), "1 2 3 [4] 5 … 137");
        assert_eq!(row(60, 137), "1 … 59 [60] 61 … 137");
        assert_eq!(row(134, 137), "1 … 133 [134] 135 136 137");
        assert_eq!(row(137, 137), "1 … 133 134 135 136 [137]");
    }

    #[test]
    fn page_links_lead_back_and_on() {
        let pages = Pagination::new(2, 2, |page| page.to_string());
        assert_eq!((pages.prev.as_deref(), pages.next), (Some("1"), None));
    }

    #[test]
    fn hints_and_errors_are_tied_to_their_field() {
        let mut field = FieldView::text("postcode", "Postcode", "");
        assert_eq!(field.described_by(), None);
        field.error = Some("Enter a postcode".to_owned());
        assert_eq!(field.described_by().as_deref(), Some("postcode-error"));
        field.hint = Some("As on a letter".to_owned());
        assert_eq!(field.described_by().as_deref(), Some("postcode-hint postcode-error"));
    }
}
