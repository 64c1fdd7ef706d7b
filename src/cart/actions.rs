//! Changes of a cart. Each locks the cart first, so that two at once happen one after the other.

use time::OffsetDateTime;

use super::{
    Cart, CartLine, CartToken, MAX_LINES,
    queries::{self, LockedCart},
};
use crate::{
    catalog::{
        self,
        queries::{EditionRow, FilmRow},
    },
    platform::{
        db::{Conn, Database, Tx},
        error::{OrNotFound, Result},
        metrics::Counter,
    },
};

/// The cart of this token with its lines, if there is one: one statement, however many lines.
pub async fn load(conn: &mut Conn, token: &CartToken, now: OffsetDateTime) -> Result<Option<Cart>> {
    let Some((mut row, lines)) = queries::find(conn, &token.hash(), now).await? else {
        return Ok(None);
    };
    Ok(Some(Cart { id: row.cart_id, saved: row.saved(), note: row.note, lines }))
}

/// Why fewer are in the cart than were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// There are no more.
    Stock,
    /// No more are allowed in one order.
    Limit,
}

impl Cut {
    fn of(edition: &EditionRow, wanted: u32) -> Option<Self> {
        let is_stock = !edition.format.is_digital() && edition.stock < i32::from(edition.max_per_order);
        (wanted > edition.purchasable()).then_some(if is_stock { Self::Stock } else { Self::Limit })
    }
}

/// What became of an addition.
#[derive(Clone, Debug)]
pub struct Added {
    pub film: FilmRow,
    /// Units of the line now.
    pub quantity: u32,
    pub cut: Option<Cut>,
}

/// Additions of this process that were refused because nothing is left.
pub static REFUSED: Counter = Counter::new();

/// Why nothing could be added.
#[derive(Clone, Debug)]
pub enum AddRefused {
    SoldOut(Box<FilmRow>),
    TooManyLines,
}

/// Adds units of an edition, and makes the cart if there is none.
pub async fn add(
    db: &Database,
    token: &CartToken,
    sku: &str,
    quantity: u32,
    now: OffsetDateTime,
) -> Result<Result<Added, AddRefused>> {
    let mut tx = db.begin().await?;
    let (edition, film) = edition_on_sale(&mut tx, sku, now).await?;
    let most = edition.purchasable();
    if most == 0 {
        REFUSED.one();
        return Ok(Err(AddRefused::SoldOut(Box::new(film))));
    }
    // Inserting first and locking by the unique key makes one cart of two first clicks at once.
    let cart_id = queries::insert(&mut tx, token, now).await?;
    let lines = queries::held(&mut tx, cart_id).await?;
    let held = lines.iter().find(|(held, _)| *held == edition.id).map(|(_, quantity)| *quantity);
    if held.is_none() && lines.len() >= MAX_LINES {
        return Ok(Err(AddRefused::TooManyLines));
    }
    let wanted = held.unwrap_or_default() + quantity;
    let price = edition.offer(now).price_minor;
    queries::put_line(&mut tx, cart_id, edition.id, wanted.min(most), price).await?;
    tx.commit().await?;
    Ok(Ok(Added { film, quantity: wanted.min(most), cut: Cut::of(&edition, wanted) }))
}

/// Puts editions (id and quantity) into the cart at today's prices, each at least in its quantity, as far as it can be
/// had; asked again it changes nothing. Returns how many units of each the cart holds now, without those that it does not.
pub async fn fill(
    db: &Database,
    token: &CartToken,
    wanted: &[(u64, u32)],
    now: OffsetDateTime,
) -> Result<Vec<(u64, u32)>> {
    let mut tx = db.begin().await?;
    let on_sale = editions_on_sale(&mut tx, wanted, now).await?;
    if on_sale.is_empty() {
        return Ok(Vec::new());
    }
    let cart_id = queries::insert(&mut tx, token, now).await?;
    let lines = queries::held(&mut tx, cart_id).await?;
    let (mut count, mut filled) = (lines.len(), Vec::new());
    for (edition, quantity) in on_sale {
        let held = lines.iter().find(|(held, _)| *held == edition.id).map(|(_, quantity)| *quantity);
        if held.is_none() && count >= MAX_LINES {
            break;
        }
        count += usize::from(held.is_none());
        let units = quantity.max(held.unwrap_or_default()).min(edition.purchasable());
        queries::put_line(&mut tx, cart_id, edition.id, units, edition.offer(now).price_minor).await?;
        filled.push((edition.id, units));
    }
    tx.commit().await?;
    Ok(filled)
}

