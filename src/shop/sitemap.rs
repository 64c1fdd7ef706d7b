//! What search engines are told of: `/sitemap.xml` names the files, `/sitemaps/{kind}-{n}.xml` hold the addresses.
//!
//! Each file is made when it is asked for, from the index and, for films, one statement by primary key. So it is always
//! true, is the same on every node, and there is nothing to build, keep, share or clear. Films stand in a file by their
//! ids: a file neither shifts nor grows when others come or go, and is small enough to be made in some ten milliseconds
//! however many films there are.

use std::{ops::Range, sync::Arc};

use axum::{
    extract::{Path, State},
    http::{
        HeaderMap,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY},
    },
    response::{IntoResponse, Response},
};
use time::OffsetDateTime;

use super::pages;
use crate::{
    catalog::{
        index::{Catalogue, Place},
        queries,
    },
    platform::{
        clock,
        db::Database,
        encoding::{self, Encoding},
        error::{Error, OrNotFound, Result},
        http::Site,
        i18n::{Lang, machine_time},
        version,
    },
};

/// Ids or lists of one file; each is there in every language, so that no file comes near the 50,000 addresses that it may
/// have.
const SIZE: u64 = 2_500;

const OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACES: &str =
    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Pages,
    Films,
    Places(Place),
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Pages,
        Self::Films,
        Self::Places(Place::Category),
        Self::Places(Place::Studio),
        Self::Places(Place::Person),
    ];

    /// The word in the file's name, which is also the folder of the pages.
    const fn word(self) -> &'static str {
        match self {
            Self::Pages => "pages",
            Self::Films => "films",
            Self::Places(Place::Category) => "categories",
            Self::Places(Place::Studio) => "studios",
            Self::Places(Place::Person) => "people",
        }
    }
}

/// A path without language, and when what it shows last changed.
type Address = (String, Option<OffsetDateTime>);

/// `GET /sitemap.xml`
pub async fn index(State(site): State<Arc<Site>>, catalogue: Catalogue, headers: HeaderMap) -> Result<Response> {
    let mut xml = format!("{OPENING}<sitemapindex {NAMESPACES}>\n");
    for kind in Kind::ALL {
        for (number, changed) in files(&catalogue, kind) {
            let path = format!("/sitemaps/{}-{number}.xml", kind.word());
            xml.push_str("<sitemap>");
            push_place(&mut xml, &site.config.base_url, &path, changed);
            xml.push_str("</sitemap>\n");
        }
    }
    xml.push_str("</sitemapindex>\n");
    answer(xml, &headers)
}

/// The files of a kind by number, each with its last change.
fn files(catalogue: &Catalogue, kind: Kind) -> Vec<(u64, Option<OffsetDateTime>)> {
    match kind {
        Kind::Pages => vec![(1, last_change(&static_pages(catalogue)))],
        Kind::Films => {
            let stretches = catalogue.film_stretches(SIZE).into_iter();
            stretches.map(|(number, changed)| (number + 1, at(changed))).collect()
        }
        Kind::Places(place) => {
            let places = catalogue.places(place);
            let files = (1..).zip(places.chunks(usize::try_from(SIZE).unwrap_or(usize::MAX)));
            files
                .map(|(number, places)| (number, places.iter().filter_map(|(_, changed)| at(*changed)).max()))
                .collect()
        }
    }
}

/// `GET /sitemaps/{kind}-{n}.xml`
pub async fn file(
    Path(name): Path<String>,
    State(site): State<Arc<Site>>,
    catalogue: Catalogue,
    db: Database,
    headers: HeaderMap,
) -> Result<Response> {
    let (kind, numbers) = asked(&name).or_not_found()?;
    let addresses = match kind {
        Kind::Pages if numbers.start == 0 => static_pages(&catalogue),
        Kind::Pages => return Err(Error::NotFound),
        Kind::Films => films(&db, numbers).await?,
        Kind::Places(place) => {
            let places = catalogue.places(place).into_iter();
            let skip = usize::try_from(numbers.start).unwrap_or(usize::MAX);
            let own = places.skip(skip).take(usize::try_from(SIZE).unwrap_or(usize::MAX));
            own.map(|(slug, changed)| (format!("/{}/{slug}", kind.word()), at(changed))).collect()
        }
    };
    if addresses.is_empty() {
        return Err(Error::NotFound);
    }
    let written = tokio::task::spawn_blocking(move || answer(written(&site.config.base_url, &addresses), &headers));
    written.await.map_err(|error| Error::Internal(error.into()))?
}

/// The kind that a file's name says, and which ids or places stand in it.
fn asked(name: &str) -> Option<(Kind, Range<u64>)> {
    let (word, number) = name.strip_suffix(".xml")?.rsplit_once('-')?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
    // As it is written in the index: a file has one address.
    let number = number.parse::<u64>().ok().filter(|parsed| *parsed > 0 && parsed.to_string() == number)?;
    let end = number.checked_mul(SIZE)?;
    Some((kind, end - SIZE..end))
}

