//! Suggestions while somebody types: films, people and categories, each with its address.

use std::{sync::Arc, time::Duration};

use askama::Template;
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header::ACCEPT},
    response::{Html, IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    catalog::index::Catalogue,
    catalog::{
        queries,
        views::{self, SearchMessages},
    },
    platform::{
        db::Database,
        error::{Error, Result},
        http::{ClientAddress, Fields, PageContext},
        i18n::{Lang, Localized},
        limiter::{Limit, Limits, address_key},
    },
};

/// Whoever types asks with every few letters; what asks more often than that types nothing.
const PER_ADDRESS: Limit = Limit { name: "suggestions", most: 120, per: Duration::from_mins(1) };

#[derive(Serialize)]
struct Suggestions {
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Suggestion {
    url: String,
    title: String,
    /// The title's language where it is not the page's.
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'static str>,
    note: String,
}

/// The same as a list, for those who do not ask for JSON.
#[derive(Template)]
#[template(path = "catalog/suggestions.html")]
struct SuggestionList {
    suggestions: Vec<Suggestion>,
}

/// `GET /search/suggest`.
pub async fn suggest(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    ClientAddress(address): ClientAddress,
    catalogue: Catalogue,
    db: Database,
    headers: HeaderMap,
) -> Result<Response> {
    limits.check(&PER_ADDRESS, &address_key(address)).await.map_err(Error::TooMany)?;
    let fields = Fields::parse(context.query.as_bytes())?;
    let suggestions = suggestions(&context, &catalogue, &db, fields.get("q")).await?;
    let accepts = |kind: &str| {
        let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
        accept.is_some_and(|accept| accept.contains(kind))
    };
    if accepts("application/json") {
        return Ok(Json(Suggestions { suggestions }).into_response());
    }
    Ok(Html(SuggestionList { suggestions }.render()?).into_response())
}

async fn suggestions(
    context: &PageContext,
    catalogue: &Catalogue,
    db: &Database,
    typed: &str,
) -> Result<Vec<Suggestion>> {
    let found = catalogue.suggest(typed);
    let t = SearchMessages(context.lang);
    let mut suggestions = Vec::new();
    if !found.films.is_empty() {
        for film in queries::films(&mut db.conn().await?, &found.films).await? {
            let path = format!("/films/{}", film.slug);
            suggestions.push(suggestion(context, &path, film.title(context.lang), views::byline(&film)));
        }
    }
    for (person, _) in found.people {
        let name = Localized { text: person.name.to_string(), lang: context.lang };
        suggestions.push(suggestion(context, &format!("/people/{}", person.slug), name, t.person().to_owned()));
    }
    for category in found.categories {
        let title = category.title.localized(context.lang);
        suggestions.push(suggestion(context, &format!("/categories/{}", category.slug), title, t.shelf().to_owned()));
    }
    Ok(suggestions)
}

fn suggestion(context: &PageContext, path: &str, title: Localized, note: String) -> Suggestion {
    let lang = (title.lang != context.lang).then(|| Lang::code(title.lang));
    Suggestion { url: context.href(path), title: title.text, lang, note }
}
