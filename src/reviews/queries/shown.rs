//! What everybody sees of a film's reviews: those that are approved, and of them only what was approved.

use sqlx::{FromRow, MySql, QueryBuilder};
use time::OffsetDateTime;

use crate::{platform::db::Conn, word_enum};

word_enum! {
    pub Sort {
        Newest = "newest",
        Helpful = "helpful",
        Highest = "highest",
        Lowest = "lowest",
    }
}

impl Sort {
    const fn columns(self) -> &'static str {
        match self {
            Self::Newest => "r.created_at DESC, r.id DESC",
            Self::Helpful => "r.helpful_score DESC, r.id DESC",
            Self::Highest => "r.rating DESC, r.helpful_score DESC, r.id DESC",
            Self::Lowest => "r.rating, r.helpful_score DESC, r.id DESC",
        }
    }
}

/// Which reviews of a film are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub product_id: u64,
    /// Featured ones first and then the most helpful where there is none.
    pub sort: Option<Sort>,
    /// Those with so many stars only.
    pub rating: Option<u8>,
    /// Left out, and shown at most.
    pub slice: (u32, u32),
}

/// A review as everybody sees it.
#[derive(Clone, Debug)]
pub struct ShownReview {
    pub id: u64,
    pub rating: u8,
    pub title: String,
    pub body: String,
    pub has_spoiler: bool,
    pub is_featured: bool,
    pub is_verified_buyer: bool,
    pub reply: Option<String>,
    pub helpful_up: u32,
    pub created_at: OffsetDateTime,
    /// First name, and surname; none of somebody who has left.
    pub author: Option<(String, String)>,
}

/// How many reviews have one star, two, and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Histogram(pub [i64; 5]);

impl Histogram {
    pub fn count(&self) -> i64 {
        self.0.iter().sum()
    }

    /// How many have so many stars.
    pub fn of(&self, stars: u8) -> i64 {
        usize::from(stars).checked_sub(1).and_then(|place| self.0.get(place)).copied().unwrap_or(0)
    }

    /// The mean in hundredths of a star, rounded down as in `products.rating_avg`; none of no reviews.
    pub fn hundredths(&self) -> Option<u32> {
        let stars: i64 = (1..).zip(self.0).map(|(stars, count)| stars * count).sum();
        u32::try_from((stars * 100).checked_div(self.count())?).ok()
    }
}

/// One row a review, each with the whole histogram; one row without a review where there is none to show.
#[derive(FromRow)]
struct Row {
    stars_1: i64,
    stars_2: i64,
    stars_3: i64,
    stars_4: i64,
    stars_5: i64,
    id: Option<u64>,
    rating: Option<u8>,
    title: Option<String>,
    body: Option<String>,
    has_spoiler: Option<bool>,
    is_featured: Option<bool>,
    is_verified_buyer: Option<bool>,
    reply: Option<String>,
    helpful_up: Option<u32>,
    created_at: Option<OffsetDateTime>,
    name: Option<String>,
    surname: Option<String>,
}

impl Row {
    fn review(self) -> Option<ShownReview> {
        Some(ShownReview {
            id: self.id?,
            rating: self.rating?,
            title: self.title?,
            body: self.body?,
            has_spoiler: self.has_spoiler?,
            is_featured: self.is_featured?,
            is_verified_buyer: self.is_verified_buyer?,
            reply: self.reply,
            helpful_up: self.helpful_up?,
            created_at: self.created_at?,
            author: self.name.zip(self.surname),
        })
    }
}

/// The histogram of all approved reviews of a film, and those that are asked for, in one statement.
pub async fn shown(conn: &mut Conn, asked: &Asked) -> sqlx::Result<(Histogram, Vec<ShownReview>)> {
    let mut query = QueryBuilder::new("SELECT h.*, r.* FROM (SELECT ");
    for stars in 1..=5_u8 {
        query.push("CAST(COALESCE(SUM(rating = ").push_bind(stars).push("), 0) AS SIGNED) AS stars_").push(stars);
        query.push(if stars < 5 { ", " } else { "" });
    }
    query.push(" FROM reviews WHERE status = 'approved' AND product_id = ").push_bind(asked.product_id);
    query.push(") h LEFT JOIN (");
    push_reviews(&mut query, asked);
    query.push(") r ON TRUE ORDER BY ");
    push_order(&mut query, asked.sort);
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    let histogram = rows.first().map_or_else(Histogram::default, |row| {
        Histogram([row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5])
    });
    Ok((histogram, rows.into_iter().filter_map(Row::review).collect()))
}

fn push_reviews(query: &mut QueryBuilder<MySql>, asked: &Asked) {
    query.push(
        "SELECT r.id, r.rating, r.title, r.body, r.has_spoiler, r.is_featured, r.is_verified_buyer, r.reply, \
         r.helpful_up, r.helpful_score, r.created_at, c.name, c.surname FROM reviews r \
         LEFT JOIN clients c ON c.id = r.client_id AND c.anonymized_at IS NULL \
         WHERE r.status = 'approved' AND r.product_id = ",
    );
    query.push_bind(asked.product_id);
    if let Some(rating) = asked.rating {
        query.push(" AND r.rating = ").push_bind(rating);
    }
    query.push(" ORDER BY ");
    push_order(query, asked.sort);
    let (skipped, most) = asked.slice;
    query.push(" LIMIT ").push_bind(most).push(" OFFSET ").push_bind(skipped);
}

fn push_order(query: &mut QueryBuilder<MySql>, sort: Option<Sort>) {
    match sort {
        Some(sort) => query.push(sort.columns()),
        None => query.push("r.is_featured DESC, ").push(Sort::Helpful.columns()),
    };
}

#[cfg(test)]
mod tests {
    use super::Histogram;

    #[test]
    fn the_mean_of_a_histogram_is_rounded_down_to_hundredths() {
        assert_eq!(Histogram([0, 0, 0, 1, 2]).hundredths(), Some(466));
        assert_eq!(Histogram([1, 0, 0, 0, 1]).hundredths(), Some(300));
        assert_eq!(Histogram::default().hundredths(), None);
        assert_eq!(Histogram([3, 0, 0, 1, 2]).count(), 6);
    }
}
