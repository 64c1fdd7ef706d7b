//! What a run reads and stores.

use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use sqlx::QueryBuilder;
use time::OffsetDateTime;

use super::push_ids;
use crate::{
    platform::db::Conn,
    recommendations::{
        Kind, Likeness,
        scoring::{Alike, Facts, Trait},
    },
};

/// Rows that one statement stores.
const ROWS: usize = 1_000;
/// The ids of films from one, which does not belong to it, up to another, which does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    pub after: u64,
    pub up_to: u64,
}

impl Stretch {
    pub const ALL: Self = Self { after: 0, up_to: u64::MAX };
}

/// Every so manieth film that is not a draft or archived, by id.
pub(in crate::recommendations) async fn every_nth_film(conn: &mut Conn, n: u64) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!(
        r#"SELECT f.id AS "id!" FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM products
           WHERE status = 'active') f WHERE f.place % ? = 0 ORDER BY f.id"#,
        n
    )
    .fetch_all(conn)
    .await
}

/// The next films after an id, with all that makes them alike.
pub(in crate::recommendations) async fn films_after(
    conn: &mut Conn,
    after: u64,
    most: u32,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Facts>> {
    let rows = sqlx::query!(
        r#"SELECT id, year, sold_count, studio_id, (publish_at IS NULL OR publish_at <= ?)
           AND (unpublish_at IS NULL OR unpublish_at > ?) AS "is_shown!: bool"
           FROM products WHERE id > ? AND status = 'active' ORDER BY id LIMIT ?"#,
        now,
        now,
        after,
        most
    )
    .fetch_all(&mut *conn)
    .await?;
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(Vec::new()) };
    let mut links = links_between(conn, first.id, last.id).await?.into_iter().peekable();
    let films = rows.into_iter().map(|row| {
        while links.next_if(|link| link.product_id < row.id).is_some() {}
        let mut own = Vec::new();
        while let Some(link) = links.next_if(|link| link.product_id == row.id) {
            own.push(link);
        }
        own.sort_by_key(|link| (link.kind, link.position, link.id));
        let studio = row.studio_id.map(Trait::studio);
        let traits = own.into_iter().map(|link| link.of()).chain(studio).collect();
        Facts { id: row.id, is_shown: row.is_shown, year: row.year, sold: row.sold_count, traits }
    });
    Ok(films.collect())
}

struct Link {
    product_id: u64,
    /// Directors first, then the cast, then genres.
    kind: u8,
    position: u8,
    id: u64,
}

impl Link {
    fn of(&self) -> Trait {
        match self.kind {
            0 => Trait::director(self.id),
            1 => Trait::cast(self.id),
            _ => Trait::genre(self.id),
        }
    }
}

/// People and genres of the films between two ids, by film.
async fn links_between(conn: &mut Conn, first: u64, last: u64) -> sqlx::Result<Vec<Link>> {
    let people = sqlx::query!(
        r#"SELECT product_id, person_id, position, role = 'director' AS "is_director!: bool"
           FROM product_people WHERE product_id BETWEEN ? AND ?"#,
        first,
        last
    );
    let mut links: Vec<Link> = people
        .fetch(&mut *conn)
        .map_ok(|row| Link {
            product_id: row.product_id,
            kind: u8::from(!row.is_director),
            position: row.position,
            id: row.person_id,
        })
        .try_collect()
        .await?;
    let genres = sqlx::query!(
        "SELECT product_id, genre_id, position FROM product_genres WHERE product_id BETWEEN ? AND ?",
        first,
        last
    );
    let genres: Vec<Link> = genres
        .fetch(conn)
        .map_ok(|row| Link { product_id: row.product_id, kind: 2, position: row.position, id: row.genre_id })
        .try_collect()
        .await?;
    links.extend(genres);
    links.sort_by_key(|link| link.product_id);
    Ok(links)
}

/// What is kept for films of a stretch, by film and by what goes with it.
pub(in crate::recommendations) async fn kept(
    conn: &mut Conn,
    kind: Kind,
    stretch: Stretch,
) -> sqlx::Result<Vec<(u64, Alike)>> {
    let rows = sqlx::query!(
        r#"SELECT product_id, other_id, score, reason AS "reason: Likeness", subject_id FROM recommendations
           WHERE kind = ? AND product_id > ? AND product_id <= ? ORDER BY product_id, other_id"#,
        kind,
        stretch.after,
        stretch.up_to
    );
    rows.fetch(conn)
        .map_ok(|row| {
            let (other_id, subject_id) = (row.other_id, row.subject_id);
            (row.product_id, Alike { other_id, score: row.score, reason: row.reason, subject_id })
        })
        .try_collect()
        .await
}

/// Forgets what was computed for these films.
pub(in crate::recommendations) async fn forget(conn: &mut Conn, kind: Kind, films: &[u64]) -> sqlx::Result<()> {
    let mut delete = QueryBuilder::new("DELETE FROM recommendations WHERE kind = ");
    delete.push_bind(kind).push(" AND product_id IN (");
    push_ids(&mut delete, films);
    delete.push(")").build().persistent(false).execute(conn).await?;
    Ok(())
}

pub(in crate::recommendations) async fn keep(conn: &mut Conn, kind: Kind, rows: &[(u64, Alike)]) -> sqlx::Result<()> {
    for rows in rows.chunks(ROWS) {
        let mut insert =
            QueryBuilder::new("INSERT INTO recommendations (product_id, kind, other_id, score, reason, subject_id) ");
        insert.push_values(rows, |mut row, (film, alike)| {
            row.push_bind(*film).push_bind(kind).push_bind(alike.other_id).push_bind(alike.score);
            row.push_bind(alike.reason).push_bind(alike.subject_id);
        });
        insert.build().execute(&mut *conn).await?;
    }
    Ok(())
}
