//! The question whether a customer wants editions that they own already. It stands before every way into the cart.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{day, messages::OwnedMessages, since};
use crate::{
    accounts::Customer,
    cart::{self, CartToken},
    catalog::{
        queries::{EditionRow, FilmRow, films},
        views::FormatMessages,
    },
    orders::queries::{OwnedEdition, owned},
    platform::{
        clock,
        db::Conn,
        error::Result,
        http::{Page, PageContext, Shell},
    },
};

/// The field by which a form says that its sender was asked.
pub const ASKED: &str = "again";

/// The form that is sent once more with a yes.
#[derive(Clone, Debug, Default)]
pub struct AgainForm {
    pub action: String,
    pub fields: Vec<(&'static str, String)>,
    /// Where a no leads; to the film where there is nothing better.
    pub back: Option<String>,
}

#[derive(Template)]
#[template(path = "orders/again.html")]
struct AgainView {
    shell: Shell,
    t: OwnedMessages,
    question: String,
    /// What is asked of, where it is more than the question names.
    editions: Vec<String>,
    form: AgainForm,
    back: String,
}

impl AgainView {
    fn new(context: &PageContext, owned: &[(&FilmRow, &OwnedEdition)], form: AgainForm) -> Self {
        let t = OwnedMessages(context.lang);
        let title = |film: &FilmRow| film.title(context.lang).text;
        let (question, editions) = match owned {
            [(film, owned)] => {
                let format = FormatMessages(context.lang).name(owned.format);
                (t.ask(&title(film), format, &day(context, owned.since)), Vec::new())
            }
            several => {
                let told = |owned: &OwnedEdition| since(context, owned.format, owned.since);
                let editions = several.iter().map(|(film, owned)| t.named(&title(film), &told(owned)));
                (t.ask_all().to_owned(), editions.collect())
            }
        };
        let film = || context.href(&format!("/films/{}", owned.first().map_or("", |(film, _)| &film.slug)));
        let back = form.back.clone().unwrap_or_else(film);
        Self { shell: Shell::private(context, t.title()), t, question, editions, form, back }
    }
}

/// The question, if any of these editions could go into the cart, is owned, and is not in the cart yet: whoever has put
/// it there was asked.
pub async fn question(
    context: &PageContext,
    conn: &mut Conn,
    (customer, token): (&Customer, &CartToken),
    editions: &[EditionRow],
    form: AgainForm,
) -> Result<Option<Response>> {
    let wanted = editions.iter().filter(|edition| edition.is_active && edition.purchasable() > 0);
    let (ids, products): (Vec<_>, Vec<_>) = wanted.map(|edition| (edition.id, edition.product_id)).unzip();
    let mut again = owned(conn, customer.id, &products).await?;
    again.retain(|owned| owned.edition_id.is_some_and(|id| ids.contains(&id)));
    if again.is_empty() {
        return Ok(None);
    }
    let cart = cart::load(conn, token, clock::now()).await?;
    let is_in_cart = |id| cart.iter().flat_map(|cart| &cart.lines).any(|line| Some(line.edition.id) == id);
    again.retain(|owned| !is_in_cart(owned.edition_id));
    let products: Vec<_> = again.iter().map(|owned| owned.product_id).collect();
    let films = films(conn, &products).await?;
    let shown = |id| films.iter().find(|film| film.id == id && film.is_visible(clock::now()));
    let asked: Vec<_> = again.iter().filter_map(|owned| Some((shown(owned.product_id)?, owned))).collect();
    if asked.is_empty() {
        return Ok(None);
    }
    Ok(Some(Page::with_status(StatusCode::CONFLICT, AgainView::new(context, &asked, form)).into_response()))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::{
        catalog::{Format, views::samples},
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
        },
    };

    #[test]
    fn the_question_is_well_made_in_every_language() {
        let owned = OwnedEdition {
            product_id: 1,
            edition_id: Some(1),
            format: Format::Uhd4k,
            since: datetime!(2024-05-03 20:00 UTC),
        };
        let film = samples::film_row();
        let form =
            AgainForm { action: "/cart/items".to_owned(), fields: vec![("sku", "M-\"DVD".to_owned())], back: None };
        for lang in Lang::ALL {
            for asked in [&[(&film, &owned)][..], &[(&film, &owned), (&film, &owned)]] {
                let view = AgainView::new(&context(lang, "/cart/items"), asked, form.clone());
                check_page("own it already", lang, &view.render().unwrap());
            }
        }
    }
}
