//! Reviews of a customer who leaves.

use crate::{platform::db::Conn, reviews::ReviewStatus};

/// The films that a customer has reviewed, by id.
pub async fn products_of(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!("SELECT product_id FROM reviews WHERE client_id = ? ORDER BY product_id", client_id)
        .fetch_all(conn)
        .await
}

/// Film and status of a customer's reviews, which nobody else changes until the transaction ends.
pub async fn lock(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<(u64, ReviewStatus)>> {
    let rows = sqlx::query!(
        "SELECT product_id, status AS `status: ReviewStatus` FROM reviews WHERE client_id = ? ORDER BY id FOR UPDATE",
        client_id
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.product_id, row.status)).collect())
}

/// Takes a customer's reviews away, or only those that nobody else sees.
pub async fn delete(conn: &mut Conn, client_id: u64, also_shown: bool) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM reviews WHERE client_id = ? AND (? OR status <> 'approved')", client_id, also_shown)
        .execute(conn)
        .await?;
    Ok(())
}

/// Gives up the edits that wait beside what was approved.
pub async fn drop_edits(conn: &mut Conn, client_id: u64) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE reviews SET pending_rating = NULL, pending_title = NULL, pending_body = NULL, pending_has_spoiler = NULL, \
         version = version + 1 WHERE client_id = ?",
        client_id
    )
    .execute(conn)
    .await?;
    Ok(())
}
