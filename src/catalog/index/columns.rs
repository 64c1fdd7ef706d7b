//! The facts by which films are sorted and cut, one array a fact.

use super::order::Sort;
use super::record::Film;
use super::rows::Rows;
use super::standing::Standing;
use std::cmp::Ordering;

/// A kind of fact that may be missing. An `Option` of it would take twice the room.
pub trait Fact: Copy + Ord {
    /// What stands for a missing one, which no real one is.
    const NONE: Self;
}

impl Fact for i64 {
    const NONE: Self = Self::MIN;
}

impl Fact for u16 {
    const NONE: Self = Self::MAX;
}

/// A fact of each film, by number.
#[derive(Debug, Default)]
pub struct Facts<T>(Vec<T>);

impl<T: Fact> Facts<T> {
    pub fn get(&self, at: usize) -> Option<T> {
        self.0.get(at).copied().filter(|fact| *fact != T::NONE)
    }

    /// The facts in the order of their films.
    pub fn each(&self) -> impl Iterator<Item = Option<T>> {
        self.0.iter().map(|fact| Some(*fact).filter(|fact| *fact != T::NONE))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    fn write(&mut self, doc: u32, fact: Option<T>) {
        write(&mut self.0, doc, fact.unwrap_or(T::NONE));
    }
}

#[derive(Debug, Default)]
pub struct Columns {
    pub id: Vec<u64>,
    pub price: Facts<i64>,
    pub year: Facts<u16>,
    pub runtime: Facts<u16>,
    arrived: Vec<i64>,
    pub rating: Facts<u16>,
    sold: Vec<u32>,
    title: Rows<u8>,
    sold_out: Vec<bool>,
    featured: Vec<bool>,
    /// When it last changed, in seconds since 1970.
    pub changed: Vec<u32>,
}

impl Columns {
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Writes a film's facts under its number, which is the next one for a new film.
    pub fn write(&mut self, doc: u32, film: &Film) {
        write(&mut self.id, doc, film.id);
        self.price.write(doc, film.price);
        self.year.write(doc, film.year);
        self.runtime.write(doc, film.runtime);
        write(&mut self.arrived, doc, film.arrived_at);
        self.rating.write(doc, film.rating);
        write(&mut self.sold, doc, u32::try_from(film.sold).unwrap_or(u32::MAX));
        self.title.write(doc, film.title_sort.as_bytes());
        write(&mut self.sold_out, doc, film.formats_in_stock == 0);
        write(&mut self.featured, doc, film.featured);
        write(&mut self.changed, doc, u32::try_from(film.changed_at / 1_000_000).unwrap_or(0));
    }

    pub fn standing(&self, doc: u32) -> Standing {
        let at = doc as usize;
        Standing { is_in_stock: !self.sold_out[at], sold: self.sold[at] }
    }

    /// Which of two films comes first; never equal for two films, as ids differ.
    pub fn compare(&self, sort: Sort, a: u32, b: u32) -> Ordering {
        self.key(sort, a).cmp(&self.key(sort, b)).then_with(|| self.compare_alike(sort, a, b))
    }

    /// The same of two films with one key.
    pub fn compare_alike(&self, sort: Sort, a: u32, b: u32) -> Ordering {
        let by_title = if sort == Sort::Title { self.title.of(a).cmp(self.title.of(b)) } else { Ordering::Equal };
        by_title.then_with(|| self.id[a as usize].cmp(&self.id[b as usize]))
    }

    /// A film with a lower key comes first.
    pub fn key(&self, sort: Sort, doc: u32) -> u64 {
        let at = doc as usize;
        match sort {
            Sort::Relevance => {
                let (sold_out, plain) = (u64::from(self.sold_out[at]), u64::from(!self.featured[at]));
                sold_out << 63 | plain << 62 | u64::from(!self.sold[at])
            }
            Sort::Newest => !ordered(self.arrived[at]),
            // Films without a price come last both ways.
            Sort::PriceAsc => ordered(self.price.get(at).unwrap_or(i64::MAX)),
            Sort::PriceDesc => !ordered(self.price.get(at).unwrap_or(i64::MIN)),
            Sort::Rating => !self.rating.get(at).map_or(0, |rating| u64::from(rating) + 1),
            Sort::Bestselling => !u64::from(self.sold[at]),
            Sort::Title => {
                let title = self.title.of(doc);
                let mut beginning = [0; 8];
                let length = title.len().min(beginning.len());
                beginning[..length].copy_from_slice(&title[..length]);
                u64::from_be_bytes(beginning)
            }
        }
    }

    /// Gives back the room that was kept for more films.
    pub fn shrink(&mut self) {
        self.id.shrink_to_fit();
        self.price.0.shrink_to_fit();
        self.arrived.shrink_to_fit();
        for facts in [&mut self.year, &mut self.runtime, &mut self.rating] {
            facts.0.shrink_to_fit();
        }
        self.sold.shrink_to_fit();
        self.title.shrink();
        self.sold_out.shrink_to_fit();
        self.featured.shrink_to_fit();
        self.changed.shrink_to_fit();
    }
}

/// A number as one without a sign, in the same order.
fn ordered(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

fn write<T>(column: &mut Vec<T>, doc: u32, value: T) {
    match column.get_mut(doc as usize) {
        Some(cell) => *cell = value,
        None => column.push(value),
    }
}
