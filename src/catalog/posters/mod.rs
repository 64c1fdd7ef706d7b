//! Posters, drawn from a film's own record: there are no photographs in the shop.
//!
//! The same record always gives the same bytes, so a poster may be cached for ever at an address that names its
//! version. Titles are outlines: drawing needs no font, reads no clock and does no I/O. Only [`handlers`] does.

mod canvas;
mod compositions;
mod glyphs;
pub mod handlers;
mod palette;
mod plan;
mod preview;
mod raster;
mod rng;
mod sheet;
#[cfg(test)]
mod tests;
mod title;

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

use plan::Plan;
use sheet::Wording;

use super::{Format, queries::FilmRow};
use crate::platform::i18n::Lang;

/// Counts up whenever the same record would be drawn differently.
const RENDERER: u32 = 1;

/// The facts a poster is drawn from.
#[derive(Clone, Debug)]
pub struct Poster<'a> {
    /// The film's usual title, the same in every language of the page. It decides the picture.
    pub title: &'a str,
    /// The title for the reader, which stands on the sheet; `title` where there is none in the reader's language.
    pub lettering: Cow<'a, str>,
    pub year: u16,
    /// The first genre: its slug or its English name, in any case; empty when there is none.
    pub genre: &'a str,
    /// One name, or several with `, ` between them; may be empty.
    pub director: &'a str,
    /// 0, or the number of the take that staff chose.
    pub take: u32,
    /// Adds a band that names the format.
    pub format: Option<Format>,
}

impl FilmRow {
    /// The poster for readers of this language.
    pub fn poster(&self, lang: Lang) -> Poster<'_> {
        let usual =
            [&self.title_en, &self.title_ru, &self.title_uz].into_iter().flatten().find(|title| !title.is_empty());
        Poster {
            title: usual.map_or("", String::as_str),
            lettering: Cow::Borrowed(self.title_in(lang).0),
            year: self.year,
            genre: self.genre.as_deref().unwrap_or_default(),
            director: self.director.as_deref().unwrap_or_default(),
            take: self.poster_take,
            format: None,
        }
    }
}

/// What is drawn of a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rendering {
    /// The sheet, 600 × 900.
    Svg,
    /// The sheet for mails.
    Png,
    /// The picture alone, 1434 × 600, for heroes.
    Still,
    /// The poster beside its title, 1200 × 630, for those who share links.
    Preview,
}

impl Rendering {
    pub const ALL: &'static [Self] = &[Self::Svg, Self::Png, Self::Still, Self::Preview];

    /// Its address below the media host. It changes whenever the drawing does.
    pub fn path(self, slug: &str, poster: &Poster<'_>) -> String {
        let (folder, extension) = self.place();
        ["/media/", folder, "/", slug, "-", &version(poster), ".", extension].concat()
    }

    /// Folder and extension in its address.
    pub const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Svg => ("posters", "svg"),
            Self::Png => ("posters", "png"),
            Self::Still => ("stills", "svg"),
            Self::Preview => ("og", "png"),
        }
    }

    /// The file. PNGs take some tens of milliseconds of work.
    pub fn draw(self, poster: &Poster<'_>) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Svg => Ok(svg(poster).into_bytes()),
            Self::Png => raster::png(&svg(poster)),
            Self::Still => Ok(still(poster).into_bytes()),
            Self::Preview => raster::png(&preview::svg(plan(poster), &wording(poster))),
        }
    }
}

/// Digits of a [`version`].
const VERSION: usize = 16;

/// Changes whenever the drawing does. It holds no hyphen, so that it can be told from a slug.
pub fn version(poster: &Poster<'_>) -> String {
    let mut version = String::with_capacity(VERSION);
    // Writing into a string cannot fail.
    write!(version, "{:0VERSION$x}", digest(poster)).ok();
    version
}

/// A list shows very many posters, so their records go into the hash as they are put together.
fn digest(poster: &Poster<'_>) -> u64 {
    let Poster { title, lettering, year, director, take, format, .. } = poster;
    let genre = GenreName(poster.genre);
    let band = format.and_then(sheet::band_name).unwrap_or_default();
    let mut hash = rng::Fnv64::default();
    // Writing into a hash cannot fail.
    write!(hash, "{RENDERER}\0{title}\0{lettering}\0{year}\0{genre}\0{director}\0{take}\0{band}").ok();
    hash.0
}

fn svg(poster: &Poster<'_>) -> String {
    sheet::poster(plan(poster), &wording(poster), poster.format)
}

fn still(poster: &Poster<'_>) -> String {
    sheet::still(plan(poster), &wording(poster))
}

fn plan(poster: &Poster<'_>) -> Plan {
    Plan::of(poster.title, poster.year, poster.take, &GenreName(poster.genre).to_string())
}

/// Slugs and names alike: `science-fiction` and `Science Fiction` are one genre.
struct GenreName<'a>(&'a str);

impl fmt::Display for GenreName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As nearly all slugs are, which lists show very many of.
        if self.0.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return f.write_str(self.0);
        }
        let letters = self.0.chars().flat_map(char::to_lowercase);
        letters.map(|letter| if letter == '-' { ' ' } else { letter }).try_for_each(|letter| f.write_char(letter))
    }
}

fn wording<'a>(poster: &'a Poster<'_>) -> Wording<'a> {
    let year = poster.year.to_string();
    Wording {
        reading: &poster.lettering,
        title: sheet::first_settable([&*poster.lettering, poster.title]).unwrap_or_else(|| year.clone()),
        director: glyphs::WIDE.settable(poster.director).unwrap_or_default(),
        year,
    }
}
