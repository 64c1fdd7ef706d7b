//! Short lists, one a number, in two arrays: a million lists of their own would be a million allocations.

use std::collections::HashMap;

/// The lists stand one after the other. A list that changed since stands beside them.
#[derive(Debug)]
pub struct Rows<T> {
    ends: Vec<u32>,
    items: Vec<T>,
    changed: HashMap<u32, Box<[T]>>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), items: Vec::new(), changed: HashMap::new() }
    }
}

impl<T: Copy + PartialEq> Rows<T> {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The list of a number, empty for one that has none.
    pub fn of(&self, number: u32) -> &[T] {
        if let Some(list) = self.changed.get(&number).filter(|_| !self.changed.is_empty()) {
            return list;
        }
        let at = number as usize;
        let Some(end) = self.ends.get(at) else { return &[] };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start as usize..*end as usize]
    }

    /// Gives the next number a list.
    pub fn push(&mut self, list: &[T]) {
        self.items.extend_from_slice(list);
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// Gives a number a list in place of the one it had.
    pub fn write(&mut self, number: u32, list: &[T]) {
        if number as usize >= self.len() {
            let end = self.ends.last().copied().unwrap_or(0);
            self.ends.resize(number as usize, end);
            self.push(list);
        } else if *self.of(number) != *list {
            self.changed.insert(number, list.into());
        }
    }

    /// The lists in the order of their numbers.
    pub fn each(&self) -> impl Iterator<Item = &[T]> {
        (0u32..).take(self.len()).map(|number| self.of(number))
    }

    /// Gives back the room that was kept for more.
    pub fn shrink(&mut self) {
        self.ends.shrink_to_fit();
        self.items.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn a_list_is_what_was_last_written() {
        let mut rows = Rows::default();
        rows.push(&[1, 2]);
        rows.push(&[]);
        rows.write(2, &[3]);
        assert_eq!(rows.each().collect::<Vec<_>>(), [&[1, 2][..], &[], &[3]]);
        rows.write(0, &[7, 8, 9]);
        rows.write(1, &[]);
        assert_eq!(rows.of(0), [7, 8, 9]);
        rows.write(0, &[1]);
        rows.write(5, &[6]);
        assert_eq!(rows.each().collect::<Vec<_>>(), [&[1][..], &[], &[3], &[], &[], &[6]]);
        assert!(rows.of(6).is_empty());
    }
}
