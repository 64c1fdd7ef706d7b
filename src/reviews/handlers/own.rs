//! All that a customer has written.

use crate::{
    accounts::Customer,
    catalog::queries::films,
    platform::{
        db::Database,
        error::{OrNotFound, Result},
        http::{Fields, Page, PageContext},
    },
    reviews::{address::ReviewsAddress, queries::own_reviews, views::OwnPage},
};

/// `GET /account/reviews`: `page`.
pub async fn own(context: PageContext, db: Database, customer: Customer) -> Result<Page<OwnPage>> {
    let page = ReviewsAddress::parse(&Fields::parse(context.query.as_bytes())?).page;
    let mut conn = db.conn().await?;
    let (all, reviews) = own_reviews(&mut conn, customer.id, ReviewsAddress::default().on_page(page).slice()).await?;
    let ids: Vec<u64> = reviews.iter().map(|review| review.product_id).collect();
    let films = films(&mut conn, &ids).await?;
    Ok(Page::new(OwnPage::new(&context, page, all, (&reviews, &films)).or_not_found()?))
}
