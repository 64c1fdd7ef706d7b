//! Every statement on `wishlists` and `wishlist_items`.

use sqlx::{FromRow, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    catalog::queries::{FILM_COLUMNS, FilmRow},
    platform::db::Conn,
};

/// A list with the number of its films.
#[derive(Clone, Debug, FromRow)]
pub(super) struct ListRow {
    pub id: u64,
    /// Empty for the one that everybody has.
    pub name: String,
    pub is_default: bool,
    pub share_token: Option<String>,
    pub films: i64,
}

/// The lists of a customer: the one that everybody has, then the others by age.
pub(super) async fn lists_of(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<ListRow>> {
    sqlx::query_as(
        "SELECT w.id, w.name, w.is_default, w.share_token, COUNT(i.product_id) AS films FROM wishlists w \
         LEFT JOIN wishlist_items i ON i.wishlist_id = w.id WHERE w.client_id = ? \
         GROUP BY w.id, w.name, w.is_default, w.share_token ORDER BY w.is_default DESC, w.id",
    )
    .bind(client_id)
    .fetch_all(conn)
    .await
}

/// The list that somebody shared with this token.
pub(super) async fn shared(conn: &mut Conn, token: &str) -> sqlx::Result<Option<(u64, String)>> {
    let row = sqlx::query!("SELECT id, name FROM wishlists WHERE share_token = ?", token).fetch_optional(conn).await?;
    Ok(row.map(|row| (row.id, row.name)))
}

/// The films of a list, the last one first.
pub(super) async fn films_of(conn: &mut Conn, list_id: u64) -> sqlx::Result<Vec<FilmRow>> {
    let mut query = QueryBuilder::new("SELECT ");
    query
        .push(FILM_COLUMNS)
        .push(" FROM wishlist_items i JOIN products p ON p.id = i.product_id WHERE i.wishlist_id = ")
        .push_bind(list_id)
        .push(" ORDER BY i.added_at DESC, i.product_id");
    query.build_query_as().fetch_all(conn).await
}

/// The list that everybody has, made when it is first needed.
pub(super) async fn find_or_make_default(conn: &mut Conn, client_id: u64) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "INSERT INTO wishlists (client_id, is_default) VALUES (?, TRUE) \
         ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
        client_id
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id())
}

/// Whether the list is this customer's.
pub(super) async fn is_of(conn: &mut Conn, client_id: u64, list_id: u64) -> sqlx::Result<bool> {
    let found: Option<i32> = sqlx::query_scalar("SELECT 1 FROM wishlists WHERE id = ? AND client_id = ?")
        .bind(list_id)
        .bind(client_id)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

pub(super) async fn insert(conn: &mut Conn, client_id: u64, name: &str) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("INSERT INTO wishlists (client_id, name) VALUES (?, ?)", client_id, name).execute(conn).await?;
    Ok(done.last_insert_id())
}

/// Gives up a list with a name; the one that everybody has stays.
pub(super) async fn delete(conn: &mut Conn, list_id: u64) -> sqlx::Result<bool> {
    let done = sqlx::query!("DELETE FROM wishlists WHERE id = ? AND NOT is_default", list_id).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}

/// Shares a list by a link, or withdraws the link.
pub(super) async fn set_share_token(conn: &mut Conn, list_id: u64, token: Option<&str>) -> sqlx::Result<()> {
    sqlx::query!("UPDATE wishlists SET share_token = ? WHERE id = ?", token, list_id).execute(conn).await?;
    Ok(())
}

pub(super) async fn count_films(conn: &mut Conn, list_id: u64) -> sqlx::Result<i64> {
    sqlx::query_scalar!("SELECT COUNT(*) FROM wishlist_items WHERE wishlist_id = ?", list_id).fetch_one(conn).await
}

/// Puts a film on a list; one that is on it stays where it is.
pub(super) async fn add(conn: &mut Conn, list_id: u64, product_id: u64, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO wishlist_items (wishlist_id, product_id, added_at) VALUES (?, ?, ?) \
         ON DUPLICATE KEY UPDATE added_at = added_at",
        list_id,
        product_id,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn remove(conn: &mut Conn, list_id: u64, product_id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM wishlist_items WHERE wishlist_id = ? AND product_id = ?", list_id, product_id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes away all lists of a customer with their films; how many lists there were.
pub async fn forget(conn: &mut Conn, client_id: u64) -> sqlx::Result<u64> {
    let done = sqlx::query!("DELETE FROM wishlists WHERE client_id = ?", client_id).execute(conn).await?;
    Ok(done.rows_affected())
}
