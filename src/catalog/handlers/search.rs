//! The page of a search.

use super::{kept, last_page, list::pagination, nearby, whole};
use crate::{
    catalog::index::Catalogue,
    catalog::{
        filters::ListQuery,
        index::{Credit, Found, Search},
        queries::{self, FilmRow, slugs},
        views::{self, FilmCard, ListMessages, PersonPanel, SearchMessages, SearchPage},
    },
    platform::{
        clock,
        db::{Conn, Database},
        error::{Error, Result},
        http::{Fields, Link, Page, PageContext, Pagination, Shell},
    },
};

const PATH: &str = "/search";
/// What is typed is cut to this many characters.
const LONGEST: usize = 100;

/// `GET /search`: any input is an honest question.
pub async fn search(context: PageContext, catalogue: Catalogue, db: Database) -> Result<Page<SearchPage>> {
    let mut query = ListQuery::parse(&Fields::parse(context.query.as_bytes())?, &context.currency);
    query.words = query.words.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    catalogue.keep_known(&mut query.filters);
    let mut conn = db.conn().await?;
    let first = film_of_code(&mut conn, &query.words).await?;
    let search = Search { words: &query.words, is_literal: query.is_literal, first };
    let found = catalogue.search(search, &query.filters, query.sort, query.slice());
    let last = last_page(found.listing.total, query.page_size);
    if query.page > last {
        return Err(Error::NotFound);
    }
    let films = queries::films(&mut conn, &found.listing.films).await?;
    drop(conn);
    let pages = pagination(&context, &query, PATH, last);
    let shell = shell(&context, &query, &pages);
    let nearby = if found.listing.total == 0 { nearby(&catalogue, &db, &shell).await? } else { None };
    let (nearby, others) = nearby.map(|nearby| (nearby.shelf, nearby.ids)).unzip();
    let page = page(&context, &catalogue, &query, &found, &films, Head { shell, nearby, pages });
    Ok(kept(page, &found.listing.films, others.as_deref()))
}

struct Head {
    shell: Shell,
    nearby: Option<views::Shelf>,
    pages: Pagination,
}

fn page(
    context: &PageContext,
    catalogue: &Catalogue,
    query: &ListQuery,
    found: &Found,
    films: &[FilmRow],
    head: Head,
) -> SearchPage {
    let lang = context.lang;
    let credits: Vec<Vec<Credit>> = films.iter().map(|film| catalogue.credits(film.id)).collect();
    let literal_href = context.href(&query.literally().path(PATH));
    let suggested = catalogue.suggest(&query.words);
    let people = suggested.people.into_iter().map(|(person, films)| PersonPanel {
        name: person.name.to_string(),
        href: context.href(&format!("/people/{}", person.slug)),
        films: whole(films),
    });
    let categories = suggested.categories.into_iter().map(|category| Link {
        href: context.href(&format!("/categories/{}", category.slug)),
        label: category.title.localized(lang).text,
    });
    SearchPage {
        t: SearchMessages(lang),
        list: ListMessages(lang),
        query: query.words.clone(),
        correction: views::correction(&query.words, &found.corrected, films, &credits, literal_href),
        total: whole(found.listing.total),
        hits: views::hits(lang, &found.keys, films, &credits, FilmCard::all(&head.shell, films, clock::now())),
        action: context.href(PATH),
        sorting: views::sorting(lang, query, found.has_ratings),
        pages: head.pages,
        people: people.collect(),
        categories: categories.collect(),
        nearby: head.nearby,
        shell: head.shell,
    }
}

/// The film whose SKU or barcode was typed, with or without its hyphens and spaces.
async fn film_of_code(conn: &mut Conn, words: &str) -> Result<Option<u64>> {
    let code: String = words.chars().filter(|c| !matches!(c, '-' | ' ')).collect::<String>().to_ascii_uppercase();
    let may_be_code = code.len() >= 4
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && code.bytes().any(|byte| byte.is_ascii_digit());
    if may_be_code { Ok(slugs::film_of_code(conn, &code).await?) } else { Ok(None) }
}

fn shell(context: &PageContext, query: &ListQuery, pages: &Pagination) -> Shell {
    let t = SearchMessages(context.lang);
    let title = if query.words.is_empty() { t.title().to_owned() } else { t.title_for(&query.words) };
    let mut shell = Shell::new(context, title, "");
    shell.is_indexed = false;
    shell.here = query.path(PATH);
    shell.search_query.clone_from(&query.words);
    (shell.prev, shell.next) = (pages.prev.clone(), pages.next.clone());
    shell
}
