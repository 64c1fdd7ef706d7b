//! From a film's rows to the words of its page.

use super::{Film, structured};
use crate::{
    alerts::{messages::AlertMessages, views::AlertForm},
    catalog::{
        Format,
        posters::{Poster, Rendering},
        queries::{EditionRow, FilmLink, LinkKind},
        views::{FilmCard, FormatMessages, LanguageMessages, PriceView, RatingView, Shelf, StockView},
    },
    platform::{
        countries::translated_country,
        http::{Crumb, Link, OpenGraph, PageContext, Shell},
        i18n::{Lang, Localized, localized},
    },
    recommendations,
    reviews::views::FilmReviews,
    settings::Settings,
    shop::{
        messages::FilmMessages,
        views::{Billing, ChosenEdition, Edition, Fact, FilmPage, Promise},
    },
};

/// As much of a description as result lists show.
const DESCRIPTION_CHARS: usize = 155;

pub(super) fn page(ctx: &PageContext, settings: &Settings, film: &Film) -> FilmPage {
    let t = FilmMessages(ctx.lang);
    let title = film.product.film.title(ctx.lang);
    let mut shell = Shell::new(ctx, page_title(t, film, &title), meta_description(t, film, &title));
    shell.nav = "/films";
    let crumbs = crumbs(&shell, film, &title);
    shell.open_graph = Some(open_graph(&shell, film));
    structured::describe(&mut shell, film, &crumbs);
    FilmPage {
        t,
        alert_words: AlertMessages(ctx.lang),
        crumbs,
        lede: lede(t, film),
        rating: RatingView::of(&shell, &film.product.film),
        billing: billing(&shell, film),
        description: film.product.description(ctx.lang),
        poster: poster(&shell, film),
        is_archived: film.is_archived(),
        editions: film.editions.iter().enumerate().map(|(index, row)| edition(&shell, film, index, row)).collect(),
        chosen: film.chosen().map(|row| chosen(ctx, &shell, film, row)),
        promises: if film.editions.is_empty() { Vec::new() } else { promises(&shell, settings) },
        facts: facts(t, film, &title),
        alternatives: alternatives(&shell, film),
        related: recommendations::views::related(&shell, &film.related, film.now),
        reviews: FilmReviews::new(&shell, &film.product.film.slug, &film.reviews.0, &film.reviews.1),
        title,
        shell,
    }
}

/// Tells films of one name apart by year and director.
fn page_title(t: FilmMessages, film: &Film, title: &Localized) -> String {
    let row = &film.product.film;
    match &row.director {
        Some(director) => t.page_title_by(&title.text, row.year, director),
        None => t.page_title(&title.text, row.year),
    }
}

fn meta_description(t: FilmMessages, film: &Film, title: &Localized) -> String {
    if let Some(text) = film.product.description(t.0) {
        return shortened(&text.text, DESCRIPTION_CHARS);
    }
    let year = format!(" ({})", film.product.film.year);
    let formats: Vec<_> = film.editions.iter().map(|edition| FormatMessages(t.0).name(edition.format)).collect();
    if formats.is_empty() {
        return format!("{}{year}. {}", title.text, if film.is_archived() { t.archived() } else { t.no_editions() });
    }
    t.description(&title.text, &year, &formats.join(", "))
}

/// The text up to a space within this many characters.
fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let cut = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", text[..cut].trim_end())
}

fn crumbs(shell: &Shell, film: &Film, title: &Localized) -> Vec<Crumb> {
    let categories = film.categories.iter().filter_map(|category| {
        let names = &category.title;
        let label = localized(shell.lang, Some(&names.en), Some(&names.ru), Some(&names.uz))?;
        Some(Crumb { label, href: Some(shell.href(&format!("/categories/{}", category.slug))) })
    });
    categories.chain([Crumb { label: title.clone(), href: None }]).collect()
}

fn open_graph(shell: &Shell, film: &Film) -> OpenGraph {
    OpenGraph {
        kind: "video.movie",
        image: preview(shell, film),
        price: film.chosen().map(|edition| {
            let currency = shell.currency();
            (currency.plain(edition.offer(film.now).price_minor), currency.code.clone())
        }),
    }
}

/// Address of the picture for link previews, with its host.
pub(super) fn preview(shell: &Shell, film: &Film) -> String {
    let row = &film.product.film;
    shell.absolute(&shell.media(Rendering::Preview.path(&row.slug, &row.poster(shell.lang))))
}

fn poster(shell: &Shell, film: &Film) -> String {
    let row = &film.product.film;
    let format = film.chosen().map(|edition| edition.format);
    let poster = Poster { format, ..row.poster(shell.lang) };
    shell.media(Rendering::Svg.path(&row.slug, &poster))
}

fn lede(t: FilmMessages, film: &Film) -> Vec<String> {
    let runtime = film.product.runtime_min.map(|minutes| t.minutes(minutes.into()));
    let genres = names(film, LinkKind::Genre, t.0);
    [Some(film.product.film.year.to_string()), runtime, genres].into_iter().flatten().collect()
}

fn billing(shell: &Shell, film: &Film) -> Billing {
    let people = |kind| film.links(kind).map(|link| person(shell, link)).collect();
    let product = &film.product;
    Billing {
        directors: people(LinkKind::Director),
        cast: people(LinkKind::Cast),
        studio: product
            .studio_slug
            .as_ref()
            .zip(product.studio_name.as_ref())
            .map(|(slug, name)| Link { href: shell.href(&format!("/studios/{slug}")), label: name.clone() }),
    }
}

