//! Films that go with others, as cards with their reasons.

use time::OffsetDateTime;

use super::{
    Likeness, Recommended, Related, Why,
    beside::Reason,
    messages::{ForYouMessages, RelatedMessages},
};
use crate::{
    catalog::views::{FilmCard, RelatedShelf},
    platform::http::Shell,
};

/// What stands below a film.
pub fn related(shell: &Shell, films: &[Related], now: OffsetDateTime) -> Option<RelatedShelf> {
    shelf(shell, ("related", RelatedMessages(shell.lang).related()), films, now)
}

/// What stands below a cart.
pub fn goes_with(shell: &Shell, films: &[Related], now: OffsetDateTime) -> Option<RelatedShelf> {
    shelf(shell, ("with", RelatedMessages(shell.lang).goes_with()), films, now)
}

/// What is recommended to a customer.
pub fn for_you(shell: &Shell, films: &[Recommended], now: OffsetDateTime) -> Option<RelatedShelf> {
    let t = RelatedMessages(shell.lang);
    let cards = films.iter().map(|Recommended { film, because }| {
        let because = because.as_ref().map(|(why, source)| (*why, source.title(shell.lang).text));
        (FilmCard::new(shell, film, now), because_in_words(t, because))
    });
    (!films.is_empty()).then(|| RelatedShelf {
        id: "for-you",
        title: ForYouMessages(shell.lang).title(),
        films: cards.collect(),
    })
}

fn because_in_words(t: RelatedMessages, because: Option<(Why, String)>) -> String {
    match because {
        Some((Why::Bought, title)) => t.because_bought(&title),
        Some((Why::Liked, title)) => t.because_liked(&title),
        Some((Why::Wanted, title)) => t.because_wanted(&title),
        None => t.bestseller().to_owned(),
    }
}

fn shelf(
    shell: &Shell,
    (id, title): (&'static str, &'static str),
    films: &[Related],
    now: OffsetDateTime,
) -> Option<RelatedShelf> {
    let t = RelatedMessages(shell.lang);
    let cards = films
        .iter()
        .map(|Related { film, reason }| (FilmCard::new(shell, film, now), in_words(t, reason, film.year / 10 * 10)));
    (!films.is_empty()).then(|| RelatedShelf { id, title, films: cards.collect() })
}

fn in_words(t: RelatedMessages, reason: &Reason, decade: u16) -> String {
    let Reason::Alike(likeness, name) = reason else {
        return if matches!(reason, Reason::Picked) { t.picked() } else { t.in_the_shop() }.to_owned();
    };
    let name = name.as_ref().map(|name| name.localized(t.0).text).filter(|name| !name.is_empty());
    match (likeness, name) {
        (Likeness::Director, Some(name)) => t.by(&name),
        (Likeness::Cast, Some(name)) => t.with(&name),
        (Likeness::GenreDecade, Some(genre)) => t.genre_of(&genre.to_lowercase(), decade),
        (Likeness::Genre, Some(genre)) => t.genre(&genre.to_lowercase()),
        (Likeness::Studio, Some(name)) => t.of_studio(&name),
        (Likeness::Bought, Some(title)) => t.bought_with(&title),
        (Likeness::Decade, _) => t.of_decade(decade),
        // What they shared was renamed to nothing or is gone.
        (_, None) => t.in_the_shop().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::index::Title, platform::i18n::Lang};

    #[test]
    fn every_reason_is_told_in_every_language() {
        let drama = || Some(Title { ru: "Драма".into(), ..Title::of_name("Drama") });
        let somebody = || Some(Title::of_name("Wong Kar Wai"));
        let told = |lang, likeness, name| in_words(RelatedMessages(lang), &Reason::Alike(likeness, name), 1990);
        assert_eq!(told(Lang::En, Likeness::Director, somebody()), "Also by Wong Kar Wai");
        assert_eq!(told(Lang::En, Likeness::Cast, somebody()), "Also with Wong Kar Wai");
        assert_eq!(told(Lang::En, Likeness::GenreDecade, drama()), "More drama from the 1990s");
        assert_eq!(told(Lang::Ru, Likeness::GenreDecade, drama()), "Ещё драма 1990-х");
        assert_eq!(told(Lang::Uz, Likeness::GenreDecade, drama()), "1990-yillardan yana drama");
        assert_eq!(told(Lang::En, Likeness::Decade, None), "Also from the 1990s");
        assert_eq!(told(Lang::En, Likeness::Studio, None), "Also in the shop");
        for lang in Lang::ALL {
            let words: Vec<_> = Likeness::ALL.iter().map(|likeness| told(lang, *likeness, somebody())).collect();
            assert!(words.iter().all(|words| !words.is_empty() && words.matches("Wong Kar Wai").count() <= 1));
            assert_eq!(in_words(RelatedMessages(lang), &Reason::Picked, 1990), RelatedMessages(lang).picked());
        }
    }
}
