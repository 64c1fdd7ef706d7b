//! Statements of a past: many rows each, with ids that are known before.

mod parcels;

use std::collections::BTreeMap;

use serde_json::json;
use sqlx::{FromRow, MySql, QueryBuilder, query_builder::Separated, types::Json};
use time::OffsetDateTime;

use super::{
    actions::Chunk,
    course::Event,
    customers::Customer,
    draft::{Draft, DraftLine},
    ledger::Entry,
    opinions::Opinion,
};
use crate::{
    catalog::queries::{EDITION_COLUMNS, EditionRow},
    checkout::TERMS_VERSION,
    orders::OrderStatus,
    platform::{bulk::insert, db::Conn},
    pricing::messages::DeliveryMessages,
    reviews::{Reason, score::helpfulness},
    settings::Settings,
};

pub use parcels::insert_parcels;

type Row<'a> = Separated<'a, MySql, &'static str>;

/// Whether the shop has any order.
pub async fn has_orders(conn: &mut Conn) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT EXISTS(SELECT 1 FROM orders) AS "x!: bool""#).fetch_one(conn).await
}

/// The orders of which the sale was certain, and since when, the earliest first.
pub async fn certain_sales(conn: &mut Conn) -> sqlx::Result<Vec<(u64, OffsetDateTime)>> {
    sqlx::query_as(
        "SELECT order_id, MIN(created_at) AS at FROM order_events WHERE kind = 'paid' OR to_status = 'confirmed' \
         GROUP BY order_id ORDER BY at, order_id",
    )
    .fetch_all(conn)
    .await
}

/// The greatest id of each table.
#[derive(Clone, Copy, Debug)]
pub struct LastIds {
    pub products: u64,
    pub clients: u64,
    pub orders: u64,
    pub lines: u64,
    pub events: u64,
    pub movements: u64,
    pub reviews: u64,
}

pub async fn last_ids(conn: &mut Conn) -> sqlx::Result<LastIds> {
    let last = sqlx::query!(
        "SELECT (SELECT MAX(id) FROM products) AS products, (SELECT MAX(id) FROM clients) AS clients, \
         (SELECT MAX(id) FROM orders) AS orders, (SELECT MAX(id) FROM order_lines) AS order_lines, \
         (SELECT MAX(id) FROM order_events) AS events, (SELECT MAX(id) FROM stock_movements) AS movements, \
         (SELECT MAX(id) FROM reviews) AS reviews"
    )
    .fetch_one(conn)
    .await?;
    Ok(LastIds {
        products: last.products.unwrap_or_default(),
        clients: last.clients.unwrap_or_default(),
        orders: last.orders.unwrap_or_default(),
        lines: last.order_lines.unwrap_or_default(),
        events: last.events.unwrap_or_default(),
        movements: last.movements.unwrap_or_default(),
        reviews: last.reviews.unwrap_or_default(),
    })
}

/// An edition with the shelf on which its film stands.
#[derive(FromRow)]
pub struct ShelvedEdition {
    #[sqlx(flatten)]
    pub edition: EditionRow,
    pub category_id: Option<u64>,
}

