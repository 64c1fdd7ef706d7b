//! Pages of plain text, `/pages/{slug}`, and `robots.txt`.
//!
//! What they say of delivery, payment and tax comes from the settings, so that it stays true when those change.

mod about;
mod messages;
mod sale;

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Path, State},
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    response::IntoResponse,
};

use super::views::{Content, ContentPage};
use crate::{
    platform::{
        error::{OrNotFound, Result},
        http::{Page, PageContext, Shell, Site},
        i18n::Lang,
    },
    settings::Settings,
};

const TTL: Duration = Duration::from_mins(10);

/// `GET /pages/{slug}`
pub async fn show(
    Path(slug): Path<String>,
    State(settings): State<Arc<Settings>>,
    context: PageContext,
) -> Result<Page<ContentPage>> {
    let content = content(&slug, &context, &settings).or_not_found()?;
    let shell = Shell::new(&context, content.title, content.lead.clone());
    // It is made of words and settings, which change with the release and the start of the shop.
    Ok(Page::new(ContentPage { shell, content }).kept(TTL, [format!("page:{slug}")]))
}

/// The pages that there are.
pub const SLUGS: [&str; 5] = ["about", "accessibility", "privacy", "delivery", "terms"];

fn content(slug: &str, context: &PageContext, settings: &Settings) -> Option<Content> {
    match slug {
        "about" => Some(about::about(context.lang)),
        "accessibility" => Some(about::accessibility(context.lang)),
        "privacy" => Some(about::privacy(context.lang)),
        "delivery" => Some(sale::delivery(context, settings)),
        "terms" => Some(sale::terms(context.lang)),
        _ => None,
    }
}

/// What only makes sense for one person, or has no end.
const NOT_FOR_ROBOTS: [&str; 9] =
    ["/cart", "/checkout", "/orders/", "/alerts/", "/account", "/admin", "/api/", "/search", "/theme"];

/// `GET /robots.txt`
pub async fn robots(State(site): State<Arc<Site>>) -> impl IntoResponse {
    let mut text = String::from("User-agent: *\n");
    for lang in Lang::ALL {
        for path in NOT_FOR_ROBOTS {
            text.push_str("Disallow: ");
            text.push_str(lang.prefix());
            text.push_str(path);
            text.push('\n');
        }
    }
    text.push_str(&format!("\nSitemap: {}/sitemap.xml\n", site.config.base_url));
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")], text)
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;
    use crate::platform::http::check::{check_page, context};

    #[test]
    fn every_page_is_well_made_in_every_language() {
        for lang in Lang::ALL {
            for slug in SLUGS {
                let context = context(lang, &format!("/pages/{slug}"));
                let content = content(slug, &context, &Settings::default()).unwrap();
                let shell = Shell::new(&context, content.title, content.lead.clone());
                check_page(slug, lang, &ContentPage { shell, content }.render().unwrap());
            }
        }
    }

    #[test]
    fn the_delivery_page_says_what_the_settings_say() {
        let mut settings = Settings::default();
        let text = |settings: &Settings| {
            let context = context(Lang::En, "/pages/delivery");
            format!("{:?}", content("delivery", &context, settings))
        };
        assert!(text(&settings).contains("$12.90"), "price of the express delivery");
        settings.delivery.retain(|method| method.kind != "express");
        assert!(!text(&settings).contains("$12.90"));
    }
}
