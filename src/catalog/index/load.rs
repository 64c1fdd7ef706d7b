//! Where the index gets its films: all of them, or what there is to do about some.

use std::pin::pin;

use futures_util::{Stream, TryStreamExt, stream};
use tokio::sync::mpsc;

use super::{Builder, Change, Film, Index, State, Unknown};
use crate::{
    catalog::queries::indexing::{self, Which, micros},
    platform::{
        clock,
        db::{Conn, Database},
    },
};

/// So many films are read at once: their links of a kind fit into a packet with hundreds of each film.
const STRETCH: u32 = 2_048;
/// So many stretches are read at the same time.
const READERS: usize = 2;

/// All films, ready to be searched. They come in stretches, which one thread takes in while the next are being read: the
/// rows of a whole catalogue would take several times the memory of its index.
pub(super) async fn load(db: &Database) -> anyhow::Result<State> {
    let names = async { anyhow::Ok(names(&mut db.conn().await?).await?) };
    let offers = async { anyhow::Ok(indexing::offers(&mut db.conn().await?, Which::All).await?) };
    let (mut builder, offers) = tokio::try_join!(names, offers)?;
    let (sender, mut receiver) = mpsc::channel::<Vec<Film>>(1);
    let take_in = tokio::task::spawn_blocking(move || {
        while let Some(films) = receiver.blocking_recv() {
            for film in &films {
                builder.film(film);
            }
        }
        builder
    });
    let mut stretches = pin!(stretches(db).map_ok(|films| with_links(db.clone(), films)).try_buffered(READERS));
    while let Some(mut films) = stretches.try_next().await? {
        offers.add_to(&mut films);
        sender.send(films).await?;
    }
    drop(offers);
    drop(sender);
    let builder = take_in.await?;
    Ok(tokio::task::spawn_blocking(|| builder.build()).await??)
}

/// All films by ascending id, without what they point to.
fn stretches(db: &Database) -> impl Stream<Item = anyhow::Result<Vec<Film>>> {
    stream::try_unfold(0, async |after| {
        let films = indexing::films_after(&mut db.conn().await?, after, STRETCH).await?;
        let last = films.last().map(|film| film.id);
        Ok(last.map(|last| (films, last)))
    })
}

/// Adds what the films of a stretch point to, read on a thread of their own where there is one.
async fn with_links(db: Database, mut films: Vec<Film>) -> anyhow::Result<Vec<Film>> {
    let (Some(first), Some(last)) = (films.first(), films.last()) else { return Ok(films) };
    let which = Which::Between(first.id, last.id);
    let links = async move {
        indexing::add_links(&mut db.conn().await?, which, &mut films).await?;
        anyhow::Ok(films)
    };
    tokio::spawn(links).await?
}

async fn names(conn: &mut Conn) -> sqlx::Result<Builder> {
    let mut builder = Builder::new(micros(clock::now()));
    indexing::indexed_genres(conn).await?.into_iter().for_each(|row| builder.genre(row));
    indexing::indexed_categories(conn).await?.into_iter().for_each(|row| builder.category(row));
    indexing::indexed_studios(conn, Which::All).await?.into_iter().for_each(|row| builder.studio(row));
    indexing::indexed_people(conn, Which::All).await?.into_iter().for_each(|row| builder.person(row));
    Ok(builder)
}

/// What is to be done about the films with these ids. Names come before the films that point to them; those that are known
/// are not read again, since whoever changes one announces a rebuild.
pub(super) async fn changes_of(conn: &mut Conn, index: &Index, ids: &[u64]) -> sqlx::Result<Vec<Change>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut films = indexing::indexed_films(conn, Which::Some(ids)).await?;
    indexing::add_all(conn, Which::Some(ids), &mut films).await?;
    let Unknown { genres, categories, studios, people } = index.unknown_to(&films);
    let mut changes = Vec::new();
    if genres {
        changes.extend(indexing::indexed_genres(conn).await?.into_iter().map(Change::Genre));
    }
    if categories {
        changes.push(Change::Categories(indexing::indexed_categories(conn).await?));
    }
    if !studios.is_empty() {
        let studios = indexing::indexed_studios(conn, Which::Some(&studios)).await?;
        changes.extend(studios.into_iter().map(Change::Studio));
    }
    if !people.is_empty() {
        let people = indexing::indexed_people(conn, Which::Some(&people)).await?;
        changes.extend(people.into_iter().map(Change::Person));
    }
    let gone = |id: &&u64| films.binary_search_by_key(*id, |film: &Film| film.id).is_err();
    changes.extend(ids.iter().filter(gone).map(|id| Change::Gone(*id)));
    changes.extend(films.into_iter().map(|film| Change::Film(Box::new(film))));
    Ok(changes)
}
