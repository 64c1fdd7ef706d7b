//! Who may open an order's pages, and where those pages are for them.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts, Path},
    http::request::Parts,
};

use super::{
    number::verify_link,
    queries::{self, OrderLineRow, OrderRow, SentParcel},
};
use crate::{
    accounts::Customer,
    platform::{
        db::Conn,
        error::{Error, OrNotFound, Result},
        http::{Fields, Site},
    },
};

/// An order that is asked for by somebody who may see it: by its signed link, or by its owner. Whoever may not is told
/// that there is no such page, which tells nothing about the number.
#[derive(Clone, Debug)]
pub struct Viewed {
    pub number: String,
    /// How the order's history names whoever looks at it.
    pub actor: String,
    pub paths: OrderPaths,
    /// Nobody is signed in.
    pub is_guest: bool,
    /// Without a link it must be this customer's.
    owner: Option<u64>,
}

impl Viewed {
    fn by_link(number: String, token: &str, customer: Option<&Customer>) -> Self {
        let actor = customer.map_or_else(|| "customer".to_owned(), Customer::actor);
        let is_guest = customer.is_none();
        Self { paths: OrderPaths::by_link(&number, token), actor, is_guest, owner: None, number }
    }

    fn by_owner(number: String, customer: &Customer) -> Self {
        let paths = OrderPaths::of_account(&number);
        Self { paths, actor: customer.actor(), is_guest: false, owner: Some(customer.id), number }
    }

    /// The order with its lines. One statement.
    pub async fn find(&self, conn: &mut Conn) -> Result<(OrderRow, Vec<OrderLineRow>)> {
        let (order, lines, _) = self.find_with_parcels(conn).await?;
        Ok((order, lines))
    }

    /// The order with its lines and parcels. One statement.
    pub async fn find_with_parcels(&self, conn: &mut Conn) -> Result<(OrderRow, Vec<OrderLineRow>, Vec<SentParcel>)> {
        let found = queries::find_with_parcels(conn, &self.number).await?;
        found.filter(|(order, ..)| self.owner.is_none() || order.client_id == self.owner).or_not_found()
    }
}

/// The addresses of an order's pages, without language: what opened one of them opens all of them.
#[derive(Clone, Debug, Default)]
pub struct OrderPaths {
    base: String,
    query: String,
}

impl OrderPaths {
    pub fn by_link(number: &str, token: &str) -> Self {
        Self { base: format!("/orders/{number}"), query: format!("?t={token}") }
    }

    pub fn of_account(number: &str) -> Self {
        Self { base: format!("/account/orders/{number}"), query: String::new() }
    }

    /// Whether whoever has the page's address can open it.
    pub fn is_link(&self) -> bool {
        !self.query.is_empty()
    }

    pub fn page(&self) -> String {
        format!("{}{}", self.base, self.query)
    }

    pub fn cancel(&self) -> String {
        self.below("cancel")
    }

    pub fn invoice(&self) -> String {
        self.below("invoice")
    }

    pub fn reorder(&self) -> String {
        self.below("reorder")
    }

    fn below(&self, what: &str) -> String {
        format!("{}/{what}{}", self.base, self.query)
    }
}

impl<S> FromRequestParts<S> for Viewed
where
    S: Send + Sync,
    Arc<Site>: FromRef<S>,
{
    type Rejection = Error;

    /// The link's token stands in the query: `?t={token}`.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let Ok(Path(number)) = Path::<String>::from_request_parts(parts, state).await else {
            return Err(Error::NotFound);
        };
        let fields = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes())?;
        let customer = parts.extensions.get::<Customer>();
        let token = fields.get("t");
        if verify_link(&Arc::<Site>::from_ref(state).signer, &number, token) {
            return Ok(Self::by_link(number, token, customer));
        }
        // The column cannot hold another number, and servers refuse to compare.
        let customer = customer.filter(|_| number.is_ascii() && token.is_empty());
        customer.map(|customer| Self::by_owner(number, customer)).or_not_found()
    }
}
