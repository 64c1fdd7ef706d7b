//! The home page: the film of the week, shelves, and the wall of genres.

use std::collections::HashSet;

use time::OffsetDateTime;

use super::{
    messages::{FilmMessages, HomeMessages},
    views::{GenreLink, Hero, HomePage},
};
use crate::{
    catalog::{
        LIST_TTL, film_tag,
        index::{Catalogue, Choice, Filters, Page as IndexPage, Shelf as IndexShelf, Sort},
        list_tags,
        posters::Rendering,
        queries::{self, FilmRow, ProductRow},
        views::{FilmCard, FormatMessages, Shelf},
    },
    platform::{
        clock,
        db::{Conn, Database},
        error::Result,
        http::{Link, OpenGraph, Page, PageContext, Shell},
    },
    reviews::{
        FEATURED_TAG,
        queries::{FeaturedReview, featured},
        reviews_tag,
        views::PickView,
    },
};

/// Films on a shelf.
const ROW: usize = 7;
/// Films in the chart of bestsellers.
const CHART: usize = 6;
/// Genres on the wall.
const GENRES: usize = 24;
const WEEK: i64 = 7 * 24 * 60 * 60;

/// Featured reviews that are looked at, and those of them that are shown, each of another film.
const FEATURED: u32 = 24;
const PICKS: usize = 4;

/// The films of each shelf by id, those that can be bought first.
struct Shelves {
    newest: Vec<u64>,
    bestsellers: Vec<u64>,
    on_sale: Vec<u64>,
    featured: Vec<u64>,
}

impl Shelves {
    fn of(index: &Catalogue) -> Self {
        Self {
            newest: index.shelf(IndexShelf::New, ROW),
            bestsellers: index.shelf(IndexShelf::Bestsellers, CHART),
            on_sale: index.shelf(IndexShelf::OnSale, ROW),
            featured: index.shelf(IndexShelf::Featured, ROW),
        }
    }

    /// Every film once.
    fn ids(&self) -> Vec<u64> {
        ids_once([&*self.newest, &self.bestsellers, &self.on_sale, &self.featured].concat())
    }
}

/// The rows behind the shelves.
struct Films {
    rows: Vec<FilmRow>,
    now: OffsetDateTime,
}

impl Films {
    fn get(&self, id: u64) -> Option<&FilmRow> {
        self.rows.iter().find(|film| film.id == id)
    }

    fn cards(&self, shell: &Shell, ids: &[u64]) -> Vec<FilmCard> {
        let films = ids.iter().filter_map(|id| self.get(*id));
        films.map(|film| FilmCard::new(shell, film, self.now)).collect()
    }

    /// A featured film that can be bought, each week the next; without featured ones the bestseller.
    fn of_the_week(&self, shelves: &Shelves) -> Option<u64> {
        let available = |ids: &[u64]| -> Vec<u64> {
            ids.iter().copied().filter(|id| self.get(*id).is_some_and(|film| film.in_stock)).collect()
        };
        let featured = available(&shelves.featured);
        let week = usize::try_from(self.now.unix_timestamp() / WEEK).unwrap_or_default();
        match featured.len() {
            0 => available(&shelves.bestsellers).first().copied(),
            count => featured.get(week % count).copied(),
        }
    }
}

pub async fn show(ctx: PageContext, index: Catalogue, db: Database) -> Result<Page<HomePage>> {
    let now = clock::now();
    let shelves = Shelves::of(&index);
    let on_shelves = shelves.ids();
    let mut conn = db.conn().await?;
    let reviews = picked(&mut conn, &on_shelves).await?;
    let reviewed = reviews.iter().map(|review| review.product_id);
    let mut rows = queries::films(&mut conn, &ids_once(on_shelves.iter().copied().chain(reviewed.clone()))).await?;
    rows.retain(|film| film.is_visible(now));
    let films = Films { rows, now };
    let hero = match films.of_the_week(&shelves) {
        Some(id) => queries::product(&mut conn, id).await?,
        None => None,
    };
    let (all, counts) = index.browse(&Filters::default(), Sort::default(), IndexPage { number: 1, size: 1 });
    let mut page = page(&ctx, &shelves, &films, hero.as_ref(), (all.total, &counts.genres));
    page.picks = picks(&page.shell, &films, &reviews);
    let of_reviews = reviewed.flat_map(|id| [film_tag(id), reviews_tag(id)]).chain([FEATURED_TAG.to_owned()]);
    Ok(Page::new(page).kept(LIST_TTL, list_tags(&on_shelves).chain(of_reviews)))
}

