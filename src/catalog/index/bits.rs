//! A plain set of film numbers, one bit each. A filter, a search result, a category and "visible
//! now" are all this type, so that any of them can be combined with any other.

/// Sets may differ in length; what lies past the end of one is not in it.
#[derive(Clone, Debug, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// An empty set with room for `films` films.
    pub fn with_room(films: usize) -> Self {
        Self(vec![0; films.div_ceil(64)])
    }

    pub fn from_docs(films: usize, docs: &[u32]) -> Self {
        let mut bits = Self::with_room(films);
        for &doc in docs {
            bits.set(doc);
        }
        bits
    }

    pub fn set(&mut self, doc: u32) {
        let word = doc as usize / 64;
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (doc % 64);
    }

    pub fn unset(&mut self, doc: u32) {
        if let Some(word) = self.0.get_mut(doc as usize / 64) {
            *word &= !(1 << (doc % 64));
        }
    }

    pub fn put(&mut self, doc: u32, member: bool) {
        if member {
            self.set(doc);
        } else {
            self.unset(doc);
        }
    }

    pub fn has(&self, doc: u32) -> bool {
        self.0.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    pub fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    pub fn and(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (word, with) in self.0.iter_mut().zip(&other.0) {
            *word &= with;
        }
    }

    pub fn or(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, with) in self.0.iter_mut().zip(&other.0) {
            *word |= with;
        }
    }

    pub fn and_not(&mut self, other: &Self) {
        for (word, with) in self.0.iter_mut().zip(&other.0) {
            *word &= !with;
        }
    }

    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// How many films two sets share, without building the set of them.
    pub fn and_len(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & b).count_ones() as usize).sum()
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// The members in ascending order.
    pub fn each(&self) -> impl Iterator<Item = u32> {
        self.0.iter().zip(0u32..).flat_map(|(word, at)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                if left == 0 {
                    return None;
                }
                let bit = left.trailing_zeros();
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    fn set(docs: &[u32]) -> Bits {
        Bits::from_docs(0, docs)
    }

    #[test]
    fn members_come_back_in_order() {
        let bits = set(&[200, 0, 63, 64, 65]);
        assert_eq!(bits.each().collect::<Vec<_>>(), [0, 63, 64, 65, 200]);
        assert_eq!(bits.len(), 5);
        assert!(bits.has(64) && !bits.has(66) && !bits.has(10_000));
    }

    #[test]
    fn sets_of_different_length_combine() {
        let short = set(&[1, 5]);
        let long = set(&[5, 300]);
        let mut both = long.clone();
        both.and(&short);
        assert_eq!(both.each().collect::<Vec<_>>(), [5]);
        let mut either = short.clone();
        either.or(&long);
        assert_eq!(either.each().collect::<Vec<_>>(), [1, 5, 300]);
        let mut less = long.clone();
        less.and_not(&short);
        assert_eq!(less.each().collect::<Vec<_>>(), [300]);
        assert_eq!(short.and_len(&long), 1);
        assert!(short.meets(&long) && !short.meets(&set(&[2, 300])));
    }

    #[test]
    fn a_member_can_leave() {
        let mut bits = set(&[7, 70]);
        bits.unset(7);
        bits.unset(1_000);
        bits.put(70, false);
        assert!(bits.is_empty());
    }
}
