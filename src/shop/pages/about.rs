//! About the shop, its accessibility, and what it knows of its visitors.

use super::messages::{AboutMessages, AccessibilityMessages, PrivacyMessages};
use crate::{
    platform::{http::Link, i18n::Lang},
    shop::views::{Content, Section},
};

/// Sources of the sample catalogue: what they are, under which licence, and where that licence stands.
const SOURCES: [(&str, &str); 4] = [
    ("FiveThirtyEight: biopics (CC BY 4.0)", "https://creativecommons.org/licenses/by/4.0/"),
    ("Peter Rust: wikipedia-movie-data (MIT)", "https://github.com/prust/wikipedia-movie-data"),
    ("Posit Software, PBC: great-tables (MIT)", "https://github.com/posit-dev/great-tables"),
    ("Wikidata (CC0 1.0)", "https://creativecommons.org/publicdomain/zero/1.0/"),
];

const FONTS: [(&str, &str); 3] = [
    ("Archivo (SIL OFL 1.1)", "https://github.com/Omnibus-Type/Archivo"),
    ("Newsreader (SIL OFL 1.1)", "https://github.com/productiontype/Newsreader"),
    ("Oswald (SIL OFL 1.1)", "https://github.com/googlefonts/OswaldFont"),
];

fn links(entries: &[(&str, &str)]) -> Vec<Link> {
    entries.iter().map(|&(label, href)| Link { href: href.to_owned(), label: label.to_owned() }).collect()
}

pub fn about(lang: Lang) -> Content {
    let t = AboutMessages(lang);
    Content {
        title: t.title(),
        lead: t.lead().to_owned(),
        sections: vec![
            Section::text(t.posters(), &[t.posters_text()]),
            Section { links: links(&SOURCES), ..Section::text(t.data(), &[t.data_text()]) },
            Section { links: links(&FONTS), ..Section::text(t.fonts(), &[t.fonts_text()]) },
        ],
    }
}

pub fn accessibility(lang: Lang) -> Content {
    let t = AccessibilityMessages(lang);
    Content {
        title: t.title(),
        lead: t.lead().to_owned(),
        sections: vec![
            Section::text(t.how(), &[t.keyboard(), t.scripts(), t.sight()]),
            Section::text(t.limits(), &[t.limits_text()]),
        ],
    }
}

pub fn privacy(lang: Lang) -> Content {
    let t = PrivacyMessages(lang);
    Content {
        title: t.title(),
        lead: t.lead().to_owned(),
        sections: vec![
            Section::text(t.cookies(), &[t.cookie_cart(), t.cookie_theme(), t.cookie_notice()]),
            Section::text(t.orders(), &[t.orders_text(), t.orders_link()]),
            Section::text(t.alerts(), &[t.alerts_text()]),
            Section::text(t.logs(), &[t.logs_text()]),
        ],
    }
}
