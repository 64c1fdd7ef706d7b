//! What happens on "Place order". One transaction from the cart's lock to the commit: either everything of an order is
//! stored, or nothing.

use std::collections::BTreeMap;

use time::OffsetDateTime;
use tokio::sync::Semaphore;

use super::{
    TERMS_VERSION,
    form::{CheckoutForm, Details, Problems},
};
use crate::{
    accounts::{self, addresses},
    cart::{self, CartLine, LineProblem, LockedCart, Quote, quote},
    catalog::{
        self, StockReason, film_tag,
        posters::Rendering,
        queries::{EditionRow, Movement, Sold},
    },
    messages::{self, NewMessage},
    orders::{
        self, OrderStatus, client_tag,
        mails::{Addressee, OrderMail, customer_message, staff_placed_messages},
        queries::{NewEvent, NewLine, NewOrder, PlacedOrder},
    },
    platform::{
        config::MessagesConfig,
        db::{self, Conn, Database, Tx},
        error::{Error, Result},
        i18n::Lang,
        metrics::Counter,
        retry::Attempts,
    },
    pricing::DeliveryType,
    settings::Settings,
};

/// An order that a visitor wants to place.
pub struct Placement<'a> {
    pub settings: &'a Settings,
    /// Whom of the shop's people an order is told.
    pub messages: &'a MessagesConfig,
    pub form: &'a CheckoutForm,
    /// Hash of the visitor's cart token.
    pub cart_hash: &'a str,
    /// The customer who is signed in.
    pub client_id: Option<u64>,
    pub placement_key: &'a str,
    /// The total that the visitor was shown.
    pub total_minor: Option<i64>,
    pub lang: Lang,
    /// Name of the chosen delivery, and of the pickup point, in the visitor's language.
    pub delivery_name: &'a (dyn Fn(DeliveryType) -> String + Sync),
    pub now: OffsetDateTime,
}

/// Why no order was placed. Nothing has changed then.
#[derive(Clone, Debug)]
pub enum Refusal {
    EmptyCart,
    /// The form breaks rules.
    Invalid(Problems),
    /// These lines cannot be had as they are: title and why.
    Lines(Vec<(String, LineProblem)>),
    /// The total is no longer the one shown.
    TotalChanged {
        new_minor: i64,
    },
    /// The key was used for an order of other lines, or by somebody else.
    KeyTaken,
}

/// Orders that this process has placed.
pub static PLACED: Counter = Counter::new();
/// Orders that it refused because there is less than they ask for.
pub static REFUSED: Counter = Counter::new();

/// Placements of this process that run at once. The others wait here, without a connection, so that a rush on one film
/// leaves the pool to those who browse, and nobody who queues for a locked row is turned away for want of a connection.
static TURNS: Semaphore = Semaphore::const_new(4);

/// Places the order, or finds the one that this key has placed already. Returns its number.
pub async fn place(db: &Database, placement: &Placement<'_>) -> Result<Result<String, Refusal>> {
    let _turn = TURNS.acquire().await.map_err(|closed| Error::Unavailable(closed.into()))?;
    let mut attempts = Attempts::first();
    loop {
        match attempt_to_place(db, placement).await {
            Err(error) if is_lost_race(&error) => {
                if !attempts.again().await {
                    return Err(Error::Unavailable(error.into()));
                }
            }
            outcome => {
                count(&outcome);
                return outcome;
            }
        }
    }
}

fn count(outcome: &Result<Result<String, Refusal>>) {
    let is_stock = |problem: &LineProblem| matches!(problem, LineProblem::SoldOut | LineProblem::TooMany(_));
    if let Ok(Err(Refusal::Lines(lines))) = outcome
        && lines.iter().any(|(_, problem)| is_stock(problem))
    {
        REFUSED.one();
    }
}

/// Deadlocks and lock waits; a number or a key that somebody else stored first.
fn is_lost_race(error: &Error) -> bool {
    let Error::Internal(cause) = error else {
        return false;
    };
    cause.downcast_ref::<sqlx::Error>().is_some_and(|cause| db::is_retryable(cause) || db::is_unique_violation(cause))
}

