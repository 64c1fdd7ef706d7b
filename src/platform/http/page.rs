//! Pages: a template with the shell that every page has, and the personal slots that are filled last.

use std::{
    borrow::Cow,
    cell::Cell,
    time::{Duration, Instant},
};

use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};

use memchr::memmem;
use serde::Serialize;

use super::{LayoutMessages, PageContext, is_same_site_path};
use crate::platform::{
    error::Error,
    i18n::{Lang, at_display_size},
    money::Currency,
    work,
};

/// What a link preview shows. Addresses are absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenGraph {
    /// `website` or `video.movie`.
    pub kind: &'static str,
    pub image: String,
    /// Amount such as `19.99` and currency code.
    pub price: Option<(String, String)>,
}

/// The same page in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    pub lang: Lang,
    pub href: String,
    pub is_current: bool,
}

/// Head and frame of a page. Every view has one as its field `shell`.
#[derive(Clone)]
pub struct Shell {
    pub lang: Lang,
    pub t: LayoutMessages,
    /// Title of the page without the shop's name.
    pub title: String,
    pub description: String,
    /// Path and query of the canonical address, without language and host; the page's own path at first.
    pub canonical: String,
    /// Path and query of the page in its present state, without language: where the language switch leads.
    pub here: String,
    /// False asks search engines to leave the page out and follow its links.
    pub is_indexed: bool,
    pub prev: Option<String>,
    pub next: Option<String>,
    pub open_graph: Option<OpenGraph>,
    /// JSON-LD, made safe to stand inside a script element.
    pub json_ld: Vec<String>,
    /// What the search box holds.
    pub search_query: String,
    /// Path that the main navigation marks as the place where we are.
    pub nav: &'static str,
    context: PageContext,
}

impl Shell {
    pub fn new(context: &PageContext, title: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            lang: context.lang,
            t: LayoutMessages(context.lang),
            title: title.into(),
            description: description.into(),
            canonical: context.path.clone(),
            here: own_path(context.path.clone()),
            is_indexed: true,
            prev: None,
            next: None,
            open_graph: None,
            json_ld: Vec::new(),
            search_query: String::new(),
            nav: "",
            context: context.clone(),
        }
    }

    /// A page for one person: nothing for search engines.
    pub fn private(context: &PageContext, title: impl Into<String>) -> Self {
        let separator = if context.query.is_empty() { "" } else { "?" };
        let here = format!("{}{separator}{}", context.path, context.query);
        Self { is_indexed: false, here: own_path(here), ..Self::new(context, title, "") }
    }

    /// A path of this shop in the page's language.
    pub fn href(&self, path: &str) -> String {
        self.context.href(path)
    }

    /// Address of a static file by its name under `static/`.
    pub fn asset<'a>(&'a self, name: &'a str) -> &'a str {
        self.context.site.assets.url(name)
    }

    /// Address of the icons.
    pub fn sprite(&self) -> &str {
        &self.context.site.sprite
    }

    /// Address of something under `/media`.
    pub fn media(&self, path: impl Into<String>) -> String {
        let (host, path) = (&self.context.site.config.media_url, path.into());
        if host.is_empty() { path } else { [host, &path[..]].concat() }
    }

    /// A path with scheme and host, for previews, structured data and canonical links.
    pub fn absolute(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { [&self.context.site.config.base_url, path].concat() }
    }

    pub fn canonical_url(&self) -> String {
        self.absolute(&self.href(&self.canonical))
    }

    pub fn money(&self, minor: i64) -> String {
        self.context.money(minor)
    }

    pub fn currency(&self) -> &Currency {
        &self.context.currency
    }

    pub fn date(&self, date: time::Date) -> String {
        crate::platform::i18n::date(self.lang, date)
    }

    /// The day on which something happened, in the shop's zone.
    pub fn local_date(&self, at: time::OffsetDateTime) -> String {
        self.date(at.to_offset(self.context.zone).date())
    }

    pub fn date_time(&self, at: time::OffsetDateTime) -> String {
        crate::platform::i18n::date_time(self.lang, at, self.context.zone)
    }

    pub fn number(&self, n: i64) -> String {
        crate::platform::i18n::number(self.lang, n)
    }

    /// The canonical page in every language, for `hreflang`.
    pub fn alternates(&self) -> [Alternate; 3] {
        self.in_every_language(&self.canonical)
    }

    /// The page as it stands in every language, for the switch in the header.
    pub fn switches(&self) -> [Alternate; 3] {
        self.in_every_language(&self.here)
    }

    fn in_every_language(&self, path: &str) -> [Alternate; 3] {
        Lang::ALL.map(|lang| Alternate { lang, href: [lang.prefix(), path].concat(), is_current: lang == self.lang })
    }

    /// A text as headings and titles draw it.
    pub fn heading<'a>(&self, text: &'a str) -> Cow<'a, str> {
        at_display_size(text)
    }

    /// Adds structured data. `<` is escaped, so that no text can end the script element.
    pub fn push_json_ld(&mut self, data: &impl Serialize) {
        let text = serde_json::to_string(data).unwrap_or_default();
        self.json_ld.push(if text.contains('<') { text.replace('<', "\\u003c") } else { text });
    }

    /// The mark of a personal slot; [`Slots`] replaces it.
    pub fn slot(&self, slot: Slot) -> String {
        slot.marker(&self.context.site.slot_nonce)
    }

    // Askama calls methods without arguments best; these name the slots of the layout.
    pub fn cart_slot(&self) -> String {
        self.slot(Slot::Cart)
    }

    pub fn theme_slot(&self) -> String {
        self.slot(Slot::Theme)
    }

    pub fn notice_slot(&self) -> String {
        self.slot(Slot::Notice)
    }

    pub fn account_slot(&self) -> String {
        self.slot(Slot::Account)
    }

    pub fn aside_slot(&self) -> String {
        self.slot(Slot::Aside)
    }
}

