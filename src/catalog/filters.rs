//! What the address of a list says: filters, order and page; and how such an address is written.
//!
//! Parameters are written in one order and values sorted, so that a state has one address. What is unknown or makes no
//! sense is left out rather than refused.

use form_urlencoded::Serializer;

use super::{
    Format,
    index::{Filters, Index, Page, Sort},
};
use crate::platform::{http::Fields, money::Currency};

/// Films on a page, the first by default.
pub const PAGE_SIZES: [usize; 3] = [24, 12, 48];

/// A list or a search as its address describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// What is searched for, as it was typed; empty in a list.
    pub words: String,
    /// Search for exactly these words.
    pub is_literal: bool,
    pub filters: Filters,
    pub sort: Sort,
    /// From 1.
    pub page: usize,
    pub page_size: usize,
    currency: Currency,
}

impl ListQuery {
    pub fn parse(fields: &Fields, currency: &Currency) -> Self {
        let many = |name| distinct(fields.all(name).filter(|value| !value.is_empty()).map(str::to_owned));
        let (year_min, year_max) = years(fields);
        let (price_min, price_max) =
            in_order(price(fields, "price_min", currency), price(fields, "price_max", currency));
        let filters = Filters {
            formats: distinct(fields.all("format").filter_map(Format::from_word)),
            genres: many("genre"),
            year_min,
            year_max,
            studios: many("studio"),
            people: many("person"),
            audio: many("audio"),
            subtitles: many("subtitles"),
            rating_min: number(fields, "rating_min").filter(|stars| (1..=5).contains(stars)),
            ages: many("age"),
            runtime_max: number(fields, "runtime_max"),
            price_min,
            price_max,
            in_stock: is_on(fields, "in_stock"),
            on_sale: is_on(fields, "on_sale"),
            ..Filters::default()
        };
        Self {
            words: fields.get("q").to_owned(),
            is_literal: is_on(fields, "literal"),
            filters,
            sort: Sort::from_word(fields.get("sort")).unwrap_or_default(),
            page: number(fields, "page").filter(|page| *page > 0).unwrap_or(1),
            page_size: number(fields, "page_size").filter(|size| PAGE_SIZES.contains(size)).unwrap_or(PAGE_SIZES[0]),
            currency: currency.clone(),
        }
    }

    /// The same list on another page.
    pub fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same search without mending.
    pub fn literally(&self) -> Self {
        Self { is_literal: true, ..self.on_page(1) }
    }

    /// The same list, narrowed otherwise; it begins at its first page.
    pub fn with(&self, change: impl FnOnce(&mut Filters)) -> Self {
        let mut query = self.on_page(1);
        change(&mut query.filters);
        query
    }

    pub fn slice(&self) -> Page {
        Page { number: self.page, size: self.page_size }
    }

    /// Path and query, without language.
    pub fn path(&self, base: &str) -> String {
        let query = self.encoded();
        if query.is_empty() { base.to_owned() } else { format!("{base}?{query}") }
    }

    fn encoded(&self) -> String {
        let mut query = Serializer::new(String::new());
        for (name, value) in self.pairs() {
            query.append_pair(name, &value);
        }
        query.finish()
    }

