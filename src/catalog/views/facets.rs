//! From what the index counted to the filter form, the chips above the films and the choice of orders.

use super::{
    Chip, Choice, Facet, FacetKind, FacetMessages, FacetOption, FilterGroup, FormatMessages, LanguageMessages,
    RangeFacet, Sorting,
};
use crate::{
    catalog::{
        Format,
        filters::ListQuery,
        index::{self, Base, Counts, Filters, Sort},
    },
    platform::{
        http::{PageContext, Shell},
        i18n::{Lang, Localized},
    },
};

/// The groups of the filter form. A page that is about one studio has no choice of studios.
pub fn groups(shell: &Shell, query: &ListQuery, counts: &Counts) -> Vec<FilterGroup> {
    let (t, lang) = (FacetMessages(shell.lang), shell.lang);
    let mut groups = vec![
        check(t.genre(), true, "genre", &counts.genres, |choice| choice.label(lang)),
        check(t.format(), true, "format", &counts.formats, |choice| format_label(lang, &choice.value)),
        radio(t.decade(), "decade", t.any(), &counts.decades, |choice| decade_label(lang, &choice.value)),
        Some(price_range(shell, query)),
        availability(lang, query, counts),
        radio(t.rating(), "rating_min", t.any(), &counts.ratings, |choice| stars_label(lang, &choice.value)),
        check(t.director(), false, "person", &counts.directors, |choice| choice.label(lang)),
        check(t.age(), false, "age", &counts.ages, |choice| choice.label(lang)),
        radio(t.runtime(), "runtime_max", t.any(), &counts.runtimes, |choice| minutes_label(lang, &choice.value)),
        check(t.audio(), false, "audio", &counts.audio, |choice| language_label(lang, &choice.value)),
        check(t.subtitles(), false, "subtitles", &counts.subtitles, |choice| language_label(lang, &choice.value)),
    ];
    if !matches!(query.filters.base, Base::Studio(_)) {
        groups.insert(2, check(t.studio(), false, "studio", &counts.studios, |choice| choice.label(lang)));
    }
    groups.into_iter().flatten().collect()
}

type Label<'a> = &'a dyn Fn(&index::Choice) -> Localized;

fn check(
    label: &'static str,
    is_open: bool,
    name: &'static str,
    choices: &[index::Choice],
    text: impl Fn(&index::Choice) -> Localized,
) -> Option<FilterGroup> {
    let options: Vec<_> = choices.iter().map(|choice| option(name, choice, &text)).collect();
    facet(label, FacetKind::Check, options, is_open)
}

/// One choice of several, or none of them.
fn radio(
    label: &'static str,
    name: &'static str,
    any: &'static str,
    choices: &[index::Choice],
    text: impl Fn(&index::Choice) -> Localized,
) -> Option<FilterGroup> {
    if choices.is_empty() {
        return None;
    }
    let mut options: Vec<_> = choices.iter().map(|choice| option(name, choice, &text)).collect();
    let is_chosen = !options.iter().any(|option| option.is_chosen);
    let lang = options.first().map_or(Lang::En, |option| option.label.lang);
    let label_of_any = Localized { text: any.to_owned(), lang };
    options.push(FacetOption {
        name,
        value: String::new(),
        label: label_of_any,
        count: None,
        is_chosen,
        is_empty: false,
    });
    facet(label, FacetKind::Radio, options, false)
}

fn option(name: &'static str, choice: &index::Choice, text: Label<'_>) -> FacetOption {
    FacetOption {
        name,
        value: choice.value.to_string(),
        label: text(choice),
        count: Some(count(choice.films)),
        is_chosen: choice.chosen,
        is_empty: choice.films == 0,
    }
}

