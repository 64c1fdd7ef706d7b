//! How far the tags of `cache_invalidations` were taken over.

use std::time::{Duration, Instant};

use crate::{catalog::queries::indexing, platform::db::Conn};

/// As many tags are read in one look.
const MOST_TAGS: u32 = 5_000;
/// A number that no tag has may belong to a transaction still under way; after this it is given up.
pub(super) const GAP: Duration = Duration::from_mins(1);

/// The place in the tags up to which everything was taken over. Numbers are given when a row is written and show when
/// its transaction commits, so a lower one can appear after a higher one: gaps are watched for a while.
#[derive(Default)]
pub(super) struct Tail {
    /// The highest number that was taken.
    pub last: u64,
    /// Lower ones that nobody has seen, in ascending order.
    gaps: Vec<Gap>,
}

/// Numbers in a row that no tag had yet.
#[derive(Clone, Copy)]
struct Gap {
    first: u64,
    last: u64,
    seen: Instant,
}

impl Gap {
    fn has(&self, id: u64) -> bool {
        (self.first..=self.last).contains(&id)
    }

    /// What is left of it on both sides of a number.
    fn without(self, id: u64) -> impl Iterator<Item = Self> {
        [Self { last: id - 1, ..self }, Self { first: id + 1, ..self }].into_iter().filter(|gap| gap.first <= gap.last)
    }
}

impl Tail {
    pub fn start_after(&mut self, id: u64) {
        *self = Self { last: id, gaps: Vec::new() };
    }

    /// Everything up to this number was taken.
    pub fn done(&self) -> u64 {
        self.gaps.first().map_or(self.last, |gap| gap.first - 1)
    }

    /// Tags that were not taken yet, by ascending number.
    pub async fn read(&self, conn: &mut Conn) -> sqlx::Result<Vec<(u64, String)>> {
        let mut tags = match (self.gaps.first(), self.gaps.last()) {
            (Some(first), Some(last)) => indexing::tags(conn, first.first..=last.last, u32::MAX).await?,
            _ => Vec::new(),
        };
        tags.retain(|(id, _)| self.gaps.iter().any(|gap| gap.has(*id)));
        tags.extend(indexing::tags(conn, self.last + 1..=u64::MAX, MOST_TAGS).await?);
        Ok(tags)
    }

    pub fn took(&mut self, ids: impl Iterator<Item = u64>, now: Instant) {
        for id in ids {
            if let Some(at) = self.gaps.iter().position(|gap| gap.has(id)) {
                let gap = self.gaps[at];
                self.gaps.splice(at..=at, gap.without(id));
            } else if id > self.last {
                let skipped = Gap { first: self.last + 1, last: id - 1, seen: now };
                self.gaps.extend(Some(skipped).filter(|gap| gap.first <= gap.last));
                self.last = id;
            }
        }
        self.gaps.retain(|gap| now.duration_since(gap.seen) < GAP);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_the_tags_is_waited_for_and_given_up_in_the_end() {
        let start = Instant::now();
        let mut tail = Tail::default();
        tail.start_after(10);
        tail.took([11, 12, 14].into_iter(), start);
        assert_eq!(tail.done(), 12, "13 may still be under way");
        tail.took([13, 17, 20].into_iter(), start);
        assert_eq!(tail.done(), 14);
        tail.took([16, 18].into_iter(), start + GAP / 2);
        assert_eq!(tail.done(), 14);
        tail.took(std::iter::empty(), start + GAP);
        assert_eq!(tail.done(), 20, "15 and 19 were rolled back");
    }
}
