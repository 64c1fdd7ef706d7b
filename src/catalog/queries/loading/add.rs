//! New films with all their parts.

use std::collections::HashMap;

use sqlx::{MySql, QueryBuilder, query_builder::Separated};

use super::{LIST, ids_in, shelves::Place, words_in};
use crate::{
    catalog::{
        ProductStatus,
        draft::FilmDraft,
        index::fold::{self, Titles},
        loading::store::Origin,
        sample::{editions::Edition, languages::Languages},
        title_sort,
    },
    platform::{bulk::insert, db::Conn},
};

/// A film with the ids of what it points to.
#[derive(Debug)]
pub struct Product<'a> {
    pub film: &'a FilmDraft,
    pub studio: Option<u64>,
    pub category: Option<u64>,
}

/// What the index searches of a film: titles, then people and studio.
pub fn search_words(film: &FilmDraft) -> (String, String) {
    let text = |title: &Option<String>| title.clone().unwrap_or_default();
    let (uz, ru, original) = (text(&film.title_uz), text(&film.title_ru), text(&film.original_title));
    let titles = Titles { uz: &uz, ru: &ru, en: &film.title_en, original: &original };
    let names = film.directors.iter().chain(&film.cast).chain(&film.studio).map(String::as_str);
    (shortened(fold::search_title(titles), 2_000), shortened(fold::search_text(names), 15_000))
}

/// As many whole words as fit the column: folding may make a text longer than it was.
pub(super) fn shortened(mut words: String, limit: usize) -> String {
    if let Some((end, _)) = words.char_indices().nth(limit) {
        words.truncate(end);
        words.truncate(words.rfind([' ', '\n']).unwrap_or(end));
    }
    words
}

/// Stores the films and gives back their ids by slug.
pub async fn products(conn: &mut Conn, products: &[Product<'_>]) -> Result<HashMap<String, u64>, sqlx::Error> {
    const INTO: &str =
        "INSERT INTO products (slug, status, title_en, title_ru, title_uz, original_title, description_en,
         description_ru, description_uz, year, runtime_min, age_rating, country, studio_id, category_id, is_featured,
         search_title, search_text, title_sort, created_at) ";
    let bind = |mut row: Separated<'_, MySql, &'static str>, product: &Product<'_>| {
        let Product { film, studio, category } = product;
        let (search_title, search_text) = search_words(film);
        row.push_bind(&film.slug).push_bind(ProductStatus::Active);
        row.push_bind(&film.title_en).push_bind(&film.title_ru).push_bind(&film.title_uz);
        row.push_bind(&film.original_title).push_bind(&film.description_en);
        row.push_bind(&film.description_ru).push_bind(&film.description_uz);
        row.push_bind(film.year).push_bind(film.runtime_min).push_bind(&film.certificate);
        row.push_bind(&film.country).push_bind(*studio).push_bind(*category).push_bind(film.featured);
        row.push_bind(search_title).push_bind(search_text).push_bind(title_sort(&film.title_en));
        row.push("COALESCE(").push_bind_unseparated(film.arrived_at).push_unseparated(", CURRENT_TIMESTAMP(6))");
    };
    insert(conn, INTO, products, bind, "").await?;
    let slugs: Vec<&str> = products.iter().map(|product| product.film.slug.as_str()).collect();
    let mut sql = QueryBuilder::new("SELECT slug, id FROM products WHERE ");
    words_in(&mut sql, "slug", &slugs);
    let rows: Vec<(String, u64)> = sql.build_query_as().persistent(slugs.len() == LIST).fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}

