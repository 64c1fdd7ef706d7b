//! `/account/for-you`: films for one customer, each with why it stands there.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};

use crate::{
    accounts::{self, Customer},
    catalog::{
        index::{Index, Shelf},
        views::RelatedShelf,
    },
    platform::{
        clock,
        db::{Conn, Database},
        error::Result,
        http::{Fields, Notice, Page, PageContext, SeeOther, Shell},
    },
    recommendations::{ForYou, MOST_FOR_YOU, messages::ForYouMessages, views},
};

/// The page's path, without language.
const PATH: &str = "/account/for-you";
/// Of so many bestsellers some are left whatever somebody owns.
const BESTSELLERS: usize = 5 * MOST_FOR_YOU;

#[derive(Template)]
#[template(path = "shop/for_you.html")]
struct ForYouView {
    shell: Shell,
    t: ForYouMessages,
    /// None when the shop has nothing that the customer has not.
    shelf: Option<RelatedShelf>,
    content_only: bool,
}

/// What is recommended to a customer.
pub(super) async fn shelf(
    shell: &Shell,
    conn: &mut Conn,
    customer: &Customer,
    (for_you, index): (&ForYou, &Index),
) -> Result<Option<RelatedShelf>> {
    let now = clock::now();
    let bestsellers = index.shelf(Shelf::Bestsellers, BESTSELLERS);
    let films = for_you.of(conn, customer, &bestsellers, now).await?;
    Ok(views::for_you(shell, &films, now))
}

/// `GET /account/for-you`
pub async fn show(
    context: PageContext,
    db: Database,
    customer: Customer,
    State(for_you): State<Arc<ForYou>>,
    State(index): State<Arc<Index>>,
) -> Result<Response> {
    let t = ForYouMessages(context.lang);
    let shell = Shell::private(&context, t.title());
    let shelf = shelf(&shell, &mut db.conn().await?, &customer, (&for_you, &index)).await?;
    Ok(Page::new(ForYouView { shell, t, shelf, content_only: customer.content_only }).into_response())
}

/// `POST /account/for-you`: `content_only=1` leaves out what other people buy, anything else takes it in again.
pub async fn choose(context: PageContext, db: Database, customer: Customer, fields: Fields) -> Result<Response> {
    let content_only = fields.get("content_only") == "1";
    accounts::queries::set_content_only(&mut db.conn().await?, customer.id, content_only).await?;
    let t = ForYouMessages(context.lang);
    let notice = Notice::good(if content_only { t.content_only_chosen() } else { t.all_chosen() });
    Ok(SeeOther::to(context.href(PATH)).with_notice(&context.site, &notice).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalog::views::samples::related,
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
        },
    };

    #[test]
    fn the_page_is_well_made_in_every_language() {
        for lang in Lang::ALL {
            for (shelf, content_only) in [(None, false), (Some(related("for-you")), true)] {
                let t = ForYouMessages(lang);
                let shell = Shell::private(&context(lang, PATH), t.title());
                let view = ForYouView { shell, t, shelf, content_only };
                check_page("for you", lang, &view.render().unwrap());
            }
        }
    }
}
