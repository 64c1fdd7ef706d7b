//! The cart's page and the forms on it. Each form answers with a redirect and one message.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    AddRefused, Cart, CartCount, CartToken, Changed, Cut, MAX_LINES, MAX_NOTE_CHARS, MAX_QUANTITY, actions,
    messages::CartMessages,
    page, parse_quantity,
    views::{CartDetails, CartShelves, CartView},
};
use crate::{
    catalog::queries::EditionRow,
    platform::{
        clock,
        db::Database,
        error::Result,
        http::{Fields, Notice, Page, PageContext, SeeOther, Site},
    },
    settings::Settings,
};

/// Id of the heading, which takes focus when what had it is gone.
const TITLE: &str = "cart-title";

/// The cart's page, with films below it. `owned` tells what the customer has already of a line's edition.
pub fn page(
    context: &PageContext,
    settings: &Settings,
    cart: Option<&Cart>,
    shelves: CartShelves,
    owned: impl Fn(&EditionRow) -> Option<String>,
) -> Response {
    let mut details = cart.map(|cart| page::details(context, settings, cart, clock::now())).unwrap_or_default();
    details.shelves = shelves;
    for (view, line) in details.lines.iter_mut().zip(cart.iter().flat_map(|cart| &cart.lines)) {
        view.owned = owned(&line.edition).filter(|_| !line.is_gift);
    }
    answer(context, StatusCode::OK, cart, details)
}

/// Puts `quantity` units of `sku` into the cart.
pub async fn add(
    context: PageContext,
    State(settings): State<Arc<Settings>>,
    db: Database,
    token: CartToken,
    fields: Fields,
) -> Result<Response> {
    let t = CartMessages(context.lang);
    let quantity = if fields.has("quantity") { parse_quantity(fields.get("quantity")) } else { Some(1) };
    let Some(quantity) = quantity.filter(|quantity| *quantity > 0) else {
        let error = t.quantity_error(MAX_QUANTITY);
        return refuse(&context, &settings, &db, &token, |details| details.add_error = Some(error)).await;
    };
    let outcome = actions::add(&db, &token, fields.get("sku"), quantity, clock::now()).await?;
    let notice = match &outcome {
        Ok(added) => {
            let title = added.film.title(context.lang).text;
            cut_notice(t, added.cut, added.quantity, &title).unwrap_or_else(|| Notice::good(t.added(&title)))
        }
        Err(AddRefused::SoldOut(film)) => Notice::warn(t.not_added(&film.title(context.lang).text)),
        Err(AddRefused::TooManyLines) => Notice::warn(t.cart_full(i64::try_from(MAX_LINES).unwrap_or(i64::MAX))),
    };
    let answer = SeeOther::to(context.href("/cart")).with_notice(&context.site, &notice);
    Ok(if outcome.is_ok() { answer.with_cookie(token.cookie(&context.site)) } else { answer }.into_response())
}

/// The cart's page with something that was refused: `explain` says what, beside its field.
async fn refuse(
    context: &PageContext,
    settings: &Settings,
    db: &Database,
    token: &CartToken,
    explain: impl FnOnce(&mut CartDetails),
) -> Result<Response> {
    let now = clock::now();
    let cart = actions::load(&mut db.conn().await?, token, now).await?;
    let mut details = cart.as_ref().map(|cart| page::details(context, settings, cart, now)).unwrap_or_default();
    explain(&mut details);
    Ok(answer(context, StatusCode::UNPROCESSABLE_ENTITY, cart.as_ref(), details))
}

