//! What moderators see.

use sqlx::{FromRow, MySql, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    platform::db::Conn,
    reviews::{Draft, Queue, Reason, ReviewStatus},
    word_enum,
};

word_enum! {
    /// The shelves of the desk: what waits, and what was decided.
    pub Shelf {
        New = "pending",
        Edited = "edited",
        Reported = "reported",
        Approved = "approved",
        Rejected = "rejected",
    }
}

impl Shelf {
    const fn queue(self) -> Option<Queue> {
        match self {
            Self::New => Some(Queue::New),
            Self::Edited => Some(Queue::Edited),
            Self::Reported => Some(Queue::Reported),
            Self::Approved | Self::Rejected => None,
        }
    }
}

/// Where a review stands on its shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub at: OffsetDateTime,
    pub id: u64,
}

/// A review with all that somebody needs who decides about it.
#[derive(Clone, Debug)]
pub struct DeskReview {
    pub id: u64,
    pub version: u32,
    pub status: ReviewStatus,
    pub text: Draft,
    /// What its author wants to stand there instead.
    pub edit: Option<Draft>,
    pub is_featured: bool,
    pub is_verified_buyer: bool,
    pub reports: u32,
    /// What readers complain of, each reason once.
    pub complaints: Vec<Reason>,
    pub reason: Option<Reason>,
    pub reply: Option<String>,
    pub queued_at: OffsetDateTime,
    pub created_at: OffsetDateTime,
    /// First name, and surname; none of somebody who has left.
    pub author: Option<(String, String)>,
    pub product_id: u64,
}

#[derive(FromRow)]
struct Row {
    id: u64,
    version: u32,
    status: ReviewStatus,
    rating: u8,
    title: String,
    body: String,
    has_spoiler: bool,
    pending_rating: Option<u8>,
    pending_title: Option<String>,
    pending_body: Option<String>,
    pending_has_spoiler: Option<bool>,
    is_featured: bool,
    is_verified_buyer: bool,
    reports: u32,
    complaints: Option<String>,
    reason: String,
    reply: Option<String>,
    queued_at: OffsetDateTime,
    created_at: OffsetDateTime,
    name: Option<String>,
    surname: Option<String>,
    product_id: u64,
}

impl Row {
    fn edit(&self) -> Option<Draft> {
        Some(Draft {
            rating: self.pending_rating?,
            title: self.pending_title.clone()?,
            body: self.pending_body.clone()?,
            has_spoiler: self.pending_has_spoiler.unwrap_or(self.has_spoiler),
        })
    }
}

impl From<Row> for DeskReview {
    fn from(row: Row) -> Self {
        let edit = row.edit();
        let complaints = row.complaints.as_deref().unwrap_or_default();
        Self {
            id: row.id,
            version: row.version,
            status: row.status,
            text: Draft { rating: row.rating, title: row.title, body: row.body, has_spoiler: row.has_spoiler },
            edit,
            is_featured: row.is_featured,
            is_verified_buyer: row.is_verified_buyer,
            reports: row.reports,
            complaints: complaints.split(',').filter_map(Reason::from_word).collect(),
            reason: Reason::from_word(&row.reason),
            reply: row.reply,
            queued_at: row.queued_at,
            created_at: row.created_at,
            author: row.name.zip(row.surname),
            product_id: row.product_id,
        }
    }
}

const COLUMNS: &str = "SELECT r.id, r.version, r.status, r.rating, r.title, r.body, r.has_spoiler, r.pending_rating, \
     r.pending_title, r.pending_body, r.pending_has_spoiler, r.is_featured, r.is_verified_buyer, r.reports, \
     (SELECT GROUP_CONCAT(DISTINCT c.reason) FROM review_reports c WHERE c.review_id = r.id) AS complaints, \
     r.reason, r.reply, r.queued_at, r.created_at, c.name, c.surname, r.product_id FROM ";
const AUTHOR: &str = " LEFT JOIN clients c ON c.id = r.client_id AND c.anonymized_at IS NULL ";

/// The reviews of a shelf behind a place: what waits longest first, what was decided newest first.
pub async fn of_shelf(
    conn: &mut Conn,
    shelf: Shelf,
    behind: Option<Place>,
    most: u32,
) -> sqlx::Result<Vec<DeskReview>> {
    let order = if shelf.queue().is_some() { "r.queued_at, r.id" } else { "r.created_at DESC, r.id DESC" };
    let mut query = QueryBuilder::new(COLUMNS);
    // Their ids come from the index alone, which begins at the place, however deep it lies.
    query.push("(SELECT r.id FROM reviews r WHERE ");
    push_shelf(&mut query, shelf, behind);
    query.push(" ORDER BY ").push(order).push(" LIMIT ").push_bind(most);
    query.push(") page JOIN reviews r ON r.id = page.id").push(AUTHOR).push("ORDER BY ").push(order);
    let rows: Vec<Row> = query.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(DeskReview::from).collect())
}

fn push_shelf(query: &mut QueryBuilder<MySql>, shelf: Shelf, behind: Option<Place>) {
    if let Some(queue) = shelf.queue() {
        query.push("r.queue = ").push_bind(queue);
        if let Some(Place { at, id }) = behind {
            query.push(" AND r.queued_at >= ").push_bind(at).push(" AND (r.queued_at > ").push_bind(at);
            query.push(" OR r.id > ").push_bind(id).push(")");
        }
    } else {
        query.push("r.status = ").push_bind(shelf.word());
        if let Some(Place { at, id }) = behind {
            query.push(" AND r.created_at <= ").push_bind(at).push(" AND (r.created_at < ").push_bind(at);
            query.push(" OR r.id < ").push_bind(id).push(")");
        }
    }
}

impl DeskReview {
    /// Where it stands on a shelf.
    pub const fn place(&self, shelf: Shelf) -> Place {
        let at = if shelf.queue().is_some() { self.queued_at } else { self.created_at };
        Place { at, id: self.id }
    }
}

pub async fn find(conn: &mut Conn, id: u64) -> sqlx::Result<Option<DeskReview>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push("reviews r").push(AUTHOR).push("WHERE r.id = ").push_bind(id);
    let row: Option<Row> = query.build_query_as().fetch_optional(conn).await?;
    Ok(row.map(DeskReview::from))
}

/// Nobody reads a number beyond this one.
const MOST: i64 = 1_000;

/// How many wait on each shelf; no more than a thousand are counted.
pub async fn waiting(conn: &mut Conn) -> sqlx::Result<Vec<(Queue, i64)>> {
    let mut query = QueryBuilder::new("");
    for (at, queue) in Queue::ALL.iter().enumerate() {
        query.push(if at == 0 { "SELECT " } else { " UNION ALL SELECT " }).push_bind(*queue);
        query.push(", COUNT(*) FROM (SELECT 1 FROM reviews WHERE queue = ").push_bind(*queue);
        query.push(" LIMIT ").push_bind(MOST).push(") AS some");
    }
    query.build_query_as().fetch_all(conn).await
}
