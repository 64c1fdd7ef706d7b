//! What a page reads: what was picked and computed for some films.

use sqlx::{FromRow, MySql, QueryBuilder};

use super::push_ids;
use crate::{platform::db::Conn, recommendations::Likeness};

/// Of one film's picks so many are read.
const MOST_PICKS: u32 = 24;

/// Picks have the places below; then comes what is bought together, then what is alike.
pub(in crate::recommendations) const COMPUTED: u64 = 1_000;
const ALIKE: u64 = COMPUTED + 1;

/// A film and one thing that speaks for it; those that go with several films are found several times.
#[derive(Clone, Copy, Debug, FromRow)]
pub(in crate::recommendations) struct Candidate {
    pub film: u64,
    /// The lower the better.
    pub place: u64,
    /// None of a pick.
    pub likeness: Option<Likeness>,
    /// The person, genre, studio or film that the likeness speaks of.
    pub subject: Option<u64>,
    /// The higher the better, among those of one place.
    pub score: u64,
}

/// What goes with these films, also what is not shown: ids and reasons only, since to join the films themselves, and
/// whatever the reasons name, would take the database four times as long.
pub(in crate::recommendations) async fn candidates(conn: &mut Conn, films: &[u64]) -> sqlx::Result<Vec<Candidate>> {
    let mut query = QueryBuilder::new("");
    push_picks(&mut query, films);
    query.push(" UNION ALL SELECT other_id, CAST(CASE kind WHEN 'bought' THEN ").push(COMPUTED);
    query.push(" ELSE ").push(ALIKE).push(" END AS UNSIGNED), reason, subject_id, score FROM recommendations ");
    query.push("WHERE product_id IN (");
    push_ids(&mut query, films);
    query.push(")").build_query_as().fetch_all(conn).await
}

/// What the shop picked for these films, and for others in both directions. The casts keep the union's numbers whole.
fn push_picks(query: &mut QueryBuilder<MySql>, films: &[u64]) {
    query.push(
        "(SELECT other_id AS film, CAST(position AS UNSIGNED) AS place, NULL AS likeness, \
         CAST(NULL AS UNSIGNED) AS subject, CAST(0 AS UNSIGNED) AS score FROM product_related WHERE product_id IN (",
    );
    push_ids(query, films);
    query.push(") ORDER BY position, other_id LIMIT ").push(MOST_PICKS);
    query.push(
        ") UNION ALL (SELECT product_id, CAST(256 + position AS UNSIGNED), NULL, CAST(NULL AS UNSIGNED), \
         CAST(0 AS UNSIGNED) FROM product_related WHERE kind = 'two_way' AND other_id IN (",
    );
    push_ids(query, films);
    query.push(") ORDER BY position, product_id LIMIT ").push(MOST_PICKS).push(")");
}