/// The path of a page that does not exist is the visitor's own, and a link to `//host` would lead away.
fn own_path(path: String) -> String {
    if is_same_site_path(&path) { path } else { "/".to_owned() }
}

/// A slot's mark is a comment of the site's nonce and the slot's letter.
const SLOT_OPENING: &str = "<!--";
const SLOT_CLOSING: &str = "-->";

/// A personal place of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Number of units in the cart, in the header.
    Cart,
    /// The theme's radio buttons.
    Theme,
    /// One message after a redirect.
    Notice,
    /// The way to the account, or to signing in, in the header.
    Account,
    /// On a film's page: what concerns this person and this film.
    Aside,
}

impl Slot {
    const ALL: [Self; 5] = [Self::Cart, Self::Theme, Self::Notice, Self::Account, Self::Aside];

    /// An ASCII letter.
    pub const fn letter(self) -> u8 {
        match self {
            Self::Cart => b'c',
            Self::Theme => b't',
            Self::Notice => b'n',
            Self::Account => b'a',
            Self::Aside => b'f',
        }
    }

    pub fn from_letter(letter: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.letter() == letter)
    }

    /// What holds its place in a rendered page.
    pub fn marker(self, nonce: &str) -> String {
        [SLOT_OPENING, nonce, char::from(self.letter()).encode_utf8(&mut [0; 1]), SLOT_CLOSING].concat()
    }
}

/// What fills the slots of one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slots {
    pub cart: String,
    pub theme: String,
    pub notice: String,
    pub account: String,
    pub aside: String,
}

impl Slots {
    pub fn get(&self, slot: Slot) -> &str {
        match slot {
            Slot::Cart => &self.cart,
            Slot::Theme => &self.theme,
            Slot::Notice => &self.notice,
            Slot::Account => &self.account,
            Slot::Aside => &self.aside,
        }
    }

    /// Bytes of all parts.
    pub fn size(&self) -> usize {
        Slot::ALL.into_iter().map(|slot| self.get(slot).len()).sum()
    }

