//! What every page must be, whatever stands on it: used by the tests that render templates.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Selector};

use super::{PageContext, Site};
use crate::platform::{config::Config, i18n::Lang, money::Currency};

/// A page of a shop with the default configuration.
pub fn context(lang: Lang, path: &str) -> PageContext {
    let config = Config::from_vars(std::collections::BTreeMap::new()).unwrap();
    PageContext {
        lang,
        path: path.to_owned(),
        query: String::new(),
        currency: Currency::from_code("USD"),
        zone: time::UtcOffset::UTC,
        site: std::sync::Arc::new(Site::new(config).unwrap()),
    }
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// Panics, naming the page, unless it is well made.
pub fn check_page(name: &str, lang: Lang, html: &str) {
    let page = Html::parse_document(html);
    assert_eq!(page.errors, Vec::<std::borrow::Cow<str>>::new(), "{name}: the parser had to mend the page");
    assert_eq!(all(&page, "html")[0].attr("lang"), Some(lang.code()), "{name}: language of the page");
    assert_eq!(all(&page, "h1").len(), 1, "{name}: one h1");
    assert!(!all(&page, "title")[0].text().collect::<String>().starts_with(" ·"), "{name}: a title");
    assert_eq!(
        all(&page, "[style], style, [onclick], script:not([src]):not([type='application/ld+json'])").len(),
        0,
        "{name}: nothing inline"
    );
    check_headings(name, &page);
    check_ids(name, &page);
    check_attributes(name, &page);
    check_names(name, &page);
}

/// No level is skipped on the way down.
fn check_headings(name: &str, page: &Html) {
    let mut level = 0;
    for heading in all(page, "main :is(h1, h2, h3, h4)") {
        let next: u8 = heading.value().name()[1..].parse().unwrap();
        assert!(next <= level + 1, "{name}: h{next} follows h{level}: {}", heading.html());
        assert!(!heading.text().collect::<String>().trim().is_empty(), "{name}: an empty heading");
        level = next;
    }
}

/// Ids are unique, and whatever is referred to exists.
fn check_ids(name: &str, page: &Html) {
    let mut ids = HashSet::new();
    for element in all(page, "[id]") {
        let id = element.attr("id").unwrap();
        assert!(ids.insert(id), "{name}: id {id} twice");
    }
    for attribute in ["for", "aria-labelledby", "aria-describedby", "popovertarget", "form"] {
        for element in all(page, &format!("[{attribute}]")) {
            for id in element.attr(attribute).unwrap().split_whitespace() {
                assert!(ids.contains(id), "{name}: {attribute} names {id}, which is not there");
            }
        }
    }
}

/// An empty attribute is a value that was forgotten, except where empty means something.
fn check_attributes(name: &str, page: &Html) {
    const MAY_BE_EMPTY: [&str; 20] = [
        "alt",
        "value",
        "checked",
        "selected",
        "disabled",
        "required",
        "open",
        "crossorigin",
        "data-results",
        "data-nojs",
        "data-nosnippet",
        "data-theme-form",
        "data-announce",
        "data-autofocus",
        "data-totals-summary",
        "data-totals-status",
        "data-total",
        "data-autosubmit",
        "novalidate",
        "hidden",
    ];
    for element in all(page, "*") {
        for (attribute, value) in element.value().attrs() {
            let is_empty = value.trim().is_empty() && !MAY_BE_EMPTY.contains(&attribute);
            assert!(!is_empty, "{name}: {attribute} is empty in {}", element.html());
            assert!(!value.contains("None") && !value.contains("null"), "{name}: {attribute}=\"{value}\"");
        }
    }
    for asset in all(page, "link[href], script[src], img[src], use") {
        let address = ["href", "src"].into_iter().find_map(|attribute| asset.attr(attribute)).unwrap();
        assert!(address.starts_with(['/', 'h']), "{name}: {address} is no address");
    }
}

/// Links and buttons have words, inputs a label, pictures an alternative.
fn check_names(name: &str, page: &Html) {
    for element in all(page, "a:not([aria-hidden]), button, summary, th, dt, label") {
        let words = element.text().collect::<String>();
        let named = element.attr("aria-label").is_some() || !words.trim().is_empty();
        assert!(named, "{name}: no words in {}", element.html());
    }
    for image in all(page, "img") {
        assert!(image.attr("alt").is_some(), "{name}: no alternative for {}", image.html());
        assert!(image.attr("width").is_some() && image.attr("height").is_some(), "{name}: no size of {}", image.html());
    }
    let labelled: HashSet<_> = all(page, "label[for]").into_iter().filter_map(|label| label.attr("for")).collect();
    let wrapped: HashSet<_> =
        all(page, "label :is(input, select, textarea)").into_iter().map(|input| input.id()).collect();
    for input in all(page, "input:not([type=hidden]), select, textarea") {
        let has_label = input.attr("id").is_some_and(|id| labelled.contains(id))
            || wrapped.contains(&input.id())
            || input.attr("aria-label").is_some();
        assert!(has_label, "{name}: no label for {}", input.html());
    }
}
