//! The question whether a customer wants an edition that they own already.

use askama::Template;

use crate::{
    accounts::Customer,
    cart::{self, CartToken},
    catalog::{
        queries::{EditionRow, FilmRow, edition_by_sku},
        views::FormatMessages,
    },
    orders::{
        owned::{day, messages::OwnedMessages},
        queries::{OwnedEdition, owned},
    },
    platform::{
        clock,
        db::Conn,
        error::Result,
        http::{PageContext, Shell},
    },
};

#[derive(Template)]
#[template(path = "shop/again.html")]
pub(super) struct AgainView {
    shell: Shell,
    t: OwnedMessages,
    question: String,
    sku: String,
    quantity: String,
    /// The film's page.
    back: String,
}

impl AgainView {
    fn new(context: &PageContext, film: &FilmRow, (sku, quantity): (&str, &str), owned: &OwnedEdition) -> Self {
        let t = OwnedMessages(context.lang);
        let format = FormatMessages(context.lang).name(owned.format);
        Self {
            shell: Shell::private(context, t.title()),
            t,
            question: t.ask(&film.title(context.lang).text, format, &day(context, owned.since)),
            sku: sku.to_owned(),
            quantity: quantity.to_owned(),
            back: context.href(&format!("/films/{}?edition={sku}", film.slug)),
        }
    }
}

/// The question, if the edition of this SKU is owned and not in the cart yet: whoever has put it there has been asked.
pub(super) async fn question(
    context: &PageContext,
    conn: &mut Conn,
    customer: &Customer,
    token: &CartToken,
    (sku, quantity): (&str, &str),
) -> Result<Option<AgainView>> {
    let Some((edition, film)) = edition_by_sku(conn, sku).await? else { return Ok(None) };
    let owned = owned(conn, customer.id, &[edition.product_id]).await?;
    let Some(owned) = owned.iter().find(|owned| owned.edition_id == Some(edition.id)) else { return Ok(None) };
    if is_in_cart(conn, token, &edition).await? {
        return Ok(None);
    }
    Ok(Some(AgainView::new(context, &film, (sku, quantity), owned)))
}

async fn is_in_cart(conn: &mut Conn, token: &CartToken, edition: &EditionRow) -> Result<bool> {
    let cart = cart::load(conn, token, clock::now()).await?;
    Ok(cart.is_some_and(|cart| cart.lines.iter().any(|line| line.edition.id == edition.id)))
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
        for lang in Lang::ALL {
            let owned = OwnedEdition {
                product_id: 1,
                edition_id: Some(1),
                format: Format::Uhd4k,
                since: datetime!(2024-05-03 20:00 UTC),
            };
            let film = samples::film_row();
            let view = AgainView::new(&context(lang, "/cart/items"), &film, ("M-DVD", "2"), &owned);
            check_page("own it already", lang, &view.render().unwrap());
        }
    }
}
