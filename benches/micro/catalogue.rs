//! An index of invented films, made without a database.

use std::collections::HashMap;

use marquee::catalog::{
    Format,
    draft::FilmDraft,
    index::{
        Builder, Film, Genre, Index, Person, Role, Studio, Title,
        fold::{self, Titles},
    },
    sample::{editions, invent},
    slug::slugify,
};

const SEED: u64 = 1;
/// In microseconds since 1970; no film of the sample waits for its time.
const NOW: i64 = 0;

/// Numbers for names, in the order in which they first came.
#[derive(Default)]
struct Names(HashMap<String, u64>);

impl Names {
    fn number(&mut self, name: &str) -> u64 {
        let next = self.0.len() as u64 + 1;
        *self.0.entry(name.to_owned()).or_insert(next)
    }
}

pub fn invented(count: u64) -> Index {
    let (mut genres, mut studios, mut people) = (Names::default(), Names::default(), Names::default());
    let films = (1..).zip(invent::films(count, SEED));
    let films: Vec<Film> =
        films.map(|(id, draft)| film(id, &draft, [&mut genres, &mut studios, &mut people])).collect();
    let mut builder = Builder::new(NOW);
    for (name, id) in genres.0 {
        let title = Title { en: name.as_str().into(), ..Title::default() };
        builder.genre(Genre { id, slug: name.into(), title });
    }
    for (name, id) in studios.0 {
        builder.studio(Studio { id, slug: slugify(&name).into(), name: name.into() });
    }
    for (name, id) in people.0 {
        let search_name = fold::search_name(&name).into();
        builder.person(Person { id, slug: slugify(&name).into(), name: name.into(), search_name });
    }
    for film in &films {
        builder.film(film);
    }
    let index = Index::default();
    if let Ok(state) = builder.build() {
        index.swap(state);
    }
    index
}

fn film(id: u64, draft: &FilmDraft, [genres, studios, people]: [&mut Names; 3]) -> Film {
    let editions = editions::editions(&draft.slug, draft.year);
    let languages = editions::languages(draft);
    let bit = |format: Format| 1 << format as u8;
    let names = draft.directors.iter().chain(&draft.cast);
    let directors = draft.directors.iter().map(|name| (name, Role::Director));
    let credits = directors.chain(draft.cast.iter().map(|name| (name, Role::Other)));
    Film {
        id,
        active: true,
        year: Some(draft.year),
        runtime: draft.runtime_min,
        age: draft.certificate.as_deref().map(Into::into),
        price: editions.iter().map(|edition| edition.price_minor).min(),
        on_sale: editions.iter().any(|edition| edition.sale_price_minor.is_some()),
        formats: editions.iter().fold(0, |formats, edition| formats | bit(edition.format)),
        formats_in_stock: editions
            .iter()
            .filter(|edition| edition.stock > 0 || edition.format.is_digital())
            .fold(0, |formats, edition| formats | bit(edition.format)),
        title_sort: draft.title_en.to_lowercase().into(),
        search_title: fold::search_title(Titles { en: &draft.title_en, ..Titles::default() }).into(),
        search_text: fold::search_text(names.map(String::as_str)).into(),
        studio: draft.studio.as_deref().map(|studio| studios.number(studio)),
        genres: draft.genres.iter().map(|genre| genres.number(genre)).collect(),
        people: credits.map(|(name, role)| (people.number(name), role)).collect(),
        audio: languages.audio.iter().map(|code| (*code).into()).collect(),
        subtitles: languages.subtitles.iter().map(|code| (*code).into()).collect(),
        ..Film::default()
    }
}
