//! What the address of a film's reviews says: order, stars and page; and how such an address is written.

use form_urlencoded::Serializer;

use super::queries::Sort;
use crate::{
    catalog::{filters::Known, index::Index},
    platform::{http::Fields, money::Currency},
};

/// Reviews on a page.
pub const PAGE_SIZE: u32 = 10;
/// Nobody leafs further, and the reviews that are passed over cost something.
const LAST_PAGE: u32 = 1_000;

/// A list of reviews as its address describes it. What makes no sense is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewsAddress {
    pub sort: Sort,
    /// Those with so many stars only.
    pub rating: Option<u8>,
    /// From 1.
    pub page: u32,
}

impl Default for ReviewsAddress {
    fn default() -> Self {
        Self { sort: Sort::Newest, rating: None, page: 1 }
    }
}

impl ReviewsAddress {
    pub fn parse(fields: &Fields) -> Self {
        let page = fields.get("page").parse().ok();
        Self {
            sort: Sort::from_word(fields.get("sort")).unwrap_or(Sort::Newest),
            rating: fields.get("rating").parse().ok().filter(|stars| (1..=5).contains(stars)),
            page: page.filter(|page| (1..=LAST_PAGE).contains(page)).unwrap_or(1),
        }
    }

    /// Of a film in this order.
    pub const fn sorted(self, sort: Sort) -> Self {
        Self { sort, page: 1, ..self }
    }

    /// Those with so many stars, or all.
    pub const fn rated(self, rating: Option<u8>) -> Self {
        Self { rating, page: 1, ..self }
    }

    pub const fn on_page(self, page: u32) -> Self {
        Self { page, ..self }
    }

    /// Left out, and shown at most.
    pub const fn slice(self) -> (u32, u32) {
        ((self.page - 1) * PAGE_SIZE, PAGE_SIZE)
    }

    /// Search engines keep the pages of all reviews in their usual order.
    pub fn is_plain(self) -> bool {
        self.rating.is_none() && self.sort == Sort::Newest
    }

    /// Path and query, without language.
    pub fn path(self, slug: &str) -> String {
        let query = self.query();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/films/{slug}/reviews{mark}{query}")
    }

    fn query(self) -> String {
        let mut query = Serializer::new(String::new());
        if self.sort != Sort::Newest {
            query.append_pair("sort", self.sort.word());
        }
        if let Some(rating) = self.rating {
            query.append_pair("rating", &rating.to_string());
        }
        if self.page > 1 {
            query.append_pair("page", &self.page.to_string());
        }
        query.finish()
    }
}

/// What the page of an address is kept under.
pub fn of_reviews(query: &str, _: &Currency, _: &Index) -> Option<Known> {
    let address = ReviewsAddress::parse(&Fields::parse(query.as_bytes()).ok()?);
    Some(Known { query: address.query(), is_endless: !address.is_plain() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(query: &str) -> ReviewsAddress {
        ReviewsAddress::parse(&Fields::parse(query.as_bytes()).unwrap())
    }

    #[test]
    fn one_state_has_one_address() {
        let tidy = "/films/m-1931/reviews?sort=helpful&rating=4&page=2";
        assert_eq!(address("page=2&x=y&rating=4&sort=helpful").path("m-1931"), tidy);
        for nonsense in ["", "sort=best", "sort=newest", "rating=0", "rating=6", "page=0", "page=1", "page=5000"] {
            assert_eq!(address(nonsense).path("m-1931"), "/films/m-1931/reviews", "{nonsense}");
        }
        assert_eq!(address("page=3").slice(), (20, 10));
        assert!(address("page=3").is_plain() && !address("rating=1").is_plain() && !address("sort=lowest").is_plain());
    }
}
