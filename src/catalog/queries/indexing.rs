//! What the in-process index is built from: whole tables as streams, or the rows of some films.

use std::ops::RangeInclusive;

use futures_util::{Stream, TryStreamExt};
use sqlx::{FromRow, MySql, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    catalog::{
        Format,
        index::{Category, Film, Genre, Person, Role, Studio, Title},
    },
    platform::db::Conn,
};

/// Which rows are meant: all, those with these ids, or those from one id to another.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    All,
    Some(&'a [u64]),
    Between(u64, u64),
}

impl Which<'_> {
    /// Narrows a statement to the films of `column`.
    fn narrow(self, sql: &'static str, column: &'static str, ending: &'static str) -> QueryBuilder<MySql> {
        let mut query = QueryBuilder::new(sql);
        match self {
            Which::All => {}
            Which::Some(ids) => {
                query.push(" WHERE ").push(column).push(" IN (");
                let mut list = query.separated(", ");
                for id in ids {
                    list.push_bind(*id);
                }
                query.push(")");
            }
            Which::Between(first, last) => {
                query.push(" WHERE ").push(column).push(" BETWEEN ").push_bind(first);
                query.push(" AND ").push_bind(last);
            }
        }
        query.push(ending);
        query
    }
}

#[derive(FromRow)]
struct ProductRow {
    id: u64,
    is_active: bool,
    publish_at: Option<OffsetDateTime>,
    unpublish_at: Option<OffsetDateTime>,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
    is_featured: bool,
    on_sale: bool,
    year: u16,
    runtime_min: Option<u16>,
    age_rating: Option<String>,
    price_min_minor: Option<i64>,
    rating: Option<i64>,
    sold_count: u32,
    title_sort: String,
    search_title: String,
    search_text: String,
    studio_id: Option<u64>,
}

impl From<ProductRow> for Film {
    fn from(row: ProductRow) -> Self {
        let (publish_at, created_at) = (row.publish_at.map(micros), micros(row.created_at));
        Self {
            id: row.id,
            active: row.is_active,
            publish_at,
            unpublish_at: row.unpublish_at.map(micros),
            arrived_at: publish_at.map_or(created_at, |at| at.max(created_at)),
            changed_at: micros(row.updated_at),
            featured: row.is_featured,
            on_sale: row.on_sale,
            year: Some(row.year),
            runtime: row.runtime_min,
            age: row.age_rating.map(Into::into),
            price: row.price_min_minor,
            rating: row.rating.and_then(|rating| u16::try_from(rating).ok()),
            sold: row.sold_count.into(),
            title_sort: row.title_sort.into(),
            search_title: row.search_title.into(),
            search_text: row.search_text.into(),
            studio: row.studio_id,
            ..Self::default()
        }
    }
}

/// Microseconds since 1970, as the index counts time.
pub fn micros(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX)
}

const FILMS: &str = "SELECT id, status = 'active' AS is_active, publish_at, unpublish_at, created_at, updated_at, is_featured, \
     on_sale, year, runtime_min, age_rating, price_min_minor, CAST(rating_avg * 100 AS SIGNED) AS rating, sold_count, \
     title_sort, search_title, search_text, studio_id FROM products";

/// The films with these ids by ascending id, with everything but what they point to.
pub async fn indexed_films(conn: &mut Conn, which: Which<'_>) -> sqlx::Result<Vec<Film>> {
    films(conn, which.narrow(FILMS, "id", " ORDER BY id")).await
}

/// The next `most` films after an id.
pub async fn films_after(conn: &mut Conn, id: u64, most: u32) -> sqlx::Result<Vec<Film>> {
    let mut query = QueryBuilder::new(FILMS);
    query.push(" WHERE id > ").push_bind(id).push(" ORDER BY id LIMIT ").push_bind(most);
    films(conn, query).await
}

async fn films(conn: &mut Conn, mut query: QueryBuilder<MySql>) -> sqlx::Result<Vec<Film>> {
    query.build_query_as::<ProductRow>().fetch(conn).map_ok(Film::from).try_collect().await
}

/// Adds what films point to, and their editions.
pub async fn add_all(conn: &mut Conn, which: Which<'_>, films: &mut [Film]) -> sqlx::Result<()> {
    add_links(conn, which, films).await?;
    let offers = offers(conn, which).await?;
    offers.add_to(films);
    Ok(())
}