/// A group is open where it is one of the usual ones or something of it is chosen.
fn facet(label: &'static str, kind: FacetKind, options: Vec<FacetOption>, is_open: bool) -> Option<FilterGroup> {
    let is_chosen = options.iter().any(|option| option.is_chosen && !option.value.is_empty());
    let is_open = is_open || is_chosen;
    (!options.is_empty()).then_some(FilterGroup::Facet(Facet { label, kind, options, is_open }))
}

fn availability(lang: Lang, query: &ListQuery, counts: &Counts) -> Option<FilterGroup> {
    let t = FacetMessages(lang);
    let option = |name, label: &str, films, is_chosen| FacetOption {
        name,
        value: "1".to_owned(),
        label: Localized { text: label.to_owned(), lang },
        count: Some(count(films)),
        is_chosen,
        is_empty: films == 0,
    };
    let options = vec![
        option("in_stock", t.in_stock(), counts.in_stock, query.filters.in_stock),
        option("on_sale", t.on_sale(), counts.on_sale, query.filters.on_sale),
    ];
    facet(t.availability(), FacetKind::Check, options, true)
}

fn price_range(shell: &Shell, query: &ListQuery) -> FilterGroup {
    let (t, code) = (FacetMessages(shell.lang), &shell.currency().code);
    let text = |price: Option<i64>| price.map_or_else(String::new, |price| query.price(price));
    FilterGroup::Range(RangeFacet {
        label: t.price(),
        from_name: "price_min",
        to_name: "price_max",
        from_label: t.price_label_from(code),
        to_label: t.price_label_to(code),
        from: text(query.filters.price_min),
        to: text(query.filters.price_max),
        is_open: true,
    })
}

pub(super) fn count(films: usize) -> i64 {
    i64::try_from(films).unwrap_or(i64::MAX)
}

fn format_label(lang: Lang, word: &str) -> Localized {
    let name = Format::from_word(word).map_or(word, |format| FormatMessages(lang).name(format));
    Localized { text: name.to_owned(), lang }
}

fn decade_label(lang: Lang, year: &str) -> Localized {
    let text = year.parse().map_or_else(|_| year.to_owned(), |year| FacetMessages(lang).decade_of(year));
    Localized { text, lang }
}

fn stars_label(lang: Lang, stars: &str) -> Localized {
    Localized { text: FacetMessages(lang).stars_and_up(stars.parse().unwrap_or_default()), lang }
}

fn minutes_label(lang: Lang, minutes: &str) -> Localized {
    Localized { text: FacetMessages(lang).minutes_at_most(minutes.parse().unwrap_or_default()), lang }
}

fn language_label(lang: Lang, code: &str) -> Localized {
    let name = LanguageMessages(lang).name(code);
    let mut letters = name.chars();
    let text = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    Localized { text, lang }
}

/// What the form sends along though it has no control for it.
pub fn kept(query: &ListQuery) -> Vec<(&'static str, String)> {
    let is_decade = |min: u16, max: u16| min.is_multiple_of(10) && max == min + 9;
    let has_control = match (query.filters.year_min, query.filters.year_max) {
        (Some(min), Some(max)) => is_decade(min, max),
        _ => false,
    };
    let pairs = query.on_page(1).pairs().into_iter();
    pairs
        .filter(|(name, _)| *name == "page_size" || (!has_control && matches!(*name, "year_min" | "year_max")))
        .collect()
}

