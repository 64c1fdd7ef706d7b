//! Which films and lists search engines are told of, and when each last changed.

use std::collections::BTreeMap;

use super::state::State;

/// Seconds since 1970.
type Seconds = u32;

/// A kind of list that has films.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Category,
    Studio,
    Person,
}

impl State {
    /// The stretches of `size` ids with visible films, by number from 0, each with the last change of one of them.
    pub(super) fn film_stretches(&self, size: u64) -> BTreeMap<u64, Seconds> {
        let mut stretches = BTreeMap::new();
        for doc in self.live.each() {
            let changed = self.columns.changed[doc as usize];
            let latest = stretches.entry(self.columns.id[doc as usize] / size).or_insert(changed);
            *latest = changed.max(*latest);
        }
        stretches
    }

    /// The lists of a kind that hold a visible film, by slug, each with the last change of one of its films.
    pub(super) fn places(&self, kind: Place) -> Vec<(String, Seconds)> {
        let names = &self.names;
        let mut places: Vec<(u64, &str, Seconds)> = match kind {
            Place::Category => {
                let open = (0u32..).zip(names.categories.rows()).filter(|(code, _)| names.is_open(*code));
                let last = |code| self.last_change(self.categories.any(&names.below(code)).each());
                open.filter_map(|(code, row)| Some((row.id, &*row.slug, last(code)?))).collect()
            }
            Place::Studio => {
                let last = |code| self.last_change(self.studios.films(code).iter().copied());
                let all = (0u32..).zip(names.studios.rows());
                all.filter_map(|(code, row)| Some((row.id, &*row.slug, last(code)?))).collect()
            }
            Place::Person => {
                let last = |code| self.last_change(self.people.films(code).iter().copied());
                let all = (0u32..).zip(names.people.rows());
                all.filter_map(|(code, row)| Some((row.id, &*row.slug, last(code)?))).collect()
            }
        };
        places.sort_unstable();
        places.into_iter().map(|(_, slug, changed)| (slug.to_owned(), changed)).collect()
    }

    /// When the last of the visible ones among these films changed.
    fn last_change(&self, docs: impl Iterator<Item = u32>) -> Option<Seconds> {
        docs.filter(|doc| self.live.has(*doc)).map(|doc| self.columns.changed[doc as usize]).max()
    }
}
