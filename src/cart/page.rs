//! From a cart to what its page shows.

use time::OffsetDateTime;

use super::{
    Cart, CartLine, Quote, quote_cart,
    views::{CartDetails, CartLineView, CartTotals, DeliveryEstimate, FreeDelivery},
};
use crate::{
    catalog::{posters::Rendering, views::FormatMessages},
    platform::http::PageContext,
    pricing::{DeliveryOption, missing_for_free_delivery},
    settings::Settings,
};

pub(super) fn details(context: &PageContext, settings: &Settings, cart: &Cart, now: OffsetDateTime) -> CartDetails {
    let quote = quote_cart(settings, cart, "", &cart.saved.delivery.country, now);
    CartDetails {
        lines: cart.lines.iter().map(|line| line_view(context, line, now)).collect(),
        totals: totals_view(cart, &quote, now),
        note: cart.note.clone(),
        ..CartDetails::default()
    }
}

fn line_view(context: &PageContext, line: &CartLine, now: OffsetDateTime) -> CartLineView {
    let offer = line.edition.offer(now);
    let film = &line.film;
    CartLineView {
        id: line.item_id,
        title: film.title(context.lang),
        href: film.is_visible(now).then(|| context.href(&format!("/films/{}?edition={}", film.slug, line.edition.sku))),
        poster: poster_url(context, line),
        format: FormatMessages(context.lang).name(line.edition.format),
        availability: line.edition.availability(),
        problem: line.problem(now),
        quantity: line.quantity,
        most: line.edition.purchasable(),
        unit_price_minor: offer.price_minor,
        old_price_minor: offer.old_minor(),
        seen_price_minor: line.changed_from(now),
        total_minor: line.total_minor(now),
        error: None,
        owned: None,
        is_gift: line.is_gift,
    }
}

/// Address of a line's poster in the language of the page.
pub fn poster_url(context: &PageContext, line: &CartLine) -> String {
    let path = Rendering::Svg.path(&line.film.slug, &line.film.poster(context.lang));
    format!("{}{path}", context.site.config.media_url)
}

fn totals_view(cart: &Cart, quote: &Quote, now: OffsetDateTime) -> CartTotals {
    let goods_minor = quote.totals.subtotal_minor;
    let cheapest = quote.options.iter().min_by_key(|option| option.price_minor).filter(|_| goods_minor > 0);
    CartTotals {
        units: cart.counted(now).map(|line| i64::from(line.quantity)).sum(),
        goods_minor,
        delivery: cheapest.map(|option| DeliveryEstimate {
            delivery_type: option.kind,
            price_minor: option.price_minor,
            is_from: cart.saved.delivery.country.is_empty(),
            dates: option.dates,
        }),
        free_delivery: free_delivery(goods_minor, &quote.options),
        total_minor: goods_minor + cheapest.map_or(0, |option| option.price_minor),
        tax_minor: quote.totals.lines.iter().map(|line| line.tax_minor).sum(),
    }
}

/// How far the goods are from the first offer of free delivery.
pub fn free_delivery(goods_minor: i64, options: &[DeliveryOption]) -> FreeDelivery {
    let threshold = options.iter().find_map(|option| option.free_from_minor);
    match (threshold, missing_for_free_delivery(goods_minor, threshold)) {
        (None, _) => FreeDelivery::NotOffered,
        (Some(_), Some(missing)) => FreeDelivery::Missing(missing),
        (Some(_), None) => FreeDelivery::Reached,
    }
}
