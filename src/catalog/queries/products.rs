//! A film with all that its own page shows.

use sqlx::{FromRow, QueryBuilder, Row, mysql::MySqlRow};
use time::OffsetDateTime;

use super::{
    EDITION_COLUMNS, EditionRow, FilmRow,
    cards::{FILM_COLUMNS, push_id_at},
};
use crate::{
    platform::{
        db::Conn,
        i18n::{Lang, Localized, localized},
    },
    word_enum,
};

/// A film's whole row, with its studio.
#[derive(Clone, Debug, FromRow)]
pub struct ProductRow {
    #[sqlx(flatten)]
    pub film: FilmRow,
    pub description_en: Option<String>,
    pub description_ru: Option<String>,
    pub description_uz: Option<String>,
    pub runtime_min: Option<u16>,
    pub age_rating: Option<String>,
    /// Its name in English.
    pub country: Option<String>,
    pub studio_slug: Option<String>,
    pub studio_name: Option<String>,
    pub category_id: Option<u64>,
    pub successor_id: Option<u64>,
}

impl ProductRow {
    pub fn description(&self, lang: Lang) -> Option<Localized> {
        localized(lang, self.description_en.as_deref(), self.description_ru.as_deref(), self.description_uz.as_deref())
    }
}

/// The columns of a [`ProductRow`].
const PRODUCT_COLUMNS: &str = ", p.description_en, p.description_ru, p.description_uz, p.runtime_min, p.age_rating, p.country, \
     s.slug AS studio_slug, s.name AS studio_name, p.category_id, p.successor_id";

pub async fn product(conn: &mut Conn, id: u64) -> sqlx::Result<Option<ProductRow>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(FILM_COLUMNS).push(PRODUCT_COLUMNS);
    query.push(" FROM products p LEFT JOIN studios s ON s.id = p.studio_id WHERE p.id = ").push_bind(id);
    query.build_query_as().fetch_optional(&mut *conn).await
}

/// The film with this slug, or the one that had it once, with the editions that are sold of it, in the shop's order.
pub async fn product_at(conn: &mut Conn, slug: &str) -> sqlx::Result<Option<(ProductRow, Vec<EditionRow>)>> {
    // The column cannot hold it, and servers refuse to compare.
    if !slug.is_ascii() {
        return Ok(None);
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(FILM_COLUMNS).push(PRODUCT_COLUMNS).push(", e.position AS edition_position, ").push(EDITION_COLUMNS);
    query.push(
        " FROM products p LEFT JOIN studios s ON s.id = p.studio_id \
         LEFT JOIN editions e ON e.product_id = p.id AND e.is_active WHERE p.id = ",
    );
    push_id_at(&mut query, slug);
    let rows = query.build().fetch_all(&mut *conn).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    // A film without editions is one row with nothing of one.
    let is_edition = |row: &&MySqlRow| row.try_get("edition_id").is_ok_and(|id: Option<u64>| id.is_some());
    let mut editions = rows
        .iter()
        .filter(is_edition)
        .map(|row| Ok((row.try_get::<i32, _>("edition_position")?, EditionRow::from_row(row)?)))
        .collect::<sqlx::Result<Vec<_>>>()?;
    // The database would write the descriptions to a table on disk to sort them.
    editions.sort_unstable_by_key(|(position, edition)| (*position, edition.id));
    Ok(Some((ProductRow::from_row(first)?, editions.into_iter().map(|(_, edition)| edition).collect())))
}

/// Whether there was a film with this slug, which was removed for good.
pub async fn is_gone(conn: &mut Conn, slug: &str) -> sqlx::Result<bool> {
    if !slug.is_ascii() {
        return Ok(false);
    }
    sqlx::query_scalar!(
        r#"SELECT EXISTS(SELECT 1 FROM slug_history WHERE kind = 'product' AND slug = ? AND target_id IS NULL) AS "x!: bool""#,
        slug
    )
    .fetch_one(conn)
    .await
}

word_enum! {
    /// What a film is linked with, in the order in which [`links_of`] reads it.
    pub LinkKind {
        Audio = "audio",
        Cast = "cast",
        Director = "director",
        Genre = "genre",
        Subtitles = "subtitles",
    }
}

/// A genre, a person or a language of a film. A language has its code as slug, and no name.
#[derive(Clone, Debug)]
pub struct FilmLink {
    pub kind: LinkKind,
    pub slug: String,
    pub name_en: Option<String>,
    pub name_ru: Option<String>,
    pub name_uz: Option<String>,
}

impl FilmLink {
    /// The name, where the catalogue has one.
    pub fn name(&self, lang: Lang) -> Option<Localized> {
        localized(lang, self.name_en.as_deref(), self.name_ru.as_deref(), self.name_uz.as_deref())
    }
}

/// Genres, people and languages of a film, each kind in its order. A person's name is the same in every language.
pub async fn links_of(conn: &mut Conn, product_id: u64) -> sqlx::Result<Vec<FilmLink>> {
    sqlx::query_as!(
        FilmLink,
        r#"SELECT l.kind AS "kind!: LinkKind", l.slug AS "slug!", l.name_en AS "name_en?", l.name_ru AS "name_ru?",
           l.name_uz AS "name_uz?"
           FROM (
               SELECT 'genre' AS kind, g.slug AS slug, g.title_en AS name_en, g.title_ru AS name_ru,
                   g.title_uz AS name_uz, pg.position AS place
               FROM product_genres pg JOIN genres g ON g.id = pg.genre_id WHERE pg.product_id = ?
               UNION ALL
               SELECT pp.role, d.slug, d.name, d.name, d.name, pp.position
               FROM product_people pp JOIN people d ON d.id = pp.person_id WHERE pp.product_id = ?
               UNION ALL
               SELECT 'audio', pa.language, NULL, NULL, NULL, 0 FROM product_audio pa WHERE pa.product_id = ?
               UNION ALL
               SELECT 'subtitles', ps.language, NULL, NULL, NULL, 0 FROM product_subtitles ps WHERE ps.product_id = ?
           ) l ORDER BY l.kind, l.place, l.slug"#,
        product_id,
        product_id,
        product_id,
        product_id
    )
    .fetch_all(conn)
    .await
}

/// The prices of an edition from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PricePoint {
    pub at: OffsetDateTime,
    pub price_minor: i64,
    pub sale_price_minor: Option<i64>,
}

/// The editions that are sold of a film, in the shop's order.
pub async fn editions_of(conn: &mut Conn, product_id: u64) -> sqlx::Result<Vec<EditionRow>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(EDITION_COLUMNS).push(" FROM editions e WHERE e.is_active AND e.product_id = ").push_bind(product_id);
    query.push(" ORDER BY e.position, e.id").build_query_as().fetch_all(conn).await
}

/// The prices of an edition after a moment, oldest first, and the one that was in force then.
pub async fn prices_since(conn: &mut Conn, edition_id: u64, since: OffsetDateTime) -> sqlx::Result<Vec<PricePoint>> {
    sqlx::query_as!(
        PricePoint,
        r#"SELECT at AS "at: OffsetDateTime", price_minor, sale_price_minor FROM price_history WHERE edition_id = ?
           AND at >= COALESCE((SELECT MAX(x.at) FROM price_history x WHERE x.edition_id = ? AND x.at <= ?), '1970-01-01')
           ORDER BY at, id"#,
        edition_id,
        edition_id,
        since
    )
    .fetch_all(conn)
    .await
}
