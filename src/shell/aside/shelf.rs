//! Which films of a list one customer owns. The list itself is the same for everybody, and kept.

use askama::Template;

use super::queries::{self, OwnedFilm};
use crate::{
    catalog::film_of_tag,
    orders::owned::{self, OwnedFilms, messages::OwnedMessages},
    platform::{
        db::Database,
        http::PageContext,
        i18n::{Lang, Localized},
    },
};

/// `shell/owned.html` draws it.
#[derive(Template)]
#[template(path = "shell/owned.html")]
pub(in crate::shell) struct OwnedView {
    t: OwnedMessages,
    lang: Lang,
    sprite: String,
    films: Vec<OwnedHere>,
}

struct OwnedHere {
    href: String,
    title: Localized,
    /// The formats that are owned, and since when.
    editions: String,
}

impl OwnedView {
    fn new(context: &PageContext, found: &[OwnedFilm]) -> Self {
        let films = found.chunk_by(|one, next| one.product_id == next.product_id).filter_map(|editions| {
            let film = editions.first()?;
            Some(OwnedHere {
                href: context.href(&format!("/films/{}", film.slug)),
                title: film.title(context.lang),
                editions: owned::editions(context, editions.iter().map(|edition| (edition.format, edition.since))),
            })
        });
        let sprite = context.site.sprite.clone();
        Self { t: OwnedMessages(context.lang), lang: context.lang, sprite, films: films.collect() }
    }
}

/// Whether this is a list of films or the answer of a search.
pub(in crate::shell) fn is_list(path: &str) -> bool {
    const SHELVES: [&str; 3] = ["/categories/", "/studios/", "/people/"];
    matches!(path, "/films" | "/search") || SHELVES.iter().any(|shelf| path.starts_with(shelf))
}

/// Of a page with these tags; nothing where the customer owns none of its films, which mostly takes no statement.
pub(in crate::shell) async fn load<'a>(
    (db, owned): (&Database, &OwnedFilms),
    context: &PageContext,
    client_id: u64,
    tags: impl Iterator<Item = &'a str>,
) -> sqlx::Result<Option<OwnedView>> {
    let films = owned.among(db, client_id, tags.filter_map(film_of_tag)).await?;
    if films.is_empty() {
        return Ok(None);
    }
    let found = Box::pin(async { queries::owned_of(&mut db.conn().await?, client_id, &films).await }).await?;
    Ok((!found.is_empty()).then(|| OwnedView::new(context, &found)))
}

#[cfg(test)]
mod tests {
    use super::is_list;

    #[test]
    fn lists_and_searches_tell_of_what_is_owned_and_no_other_page() {
        for path in ["/films", "/search", "/categories/drama", "/people/agnes-varda", "/studios/mosfilm"] {
            assert!(is_list(path), "{path}");
        }
        for path in ["/", "/films/m-1931", "/search/suggest", "/account", "/cart"] {
            assert!(!is_list(path), "{path}");
        }
    }
}
