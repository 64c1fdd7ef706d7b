//! Why a film was found, and how a mended search is worded.

use super::{Correction, FilmCard, FormatMessages, HitReason, SearchHit, SearchMessages};
use crate::{
    catalog::{
        Format,
        index::{
            self, Credit, CreditKind,
            fold::{self, X},
        },
        queries::FilmRow,
    },
    platform::i18n::Lang,
};

/// The films that were found as the page shows them. `credits` and `cards` stand in the order of the films.
pub fn hits(
    lang: Lang,
    keys: &[Vec<String>],
    films: &[FilmRow],
    credits: &[Vec<Credit>],
    cards: Vec<FilmCard>,
) -> Vec<SearchHit> {
    let with_credits = films.iter().zip(credits);
    with_credits
        .zip(cards)
        .map(|((film, credits), card)| {
            let reason = reason(lang, keys, film, credits, &card.title.text);
            SearchHit { film: card, reason, formats: format_names(lang, film) }
        })
        .collect()
}

fn format_names(lang: Lang, film: &FilmRow) -> Vec<&'static str> {
    let has = |format: &Format| film.editions.iter().any(|edition| edition.format == *format);
    Format::ALL.iter().filter(|format| has(format)).map(|format| FormatMessages(lang).name(*format)).collect()
}

/// The first place outside the shown title where a word stands that the title lacks.
fn reason(lang: Lang, keys: &[Vec<String>], film: &FilmRow, credits: &[Credit], shown: &str) -> Option<HitReason> {
    let t = SearchMessages(lang);
    let missing = keys.iter().find(|keys| !has_word(shown, keys))?;
    let titles = [
        (t.original_title(), film.original_title.as_deref()),
        (t.also_called(), film.title_en.as_deref()),
        (t.also_called(), film.title_ru.as_deref()),
        (t.also_called(), film.title_uz.as_deref()),
    ];
    let named = credits.iter().map(|credit| {
        let label = match credit.kind {
            CreditKind::Director => t.directed_by(),
            CreditKind::Cast => t.with_actor(),
            CreditKind::Studio => t.studio(),
        };
        (label, Some(credit.name.as_str()))
    });
    titles
        .into_iter()
        .chain(named)
        .filter_map(|(label, text)| Some((label, text?)))
        .find(|(_, text)| *text != shown && has_word(text, missing))
        .map(|(label, text)| HitReason { label, matched: text.to_owned() })
}

fn has_word(text: &str, keys: &[String]) -> bool {
    fold::words(text).any(|word| is_spelled(&word, keys))
}

/// Whether a word is one of these, or goes on where one of these ends.
fn is_spelled(word: &str, keys: &[String]) -> bool {
    [X::Ks, X::H].iter().any(|x| {
        let key = fold::key(word, *x);
        keys.iter().any(|wanted| key.starts_with(wanted.as_str()))
    })
}

/// The query with the words that were taken for mistyped ones, as the first film that was found spells them.
pub fn correction(
    typed: &str,
    corrected: &[index::Correction],
    films: &[FilmRow],
    credits: &[Vec<Credit>],
    literal_href: String,
) -> Option<Correction> {
    if corrected.is_empty() {
        return None;
    }
    let texts: Vec<&str> = films.iter().zip(credits).flat_map(|(film, credits)| texts(film, credits)).collect();
    let words = fold::words(typed).map(|word| match corrected.iter().find(|correction| correction.typed == word) {
        Some(correction) => spelled(&texts, &correction.taken),
        None => word,
    });
    Some(Correction { used: words.collect::<Vec<_>>().join(" "), literal_href })
}

fn texts<'a>(film: &'a FilmRow, credits: &'a [Credit]) -> impl Iterator<Item = &'a str> {
    let titles = [&film.title_en, &film.title_ru, &film.title_uz, &film.original_title];
    let titles = titles.into_iter().flatten().map(String::as_str);
    titles.chain(credits.iter().map(|credit| credit.name.as_str()))
}

fn spelled(texts: &[&str], keys: &[String]) -> String {
    let is_one = |word: &String| [X::Ks, X::H].iter().any(|x| keys.contains(&fold::key(word, *x)));
    let found = texts.iter().flat_map(|text| fold::words(text)).find(is_one);
    found.or_else(|| keys.first().cloned()).unwrap_or_default()
}