/// Links films to people: film, role, position, person.
pub async fn people(conn: &mut Conn, links: &[(u64, &'static str, u8, u64)]) -> Result<(), sqlx::Error> {
    const INTO: &str = "INSERT INTO product_people (product_id, role, position, person_id) ";
    let bind = |mut row: Separated<'_, MySql, &'static str>, link: &(u64, &'static str, u8, u64)| {
        let (film, role, position, person) = *link;
        row.push_bind(film).push_bind(role).push_bind(position).push_bind(person);
    };
    insert(conn, INTO, links, bind, "").await
}

/// Links films to genres (film, position, genre), and to the categories of the same slugs.
pub async fn genres(conn: &mut Conn, links: &[(u64, u8, Place)]) -> Result<(), sqlx::Error> {
    const INTO: &str = "INSERT INTO product_genres (product_id, genre_id, position) ";
    const ONTO: &str = "INSERT INTO product_categories (product_id, category_id) ";
    // Staff may have put the film on that shelf already.
    const KEEP: &str = " ON DUPLICATE KEY UPDATE product_id = VALUES(product_id)";
    let bind = |mut row: Separated<'_, MySql, &'static str>, (film, position, place): &(u64, u8, Place)| {
        row.push_bind(*film).push_bind(place.genre).push_bind(*position);
    };
    insert(conn, INTO, links, bind, "").await?;
    let shelved: Vec<(u64, u64)> = links.iter().filter_map(|(film, _, place)| Some((*film, place.category?))).collect();
    let bind = |mut row: Separated<'_, MySql, &'static str>, (film, category): &(u64, u64)| {
        row.push_bind(*film).push_bind(*category);
    };
    insert(conn, ONTO, &shelved, bind, KEEP).await
}

/// The languages of new films.
pub async fn languages(conn: &mut Conn, films: &[(u64, Languages)]) -> Result<(), sqlx::Error> {
    const AUDIO: &str = "INSERT INTO product_audio (product_id, language) ";
    const SUBTITLES: &str = "INSERT INTO product_subtitles (product_id, language) ";
    languages_of(conn, AUDIO, films, |languages| &languages.audio).await?;
    languages_of(conn, SUBTITLES, films, |languages| &languages.subtitles).await
}

async fn languages_of(
    conn: &mut Conn,
    into: &'static str,
    films: &[(u64, Languages)],
    codes: fn(&Languages) -> &Vec<&'static str>,
) -> Result<(), sqlx::Error> {
    let rows: Vec<(u64, &str)> =
        films.iter().flat_map(|(film, languages)| codes(languages).iter().map(|code| (*film, *code))).collect();
    let bind = |mut row: Separated<'_, MySql, &'static str>, (film, code): &(u64, &'static str)| {
        row.push_bind(*film).push_bind(*code);
    };
    insert(conn, into, &rows, bind, "").await
}

/// Stores editions (film, position, edition).
pub async fn editions(conn: &mut Conn, editions: &[(u64, i32, &Edition)]) -> Result<(), sqlx::Error> {
    const INTO: &str =
        "INSERT INTO editions (product_id, position, format, sku, barcode, region_code, discs, price_minor,
         sale_price_minor, sale_from, sale_to, stock, low_stock_at, max_per_order, tax_class, release_date) ";
    let bind = |mut row: Separated<'_, MySql, &'static str>, (film, position, edition): &(u64, i32, &Edition)| {
        row.push_bind(*film).push_bind(*position).push_bind(edition.format).push_bind(&edition.sku);
        row.push_bind(&edition.barcode).push_bind(&edition.region_code).push_bind(edition.discs);
        row.push_bind(edition.price_minor).push_bind(edition.sale_price_minor);
        row.push_bind(edition.sale_from).push_bind(edition.sale_to);
        row.push_bind(edition.stock).push_bind(edition.low_stock_at).push_bind(edition.max_per_order);
        row.push_bind(if edition.format.is_digital() { "digital" } else { "disc" }).push_bind(edition.release_date);
    };
    insert(conn, INTO, editions, bind, "").await
}

/// The first rows of price history and stock ledger, for all editions of these films that have none.
pub async fn books(conn: &mut Conn, films: &[u64], origin: Origin) -> Result<(), sqlx::Error> {
    let mut sql = QueryBuilder::new("INSERT INTO price_history (edition_id, price_minor, sale_price_minor, actor) ");
    sql.push("SELECT e.id, e.price_minor, e.sale_price_minor, ")
        .push_bind(origin.actor)
        .push(" FROM editions e WHERE ");
    ids_in(&mut sql, "e.product_id", films);
    sql.push(" AND NOT EXISTS (SELECT 1 FROM price_history h WHERE h.edition_id = e.id)");
    sql.build().persistent(films.len() == LIST).execute(&mut *conn).await?;
    let mut sql = QueryBuilder::new("INSERT INTO stock_movements (edition_id, delta, reason, actor, balance_after) ");
    sql.push("SELECT e.id, e.stock, ").push_bind(origin.reason).push(", ").push_bind(origin.actor);
    sql.push(", e.stock FROM editions e WHERE e.stock > 0 AND ");
    ids_in(&mut sql, "e.product_id", films);
    sql.push(" AND NOT EXISTS (SELECT 1 FROM stock_movements m WHERE m.edition_id = e.id)");
    sql.build().persistent(films.len() == LIST).execute(conn).await?;
    Ok(())
}
