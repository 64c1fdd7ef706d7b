//! Films beside a page that is not there.

use std::{sync::Arc, time::Duration};

use super::messages::ErrorMessages;
use crate::{
    app::App,
    catalog::{
        index, queries,
        views::{FilmCard, Shelf},
    },
    platform::{
        clock,
        db::Meter,
        error::Result,
        http::{Link, PageContext, Shell},
    },
};

const FILMS: usize = 7;

/// An error page does not wait for a database that is in trouble.
const PATIENCE: Duration = Duration::from_millis(500);

/// The bestsellers, unless there are none or they cannot be read just now.
pub(super) async fn bestsellers(app: &App, meter: &Arc<Meter>, context: &PageContext) -> Option<Shelf> {
    let ids = app.index.shelf(index::Shelf::Bestsellers, FILMS);
    if ids.is_empty() {
        return None;
    }
    let title = ErrorMessages(context.lang).instead();
    let shell = Shell::private(context, title);
    let films = tokio::time::timeout(PATIENCE, cards(app, meter, &shell, &ids)).await.ok()?.ok()?;
    (!films.is_empty()).then(|| Shelf {
        id: "bestsellers",
        title: title.to_owned(),
        more: Some(Link { href: shell.href("/films"), label: shell.t.all_films().to_owned() }),
        films,
    })
}

async fn cards(app: &App, meter: &Arc<Meter>, shell: &Shell, ids: &[u64]) -> Result<Vec<FilmCard>> {
    let now = clock::now();
    let mut conn = app.db.metered(Arc::clone(meter)).conn().await?;
    let mut films = queries::films(&mut conn, ids).await?;
    films.retain(|film| film.is_visible(now));
    Ok(FilmCard::all(shell, &films, now))
}
