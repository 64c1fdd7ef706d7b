//! The orders of a list: one permutation of all films for each, kept sorted, walked page by page.

use super::bits::Bits;
use super::columns::Columns;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// In a search the best match first, elsewhere what can be bought, then the featured, then the
    /// best-selling.
    #[default]
    Relevance,
    Newest,
    PriceAsc,
    PriceDesc,
    Rating,
    Bestselling,
    Title,
}

impl Sort {
    pub const ALL: [Self; 7] =
        [Self::Relevance, Self::Newest, Self::PriceAsc, Self::PriceDesc, Self::Rating, Self::Bestselling, Self::Title];

    /// The word in a URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::PriceAsc => "price_asc",
            Self::PriceDesc => "price_desc",
            Self::Rating => "rating",
            Self::Bestselling => "bestselling",
            Self::Title => "title",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.word() == word)
    }
}

/// The permutations, in the order of [`Sort::ALL`].
#[derive(Debug, Default)]
pub struct Orders([Vec<u32>; 7]);

impl Orders {
    pub fn build(columns: &Columns) -> Self {
        Self(Sort::ALL.map(|sort| {
            let keys = (0u32..).take(columns.len()).map(|doc| (columns.key(sort, doc), doc));
            let mut keyed: Vec<(u64, u32)> = keys.collect();
            keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| columns.compare_alike(sort, a.1, b.1)));
            keyed.into_iter().map(|(_, doc)| doc).collect()
        }))
    }

    /// Puts a film in its places. Its columns must be written.
    pub fn insert(&mut self, columns: &Columns, doc: u32) {
        for (order, sort) in self.0.iter_mut().zip(Sort::ALL) {
            let at = order.partition_point(|other| columns.compare(sort, *other, doc).is_lt());
            order.insert(at, doc);
        }
    }

    /// Where a film stands in each order.
    pub fn places(&self, columns: &Columns, doc: u32) -> Places {
        let place =
            |(order, sort): (&Vec<u32>, Sort)| order.binary_search_by(|other| columns.compare(sort, *other, doc));
        let mut places = self.0.iter().zip(Sort::ALL).map(place);
        Places(std::array::from_fn(|_| places.next().and_then(Result::ok)))
    }

    /// Moves a film from where it stood before its columns were written to where it stands by them. A change mostly
    /// leaves it where it is in most orders.
    pub fn shift(&mut self, columns: &Columns, doc: u32, from: Places) {
        for ((order, sort), from) in self.0.iter_mut().zip(Sort::ALL).zip(from.0) {
            let Some(from) = from else { continue };
            let comes_before = |other: &u32| columns.compare(sort, *other, doc).is_lt();
            let to = if order.get(from + 1).is_some_and(comes_before) {
                from + order[from + 1..].partition_point(comes_before)
            } else {
                order[..from].partition_point(comes_before)
            };
            if from < to {
                order.copy_within(from + 1..=to, from);
            } else {
                order.copy_within(to..from, to + 1);
            }
            order[to] = doc;
        }
    }

    /// Takes a film out of its places. Its columns must still be those it was inserted with.
    pub fn remove(&mut self, columns: &Columns, doc: u32) {
        for (order, sort) in self.0.iter_mut().zip(Sort::ALL) {
            if let Ok(at) = order.binary_search_by(|other| columns.compare(sort, *other, doc)) {
                order.remove(at);
            }
        }
    }

    /// The films `skip..skip + take` of a set of `total` in an order.
    pub fn page(&self, columns: &Columns, sort: Sort, set: &Bits, total: usize, slice: Slice) -> Vec<u32> {
        let Slice { skip, take } = slice;
        let take = take.min(total.saturating_sub(skip));
        if take == 0 {
            return Vec::new();
        }
        let order = &self.0[Sort::ALL.iter().position(|other| *other == sort).unwrap_or(0)];
        if total == order.len() {
            return order[skip..skip + take].to_vec();
        }
        if total <= order.len() / 256 {
            // So few that sorting them is cheaper than looking for them in the whole order.
            let mut docs: Vec<u32> = set.each().collect();
            docs.sort_unstable_by(|a, b| columns.compare(sort, *a, *b));
            return docs.into_iter().skip(skip).take(take).collect();
        }
        let members = |doc: &&u32| set.has(**doc);
        if skip <= total / 2 {
            return order.iter().filter(members).skip(skip).take(take).copied().collect();
        }
        let from_end = total - skip - take;
        let mut docs: Vec<u32> = order.iter().rev().filter(members).skip(from_end).take(take).copied().collect();
        docs.reverse();
        docs
    }
}

/// What [`Orders::places`] found.
#[derive(Debug)]
pub struct Places([Option<usize>; 7]);

#[derive(Clone, Copy, Debug)]
pub struct Slice {
    pub skip: usize,
    pub take: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::index::Film;

    fn films(count: u64) -> Columns {
        let mut columns = Columns::default();
        for (doc, id) in (0u32..).zip(0..count) {
            columns.write(
                doc,
                &Film {
                    id: id + 1,
                    // Many share a price, some have none.
                    price: (id % 7 != 0).then_some(i64::from(doc % 5)),
                    sold: id % 3,
                    ..Film::default()
                },
            );
        }
        columns
    }

    #[test]
    fn pages_from_either_end_join_to_the_whole_order() {
        let columns = films(1_000);
        let orders = Orders::build(&columns);
        for step in [2, 3, 300] {
            let docs: Vec<u32> = (0..1_000).filter(|doc| doc % step == 0).collect();
            let set = Bits::from_docs(1_000, &docs);
            for sort in Sort::ALL {
                let mut want = docs.clone();
                want.sort_by(|a, b| columns.compare(sort, *a, *b));
                let got: Vec<u32> = (0..=docs.len() / 24)
                    .flat_map(|page| {
                        let slice = Slice { skip: page * 24, take: 24 };
                        orders.page(&columns, sort, &set, docs.len(), slice)
                    })
                    .collect();
                assert_eq!(got, want, "{sort:?}, every {step}th");
            }
        }
    }

    #[test]
    fn films_without_a_price_come_last_both_ways() {
        let columns = films(30);
        let orders = Orders::build(&columns);
        let all = Bits::from_docs(30, &(0..30).collect::<Vec<_>>());
        for sort in [Sort::PriceAsc, Sort::PriceDesc] {
            let page = orders.page(&columns, sort, &all, 30, Slice { skip: 25, take: 24 });
            assert!(page.iter().all(|doc| columns.price.get(*doc as usize).is_none()));
            assert_eq!(page.len(), 5);
        }
    }

    #[test]
    fn a_moved_film_is_where_a_new_sort_would_put_it() {
        let mut columns = films(50);
        let mut orders = Orders::build(&columns);
        let changes =
            [(17, Some(3), 9), (17, Some(0), 0), (0, None, 3), (49, Some(7), 1), (30, Some(2), 0), (30, None, 1)];
        for (doc, price, sold) in changes {
            let from = orders.places(&columns, doc);
            let title_sort = sold.to_string().into();
            columns.write(doc, &Film { id: u64::from(doc) + 1, price, sold, title_sort, ..Film::default() });
            orders.shift(&columns, doc, from);
            assert_eq!(orders.0, Orders::build(&columns).0);
        }
    }

    #[test]
    fn a_film_can_leave_and_come_back() {
        let columns = films(50);
        let mut orders = Orders::build(&columns);
        orders.remove(&columns, 17);
        assert!(orders.0.iter().all(|order| order.len() == 49));
        orders.insert(&columns, 17);
        assert_eq!(orders.0, Orders::build(&columns).0);
    }
}