/// A chip for everything that is chosen; each leads to the list without it.
pub fn chips(context: &PageContext, query: &ListQuery, counts: &Counts, path: &str) -> Vec<Chip> {
    let (t, lang) = (FacetMessages(context.lang), context.lang);
    let mut chips = Vec::new();
    let mut add = |label: Localized, without: &dyn Fn(&mut Filters)| {
        let rest = query.with(|filters| without(filters));
        chips.push(Chip { label, href: context.href(&rest.path(path)) });
    };
    let plain = |text: String| Localized { text, lang };
    for choice in chosen(&counts.genres) {
        add(choice.label(lang), &|filters| filters.genres.retain(|slug| **slug != *choice.value));
    }
    for format in &query.filters.formats {
        add(format_label(lang, format.word()), &|filters| filters.formats.retain(|other| other != format));
    }
    for choice in chosen(&counts.studios) {
        add(choice.label(lang), &|filters| filters.studios.retain(|slug| **slug != *choice.value));
    }
    for choice in chosen(&counts.directors) {
        add(choice.label(lang), &|filters| filters.people.retain(|slug| **slug != *choice.value));
    }
    for code in &query.filters.audio {
        let label = plain(t.audio_in(&LanguageMessages(lang).name(code)));
        add(label, &|filters| filters.audio.retain(|other| other != code));
    }
    for code in &query.filters.subtitles {
        let label = plain(t.subtitles_in(&LanguageMessages(lang).name(code)));
        add(label, &|filters| filters.subtitles.retain(|other| other != code));
    }
    for age in &query.filters.ages {
        add(plain(age.clone()), &|filters| filters.ages.retain(|other| other != age));
    }
    for (label, without) in range_chips(context, &query.filters) {
        add(plain(label), &without);
    }
    chips
}

fn chosen(choices: &[index::Choice]) -> impl Iterator<Item = &index::Choice> {
    choices.iter().filter(|choice| choice.chosen)
}

type Without = fn(&mut Filters);

fn range_chips(context: &PageContext, filters: &Filters) -> Vec<(String, Without)> {
    let t = FacetMessages(context.lang);
    let mut chips: Vec<(Option<String>, Without)> = Vec::new();
    chips.push((years_label(t, filters), |filters| (filters.year_min, filters.year_max) = (None, None)));
    let price = |minor: Option<i64>| minor.map(|minor| context.money(minor));
    chips.push((price(filters.price_min).map(|price| t.price_from(&price)), |filters| filters.price_min = None));
    chips.push((price(filters.price_max).map(|price| t.price_to(&price)), |filters| filters.price_max = None));
    chips.push((filters.rating_min.map(|stars| t.stars_and_up(stars.into())), |filters| filters.rating_min = None));
    let minutes = filters.runtime_max.map(|minutes| t.minutes_at_most(minutes.into()));
    chips.push((minutes, |filters| filters.runtime_max = None));
    chips.push((filters.in_stock.then(|| t.in_stock().to_owned()), |filters| filters.in_stock = false));
    chips.push((filters.on_sale.then(|| t.on_sale().to_owned()), |filters| filters.on_sale = false));
    chips.into_iter().filter_map(|(label, without)| Some((label?, without))).collect()
}

fn years_label(t: FacetMessages, filters: &Filters) -> Option<String> {
    Some(match (filters.year_min, filters.year_max) {
        (Some(from), Some(to)) if from.is_multiple_of(10) && to == from + 9 => t.decade_of(from),
        (Some(from), Some(to)) => t.years(from, to),
        (Some(from), None) => t.years_from(from),
        (None, Some(to)) => t.years_to(to),
        (None, None) => return None,
    })
}

/// The orders to choose from. That by rating means something only once there are ratings.
pub fn sorting(lang: Lang, query: &ListQuery, has_ratings: bool) -> Sorting {
    let t = FacetMessages(lang);
    let label = |sort| match sort {
        Sort::Relevance if query.words.is_empty() => t.recommended(),
        Sort::Relevance => t.best_match(),
        Sort::Newest => t.newest(),
        Sort::PriceAsc => t.price_up(),
        Sort::PriceDesc => t.price_down(),
        Sort::Rating => t.highest_rated(),
        Sort::Bestselling => t.bestselling(),
        Sort::Title => t.by_title(),
    };
    let shown = Sort::ALL.into_iter().filter(|sort| *sort != Sort::Rating || has_ratings || query.sort == Sort::Rating);
    let option = |sort: Sort| Choice { value: sort.word(), label: label(sort), is_chosen: sort == query.sort };
    Sorting { options: shown.map(option).collect() }
}
