//! What a page reads: one statement for films and the reasons.

use std::cmp::Reverse;

use sqlx::{FromRow, MySql, QueryBuilder, Row, mysql::MySqlRow};
use time::OffsetDateTime;

use super::push_ids;
use crate::{
    catalog::queries::{FILM_COLUMN_COUNT, FILM_COLUMNS, FilmRow},
    platform::{
        db::Conn,
        i18n::{Lang, Localized, localized},
    },
    recommendations::Likeness,
};

/// Of one film's picks so many are read.
const MOST_PICKS: u32 = 24;

/// A film that goes with others, as a card shows it.
#[derive(Clone, Debug)]
pub struct Related {
    pub film: FilmRow,
    pub reason: Reason,
}

/// Why a film is shown beside another.
#[derive(Clone, Debug)]
pub enum Reason {
    /// The shop picked it.
    Picked,
    /// What they share, with the names of the person, genre or studio.
    Alike(Likeness, Option<Names>),
    /// It is in the shop too.
    None,
}

/// A name in each language.
#[derive(Clone, Debug)]
pub struct Names {
    pub en: Option<String>,
    pub ru: Option<String>,
    pub uz: Option<String>,
}

impl Names {
    pub fn localized(&self, lang: Lang) -> Option<Localized> {
        localized(lang, self.en.as_deref(), self.ru.as_deref(), self.uz.as_deref())
    }
}

/// What to show where picks and computed films are too few, in this order.
#[derive(Clone, Debug, Default)]
pub struct FillUp {
    /// A genre by its slug, and films of it.
    pub genre: Option<(String, Vec<u64>)>,
    pub others: Vec<u64>,
}

/// What is asked of [`beside`].
#[derive(Clone, Debug)]
pub struct Beside<'a> {
    /// These films, none of which is among the answers.
    pub films: &'a [u64],
    pub fill_up: FillUp,
    /// Only what can be bought.
    pub in_stock: bool,
    pub most: usize,
    pub now: OffsetDateTime,
}

/// The films that go with some, with their cards and reasons: picks in their order, then the most alike to all of them
/// together. One statement.
pub async fn beside(conn: &mut Conn, asked: &Beside<'_>) -> sqlx::Result<Vec<Related>> {
    if asked.films.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new("SELECT ");
    query.push(FILM_COLUMNS).push(
        ", CAST(l.place AS SIGNED), l.likeness, CAST(l.score AS SIGNED), p.sold_count, COALESCE(d.name, s.name, g.title_en, b.title_en), \
         COALESCE(d.name, s.name, g.title_ru, b.title_ru), COALESCE(d.name, s.name, g.title_uz, b.title_uz) FROM (",
    );
    push_found(&mut query, asked);
    query.push(
        ") l JOIN products p ON p.id = l.other_id \
         LEFT JOIN people d ON l.likeness IN ('director', 'cast') AND d.id = l.subject_id \
         LEFT JOIN studios s ON l.likeness = 'studio' AND s.id = l.subject_id \
         LEFT JOIN genres g ON l.likeness IN ('genre', 'genre_decade') AND g.id = l.subject_id \
         LEFT JOIN products b ON l.likeness = 'bought' AND b.id = l.subject_id WHERE ",
    );
    push_visible(&mut query, "p", asked.now);
    query.push(" AND p.id NOT IN (");
    push_ids(&mut query, asked.films);
    query.push(if asked.in_stock { ") AND p.in_stock" } else { ")" });
    let found: Vec<Found> = query.build_query_as().fetch_all(conn).await?;
    Ok(best(found, asked.most))
}

/// Picks have the places below; then comes what is bought together, then what is alike, then what fills up.
const COMPUTED: u32 = 1_000;
const ALIKE: u32 = COMPUTED + 1;

/// A film and one thing that speaks for it; those that go with several films are found several times.
struct Found {
    related: Related,
    /// The lower the better.
    place: u32,
    score: u64,
    sold_count: u64,
}

/// Each film once, by its best reason. Ranked here, since the database would keep two tables for the time of the statement
/// to do it, and take twice as long.
fn best(mut found: Vec<Found>, most: usize) -> Vec<Related> {
    found.sort_by_key(|film| (film.related.film.id, film.place, Reverse(film.score)));
    let mut films: Vec<Found> = Vec::new();
    for film in found {
        match films.last_mut().filter(|best| best.related.film.id == film.related.film.id) {
            Some(best) if best.place == film.place => best.score += film.score,
            Some(_) => {}
            None => films.push(film),
        }
    }
    films.sort_by_key(|film| {
        let card = &film.related.film;
        (film.place, Reverse(card.in_stock), Reverse(film.score), Reverse(film.sold_count), card.id)
    });
    films.into_iter().take(most).map(|film| film.related).collect()
}

