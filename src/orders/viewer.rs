//! Who may open an order's pages, and where those pages are for them.

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts, Path},
    http::request::Parts,
};

use super::number::verify_link;
use crate::platform::{
    error::{Error, Result},
    http::{Fields, Site},
};

/// An order that is asked for by somebody who may see it. Whoever may not is told that there is no such page, which tells
/// nothing about the number.
#[derive(Clone, Debug)]
pub struct Viewed {
    pub number: String,
    /// How the order's history names whoever looks at it.
    pub actor: String,
    pub paths: OrderPaths,
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
        let token = fields.get("t");
        if !verify_link(&Arc::<Site>::from_ref(state).signer, &number, token) {
            return Err(Error::NotFound);
        }
        Ok(Self { paths: OrderPaths::by_link(&number, token), actor: "customer".to_owned(), number })
    }
}