/// What is sold of the films from one id, which is not among them, to another, film by film.
pub async fn editions_between(
    conn: &mut Conn,
    (after, up_to): (u64, u64),
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ShelvedEdition>> {
    let mut query = QueryBuilder::new("SELECT ");
    query
        .push(EDITION_COLUMNS)
        .push(", p.category_id FROM editions e JOIN products p ON p.id = e.product_id WHERE e.product_id > ");
    query.push_bind(after).push(" AND e.product_id <= ").push_bind(up_to);
    query.push(" AND e.is_active AND p.status = 'active' AND (p.publish_at IS NULL OR p.publish_at <= ");
    query.push_bind(now).push(") ORDER BY e.product_id, e.position, e.id");
    query.build_query_as().fetch_all(conn).await
}

/// Lets the stock with which editions came be there from a moment on.
pub async fn open_shelves(conn: &mut Conn, (after, up_to): (u64, u64), start: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE stock_movements SET created_at = ? \
         WHERE id > ? AND id <= ? AND reason IN ('initial', 'import') AND created_at > ?",
        start,
        after,
        up_to,
        start
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn insert_customers(conn: &mut Conn, customers: &[(Customer, OffsetDateTime)]) -> sqlx::Result<()> {
    const INTO: &str = "INSERT INTO clients (id, public_id, email, phone, name, surname, gender, birth_date, language, \
        client_type, email_verified_at, marketing_consent_at, anonymized_at, created_at, updated_at) ";
    let bind = |mut row: Row<'_>, (customer, at): &(Customer, OffsetDateTime)| {
        let is_open = customer.closed_at.is_none();
        let since = |is: bool| (is && is_open).then_some(*at);
        row.push_bind(customer.id).push_bind(&customer.public_id);
        row.push_bind(is_open.then_some(&customer.email)).push_bind(is_open.then_some(&customer.phone));
        row.push_bind(if is_open { customer.name } else { "" }).push_bind(if is_open { customer.surname } else { "" });
        row.push_bind(customer.gender.filter(|_| is_open)).push_bind(customer.birth_date.filter(|_| is_open));
        row.push_bind(customer.language.code()).push_bind(customer.client_type);
        row.push_bind(since(customer.is_verified)).push_bind(since(customer.has_consented));
        row.push_bind(customer.closed_at).push_bind(*at).push_bind(customer.closed_at.unwrap_or(*at));
    };
    insert(conn, INTO, customers, bind, "").await?;
    insert_addresses(conn, customers).await
}

/// The address book of each customer who has an account: the one address that they have.
async fn insert_addresses(conn: &mut Conn, customers: &[(Customer, OffsetDateTime)]) -> sqlx::Result<()> {
    const INTO: &str = "INSERT INTO addresses (client_id, name, phone, country, region, city, line1, line2, postcode, \
        is_default, created_at, updated_at) ";
    let bind = |mut row: Row<'_>, (customer, at): &&(Customer, OffsetDateTime)| {
        let address = &customer.address;
        row.push_bind(customer.id).push_bind(format!("{} {}", customer.name, customer.surname));
        row.push_bind(&customer.phone).push_bind(&address.country).push_bind(&address.region);
        row.push_bind(&address.city).push_bind(&address.line1).push_bind(&address.line2);
        row.push_bind(&address.postcode).push_bind(true).push_bind(*at).push_bind(*at);
    };
    let open: Vec<_> = customers.iter().filter(|(customer, _)| customer.closed_at.is_none()).collect();
    insert(conn, INTO, &open, bind, "").await
}

pub async fn insert_orders(conn: &mut Conn, chunk: &Chunk, settings: &Settings) -> sqlx::Result<()> {
    const INTO: &str = "INSERT INTO orders (id, number, placement_key, cart_hash, client_id, email, phone, name, \
        surname, language, status, payment_status, payment_type, delivery_type, delivery_name, pickup_point, currency, \
        subtotal_minor, discount_minor, delivery_minor, tax_minor, total_minor, paid_minor, refunded_minor, price_trail, \
        ship_country, ship_region, ship_city, ship_line1, ship_line2, ship_postcode, customer_note, delivery_date, \
        delivery_date_to, terms_version, terms_accepted_at, placed_at, expires_at, needs_attention, version, created_at, \
        updated_at) ";
    let rows: Vec<(u64, &Draft)> = (chunk.first_order..).zip(&chunk.drafts).collect();
    let bind = |mut row: Row<'_>, (id, draft): &(u64, &Draft)| {
        let Draft { customer, course, totals, delivery, .. } = draft;
        row.push_bind(*id).push_bind(&draft.number).push_bind(&draft.placement_key).push_bind(&draft.cart_hash);
        bind_customer(&mut row, customer);
        row.push_bind(course.status()).push_bind(course.payment_status).push_bind(draft.payment_type);
        row.push_bind(delivery.kind).push_bind(DeliveryMessages(customer.language).name(delivery.kind));
        row.push_bind(draft.pickup_point.map_or("", |at| settings.pickup_points[at].name(customer.language)));
        row.push_bind(&settings.currency.code).push_bind(totals.subtotal_minor).push_bind(totals.discount_minor);
        row.push_bind(totals.delivery_minor).push_bind(totals.tax_minor).push_bind(totals.total_minor);
        row.push_bind(draft.paid_minor()).push_bind(draft.refunded_minor()).push_bind(Json(&totals.trail));
        let address = delivery.kind.needs_address().then_some(&customer.address);
        row.push_bind(address.map(|address| &address.country)).push_bind(address.map(|address| &address.region));
        row.push_bind(address.map(|address| &address.city)).push_bind(address.map(|address| &address.line1));
        row.push_bind(address.map(|address| &address.line2)).push_bind(address.map(|address| &address.postcode));
        row.push_bind(draft.note).push_bind(delivery.dates.0).push_bind(delivery.dates.1);
        row.push_bind(TERMS_VERSION).push_bind(draft.placed_at).push_bind(draft.placed_at);
        row.push_bind(draft.expires_at(settings.payment_hold_minutes)).push_bind(course.needs_attention);
        row.push_bind(u32::try_from(course.events.len()).unwrap_or(1)).push_bind(draft.placed_at);
        row.push_bind(course.ended_at());
    };
    insert(conn, INTO, &rows, bind, "").await
}

