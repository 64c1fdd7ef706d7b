//! Which films have which value, and how many of a set have it.
//!
//! A facet of few values keeps a bitset a value, and counting is an AND and a popcount. A facet of
//! many (studios, people) keeps a list of films a value and a list of values a film, and finds the
//! fullest values without counting them all. Every count is exact.

use super::bits::Bits;
use super::rows::Rows;
use std::cmp::Reverse;

/// How many values of a large facet are shown besides the chosen ones.
pub const SHOWN: usize = 20;

/// The facets that keep a bitset a value. What a value's number means is the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Small {
    Format,
    /// The same numbers as `Format`, of films that have that very format in stock: "DVD" and "in
    /// stock" chosen together must be true of one edition.
    Stocked,
    Genre,
    Decade,
    Audio,
    Subtitles,
    Age,
    Rating,
    Runtime,
    OnSale,
    Featured,
}

/// All small facets: for each the bitsets of its values.
#[derive(Debug, Default)]
pub struct SmallFacets([Vec<Bits>; 11]);

impl SmallFacets {
    pub fn set(&mut self, facet: Small, value: usize, doc: u32) {
        let values = &mut self.0[facet as usize];
        if values.len() <= value {
            values.resize_with(value + 1, Bits::default);
        }
        values[value].set(doc);
    }

    /// Takes a film out of every value.
    pub fn clear(&mut self, doc: u32) {
        for bits in self.0.iter_mut().flatten() {
            bits.unset(doc);
        }
    }

    /// Gives back the room that was kept for more films.
    pub fn shrink(&mut self) {
        self.0.iter_mut().flatten().for_each(Bits::shrink);
    }

    pub fn values(&self, facet: Small) -> &[Bits] {
        &self.0[facet as usize]
    }

    /// The films that have any of the values.
    pub fn any(&self, facet: Small, values: &[usize]) -> Bits {
        let mut films = Bits::default();
        for bits in values.iter().filter_map(|value| self.values(facet).get(*value)) {
            films.or(bits);
        }
        films
    }

    pub fn all_values(&self, facet: Small) -> Bits {
        let mut films = Bits::default();
        for bits in self.values(facet) {
            films.or(bits);
        }
        films
    }
}

/// A facet of many values: films by value, and values by film.
#[derive(Debug, Default)]
pub struct Large {
    films: Vec<Vec<u32>>,
    values: Rows<u32>,
    /// The values that may be shown, fullest first.
    ranked: Vec<u32>,
    /// Films were written since the values were ranked.
    unsettled: bool,
}

impl Large {
    /// Gives a film its values in place of those it had.
    pub fn write(&mut self, doc: u32, mut values: Vec<u32>) {
        values.sort_unstable();
        values.dedup();
        let before = self.values.of(doc).to_vec();
        let same = before == values;
        self.values.write(doc, &values);
        if same {
            return;
        }
        self.unsettled = true;
        for value in before {
            let films = &mut self.films[value as usize];
            if let Ok(at) = films.binary_search(&doc) {
                films.remove(at);
            }
        }
        for value in values {
            if self.films.len() <= value as usize {
                self.films.resize_with(value as usize + 1, Vec::new);
            }
            let films = &mut self.films[value as usize];
            if let Err(at) = films.binary_search(&doc) {
                films.insert(at, doc);
            }
        }
    }

    /// Gives the next film its values. Their lists of films are made for all at once by [`Large::gather`].
    pub fn push(&mut self, mut values: Vec<u32>) {
        values.sort_unstable();
        values.dedup();
        self.values.push(&values);
    }

    /// Makes the list of films of each value, with no more room than it takes.
    pub fn gather(&mut self) {
        self.values.shrink();
        let mut sizes: Vec<usize> = Vec::new();
        for &value in self.values.each().flatten() {
            if sizes.len() <= value as usize {
                sizes.resize(value as usize + 1, 0);
            }
            sizes[value as usize] += 1;
        }
        self.films = sizes.into_iter().map(Vec::with_capacity).collect();
        for (doc, values) in (0u32..).zip(self.values.each()) {
            for value in values {
                self.films[*value as usize].push(doc);
            }
        }
        self.unsettled = true;
    }

    pub fn films(&self, value: u32) -> &[u32] {
        self.films.get(value as usize).map_or(&[], Vec::as_slice)
    }

    pub fn of(&self, doc: u32) -> &[u32] {
        self.values.of(doc)
    }

    pub fn any(&self, values: &[u32]) -> Bits {
        let mut films = Bits::default();
        for &doc in values.iter().flat_map(|value| self.films(*value)) {
            films.set(doc);
        }
        films
    }

    pub fn unsettle(&mut self) {
        self.unsettled = true;
    }

    pub fn take_unsettled(&mut self) -> bool {
        std::mem::take(&mut self.unsettled)
    }

