//! The statements that [`crate::catalog::actions`] are made of.

use time::OffsetDateTime;

use crate::{catalog::StockReason, platform::db::Conn};

/// The slug of a film, which is locked until the transaction ends.
pub async fn lock_slug(conn: &mut Conn, product_id: u64) -> sqlx::Result<String> {
    sqlx::query_scalar!("SELECT slug FROM products WHERE id = ? FOR UPDATE", product_id).fetch_one(conn).await
}

/// Whether another film has this slug.
pub async fn is_slug_taken(conn: &mut Conn, slug: &str, product_id: u64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS(SELECT 1 FROM products WHERE slug = ? AND id <> ?) AS "x!: bool""#,
        slug,
        product_id
    )
    .fetch_one(conn)
    .await
}

/// Whether an address that was another film's until after `since` leads to that film still.
pub async fn is_slug_reserved(
    conn: &mut Conn,
    slug: &str,
    product_id: u64,
    since: OffsetDateTime,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS(SELECT 1 FROM slug_history WHERE kind = 'product' AND slug = ? AND updated_at > ?
           AND NOT (target_id <=> ?)) AS "x!: bool""#,
        slug,
        since,
        product_id
    )
    .fetch_one(conn)
    .await
}

pub async fn set_slug(conn: &mut Conn, product_id: u64, slug: &str) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM slug_history WHERE kind = 'product' AND slug = ?", slug).execute(&mut *conn).await?;
    sqlx::query!("UPDATE products SET slug = ?, version = version + 1 WHERE id = ?", slug, product_id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Lets an old slug lead to a film, or to nothing.
pub async fn keep_old_slug(conn: &mut Conn, slug: &str, target: Option<u64>, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO slug_history (kind, slug, target_id, created_at, updated_at) VALUES ('product', ?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE target_id = VALUES(target_id), updated_at = VALUES(updated_at)",
        slug,
        target,
        now,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets all that led to a film lead to its successor, or to nothing.
pub async fn pass_on(conn: &mut Conn, product_id: u64, successor: Option<u64>) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE slug_history SET target_id = ? WHERE kind = 'product' AND target_id = ?",
        successor,
        product_id
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "UPDATE products SET successor_id = CASE WHEN id <=> ? THEN NULL ELSE ? END WHERE successor_id = ?",
        successor,
        successor,
        product_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether an order or a review points to a film.
pub async fn is_remembered(conn: &mut Conn, product_id: u64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS(SELECT 1 FROM order_lines WHERE product_id = ?)
           OR EXISTS(SELECT 1 FROM reviews WHERE product_id = ?) AS "x!: bool""#,
        product_id,
        product_id
    )
    .fetch_one(conn)
    .await
}

pub async fn archive(conn: &mut Conn, product_id: u64, successor: Option<u64>) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE products SET status = 'archived', successor_id = ?, version = version + 1 WHERE id = ?",
        successor,
        product_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes a film and its parts.
pub async fn delete_product(conn: &mut Conn, product_id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM products WHERE id = ?", product_id).execute(conn).await?;
    Ok(())
}

/// A category's place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryPlace {
    pub id: u64,
    pub path: String,
}

/// The whole tree, locked until the transaction ends: two moves at once could make a circle that neither sees.
pub async fn lock_categories(conn: &mut Conn) -> sqlx::Result<Vec<CategoryPlace>> {
    sqlx::query_as!(CategoryPlace, "SELECT id, path FROM categories ORDER BY id FOR UPDATE").fetch_all(conn).await
}

/// Puts a category under another one, with all below it.
pub async fn move_category(
    conn: &mut Conn,
    id: u64,
    parent: Option<u64>,
    (old_path, new_path): (&str, &str),
) -> sqlx::Result<()> {
    sqlx::query!("UPDATE categories SET parent_id = ? WHERE id = ?", parent, id).execute(&mut *conn).await?;
    sqlx::query!(
        "UPDATE categories SET path = CONCAT(?, SUBSTRING(path, CHAR_LENGTH(?) + 1))
         WHERE LEFT(path, CHAR_LENGTH(?)) = ?",
        new_path,
        old_path,
        old_path,
        old_path
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The film of an edition; both stay locked, the edition first, until the transaction ends.
pub async fn lock_edition(conn: &mut Conn, edition_id: u64) -> sqlx::Result<u64> {
    sqlx::query_scalar!("SELECT product_id FROM editions WHERE id = ? FOR UPDATE", edition_id).fetch_one(conn).await
}

/// A price with the sale that is announced, if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    pub price_minor: i64,
    pub sale_price_minor: Option<i64>,
    pub sale_from: Option<OffsetDateTime>,
    pub sale_to: Option<OffsetDateTime>,
}

/// Sets the prices of an edition, and remembers them.
pub async fn set_prices(
    conn: &mut Conn,
    edition_id: u64,
    prices: Prices,
    actor: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE editions SET price_minor = ?, sale_price_minor = ?, sale_from = ?, sale_to = ?, version = version + 1
         WHERE id = ?",
        prices.price_minor,
        prices.sale_price_minor,
        prices.sale_from,
        prices.sale_to,
        edition_id
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO price_history (edition_id, price_minor, sale_price_minor, at, actor) VALUES (?, ?, ?, ?, ?)",
        edition_id,
        prices.price_minor,
        prices.sale_price_minor,
        now,
        actor
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds units to an edition or takes them away, if so many are there.
pub async fn add_stock(conn: &mut Conn, edition_id: u64, delta: i32) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE editions SET stock = stock + ?, version = version + 1 WHERE id = ? AND stock + ? >= 0",
        delta,
        edition_id,
        delta
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a change of stock to the ledger, with the stock as it is now, and returns that.
pub async fn record_movement(
    conn: &mut Conn,
    edition_id: u64,
    delta: i32,
    reason: StockReason,
    (actor, note): (&str, &str),
) -> sqlx::Result<i32> {
    sqlx::query!(
        "INSERT INTO stock_movements (edition_id, delta, reason, actor, note, balance_after)
         SELECT id, ?, ?, ?, ?, stock FROM editions WHERE id = ?",
        delta,
        reason,
        actor,
        note,
        edition_id
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar!("SELECT stock FROM editions WHERE id = ?", edition_id).fetch_one(conn).await
}