async fn attempt_to_place(db: &Database, placement: &Placement<'_>) -> Result<Result<String, Refusal>> {
    let mut tx = db.begin().await?;
    let cart = cart::lock(&mut tx, placement.cart_hash, placement.now).await?;
    if let Some(client_id) = placement.client_id {
        // Whoever is deleting the account at this moment comes before or after, and never in between.
        accounts::queries::lock(&mut tx, client_id).await?;
    }
    if let Some(order) = orders::queries::find_by_placement_key(&mut tx, placement.placement_key).await? {
        return placed_before(&mut tx, placement, cart, order).await;
    }
    let Some(cart) = cart else {
        return Ok(Err(Refusal::EmptyCart));
    };
    let lines = locked_lines(&mut tx, cart.id).await?;
    let (quote, details) = match check(placement, &lines) {
        Ok(checked) => checked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some(refusal) = take_stock(&mut tx, placement, &lines).await? {
        return Ok(Err(refusal));
    }
    let order = new_order(placement, &details, &quote);
    let order_id = store(&mut tx, &order, &order_lines(placement, &lines, &quote), &lines).await?;
    messages::actions::queue(&mut tx, &messages_of(placement, &order, order_id)).await?;
    keep_address(&mut tx, placement, &details).await?;
    cart::empty(&mut tx, cart).await?;
    tx.commit().await?;
    PLACED.one();
    Ok(Ok(order.number))
}

/// A second click, a reload, a retry: the same order, if it is this visitor's and the cart is empty or still the same.
async fn placed_before(
    conn: &mut Conn,
    placement: &Placement<'_>,
    cart: Option<LockedCart>,
    order: PlacedOrder,
) -> Result<Result<String, Refusal>> {
    if order.cart_hash != placement.cart_hash {
        return Ok(Err(Refusal::KeyTaken));
    }
    let held = match cart {
        Some(cart) => cart::load_lines(conn, cart.id).await?,
        None => Vec::new(),
    };
    if held.is_empty() {
        return Ok(Ok(order.number));
    }
    let mut ordered = orders::queries::units_of(conn, order.id).await?;
    let mut held: Vec<_> = held.iter().map(|line| (Some(line.edition.id), line.quantity)).collect();
    ordered.sort_unstable();
    held.sort_unstable();
    Ok(if ordered == held { Ok(order.number) } else { Err(Refusal::KeyTaken) })
}

/// The cart's lines with their editions locked, in the order of the editions' ids, so that two orders never wait for
/// each other in a circle. What is read after the lock is what will be charged.
async fn locked_lines(conn: &mut Conn, cart_id: u64) -> Result<Vec<CartLine>> {
    let mut lines = cart::load_lines(conn, cart_id).await?;
    lines.sort_unstable_by_key(|line| line.edition.id);
    let ids: Vec<u64> = lines.iter().map(|line| line.edition.id).collect();
    let editions = catalog::queries::lock_editions(conn, &ids).await?;
    for line in &mut lines {
        if let Some(edition) = editions.iter().find(|edition: &&EditionRow| edition.id == line.edition.id) {
            line.edition = edition.clone();
        }
    }
    Ok(lines)
}

/// Everything that can be refused before anything is taken.
fn check(placement: &Placement<'_>, lines: &[CartLine]) -> Result<(Quote, Details), Refusal> {
    if lines.is_empty() {
        return Err(Refusal::EmptyCart);
    }
    let troubles: Vec<_> = lines
        .iter()
        .filter_map(|line| Some((line.film.title(placement.lang).text, line.problem(placement.now)?)))
        .collect();
    if !troubles.is_empty() {
        return Err(Refusal::Lines(troubles));
    }
    let form = placement.form;
    let all: Vec<&CartLine> = lines.iter().collect();
    let quote = quote(placement.settings, &all, &form.delivery_type, &form.country, placement.now);
    let details = form.validate(placement.settings, &quote.options).map_err(Refusal::Invalid)?;
    if placement.total_minor != Some(quote.totals.total_minor) {
        return Err(Refusal::TotalChanged { new_minor: quote.totals.total_minor });
    }
    Ok((quote, details))
}

/// One conditional update a physical line. The rows are locked and were checked, so that a refusal here means that a
/// rule above is wrong; the customer is told all the same, and nothing is oversold.
async fn take_stock(conn: &mut Conn, placement: &Placement<'_>, lines: &[CartLine]) -> Result<Option<Refusal>> {
    for line in lines.iter().filter(|line| !line.edition.format.is_digital()) {
        if !catalog::queries::take_stock(conn, line.edition.id, line.quantity).await? {
            let title = line.film.title(placement.lang).text;
            return Ok(Some(Refusal::Lines(vec![(title, LineProblem::SoldOut)])));
        }
    }
    Ok(None)
}

fn new_order(placement: &Placement<'_>, details: &Details, quote: &Quote) -> NewOrder {
    let totals = &quote.totals;
    let point = placement.settings.pickup_points.iter().find(|point| point.id == details.pickup_point);
    NewOrder {
        number: orders::new_number(),
        placement_key: placement.placement_key.to_owned(),
        cart_hash: placement.cart_hash.to_owned(),
        client_id: placement.client_id,
        email: details.email.clone(),
        phone: details.phone.clone(),
        name: details.name.clone(),
        surname: details.surname.clone(),
        language: placement.lang,
        payment_type: details.payment_type,
        delivery_type: details.delivery.kind,
        delivery_name: (placement.delivery_name)(details.delivery.kind),
        pickup_point: point.map(|point| point.name(placement.lang).to_owned()).unwrap_or_default(),
        currency: placement.settings.currency.code.clone(),
        subtotal_minor: totals.subtotal_minor,
        discount_minor: totals.discount_minor,
        delivery_minor: totals.delivery_minor,
        tax_minor: totals.tax_minor,
        total_minor: totals.total_minor,
        price_trail: totals.trail.clone(),
        address: details.address.clone(),
        note: details.note.clone(),
        delivery_dates: details.delivery.dates,
        terms_version: TERMS_VERSION,
        placed_at: placement.now,
        expires_at: details.payment_type.expires_at(placement.now, placement.settings.payment_hold_minutes),
    }
}

/// The snapshot: nothing that changes in the catalogue later changes what the order says.
fn order_lines(placement: &Placement<'_>, lines: &[CartLine], quote: &Quote) -> Vec<NewLine> {
    lines
        .iter()
        .zip(&quote.totals.lines)
        .map(|(line, sums)| NewLine {
            edition_id: line.edition.id,
            product_id: line.film.id,
            sku: line.edition.sku.clone(),
            title: line.film.title(placement.lang).text,
            format: line.edition.format,
            image: Rendering::Svg.path(&line.film.slug, &line.film.poster(placement.lang)),
            quantity: line.quantity,
            is_gift: line.is_gift,
            unit_price_minor: line.edition.offer(placement.now).price_minor,
            tax_minor: sums.tax_minor,
            tax_rate_bp: placement
                .settings
                .tax_rate_bp(&line.edition.tax_class, placement.now.to_offset(placement.settings.zone).date()),
            total_minor: sums.total_minor,
        })
        .collect()
}

/// The order with its lines, the ledger, the event, and the products that have sold. Those are changed, in the order of
/// their ids, before the lines that point to them are stored: a lock that has to grow is a lock that two can die of.
async fn store(tx: &mut Tx, order: &NewOrder, new_lines: &[NewLine], lines: &[CartLine]) -> Result<u64> {
    let sold = sold_of(lines);
    catalog::queries::refresh_sold_products(tx, &sold).await?;
    let order_id = orders::queries::insert(tx, order).await?;
    let line_ids = orders::queries::insert_lines(tx, order_id, new_lines).await?;
    let placed = NewEvent {
        kind: "placed",
        from: None,
        to: Some(OrderStatus::Pending),
        actor: "customer",
        is_public: true,
        reason: None,
    };
    orders::queries::insert_event(tx, order_id, &placed).await?;
    catalog::queries::record_movements(tx, StockReason::Sale, &sales(&line_ids, lines), "customer").await?;
    for product_id in sold.keys() {
        tx.touch(film_tag(*product_id));
    }
    if let Some(client_id) = order.client_id {
        tx.touch(client_tag(client_id));
    }
    Ok(order_id)
}

/// Keeps a typed address in the customer's book where they asked for it.
async fn keep_address(tx: &mut Tx, placement: &Placement<'_>, details: &Details) -> Result<()> {
    let form = placement.form;
    let Some(client_id) = placement.client_id.filter(|_| form.saves_address && details.address.is_some()) else {
        return Ok(());
    };
    Ok(addresses::keep(tx, client_id, &form.typed_address()).await?)
}

/// Whoever is told that the order was placed.
fn messages_of(placement: &Placement<'_>, order: &NewOrder, order_id: u64) -> Vec<NewMessage> {
    let to = Addressee { order_id, number: &order.number, email: &order.email, language: order.language };
    let staff = staff_placed_messages(placement.messages, &to);
    std::iter::once(customer_message(&to, OrderMail::Placed)).chain(staff).collect()
}

/// What was taken from stock, with the balance that the lock makes certain.
fn sales(line_ids: &[u64], lines: &[CartLine]) -> Vec<Movement> {
    line_ids
        .iter()
        .zip(lines)
        .filter_map(|(order_line_id, line)| {
            let taken = i32::try_from(line.quantity).ok()?;
            (!line.edition.format.is_digital()).then_some(Movement {
                edition_id: line.edition.id,
                order_line_id: *order_line_id,
                delta: -taken,
                balance_after: line.edition.stock - taken,
            })
        })
        .collect()
}

/// What is sold of each product, by id.
fn sold_of(lines: &[CartLine]) -> BTreeMap<u64, Sold> {
    let mut products: BTreeMap<u64, Sold> = BTreeMap::new();
    for line in lines {
        let sold = products.entry(line.film.id).or_default();
        sold.units += line.quantity;
        if !line.edition.format.is_digital() {
            sold.from_stock += line.quantity;
            sold.ran_out |= i64::from(line.edition.stock) <= i64::from(line.quantity);
        }
    }
    products
}
