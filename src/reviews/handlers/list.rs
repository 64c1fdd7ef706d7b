//! The reviews of a film, for everybody.

use axum::extract::Path;

use crate::{
    catalog::{
        FILM_TTL, ProductStatus, film_tag,
        queries::{FilmRow, film_at, is_gone},
    },
    platform::{
        clock,
        db::{Conn, Database},
        error::{Error, OrNotFound, Result},
        http::{Fields, Page, PageContext},
    },
    reviews::{
        address::ReviewsAddress,
        queries::{Asked, shown},
        reviews_tag,
        views::ReviewsPage,
    },
};

/// `GET /films/{slug}/reviews`: `sort`, `rating`, `page`.
pub async fn list(context: PageContext, db: Database, Path(slug): Path<String>) -> Result<Page<ReviewsPage>> {
    let address = ReviewsAddress::parse(&Fields::parse(context.query.as_bytes())?);
    let mut conn = db.conn().await?;
    let film = film_to_review(&mut conn, &slug).await?;
    if film.slug != slug {
        return Err(Error::Moved(context.href(&address.path(&film.slug))));
    }
    let asked = Asked { product_id: film.id, sort: Some(address.sort), rating: address.rating, slice: address.slice() };
    let (histogram, reviews) = shown(&mut conn, &asked).await?;
    let page = ReviewsPage::new(&context, &film, address, (&histogram, &reviews)).or_not_found()?;
    Ok(Page::new(page).kept(FILM_TTL, [film_tag(film.id), reviews_tag(film.id)]))
}

/// The film of this address; what is no longer sold has kept its reviews.
pub(super) async fn film_to_review(conn: &mut Conn, slug: &str) -> Result<FilmRow> {
    let Some(film) = film_at(conn, slug).await? else {
        return Err(if is_gone(conn, slug).await? { Error::Gone } else { Error::NotFound });
    };
    let is_seen = film.status == ProductStatus::Archived || film.is_visible(clock::now());
    Some(film).filter(|_| is_seen).or_not_found()
}
