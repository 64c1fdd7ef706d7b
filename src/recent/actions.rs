//! What is remembered of a customer, and what a page shows of it.

use time::OffsetDateTime;

use super::{MOST, Recent, queries};
use crate::{
    catalog::queries::{FilmRow, films as films_by_id},
    platform::db::{Conn, Database, Tx},
};

/// The films of a customer, or of a guest's cookie, that the shop still shows, the last one first. What a customer saw before signing in stands first until it is kept with them.
pub async fn films(
    conn: &mut Conn,
    client_id: Option<u64>,
    recent: &Recent,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<FilmRow>> {
    let mut films = films_by_id(conn, recent.ids()).await?;
    if let Some(client_id) = client_id {
        let kept = queries::films_of(conn, client_id).await?;
        films.extend(kept.into_iter().filter(|film| !recent.ids().contains(&film.id)));
    }
    films.retain(|film| film.is_visible(now));
    films.truncate(MOST);
    Ok(films)
}

/// Notes that a customer has seen these films, the last one first.
pub(super) async fn record(db: &Database, client_id: u64, seen: &Recent, now: OffsetDateTime) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    merge(&mut tx, client_id, seen, now).await?;
    tx.commit().await
}

/// Makes what a guest has seen the customer's.
pub async fn merge(tx: &mut Tx, client_id: u64, seen: &Recent, now: OffsetDateTime) -> sqlx::Result<()> {
    if seen.ids().is_empty() {
        return Ok(());
    }
    queries::note(tx, client_id, seen.ids(), now).await?;
    queries::trim(tx, client_id).await
}

/// Forgets what a customer has seen.
pub(super) async fn clear(db: &Database, client_id: u64) -> sqlx::Result<()> {
    queries::clear(&mut db.conn().await?, client_id).await
}
