//! What a page reads: one statement for films and the reasons.

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
    query.push(FILM_COLUMNS).push(", r.place < ").push(COMPUTED).push(
        ", r.likeness, COALESCE(d.name, s.name, g.title_en, b.title_en), COALESCE(d.name, s.name, g.title_ru, b.title_ru), \
         COALESCE(d.name, s.name, g.title_uz, b.title_uz) FROM (",
    );
    push_best(&mut query, asked);
    query.push(
        ") r JOIN products p ON p.id = r.other_id \
         LEFT JOIN people d ON r.likeness IN ('director', 'cast') AND d.id = r.subject_id \
         LEFT JOIN studios s ON r.likeness = 'studio' AND s.id = r.subject_id \
         LEFT JOIN genres g ON r.likeness IN ('genre', 'genre_decade') AND g.id = r.subject_id \
         LEFT JOIN products b ON r.likeness = 'bought' AND b.id = r.subject_id \
         ORDER BY r.place, p.in_stock DESC, r.total DESC, p.sold_count DESC, p.id",
    );
    query.build_query_as().fetch_all(conn).await
}

/// Picks have the places below; then comes what is bought together, then what is alike, then what fills up.
const COMPUTED: u32 = 1_000;
const ALIKE: u32 = COMPUTED + 1;

/// Each film once, by its best reason.
fn push_best(query: &mut QueryBuilder<MySql>, asked: &Beside<'_>) {
    query.push(
        "SELECT c.other_id, c.place, c.likeness, c.subject_id, c.total FROM (SELECT l.other_id, l.place, l.likeness, \
         l.subject_id, ROW_NUMBER() OVER (PARTITION BY l.other_id ORDER BY l.place, l.score DESC, l.product_id) AS nth, \
         SUM(l.score) OVER (PARTITION BY l.other_id, l.place) AS total FROM (",
    );
    push_picks(query, asked.films);
    query.push(" UNION ALL SELECT product_id, other_id, CASE kind WHEN 'bought' THEN ").push(COMPUTED);
    query.push(" ELSE ").push(ALIKE);
    query.push(" END, reason, subject_id, score FROM recommendations WHERE product_id IN (");
    push_ids(query, asked.films);
    query.push(")");
    push_fill_up(query, &asked.fill_up);
    query.push(") l) c JOIN products v ON v.id = c.other_id WHERE c.nth = 1 AND v.status = 'active' AND (v.publish_at IS NULL OR v.publish_at <= ");
    query.push_bind(asked.now).push(") AND (v.unpublish_at IS NULL OR v.unpublish_at > ").push_bind(asked.now);
    query.push(") AND c.other_id NOT IN (");
    push_ids(query, asked.films);
    query.push(if asked.in_stock { ") AND v.in_stock" } else { ")" });
    query.push(" ORDER BY c.place, v.in_stock DESC, c.total DESC, v.sold_count DESC, v.id LIMIT ");
    query.push_bind(u32::try_from(asked.most).unwrap_or(u32::MAX));
}

/// What the shop picked for these films, and for others in both directions.
fn push_picks(query: &mut QueryBuilder<MySql>, films: &[u64]) {
    query.push(
        "(SELECT product_id, other_id, position AS place, NULL AS likeness, NULL AS subject_id, 0 AS score \
         FROM product_related WHERE product_id IN (",
    );
    push_ids(query, films);
    query.push(") ORDER BY position, other_id LIMIT ").push(MOST_PICKS);
    query.push(
        ") UNION ALL (SELECT other_id, product_id, 256 + position, NULL, NULL, 0 FROM product_related \
         WHERE kind = 'two_way' AND other_id IN (",
    );
    push_ids(query, films);
    query.push(") ORDER BY position, product_id LIMIT ").push(MOST_PICKS).push(")");
}

fn push_fill_up(query: &mut QueryBuilder<MySql>, fill_up: &FillUp) {
    if let Some((slug, films)) = fill_up.genre.as_ref().filter(|(_, films)| !films.is_empty()) {
        query.push(" UNION ALL SELECT 0, pg.product_id, ").push(ALIKE + 1);
        query
            .push(", 'genre', pg.genre_id, 0 FROM product_genres pg JOIN genres h ON h.id = pg.genre_id AND h.slug = ");
        query.push_bind(slug.clone()).push(" WHERE pg.product_id IN (");
        push_ids(query, films);
        query.push(")");
    }
    if !fill_up.others.is_empty() {
        query.push(" UNION ALL SELECT 0, id, ").push(ALIKE + 2);
        query.push(", NULL, NULL, 0 FROM products WHERE id IN (");
        push_ids(query, &fill_up.others);
        query.push(")");
    }
}

/// By position, as [`FilmRow`] is: its columns stand first.
impl FromRow<'_, MySqlRow> for Related {
    fn from_row(row: &MySqlRow) -> sqlx::Result<Self> {
        let film = FilmRow::from_row(row)?;
        // What follows the film.
        let next = FILM_COLUMN_COUNT;
        let is_picked: i64 = row.try_get(next)?;
        let likeness: Option<Likeness> = row.try_get(next + 1)?;
        let names = Names { en: row.try_get(next + 2)?, ru: row.try_get(next + 3)?, uz: row.try_get(next + 4)? };
        let is_named = names.en.is_some() || names.ru.is_some() || names.uz.is_some();
        let reason = match likeness {
            _ if is_picked != 0 => Reason::Picked,
            Some(likeness) => Reason::Alike(likeness, is_named.then_some(names)),
            None => Reason::None,
        };
        Ok(Self { film, reason })
    }
}
