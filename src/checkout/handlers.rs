//! The checkout form and what becomes of it.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    Placement, Refusal,
    form::{CheckoutForm, Field, Problem, Problems, payment_types},
    limits::{count_placement, is_too_quick, started_now},
    place,
    views::{Alert, CheckoutPage, CheckoutView, Summary, SummaryLine, SummaryView},
};
use crate::{
    accounts::{
        Customer,
        addresses::{self, AddressRow},
    },
    cart::{self, Cart, CartCount, CartToken, Quote},
    catalog::views::FormatMessages,
    orders,
    platform::{
        clock,
        db::{Conn, Database},
        error::{Error, Result},
        http::{ClientAddress, Fields, Page, PageContext, SeeOther},
        ids,
        limiter::Limits,
    },
    pricing::messages::DeliveryMessages,
    settings::Settings,
};

/// `GET /checkout`: the form, with what was typed before.
pub async fn show(
    context: PageContext,
    State(settings): State<Arc<Settings>>,
    db: Database,
    token: CartToken,
    customer: Option<Customer>,
) -> Result<Response> {
    let now = clock::now();
    let mut conn = db.conn().await?;
    let cart = cart::load(&mut conn, &token, now).await?;
    // A cart with a line that cannot be had says so on its own page, with the way out beside it.
    let Some(cart) = cart.filter(|cart| !cart.lines.is_empty() && !cart.has_problem(now)) else {
        return Ok(SeeOther::to(context.href("/cart")).into_response());
    };
    let mut form = CheckoutForm::from_saved(&cart.saved, &cart.note);
    let book = book_of(&mut conn, &token).await?;
    if let Some(customer) = &customer {
        form.fill_in(customer);
        form.choose_first(&book);
    }
    drop(conn);
    let desk = Desk { context: &context, settings: &settings, cart: &cart, token: &token, form: &form, book: &book };
    Ok(desk.page(StatusCode::OK, Answer::default()))
}

/// `POST /checkout/totals`: the summary for what is chosen so far, for a script.
pub async fn totals(
    context: PageContext,
    State(settings): State<Arc<Settings>>,
    db: Database,
    token: CartToken,
    fields: Fields,
) -> Result<Response> {
    let now = clock::now();
    let mut conn = db.conn().await?;
    let cart = cart::load(&mut conn, &token, now).await?.ok_or(Error::NotFound)?;
    let book = book_of(&mut conn, &token).await?;
    drop(conn);
    let mut form = CheckoutForm::from_fields(&fields);
    form.choose_from(&book);
    let desk = Desk { context: &context, settings: &settings, cart: &cart, token: &token, form: &form, book: &book };
    let summary = desk.summary(&desk.quote());
    Ok(Page::new(SummaryView::new(&context, summary)).into_response())
}

/// `POST /checkout`: places the order.
pub async fn submit(
    context: PageContext,
    State(settings): State<Arc<Settings>>,
    State(limits): State<Arc<Limits>>,
    db: Database,
    token: CartToken,
    ClientAddress(address): ClientAddress,
    fields: Fields,
) -> Result<Response> {
    // Visitors have none, and take no connection for it.
    let book = match token.client_id() {
        Some(_) => book_of(&mut db.conn().await?, &token).await?,
        None => Vec::new(),
    };
    let mut form = CheckoutForm::from_fields(&fields);
    form.choose_from(&book);
    let submission = Submission { context: &context, settings: &settings, token: &token, fields: &fields, form, book };
    if let Err(refused) = submission.rough_check() {
        return submission.refuse(&db, refused).await;
    }
    count_placement(&limits, &token.hash(), address).await.map_err(Error::TooMany)?;
    submission.place(&db).await
}

/// The addresses that a customer can choose from; a visitor has none, and costs no statement.
async fn book_of(conn: &mut Conn, token: &CartToken) -> Result<Vec<AddressRow>> {
    Ok(match token.client_id() {
        Some(client_id) => addresses::book(conn, client_id).await?,
        None => Vec::new(),
    })
}

