//! Which films have which words, packed: a film takes a byte or two a word.

use std::ops::Range;

use super::digest::digest;

/// Films by key, in the order of the keys, each as its distance from the one before it.
#[derive(Debug, Default)]
pub struct Postings {
    starts: Vec<u32>,
    films: Vec<u8>,
}

impl Postings {
    /// The films of neighbouring keys, those of one key in ascending order.
    pub fn each(&self, keys: Range<usize>, mut film: impl FnMut(u32)) {
        for at in keys {
            let Some([start, end]) = self.starts.get(at..).and_then(|starts| starts.first_chunk()) else { return };
            let mut packed = &self.films[*start as usize..*end as usize];
            let mut doc = 0;
            while let Some(gap) = unpack(&mut packed) {
                doc += gap;
                film(doc);
            }
        }
    }
}

/// The words of films as they come, film by film.
#[derive(Debug, Default)]
pub struct Uses(Vec<u8>);

impl Uses {
    pub fn word(&mut self, number: u32) {
        pack(number + 1, |byte| self.0.push(byte));
    }

    /// What follows belongs to the next film.
    pub fn end_film(&mut self) {
        self.0.push(0);
    }

    fn each(&self, mut film: impl FnMut(u32, u32)) {
        let (mut packed, mut doc) = (self.0.as_slice(), 0);
        while let Some(word) = unpack(&mut packed) {
            match word.checked_sub(1) {
                Some(number) => film(number, doc),
                None => doc += 1,
            }
        }
    }

    /// The same by word, given the place of each word among the keys: once to measure, once to write.
    pub fn by_key(&self, places: &[u32]) -> Postings {
        let mut starts = vec![0u32; places.len() + 1];
        self.gaps(places, |key, gap| pack(gap, |_| starts[key + 1] += 1));
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut films = vec![0u8; starts.last().map_or(0, |end| *end as usize)];
        self.gaps(places, |key, gap| {
            pack(gap, |byte| {
                films[next[key] as usize] = byte;
                next[key] += 1;
            });
        });
        Postings { starts, films }
    }

    /// How far each film of a key is from the key's film before; a word twice in a film counts once.
    fn gaps(&self, places: &[u32], mut gap: impl FnMut(usize, u32)) {
        // One more than the film, so that 0 is none.
        let mut last = vec![0u32; places.len()];
        self.each(|number, doc| {
            let key = places[number as usize] as usize;
            let before = std::mem::replace(&mut last[key], doc + 1);
            if before != doc + 1 {
                gap(key, doc - before.saturating_sub(1));
            }
        });
    }
}

/// Seven bits a byte, the low ones first; the last byte is below 128.
fn pack(mut number: u32, mut byte: impl FnMut(u8)) {
    while number >= 0x80 {
        byte((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    byte((number & 0x7f) as u8);
}

fn unpack(packed: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = packed.split_first()?;
        *packed = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

/// Numbers words in the order in which they first come. All stand in one text, as most are shorter than what an
/// allocation costs.
#[derive(Debug, Default)]
pub struct Vocabulary {
    text: String,
    ends: Vec<u32>,
    /// A hash table of numbers, each one higher than it is: 0 is a free place. At least half of the places are free.
    slots: Vec<u32>,
}

impl Vocabulary {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    pub fn number(&mut self, word: &str) -> u32 {
        if self.slots.len() < self.len() * 2 + 2 {
            self.grow();
        }
        let slot = self.slot(word);
        if let Some(number) = self.slots[slot].checked_sub(1) {
            return number;
        }
        let number = u32::try_from(self.len()).unwrap_or(u32::MAX);
        self.text.push_str(word);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.slots[slot] = number + 1;
        number
    }

    /// Where a word stands in the table, or the free place for it.
    fn slot(&self, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        // The low bits of a digest are as good as all.
        let mut slot = usize::try_from(digest(word) & mask as u64).unwrap_or(0);
        while self.slots[slot].checked_sub(1).is_some_and(|number| self.word(number) != word) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(1_024)];
        for number in (0u32..).take(self.len()) {
            let slot = self.slot(self.word(number));
            self.slots[slot] = number + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Uses, Vocabulary, pack, unpack};

    #[test]
    fn numbers_come_back_from_their_bytes() {
        let numbers = [0, 1, 127, 128, 16_383, 16_384, 2_000_000, u32::MAX];
        let mut packed = Vec::new();
        for number in numbers {
            pack(number, |byte| packed.push(byte));
        }
        let mut rest = packed.as_slice();
        let unpacked: Vec<u32> = std::iter::from_fn(|| unpack(&mut rest)).collect();
        assert_eq!(unpacked, numbers);
    }

    #[test]
    fn each_word_has_one_number() {
        let mut vocabulary = Vocabulary::default();
        for round in 0..2 {
            for number in 0..5_000u32 {
                assert_eq!(vocabulary.number(&format!("word{number}")), number, "round {round}");
            }
        }
        assert_eq!((vocabulary.len(), vocabulary.word(0), vocabulary.word(4_321)), (5_000, "word0", "word4321"));
    }

    #[test]
    fn films_are_found_by_the_keys_of_their_words() {
        let mut uses = Uses::default();
        for doc in 0..1_000u32 {
            uses.word(0);
            if doc % 300 == 0 {
                uses.word(2);
                uses.word(2);
            }
            uses.end_film();
        }
        let postings = uses.by_key(&[1, 0, 2]);
        let films = |keys| {
            let mut films = Vec::new();
            postings.each(keys, |doc| films.push(doc));
            films
        };
        assert_eq!(films(0..1), [] as [u32; 0]);
        assert_eq!(films(1..2), (0..1_000).collect::<Vec<_>>());
        assert_eq!(films(2..3), [0, 300, 600, 900]);
        assert_eq!(films(1..3).len(), 1_004);
        assert_eq!(films(3..9), [] as [u32; 0]);
    }
}
