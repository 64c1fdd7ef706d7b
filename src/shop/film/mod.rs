//! A film's own page: what is shown of it, and where its old addresses lead.

mod present;
mod structured;

use std::sync::Arc;

use axum::extract::{Path, State};
use time::OffsetDateTime;

use super::views::FilmPage;
use crate::{
    catalog::{
        FILM_TTL, LISTS_TAG, ProductStatus, film_tag,
        index::{Category, Filters, Index, Page as IndexPage, Shelf, Sort},
        is_visible, lowest_price,
        queries::{self, EditionRow, FilmLink, FilmRow, LinkKind, ProductRow},
    },
    platform::{
        clock,
        db::{Conn, Database},
        error::{Error, Result},
        http::{Fields, Page, PageContext},
    },
    recommendations::{self, Beside, FillUp, Related},
    reviews::{
        queries::{Asked, Histogram, ShownReview, shown},
        reviews_tag,
    },
    settings::Settings,
};

/// So many films are offered beside one that is no longer sold.
const ALTERNATIVES: usize = 6;
/// So many reviews stand on the page itself.
const FIRST_REVIEWS: u32 = 3;

/// All that a film's page is made of, as of one moment.
struct Film {
    product: ProductRow,
    /// What is sold of it; nothing of an archived film.
    editions: Vec<EditionRow>,
    /// The edition that the visitor looks at, an index of `editions`.
    chosen: Option<usize>,
    lowest_before: Option<i64>,
    links: Vec<FilmLink>,
    /// The way to its category, root first.
    categories: Vec<Category>,
    /// Of an archived film: others.
    alternatives: Vec<FilmRow>,
    /// Of any other film: what goes with it.
    related: Vec<Related>,
    /// How its reviews are spread, and the first of them.
    reviews: (Histogram, Vec<ShownReview>),
    now: OffsetDateTime,
}

impl Film {
    fn is_archived(&self) -> bool {
        self.product.film.status == ProductStatus::Archived
    }

    fn chosen(&self) -> Option<&EditionRow> {
        self.editions.get(self.chosen?)
    }

    /// What its page shows.
    fn tags(&self) -> Vec<String> {
        let others = self.alternatives.iter().chain(self.related.iter().map(|related| &related.film));
        let films = [&self.product.film].into_iter().chain(others);
        let mut tags: Vec<String> = films.map(|film| film_tag(film.id)).collect();
        tags.push(reviews_tag(self.product.film.id));
        // Which films are offered instead depends on all of them.
        tags.extend(self.is_archived().then(|| LISTS_TAG.to_owned()));
        tags
    }

    fn links(&self, kind: LinkKind) -> impl Iterator<Item = &FilmLink> {
        self.links.iter().filter(move |link| link.kind == kind)
    }
}

pub async fn show(
    ctx: PageContext,
    db: Database,
    State(index): State<Arc<Index>>,
    State(settings): State<Arc<Settings>>,
    Path(slug): Path<String>,
) -> Result<Page<FilmPage>> {
    let query = Fields::parse(ctx.query.as_bytes())?;
    let now = clock::now();
    let mut conn = db.conn().await?;
    let (product, editions) = find(&mut conn, &ctx, &slug, now).await?;
    let film = if product.film.status == ProductStatus::Archived {
        load_archived(&mut conn, &index, product, now).await?
    } else {
        load(&mut conn, &index, (product, editions), query.get("edition"), now).await?
    };
    let page = Page::new(present::page(&ctx, &settings, &film));
    Ok(page.kept(FILM_TTL, film.tags()))
}

/// The film of this address, if it may be seen; old addresses lead to the present one in one step.
async fn find(
    conn: &mut Conn,
    ctx: &PageContext,
    slug: &str,
    now: OffsetDateTime,
) -> Result<(ProductRow, Vec<EditionRow>)> {
    let Some((product, editions)) = queries::product_at(conn, slug).await? else {
        return Err(if queries::is_gone(conn, slug).await? { Error::Gone } else { Error::NotFound });
    };
    let film = &product.film;
    if film.status != ProductStatus::Archived && !film.is_visible(now) {
        return Err(Error::NotFound);
    }
    if film.slug != slug {
        return Err(Error::Moved(ctx.href(&format!("/films/{}", film.slug))));
    }
    Ok((product, editions))
}

/// Four statements for most films; one more for a film with reviews, and one for the price before a sale.
async fn load(
    conn: &mut Conn,
    index: &Index,
    (product, editions): (ProductRow, Vec<EditionRow>),
    sku: &str,
    now: OffsetDateTime,
) -> Result<Film> {
    let chosen = choose(&editions, sku);
    let links = queries::links_of(conn, product.film.id).await?;
    let related = related(conn, index, &product.film, &links, now).await?;
    let reviews = first_reviews(conn, &product).await?;
    Ok(Film {
        lowest_before: match chosen {
            Some(chosen) => lowest_before(conn, &editions[chosen], now).await?,
            None => None,
        },
        links,
        categories: categories(index, &product),
        alternatives: Vec::new(),
        related,
        reviews,
        product,
        editions,
        chosen,
        now,
    })
}

