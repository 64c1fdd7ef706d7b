//! What is recommended to one customer: a statement over what they bought, liked and want.

use sqlx::{FromRow, QueryBuilder};
use time::OffsetDateTime;

use super::push_ids;
use crate::{
    orders::queries::OWNED,
    platform::db::Conn,
    recommendations::{Why, for_you::Pick},
};

/// Of what somebody bought the last films say the most.
const MOST_BOUGHT: u32 = 100;

/// What is asked of [`for_client`].
pub(in crate::recommendations) struct Asked<'a> {
    pub client_id: u64,
    /// Leaves out what other people buy.
    pub content_only: bool,
    /// What is shown to somebody of whom nothing is known, the best first.
    pub bestsellers: &'a [u64],
    pub most: usize,
    pub now: OffsetDateTime,
}

/// The films for a customer, none of which they own or know of: what goes with what they bought, liked or want, the most
/// alike to all of it together first; then bestsellers.
pub(in crate::recommendations) async fn for_client(conn: &mut Conn, asked: &Asked<'_>) -> sqlx::Result<Vec<Pick>> {
    let mut query = QueryBuilder::new("WITH ");
    // The cast, since a union with a bestseller's nothing makes a decimal number of it.
    push_known(&mut query, asked.client_id);
    query.push(
        " SELECT c.film, CAST(c.source AS UNSIGNED) AS source, c.why FROM (SELECT l.film, l.source, l.why, l.place, \
         ROW_NUMBER() OVER (PARTITION BY l.film ORDER BY l.place, l.score DESC, l.why, l.source) AS nth, \
         SUM(l.score) OVER (PARTITION BY l.film, l.place) AS total FROM (\
         SELECT r.other_id AS film, k.film AS source, k.why, CASE r.kind WHEN 'bought' THEN 0 ELSE 1 END AS place, r.score \
         FROM known k JOIN recommendations r ON r.product_id = k.film",
    );
    query.push(if asked.content_only { " WHERE r.kind = 'similar'" } else { "" });
    if !asked.bestsellers.is_empty() {
        query.push(" UNION ALL SELECT id, NULL, NULL, 2, sold_count FROM products WHERE id IN (");
        push_ids(&mut query, asked.bestsellers);
        query.push(")");
    }
    query.push(
        ") l) c JOIN products v ON v.id = c.film WHERE c.nth = 1 AND v.status = 'active' AND (v.publish_at IS NULL OR v.publish_at <= ",
    );
    query.push_bind(asked.now).push(") AND (v.unpublish_at IS NULL OR v.unpublish_at > ").push_bind(asked.now);
    query.push(
        ") AND v.id NOT IN (SELECT film FROM known) AND v.id NOT IN (SELECT film FROM owned) \
         ORDER BY c.place, v.in_stock DESC, c.total DESC, v.sold_count DESC, v.id LIMIT ",
    );
    query.push_bind(u32::try_from(asked.most).unwrap_or(u32::MAX));
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| Pick { film: row.film, because: row.why.zip(row.source) }).collect())
}

#[derive(FromRow)]
struct Row {
    film: u64,
    source: Option<u64>,
    why: Option<Why>,
}

/// `owned`, and `known`: what the customer bought last, gave four stars or more, or wants.
fn push_known(query: &mut QueryBuilder<sqlx::MySql>, client_id: u64) {
    query.push("owned AS (SELECT l.product_id AS film, MAX(o.placed_at) AS at FROM orders o ");
    query.push("STRAIGHT_JOIN order_lines l ON l.order_id = o.id WHERE o.client_id = ").push_bind(client_id);
    query.push(" AND l.product_id IS NOT NULL AND ").push(OWNED).push(" GROUP BY l.product_id), known AS (");
    query.push("(SELECT film, 'bought' AS why FROM owned ORDER BY at DESC, film LIMIT ").push(MOST_BOUGHT);
    query.push(") UNION ALL SELECT product_id, 'liked' FROM reviews WHERE rating >= 4 AND client_id = ");
    query.push_bind(client_id);
    query.push(" UNION ALL SELECT i.product_id, 'wanted' FROM wishlists w ");
    query.push("JOIN wishlist_items i ON i.wishlist_id = w.id WHERE w.client_id = ").push_bind(client_id).push(")");
}
