//! The personal parts of a page: who is signed in, the cart's count, the chosen theme, one message.

use std::sync::{Arc, OnceLock};

use askama::Template;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header::SET_COOKIE};

use super::{Theme, aside, visit::Visit};
use crate::{
    accounts::Visitor,
    app::App,
    cart::{CartCount, CartToken},
    platform::{
        clock,
        http::{Cookies, Kept, LayoutMessages, Notice, NoticeKind, Site, Slots, expired_cookie_header},
        i18n::Lang,
        redis::Told,
        sessions::{Glance, Kind, SessionToken, Subject},
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

#[derive(Template)]
#[template(path = "shell/account.html")]
struct AccountView<'a> {
    t: LayoutMessages,
    sprite: &'a str,
    href: String,
    /// Who is signed in.
    name: Option<&'a str>,
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

/// A customer, as far as the header knows them.
pub(super) struct SignedIn {
    pub id: u64,
    name: String,
    /// The units in their cart.
    units: Told,
}

impl SignedIn {
    fn new(id: u64, name: &str) -> Self {
        Self { id, name: name.to_owned(), units: Told::Unasked }
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
pub(super) fn of_a_stranger(site: &Site, lang: Lang, path: &str) -> Slots {
    let theme = theme_part(lang, Theme::default()).to_owned();
    Slots { theme, account: account_part(site, lang, None), aside: aside_door(lang, path), ..Slots::default() }
}

/// The parts of whoever asks for a kept page; none of a stranger, who gets the page as it is.
/// `tags` name what the page shows.
pub(super) async fn personal<'a>(app: &App, visit: &Visit, tags: impl Iterator<Item = &'a str>) -> Option<Person> {
    const KNOWN_BY: [&str; 4] = [CartToken::COOKIE, Theme::COOKIE, Notice::COOKIE, Kind::Client.cookie()];
    let cookies = Cookies::new(&app.site, &visit.headers);
    if KNOWN_BY.into_iter().all(|name| cookies.get(name).is_none()) {
        return None;
    }
    let signed_in = glance(app, visit, &cookies).await;
    let count = count_cart(app, visit, &cookies, signed_in.as_ref()).await;
    let aside = aside_part(app, visit, signed_in.as_ref(), tags).await;
    Some(person(app, visit, &cookies, signed_in.as_ref(), (count, aside)))
}

/// The parts of whoever gets this answer, which may know them and their cart's count already. Pages that tell of an outage
/// ask for nothing.
pub(super) async fn of(app: &App, visit: &Visit, known: &Extensions, status: StatusCode) -> Person {
    let cookies = Cookies::new(&app.site, &visit.headers);
    let signed_in = match known.get() {
        Some(Visitor(customer)) => customer.as_ref().map(|customer| SignedIn::new(customer.id, &customer.name)),
        None if status.is_server_error() => None,
        None => glance(app, visit, &cookies).await,
    };
    let count = match known.get() {
        Some(CartCount(count)) => *count,
        None if status.is_server_error() => 0,
        None => count_cart(app, visit, &cookies, signed_in.as_ref()).await,
    };
    let tags = known.get::<Kept>().into_iter().flat_map(|kept| &kept.tags).map(|tag| &**tag);
    let aside =
        if status.is_success() { aside_part(app, visit, signed_in.as_ref(), tags).await } else { String::new() };
    person(app, visit, &cookies, signed_in.as_ref(), (count, aside))
}

fn person(
    app: &App,
    visit: &Visit,
    cookies: &Cookies<'_>,
    signed_in: Option<&SignedIn>,
    (count, aside): (i64, String),
) -> Person {
    let lang = visit.context.lang;
    let t = LayoutMessages(lang);
    let theme = cookies.get(Theme::COOKIE).and_then(Theme::from_word).unwrap_or_default();
    let notice = cookies.get(Notice::COOKIE);
    let slots = Slots {
        cart: if count > 0 { part(&CartCountView { t, count }) } else { String::new() },
        theme: theme_part(lang, theme).to_owned(),
        notice: notice
            .and_then(|sealed| Notice::open(&app.site, sealed))
            .map(|notice| part(&NoticeView::new(&app.site.sprite, notice)))
            .unwrap_or_default(),
        account: account_part(&app.site, lang, signed_in),
        aside,
    };
    Person { slots, seen_notice: notice.map(|_| expired_cookie_header(&app.site, Notice::COOKIE)) }
}

/// The way to the account of whoever is signed in, or to the door.
fn account_part(site: &Site, lang: Lang, signed_in: Option<&SignedIn>) -> String {
    static DOOR: [OnceLock<String>; 3] = [const { OnceLock::new() }; 3];
    let draw = |path: &str, name: Option<&str>| {
        let href = format!("{}{path}", lang.prefix());
        part(&AccountView { t: LayoutMessages(lang), sprite: &site.sprite, href, name })
    };
    match signed_in {
        Some(SignedIn { name, .. }) => draw("/account", Some(name)),
        None => DOOR[lang as usize].get_or_init(|| draw("/account/login", None)).clone(),
    }
}

/// Who is signed in, from a copy that can be believed. Whoever brings a message back from a change is looked up with care.
pub(super) async fn glance(app: &App, visit: &Visit, cookies: &Cookies<'_>) -> Option<SignedIn> {
    let token = SessionToken::from_cookie(cookies, Kind::Client)?;
    let db = app.db.metered(Arc::clone(&visit.meter));
    let closely = cookies.get(Notice::COOKIE).is_some();
    match app.sessions.glance(&db, &token, clock::now(), closely).await {
        Ok(Some(Glance { subject: Subject::Client(id), shown, beside })) => {
            Some(SignedIn { id, name: shown.name, units: beside })
        }
        Ok(_) => None,
        Err(error) => {
            tracing::warn!("nobody knows who is signed in: {error:#}");
            None
        }
    }
}

/// What concerns a customer and the film or the list that they look at. No page is refused for want of it.
async fn aside_part<'a>(
    app: &App,
    visit: &Visit,
    signed_in: Option<&SignedIn>,
    tags: impl Iterator<Item = &'a str>,
) -> String {
    let context = &visit.context;
    let Some(SignedIn { id, .. }) = signed_in else { return aside_door(context.lang, &context.path) };
    let db = app.db.metered(Arc::clone(&visit.meter));
    let drawn = if let Some(slug) = aside::film_of(&context.path) {
        Box::pin(aside::load(&db, context, *id, slug)).await.map(|view| view.as_ref().map(part))
    } else if aside::shelf::is_list(&context.path) {
        aside::shelf::load((&db, &app.owned), context, *id, tags).await.map(|view| view.as_ref().map(part))
    } else {
        Ok(None)
    };
    match drawn {
        Ok(drawn) => drawn.unwrap_or_default(),
        Err(error) => {
            tracing::warn!("nobody knows what concerns the customer here: {error:#}");
            String::new()
        }
    }
}

/// On a film's page: the way to one's wishlist, by signing in.
fn aside_door(lang: Lang, path: &str) -> String {
    aside::film_of(path).map(|slug| part(&aside::DoorView::new(lang, slug))).unwrap_or_default()
}

/// The theme's radios, drawn once for each choice in each language.
fn theme_part(lang: Lang, theme: Theme) -> &'static str {
    static DRAWN: [[OnceLock<String>; 3]; 3] = [const { [const { OnceLock::new() }; 3] }; 3];
    DRAWN[lang as usize][theme as usize].get_or_init(|| part(&ThemeView::new(LayoutMessages(lang), theme)))
}

/// No page is refused for want of this number. Whoever brings a message back from a change is counted with care.
async fn count_cart(app: &App, visit: &Visit, cookies: &Cookies<'_>, signed_in: Option<&SignedIn>) -> i64 {
    let of_customer = signed_in.map(|signed_in| CartToken::of_client(signed_in.id));
    let Some(token) = of_customer.or_else(|| CartToken::from_cookie(cookies)) else { return 0 };
    let db = app.db.metered(Arc::clone(&visit.meter));
    let closely = cookies.get(Notice::COOKIE).is_some();
    let told = signed_in.map_or(Told::Unasked, |signed_in| signed_in.units);
    app.carts.units(&db, &token, clock::now(), closely, told).await.unwrap_or_else(|error| {
        tracing::warn!("the cart was not counted: {error:#}");
        0
    })
}

fn part(view: &impl Template) -> String {
    view.render().unwrap_or_default()
}
