//! `/account/wishlists` and the lists that are shared.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    MAX_NAME, actions,
    messages::WishlistMessages,
    queries,
    views::{NewList, SharedView, WishlistView},
};
use crate::{
    accounts::Customer,
    cart::{self, CartToken},
    catalog::{
        Format,
        queries::{EditionRow, FilmRow, editions_of, film_at, films},
    },
    orders::owned::again::{self, AgainForm},
    platform::{
        clock,
        db::{Conn, Database},
        error::{Error, OrNotFound, Result},
        http::{Fields, Notice, Page, PageContext, SeeOther, is_same_site_path},
    },
};

/// `GET /account/wishlists`: the list that everybody has.
pub async fn show_default(context: PageContext, db: Database, customer: Customer) -> Result<Response> {
    let view = view(&context, &mut db.conn().await?, &customer, None).await?;
    Ok(Page::new(view).into_response())
}

/// `GET /account/wishlists/{id}`
pub async fn show(context: PageContext, db: Database, customer: Customer, Path(id): Path<u64>) -> Result<Response> {
    let view = view(&context, &mut db.conn().await?, &customer, Some(id)).await?;
    Ok(Page::new(view).into_response())
}

async fn view(context: &PageContext, conn: &mut Conn, customer: &Customer, id: Option<u64>) -> Result<WishlistView> {
    let lists = queries::lists_of(conn, customer.id).await?;
    let shown = lists.iter().position(|list| id.map_or(list.is_default, |id| list.id == id));
    // Whoever has saved nothing yet has an empty list.
    let films = match shown {
        Some(at) => queries::films_of(conn, lists[at].id).await?,
        None if id.is_none() => Vec::new(),
        None => return Err(Error::NotFound),
    };
    Ok(WishlistView::new(context, lists, shown, &films, clock::now()))
}

/// `POST /account/wishlists`: `name`
pub async fn create(context: PageContext, db: Database, customer: Customer, fields: Fields) -> Result<Response> {
    let t = WishlistMessages(context.lang);
    let name = fields.get("name");
    let surplus = name.chars().count().saturating_sub(MAX_NAME.into());
    let refused = if name.is_empty() {
        Some(t.name_missing().to_owned())
    } else if surplus > 0 {
        Some(t.name_too_long(i64::try_from(surplus).unwrap_or(i64::MAX)))
    } else {
        None
    };
    let created = match refused {
        Some(problem) => Err(problem),
        None => actions::create(&db, customer.id, name).await?.map_err(|_| t.too_many().to_owned()),
    };
    match created {
        Ok(id) => Ok(back(&context, Some(id), &Notice::good(t.created()))),
        Err(error) => {
            let view = view(&context, &mut db.conn().await?, &customer, None).await?;
            let view = view.with_new_list(NewList { name: name.to_owned(), error: Some(error) });
            Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, view).into_response())
        }
    }
}

/// `POST /account/wishlists/films`: `slug`, and `list` where it is not the one that everybody has; back to `next`.
pub async fn add(context: PageContext, db: Database, customer: Customer, fields: Fields) -> Result<Response> {
    let t = WishlistMessages(context.lang);
    let now = clock::now();
    let film = film_at(&mut db.conn().await?, fields.get("slug")).await?;
    let film = film.filter(|film| film.is_visible(now)).or_not_found()?;
    let list = if fields.has("list") { Some(fields.get("list").parse().map_err(|_| Error::NotFound)?) } else { None };
    let notice = match actions::add(&db, customer.id, list, film.id, now).await? {
        Ok(()) => Notice::good(t.saved(&film.title(context.lang).text)),
        Err(actions::Full) => Notice::warn(t.full()),
    };
    Ok(onward(&context, &fields, &format!("/films/{}", film.slug), &notice))
}

/// `POST /account/wishlists/{id}/films/{film}/remove`: back to `next`, or to the list.
pub async fn remove(
    context: PageContext,
    db: Database,
    customer: Customer,
    Path((id, film)): Path<(u64, u64)>,
    fields: Fields,
) -> Result<Response> {
    actions::remove(&db, customer.id, id, film).await?;
    let notice = Notice::good(WishlistMessages(context.lang).removed());
    Ok(onward(&context, &fields, &format!("/account/wishlists/{id}"), &notice))
}