/// Adds what films point to. Rows of films that came meanwhile are skipped; their own tag brings them.
pub async fn add_links(conn: &mut Conn, which: Which<'_>, films: &mut [Film]) -> sqlx::Result<()> {
    let mut links = Links { films, at: 0 };
    let mut genres = which.narrow("SELECT product_id, genre_id FROM product_genres", "product_id", "");
    let rows = genres.build_query_as::<(u64, u64)>().fetch(&mut *conn);
    links.add(rows, |film, (_, genre)| film.genres.push(genre)).await?;
    let mut categories = which.narrow("SELECT product_id, category_id FROM product_categories", "product_id", "");
    let rows = categories.build_query_as::<(u64, u64)>().fetch(&mut *conn);
    links.add(rows, |film, (_, category)| film.categories.push(category)).await?;
    let mut audio = which.narrow("SELECT product_id, language FROM product_audio", "product_id", "");
    let rows = audio.build_query_as::<(u64, String)>().fetch(&mut *conn);
    links.add(rows, |film, (_, language)| film.audio.push(language.into())).await?;
    let mut subtitles = which.narrow("SELECT product_id, language FROM product_subtitles", "product_id", "");
    let rows = subtitles.build_query_as::<(u64, String)>().fetch(&mut *conn);
    links.add(rows, |film, (_, language)| film.subtitles.push(language.into())).await?;
    let mut people = which.narrow("SELECT product_id, person_id, role FROM product_people", "product_id", "");
    let rows = people.build_query_as::<(u64, u64, String)>().fetch(&mut *conn);
    links
        .add(rows, |film, (_, person, role)| {
            film.people.push((person, if role == "director" { Role::Director } else { Role::Other }));
        })
        .await
}

/// In which formats films are sold.
#[derive(Debug, Default)]
pub struct Offers(Vec<Offer>);

#[derive(Debug)]
struct Offer {
    film: u64,
    formats: u8,
    in_stock: u8,
}

impl Offers {
    /// Tells the films, which are in the order of their ids.
    pub fn add_to(&self, films: &mut [Film]) {
        let Some(first) = films.first() else { return };
        let mut offers = self.0[self.0.partition_point(|offer| offer.film < first.id)..].iter().peekable();
        for film in films {
            while let Some(offer) = offers.next_if(|offer| offer.film <= film.id) {
                if offer.film == film.id {
                    film.formats |= offer.formats;
                    film.formats_in_stock |= offer.in_stock;
                }
            }
        }
    }
}

/// The editions of films. All of them are quicker read at once than film by film, as no index holds what is asked for.
pub async fn offers(conn: &mut Conn, which: Which<'_>) -> sqlx::Result<Offers> {
    let mut query = which.narrow("SELECT product_id, format, stock, is_active FROM editions", "product_id", "");
    let mut rows = query.build_query_as::<(u64, Format, i32, bool)>().fetch(conn);
    let mut offers: Vec<Offer> = Vec::new();
    while let Some((film, format, stock, is_active)) = rows.try_next().await? {
        let formats = u8::from(is_active) << format as usize;
        let in_stock = if stock > 0 || format.is_digital() { formats } else { 0 };
        match offers.last_mut().filter(|last| last.film == film) {
            Some(last) => {
                last.formats |= formats;
                last.in_stock |= in_stock;
            }
            None => offers.push(Offer { film, formats, in_stock }),
        }
    }
    offers.sort_unstable_by_key(|offer| offer.film);
    Ok(Offers(offers))
}

/// Finds the film of each row; rows of one film mostly come together.
struct Links<'a> {
    films: &'a mut [Film],
    at: usize,
}

impl Links<'_> {
    async fn add<R: ProductLink>(
        &mut self,
        rows: impl Stream<Item = sqlx::Result<R>>,
        mut add: impl FnMut(&mut Film, R),
    ) -> sqlx::Result<()> {
        let mut rows = std::pin::pin!(rows);
        while let Some(row) = rows.try_next().await? {
            let id = row.product_id();
            if self.films.get(self.at).is_none_or(|film| film.id != id) {
                let Ok(at) = self.films.binary_search_by_key(&id, |film| film.id) else { continue };
                self.at = at;
            }
            add(&mut self.films[self.at], row);
        }
        Ok(())
    }
}

