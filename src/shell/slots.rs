//! The personal parts of a page: the cart's count, the chosen theme, one message.

use std::sync::{Arc, OnceLock};

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header::SET_COOKIE};

use super::{Theme, visit::Visit};
use crate::{
    app::App,
    cart::{CartCount, CartToken},
    platform::{
        clock,
        http::{Cookies, LayoutMessages, Notice, NoticeKind, Slots, expired_cookie_header},
        i18n::Lang,
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

/// Somebody's own parts of a page.
pub(super) struct Person {
    pub slots: Slots,
    /// For the browser to forget the message that it is shown now.
    seen_notice: Option<HeaderValue>,
}

impl Person {
    pub fn apply_cookies(&self, headers: &mut HeaderMap) {
        if let Some(cookie) = &self.seen_notice {
            headers.append(SET_COOKIE, cookie.clone());
        }
    }
}

/// What a page shows to somebody of whom nothing is known.
pub(super) fn of_a_stranger(lang: Lang) -> Slots {
    Slots { theme: theme_part(lang, Theme::default()).to_owned(), ..Slots::default() }
}

/// The parts of whoever asks for a kept page; none of a stranger, who gets the page as it is.
pub(super) async fn personal(app: &App, visit: &Visit) -> Option<Person> {
    let cookies = Cookies::new(&app.site, &visit.headers);
    let is_known =
        [CartToken::COOKIE, Theme::COOKIE, Notice::COOKIE].into_iter().any(|name| cookies.get(name).is_some());
    if !is_known {
        return None;
    }
    let count = count_cart(app, visit, &cookies).await;
    Some(person(app, visit, &cookies, count))
}

/// The parts of whoever gets this answer, which may know the cart's count already. Pages that tell of an outage ask for
/// nothing.
pub(super) async fn of(app: &App, visit: &Visit, counted: Option<CartCount>, status: StatusCode) -> Person {
    let cookies = Cookies::new(&app.site, &visit.headers);
    let count = match counted {
        Some(CartCount(count)) => count,
        None if status.is_server_error() => 0,
        None => count_cart(app, visit, &cookies).await,
    };
    person(app, visit, &cookies, count)
}

fn person(app: &App, visit: &Visit, cookies: &Cookies<'_>, count: i64) -> Person {
    let t = LayoutMessages(visit.context.lang);
    let theme = cookies.get(Theme::COOKIE).and_then(Theme::from_word).unwrap_or_default();
    let notice = cookies.get(Notice::COOKIE);
    let slots = Slots {
        cart: if count > 0 { part(&CartCountView { t, count }) } else { String::new() },
        theme: theme_part(visit.context.lang, theme).to_owned(),
        notice: notice
            .and_then(|sealed| Notice::open(&app.site, sealed))
            .map(|notice| part(&NoticeView::new(app.site.sprite(), notice)))
            .unwrap_or_default(),
    };
    Person { slots, seen_notice: notice.map(|_| expired_cookie_header(&app.site, Notice::COOKIE)) }
}

/// The theme's radios, drawn once for each choice in each language.
fn theme_part(lang: Lang, theme: Theme) -> &'static str {
    static DRAWN: [[OnceLock<String>; 3]; 3] = [const { [const { OnceLock::new() }; 3] }; 3];
    DRAWN[lang as usize][theme as usize].get_or_init(|| part(&ThemeView::new(LayoutMessages(lang), theme)))
}

/// No page is refused for want of this number. Whoever brings a message back from a change is counted with care.
async fn count_cart(app: &App, visit: &Visit, cookies: &Cookies<'_>) -> i64 {
    let Some(token) = CartToken::from_cookie(cookies) else { return 0 };
    let db = app.db.metered(Arc::clone(&visit.meter));
    let closely = cookies.get(Notice::COOKIE).is_some();
    app.carts.units(&db, &token, clock::now(), closely).await.unwrap_or_else(|error| {
        tracing::warn!("the cart was not counted: {error:#}");
        0
    })
}

fn part(view: &impl Template) -> String {
    view.render().unwrap_or_default()
}
