//! A report: headings with names and values below them, in the language of the shop's people.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub title: String,
    /// What the figures are compared with, or what else has to be said first.
    pub lead: String,
    pub sections: Vec<Section>,
    /// What the figures mean.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub heading: String,
    /// Names and values.
    pub rows: Vec<(String, String)>,
}

impl Section {
    pub fn new(heading: &str, rows: Vec<(String, String)>) -> Self {
        Self { heading: heading.to_owned(), rows }
    }
}

/// By how many percent something has changed, rounded; nothing can be said of a change from nothing.
pub(super) fn percent(before: i64, now: i64) -> Option<i64> {
    if before <= 0 {
        return None;
    }
    let (before, now) = (i128::from(before), i128::from(now));
    let change = (now - before) * 100;
    i64::try_from((change + change.signum() * (before / 2)) / before).ok()
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn changes_are_told_in_whole_percent() {
        let told = [(100, 133), (3, 4), (3, 2), (10, 10), (1000, 994), (1000, 995), (7, 0)].map(|(a, b)| percent(a, b));
        assert_eq!(told, [Some(33), Some(33), Some(-33), Some(0), Some(-1), Some(-1), Some(-100)]);
        assert_eq!((percent(0, 5), percent(0, 0), percent(-1, 5)), (None, None, None));
        assert_eq!(percent(1, i64::MAX / 200), Some((i64::MAX / 200 - 1) * 100));
    }
}
