//! A film with all that its own page shows.

use sqlx::{FromRow, QueryBuilder};
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

fn select_product() -> QueryBuilder<sqlx::MySql> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(FILM_COLUMNS).push(
        ", p.description_en, p.description_ru, p.description_uz, p.runtime_min, p.age_rating, p.country, \
         s.slug AS studio_slug, s.name AS studio_name, p.category_id, p.successor_id \
         FROM products p LEFT JOIN studios s ON s.id = p.studio_id WHERE p.id = ",
    );
    query
}

pub async fn product(conn: &mut Conn, id: u64) -> sqlx::Result<Option<ProductRow>> {
    select_product().push_bind(id).build_query_as().fetch_optional(&mut *conn).await
}

/// The film with this slug, or the one that had it once.
pub async fn product_at(conn: &mut Conn, slug: &str) -> sqlx::Result<Option<ProductRow>> {
    // The column cannot hold it, and servers refuse to compare.
    if !slug.is_ascii() {
        return Ok(None);
    }
    let mut query = select_product();
    push_id_at(&mut query, slug);
    query.build_query_as().fetch_optional(&mut *conn).await
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

#[derive(FromRow)]
struct EditionWithPoint {
    #[sqlx(flatten)]
    edition: EditionRow,
    point_at: Option<OffsetDateTime>,
    point_price_minor: Option<i64>,
    point_sale_price_minor: Option<i64>,
}

impl EditionWithPoint {
    fn point(&self) -> Option<PricePoint> {
        let (at, price_minor) = self.point_at.zip(self.point_price_minor)?;
        Some(PricePoint { at, price_minor, sale_price_minor: self.point_sale_price_minor })
    }
}

/// The editions that are sold of a film, in the shop's order. Those with a sale come with their prices since 30 days
/// before it, oldest first, and the one that was in force then.
pub async fn editions_with_prices(
    conn: &mut Conn,
    product_id: u64,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<(EditionRow, Vec<PricePoint>)>> {
    let mut query = QueryBuilder::new("SELECT ");
    query
        .push(EDITION_COLUMNS)
        .push(
            ", h.at AS point_at, h.price_minor AS point_price_minor, h.sale_price_minor AS point_sale_price_minor \
             FROM editions e LEFT JOIN price_history h ON h.edition_id = e.id AND e.sale_price_minor IS NOT NULL \
             AND h.at >= COALESCE((SELECT MAX(x.at) FROM price_history x WHERE x.edition_id = e.id \
             AND x.at <= DATE_SUB(COALESCE(e.sale_from, ",
        )
        .push_bind(now)
        .push("), INTERVAL 30 DAY)), '1970-01-01') WHERE e.is_active AND e.product_id = ")
        .push_bind(product_id)
        .push(" ORDER BY e.position, e.id, h.at, h.id");
    let rows: Vec<EditionWithPoint> = query.build_query_as().fetch_all(conn).await?;
    let mut editions: Vec<(EditionRow, Vec<PricePoint>)> = Vec::new();
    for row in rows {
        let point = row.point();
        match editions.last_mut().filter(|(edition, _)| edition.id == row.edition.id) {
            Some((_, points)) => points.extend(point),
            None => editions.push((row.edition, point.into_iter().collect())),
        }
    }
    Ok(editions)
}
