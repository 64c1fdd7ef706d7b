//! From what a person typed to the films that answer it, best kind of match first.

use super::bits::Bits;
use super::columns::Facts;
use super::fold::{self, X};
use super::words::{Field, Pattern, Words};

/// What is typed is cut to this many characters.
const LONGEST: usize = 100;

/// From this length the last word may also be the beginning of a word in a title.
const BEGINNING: usize = 3;

/// One typed word and the keys by which it may be known.
#[derive(Clone, Debug)]
pub struct QueryWord {
    pub typed: String,
    pub keys: Vec<String>,
    pub beginnings: Vec<String>,
}

/// Splits and folds what was typed.
pub fn parse(typed: &str) -> Vec<QueryWord> {
    let cut: String = typed.chars().take(LONGEST).collect();
    let mut query: Vec<QueryWord> = Vec::new();
    for word in fold::words(&cut) {
        let readings: &[X] = if word.contains('x') { &[X::Ks, X::H] } else { &[X::Ks] };
        let keys = variants(readings.iter().map(|x| fold::key(&word, *x)));
        let beginnings = variants(readings.iter().map(|x| fold::beginning(&word, *x)));
        if !keys.is_empty() {
            query.push(QueryWord { typed: word, keys, beginnings });
        }
    }
    query
}

fn variants(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut variants: Vec<String> = Vec::new();
    for key in keys {
        if !key.is_empty() && !variants.contains(&key) {
            variants.push(key);
        }
    }
    variants
}

/// A typed word that nobody knows, and the folded words that were taken instead, commonest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub typed: String,
    pub taken: Vec<String>,
}

/// What a query matched: disjoint sets, best first.
#[derive(Debug, Default)]
pub struct Matches {
    pub tiers: Vec<Bits>,
    pub corrected: Vec<Correction>,
    /// The keys that stood for each word.
    pub keys: Vec<Vec<String>>,
}

impl Matches {
    fn is_empty(&self) -> bool {
        self.tiers.iter().all(Bits::is_empty)
    }
}

/// How words are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A finished query; typos are mended.
    Whole,
    /// A finished query that is meant as it is written.
    Literal,
    /// A query still being typed: the last word may go on anywhere.
    Typing,
}

/// The part of the index that a search needs.
#[derive(Clone, Copy)]
pub struct Searcher<'a> {
    pub words: &'a Words,
    /// The films that can be seen now; words of others are unknown.
    pub live: &'a Bits,
    pub years: &'a Facts<u16>,
}

/// The films of one word by where they have it.
struct Hits {
    title: Bits,
    title_beginning: Bits,
    anywhere: Bits,
}