    /// Ranks the values again if films were written. Nearly sorted input makes this cheap.
    pub fn settle(&mut self, shown: impl Fn(u32) -> bool) {
        if !self.take_unsettled() {
            return;
        }
        let mut ranked = std::mem::take(&mut self.ranked);
        let mut known = Bits::from_docs(self.films.len(), &ranked);
        for value in (0u32..).take(self.films.len()) {
            if !known.has(value) {
                known.set(value);
                ranked.push(value);
            }
        }
        ranked.retain(|value| shown(*value) && !self.films(*value).is_empty());
        ranked.sort_by_key(|value| Reverse(self.films(*value).len()));
        self.ranked = ranked;
    }

    /// The fullest values within a set of `size` films and the chosen ones, fullest first, equals by
    /// `id`. A value without a film in the set appears only when chosen.
    pub fn counts(&self, set: &Bits, size: usize, chosen: &[u32], id: impl Fn(u32) -> u64) -> Vec<(u32, usize)> {
        let mut top = if size < self.values.len() / 16 { self.by_one_pass(set) } else { self.by_threshold(set) };
        top.sort_unstable_by_key(|(value, count)| (Reverse(*count), id(*value)));
        top.truncate(SHOWN);
        for &value in chosen {
            if !top.iter().any(|(shown, _)| *shown == value) {
                top.push((value, self.count(value, set)));
            }
        }
        top
    }

    fn count(&self, value: u32, set: &Bits) -> usize {
        self.films(value).iter().filter(|doc| set.has(**doc)).count()
    }

    /// Counts every value of every film in the set: best for small sets.
    fn by_one_pass(&self, set: &Bits) -> Vec<(u32, usize)> {
        let mut counts = vec![0usize; self.films.len()];
        for value in set.each().flat_map(|doc| self.of(doc)) {
            counts[*value as usize] += 1;
        }
        self.ranked.iter().map(|value| (*value, counts[*value as usize])).filter(|(_, count)| *count > 0).collect()
    }

    /// Counts values fullest first until no further one can have as many films in the set as the
    /// last of those shown: best for large sets.
    fn by_threshold(&self, set: &Bits) -> Vec<(u32, usize)> {
        let mut found: Vec<(u32, usize)> = Vec::new();
        let mut best: Vec<usize> = Vec::new();
        for &value in &self.ranked {
            let most = self.films(value).len();
            if best.len() == SHOWN && best[SHOWN - 1] > most {
                break;
            }
            let count = self.count(value, set);
            if count == 0 {
                continue;
            }
            found.push((value, count));
            let at = best.partition_point(|other| *other >= count);
            best.insert(at, count);
            best.truncate(SHOWN);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facet() -> Large {
        let mut facet = Large::default();
        for doc in 0..2_000u32 {
            // Value v has about 1000 / (v + 1) films; some films have two values.
            let value = (0..60).find(|v| doc % (v + 2) == 0).unwrap_or(60);
            facet.write(doc, vec![value, 61 + doc % 3, value]);
        }
        facet.settle(|value| value != 63);
        facet
    }

    fn naive(facet: &Large, set: &Bits) -> Vec<(u32, usize)> {
        let mut counts: Vec<(u32, usize)> = (0u32..)
            .take(facet.films.len())
            .filter(|value| *value != 63)
            .map(|value| (value, facet.films(value).iter().filter(|doc| set.has(**doc)).count()))
            .filter(|(_, count)| *count > 0)
            .collect();
        counts.sort_by_key(|(value, count)| (Reverse(*count), *value));
        counts.truncate(SHOWN);
        counts
    }

    #[test]
    fn both_ways_of_counting_agree_with_counting_all() {
        let facet = facet();
        for every in [1u32, 2, 7, 20, 100, 999] {
            let docs: Vec<u32> = (0..2_000).filter(|doc| doc % every == 0).collect();
            let set = Bits::from_docs(2_000, &docs);
            let want = naive(&facet, &set);
            for size in [0, 2_000] {
                assert_eq!(facet.counts(&set, size, &[], u64::from), want, "every {every}");
            }
        }
    }

    #[test]
    fn a_chosen_value_is_counted_even_outside_the_fullest() {
        let facet = facet();
        let set = Bits::from_docs(0, &[1, 3]);
        let counts = facet.counts(&set, 2, &[63, 5], u64::from);
        assert!(counts.contains(&(5, 0)));
        assert!(counts.iter().any(|(value, _)| *value == 63));
    }

    #[test]
    fn a_film_leaves_the_values_it_had() {
        let mut facet = facet();
        facet.write(4, vec![9]);
        assert!(!facet.films(0).contains(&4));
        assert!(facet.films(9).contains(&4));
        assert_eq!(facet.of(4), [9]);
    }
}