/// The editions that can be had now, each with the quantity that is wanted of it.
async fn editions_on_sale(
    conn: &mut Conn,
    wanted: &[(u64, u32)],
    now: OffsetDateTime,
) -> Result<Vec<(EditionRow, u32)>> {
    let ids: Vec<u64> = wanted.iter().map(|(id, _)| *id).collect();
    let editions = catalog::queries::editions(conn, &ids).await?;
    let products: Vec<u64> = editions.iter().map(|edition| edition.product_id).collect();
    let films = catalog::queries::films(conn, &products).await?;
    let is_shown = |id| films.iter().any(|film| film.id == id && film.is_visible(now));
    let can_be_had =
        |edition: &EditionRow| edition.is_active && edition.purchasable() > 0 && is_shown(edition.product_id);
    let quantity = |id| wanted.iter().filter(|(wanted, _)| *wanted == id).map(|(_, quantity)| quantity).sum();
    Ok(editions.into_iter().filter(can_be_had).map(|edition| (edition.clone(), quantity(edition.id))).collect())
}

/// The edition of a SKU and its film, if they are sold now.
async fn edition_on_sale(conn: &mut Conn, sku: &str, now: OffsetDateTime) -> Result<(EditionRow, FilmRow)> {
    let (edition, film) = catalog::queries::edition_by_sku(conn, sku).await?.or_not_found()?;
    film.is_visible(now).then_some((edition, film)).or_not_found()
}

/// What became of a changed quantity.
#[derive(Clone, Debug)]
pub enum Changed {
    Set { line: Box<CartLine>, cut: Option<Cut> },
    Removed { line: Box<CartLine> },
}

/// Sets the quantity of a line of this visitor's cart; nothing is left of it at 0, or when none can be had.
pub async fn set_quantity(
    db: &Database,
    token: &CartToken,
    item_id: u64,
    quantity: u32,
    now: OffsetDateTime,
) -> Result<Changed> {
    let (mut tx, cart) = lock(db, token, now).await?;
    let lines = queries::load_lines(&mut tx, cart.id).await?;
    let mut line = lines.into_iter().find(|line| line.item_id == item_id).or_not_found()?;
    let kept = quantity.min(line.edition.purchasable());
    if quantity == 0 {
        queries::delete_lines(&mut tx, cart.id, &[item_id]).await?;
    } else if kept > 0 {
        let price = line.edition.offer(now).price_minor;
        queries::put_line(&mut tx, cart.id, line.edition.id, kept, price).await?;
        line.quantity = kept;
    }
    commit(tx, token, cart, now).await?;
    let cut = Cut::of(&line.edition, quantity);
    let line = Box::new(line);
    Ok(if quantity == 0 { Changed::Removed { line } } else { Changed::Set { line, cut } })
}

/// Notes whether a line of this visitor's cart is for somebody else; its film.
pub async fn set_gift(
    db: &Database,
    token: &CartToken,
    item_id: u64,
    is_gift: bool,
    now: OffsetDateTime,
) -> Result<FilmRow> {
    let (mut tx, cart) = lock(db, token, now).await?;
    let lines = queries::load_lines(&mut tx, cart.id).await?;
    let line = lines.into_iter().find(|line| line.item_id == item_id).or_not_found()?;
    queries::set_gift(&mut tx, item_id, is_gift).await?;
    commit(tx, token, cart, now).await?;
    Ok(line.film)
}

/// Takes out what can no longer be bought, and cuts what can be bought in part. Returns how many lines that were.
pub async fn remove_unavailable(db: &Database, token: &CartToken, now: OffsetDateTime) -> Result<usize> {
    let (mut tx, cart) = lock(db, token, now).await?;
    let lines = queries::load_lines(&mut tx, cart.id).await?;
    let gone: Vec<u64> = lines.iter().filter(|line| !line.counts(now)).map(|line| line.item_id).collect();
    queries::delete_lines(&mut tx, cart.id, &gone).await?;
    for line in lines.iter().filter(|line| line.counts(now) && line.quantity > line.edition.purchasable()) {
        let price = line.edition.offer(now).price_minor;
        queries::put_line(&mut tx, cart.id, line.edition.id, line.edition.purchasable(), price).await?;
    }
    let touched = lines.iter().filter(|line| line.problem(now).is_some()).count();
    commit(tx, token, cart, now).await?;
    Ok(touched)
}

/// Empties the cart.
pub async fn clear(db: &Database, token: &CartToken, now: OffsetDateTime) -> Result<()> {
    let (mut tx, cart) = lock(db, token, now).await?;
    queries::empty(&mut tx, cart).await?;
    commit(tx, token, cart, now).await
}

pub async fn set_note(db: &Database, token: &CartToken, note: &str, now: OffsetDateTime) -> Result<()> {
    let (mut tx, cart) = lock(db, token, now).await?;
    queries::set_note(&mut tx, cart.id, note).await?;
    commit(tx, token, cart, now).await
}

/// A transaction that holds this visitor's cart; a visitor without one has nothing to change.
async fn lock(db: &Database, token: &CartToken, now: OffsetDateTime) -> Result<(Tx, LockedCart)> {
    let mut tx = db.begin().await?;
    let cart = queries::lock(&mut tx, &token.hash(), now).await?.or_not_found()?;
    Ok((tx, cart))
}

async fn commit(mut tx: Tx, token: &CartToken, cart: LockedCart, now: OffsetDateTime) -> Result<()> {
    queries::extend(&mut tx, cart.id, token.expires_at(now)).await?;
    tx.commit().await?;
    Ok(())
}