/// Who it was. Of somebody whose account was closed the books keep that there was one.
fn bind_customer(row: &mut Row<'_>, customer: &Customer) {
    let is_open = customer.closed_at.is_none();
    let pseudonym = || format!("former.{}@customers.example", customer.id.unwrap_or_default());
    row.push_bind(customer.id).push_bind(if is_open { customer.email.clone() } else { pseudonym() });
    row.push_bind(if is_open { customer.phone.as_str() } else { "" });
    row.push_bind(if is_open { customer.name } else { "" }).push_bind(if is_open { customer.surname } else { "" });
    row.push_bind(customer.language.code());
}

/// Title and picture of a film in the language of an order.
pub type Words = BTreeMap<(u64, &'static str), (String, String)>;

pub async fn insert_lines(conn: &mut Conn, chunk: &Chunk, words: &Words) -> sqlx::Result<()> {
    const INTO: &str = "INSERT INTO order_lines (id, order_id, edition_id, product_id, sku, title, format, image, \
        quantity, unit_price_minor, tax_minor, tax_rate_bp, total_minor, quantity_shipped, quantity_refunded, \
        created_at, updated_at) ";
    let of_order = |(id, draft)| {
        let draft: &Draft = draft;
        draft.lines.iter().map(move |line| (id, draft, line))
    };
    let lines = (chunk.first_order..).zip(&chunk.drafts).flat_map(of_order);
    let rows: Vec<(u64, (u64, &Draft, &DraftLine))> = (chunk.first_line..).zip(lines).collect();
    let bind = |mut row: Row<'_>, (id, (order, draft, line)): &(u64, (u64, &Draft, &DraftLine))| {
        let edition = &line.edition;
        let (title, image) =
            words.get(&(edition.product_id, draft.customer.language.code())).cloned().unwrap_or_default();
        let units = |is: bool| if is { line.quantity } else { 0 };
        row.push_bind(*id).push_bind(*order).push_bind(edition.id).push_bind(edition.product_id);
        row.push_bind(&edition.sku).push_bind(title).push_bind(edition.format).push_bind(image);
        row.push_bind(line.quantity).push_bind(line.price.unit_price_minor).push_bind(line.sums.tax_minor);
        row.push_bind(line.price.tax_rate_bp).push_bind(line.sums.total_minor);
        let is_sent = draft.course.is_shipped() && draft.delivery.kind.needs_address();
        row.push_bind(units(is_sent && !edition.format.is_digital()));
        row.push_bind(units(draft.course.is_refunded()));
        row.push_bind(draft.placed_at).push_bind(draft.course.ended_at());
    };
    insert(conn, INTO, &rows, bind, "").await
}

pub async fn insert_events(conn: &mut Conn, chunk: &Chunk) -> sqlx::Result<()> {
    const INTO: &str =
        "INSERT INTO order_events (id, order_id, kind, from_status, to_status, actor, is_public, data, created_at) ";
    let of_order = |(id, draft)| {
        let draft: &Draft = draft;
        draft.course.events.iter().map(move |event| (id, event))
    };
    let events = (chunk.first_order..).zip(&chunk.drafts).flat_map(of_order);
    let rows: Vec<(u64, (u64, &Event))> = (chunk.first_event..).zip(events).collect();
    let bind = |mut row: Row<'_>, (id, (order, event)): &(u64, (u64, &Event))| {
        let word = |status: Option<OrderStatus>| status.map(OrderStatus::word);
        row.push_bind(*id).push_bind(*order).push_bind(event.kind).push_bind(word(event.from));
        row.push_bind(word(event.to)).push_bind(event.actor).push_bind(event.is_public);
        row.push_bind(event.reason.map(|reason| Json(json!({ "reason": reason })))).push_bind(event.at);
    };
    insert(conn, INTO, &rows, bind, "").await
}

