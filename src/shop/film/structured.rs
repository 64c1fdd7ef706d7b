//! A film's page for machines: the product with its offers, the film's facts, and the way to the page.

use serde_json::{Map, Value, json};
use time::format_description::well_known::Rfc3339;

use super::{
    Film,
    present::{encoded, preview},
};
use crate::{
    catalog::{
        Availability,
        queries::{EditionRow, LinkKind},
        views::RatingView,
    },
    platform::{
        http::{Crumb, Shell},
        i18n::Lang,
    },
};

/// Adds what search engines and link previews read. It says what the page shows, and nothing else.
pub(super) fn describe(shell: &mut Shell, film: &Film, crumbs: &[Crumb]) {
    for data in [product(shell, film), movie(shell, film)] {
        shell.push_json_ld(&data);
    }
    shell.push_crumbs(crumbs);
}

fn product(shell: &Shell, film: &Film) -> Value {
    let row = &film.product;
    let offers: Vec<_> = film.editions.iter().map(|edition| offer(shell, film, edition)).collect();
    let brand = row.studio_name.as_ref().map(|name| json!({ "@type": "Brand", "name": name }));
    known([
        ("@context", Some(json!("https://schema.org"))),
        ("@type", Some(json!("Product"))),
        ("name", Some(json!(row.film.title(shell.lang).text))),
        ("url", Some(json!(shell.canonical_url()))),
        ("image", Some(json!(preview(shell, film)))),
        ("description", Some(json!(shell.description))),
        ("sku", film.chosen().map(|edition| json!(edition.sku))),
        ("brand", brand),
        ("aggregateRating", rating(film)),
        ("offers", (!offers.is_empty()).then(|| json!(offers))),
    ])
}

/// Of what people have written only the sum: search engines must not give a story away.
fn rating(film: &Film) -> Option<Value> {
    let (histogram, _) = &film.reviews;
    let mean = RatingView::new(histogram.hundredths()?, histogram.count(), Lang::En)?;
    Some(json!({
        "@type": "AggregateRating",
        "ratingValue": mean.mean,
        "reviewCount": mean.count,
        "bestRating": 5,
        "worstRating": 1,
    }))
}

fn offer(shell: &Shell, film: &Film, edition: &EditionRow) -> Value {
    let offer = edition.offer(film.now);
    let availability = match edition.availability() {
        Availability::InStock | Availability::Digital => "InStock",
        Availability::Low(_) => "LimitedAvailability",
        Availability::Out => "OutOfStock",
    };
    known([
        ("@type", Some(json!("Offer"))),
        ("sku", Some(json!(edition.sku))),
        ("url", Some(json!(format!("{}?edition={}", shell.canonical_url(), encoded(&edition.sku))))),
        ("price", Some(json!(shell.currency().plain(offer.price_minor)))),
        ("priceCurrency", Some(json!(shell.currency().code))),
        ("priceValidUntil", offer.sale_ends_at.and_then(|end| end.format(&Rfc3339).ok()).map(|end| json!(end))),
        ("availability", Some(json!(format!("https://schema.org/{availability}")))),
        ("itemCondition", Some(json!("https://schema.org/NewCondition"))),
    ])
}

fn movie(shell: &Shell, film: &Film) -> Value {
    let row = &film.product;
    let people = |kind| {
        let names = film.links(kind).filter_map(|link| link.name(shell.lang));
        let people: Vec<_> = names.map(|name| json!({ "@type": "Person", "name": name.text })).collect();
        (!people.is_empty()).then(|| json!(people))
    };
    let genres: Vec<_> = film.links(LinkKind::Genre).filter_map(|link| link.name(shell.lang)).map(|g| g.text).collect();
    known([
        ("@context", Some(json!("https://schema.org"))),
        ("@type", Some(json!("Movie"))),
        ("name", Some(json!(row.film.title(shell.lang).text))),
        ("alternateName", row.film.original_title.as_ref().map(|title| json!(title))),
        ("url", Some(json!(shell.canonical_url()))),
        ("image", Some(json!(preview(shell, film)))),
        ("datePublished", Some(json!(row.film.year.to_string()))),
        ("duration", row.runtime_min.map(|minutes| json!(format!("PT{minutes}M")))),
        ("genre", (!genres.is_empty()).then(|| json!(genres))),
        ("director", people(LinkKind::Director)),
        ("actor", people(LinkKind::Cast)),
        ("countryOfOrigin", row.country.as_ref().map(|name| json!({ "@type": "Country", "name": name }))),
        ("contentRating", row.age_rating.as_ref().map(|rating| json!(rating))),
        ("productionCompany", row.studio_name.as_ref().map(|name| json!({ "@type": "Organization", "name": name }))),
    ])
}

/// An object of those values that are known.
fn known<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(known.collect::<Map<_, _>>())
}
