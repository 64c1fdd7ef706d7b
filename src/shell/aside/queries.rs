//! What concerns a customer and a film, or a customer and a list of films: one statement each.

use sqlx::{FromRow, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    catalog::Format,
    orders::queries::OWNED,
    platform::{
        db::Conn,
        i18n::{Lang, Localized, first_filled},
    },
    reviews::ReviewStatus,
};

/// What is known of a customer and a film.
pub(super) struct Found {
    pub product_id: u64,
    pub review: Option<FoundReview>,
    /// The wishlist that everybody has, if the film is on it.
    pub saved_in: Option<u64>,
    /// The formats that were bought and not given back, each with its first order.
    pub owned: Vec<(Format, OffsetDateTime)>,
}

/// What the customer has written about it.
#[derive(Clone, Copy)]
pub(super) struct FoundReview {
    pub id: u64,
    pub status: ReviewStatus,
    pub has_edit: bool,
}

/// By the film's slug of today; none where no film has it.
pub(super) async fn find(conn: &mut Conn, client_id: u64, slug: &str) -> sqlx::Result<Option<Found>> {
    // The customer's orders first: a film may be in the orders of thousands.
    let rows = sqlx::query!(
        "SELECT p.id AS product_id, r.id AS `id?: u64`, r.status AS `status?: ReviewStatus`, \
         r.pending_rating IS NOT NULL AS `has_edit!: bool`, w.id AS `saved_in?: u64`, \
         b.format AS `format?: Format`, b.since AS `since?: OffsetDateTime` FROM products p \
         LEFT JOIN reviews r ON r.product_id = p.id AND r.client_id = ? \
         LEFT JOIN (wishlists w JOIN wishlist_items i ON i.wishlist_id = w.id) \
         ON w.client_id = ? AND w.is_default AND i.product_id = p.id \
         LEFT JOIN (SELECT l.product_id, l.format, MIN(o.placed_at) AS since \
         FROM orders o STRAIGHT_JOIN order_lines l ON l.order_id = o.id \
         WHERE o.client_id = ? AND NOT l.is_gift AND o.status NOT IN ('cancelled', 'refunded') AND l.quantity > l.quantity_refunded \
         GROUP BY l.product_id, l.format) b ON b.product_id = p.id \
         WHERE p.slug = ? ORDER BY b.since, b.format",
        client_id,
        client_id,
        client_id,
        slug
    )
    .fetch_all(conn)
    .await?;
    let owned = rows.iter().filter_map(|row| row.format.zip(row.since)).collect();
    Ok(rows.first().map(|row| Found {
        product_id: row.product_id,
        review: row.id.zip(row.status).map(|(id, status)| FoundReview { id, status, has_edit: row.has_edit }),
        saved_in: row.saved_in,
        owned,
    }))
}

/// A format of a film that a customer has bought and not given back.
#[derive(FromRow)]
pub(super) struct OwnedFilm {
    pub product_id: u64,
    pub slug: String,
    title_en: Option<String>,
    title_ru: Option<String>,
    title_uz: Option<String>,
    pub format: Format,
    pub since: OffsetDateTime,
}

impl OwnedFilm {
    pub fn title(&self, lang: Lang) -> Localized {
        let titles = [&self.title_en, &self.title_ru, &self.title_uz].map(Option::as_deref);
        let (text, lang) = first_filled(lang, titles[0], titles[1], titles[2]).unwrap_or(("", lang));
        Localized { text: text.to_owned(), lang }
    }
}

/// What a customer owns of these films, a film's formats together.
pub(super) async fn owned_of(conn: &mut Conn, client_id: u64, films: &[u64]) -> sqlx::Result<Vec<OwnedFilm>> {
    let mut query = QueryBuilder::new(
        "SELECT l.product_id, p.slug, p.title_en, p.title_ru, p.title_uz, l.format, MIN(o.placed_at) AS since \
         FROM orders o STRAIGHT_JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id \
         WHERE o.client_id = ",
    );
    query.push_bind(client_id).push(" AND ").push(OWNED).push(" AND l.product_id IN (");
    let mut list = query.separated(", ");
    for id in films {
        list.push_bind(id);
    }
    query.push(
        ") GROUP BY l.product_id, p.slug, p.title_en, p.title_ru, p.title_uz, l.format \
         ORDER BY l.product_id, since, l.format",
    );
    query.build_query_as().fetch_all(conn).await
}
