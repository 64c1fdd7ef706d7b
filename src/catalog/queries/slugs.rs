//! Addresses that were, and codes that people type.

use crate::platform::db::Conn;

/// The present slug of the category that had this one.
pub async fn category_slug(conn: &mut Conn, old: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "SELECT c.slug FROM slug_history h JOIN categories c ON c.id = h.target_id
         WHERE h.kind = 'category' AND h.slug = ?",
        old
    )
    .fetch_optional(conn)
    .await
}

/// The present slug of the studio that had this one.
pub async fn studio_slug(conn: &mut Conn, old: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "SELECT s.slug FROM slug_history h JOIN studios s ON s.id = h.target_id
         WHERE h.kind = 'studio' AND h.slug = ?",
        old
    )
    .fetch_optional(conn)
    .await
}

/// The present slug of the person who had this one.
pub async fn person_slug(conn: &mut Conn, old: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "SELECT p.slug FROM slug_history h JOIN people p ON p.id = h.target_id
         WHERE h.kind = 'person' AND h.slug = ?",
        old
    )
    .fetch_optional(conn)
    .await
}

/// The film that has an edition with this SKU, written without hyphens and spaces, or with this barcode.
pub async fn film_of_code(conn: &mut Conn, code: &str) -> sqlx::Result<Option<u64>> {
    sqlx::query_scalar!(
        "(SELECT product_id FROM editions WHERE sku_key = ? AND is_active ORDER BY id LIMIT 1)
         UNION (SELECT product_id FROM editions WHERE barcode = ? AND is_active LIMIT 1) LIMIT 1",
        code,
        code
    )
    .fetch_optional(conn)
    .await
}
