//! The cart's page: the cart, films that go with what it holds, and those that were looked at last; and the way into it,
//! which asks whoever owns an edition already.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use time::OffsetDateTime;

use crate::{
    accounts::Customer,
    cart::{self, Cart, CartToken, views::CartShelves},
    catalog::{
        index::Index,
        queries::{FilmRow, edition_by_sku},
    },
    orders::{
        owned::{
            self,
            again::{self, AgainForm},
        },
        queries::{OwnedEdition, owned as editions_owned},
    },
    platform::{
        clock,
        db::{Conn, Database},
        error::Result,
        http::{Cookies, Fields, PageContext, Shell},
    },
    recent::{self, Recent},
    recommendations::{self, Beside, FillUp, Related, views},
    settings::Settings,
};

/// So many films are shown below the cart.
const MOST: usize = 6;

/// `GET /cart`
pub async fn show(
    context: PageContext,
    State(settings): State<Arc<Settings>>,
    db: Database,
    State(index): State<Arc<Index>>,
    token: CartToken,
    customer: Option<Customer>,
    headers: HeaderMap,
) -> Result<Response> {
    let now = clock::now();
    let mut conn = db.conn().await?;
    let cart = cart::load(&mut conn, &token, now).await?;
    let films = cart.as_ref().map(films_of).unwrap_or_default();
    let related = related(&mut conn, &index, &films, now).await?;
    let client_id = customer.map(|customer| customer.id);
    let films: Vec<u64> = films.iter().map(|film| film.id).collect();
    let owned = owned_by(&mut conn, client_id, &films).await?;
    let seen = Recent::from_cookie(&context.site, &Cookies::new(&context.site, &headers));
    let seen = recent::films(&mut conn, client_id, &seen, now).await?;
    drop(conn);
    let shell = Shell::private(&context, "");
    let shelves = CartShelves {
        goes_with: views::goes_with(&shell, &related, now),
        recent: recent::views::shelf(&shell, &seen, now),
    };
    let note = |edition: &_| owned::note(&context, &owned, edition);
    Ok(cart::handlers::page(&context, &settings, cart.as_ref(), shelves, note))
}

/// `POST /cart/items`: `sku, quantity`; a customer who owns the edition is asked first, unless `again` says that they were.
pub async fn add(
    context: PageContext,
    settings: State<Arc<Settings>>,
    db: Database,
    token: CartToken,
    customer: Option<Customer>,
    fields: Fields,
) -> Result<Response> {
    if let Some(customer) = customer.filter(|_| !fields.has(again::ASKED))
        && let Some(question) = question(&context, &mut db.conn().await?, (&customer, &token), &fields).await?
    {
        return Ok(question);
    }
    cart::handlers::add(context, settings, db, token, fields).await
}

async fn question(
    context: &PageContext,
    conn: &mut Conn,
    who: (&Customer, &CartToken),
    fields: &Fields,
) -> Result<Option<Response>> {
    let Some((edition, _)) = edition_by_sku(conn, fields.get("sku")).await? else { return Ok(None) };
    let form = AgainForm {
        action: context.href("/cart/items"),
        fields: vec![("sku", edition.sku.clone()), ("quantity", fields.get("quantity").to_owned())],
        back: None,
    };
    again::question(context, conn, who, &[edition], form).await
}

/// The films of a cart by id, each once.
fn films_of(cart: &Cart) -> Vec<&FilmRow> {
    let mut films: Vec<&FilmRow> = cart.lines.iter().map(|line| &line.film).collect();
    films.sort_unstable_by_key(|film| film.id);
    films.dedup_by_key(|film| film.id);
    films
}

async fn related(conn: &mut Conn, index: &Index, films: &[&FilmRow], now: OffsetDateTime) -> Result<Vec<Related>> {
    let asked = Beside { films, fill_up: FillUp::Nothing, in_stock: true, most: MOST, now };
    Ok(recommendations::beside(conn, index, &asked).await?)
}

/// What the customer, if there is one, has bought of these films before.
async fn owned_by(conn: &mut Conn, client_id: Option<u64>, films: &[u64]) -> Result<Vec<OwnedEdition>> {
    match client_id {
        Some(client_id) => Ok(editions_owned(conn, client_id, films).await?),
        None => Ok(Vec::new()),
    }
}
