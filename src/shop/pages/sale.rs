//! Delivery and payment, and the terms of sale.

use super::messages::{DeliveryMessages, TermsMessages};
use crate::{
    checkout::TERMS_VERSION,
    platform::{http::PageContext, i18n::Lang},
    settings::{DeliveryMethod, Settings},
    shop::views::{Content, Section},
};

pub fn delivery(context: &PageContext, settings: &Settings) -> Content {
    let t = DeliveryMessages(context.lang);
    let methods = settings.delivery.iter().filter(|method| method.is_enabled);
    let points: Vec<_> = settings.pickup_points.iter().map(|point| point.name(context.lang)).collect();
    let mut sections = vec![Section {
        heading: t.methods(),
        paragraphs: methods.filter_map(|method| describe(t, context, method)).collect(),
        links: Vec::new(),
    }];
    if !points.is_empty() {
        sections.push(Section::text(t.points(), &points));
    }
    if settings.payment.iter().any(|method| method.is_enabled && method.kind == "cash") {
        sections.push(Section::text(t.payment(), &[t.cash()]));
    }
    Content { title: t.title(), lead: t.lead().to_owned(), sections }
}

/// Name, price, threshold and days of a method.
fn describe(t: DeliveryMessages, context: &PageContext, method: &DeliveryMethod) -> Option<String> {
    let name = match method.kind.as_str() {
        "standard" => t.standard(),
        "express" => t.express(),
        "pickup" => t.pickup(),
        "digital" => return Some(t.digital().to_owned()),
        _ => return None,
    };
    let price = if method.price_minor == 0 { t.free().to_owned() } else { context.money(method.price_minor) };
    let mut text = t.method(name, &price, method.days.0, method.days.1);
    if let Some(from) = method.free_from_minor {
        text.push(' ');
        text.push_str(&t.free_from(&context.money(from)));
    }
    if !method.countries.is_empty() {
        text.push(' ');
        text.push_str(&t.only_to(&method.countries.join(", ")));
    }
    Some(text)
}

pub fn terms(lang: Lang) -> Content {
    let t = TermsMessages(lang);
    Content {
        title: t.title(),
        lead: t.version(TERMS_VERSION),
        sections: vec![
            Section::text(t.order(), &[t.order_text(), t.order_total()]),
            Section::text(t.prices(), &[t.prices_text()]),
            Section::text(t.stock(), &[t.stock_text()]),
            Section::text(t.payment(), &[t.payment_text()]),
        ],
    }
}
