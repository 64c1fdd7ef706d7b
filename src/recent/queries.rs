//! Every statement on `recently_viewed`.

use sqlx::QueryBuilder;
use time::{Duration, OffsetDateTime};

use super::MOST;
use crate::{
    catalog::queries::{FILM_COLUMNS, FilmRow},
    platform::db::Conn,
};

/// The films of a customer with their cards, the last one first.
pub(super) async fn films_of(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<FilmRow>> {
    let mut query = QueryBuilder::new("SELECT ");
    query
        .push(FILM_COLUMNS)
        .push(" FROM recently_viewed r JOIN products p ON p.id = r.product_id WHERE r.client_id = ")
        .push_bind(client_id)
        .push(" ORDER BY r.viewed_at DESC, r.product_id LIMIT ")
        .push_bind(u32::try_from(MOST).unwrap_or(u32::MAX));
    query.build_query_as().fetch_all(conn).await
}

/// Notes that a customer has seen these films, the last one first.
pub(super) async fn note(conn: &mut Conn, client_id: u64, ids: &[u64], now: OffsetDateTime) -> sqlx::Result<()> {
    let mut query = QueryBuilder::new("INSERT INTO recently_viewed (client_id, product_id, viewed_at) ");
    // A moment apart, so that their order stays.
    query.push_values(ids.iter().zip(0..), |mut row, (id, place)| {
        row.push_bind(client_id).push_bind(id).push_bind(now - Duration::microseconds(place));
    });
    query.push(" ON DUPLICATE KEY UPDATE viewed_at = GREATEST(viewed_at, VALUES(viewed_at))");
    query.build().execute(conn).await?;
    Ok(())
}

/// Forgets all but the last films of a customer.
pub(super) async fn trim(conn: &mut Conn, client_id: u64) -> sqlx::Result<()> {
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    sqlx::query!(
        "DELETE FROM recently_viewed WHERE client_id = ? AND product_id NOT IN (SELECT product_id FROM \
         (SELECT product_id FROM recently_viewed WHERE client_id = ? ORDER BY viewed_at DESC, product_id LIMIT ?) kept)",
        client_id,
        client_id,
        most
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets what a customer has seen.
pub async fn clear(conn: &mut Conn, client_id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM recently_viewed WHERE client_id = ?", client_id).execute(conn).await?;
    Ok(())
}