/// `POST /cart/items/{id}`: `quantity`; 0 removes.
pub async fn change(
    context: PageContext,
    State(site): State<Arc<Site>>,
    State(settings): State<Arc<Settings>>,
    db: Database,
    token: CartToken,
    Path(item_id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let Some(quantity) = parse_quantity(fields.get("quantity")) else {
        return refuse(&context, &settings, &db, &token, |details| {
            for line in details.lines.iter_mut().filter(|line| line.id == item_id) {
                line.error = Some(CartMessages(context.lang).quantity_error(line.most));
            }
        })
        .await;
    };
    let changed = actions::set_quantity(&db, &token, item_id, quantity, clock::now()).await?;
    let place = if quantity == 0 { TITLE.to_owned() } else { format!("quantity-{item_id}") };
    Ok(back(&context, &site, &place, &changed_notice(&context, &changed)))
}

fn changed_notice(context: &PageContext, changed: &Changed) -> Notice {
    let t = CartMessages(context.lang);
    match changed {
        Changed::Removed { line } => Notice::good(t.removed(&line.film.title(context.lang).text)),
        Changed::Set { line, cut } => {
            let title = line.film.title(context.lang).text;
            cut_notice(t, *cut, line.quantity, &title)
                .unwrap_or_else(|| Notice::good(t.changed(line.quantity.into(), &title)))
        }
    }
}

/// Tells that there are fewer than were asked for, and why.
fn cut_notice(t: CartMessages, cut: Option<Cut>, quantity: u32, title: &str) -> Option<Notice> {
    cut.map(|cut| match cut {
        Cut::Stock => Notice::warn(t.added_cut(quantity.into(), title)),
        Cut::Limit => Notice::warn(t.limited(quantity.into(), title)),
    })
}

/// `POST /cart/items/{id}/gift`: `gift=1` for somebody else, `gift=0` for oneself.
pub async fn set_gift(
    context: PageContext,
    State(site): State<Arc<Site>>,
    db: Database,
    token: CartToken,
    Path(item_id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let t = CartMessages(context.lang);
    let is_gift = fields.get("gift") == "1";
    let film = actions::set_gift(&db, &token, item_id, is_gift, clock::now()).await?;
    let title = film.title(context.lang).text;
    let notice = Notice::good(if is_gift { t.gift_set(&title) } else { t.gift_unset(&title) });
    Ok(back(&context, &site, &format!("quantity-{item_id}"), &notice))
}

/// `POST /cart/items/{id}/remove`
pub async fn remove(
    context: PageContext,
    State(site): State<Arc<Site>>,
    db: Database,
    token: CartToken,
    Path(item_id): Path<u64>,
) -> Result<Response> {
    let removed = actions::set_quantity(&db, &token, item_id, 0, clock::now()).await?;
    Ok(back(&context, &site, TITLE, &changed_notice(&context, &removed)))
}

/// `POST /cart/clear`: everything, or with `unavailable=1` what cannot be bought.
pub async fn clear(
    context: PageContext,
    State(site): State<Arc<Site>>,
    db: Database,
    token: CartToken,
    fields: Fields,
) -> Result<Response> {
    let t = CartMessages(context.lang);
    let now = clock::now();
    let notice = if fields.get("unavailable") == "1" {
        let removed = actions::remove_unavailable(&db, &token, now).await?;
        Notice::good(t.unavailable_removed(i64::try_from(removed).unwrap_or(i64::MAX)))
    } else {
        actions::clear(&db, &token, now).await?;
        Notice::good(t.cleared())
    };
    Ok(back(&context, &site, TITLE, &notice))
}

/// `POST /cart/note`: `note`
pub async fn set_note(
    context: PageContext,
    State(site): State<Arc<Site>>,
    State(settings): State<Arc<Settings>>,
    db: Database,
    token: CartToken,
    fields: Fields,
) -> Result<Response> {
    let t = CartMessages(context.lang);
    let note = fields.get("note");
    let surplus = note.chars().count().saturating_sub(MAX_NOTE_CHARS);
    if surplus == 0 {
        actions::set_note(&db, &token, note, clock::now()).await?;
        return Ok(back(&context, &site, "note", &Notice::good(t.note_saved())));
    }
    let error = t.note_too_long(i64::try_from(surplus).unwrap_or(i64::MAX));
    refuse(&context, &settings, &db, &token, |details| {
        note.clone_into(&mut details.note);
        details.note_error = Some(error);
    })
    .await
}

/// The cart's page, with its count for the header.
fn answer(context: &PageContext, status: StatusCode, cart: Option<&Cart>, details: CartDetails) -> Response {
    let mut response = Page::with_status(status, CartView::new(context, details)).into_response();
    response.extensions_mut().insert(CartCount(cart.map_or(0, Cart::units)));
    response
}

/// Back to the cart, with focus on what was changed, or on the heading when that is gone.
fn back(context: &PageContext, site: &Site, place: &str, notice: &Notice) -> Response {
    let path = context.href("/cart");
    SeeOther::to(format!("{path}#{place}")).with_notice(site, notice).into_response()
}
