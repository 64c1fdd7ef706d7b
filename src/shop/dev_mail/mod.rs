//! `/dev/mail`: where messages end in development. Lists what was kept, and shows every template with sample data.
//!
//! The routes exist in no other environment.

mod views;

use axum::{
    Router,
    extract::{Path, State},
    http::{
        HeaderValue,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::get,
};

use self::views::{LetterView, MailboxView, Shown};
use super::mails;
use crate::{
    app::App,
    messages::{self, Channel, Rendered},
    platform::{
        db::Database,
        error::{OrNotFound, Result},
        http::{Fields, Page, PageContext},
    },
};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/dev/mail", get(list))
        .route("/dev/mail/{id}", get(show))
        .route("/dev/mail/{id}/html", get(show_html))
        .route("/dev/mail/previews/{template}", get(preview))
        .route("/dev/mail/previews/{template}/html", get(preview_html))
}

async fn list(context: PageContext, db: Database) -> Result<Response> {
    let kept = messages::kept_messages(&mut db.conn().await?).await?;
    Ok(Page::new(MailboxView::new(&context, kept, mails::templates())).into_response())
}

async fn show(context: PageContext, db: Database, Path(id): Path<u64>) -> Result<Response> {
    let kept = messages::kept(&mut db.conn().await?, id).await?.or_not_found()?;
    let frame = context.href(&format!("/dev/mail/{id}/html"));
    Ok(framing(&context, LetterView::new(&context, Shown::from(kept), frame)))
}

async fn show_html(db: Database, Path(id): Path<u64>) -> Result<Response> {
    let kept = messages::kept(&mut db.conn().await?, id).await?.or_not_found()?;
    Ok(framed(kept.channel, &kept.html))
}

/// Which way a preview is meant for.
fn channel_of(context: &PageContext) -> Result<Channel> {
    let fields = Fields::parse(context.query.as_bytes())?;
    Ok(Channel::from_word(fields.get("channel")).unwrap_or(Channel::Email))
}

async fn preview(context: PageContext, State(app): State<App>, Path(template): Path<String>) -> Result<Response> {
    let channel = channel_of(&context)?;
    let sample = sample(&app, &context, &template, channel)?;
    let frame = context.href(&format!("/dev/mail/previews/{template}/html?channel={}", channel.word()));
    Ok(framing(&context, LetterView::new(&context, Shown::sample(channel, sample), frame)))
}

async fn preview_html(context: PageContext, State(app): State<App>, Path(template): Path<String>) -> Result<Response> {
    let channel = channel_of(&context)?;
    Ok(framed(channel, &sample(&app, &context, &template, channel)?.html))
}

fn sample(app: &App, context: &PageContext, template: &str, channel: Channel) -> Result<Rendered> {
    mails::sample(&mails::context(app, context.lang), template, channel)?.or_not_found()
}

/// A page that may show a message in a frame.
fn framing(context: &PageContext, view: LetterView) -> Response {
    let mut response = Page::new(view).into_response();
    let usual = context.site.security_headers.get(CONTENT_SECURITY_POLICY).and_then(|value| value.to_str().ok());
    let policy = format!("{}; frame-src 'self'", usual.unwrap_or("default-src 'none'"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The message as a mail program shows it: its own style and pictures from anywhere, and nothing that runs.
fn framed(channel: Channel, html: &str) -> Response {
    const POLICY: HeaderValue = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' http: https:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
    );
    let document = match channel {
        // Links lead out of the frame, as they lead out of a mail program.
        Channel::Email => html.replacen("<head>", "<head><base target=\"_blank\">", 1),
        Channel::Telegram => format!("<!DOCTYPE html><meta charset=\"utf-8\"><pre>{html}</pre>"),
    };
    let mut response = document.into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, POLICY);
    response
}

#[cfg(test)]
mod tests;
