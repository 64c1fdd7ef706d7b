//! Lists of films: all, of a category, of a studio, with a person.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;

use super::{kept, last_page, moved_or_gone, nearby, whole};
use crate::{
    catalog::index::Catalogue,
    catalog::{
        filters::{ListQuery, PAGE_SIZES},
        index::{Base, Category, Counted, Listing, Shelved},
        queries::{self, slugs},
        views::{self, BrowseMessages, Chip, FilmCard, FilmGroup, FilterForm, ListMessages, ListPage},
    },
    platform::{
        clock,
        db::Database,
        error::{Error, Result},
        http::{Crumb, Fields, Page, PageContext, Pagination, Shell},
        i18n::Localized,
    },
};

/// What a list is of and how its page is headed.
struct Subject {
    base: Base,
    /// Its path without language.
    path: String,
    heading: Localized,
    /// Title of the page.
    title: String,
    crumbs: Vec<Crumb>,
}

/// `GET /films`.
pub async fn films(context: PageContext, catalogue: Catalogue, db: Database) -> Result<Page<ListPage>> {
    let all = Localized { text: BrowseMessages(context.lang).all_films().to_owned(), lang: context.lang };
    let subject = Subject {
        base: Base::All,
        path: "/films".to_owned(),
        title: all.text.clone(),
        crumbs: vec![Crumb { label: all.clone(), href: None }],
        heading: all,
    };
    show(&context, &catalogue, &db, subject).await
}

/// `GET /categories/{slug}`: its films and those of every category below it.
pub async fn category(
    Path(slug): Path<String>,
    context: PageContext,
    catalogue: Catalogue,
    db: Database,
) -> Result<Page<ListPage>> {
    let Some(Shelved { category, above, .. }) = catalogue.category(&slug) else {
        let now = slugs::category_slug(&mut db.conn().await?, &slug).await?;
        return Err(moved_or_gone(&context.href("/categories"), now.filter(|now| *now != slug)));
    };
    let heading = category.title.localized(context.lang);
    let mut crumbs = beginning(&context);
    crumbs.extend(above.iter().map(|above| step(&context, above)));
    crumbs.push(Crumb { label: heading.clone(), href: None });
    let path = format!("/categories/{slug}");
    let subject = Subject { base: Base::Category(category.id), path, title: heading.text.clone(), heading, crumbs };
    show(&context, &catalogue, &db, subject).await
}

/// `GET /studios/{slug}`.
pub async fn studio(
    Path(slug): Path<String>,
    context: PageContext,
    catalogue: Catalogue,
    db: Database,
) -> Result<Page<ListPage>> {
    let Some(studio) = catalogue.studio(&slug) else {
        let now = slugs::studio_slug(&mut db.conn().await?, &slug).await?;
        return Err(moved_or_gone(&context.href("/studios"), now));
    };
    let title = BrowseMessages(context.lang).films_of_studio(&studio.name);
    let subject = Subject::named(&context, Base::Studio(studio.id), format!("/studios/{slug}"), &studio.name, title);
    show(&context, &catalogue, &db, subject).await
}

/// `GET /people/{slug}`: what they directed first, then what they play in.
pub async fn person(
    Path(slug): Path<String>,
    context: PageContext,
    catalogue: Catalogue,
    db: Database,
) -> Result<Page<ListPage>> {
    let Some(person) = catalogue.person(&slug) else {
        let now = slugs::person_slug(&mut db.conn().await?, &slug).await?;
        return Err(moved_or_gone(&context.href("/people"), now));
    };
    let title = BrowseMessages(context.lang).films_with(&person.name);
    let subject = Subject::named(&context, Base::Person(person.id), format!("/people/{slug}"), &person.name, title);
    show(&context, &catalogue, &db, subject).await
}

impl Subject {
    fn named(context: &PageContext, base: Base, path: String, name: &str, title: String) -> Self {
        let heading = Localized { text: name.to_owned(), lang: context.lang };
        let mut crumbs = beginning(context);
        crumbs.push(Crumb { label: heading.clone(), href: None });
        Self { base, path, heading, title, crumbs }
    }
}

fn beginning(context: &PageContext) -> Vec<Crumb> {
    let label = Localized { text: BrowseMessages(context.lang).all_films().to_owned(), lang: context.lang };
    vec![Crumb { label, href: Some(context.href("/films")) }]
}

fn step(context: &PageContext, category: &Category) -> Crumb {
    let href = context.href(&format!("/categories/{}", category.slug));
    Crumb { label: category.title.localized(context.lang), href: Some(href) }
}