fn push_found(query: &mut QueryBuilder<MySql>, asked: &Beside<'_>) {
    push_picks(query, asked.films);
    query.push(" UNION ALL SELECT other_id, CASE kind WHEN 'bought' THEN ").push(COMPUTED);
    query.push(" ELSE ").push(ALIKE);
    query.push(" END, reason, subject_id, score FROM recommendations WHERE product_id IN (");
    push_ids(query, asked.films);
    query.push(")");
    push_fill_up(query, asked);
}

/// What the shop picked for these films, and for others in both directions.
fn push_picks(query: &mut QueryBuilder<MySql>, films: &[u64]) {
    query.push(
        "(SELECT other_id, position AS place, NULL AS likeness, NULL AS subject_id, 0 AS score \
         FROM product_related WHERE product_id IN (",
    );
    push_ids(query, films);
    query.push(") ORDER BY position, other_id LIMIT ").push(MOST_PICKS);
    query.push(
        ") UNION ALL (SELECT product_id, 256 + position, NULL, NULL, 0 FROM product_related \
         WHERE kind = 'two_way' AND other_id IN (",
    );
    push_ids(query, films);
    query.push(") ORDER BY position, product_id LIMIT ").push(MOST_PICKS).push(")");
}

/// What fills up is read only where too little was computed: hardly ever.
fn push_fill_up(query: &mut QueryBuilder<MySql>, asked: &Beside<'_>) {
    let FillUp { genre, others } = &asked.fill_up;
    if let Some((slug, films)) = genre.as_ref().filter(|(_, films)| !films.is_empty()) {
        query.push(" UNION ALL SELECT id, ").push(ALIKE + 1);
        query.push(", 'genre', (SELECT id FROM genres WHERE slug = ").push_bind(slug.clone());
        query.push("), 0 FROM products WHERE id IN (");
        push_ids(query, films);
        query.push(") AND ");
        push_is_too_little(query, asked);
    }
    if !others.is_empty() {
        query.push(" UNION ALL SELECT id, ").push(ALIKE + 2);
        query.push(", NULL, NULL, 0 FROM products WHERE id IN (");
        push_ids(query, others);
        query.push(") AND ");
        push_is_too_little(query, asked);
    }
}

fn push_is_too_little(query: &mut QueryBuilder<MySql>, asked: &Beside<'_>) {
    query.push(
        "(SELECT COUNT(DISTINCT r.other_id) FROM recommendations r JOIN products v ON v.id = r.other_id \
         WHERE r.product_id IN (",
    );
    push_ids(query, asked.films);
    query.push(") AND ");
    push_visible(query, "v", asked.now);
    query.push(") < ").push_bind(u32::try_from(asked.most).unwrap_or(u32::MAX));
}

/// Whether a film is shown in the shop.
fn push_visible(query: &mut QueryBuilder<MySql>, film: &str, now: OffsetDateTime) {
    query.push(film).push(".status = 'active' AND (").push(film).push(".publish_at IS NULL OR ");
    query.push(film).push(".publish_at <= ").push_bind(now).push(") AND (").push(film);
    query.push(".unpublish_at IS NULL OR ").push(film).push(".unpublish_at > ").push_bind(now).push(")");
}

/// By position, as [`FilmRow`] is: its columns stand first.
impl FromRow<'_, MySqlRow> for Found {
    fn from_row(row: &MySqlRow) -> sqlx::Result<Self> {
        let film = FilmRow::from_row(row)?;
        // What follows the film.
        let next = FILM_COLUMN_COUNT;
        let place: i64 = row.try_get(next)?;
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let likeness: Option<Likeness> = row.try_get(next + 1)?;
        let score: i64 = row.try_get(next + 2)?;
        let names = Names { en: row.try_get(next + 4)?, ru: row.try_get(next + 5)?, uz: row.try_get(next + 6)? };
        let is_named = names.en.is_some() || names.ru.is_some() || names.uz.is_some();
        let reason = match likeness {
            _ if place < COMPUTED => Reason::Picked,
            Some(likeness) => Reason::Alike(likeness, is_named.then_some(names)),
            None => Reason::None,
        };
        Ok(Self {
            related: Related { film, reason },
            place,
            score: score.unsigned_abs(),
            sold_count: row.try_get::<u32, _>(next + 3)?.into(),
        })
    }
}
