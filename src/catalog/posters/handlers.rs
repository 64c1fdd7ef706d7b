//! Posters by slug and version. One that was made already costs no statement.

use axum::{
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, LOCATION},
    },
    response::{IntoResponse, Response},
};
use time::OffsetDateTime;

use super::{Poster, Rendering, version};
use crate::{
    catalog::{
        Format, ProductStatus,
        queries::{self, FilmRow},
    },
    platform::{
        clock,
        db::Database,
        error::{OrNotFound, Result},
        i18n::Lang,
        renditions::{Rendition, Renditions},
    },
};

pub async fn poster(
    renditions: State<Renditions>,
    db: Database,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    show(renditions, db, ("posters", name), headers).await
}

pub async fn still(
    renditions: State<Renditions>,
    db: Database,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    show(renditions, db, ("stills", name), headers).await
}

pub async fn preview(
    renditions: State<Renditions>,
    db: Database,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    show(renditions, db, ("og", name), headers).await
}

async fn show(
    State(renditions): State<Renditions>,
    db: Database,
    (folder, name): (&'static str, String),
    headers: HeaderMap,
) -> Result<Response> {
    let address = format!("{folder}/{name}");
    if let Some(file) = renditions.get(&address).await {
        return Ok(file.response(&headers));
    }
    let asked = Asked::parse(folder, &name).or_not_found()?;
    let film = queries::film_at(&mut db.conn().await?, asked.slug).await?;
    let film = film.filter(|film| may_be_seen(film, clock::now())).or_not_found()?;
    let Some(edition) = asked.edition_of(&film) else {
        return Ok(moved_to(&asked.rendering.path(&film.slug, &film.poster(Lang::default()))));
    };
    let file = match asked.rendering {
        Rendering::Svg | Rendering::Still => {
            let draw = || Rendition::svg(asked.rendering.draw(&edition.poster(&film))?);
            renditions.make(&address, draw).await?
        }
        rendering @ (Rendering::Png | Rendering::Preview) => {
            let draw = move || Ok(Rendition::png(rendering.draw(&edition.poster(&film))?));
            renditions.make_slowly(&address, draw).await?
        }
    };
    Ok(file.response(&headers))
}

/// The parts of an address.
struct Asked<'a> {
    rendering: Rendering,
    slug: &'a str,
    version: &'a str,
}

impl<'a> Asked<'a> {
    fn parse(folder: &str, name: &'a str) -> Option<Self> {
        let (stem, extension) = name.rsplit_once('.')?;
        let (slug, version) = stem.rsplit_once('-')?;
        let rendering = Rendering::ALL.iter().copied().find(|rendering| rendering.place() == (folder, extension))?;
        // Slugs are ASCII, and the server cannot compare them with anything else.
        slug.is_ascii().then_some(Self { rendering, slug, version })
    }

    /// Which of the film's posters has this version.
    fn edition_of(&self, film: &FilmRow) -> Option<PosterEdition> {
        let formats = || [None].into_iter().chain(Format::ALL.iter().copied().map(Some));
        Lang::ALL
            .into_iter()
            .flat_map(|lang| formats().map(move |format| PosterEdition { lang, format }))
            .find(|edition| self.slug == film.slug && version(&edition.poster(film)) == self.version)
    }
}

/// A film has posters in every language, and one more for each format.
#[derive(Clone, Copy)]
struct PosterEdition {
    lang: Lang,
    format: Option<Format>,
}

impl PosterEdition {
    fn poster(self, film: &FilmRow) -> Poster<'_> {
        Poster { format: self.format, ..film.poster(self.lang) }
    }
}

/// A film that is not announced yet has no poster either. One that left the shop stays on the orders of those who
/// bought it.
fn may_be_seen(film: &FilmRow, now: OffsetDateTime) -> bool {
    film.status != ProductStatus::Draft && film.publish_at.is_none_or(|at| at <= now)
}

/// From an address of the past to the present one, which may become past in turn.
fn moved_to(path: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    // Slugs and versions are ASCII.
    headers.extend(HeaderValue::from_str(path).ok().map(|path| (LOCATION, path)));
    response
}
