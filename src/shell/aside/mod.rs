//! What concerns one customer on a film's page or a list of films, which are the same for everybody but for this.

mod messages;
mod queries;
pub(super) mod shelf;

use askama::Template;

use self::{messages::AsideMessages, queries::Found};
use crate::{
    orders::owned,
    platform::{db::Database, http::PageContext, i18n::Lang},
    reviews::{messages::FormMessages, views::state},
};

/// `shell/aside.html` draws it.
#[derive(Template)]
#[template(path = "shell/aside.html")]
pub(super) struct AsideView {
    t: AsideMessages,
    words: FormMessages,
    sprite: String,
    /// What of the film the customer owns.
    owned: Option<String>,
    /// Where the customer's review of the film stands; none while there is none.
    state: Option<&'static str>,
    /// Changes the review, or writes it.
    href: String,
    wish: Wish,
}

/// The form that puts the film on the wishlist or takes it off.
struct Wish {
    is_saved: bool,
    action: String,
    slug: String,
    /// The film's page.
    next: String,
}

/// What stands there for somebody who is not signed in. `shell/aside_door.html` draws it.
#[derive(Template)]
#[template(path = "shell/aside_door.html")]
pub(super) struct DoorView {
    t: AsideMessages,
    /// Signing in, and back to the film.
    href: String,
}

impl DoorView {
    pub fn new(lang: Lang, slug: &str) -> Self {
        let prefix = lang.prefix();
        Self { t: AsideMessages(lang), href: format!("{prefix}/account/login?next={prefix}/films/{slug}") }
    }
}

impl AsideView {
    fn new(context: &PageContext, slug: &str, found: Found) -> Self {
        let words = FormMessages(context.lang);
        let wish = match found.saved_in {
            Some(list) => format!("/account/wishlists/{list}/films/{}/remove", found.product_id),
            None => "/account/wishlists/films".to_owned(),
        };
        Self {
            t: AsideMessages(context.lang),
            words,
            sprite: context.site.sprite.clone(),
            owned: owned::film_note(context, found.owned),
            state: found.review.map(|review| state(words, review.status, review.has_edit)),
            href: context.href(&match found.review {
                Some(review) => format!("/reviews/{}/edit", review.id),
                None => format!("/films/{slug}/reviews/new"),
            }),
            wish: Wish {
                is_saved: found.saved_in.is_some(),
                action: context.href(&wish),
                slug: slug.to_owned(),
                next: context.href(&format!("/films/{slug}")),
            },
        }
    }
}

/// The slug of the film that this is the page of.
pub(super) fn film_of(path: &str) -> Option<&str> {
    let is_slug = |slug: &&str| !slug.is_empty() && slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    path.strip_prefix("/films/").filter(is_slug)
}

/// One statement; nothing where there is no such film.
pub(super) async fn load(
    db: &Database,
    context: &PageContext,
    client_id: u64,
    slug: &str,
) -> sqlx::Result<Option<AsideView>> {
    let found = queries::find(&mut db.conn().await?, client_id, slug).await?;
    Ok(found.map(|found| AsideView::new(context, slug, found)))
}

#[cfg(test)]
mod tests {
    use super::film_of;

    #[test]
    fn only_a_films_own_page_has_an_aside() {
        assert_eq!(film_of("/films/m-1931"), Some("m-1931"));
        for path in ["/films", "/films/", "/films/m-1931/reviews", "/films/жар", "/films/a\"b", "/"] {
            assert_eq!(film_of(path), None, "{path}");
        }
    }
}
