//! Changes of films that the shop has.

use sqlx::QueryBuilder;

use super::{add::search_words, ids_in};
use crate::{
    catalog::{draft::FilmDraft, loading::plan::EditionChange, title_sort},
    platform::db::Conn,
};

/// Writes all facts of a film.
pub async fn facts(
    conn: &mut Conn,
    id: u64,
    film: &FilmDraft,
    studio: Option<u64>,
    category: Option<u64>,
) -> Result<(), sqlx::Error> {
    let (search_title, search_text) = search_words(film);
    sqlx::query!(
        "UPDATE products SET title_en = ?, title_ru = ?, title_uz = ?, original_title = ?, description_en = ?,
             description_ru = ?, description_uz = ?, year = ?, runtime_min = ?, age_rating = ?, country = ?, studio_id = ?,
             category_id = COALESCE(?, category_id), search_title = ?, search_text = ?, title_sort = ?
         WHERE id = ?",
        film.title_en,
        film.title_ru,
        film.title_uz,
        film.original_title,
        film.description_en,
        film.description_ru,
        film.description_uz,
        film.year,
        film.runtime_min,
        film.certificate,
        film.country,
        studio,
        category,
        search_title,
        search_text,
        title_sort(&film.title_en),
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes the people of a film off it.
pub async fn forget_people(conn: &mut Conn, film: u64) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM product_people WHERE product_id = ?", film).execute(conn).await?;
    Ok(())
}

/// Takes the genres of a film off it, and the film off their shelves.
pub async fn forget_genres(conn: &mut Conn, film: u64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE pc FROM product_categories pc
         JOIN categories c ON c.id = pc.category_id
         JOIN genres g ON g.slug = c.slug
         JOIN product_genres pg ON pg.genre_id = g.id AND pg.product_id = pc.product_id
         WHERE pc.product_id = ?",
        film
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("DELETE FROM product_genres WHERE product_id = ?", film).execute(conn).await?;
    Ok(())
}

/// Writes all values of an edition, with price history and stock ledger where they changed.
pub async fn edition(conn: &mut Conn, change: &EditionChange, actor: &str) -> Result<(), sqlx::Error> {
    let edition = &change.edition;
    sqlx::query!(
        "UPDATE editions SET sku = ?, barcode = ?, region_code = ?, discs = ?, price_minor = ?, sale_price_minor = ?,
             sale_from = ?, sale_to = ?, stock = ?, low_stock_at = ?, max_per_order = ?, release_date = ?,
             version = version + 1
         WHERE id = ?",
        edition.sku,
        edition.barcode,
        edition.region_code,
        edition.discs,
        edition.price_minor,
        edition.sale_price_minor,
        edition.sale_from,
        edition.sale_to,
        edition.stock,
        edition.low_stock_at,
        edition.max_per_order,
        edition.release_date,
        change.id
    )
    .execute(&mut *conn)
    .await?;
    if change.repriced {
        sqlx::query!(
            "INSERT INTO price_history (edition_id, price_minor, sale_price_minor, actor) VALUES (?, ?, ?, ?)",
            change.id,
            edition.price_minor,
            edition.sale_price_minor,
            actor
        )
        .execute(&mut *conn)
        .await?;
    }
    if change.delta != 0 {
        sqlx::query!(
            "INSERT INTO stock_movements (edition_id, delta, reason, actor, balance_after) VALUES (?, ?, 'import', ?, ?)",
            change.id,
            change.delta,
            actor,
            edition.stock
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// A film that was changed, or whose editions were, is a newer version of itself.
pub async fn raise_versions(conn: &mut Conn, films: &[u64]) -> Result<(), sqlx::Error> {
    if films.is_empty() {
        return Ok(());
    }
    let mut sql = QueryBuilder::new("UPDATE products SET version = version + 1 WHERE ");
    ids_in(&mut sql, "id", films);
    sql.build().persistent(false).execute(conn).await?;
    Ok(())
}