/// A form that was sent.
struct Submission<'a> {
    context: &'a PageContext,
    settings: &'a Settings,
    token: &'a CartToken,
    fields: &'a Fields,
    form: CheckoutForm,
    book: Vec<AddressRow>,
}

/// Why the form comes back.
enum Refused {
    Form(Problems),
    Alert(Alert),
    Placement(Refusal),
}

impl Submission<'_> {
    /// Signs of a machine: a field that people do not see was filled in, or all of them in no time.
    fn suspicion(&self) -> Option<Alert> {
        let site = &self.context.site;
        let is_quick = is_too_quick(&site.signer, self.fields.get("started"), site.config.min_fill_seconds);
        (is_quick || !self.fields.get("website").is_empty()).then_some(Alert::TooQuick)
    }

    /// The page was not made by us, or is older than what it may be: there is nothing to look up or to store.
    fn has_key(&self) -> bool {
        let key = self.fields.get("placement_key");
        key.len() == 36 && key.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
    }

    /// What can be refused before anything is counted or locked.
    fn rough_check(&self) -> std::result::Result<(), Refused> {
        if let Some(alert) = self.suspicion() {
            return Err(Refused::Alert(alert));
        }
        if !self.has_key() {
            return Err(Refused::Placement(Refusal::KeyTaken));
        }
        let has_accepted = self.fields.get("terms") == "on";
        if has_accepted { Ok(()) } else { Err(Refused::Form(vec![(Field::Terms, Problem::Missing)])) }
    }

    async fn place(&self, db: &Database) -> Result<Response> {
        let words = DeliveryMessages(self.context.lang);
        let placement = Placement {
            settings: self.settings,
            messages: &self.context.site.config.messages,
            form: &self.form,
            cart_hash: &self.token.hash(),
            client_id: self.token.client_id(),
            placement_key: self.fields.get("placement_key"),
            total_minor: self.fields.get("total_minor").parse().ok(),
            lang: self.context.lang,
            delivery_name: &|kind| words.name(kind).to_owned(),
            now: clock::now(),
        };
        match place(db, &placement).await? {
            Ok(number) => {
                Ok(SeeOther::to(orders::link(&self.context.site.signer, self.context.lang, &number)).into_response())
            }
            Err(refusal) => self.refuse(db, Refused::Placement(refusal)).await,
        }
    }

    /// The form with everything that was typed, and why it was not enough. What was typed is kept with the cart.
    async fn refuse(&self, db: &Database, refused: Refused) -> Result<Response> {
        let (form, book) = (&self.form, &*self.book);
        let mut conn = db.conn().await?;
        cart::save_checkout(&mut conn, &self.token.hash(), &form.to_saved()).await?;
        let Some(cart) = cart::load(&mut conn, self.token, clock::now()).await?.filter(|cart| !cart.lines.is_empty())
        else {
            return self.without_cart(&refused);
        };
        let desk = Desk { context: self.context, settings: self.settings, cart: &cart, token: self.token, form, book };
        let (status, answer) = self.explain(refused, &desk);
        Ok(desk.page(status, answer))
    }

    /// Somebody else's key shows nothing at all; otherwise there is nothing to order.
    fn without_cart(&self, refused: &Refused) -> Result<Response> {
        match refused {
            Refused::Placement(Refusal::KeyTaken) => Err(Error::Conflict),
            _ => Ok(SeeOther::to(self.context.href("/cart")).into_response()),
        }
    }

    fn explain(&self, refused: Refused, desk: &Desk<'_>) -> (StatusCode, Answer) {
        let shown = self.fields.get("total_minor").parse().unwrap_or_default();
        match refused {
            Refused::Form(problems) | Refused::Placement(Refusal::Invalid(problems)) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                Answer { problems: desk.all_problems(problems), ..Answer::default() },
            ),
            Refused::Alert(alert) => (StatusCode::UNPROCESSABLE_ENTITY, Answer::of(vec![alert])),
            Refused::Placement(Refusal::Lines(lines)) => (
                StatusCode::CONFLICT,
                Answer::of(lines.into_iter().map(|(title, problem)| Alert::Line { title, problem }).collect()),
            ),
            Refused::Placement(Refusal::TotalChanged { new_minor }) => {
                (StatusCode::CONFLICT, Answer::of(vec![Alert::TotalChanged { from_minor: shown, to_minor: new_minor }]))
            }
            Refused::Placement(Refusal::KeyTaken | Refusal::EmptyCart) => {
                (StatusCode::CONFLICT, Answer::of(vec![Alert::CartChanged]))
            }
        }
    }
}

