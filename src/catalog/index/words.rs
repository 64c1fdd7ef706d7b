//! The dictionary: which films have which word, in their titles or among their people and studio.
//!
//! The main part is built once: an fst of all keys whose values are their places in order, so that
//! the films of a word, or of all words with one beginning, are one slice of an array. Films whose
//! words changed since are masked there and live in a small map beside it.

use super::bits::Bits;
use super::digest::digest;
use super::postings::{Postings, Uses, Vocabulary};
use fst::{IntoStreamer, Map, Streamer};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound::{Included, Unbounded};
use std::sync::OnceLock;

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Title,
    Text,
}

/// What is looked up: a word, or the beginning of one.
#[derive(Clone, Copy, Debug)]
pub enum Pattern<'a> {
    Word(&'a str),
    Beginning(&'a str),
}

/// How many near words are taken together for one that nobody knows.
const NEAREST: usize = 8;

#[derive(Debug, Default)]
pub struct Words {
    keys: Map<Vec<u8>>,
    fields: [Postings; 2],
    /// Hashes of whole titles, sorted, and the films that have them.
    titles: (Vec<u64>, Vec<u32>),
    stale: Bits,
    fresh: Fresh,
    /// What each film's words were made from, to know when they changed.
    texts: Vec<u64>,
}

/// The words of the films that changed since the main part was built.
#[derive(Debug, Default)]
struct Fresh {
    keys: BTreeMap<Box<str>, [Vec<u32>; 2]>,
    titles: HashMap<u64, Vec<u32>>,
    films: HashMap<u32, (Box<str>, Box<str>)>,
}

impl Words {
    /// Whether these texts differ from those the film was last written with.
    pub fn differ(&self, doc: u32, title: &str, text: &str) -> bool {
        self.texts.get(doc as usize) != Some(&digest(&(title, text)))
    }

    /// Writes the words of a film that is new or has changed.
    pub fn write(&mut self, doc: u32, title: &str, text: &str) {
        self.remove(doc);
        let at = doc as usize;
        if self.texts.len() <= at {
            self.texts.resize(at + 1, 0);
        }
        self.texts[at] = digest(&(title, text));
        self.fresh.add(doc, title, text);
    }

    /// Forgets the words of a film.
    pub fn remove(&mut self, doc: u32) {
        self.stale.set(doc);
        if let Some(text) = self.texts.get_mut(doc as usize) {
            *text = 0;
        }
        self.fresh.remove(doc);
    }

    /// How many films live in the map beside the dictionary.
    pub fn changed(&self) -> usize {
        self.fresh.films.len()
    }

    /// The films that have any of the patterns in a field.
    pub fn films(&self, field: Field, patterns: &[Pattern<'_>]) -> Bits {
        let mut films = Bits::default();
        let postings = &self.fields[field as usize];
        for pattern in patterns {
            postings.each(self.range(*pattern), |doc| films.set(doc));
        }
        films.and_not(&self.stale);
        for pattern in patterns {
            self.fresh.each(*pattern, field, |doc| films.set(doc));
        }
        films
    }

    /// The films one of whose titles is exactly this.
    pub fn with_title(&self, title: &str) -> Vec<u32> {
        let digest = digest(title);
        let (digests, docs) = &self.titles;
        let from = digests.partition_point(|other| *other < digest);
        let alike = digests[from..].iter().take_while(|other| **other == digest).count();
        let mut films: Vec<u32> =
            docs[from..from + alike].iter().copied().filter(|doc| !self.stale.has(*doc)).collect();
        films.extend(self.fresh.titles.get(&digest).into_iter().flatten());
        films
    }

    /// How many films of a set have a word anywhere.
    pub fn count(&self, key: &str, set: &Bits) -> usize {
        let mut films = self.films(Field::Title, &[Pattern::Word(key)]);
        films.or(&self.films(Field::Text, &[Pattern::Word(key)]));
        films.and_len(set)
    }

    /// The known words at the least distance from one that is mistyped: of those the ones that begin
    /// alike where there are such, the commonest first. Only words of films in `set` are known, and
    /// short words and numbers are left alone.
    pub fn nearest(&self, key: &str, set: &Bits) -> Vec<String> {
        let Some(dfa) = automaton(key) else { return Vec::new() };
        let mut near: Vec<(u8, String)> = Vec::new();
        let mut stream = self.keys.search_with_state(&dfa).into_stream();
        while let Some((found, _, state)) = stream.next() {
            if let Distance::Exact(distance) = dfa.distance(state) {
                near.push((distance, String::from_utf8_lossy(found).into_owned()));
            }
        }
        for found in self.fresh.keys.keys() {
            if let Distance::Exact(distance) = dfa.eval(found.as_bytes()) {
                near.push((distance, found.to_string()));
            }
        }
        near.retain(|(distance, found)| *distance > 0 && found != key);
        near.sort_unstable();
        near.dedup();
        near.chunk_by(|a, b| a.0 == b.0)
            .map(|alike| self.commonest(key, alike, set))
            .find(|words| !words.is_empty())
            .unwrap_or_default()
    }

    fn commonest(&self, key: &str, words: &[(u8, String)], set: &Bits) -> Vec<String> {
        let mut counted: Vec<(bool, usize, &String)> = words
            .iter()
            .map(|(_, word)| (word.chars().next() == key.chars().next(), self.count(word, set), word))
            .filter(|(_, count, _)| *count > 0)
            .collect();
        if counted.iter().any(|(alike, _, _)| *alike) {
            counted.retain(|(alike, _, _)| *alike);
        }
        counted.sort_by_key(|(_, count, word)| (Reverse(*count), *word));
        counted.into_iter().take(NEAREST).map(|(_, _, word)| word.clone()).collect()
    }

    /// The places of the keys that a pattern covers.
    fn range(&self, pattern: Pattern<'_>) -> std::ops::Range<usize> {
        match pattern {
            Pattern::Word(word) => match self.keys.get(word).and_then(|at| usize::try_from(at).ok()) {
                Some(at) => at..at + 1,
                None => 0..0,
            },
            Pattern::Beginning(start) => {
                let mut past = start.as_bytes().to_vec();
                // No key holds this byte, so it sorts after every key with that beginning.
                past.push(0xff);
                self.place(start.as_bytes())..self.place(&past)
            }
        }
    }

    /// How many keys come before `bound`.
    fn place(&self, bound: &[u8]) -> usize {
        let mut stream = self.keys.range().ge(bound).into_stream();
        stream.next().and_then(|(_, at)| usize::try_from(at).ok()).unwrap_or(self.keys.len())
    }
}

impl Fresh {
    fn add(&mut self, doc: u32, title: &str, text: &str) {
        for (field, words) in [(Field::Title, title), (Field::Text, text)] {
            for word in words.split_whitespace() {
                let films = &mut self.keys.entry(word.into()).or_default()[field as usize];
                if !films.contains(&doc) {
                    films.push(doc);
                }
            }
        }
        for line in title.lines() {
            self.titles.entry(digest(line)).or_default().push(doc);
        }
        self.films.insert(doc, (title.into(), text.into()));
    }

    fn remove(&mut self, doc: u32) {
        let Some((title, text)) = self.films.remove(&doc) else { return };
        for word in title.split_whitespace().chain(text.split_whitespace()) {
            if let Some(fields) = self.keys.get_mut(word) {
                for films in fields.iter_mut() {
                    films.retain(|other| *other != doc);
                }
                if fields.iter().all(Vec::is_empty) {
                    self.keys.remove(word);
                }
            }
        }
        for line in title.lines() {
            if let Some(films) = self.titles.get_mut(&digest(line)) {
                films.retain(|other| *other != doc);
            }
        }
    }

    fn each(&self, pattern: Pattern<'_>, field: Field, mut film: impl FnMut(u32)) {
        match pattern {
            Pattern::Word(word) => {
                let films = self.keys.get(word).map(|fields| &fields[field as usize]);
                films.into_iter().flatten().for_each(|doc| film(*doc));
            }
            Pattern::Beginning(start) => self
                .keys
                .range::<str, _>((Included(start), Unbounded))
                .take_while(|(key, _)| key.starts_with(start))
                .flat_map(|(_, fields)| &fields[field as usize])
                .for_each(|doc| film(*doc)),
        }
    }
}

/// Recognises the words within the typos that a key's length forgives: one from 4 letters, two from 8.
fn automaton(key: &str) -> Option<DFA> {
    static BUILDERS: [OnceLock<LevenshteinAutomatonBuilder>; 2] = [const { OnceLock::new() }; 2];
    if key.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let edits = match key.chars().count() {
        0..4 => return None,
        4..8 => 1,
        _ => 2,
    };
    let builder = BUILDERS[usize::from(edits) - 1].get_or_init(|| LevenshteinAutomatonBuilder::new(edits, true));
    Some(builder.build_dfa(key))
}

/// Collects the words of films in the order of their numbers.
#[derive(Debug, Default)]
pub struct WordsBuilder {
    vocabulary: Vocabulary,
    uses: [Uses; 2],
    titles: Vec<(u64, u32)>,
    texts: Vec<u64>,
}

impl WordsBuilder {
    pub fn add(&mut self, doc: u32, title: &str, text: &str) {
        for (field, words) in [(Field::Title, title), (Field::Text, text)] {
            let uses = &mut self.uses[field as usize];
            words.split_whitespace().for_each(|word| uses.word(self.vocabulary.number(word)));
            uses.end_film();
        }
        self.titles.extend(title.lines().map(|line| (digest(line), doc)));
        self.texts.push(digest(&(title, text)));
    }

    /// # Errors
    /// Never for words that were added; the dictionary's own check of their order is passed on.
    pub fn build(self) -> Result<Words, fst::Error> {
        let Self { vocabulary, uses, mut titles, mut texts } = self;
        let mut keys: Vec<u32> = (0u32..).take(vocabulary.len()).collect();
        keys.sort_unstable_by_key(|number| vocabulary.word(*number));
        let mut places = vec![0u32; keys.len()];
        for (place, number) in (0u32..).zip(&keys) {
            places[*number as usize] = place;
        }
        let map = Map::from_iter(keys.iter().map(|number| vocabulary.word(*number).as_bytes()).zip(0u64..))?;
        let fields = uses.map(|uses| uses.by_key(&places));
        titles.sort_unstable();
        titles.dedup();
        let titles = titles.into_iter().unzip();
        texts.shrink_to_fit();
        Ok(Words { keys: map, fields, titles, texts, ..Words::default() })
    }
}
