//! What the shop has of the films of a chunk.

use std::collections::HashMap;

use sqlx::{FromRow, MySql, QueryBuilder};
use time::{Date, OffsetDateTime};

use super::{LIST, ids_in, words_in};
use crate::{
    catalog::{
        Format,
        draft::FilmDraft,
        loading::{
            claims::Owner,
            plan::{StoredEdition, StoredFilm},
        },
        sample::editions::Edition,
    },
    platform::db::Conn,
};

#[derive(FromRow)]
struct FilmRow {
    id: u64,
    slug: String,
    title_en: Option<String>,
    title_ru: Option<String>,
    title_uz: Option<String>,
    original_title: Option<String>,
    description_en: Option<String>,
    description_ru: Option<String>,
    description_uz: Option<String>,
    year: u16,
    runtime_min: Option<u16>,
    age_rating: Option<String>,
    country: Option<String>,
    studio: Option<String>,
    is_featured: bool,
}

/// The films of these slugs, by slug, with people, genres and editions. With `lock` their editions stay as they are
/// until the transaction ends.
pub async fn films(conn: &mut Conn, slugs: &[&str], lock: bool) -> Result<HashMap<String, StoredFilm>, sqlx::Error> {
    let mut films: HashMap<u64, StoredFilm> = HashMap::new();
    for row in film_rows(conn, slugs).await? {
        films.insert(row.id, StoredFilm { id: row.id, facts: facts(row), editions: Vec::new() });
    }
    if films.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<u64> = films.keys().copied().collect();
    for row in edition_rows(conn, &ids, lock).await? {
        if let Some(film) = films.get_mut(&row.product_id) {
            film.editions.push(row.into());
        }
    }
    for film in films.values_mut() {
        film.editions.sort_by_key(|edition| (edition.position, edition.id));
    }
    for (product, role, name) in people_rows(conn, &ids).await? {
        if let Some(film) = films.get_mut(&product) {
            if role == "director" { film.facts.directors.push(name) } else { film.facts.cast.push(name) }
        }
    }
    for (product, slug) in genre_rows(conn, &ids).await? {
        if let Some(film) = films.get_mut(&product) {
            film.facts.genres.push(slug);
        }
    }
    Ok(films.into_values().map(|film| (film.facts.slug.clone(), film)).collect())
}

/// Which of these slugs the shop has.
pub async fn known_slugs(conn: &mut Conn, slugs: &[&str]) -> Result<Vec<String>, sqlx::Error> {
    let mut sql = QueryBuilder::new("SELECT slug FROM products WHERE ");
    words_in(&mut sql, "slug", slugs);
    sql.build_query_scalar().persistent(slugs.len() == LIST).fetch_all(conn).await
}

/// Whether there is any film.
pub async fn any_film(conn: &mut Conn) -> Result<bool, sqlx::Error> {
    Ok(sqlx::query_scalar!("SELECT id FROM products LIMIT 1").fetch_optional(conn).await?.is_some())
}

/// The owners of these SKUs.
pub async fn sku_owners(conn: &mut Conn, skus: &[&str]) -> Result<HashMap<String, Owner>, sqlx::Error> {
    owners(
        conn,
        "SELECT e.sku, p.slug, e.format FROM editions e JOIN products p ON p.id = e.product_id WHERE ",
        "e.sku",
        skus,
    )
    .await
}

/// The owners of these barcodes.
pub async fn barcode_owners(conn: &mut Conn, codes: &[&str]) -> Result<HashMap<String, Owner>, sqlx::Error> {
    let select = "SELECT e.barcode, p.slug, e.format FROM editions e JOIN products p ON p.id = e.product_id WHERE ";
    owners(conn, select, "e.barcode", codes).await
}

async fn owners(
    conn: &mut Conn,
    select: &'static str,
    column: &'static str,
    codes: &[&str],
) -> Result<HashMap<String, Owner>, sqlx::Error> {
    let mut owners = HashMap::new();
    for codes in codes.chunks(LIST) {
        let mut sql = QueryBuilder::new(select);
        words_in(&mut sql, column, codes);
        let rows: Vec<(String, String, Format)> =
            sql.build_query_as().persistent(codes.len() == LIST).fetch_all(&mut *conn).await?;
        owners.extend(rows.into_iter().map(|(code, slug, format)| (code, (slug, format))));
    }
    Ok(owners)
}