/// `POST /account/wishlists/{id}/films/{film}/cart`: `format`. What cannot be had stays on the list. A customer who owns
/// the edition is asked first, unless `again` says that they were.
pub async fn move_to_cart(
    context: PageContext,
    db: Database,
    customer: Customer,
    token: CartToken,
    Path((id, film)): Path<(u64, u64)>,
    fields: Fields,
) -> Result<Response> {
    let t = WishlistMessages(context.lang);
    let format = Format::from_word(fields.get("format")).or_not_found()?;
    let mut conn = db.conn().await?;
    let (film, edition) = asked_for(&mut conn, &customer, id, film, format).await?;
    if !fields.has(again::ASKED) {
        let form = AgainForm {
            action: context.href(&format!("/account/wishlists/{id}/films/{}/cart", film.id)),
            fields: vec![("format", format.word().to_owned())],
            back: Some(context.href(&format!("/account/wishlists/{id}"))),
        };
        let question = again::question(&context, &mut conn, (&customer, &token), edition.as_slice(), form).await?;
        if let Some(question) = question {
            return Ok(question);
        }
    }
    drop(conn);
    let wanted: Vec<_> = edition.iter().map(|edition| (edition.id, 1)).collect();
    let filled = cart::fill(&db, &token, &wanted, clock::now()).await?;
    let title = film.title(context.lang).text;
    if filled.is_empty() {
        return Ok(back(&context, Some(id), &Notice::warn(t.not_moved(&title))));
    }
    actions::remove(&db, customer.id, id, film.id).await?;
    Ok(back(&context, Some(id), &Notice::good(t.moved(&title))))
}

/// A film of a list of the customer, and the edition of this format that can be had, if there is one.
async fn asked_for(
    conn: &mut Conn,
    customer: &Customer,
    list: u64,
    film: u64,
    format: Format,
) -> Result<(FilmRow, Option<EditionRow>)> {
    queries::is_of(conn, customer.id, list).await?.then_some(()).or_not_found()?;
    let film = films(conn, &[film]).await?.pop().or_not_found()?;
    let editions = editions_of(conn, film.id).await?;
    let can_be_had = |edition: &EditionRow| edition.format == format && edition.purchasable() > 0;
    let edition = editions.into_iter().find(can_be_had);
    Ok((film, edition))
}

/// `POST /account/wishlists/{id}/share`: `shared=1` makes a link, anything else withdraws it.
pub async fn share(
    context: PageContext,
    db: Database,
    customer: Customer,
    Path(id): Path<u64>,
    fields: Fields,
) -> Result<Response> {
    let t = WishlistMessages(context.lang);
    let is_shared = fields.get("shared") == "1";
    actions::share(&db, customer.id, id, is_shared).await?;
    Ok(back(&context, Some(id), &Notice::good(if is_shared { t.link_made() } else { t.link_withdrawn() })))
}

/// `POST /account/wishlists/{id}/delete`
pub async fn delete(context: PageContext, db: Database, customer: Customer, Path(id): Path<u64>) -> Result<Response> {
    actions::delete(&db, customer.id, id).await?;
    Ok(back(&context, None, &Notice::good(WishlistMessages(context.lang).deleted())))
}

/// `GET /wishlists/{token}`: what somebody shares, for whoever has the link.
pub async fn show_shared(context: PageContext, db: Database, Path(token): Path<String>) -> Result<Response> {
    if !token.is_ascii() {
        return Err(Error::NotFound);
    }
    let mut conn = db.conn().await?;
    let (id, name) = queries::shared(&mut conn, &token).await?.or_not_found()?;
    let films = queries::films_of(&mut conn, id).await?;
    Ok(Page::new(SharedView::new(&context, &name, films, clock::now())).into_response())
}

/// To where the form says, if that is here, else to a path of the shop.
fn onward(context: &PageContext, fields: &Fields, path: &str, notice: &Notice) -> Response {
    let next = fields.get("next");
    let next = if is_same_site_path(next) { next.to_owned() } else { context.href(path) };
    SeeOther::to(next).with_notice(&context.site, notice).into_response()
}

fn back(context: &PageContext, id: Option<u64>, notice: &Notice) -> Response {
    let path = id.map_or_else(|| "/account/wishlists".to_owned(), |id| format!("/account/wishlists/{id}"));
    SeeOther::to(context.href(&path)).with_notice(&context.site, notice).into_response()
}