/// A row whose first column is the film's id.
trait ProductLink {
    fn product_id(&self) -> u64;
}

impl<A> ProductLink for (u64, A) {
    fn product_id(&self) -> u64 {
        self.0
    }
}

impl<A, B> ProductLink for (u64, A, B) {
    fn product_id(&self) -> u64 {
        self.0
    }
}

impl<A, B, C> ProductLink for (u64, A, B, C) {
    fn product_id(&self) -> u64 {
        self.0
    }
}

type Titles = (Option<String>, Option<String>, Option<String>);

fn title((uz, ru, en): Titles) -> Title {
    let text = |title: Option<String>| title.unwrap_or_default().into();
    Title { uz: text(uz), ru: text(ru), en: text(en) }
}

pub async fn indexed_genres(conn: &mut Conn) -> sqlx::Result<Vec<Genre>> {
    let rows = sqlx::query!("SELECT id, slug, title_uz, title_ru, title_en FROM genres ORDER BY id").fetch(conn);
    rows.map_ok(|row| Genre {
        id: row.id,
        slug: row.slug.into(),
        title: title((row.title_uz, row.title_ru, row.title_en)),
    })
    .try_collect()
    .await
}

/// The whole tree of categories.
pub async fn indexed_categories(conn: &mut Conn) -> sqlx::Result<Vec<Category>> {
    let rows = sqlx::query!(
        r#"SELECT id, parent_id, slug, title_uz, title_ru, title_en, position, is_active AS "is_active: bool"
           FROM categories ORDER BY id"#
    )
    .fetch(conn);
    rows.map_ok(|row| Category {
        id: row.id,
        parent: row.parent_id,
        slug: row.slug.into(),
        title: title((row.title_uz, row.title_ru, row.title_en)),
        position: row.position,
        active: row.is_active,
    })
    .try_collect()
    .await
}

/// The studios with these ids, or all.
pub async fn indexed_studios(conn: &mut Conn, which: Which<'_>) -> sqlx::Result<Vec<Studio>> {
    let mut query = which.narrow("SELECT id, slug, name FROM studios", "id", " ORDER BY id");
    let rows = query.build_query_as::<(u64, String, String)>().fetch(conn);
    rows.map_ok(|(id, slug, name)| Studio { id, slug: slug.into(), name: name.into() }).try_collect().await
}

/// The people with these ids, or all.
pub async fn indexed_people(conn: &mut Conn, which: Which<'_>) -> sqlx::Result<Vec<Person>> {
    let mut query = which.narrow("SELECT id, slug, name, search_name FROM people", "id", " ORDER BY id");
    let rows = query.build_query_as::<(u64, String, String, String)>().fetch(conn);
    rows.map_ok(|(id, slug, name, search_name)| Person {
        id,
        slug: slug.into(),
        name: name.into(),
        search_name: search_name.into(),
    })
    .try_collect()
    .await
}

/// Tags with ids in this range, oldest first.
pub async fn tags(conn: &mut Conn, ids: RangeInclusive<u64>, most: u32) -> sqlx::Result<Vec<(u64, String)>> {
    let (first, last) = ids.into_inner();
    let rows = sqlx::query!(
        "SELECT id, tag FROM cache_invalidations WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?",
        first,
        last,
        most
    )
    .fetch(conn);
    rows.map_ok(|row| (row.id, row.tag)).try_collect().await
}

/// The id of the newest tag.
pub async fn last_tag(conn: &mut Conn) -> sqlx::Result<u64> {
    let row = sqlx::query!("SELECT MAX(id) AS id FROM cache_invalidations").fetch_one(conn).await?;
    Ok(row.id.unwrap_or(0))
}

/// The tags after an id, each with the last id that it was announced under.
pub async fn last_of_each_tag(conn: &mut Conn, after: u64) -> sqlx::Result<Vec<(String, u64)>> {
    let rows =
        sqlx::query!(r#"SELECT tag, MAX(id) AS "id!: u64" FROM cache_invalidations WHERE id > ? GROUP BY tag"#, after)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.tag, row.id)).collect())
}
