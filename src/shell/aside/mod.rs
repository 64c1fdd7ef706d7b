//! What concerns one customer on a film's page, which is the same for everybody but for this.

mod queries;

use askama::Template;

use crate::{
    platform::{db::Database, http::PageContext},
    reviews::{messages::FormMessages, views::state},
};

/// `shell/aside.html` draws it.
#[derive(Template)]
#[template(path = "shell/aside.html")]
pub(super) struct AsideView {
    t: FormMessages,
    /// Where the customer's review of the film stands; none while there is none.
    state: Option<&'static str>,
    /// Changes the review, or writes it.
    href: String,
}

/// The slug of the film that this is the page of.
pub(super) fn film_of(path: &str) -> Option<&str> {
    path.strip_prefix("/films/").filter(|slug| !slug.is_empty() && slug.is_ascii() && !slug.contains('/'))
}

/// One statement; nothing where there is no such film.
pub(super) async fn load(
    db: &Database,
    context: &PageContext,
    client_id: u64,
    slug: &str,
) -> sqlx::Result<Option<AsideView>> {
    let found = queries::find(&mut db.conn().await?, client_id, slug).await?;
    let t = FormMessages(context.lang);
    Ok(found.map(|found| AsideView {
        t,
        state: found.review.map(|review| state(t, review.status, review.has_edit)),
        href: context.href(&match found.review {
            Some(review) => format!("/reviews/{}/edit", review.id),
            None => format!("/films/{slug}/reviews/new"),
        }),
    }))
}

#[cfg(test)]
mod tests {
    use super::film_of;

    #[test]
    fn only_a_films_own_page_has_an_aside() {
        assert_eq!(film_of("/films/m-1931"), Some("m-1931"));
        for path in ["/films", "/films/", "/films/m-1931/reviews", "/films/жар", "/"] {
            assert_eq!(film_of(path), None, "{path}");
        }
    }
}