pub async fn insert_entries(conn: &mut Conn, chunk: &Chunk) -> sqlx::Result<()> {
    const INTO: &str = "INSERT INTO stock_movements (id, edition_id, delta, reason, order_line_id, actor, \
        balance_after, created_at) ";
    let rows: Vec<(u64, &Entry)> = (chunk.first_entry..).zip(&chunk.entries).collect();
    let bind = |mut row: Row<'_>, (id, entry): &(u64, &Entry)| {
        row.push_bind(*id).push_bind(entry.edition_id).push_bind(entry.delta).push_bind(entry.reason);
        row.push_bind(entry.order_line_id).push_bind(entry.actor).push_bind(entry.balance).push_bind(entry.at);
    };
    insert(conn, INTO, &rows, bind, "").await
}

pub async fn insert_opinions(conn: &mut Conn, chunk: &Chunk) -> sqlx::Result<()> {
    const INTO: &str = "INSERT INTO reviews (id, product_id, client_id, rating, title, body, has_spoiler, status, \
        is_featured, is_verified_buyer, pending_rating, pending_title, pending_body, pending_has_spoiler, moderated_at, \
        reason, reply, replied_at, helpful_up, helpful_down, helpful_score, reports, queued_at, created_at, updated_at) ";
    let rows: Vec<(u64, &Opinion)> = (chunk.first_opinion..).zip(&chunk.opinions).collect();
    let bind = |mut row: Row<'_>, (id, opinion): &(u64, &Opinion)| {
        let (pending, up, down) = (opinion.pending.as_ref(), opinion.voted(true), opinion.voted(false));
        row.push_bind(*id).push_bind(opinion.product_id).push_bind(opinion.client_id).push_bind(opinion.rating);
        row.push_bind(opinion.title).push_bind(&opinion.body).push_bind(opinion.has_spoiler);
        row.push_bind(opinion.status).push_bind(opinion.is_featured).push_bind(true);
        row.push_bind(pending.map(|(rating, _)| *rating)).push_bind(pending.map(|_| opinion.title));
        row.push_bind(pending.map(|(_, body)| body)).push_bind(pending.map(|_| opinion.has_spoiler));
        row.push_bind(opinion.moderated_at).push_bind(opinion.reason.map_or("", Reason::word)).push_bind(opinion.reply);
        row.push_bind(opinion.reply.and(opinion.moderated_at)).push_bind(up).push_bind(down);
        row.push_bind(helpfulness(up, down)).push_bind(u32::try_from(opinion.reports.len()).unwrap_or_default());
        row.push_bind(opinion.queued_at()).push_bind(opinion.created_at);
        row.push_bind(opinion.moderated_at.unwrap_or(opinion.created_at));
    };
    insert(conn, INTO, &rows, bind, "").await
}

/// Votes of readers, and their complaints.
pub async fn insert_voices(conn: &mut Conn, chunk: &Chunk) -> sqlx::Result<()> {
    const VOTES: &str = "INSERT INTO review_votes (review_id, client_id, is_helpful, created_at, updated_at) ";
    const REPORTS: &str = "INSERT INTO review_reports (review_id, client_id, reason, created_at, updated_at) ";
    let opinions = || (chunk.first_opinion..).zip(&chunk.opinions);
    let votes: Vec<_> = opinions().flat_map(|(id, it)| it.votes.iter().map(move |vote| (id, it, vote))).collect();
    let vote = |mut row: Row<'_>, (id, it, (reader, is_helpful)): &(u64, &Opinion, &(u64, bool))| {
        row.push_bind(*id)
            .push_bind(*reader)
            .push_bind(*is_helpful)
            .push_bind(it.moderated_at)
            .push_bind(it.moderated_at);
    };
    insert(conn, VOTES, &votes, vote, "").await?;
    let reports: Vec<_> =
        opinions().flat_map(|(id, it)| it.reports.iter().map(move |report| (id, it, report))).collect();
    let report = |mut row: Row<'_>, (id, it, (reader, reason)): &(u64, &Opinion, &(u64, Reason))| {
        row.push_bind(*id).push_bind(*reader).push_bind(*reason).push_bind(it.moderated_at).push_bind(it.moderated_at);
    };
    insert(conn, REPORTS, &reports, report, "").await
}

/// Counts what was sold of these films: what was not cancelled.
pub async fn count_sold(conn: &mut Conn, products: &[u64]) -> sqlx::Result<()> {
    let mut query = QueryBuilder::new(
        "UPDATE products p SET p.sold_count = (SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l \
         JOIN orders o ON o.id = l.order_id WHERE l.product_id = p.id AND o.status <> 'cancelled') WHERE p.id IN (",
    );
    let mut list = query.separated(", ");
    for id in products {
        list.push_bind(*id);
    }
    query.push(")");
    query.build().execute(conn).await?;
    Ok(())
}
