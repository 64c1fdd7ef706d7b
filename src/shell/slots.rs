//! The personal parts of a page: the cart's count, the chosen theme, one message.

use std::sync::Arc;

use askama::Template;
use axum::{
    http::{StatusCode, header::SET_COOKIE},
    response::Response,
};

use super::{Theme, Visit, with_body};
use crate::{
    app::App,
    cart::{self, CartCount, CartToken},
    platform::{
        clock,
        http::{Cookies, LayoutMessages, Notice, NoticeKind, Slots, expired_cookie_header},
    },
};

#[derive(Template)]
#[template(path = "shell/cart_count.html")]
struct CartCountView {
    t: LayoutMessages,
    count: i64,
}

#[derive(Template)]
#[template(path = "shell/theme.html")]
struct ThemeView {
    theme: Theme,
    choices: [(&'static str, &'static str); 3],
}

#[derive(Template)]
#[template(path = "shell/notice.html")]
struct NoticeView {
    sprite: String,
    /// The variant of the block and its icon.
    kind: &'static str,
    icon: &'static str,
    notice: Notice,
}

impl ThemeView {
    fn new(t: LayoutMessages, theme: Theme) -> Self {
        let choices = [Theme::System, Theme::Light, Theme::Dark].map(|theme| {
            let label = match theme {
                Theme::System => t.lights_system(),
                Theme::Light => t.lights_up(),
                Theme::Dark => t.lights_down(),
            };
            (theme.word(), label)
        });
        Self { theme, choices }
    }
}

impl NoticeView {
    fn new(sprite: &str, notice: Notice) -> Self {
        let (kind, icon) = match notice.kind {
            NoticeKind::Good => ("notice--good", "i-check"),
            NoticeKind::Warn => ("notice--warn", "i-alert"),
        };
        Self { sprite: sprite.to_owned(), kind, icon, notice }
    }
}

pub(super) async fn fill(app: &App, visit: &Visit, mut response: Response, html: &str) -> Response {
    let cookies = Cookies::new(&app.site, &visit.headers);
    let t = LayoutMessages(visit.context.lang);
    let counted = response.extensions().get::<CartCount>().copied();
    let count = match counted {
        Some(CartCount(count)) => count,
        None => count_cart(app, visit, response.status(), CartToken::from_cookie(&cookies)).await,
    };
    let theme = cookies.get(Theme::COOKIE).and_then(Theme::from_word).unwrap_or_default();
    let notice = cookies.get(Notice::COOKIE);
    let slots = Slots {
        cart: if count > 0 { part(&CartCountView { t, count }) } else { String::new() },
        theme: part(&ThemeView::new(t, theme)),
        notice: notice
            .and_then(|sealed| Notice::open(&app.site, sealed))
            .map(|notice| part(&NoticeView::new(app.site.sprite(), notice)))
            .unwrap_or_default(),
    };
    if notice.is_some() {
        response.headers_mut().append(SET_COOKIE, expired_cookie_header(&app.site, Notice::COOKIE));
    }
    with_body(response, slots.fill(&app.site.slot_nonce, html))
}

/// One statement, and only for somebody who has a cart. No page is refused for want of this number, and none of those
/// that tell of an outage asks for it.
async fn count_cart(app: &App, visit: &Visit, status: StatusCode, token: Option<CartToken>) -> i64 {
    let Some(token) = token.filter(|_| !status.is_server_error()) else {
        return 0;
    };
    let counted: sqlx::Result<i64> = async {
        let mut conn = app.db.metered(Arc::clone(&visit.meter)).conn().await?;
        cart::count_units(&mut conn, &token.hash(), clock::now()).await
    }
    .await;
    counted.unwrap_or_else(|error| {
        tracing::warn!("the cart was not counted: {error:#}");
        0
    })
}

fn part(view: &impl Template) -> String {
    view.render().unwrap_or_default()
}
