//! A robot that puts addresses together from every parameter it has heard of, and from some that nobody knows.

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use crate::session::Session;

const FOLDERS: [&str; 3] = ["/films", "/ru/films", "/search"];
const FORMATS: [&str; 6] = ["dvd", "blu_ray", "uhd_4k", "box_set", "digital_hd", "digital_4k"];
const GENRES: [&str; 6] = ["drama", "comedy", "thriller", "action", "romance", "horror"];
const SORTS: [&str; 6] = ["newest", "bestselling", "price_asc", "price_desc", "title", "rating"];
const LANGUAGES: [&str; 4] = ["en", "ru", "uz", "fr"];
/// The last three are none that the shop knows.
const NAMES: [&str; 24] = [
    "format",
    "genre",
    "year_min",
    "year_max",
    "decade",
    "studio",
    "person",
    "audio",
    "subtitles",
    "rating_min",
    "age",
    "runtime_max",
    "price_min",
    "price_max",
    "in_stock",
    "on_sale",
    "sort",
    "page",
    "page_size",
    "q",
    "literal",
    "utm_source",
    "gclid",
    "colour",
];

pub struct Robot {
    random: StdRng,
    words: Vec<String>,
}

impl Robot {
    /// Robots of different numbers ask for different addresses, the same ones in every run.
    pub fn new(number: u64, session: &Session) -> Self {
        let slugs = session.addresses.listed.iter().flatten();
        let words = slugs.filter_map(|slug| slug.split('-').next().map(str::to_owned)).collect();
        Self { random: StdRng::seed_from_u64(number), words }
    }

    /// A list or a search with one to six parameters, or a list of a name that somebody made up.
    pub fn address(&mut self) -> String {
        if self.random.random_ratio(1, 8) {
            let name = pick(&["genre", "studio"], &mut self.random);
            return format!("/films?{name}={:x}&page=1", self.random.next_u32());
        }
        let folder = pick(&FOLDERS, &mut self.random);
        let mut query = form_urlencoded::Serializer::new(String::new());
        for _ in 0..self.random.random_range(1..=6) {
            let name = pick(&NAMES, &mut self.random);
            query.append_pair(name, &self.value(name));
        }
        format!("{folder}?{}", query.finish())
    }

    fn value(&mut self, name: &str) -> String {
        let random = &mut self.random;
        // Robots follow links that others have made up.
        if random.random_ratio(1, 4) {
            return format!("{:x}", random.next_u32());
        }
        let mut number = |range: std::ops::Range<u32>| random.random_range(range).to_string();
        match name {
            "year_min" | "year_max" => number(1900..2030),
            "decade" => format!("{}0", number(190..203)),
            "rating_min" => number(1..6),
            "runtime_max" => number(60..240),
            "price_min" | "price_max" => format!("{}.{}", number(1..60), number(10..100)),
            "page" => number(1..13),
            "page_size" => pick(&["12", "24", "48"], random).to_owned(),
            "in_stock" | "on_sale" | "literal" => "1".to_owned(),
            "format" => pick(&FORMATS, random).to_owned(),
            "genre" => pick(&GENRES, random).to_owned(),
            "sort" => pick(&SORTS, random).to_owned(),
            "audio" | "subtitles" => pick(&LANGUAGES, random).to_owned(),
            _ => self.words.choose(random).cloned().unwrap_or_default(),
        }
    }
}

fn pick<'a>(values: &[&'a str], random: &mut StdRng) -> &'a str {
    values.choose(random).copied().unwrap_or_default()
}