/// What the form comes back with.
#[derive(Default)]
struct Answer {
    problems: Problems,
    alerts: Vec<Alert>,
}

impl Answer {
    fn of(alerts: Vec<Alert>) -> Self {
        Self { alerts, ..Self::default() }
    }
}

/// A cart at the checkout, with the form as it stands.
struct Desk<'a> {
    context: &'a PageContext,
    settings: &'a Settings,
    cart: &'a Cart,
    token: &'a CartToken,
    form: &'a CheckoutForm,
    book: &'a [AddressRow],
}

impl Desk<'_> {
    fn quote(&self) -> Quote {
        cart::quote_cart(self.settings, self.cart, &self.form.delivery_type, &self.form.country, clock::now())
    }

    /// Every rule that the form breaks, not only the one that was noticed first.
    fn all_problems(&self, noticed: Problems) -> Problems {
        self.form.validate(self.settings, &self.quote().options).err().unwrap_or(noticed)
    }

    fn page(&self, status: StatusCode, answer: Answer) -> Response {
        let quote = self.quote();
        let site = &self.context.site;
        let mut form = self.form.clone();
        if form.delivery_type.is_empty() {
            let first = quote.delivery.as_ref().map_or("", |option| option.kind.word());
            first.clone_into(&mut form.delivery_type);
        }
        let payments = payment_types(self.settings, quote.delivery.as_ref().map(|option| option.kind));
        if form.payment_type.is_empty() {
            let first = payments.first().map_or("", |kind| kind.word());
            first.clone_into(&mut form.payment_type);
        }
        let page = CheckoutPage {
            form,
            problems: answer.problems,
            alerts: answer.alerts,
            is_digital_only: self.cart.lines.iter().all(|line| line.edition.format.is_digital()),
            deliveries: quote.options.clone(),
            points: self.points(),
            book: self.book.to_vec(),
            payments,
            placement_key: ids::uuid(),
            started: started_now(&site.signer),
            offers_sign_in: self.token.client_id().is_none(),
        };
        let view = CheckoutView::new(self.context, page, self.summary(&quote));
        let mut response = Page::with_status(status, view).into_response();
        response.extensions_mut().insert(CartCount(self.cart.units()));
        response
    }

    fn points(&self) -> Vec<(String, String)> {
        let points = self.settings.pickup_points.iter();
        points.map(|point| (point.id.clone(), point.name(self.context.lang).to_owned())).collect()
    }

    fn summary(&self, quote: &Quote) -> Summary {
        let now = clock::now();
        let goods_minor = quote.totals.subtotal_minor;
        let chosen = self.form.delivery_type.as_str();
        Summary {
            lines: self
                .cart
                .counted(now)
                .map(|line| SummaryLine {
                    title: line.film.title(self.context.lang),
                    format: FormatMessages(self.context.lang).name(line.edition.format),
                    poster: cart::poster_url(self.context, line),
                    quantity: line.quantity,
                    total_minor: line.total_minor(now),
                })
                .collect(),
            units: self.cart.counted(now).map(|line| i64::from(line.quantity)).sum(),
            goods_minor,
            delivery: quote.delivery.as_ref().map(|option| (option.kind, option.price_minor)),
            free_delivery: cart::free_delivery(goods_minor, &quote.options),
            tax_minor: quote.totals.tax_minor,
            total_minor: quote.totals.total_minor,
            is_delivery_refused: !chosen.is_empty() && quote.options.iter().all(|option| option.kind.word() != chosen),
        }
    }
}