    /// Everything that differs from a list's first page, in the order of addresses.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let filters = &self.filters;
        let mut pairs = Vec::new();
        let mut put = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        put("q", Some(self.words.clone()).filter(|words| !words.is_empty()));
        put("literal", flag(self.is_literal));
        filters.formats.iter().for_each(|format| put("format", Some(format.word().to_owned())));
        filters.genres.iter().for_each(|genre| put("genre", Some(genre.clone())));
        put("year_min", filters.year_min.map(|year| year.to_string()));
        put("year_max", filters.year_max.map(|year| year.to_string()));
        filters.studios.iter().for_each(|studio| put("studio", Some(studio.clone())));
        filters.people.iter().for_each(|person| put("person", Some(person.clone())));
        filters.audio.iter().for_each(|language| put("audio", Some(language.clone())));
        filters.subtitles.iter().for_each(|language| put("subtitles", Some(language.clone())));
        put("rating_min", filters.rating_min.map(|stars| stars.to_string()));
        filters.ages.iter().for_each(|age| put("age", Some(age.clone())));
        put("runtime_max", filters.runtime_max.map(|minutes| minutes.to_string()));
        put("price_min", filters.price_min.map(|price| self.price(price)));
        put("price_max", filters.price_max.map(|price| self.price(price)));
        put("in_stock", flag(filters.in_stock));
        put("on_sale", flag(filters.on_sale));
        put("sort", (self.sort != Sort::default()).then(|| self.sort.word().to_owned()));
        put("page", (self.page > 1).then(|| self.page.to_string()));
        put("page_size", (self.page_size != PAGE_SIZES[0]).then(|| self.page_size.to_string()));
        pairs
    }

    /// A price as people type it: `15` or `9.99`.
    pub fn price(&self, minor: i64) -> String {
        let text = self.currency.plain(minor);
        text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
    }

    /// The canonical address, and whether search engines should keep the page: they keep a list as it is or with one
    /// genre, studio or format; any other choice or order leads them to the list without filters.
    pub fn canonical(&self, base: &str) -> (String, bool) {
        let Filters { formats, genres, studios, .. } = &self.filters;
        let chosen = formats.len() + genres.len() + studios.len();
        let named = ["format", "genre", "studio", "page"];
        let is_plain = self.pairs().iter().all(|(name, _)| named.contains(name));
        if is_plain && chosen <= 1 { (self.path(base), true) } else { (base.to_owned(), false) }
    }
}

/// The known parameters of an address in one order: what its page is kept under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub query: String,
    /// Of such addresses there is no end.
    pub is_endless: bool,
}

/// Of a list. Of names that nobody has there is no end either, and the list is the same without them.
pub fn of_list(query: &str, currency: &Currency, index: &Index) -> Option<Known> {
    let mut list = ListQuery::parse(&Fields::parse(query.as_bytes()).ok()?, currency);
    list.words.clear();
    index.keep_known(&mut list.filters);
    Some(Known { query: list.encoded(), is_endless: !list.canonical("").1 })
}

/// Of the first page of a search.
pub fn of_search(query: &str, currency: &Currency, index: &Index) -> Option<Known> {
    let mut search = ListQuery::parse(&Fields::parse(query.as_bytes()).ok()?, currency);
    index.keep_known(&mut search.filters);
    (search.page == 1).then(|| Known { query: search.encoded(), is_endless: true })
}

/// Of a film: the edition that is looked at.
pub fn of_film(query: &str, _: &Currency, _: &Index) -> Option<Known> {
    let fields = Fields::parse(query.as_bytes()).ok()?;
    let edition = fields.get("edition");
    if edition.is_empty() {
        return Some(Known::default());
    }
    let query = Serializer::new(String::new()).append_pair("edition", edition).finish();
    Some(Known { query, is_endless: true })
}

fn flag(is_on: bool) -> Option<String> {
    is_on.then(|| "1".to_owned())
}

fn is_on(fields: &Fields, name: &str) -> bool {
    matches!(fields.get(name), "1" | "on" | "true")
}

fn number<T: std::str::FromStr>(fields: &Fields, name: &str) -> Option<T> {
    fields.get(name).parse().ok()
}

fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The years of `year_min` and `year_max`, or those of a decade, which is how the form asks for them.
fn years(fields: &Fields) -> (Option<u16>, Option<u16>) {
    match number::<u16>(fields, "decade") {
        Some(decade) if (1880..=2100).contains(&decade) => (Some(decade), Some(decade + 9)),
        _ => in_order(number(fields, "year_min"), number(fields, "year_max")),
    }
}

