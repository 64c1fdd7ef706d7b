//! From a film's id to its number.

use std::collections::{HashMap, HashSet};

/// The films of a build are numbered by ascending id, so their ids are all the table they need. Those that came or went
/// since are told apart.
#[derive(Debug, Default)]
pub struct Docs {
    built: usize,
    added: HashMap<u64, u32>,
    gone: HashSet<u32>,
}

impl Docs {
    /// The first `built` films, whose ids ascend.
    pub fn ascending(built: usize) -> Self {
        Self { built, ..Self::default() }
    }

    /// The number of a film, given the ids of all by number.
    pub fn find(&self, ids: &[u64], film: u64) -> Option<u32> {
        let built = || {
            let doc = ids.get(..self.built)?.binary_search(&film).ok()?;
            u32::try_from(doc).ok().filter(|doc| !self.gone.contains(doc))
        };
        self.added.get(&film).copied().or_else(built)
    }

    pub fn add(&mut self, film: u64, doc: u32) {
        self.added.insert(film, doc);
    }

    pub fn remove(&mut self, film: u64, doc: u32) {
        if self.added.remove(&film).is_none() {
            self.gone.insert(doc);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Docs;

    #[test]
    fn films_come_and_go() {
        let ids = [3, 7, 9, 8, 7];
        let mut docs = Docs::ascending(3);
        assert_eq!([3, 7, 8].map(|id| docs.find(&ids, id)), [Some(0), Some(1), None]);
        docs.add(8, 3);
        docs.remove(7, 1);
        assert_eq!([3, 7, 8, 9].map(|id| docs.find(&ids, id)), [Some(0), None, Some(3), Some(2)]);
        docs.add(7, 4);
        docs.remove(8, 3);
        assert_eq!([7, 8].map(|id| docs.find(&ids, id)), [Some(4), None]);
        docs.remove(7, 4);
        assert_eq!(docs.find(&ids, 7), None);
    }
}