impl Searcher<'_> {
    /// The visible films that have every word. A word that nobody knows is taken for the beginning of
    /// one, else for the nearest known ones; when known words meet in no film, the rarest is mended.
    pub fn find(&self, query: &[QueryWord], mode: Mode) -> Matches {
        let mut query = query.to_vec();
        let (mut hits, mut corrected) = (Vec::with_capacity(query.len()), Vec::new());
        for at in 0..query.len() {
            let mut found = self.hits(&query, at, mode);
            let is_known = mode == Mode::Literal || found.anywhere.meets(self.live);
            if !is_known && let Some(correction) = self.mend(&mut query[at]) {
                corrected.push(correction);
                found = self.hits(&query, at, mode);
            }
            hits.push(found);
        }
        let matches = self.matches(&query, hits, corrected);
        if matches.is_empty() && matches.corrected.is_empty() && mode != Mode::Literal {
            return self.mend_rarest(query, mode).unwrap_or(matches);
        }
        matches
    }

    fn mend(&self, word: &mut QueryWord) -> Option<Correction> {
        let taken = self.words.nearest(word.keys.first()?, self.live);
        if taken.is_empty() {
            return None;
        }
        word.keys.clone_from(&taken);
        word.beginnings.clear();
        Some(Correction { typed: word.typed.clone(), taken })
    }

    fn mend_rarest(&self, query: Vec<QueryWord>, mode: Mode) -> Option<Matches> {
        let rarity = |word: &QueryWord| word.keys.iter().map(|key| self.words.count(key, self.live)).sum::<usize>();
        let mut order: Vec<usize> = (0..query.len()).collect();
        order.sort_by_key(|at| rarity(&query[*at]));
        for at in order {
            let mut mended = query.clone();
            if let Some(correction) = self.mend(&mut mended[at]) {
                let hits = (0..mended.len()).map(|at| self.hits(&mended, at, mode)).collect();
                return Some(self.matches(&mended, hits, vec![correction])).filter(|found| !found.is_empty());
            }
        }
        None
    }

    /// The visible films that all words hit.
    fn matches(&self, query: &[QueryWord], hits: Vec<Hits>, corrected: Vec<Correction>) -> Matches {
        let mut hits = hits.into_iter();
        let Some(mut all) = hits.next() else { return Matches::default() };
        for word in hits {
            all.title.and(&word.title);
            all.title_beginning.and(&word.title_beginning);
            all.anywhere.and(&word.anywhere);
        }
        let mut exact = Bits::default();
        for doc in whole_titles(query).iter().flat_map(|title| self.words.with_title(title)) {
            exact.set(doc);
        }
        let mut tiers = [exact, all.title, all.title_beginning, all.anywhere];
        let mut taken = Bits::default();
        for tier in &mut tiers {
            tier.and(self.live);
            tier.and_not(&taken);
            taken.or(tier);
        }
        let keys = query.iter().map(|word| word.keys.clone()).collect();
        Matches { tiers: tiers.into(), corrected, keys }
    }

    fn hits(&self, query: &[QueryWord], at: usize, mode: Mode) -> Hits {
        let word = &query[at];
        let whole: Vec<Pattern<'_>> = word.keys.iter().map(|key| Pattern::Word(key)).collect();
        let begun: Vec<Pattern<'_>> = word.beginnings.iter().map(|key| Pattern::Beginning(key)).collect();
        let title = self.words.films(Field::Title, &whole);
        let mut anywhere = self.words.films(Field::Text, &whole);
        anywhere.or(&title);
        if query.len() > 1 {
            self.add_year(&word.keys, &mut anywhere);
        }
        let mut title_beginning = title.clone();
        let last = at + 1 == query.len();
        let known = anywhere.meets(self.live);
        let length = word.keys.first().map_or(0, |key| key.chars().count());
        let goes_on = match mode {
            Mode::Typing => last,
            Mode::Whole | Mode::Literal => (!known && length > 1) || (last && length >= BEGINNING),
        };
        if goes_on {
            title_beginning.or(&self.words.films(Field::Title, &begun));
            anywhere.or(&title_beginning);
        }
        // In people's names a known word stands for itself, or "war" would list all of Warner's films.
        if goes_on && (!known || mode == Mode::Typing) {
            anywhere.or(&self.words.films(Field::Text, &begun));
        }
        Hits { title, title_beginning, anywhere }
    }

    /// Beside other words a year means the films of that year.
    fn add_year(&self, keys: &[String], films: &mut Bits) {
        let Some(year) = keys.first().and_then(|key| key.parse::<u16>().ok()) else { return };
        if (1888..=2100).contains(&year) {
            let of_year = (0u32..).zip(self.years.each()).filter(|(_, other)| *other == Some(year));
            of_year.for_each(|(doc, _)| films.set(doc));
        }
    }
}

/// The titles that a query would be the whole of, one for each way to read its words.
fn whole_titles(query: &[QueryWord]) -> Vec<String> {
    const MOST: usize = 64;
    let mut titles = vec![String::new()];
    for word in query {
        let readings = if titles.len() * word.keys.len() > MOST { 1 } else { word.keys.len() };
        titles = titles
            .iter()
            .flat_map(|title| {
                word.keys[..readings]
                    .iter()
                    .map(move |key| if title.is_empty() { key.clone() } else { format!("{title} {key}") })
            })
            .collect();
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_query_is_cut_and_folded() {
        let words: Vec<_> = parse("The GODFATHER, годфазер").into_iter().map(|word| word.keys).collect();
        assert_eq!(words, [["the"], ["godfather"], ["godfazer"]]);
        assert_eq!(parse(&"abcd ".repeat(4_000)).len(), 20);
        assert!(parse("'+-~*<>()%\" \0 🎬").is_empty());
    }

    #[test]
    fn x_is_read_both_ways() {
        assert_eq!(parse("xotira")[0].keys, ["ksotira", "hotira"]);
    }
}
