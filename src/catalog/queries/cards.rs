//! Films as cards, cart lines and posters show them: read by primary key, however many, in one statement.

use sqlx::{FromRow, MySql, QueryBuilder, Row, mysql::MySqlRow};
use time::OffsetDateTime;

use crate::{
    catalog::{Format, ProductStatus, index::Title},
    platform::{
        db::Conn,
        i18n::{Lang, Localized, first_filled},
    },
};

/// What a film shows wherever it is only mentioned.
#[derive(Clone, Debug)]
pub struct FilmRow {
    pub id: u64,
    pub slug: String,
    pub status: ProductStatus,
    pub publish_at: Option<OffsetDateTime>,
    pub unpublish_at: Option<OffsetDateTime>,
    pub title_en: Option<String>,
    pub title_ru: Option<String>,
    pub title_uz: Option<String>,
    pub original_title: Option<String>,
    pub year: u16,
    pub poster_take: u32,
    pub price_min_minor: Option<i64>,
    pub price_max_minor: Option<i64>,
    pub in_stock: bool,
    pub on_sale: bool,
    /// The first director, who stands on the card and on the poster.
    pub director: Option<String>,
    /// Slug of the first genre, which decides the poster's picture.
    pub genre: Option<String>,
    /// What is sold of it, in the shop's order.
    pub editions: Vec<CardEdition>,
    /// Mean of its reviews in hundredths of a star, rounded down; none while there are none.
    pub rating_hundredths: Option<i64>,
    pub rating_count: u32,
}

impl FilmRow {
    /// The title in the language asked for, or the nearest that there is.
    pub fn title(&self, lang: Lang) -> Localized {
        let (text, lang) = self.title_in(lang);
        Localized { text: text.to_owned(), lang }
    }

    pub fn titles(&self) -> Title {
        let or_empty = |title: &Option<String>| title.as_deref().unwrap_or_default().into();
        Title { uz: or_empty(&self.title_uz), ru: or_empty(&self.title_ru), en: or_empty(&self.title_en) }
    }

    /// The title in the language asked for, borrowed.
    pub fn title_in(&self, lang: Lang) -> (&str, Lang) {
        first_filled(lang, self.title_en.as_deref(), self.title_ru.as_deref(), self.title_uz.as_deref())
            // The schema wants one title of three; an empty one would show as such.
            .unwrap_or(("", lang))
    }
}

/// By position, since lists read very many: [`FILM_COLUMNS`] stand first in every statement that reads films.
impl FromRow<'_, MySqlRow> for FilmRow {
    fn from_row(row: &MySqlRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get(0)?,
            slug: row.try_get(1)?,
            status: row.try_get(2)?,
            publish_at: row.try_get(3)?,
            unpublish_at: row.try_get(4)?,
            title_en: row.try_get(5)?,
            title_ru: row.try_get(6)?,
            title_uz: row.try_get(7)?,
            original_title: row.try_get(8)?,
            year: row.try_get(9)?,
            poster_take: row.try_get(10)?,
            price_min_minor: row.try_get(11)?,
            price_max_minor: row.try_get(12)?,
            in_stock: row.try_get(13)?,
            on_sale: row.try_get(14)?,
            director: row.try_get(15)?,
            genre: row.try_get(16)?,
            editions: card_editions(row.try_get(17)?)?,
            rating_hundredths: row.try_get(18)?,
            rating_count: row.try_get(19)?,
        })
    }
}

/// The columns of a [`FilmRow`], of `products p`, in its order; also for joins of the features above.
pub const FILM_COLUMNS: &str = "p.id, p.slug, p.status, p.publish_at, p.unpublish_at, p.title_en, p.title_ru, p.title_uz, \
     p.original_title, p.year, p.poster_take, p.price_min_minor, p.price_max_minor, p.in_stock, p.on_sale, \
     p.card_director, p.card_genre, p.card_editions, CAST(p.rating_avg * 100 AS SIGNED), p.rating_count";

/// As much of an edition as a card shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardEdition {
    pub format: Format,
    pub price_minor: i64,
    pub sale_price_minor: Option<i64>,
    pub sale_from: Option<OffsetDateTime>,
    pub sale_to: Option<OffsetDateTime>,
    pub can_be_bought: bool,
}

/// Reads what [`refresh_products`](super::refresh_products) wrote.
fn card_editions(words: Option<&str>) -> sqlx::Result<Vec<CardEdition>> {
    let words = words.unwrap_or_default();
    let unreadable = || sqlx::Error::Decode(format!("\"{words}\" are no editions").into());
    words.split_ascii_whitespace().map(|word| CardEdition::read(word).ok_or_else(unreadable)).collect()
}

impl CardEdition {
    fn read(word: &str) -> Option<Self> {
        let mut parts = word.split(',');
        let mut part = || parts.next();
        Some(Self {
            format: Format::from_word(part()?)?,
            price_minor: part()?.parse().ok()?,
            sale_price_minor: optional(part()?)?,
            sale_from: moment(part()?)?,
            sale_to: moment(part()?)?,
            can_be_bought: part()? == "1",
        })
    }
}

/// A number that may be missing; none of anything else.
#[expect(clippy::option_option, reason = "a missing number is well, a word that is none is not")]
fn optional(text: &str) -> Option<Option<i64>> {
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

#[expect(clippy::option_option, reason = "a missing number is well, a word that is none is not")]
fn moment(text: &str) -> Option<Option<OffsetDateTime>> {
    let Some(micros) = optional(text)? else { return Some(None) };
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).ok().map(Some)
}

