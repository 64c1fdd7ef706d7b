//! Form bodies and query strings as named values, within limits.

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
};

use crate::platform::error::{Error, Result};

/// A form of the shop is far smaller than this.
const MAX_BODY: usize = 64 * 1024;
/// The largest honest query is a filter with a few dozen choices.
const MAX_FIELDS: usize = 200;

/// Named values in the order in which they came; a name may repeat.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Parses `application/x-www-form-urlencoded` text; bytes that are no UTF-8 become replacement characters.
    pub fn parse(encoded: &[u8]) -> Result<Self> {
        let fields: Vec<_> = form_urlencoded::parse(encoded)
            .take(MAX_FIELDS + 1)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        if fields.len() > MAX_FIELDS {
            return Err(Error::BadRequest("too many fields"));
        }
        Ok(Self(fields))
    }

    /// The first value of this name, without surrounding space; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The first value of this name as it was typed: spaces belong to a password.
    pub fn untrimmed(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Gives a name this one value.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(key, _)| key != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Every value of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let body = to_bytes(request.into_body(), MAX_BODY).await.map_err(|_| Error::TooLarge)?;
        Self::parse(&body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_repeat_and_values_are_trimmed() {
        let fields = Fields::parse("genre=drama&genre=war&q=+Ёлки%20+&bad=%ff".as_bytes()).unwrap();
        assert_eq!(fields.all("genre").collect::<Vec<_>>(), ["drama", "war"]);
        assert_eq!((fields.get("q"), fields.get("none"), fields.get("bad")), ("Ёлки", "", "\u{fffd}"));
        assert!(Fields::parse("a=1&".repeat(500).as_bytes()).is_err());
    }
}