fn in_order<T: Ord>(min: Option<T>, max: Option<T>) -> (Option<T>, Option<T>) {
    match (min, max) {
        (Some(min), Some(max)) if min > max => (Some(max), Some(min)),
        other => other,
    }
}

/// Minor units of a price with or without a fraction: `15`, `9.9`, `9,99`.
fn price(fields: &Fields, name: &str, currency: &Currency) -> Option<i64> {
    let text = fields.get(name);
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 2 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let unit = currency.unit();
    let cents: i64 = format!("{fraction:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(unit)?.checked_add(cents * unit / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(encoded: &str) -> ListQuery {
        ListQuery::parse(&Fields::parse(encoded.as_bytes()).unwrap(), &Currency::from_code("USD"))
    }

    #[test]
    fn one_state_has_one_address() {
        let untidy = "page=1&utm_source=x&sort=title&on_sale=on&price_max=9,5&genre=war&format=dvd&genre=drama\
                      &genre=war&format=vhs&page_size=24&studio=&q=+the+matrix+&price_min=3.00";
        let tidy = "q=the+matrix&format=dvd&genre=drama&genre=war&price_min=3&price_max=9.50&on_sale=1&sort=title";
        assert_eq!(query(untidy).path("/films"), format!("/films?{tidy}"));
        assert_eq!(query(tidy).path("/films"), format!("/films?{tidy}"));
        assert_eq!(
            query("sort=title&genre=war&format=dvd&genre=drama&page=2&page_size=48").path("/films"),
            "/films?format=dvd&genre=drama&genre=war&sort=title&page=2&page_size=48"
        );
        assert_eq!(query("page=1&sort=relevance&page_size=24&x=y").path("/films"), "/films");
    }

    #[test]
    fn nonsense_is_left_out() {
        for nonsense in [
            "sort=cheapest",
            "page=0",
            "page=-3",
            "page=two",
            "page_size=1000",
            "format=vhs",
            "year_min=abc",
            "rating_min=9",
            "price_min=-5",
            "price_min=1.234",
            "price_max=99999999999999999999",
            "in_stock=0",
            "decade=12",
            "genre=",
        ] {
            assert_eq!(query(nonsense).path("/films"), "/films", "{nonsense}");
        }
    }

    #[test]
    fn ranges_the_wrong_way_round_are_turned() {
        assert_eq!(query("year_min=1999&year_max=1990").path(""), "?year_min=1990&year_max=1999");
        assert_eq!(query("price_min=20&price_max=9.5").path(""), "?price_min=9.50&price_max=20");
        assert_eq!(query("decade=1990").path(""), "?year_min=1990&year_max=1999");
    }

    #[test]
    fn prices_are_minor_units_within() {
        assert_eq!(query("price_min=9.9&price_max=15").filters.price_min, Some(990));
        assert_eq!(query("price_min=15").filters.price_min, Some(1_500));
        let yen = ListQuery::parse(&Fields::parse(b"price_min=1500").unwrap(), &Currency::from_code("JPY"));
        assert_eq!((yen.filters.price_min, yen.path("")), (Some(1_500), "?price_min=1500".to_owned()));
    }

    #[test]
    fn search_engines_keep_a_list_with_at_most_one_named_facet() {
        for kept in ["", "genre=war", "format=dvd", "studio=a24", "page=3", "genre=war&page=2"] {
            let (canonical, is_indexed) = query(kept).canonical("/films");
            assert!(is_indexed, "{kept}");
            assert_eq!(canonical, query(kept).path("/films"));
        }
        for other in [
            "genre=war&genre=drama",
            "genre=war&format=dvd",
            "sort=title",
            "price_max=9",
            "q=war",
            "on_sale=1",
            "page_size=48",
            "person=x",
        ] {
            assert_eq!(query(other).canonical("/films"), ("/films".to_owned(), false), "{other}");
        }
    }
}