async fn films(db: &Database, ids: Range<u64>) -> Result<Vec<Address>> {
    let films = queries::shown_between(&mut db.conn().await?, (ids.start, ids.end), clock::now()).await?;
    Ok(films.into_iter().map(|(slug, changed)| (format!("/films/{slug}"), Some(changed))).collect())
}

/// Home and the list of all films follow the films; pages of text change with the release.
fn static_pages(catalogue: &Catalogue) -> Vec<Address> {
    let films = catalogue.film_stretches(SIZE).into_values().max().and_then(at);
    let released = OffsetDateTime::parse(version::BUILT, &time::format_description::well_known::Rfc3339).ok();
    let lists = ["/", "/films"].map(|path| (path.to_owned(), films));
    lists.into_iter().chain(pages::SLUGS.map(|slug| (format!("/pages/{slug}"), released))).collect()
}

fn last_change(addresses: &[Address]) -> Option<OffsetDateTime> {
    addresses.iter().filter_map(|(_, changed)| *changed).max()
}

fn at(seconds: u32) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp(seconds.into()).ok()
}

/// Every address in every language, each with all of its languages.
fn written(base: &str, addresses: &[Address]) -> String {
    let mut xml = format!("{OPENING}<urlset {NAMESPACES}>\n");
    for (path, changed) in addresses {
        let mut alternates = String::new();
        for (code, lang) in Lang::ALL.map(|lang| (lang.code(), lang)).into_iter().chain([("x-default", Lang::En)]) {
            alternates.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\""));
            push_escaped(&mut alternates, base);
            alternates.push_str(lang.prefix());
            push_escaped(&mut alternates, path);
            alternates.push_str("\"/>");
        }
        for lang in Lang::ALL {
            xml.push_str("<url>");
            push_place(&mut xml, base, &format!("{}{path}", lang.prefix()), *changed);
            xml.push_str(&alternates);
            xml.push_str("</url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

fn push_place(xml: &mut String, base: &str, path: &str, changed: Option<OffsetDateTime>) {
    xml.push_str("<loc>");
    push_escaped(xml, base);
    push_escaped(xml, path);
    xml.push_str("</loc>");
    if let Some(changed) = changed {
        xml.push_str(&format!("<lastmod>{}</lastmod>", machine_time(changed)));
    }
}

fn push_escaped(xml: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '"' => xml.push_str("&quot;"),
            letter => xml.push(letter),
        }
    }
}

/// Addresses repeat themselves: a file is a twentieth of its size when it is sent.
fn answer(xml: String, headers: &HeaderMap) -> Result<Response> {
    let encoding = Encoding::accepted(headers, &[Encoding::Zstd, Encoding::Gzip]);
    let written = match encoding {
        Encoding::Zstd => encoding::zstd(xml.as_bytes(), 1),
        Encoding::Gzip => encoding::gzip(xml.as_bytes(), 1),
        Encoding::Brotli | Encoding::Identity => Ok(xml.into_bytes()),
    };
    let fixed = [
        (CONTENT_TYPE, "application/xml; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=3600"),
        (VARY, "accept-encoding"),
    ];
    let mut response = (fixed, written.map_err(|error| Error::Internal(error.into()))?).into_response();
    if let Some(encoding) = encoding.header() {
        response.headers_mut().insert(CONTENT_ENCODING, encoding);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name() {
        assert_eq!(asked("films-1.xml"), Some((Kind::Films, 0..SIZE)));
        assert_eq!(asked("people-3.xml"), Some((Kind::Places(Place::Person), 2 * SIZE..3 * SIZE)));
        for name in
            ["films.xml", "films-0.xml", "films-01.xml", "films-+1.xml", "films-1", "orders-1.xml", "films--1.xml"]
        {
            assert_eq!(asked(name), None, "{name}");
        }
        assert_eq!(asked(&format!("films-{}.xml", u64::MAX)), None);
    }

    #[test]
    fn no_file_has_more_addresses_than_it_may() {
        assert!(SIZE * Lang::ALL.len() as u64 <= 50_000);
        let addresses = vec![(format!("/films/{}", "x".repeat(190)), Some(OffsetDateTime::UNIX_EPOCH)); 2_500];
        assert!(written("https://a-rather-long-name.shop.example", &addresses).len() < 50 << 20);
    }

    #[test]
    fn what_could_be_taken_for_xml_is_escaped() {
        let xml = written("https://shop.test", &[("/films/a&b<\"c\">".to_owned(), None)]);
        let document = resvg::usvg::roxmltree::Document::parse(&xml).unwrap();
        let first = document.descendants().find(|node| node.has_tag_name("loc")).unwrap();
        assert_eq!(first.text(), Some("https://shop.test/films/a&b<\"c\">"));
    }
}
