//! The pages on which films are looked for: lists, searches, suggestions.

mod list;
mod search;
mod suggest;

pub use list::{category, films, person, studio};
pub use search::search;
pub use suggest::suggest;

use askama::Template;

use super::{
    LIST_TTL,
    index::Shelf,
    list_tags, queries,
    views::{self, BrowseMessages, FilmCard},
};
use crate::{
    catalog::index::Catalogue,
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{Link, Page, Shell},
    },
};

/// Films of a shelf under an empty list.
const NEARBY: usize = 7;

/// The page number of the last page, 1 when there is nothing.
fn last_page(total: usize, size: usize) -> usize {
    total.div_ceil(size).max(1)
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A shelf of other films, and which they are.
struct Nearby {
    shelf: views::Shelf,
    ids: Vec<u64>,
}

/// A list may be kept until there are other films, or one of its own changes.
fn kept<V: Template>(page: V, films: &[u64], nearby: Option<&[u64]>) -> Page<V> {
    Page::new(page).kept(LIST_TTL, list_tags(films.iter().chain(nearby.unwrap_or_default())))
}

/// Best-selling films, for a page that has none of its own.
async fn nearby(catalogue: &Catalogue, db: &Database, shell: &Shell) -> Result<Option<Nearby>> {
    let ids = catalogue.shelf(Shelf::Bestsellers, NEARBY);
    if ids.is_empty() {
        return Ok(None);
    }
    let films = queries::films(&mut db.conn().await?, &ids).await?;
    let title = BrowseMessages(shell.lang).bestsellers().to_owned();
    let more = Link { href: shell.href("/films?sort=bestselling"), label: shell.t.all_films().to_owned() };
    let shelf =
        views::Shelf { id: "nearby", title, more: Some(more), films: FilmCard::all(shell, &films, clock::now()) };
    Ok(Some(Nearby { shelf, ids }))
}

/// A thing that is not at its address: where it went, if it had this address once.
fn moved_or_gone(place: &str, slug: Option<String>) -> Error {
    slug.map_or(Error::NotFound, |slug| Error::Moved(format!("{place}/{slug}")))
}
