//! The films that were looked at last, as a shelf that can be cleared. `recent/shelf.html` draws it.

use time::OffsetDateTime;

use super::messages::RecentMessages;
use crate::{
    catalog::{
        queries::FilmRow,
        views::{FilmCard, Shelf},
    },
    platform::http::Shell,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentShelf {
    pub shelf: Shelf,
    pub clear: &'static str,
}

/// A shelf of these films; none when nothing was looked at.
pub fn shelf(shell: &Shell, films: &[FilmRow], now: OffsetDateTime) -> Option<RecentShelf> {
    let t = RecentMessages(shell.lang);
    (!films.is_empty()).then(|| RecentShelf {
        shelf: Shelf { id: "recent", title: t.title().to_owned(), more: None, films: FilmCard::all(shell, films, now) },
        clear: t.clear(),
    })
}
