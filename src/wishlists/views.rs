//! Wishlists as their owners see them, and as those do with whom they are shared.

use askama::Template;
use time::OffsetDateTime;

use super::{MAX_NAME, messages::WishlistMessages, queries::ListRow};
use crate::{
    catalog::{
        Format,
        queries::FilmRow,
        views::{FilmCard, FormatMessages},
    },
    platform::http::{FieldView, PageContext, Shell},
};

/// The lists of a customer, one of them with its films.
#[derive(Template)]
#[template(path = "wishlists/list.html")]
pub(super) struct WishlistView {
    shell: Shell,
    t: WishlistMessages,
    lists: Vec<ListRow>,
    /// The place of the one that is shown; none of somebody who has saved nothing yet.
    shown: Option<usize>,
    films: Vec<Wanted>,
    new_list: NewList,
}

/// A film on a list.
struct Wanted {
    id: u64,
    card: FilmCard,
    /// The formats in which it can be had now: word and name.
    formats: Vec<(&'static str, &'static str)>,
}

/// The form that makes a list.
#[derive(Clone, Debug, Default)]
pub(super) struct NewList {
    pub name: String,
    pub error: Option<String>,
}

/// A list that somebody shares.
#[derive(Template)]
#[template(path = "wishlists/shared.html")]
pub(super) struct SharedView {
    shell: Shell,
    t: WishlistMessages,
    title: String,
    films: Vec<FilmCard>,
}

impl WishlistView {
    pub fn new(
        context: &PageContext,
        lists: Vec<ListRow>,
        shown: Option<usize>,
        films: &[FilmRow],
        now: OffsetDateTime,
    ) -> Self {
        let t = WishlistMessages(context.lang);
        let shell = Shell::private(context, t.title());
        let films = films.iter().map(|film| Wanted::new(&shell, film, now)).collect();
        Self { shell, t, lists, shown, films, new_list: NewList::default() }
    }

    pub fn with_new_list(mut self, new_list: NewList) -> Self {
        self.new_list = new_list;
        self
    }

    fn is_shown(&self, list: &ListRow) -> bool {
        self.current().is_some_and(|current| current.id == list.id)
    }

    fn current(&self) -> Option<&ListRow> {
        self.shown.map(|at| &self.lists[at])
    }

    fn name<'a>(&self, list: &'a ListRow) -> &'a str {
        if list.is_default { self.t.title() } else { &list.name }
    }

    fn heading(&self) -> &str {
        self.current().map_or(self.t.title(), |list| self.name(list))
    }

    /// Where a list, or something of it, is.
    fn path(&self, list: &ListRow, what: &str) -> String {
        self.shell.href(&format!("/account/wishlists/{}{what}", list.id))
    }

    fn film_path(&self, list: &ListRow, film: &Wanted, what: &str) -> String {
        self.path(list, &format!("/films/{}/{what}", film.id))
    }

    fn link(&self, list: &ListRow) -> Option<String> {
        let token = list.share_token.as_ref()?;
        Some(self.shell.absolute(&self.shell.href(&format!("/wishlists/{token}"))))
    }

    fn name_field(&self) -> FieldView {
        FieldView {
            error: self.new_list.error.clone(),
            max_length: MAX_NAME,
            ..FieldView::text("name", self.t.name(), self.new_list.name.as_str())
        }
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        self.new_list.error.iter().map(|error| ("name", error.clone())).collect()
    }
}

impl Wanted {
    fn new(shell: &Shell, film: &FilmRow, now: OffsetDateTime) -> Self {
        let mut formats: Vec<Format> = Vec::new();
        for edition in film.editions.iter().filter(|edition| edition.can_be_bought && film.is_visible(now)) {
            if !formats.contains(&edition.format) {
                formats.push(edition.format);
            }
        }
        let names = FormatMessages(shell.lang);
        Self {
            id: film.id,
            card: FilmCard::new(shell, film, now),
            formats: formats.into_iter().map(|format| (format.word(), names.name(format))).collect(),
        }
    }
}

impl SharedView {
    pub fn new(context: &PageContext, name: &str, mut films: Vec<FilmRow>, now: OffsetDateTime) -> Self {
        let t = WishlistMessages(context.lang);
        let title = if name.is_empty() { t.shared_title() } else { name };
        let shell = Shell::private(context, title);
        films.retain(|film| film.is_visible(now));
        Self { films: FilmCard::all(&shell, &films, now), title: title.to_owned(), shell, t }
    }
}