/// The last featured reviews, one of a film; none in a shop without films.
async fn picked(conn: &mut Conn, on_shelves: &[u64]) -> Result<Vec<FeaturedReview>> {
    if on_shelves.is_empty() {
        return Ok(Vec::new());
    }
    let mut films = HashSet::new();
    let mut reviews = featured(conn, FEATURED).await?;
    reviews.retain(|review| films.insert(review.product_id));
    Ok(reviews)
}

fn picks(shell: &Shell, films: &Films, reviews: &[FeaturedReview]) -> Vec<PickView> {
    let shown = reviews.iter().filter_map(|review| Some((films.get(review.product_id)?, review)));
    shown.take(PICKS).map(|(film, review)| PickView::new(shell, film, review)).collect()
}

fn ids_once(ids: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let mut ids: Vec<u64> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn page(
    ctx: &PageContext,
    shelves: &Shelves,
    films: &Films,
    hero: Option<&ProductRow>,
    (total, by_genre): (usize, &[Choice]),
) -> HomePage {
    let t = HomeMessages(ctx.lang);
    let mut shell = Shell::new(ctx, t.title(), t.description());
    shell.nav = "/";
    shell.open_graph = hero.map(|hero| OpenGraph {
        kind: "website",
        image: shell.absolute(&shell.media(Rendering::Preview.path(&hero.film.slug, &hero.film.poster(ctx.lang)))),
        price: None,
    });
    let row = |id, title: &str, ids: &[u64], more: (&str, &str)| shelf(&shell, films, (id, title, more), ids);
    let others: Vec<_> = shelves.featured.iter().copied().filter(|id| hero.is_none_or(|h| h.film.id != *id)).collect();
    HomePage {
        t,
        hero: hero.map(|hero| present_hero(&shell, hero, films)),
        newest: row("new", t.newest(), &shelves.newest, (t.all_newest(), "/films?sort=newest")),
        bestsellers: row(
            "best",
            t.bestsellers(),
            &shelves.bestsellers,
            (t.all_bestsellers(), "/films?sort=bestselling"),
        ),
        shelves: [
            row("on-sale", t.on_sale(), &shelves.on_sale, (t.all_on_sale(), "/films?on_sale=1")),
            row("featured", t.featured(), &others, (t.all_films(), "/films")),
        ]
        .into_iter()
        .flatten()
        .collect(),
        picks: Vec::new(),
        genres: genres(&shell, by_genre),
        total: i64::try_from(total).unwrap_or(i64::MAX),
        shell,
    }
}

fn shelf(
    shell: &Shell,
    films: &Films,
    (id, title, (label, href)): (&'static str, &str, (&str, &str)),
    ids: &[u64],
) -> Option<Shelf> {
    let films = films.cards(shell, ids);
    (!films.is_empty()).then(|| Shelf {
        id,
        title: title.to_owned(),
        more: Some(Link { href: shell.href(href), label: label.to_owned() }),
        films,
    })
}

fn present_hero(shell: &Shell, hero: &ProductRow, films: &Films) -> Hero {
    let film = &hero.film;
    let runtime = hero.runtime_min.map(|minutes| FilmMessages(shell.lang).minutes(minutes.into()));
    let credits = [film.director.clone(), Some(film.year.to_string()), runtime];
    let available = film.editions.iter().filter(|edition| edition.can_be_bought);
    let best = available.min_by_key(|edition| edition.offer(films.now).price_minor);
    Hero {
        href: shell.href(&format!("/films/{}", film.slug)),
        title: film.title(shell.lang),
        credits: credits.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        still: shell.media(Rendering::Still.path(&film.slug, &film.poster(shell.lang))),
        pitch: hero.description(shell.lang),
        offer: best.map(|edition| {
            let price = shell.money(edition.offer(films.now).price_minor);
            HomeMessages(shell.lang).offer(FormatMessages(shell.lang).name(edition.format), &price)
        }),
    }
}

/// The genres with the most films, which come first.
fn genres(shell: &Shell, counts: &[Choice]) -> Vec<GenreLink> {
    let links = counts.iter().take(GENRES).map(|choice| GenreLink {
        href: shell.href(&format!("/films?genre={}", choice.value)),
        films: i64::try_from(choice.films).unwrap_or(i64::MAX),
        label: choice.label(shell.lang),
    });
    links.collect()
}
