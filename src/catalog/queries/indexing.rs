//! What the in-process index is built from: the whole catalogue, stretch by stretch, or some films of it.

use std::{num::ParseIntError, ops::RangeInclusive};

use futures_util::TryStreamExt;
use sqlx::{Error::Decode, FromRow, MySql, QueryBuilder};
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

/// How many links there are, and all of them in one text: a film, what it points to, and a comma.
macro_rules! links {
    ($columns:literal, $table:literal) => {
        concat!("SELECT COUNT(*), GROUP_CONCAT(product_id, ' ', ", $columns, ", ',' SEPARATOR '') FROM ", $table)
    };
}

/// Adds what films point to. Links of films that came meanwhile are skipped; their own tag brings them.
pub async fn add_links(conn: &mut Conn, which: Which<'_>, films: &mut [Film]) -> sqlx::Result<()> {
    let mut links = Links { which, films, at: 0 };
    links.add(conn, links!("genre_id", "product_genres"), |film| &mut film.genres, id).await?;
    links.add(conn, links!("category_id", "product_categories"), |film| &mut film.categories, id).await?;
    links.add(conn, links!("language", "product_audio"), |film| &mut film.audio, |to| Ok(to.into())).await?;
    links.add(conn, links!("language", "product_subtitles"), |film| &mut film.subtitles, |to| Ok(to.into())).await?;
    links.add(conn, links!("person_id, ' ', role", "product_people"), |film| &mut film.people, person).await
}

fn person(link: &str) -> sqlx::Result<(u64, Role)> {
    let (person, role) = link.split_once(' ').unwrap_or((link, ""));
    Ok((id(person)?, if role == "director" { Role::Director } else { Role::Other }))
}

fn id(text: &str) -> sqlx::Result<u64> {
    text.parse().map_err(|error: ParseIntError| Decode(error.into()))
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

/// Finds the film of each link; links of one film mostly come together.
struct Links<'a> {
    which: Which<'a>,
    films: &'a mut [Film],
    at: usize,
}

impl Links<'_> {
    /// Adds the links that a statement puts together into one text; rows take the shop four times as long.
    async fn add<T>(
        &mut self,
        conn: &mut Conn,
        sql: &'static str,
        list: impl Fn(&mut Film) -> &mut Vec<T>,
        read: impl Fn(&str) -> sqlx::Result<T>,
    ) -> sqlx::Result<()> {
        let mut query = self.which.narrow(sql, "product_id", "");
        let (count, links): (i64, Option<String>) = query.build_query_as().fetch_one(conn).await?;
        self.take(count, links.as_deref().unwrap_or_default(), list, read)
    }

    fn take<T>(
        &mut self,
        count: i64,
        mut links: &str,
        list: impl Fn(&mut Film) -> &mut Vec<T>,
        read: impl Fn(&str) -> sqlx::Result<T>,
    ) -> sqlx::Result<()> {
        let mut taken = 0;
        while let Some((link, rest)) = links.split_once(',') {
            let (film, to) = link.split_once(' ').unwrap_or((link, ""));
            if let Some(film) = self.film(id(film)?) {
                list(film).push(read(to)?);
            }
            taken += 1;
            links = rest;
        }
        // A text that is longer than it may be is cut, and nobody is told.
        if taken == count { Ok(()) } else { Err(Decode(format!("{taken} of {count} links came").into())) }
    }

    fn film(&mut self, id: u64) -> Option<&mut Film> {
        if self.films.get(self.at).is_none_or(|film| film.id != id) {
            self.at = self.films.binary_search_by_key(&id, |film| film.id).ok()?;
        }
        Some(&mut self.films[self.at])
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

#[cfg(test)]
mod tests {
    use super::{Film, Links, Which, id, person};
    use crate::catalog::index::Role;

    fn films() -> [Film; 2] {
        [3, 7].map(|id| Film { id, ..Film::default() })
    }

    #[test]
    fn each_film_gets_its_links() {
        let mut films = films();
        let mut links = Links { which: Which::All, films: &mut films, at: 0 };
        links.take(4, "3 20,3 5,5 1,7 20,", |film| &mut film.genres, id).unwrap();
        links.take(2, "7 9 director,3 9 cast,", |film| &mut film.people, person).unwrap();
        assert_eq!(films.each_ref().map(|film| film.genres.as_slice()), [&[20, 5][..], &[20]]);
        let people = [[(9, Role::Other)], [(9, Role::Director)]];
        assert_eq!(films.map(|film| film.people), people);
    }

    #[test]
    fn a_text_that_was_cut_is_no_answer() {
        let mut films = films();
        let mut links = Links { which: Which::All, films: &mut films, at: 0 };
        for cut in ["3 20,7 2", "3 20,", "3 20,7", ""] {
            assert!(links.take(2, cut, |film| &mut film.genres, id).is_err(), "{cut}");
        }
        links.take(0, "", |film| &mut film.genres, id).unwrap();
    }
}
