//! `/admin/reviews`

mod decide;

use axum::{
    extract::{Path, RawQuery},
    response::{IntoResponse, Response},
};
pub use decide::{approve, decide_all, feature, reject, reply};
use time::OffsetDateTime;

use super::views::{ReviewPage, ShelfView};
use crate::{
    catalog::queries::films,
    platform::{
        db::{Conn, Database},
        error::{OrNotFound, Result},
        http::{Fields, Page, PageContext},
    },
    reviews::queries::desk::{self, Place, Shelf},
    staff::Employee,
};

/// Reviews of a page.
const PAGE: u32 = 25;
pub(super) const MAX_REPLY_CHARS: u16 = 2_000;

/// `GET /admin/reviews`: `status` is a shelf's word; `behind` of the pages that follow the first.
pub async fn list(
    context: PageContext,
    employee: Employee,
    db: Database,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes())?;
    let shelf = Shelf::from_word(fields.get("status")).unwrap_or(Shelf::New);
    let mut conn = db.conn().await?;
    let mut reviews = desk::of_shelf(&mut conn, shelf, place(fields.get("behind")), PAGE + 1).await?;
    let has_more = reviews.len() > PAGE as usize;
    reviews.truncate(PAGE as usize);
    let last = reviews.last().filter(|_| has_more).map(|review| review.place(shelf));
    let older =
        last.map(|place| context.href(&format!("/admin/reviews?status={}&behind={}", shelf.word(), written(place))));
    let ids: Vec<u64> = reviews.iter().map(|review| review.product_id).collect();
    let films = films(&mut conn, &ids).await?;
    let waiting = desk::waiting(&mut conn).await?;
    Ok(Page::new(ShelfView::new(&context, &employee, shelf, (&reviews, &films, &waiting), older)).into_response())
}

/// `GET /admin/reviews/{id}`
pub async fn show(
    context: PageContext,
    employee: Employee,
    db: Database,
    Path(id): Path<u64>,
) -> Result<Page<ReviewPage>> {
    Ok(Page::new(review_page(&mut db.conn().await?, &context, &employee, id).await?))
}

/// The page of a review as it is now.
async fn review_page(conn: &mut Conn, context: &PageContext, employee: &Employee, id: u64) -> Result<ReviewPage> {
    let review = desk::find(conn, id).await?.or_not_found()?;
    let films = films(conn, &[review.product_id]).await?;
    ReviewPage::new(context, employee, &review, &films).or_not_found()
}

/// Microseconds and number, as [`written`] writes them.
fn place(text: &str) -> Option<Place> {
    let (micros, id) = text.split_once('-')?;
    let nanos = micros.parse::<i128>().ok()?.checked_mul(1_000)?;
    let at = OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?;
    Some(Place { at, id: id.parse().ok()? })
}

fn written(place: Place) -> String {
    format!("{}-{}", place.at.unix_timestamp_nanos() / 1_000, place.id)
}