    /// Puts each part in its place; a page without a slot stays without its part.
    pub fn fill(&self, nonce: &str, html: &str) -> String {
        let mut out = String::with_capacity(html.len() + self.size());
        for (text, slot) in Self::split(nonce, html) {
            out.push_str(text);
            out.push_str(slot.map_or("", |slot| self.get(slot)));
        }
        out
    }

    /// The page between its slots, each text with the slot that follows it.
    pub fn split<'a>(nonce: &str, html: &'a str) -> Vec<(&'a str, Option<Slot>)> {
        let opening = [SLOT_OPENING, nonce].concat();
        let openings = memmem::Finder::new(&opening);
        let mut rest = html;
        let mut parts = Vec::with_capacity(Slot::ALL.len() + 1);
        // Pages are long, and this search takes many bytes at a time.
        while let Some(at) = openings.find(rest.as_bytes()) {
            let (text, behind) = (&rest[..at], &rest[at + opening.len()..]);
            let (letter, after) = behind.split_once(SLOT_CLOSING).unwrap_or((behind, ""));
            parts.push((text, letter.bytes().next().and_then(Slot::from_letter)));
            rest = after;
        }
        parts.push((rest, None));
        parts
    }
}

/// For how long a page may be kept for everybody, and the names of what it shows: a change of any of them ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub ttl: Duration,
    pub tags: Vec<Box<str>>,
}

/// A rendered page on its way out; its slots are still open.
#[derive(Clone)]
pub struct Rendered(pub String);

thread_local! {
    /// The room of the last page that this thread has sent, for the next one to be written in.
    static ROOM: Cell<String> = const { Cell::new(String::new()) };
}

impl Rendered {
    fn of(view: &impl Template) -> askama::Result<Self> {
        let (mut html, start) = (ROOM.take(), Instant::now());
        view.render_into(&mut html)?;
        work::trace(|trace| trace.rendered(start.elapsed()));
        Ok(Self(html))
    }

    /// Leaves the room of a page that is no longer needed to the next one.
    pub fn recycle(self) {
        const MOST: usize = 256 << 10;
        let Self(mut html) = self;
        if html.capacity() <= MOST {
            html.clear();
            ROOM.set(html);
        }
    }
}

/// A page: a status and a view. The body travels as [`Rendered`] until the edge has filled its slots.
pub struct Page<V> {
    status: StatusCode,
    view: V,
    kept: Option<Kept>,
}

impl<V: Template> Page<V> {
    pub fn new(view: V) -> Self {
        Self::with_status(StatusCode::OK, view)
    }

    pub fn with_status(status: StatusCode, view: V) -> Self {
        Self { status, view, kept: None }
    }

    /// Lets the page be kept for everybody, as long as its route allows that.
    pub fn kept(mut self, ttl: Duration, tags: impl IntoIterator<Item: Into<Box<str>>>) -> Self {
        self.kept = Some(Kept { ttl, tags: tags.into_iter().map(Into::into).collect() });
        self
    }

    /// What stands on it.
    pub fn view(&self) -> &V {
        &self.view
    }
}

impl<V: Template> IntoResponse for Page<V> {
    fn into_response(self) -> Response {
        match Rendered::of(&self.view) {
            Ok(rendered) => {
                let mut response = self.status.into_response();
                response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
                response.extensions_mut().insert(rendered);
                if let Some(kept) = self.kept {
                    response.extensions_mut().insert(kept);
                }
                response
            }
            Err(error) => Error::from(error).into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_once_each_and_imitations_are_not() {
        let slots = Slots { cart: "3".to_owned(), theme: "T".to_owned(), ..Slots::default() };
        let html = format!(
            "a{}b{}c{}d<!--c--><!--othern-->",
            Slot::Cart.marker("n0"),
            Slot::Theme.marker("n0"),
            Slot::Notice.marker("n0")
        );
        assert_eq!(slots.fill("n0", &html), "a3bTcd<!--c--><!--othern-->");
    }
}