async fn load_archived(conn: &mut Conn, index: &Index, product: ProductRow, now: OffsetDateTime) -> Result<Film> {
    let links = queries::links_of(conn, product.film.id).await?;
    let ids = alternatives(index, &product, &links);
    let mut films = queries::films(conn, &ids).await?;
    films.retain(|film| is_visible(film.status, film.publish_at, film.unpublish_at, now));
    films.truncate(ALTERNATIVES);
    let reviews = first_reviews(conn, &product).await?;
    Ok(Film {
        editions: Vec::new(),
        chosen: None,
        lowest_before: None,
        links,
        categories: categories(index, &product),
        alternatives: films,
        related: Vec::new(),
        reviews,
        product,
        now,
    })
}

/// Nothing is asked about a film that nobody has rated.
async fn first_reviews(conn: &mut Conn, product: &ProductRow) -> sqlx::Result<(Histogram, Vec<ShownReview>)> {
    if product.film.rating_count == 0 {
        return Ok((Histogram::default(), Vec::new()));
    }
    let asked = Asked { product_id: product.film.id, sort: None, rating: None, slice: (0, FIRST_REVIEWS) };
    shown(conn, &asked).await
}

/// The edition that was asked for, else the first that can be had, else the first.
fn choose(editions: &[EditionRow], sku: &str) -> Option<usize> {
    let asked = editions.iter().position(|edition| edition.sku == sku);
    let available = || editions.iter().position(|edition| edition.availability().can_be_bought());
    asked.or_else(available).or((!editions.is_empty()).then_some(0))
}

/// The lowest price of the 30 days before the sale that is running; nothing is asked where none is.
async fn lowest_before(conn: &mut Conn, edition: &EditionRow, now: OffsetDateTime) -> sqlx::Result<Option<i64>> {
    let offer = edition.offer(now);
    if !offer.is_sale() {
        return Ok(None);
    }
    let start = edition.sale_from.unwrap_or(now);
    let prices = queries::prices_since(conn, edition.id, lowest_price::since(start)).await?;
    Ok(lowest_price::before_sale(&prices, offer.price_minor, start))
}

fn categories(index: &Index, product: &ProductRow) -> Vec<Category> {
    product.category_id.and_then(|id| index.category_path(id)).unwrap_or_default()
}

/// What goes with the film. Where too little has been computed, the best-selling of its first genre, then of all.
async fn related(
    conn: &mut Conn,
    index: &Index,
    film: &FilmRow,
    links: &[FilmLink],
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Related>> {
    let genre = links.iter().find(|link| link.kind == LinkKind::Genre).map(|link| link.slug.as_str());
    let fill_up = FillUp::Bestsellers(genre);
    let asked = Beside { films: &[film], fill_up, in_stock: false, most: recommendations::MOST, now };
    recommendations::beside(conn, index, &asked).await
}

/// The film's successor, then the best-selling of its genre, then of all.
fn alternatives(index: &Index, product: &ProductRow, links: &[FilmLink]) -> Vec<u64> {
    let genres = links.iter().filter(|link| link.kind == LinkKind::Genre).take(1);
    let filters =
        Filters { genres: genres.map(|link| link.slug.clone()).collect(), in_stock: true, ..Filters::default() };
    let alike = index.list(&filters, Sort::Bestselling, IndexPage { number: 1, size: ALTERNATIVES + 1 });
    let mut ids: Vec<u64> = Vec::new();
    let others = index.shelf(Shelf::Bestsellers, ALTERNATIVES + 1);
    for id in product.successor_id.into_iter().chain(alike.films).chain(others) {
        if id != product.film.id && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.truncate(2 * ALTERNATIVES);
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Format;

    fn edition(sku: &str, format: Format, stock: i32) -> EditionRow {
        EditionRow {
            id: 1,
            product_id: 1,
            sku: sku.to_owned(),
            format,
            region_code: None,
            discs: None,
            price_minor: 1999,
            sale_price_minor: None,
            sale_from: None,
            sale_to: None,
            stock,
            low_stock_at: 5,
            max_per_order: 10,
            tax_class: "disc".to_owned(),
            release_date: None,
            is_active: true,
        }
    }

    #[test]
    fn the_edition_asked_for_is_chosen_even_when_it_is_sold_out() {
        let editions = [edition("A", Format::Dvd, 0), edition("B", Format::BluRay, 2), edition("C", Format::Uhd4k, 9)];
        assert_eq!(choose(&editions, "A"), Some(0));
        assert_eq!(choose(&editions, "C"), Some(2));
        assert_eq!(choose(&editions, "unknown"), Some(1), "the first that can be had");
        assert_eq!(choose(&editions[..1], ""), Some(0));
        assert_eq!(choose(&[], "A"), None);
    }
}
