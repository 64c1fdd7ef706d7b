//! Genres and categories of the closed list: made where missing, never changed.

use std::collections::HashMap;

use crate::{
    catalog::sample::genres::{Genre, SHELVES, Shelf},
    platform::db::Conn,
};

/// Ids of a genre and of the category of the same slug, where there is one.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    pub genre: u64,
    pub category: Option<u64>,
}

/// Makes the genres and shelves that are missing. A shop that has any category has a tree of its own: it is left alone.
pub async fn ensure(conn: &mut Conn) -> Result<(), sqlx::Error> {
    for genre in SHELVES.iter().flat_map(|shelf| shelf.genres) {
        insert_genre(conn, genre).await?;
    }
    if sqlx::query_scalar!("SELECT id FROM categories LIMIT 1").fetch_optional(&mut *conn).await?.is_some() {
        return Ok(());
    }
    for (position, shelf) in (0..).zip(SHELVES) {
        let parent = insert_shelf(conn, shelf, position).await?;
        for (position, genre) in (0..).zip(shelf.genres) {
            insert_category(conn, parent, genre, position).await?;
        }
    }
    Ok(())
}

/// All genres by slug.
pub async fn places(conn: &mut Conn) -> Result<HashMap<String, Place>, sqlx::Error> {
    let rows =
        sqlx::query!("SELECT g.slug, g.id, c.id AS category FROM genres g LEFT JOIN categories c ON c.slug = g.slug")
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.slug, Place { genre: row.id, category: row.category })).collect())
}

async fn insert_genre(conn: &mut Conn, genre: &Genre) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO genres (slug, title_en, title_ru, title_uz) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE slug = slug",
        genre.slug,
        genre.name,
        genre.title_ru,
        genre.title_uz
    )
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert_shelf(conn: &mut Conn, shelf: &Shelf, position: i32) -> Result<u64, sqlx::Error> {
    let id = sqlx::query!(
        "INSERT INTO categories (slug, title_en, title_ru, title_uz, position) VALUES (?, ?, ?, ?, ?)",
        shelf.slug,
        shelf.title_en,
        shelf.title_ru,
        shelf.title_uz,
        position
    )
    .execute(&mut *conn)
    .await?
    .last_insert_id();
    set_path(conn, id, &format!("/{id}/")).await?;
    Ok(id)
}

async fn insert_category(conn: &mut Conn, parent: u64, genre: &Genre, position: i32) -> Result<(), sqlx::Error> {
    let id = sqlx::query!(
        "INSERT INTO categories (parent_id, slug, title_en, title_ru, title_uz, position) VALUES (?, ?, ?, ?, ?, ?)",
        parent,
        genre.slug,
        genre.name,
        genre.title_ru,
        genre.title_uz,
        position
    )
    .execute(&mut *conn)
    .await?
    .last_insert_id();
    set_path(conn, id, &format!("/{parent}/{id}/")).await
}

/// The path of a category is the ids from its root to itself.
async fn set_path(conn: &mut Conn, id: u64, path: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE categories SET path = ? WHERE id = ?", path, id).execute(conn).await?;
    Ok(())
}
