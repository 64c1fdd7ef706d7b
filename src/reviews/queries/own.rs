//! What authors see of their own reviews.

use sqlx::{FromRow, MySql, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    platform::db::Conn,
    reviews::{Draft, Reason, ReviewStatus},
};

/// A review as its author sees it.
#[derive(Clone, Debug)]
pub struct OwnReview {
    pub id: u64,
    pub product_id: u64,
    pub status: ReviewStatus,
    /// What the author wrote last.
    pub draft: Draft,
    /// Whether that waits beside an older text, which others see meanwhile.
    pub has_edit: bool,
    /// Why it, or its last edit, was not approved.
    pub reason: Option<Reason>,
    pub created_at: OffsetDateTime,
}

#[derive(FromRow)]
struct Row {
    id: u64,
    product_id: u64,
    status: ReviewStatus,
    rating: u8,
    title: String,
    body: String,
    has_spoiler: bool,
    has_edit: bool,
    reason: String,
    created_at: OffsetDateTime,
    /// How many there are in all.
    number: i64,
}

impl From<Row> for OwnReview {
    fn from(row: Row) -> Self {
        let Row { rating, title, body, has_spoiler, .. } = row;
        Self {
            id: row.id,
            product_id: row.product_id,
            status: row.status,
            draft: Draft { rating, title, body, has_spoiler },
            has_edit: row.has_edit,
            reason: Reason::from_word(&row.reason),
            created_at: row.created_at,
        }
    }
}

/// The reviews of an account, narrowed by what is pushed next.
fn of_client(client_id: u64) -> QueryBuilder<MySql> {
    let mut query = QueryBuilder::new(
        "SELECT id, product_id, status, COALESCE(pending_rating, rating) AS rating, \
         COALESCE(pending_title, title) AS title, COALESCE(pending_body, body) AS body, \
         COALESCE(pending_has_spoiler, has_spoiler) AS has_spoiler, pending_rating IS NOT NULL AS has_edit, reason, \
         created_at, COUNT(*) OVER () AS number FROM reviews WHERE client_id = ",
    );
    query.push_bind(client_id);
    query
}

/// What an account has written about a film.
pub async fn own_of_film(conn: &mut Conn, client_id: u64, product_id: u64) -> sqlx::Result<Option<OwnReview>> {
    let mut query = of_client(client_id);
    query.push(" AND product_id = ").push_bind(product_id);
    let row: Option<Row> = query.build_query_as().fetch_optional(conn).await?;
    Ok(row.map(OwnReview::from))
}

/// A review, if it is this account's.
pub async fn own_review(conn: &mut Conn, client_id: u64, id: u64) -> sqlx::Result<Option<OwnReview>> {
    let mut query = of_client(client_id);
    query.push(" AND id = ").push_bind(id);
    let row: Option<Row> = query.build_query_as().fetch_optional(conn).await?;
    Ok(row.map(OwnReview::from))
}

/// What an account has written, newest first: so many are left out, so many come at most. And how many there are in all,
/// unless all are left out.
pub async fn own_reviews(
    conn: &mut Conn,
    client_id: u64,
    (skipped, most): (u32, u32),
) -> sqlx::Result<(i64, Vec<OwnReview>)> {
    let mut query = of_client(client_id);
    query.push(" ORDER BY created_at DESC, id DESC LIMIT ").push_bind(most).push(" OFFSET ").push_bind(skipped);
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let number = rows.first().map_or(0, |row| row.number);
    Ok((number, rows.into_iter().map(OwnReview::from).collect()))
}