async fn film_rows(conn: &mut Conn, slugs: &[&str]) -> Result<Vec<FilmRow>, sqlx::Error> {
    let mut sql = QueryBuilder::new(
        "SELECT p.id, p.slug, p.title_en, p.title_ru, p.title_uz, p.original_title, p.description_en, p.description_ru,
                p.description_uz, p.year, p.runtime_min, p.age_rating, p.country, s.name AS studio, p.is_featured
         FROM products p LEFT JOIN studios s ON s.id = p.studio_id WHERE ",
    );
    words_in(&mut sql, "p.slug", slugs);
    sql.build_query_as().persistent(slugs.len() == LIST).fetch_all(conn).await
}

fn facts(row: FilmRow) -> FilmDraft {
    FilmDraft {
        slug: row.slug,
        title_en: row.title_en.unwrap_or_default(),
        title_ru: row.title_ru,
        title_uz: row.title_uz,
        original_title: row.original_title,
        description_en: row.description_en,
        description_ru: row.description_ru,
        description_uz: row.description_uz,
        year: row.year,
        studio: row.studio,
        runtime_min: row.runtime_min,
        certificate: row.age_rating,
        country: row.country,
        featured: row.is_featured,
        ..FilmDraft::default()
    }
}

async fn people_rows(conn: &mut Conn, ids: &[u64]) -> Result<Vec<(u64, String, String)>, sqlx::Error> {
    let mut sql = QueryBuilder::new(
        "SELECT l.product_id, l.role, p.name FROM product_people l JOIN people p ON p.id = l.person_id WHERE ",
    );
    ids_in(&mut sql, "l.product_id", ids);
    sql.push(" ORDER BY l.product_id, l.role, l.position");
    sql.build_query_as().persistent(ids.len() == LIST).fetch_all(conn).await
}

async fn genre_rows(conn: &mut Conn, ids: &[u64]) -> Result<Vec<(u64, String)>, sqlx::Error> {
    let mut sql = QueryBuilder::new(
        "SELECT l.product_id, g.slug FROM product_genres l JOIN genres g ON g.id = l.genre_id WHERE ",
    );
    ids_in(&mut sql, "l.product_id", ids);
    sql.push(" ORDER BY l.product_id, l.position");
    sql.build_query_as().persistent(ids.len() == LIST).fetch_all(conn).await
}

#[derive(FromRow)]
struct EditionRow {
    id: u64,
    product_id: u64,
    position: i32,
    format: Format,
    sku: String,
    barcode: Option<String>,
    region_code: Option<String>,
    discs: Option<u8>,
    price_minor: i64,
    sale_price_minor: Option<i64>,
    sale_from: Option<OffsetDateTime>,
    sale_to: Option<OffsetDateTime>,
    stock: i32,
    low_stock_at: i32,
    max_per_order: u8,
    release_date: Option<Date>,
}

impl From<EditionRow> for StoredEdition {
    fn from(row: EditionRow) -> Self {
        let edition = Edition {
            format: row.format,
            sku: row.sku,
            barcode: row.barcode,
            region_code: row.region_code,
            discs: row.discs,
            price_minor: row.price_minor,
            sale_price_minor: row.sale_price_minor,
            sale_from: row.sale_from,
            sale_to: row.sale_to,
            // The table's checks keep both at zero or more.
            stock: u32::try_from(row.stock).unwrap_or(0),
            low_stock_at: u32::try_from(row.low_stock_at).unwrap_or(0),
            max_per_order: row.max_per_order,
            release_date: row.release_date,
        };
        Self { id: row.id, position: row.position, edition }
    }
}

async fn edition_rows(conn: &mut Conn, ids: &[u64], lock: bool) -> Result<Vec<EditionRow>, sqlx::Error> {
    let mut sql = QueryBuilder::<MySql>::new(
        "SELECT id, product_id, position, format, sku, barcode, region_code, discs, price_minor, sale_price_minor,
                sale_from, sale_to, stock, low_stock_at, max_per_order, release_date
         FROM editions WHERE ",
    );
    ids_in(&mut sql, "product_id", ids);
    sql.push(" ORDER BY id");
    if lock {
        sql.push(" FOR UPDATE");
    }
    sql.build_query_as().persistent(ids.len() == LIST).fetch_all(conn).await
}