fn person(shell: &Shell, link: &FilmLink) -> Link {
    let label = link.name(shell.lang).map(|name| name.text).unwrap_or_default();
    Link { href: shell.href(&format!("/people/{}", link.slug)), label }
}

fn edition(shell: &Shell, film: &Film, index: usize, row: &EditionRow) -> Edition {
    let t = FormatMessages(shell.lang);
    Edition {
        href: shell.href(&format!("/films/{}?edition={}", film.product.film.slug, encoded(&row.sku))),
        format: t.name(row.format),
        note: note(FilmMessages(shell.lang), row),
        price: PriceView::new(shell, &row.offer(film.now)),
        stock: StockView::new(t, row.availability()),
        is_chosen: film.chosen == Some(index),
        is_available: row.availability().can_be_bought(),
    }
}

pub(super) fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

fn note(t: FilmMessages, row: &EditionRow) -> String {
    if row.format.is_digital() {
        return t.by_email().to_owned();
    }
    let discs = row.discs.map(|discs| t.discs(discs.into()));
    let region = row.region_code.as_deref().map(|code| t.region(code));
    let region = region.or_else(|| (row.format == Format::Uhd4k).then(|| t.region_free().to_owned()));
    [discs, region].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn chosen(ctx: &PageContext, shell: &Shell, film: &Film, row: &EditionRow) -> ChosenEdition {
    let t = FormatMessages(shell.lang);
    let offer = row.offer(film.now);
    ChosenEdition {
        sku: row.sku.clone(),
        format: t.name(row.format),
        price: PriceView::new(shell, &offer),
        saved_percent: offer.saved_percent().map(i64::from),
        lowest_before: film.lowest_before.map(|minor| shell.money(minor)),
        stock: StockView::new(t, row.availability()),
        most: row.purchasable().into(),
        alert: (!row.availability().can_be_bought()).then(|| AlertForm::new(ctx, &film.product.film.slug, &row.sku)),
    }
}

/// What holds for every order, by the settings in force.
fn promises(shell: &Shell, settings: &Settings) -> Vec<Promise> {
    let t = FilmMessages(shell.lang);
    let standard = settings.delivery.iter().find(|method| method.is_enabled && method.kind == "standard");
    let free_from = standard
        .and_then(|method| method.free_from_minor)
        .map(|minor| Promise { icon: "truck", text: t.free_delivery_from(&shell.money(minor)) });
    let takes_cash = settings.payment.iter().any(|method| method.is_enabled && method.kind == "cash");
    let cash = takes_cash.then(|| Promise { icon: "check", text: t.pay_on_delivery().to_owned() });
    [free_from, cash].into_iter().flatten().collect()
}

/// Every fact that is known; the others have no row.
fn facts(t: FilmMessages, film: &Film, title: &Localized) -> Vec<Fact> {
    let product = &film.product;
    let chosen = film.chosen();
    let original = product.film.original_title.as_ref().filter(|original| **original != title.text);
    let mut facts = Vec::new();
    let mut add = |label, value: Option<String>, lang| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.push(Fact { label, value, lang });
        }
    };
    add(t.original_title(), original.cloned(), None);
    add(t.director(), names(film, LinkKind::Director, t.0), None);
    add(t.cast(), names(film, LinkKind::Cast, t.0), None);
    add(t.genres(), names(film, LinkKind::Genre, t.0), None);
    // Countries are kept by their English names; one that we do not know is shown as it is.
    let known = product.country.as_ref().and_then(|name| translated_country(name, t.0)).map(str::to_owned);
    let lang = (known.is_none() && t.0 != Lang::En).then_some(Lang::En);
    add(t.country(), known.or_else(|| product.country.clone()), lang);
    add(t.year(), Some(product.film.year.to_string()), None);
    add(t.runtime(), product.runtime_min.map(|minutes| t.minutes(minutes.into())), None);
    add(t.studio(), product.studio_name.clone(), None);
    add(t.audio(), languages(film, LinkKind::Audio, t.0), None);
    add(t.subtitles(), languages(film, LinkKind::Subtitles, t.0), None);
    add(t.age_rating(), product.age_rating.clone(), None);
    add(t.region_code(), chosen.and_then(|edition| edition.region_code.clone()), None);
    add(t.disc_count(), chosen.and_then(|edition| edition.discs).map(|discs| discs.to_string()), None);
    add(t.catalogue_number(), chosen.map(|edition| edition.sku.clone()), None);
    facts
}

fn names(film: &Film, kind: LinkKind, lang: Lang) -> Option<String> {
    let names: Vec<_> = film.links(kind).filter_map(|link| link.name(lang)).map(|name| name.text).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn languages(film: &Film, kind: LinkKind, lang: Lang) -> Option<String> {
    let names: Vec<_> = film.links(kind).map(|link| LanguageMessages(lang).name(&link.slug)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn alternatives(shell: &Shell, film: &Film) -> Option<Shelf> {
    let films = &film.alternatives;
    (!films.is_empty()).then(|| Shelf {
        id: "instead",
        title: FilmMessages(shell.lang).instead().to_owned(),
        more: None,
        films: FilmCard::all(shell, films, film.now),
    })
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_texts_end_at_a_word() {
        assert_eq!(shortened("Sand and sun", 12), "Sand and sun");
        assert_eq!(shortened("Sand and sun", 10), "Sand and…");
        assert_eq!(shortened("Жёлтый песок", 3), "Жёл…");
    }
}