/// The films with these ids, in the order of the ids; those that are gone are left out.
pub async fn films(conn: &mut Conn, ids: &[u64]) -> sqlx::Result<Vec<FilmRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(FILM_COLUMNS).push(" FROM products p WHERE p.id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    query.push(")");
    let mut rows: Vec<FilmRow> = query.build_query_as().fetch_all(&mut *conn).await?;
    rows.sort_by_cached_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// The film with this slug, or the one that had it once.
pub async fn film_at(conn: &mut Conn, slug: &str) -> sqlx::Result<Option<FilmRow>> {
    // The column cannot hold it, and servers refuse to compare.
    if !slug.is_ascii() {
        return Ok(None);
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(FILM_COLUMNS).push(" FROM products p WHERE p.id = ");
    push_id_at(&mut query, slug);
    query.build_query_as().fetch_optional(&mut *conn).await
}

/// The id of the film with this slug, or of the one that had it once.
pub(super) fn push_id_at(query: &mut QueryBuilder<MySql>, slug: &str) {
    query.push("COALESCE((SELECT id FROM products WHERE slug = ").push_bind(slug.to_owned());
    query.push("), (SELECT target_id FROM slug_history WHERE kind = 'product' AND slug = ").push_bind(slug.to_owned());
    query.push("))");
}

/// An edition as cards, the film page and the cart need it.
#[derive(Clone, Debug, FromRow)]
pub struct EditionRow {
    /// Named apart from a film's, so that both can be read of one row.
    #[sqlx(rename = "edition_id")]
    pub id: u64,
    pub product_id: u64,
    pub sku: String,
    pub format: Format,
    pub region_code: Option<String>,
    pub discs: Option<u8>,
    pub price_minor: i64,
    pub sale_price_minor: Option<i64>,
    pub sale_from: Option<OffsetDateTime>,
    pub sale_to: Option<OffsetDateTime>,
    pub stock: i32,
    pub low_stock_at: i32,
    pub max_per_order: u8,
    pub tax_class: String,
    pub release_date: Option<time::Date>,
    pub is_active: bool,
}

/// The columns of [`EditionRow`] from `editions e`, for joins of the features above.
pub const EDITION_COLUMNS: &str = "e.id AS edition_id, e.product_id, e.sku, e.format, e.region_code, e.discs, e.price_minor, \
     e.sale_price_minor, e.sale_from, e.sale_to, e.stock, e.low_stock_at, e.max_per_order, e.tax_class, e.release_date, \
     e.is_active";

/// The edition with this id.
pub async fn edition(conn: &mut Conn, id: u64) -> sqlx::Result<Option<EditionRow>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(EDITION_COLUMNS).push(" FROM editions e WHERE e.id = ").push_bind(id);
    query.build_query_as().fetch_optional(&mut *conn).await
}

/// The edition of this SKU with its film, if it is sold.
pub async fn edition_by_sku(conn: &mut Conn, sku: &str) -> sqlx::Result<Option<(EditionRow, FilmRow)>> {
    // The column cannot hold it, and servers refuse to compare.
    if !sku.is_ascii() {
        return Ok(None);
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(FILM_COLUMNS).push(", ").push(EDITION_COLUMNS);
    query.push(" FROM editions e JOIN products p ON p.id = e.product_id WHERE e.is_active AND e.sku = ").push_bind(sku);
    let row: Option<MySqlRow> = query.build().fetch_optional(&mut *conn).await?;
    row.map(|row| Ok((EditionRow::from_row(&row)?, FilmRow::from_row(&row)?))).transpose()
}

/// The editions with these ids, by id; those that are gone are left out.
pub async fn editions(conn: &mut Conn, ids: &[u64]) -> sqlx::Result<Vec<EditionRow>> {
    editions_with(conn, ids, "").await
}

/// Locks editions in the order of their ids, as everybody does who locks several, and reads them.
pub async fn lock_editions(conn: &mut Conn, ids: &[u64]) -> sqlx::Result<Vec<EditionRow>> {
    editions_with(conn, ids, " FOR UPDATE").await
}

async fn editions_with(conn: &mut Conn, ids: &[u64], lock: &'static str) -> sqlx::Result<Vec<EditionRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(EDITION_COLUMNS).push(" FROM editions e WHERE e.id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    query.push(") ORDER BY e.id").push(lock);
    query.build_query_as().fetch_all(&mut *conn).await
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn editions_are_read_and_nothing_else() {
        let editions = card_editions(Some("dvd,1999,999,946684800000001,,1 uhd_4k,2999,,,,0")).unwrap();
        let dvd = CardEdition {
            format: Format::Dvd,
            price_minor: 1999,
            sale_price_minor: Some(999),
            sale_from: Some(datetime!(2000-01-01 00:00:00.000001 UTC)),
            sale_to: None,
            can_be_bought: true,
        };
        let uhd =
            CardEdition { format: Format::Uhd4k, price_minor: 2999, sale_price_minor: None, sale_from: None, ..dvd };
        assert_eq!(editions, [dvd, CardEdition { can_be_bought: false, ..uhd }]);
        assert_eq!(card_editions(None).unwrap(), []);
        for broken in ["dvd", "vhs,1999,,,,1", "dvd,1999,x,,,1", "dvd,,,,,1"] {
            assert!(card_editions(Some(broken)).is_err(), "{broken}");
        }
    }
}