async fn show(context: &PageContext, catalogue: &Catalogue, db: &Database, subject: Subject) -> Result<Page<ListPage>> {
    let mut query = ListQuery::parse(&Fields::parse(context.query.as_bytes())?, &context.currency);
    query.words = String::new();
    query.filters.base = subject.base;
    catalogue.keep_known(&mut query.filters);
    let (listing, counts) = catalogue.browse(&query.filters, query.sort, query.slice());
    let last = last_page(listing.total, query.page_size);
    if query.page > last {
        return Err(Error::NotFound);
    }
    let films = queries::films(&mut db.conn().await?, &listing.films).await?;
    let chips = views::chips(context, &query, &counts, &subject.path);
    let pages = pagination(context, &query, &subject.path, last);
    let shell = shell(context, &query, (listing.total, &pages), &subject, &chips);
    let nearby = if listing.total == 0 { nearby(catalogue, db, &shell).await? } else { None };
    let (nearby, others) = nearby.map(|nearby| (nearby.shelf, nearby.ids)).unzip();
    let page = ListPage {
        t: ListMessages(context.lang),
        intro: intro(context, &subject, &query, listing.total),
        total: whole(listing.total),
        form: form(&shell, &query, &counts, &subject)?,
        clear_href: context.href(&subject.path),
        sorting: views::sorting(context.lang, &query, !counts.ratings.is_empty()),
        groups: groups(&shell, &query, &listing, FilmCard::all(&shell, &films, clock::now())),
        pages,
        crumbs: subject.crumbs,
        heading: subject.heading,
        chips,
        nearby,
        shell,
    };
    Ok(kept(page, &listing.films, others.as_deref()))
}

/// The filter form, drawn anew only when its counts have changed.
fn form(shell: &Shell, query: &ListQuery, counts: &Counted, subject: &Subject) -> Result<Arc<str>> {
    let draw = || {
        let own_path = shell.href(&subject.path);
        let form = FilterForm {
            shell,
            t: ListMessages(shell.lang),
            action: own_path.clone(),
            filters: views::groups(shell, query, counts),
            kept: views::kept(query),
            clear_href: own_path,
        };
        form.render().map(|form| dense(&form))
    };
    // The size of the page is the one thing in it that the counts do not tell.
    let is_usual = query.page_size == PAGE_SIZES[0];
    Ok(if is_usual { counts.drawn(shell.lang, draw)? } else { draw()?.into() })
}

/// The same without what a template's lines are indented by, since it goes into very many pages. No element of the form
/// shows the spaces of its source.
fn dense(html: &str) -> String {
    let lines = html.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The films of the page under their headings: a person's by role, all others under one.
fn groups(shell: &Shell, query: &ListQuery, listing: &Listing, mut films: Vec<FilmCard>) -> Vec<FilmGroup> {
    let t = ListMessages(shell.lang);
    let mut groups = Vec::new();
    if let [directed, _] = listing.tiers[..] {
        let left = directed.saturating_sub(query.slice().skip());
        let others = films.split_off(left.min(films.len()));
        groups.push(FilmGroup { heading: t.directed(), is_shown: true, films });
        groups.push(FilmGroup { heading: t.in_the_cast(), is_shown: true, films: others });
    } else {
        groups.push(FilmGroup { heading: t.films_heading(), is_shown: false, films });
    }
    groups.retain(|group| !group.films.is_empty());
    groups
}

/// One sentence under the heading of the list of all films, where the number says something.
fn intro(context: &PageContext, subject: &Subject, query: &ListQuery, total: usize) -> String {
    let is_whole = subject.base == Base::All && query.on_page(1).canonical("").0.is_empty() && total > 0;
    if is_whole { BrowseMessages(context.lang).all_intro(whole(total)) } else { String::new() }
}

pub(super) fn pagination(context: &PageContext, query: &ListQuery, path: &str, last: usize) -> Pagination {
    Pagination::new(whole(query.page), whole(last), |page| {
        context.href(&query.on_page(usize::try_from(page).unwrap_or(1)).path(path))
    })
}

/// Head of the page: title and description of their own for every page that search engines keep.
fn shell(
    context: &PageContext,
    query: &ListQuery,
    (total, pages): (usize, &Pagination),
    subject: &Subject,
    chips: &[Chip],
) -> Shell {
    let t = BrowseMessages(context.lang);
    let mut title = subject.title.clone();
    if let [chip] = chips {
        title = t.narrowed(&title, &chip.label.text);
    }
    if query.page > 1 {
        title = t.on_page(&title, query.page);
    }
    let description = t.listed(&title, whole(total));
    let mut shell = Shell::new(context, title, description);
    (shell.canonical, shell.is_indexed) = query.canonical(&subject.path);
    shell.here = query.path(&subject.path);
    (shell.prev, shell.next) = (pages.prev.clone(), pages.next.clone());
    let place = shell.here.clone();
    shell.nav = shell.t.main_links().iter().find(|link| link.path == place).map_or("", |link| link.path);
    shell.push_crumbs(&subject.crumbs);
    shell
}
