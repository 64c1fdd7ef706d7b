//! The things that films point to: genres, studios, people, categories, languages, age ratings.
//! Each has a number of its own here, which is its place in a table that only grows.

use super::fold::{self, X};
use super::record::{Category, Genre, Person, Studio};
use std::collections::HashMap;

/// Rows by number, by id and by slug.
#[derive(Debug)]
pub struct Table<T> {
    rows: Vec<T>,
    by_id: HashMap<u64, u32>,
    by_slug: HashMap<Box<str>, u32>,
}

pub trait Row {
    fn id(&self) -> u64;
    fn slug(&self) -> &str;
}

macro_rules! rows {
    ($($row:ty),*) => {$(
        impl Row for $row {
            fn id(&self) -> u64 {
                self.id
            }
            fn slug(&self) -> &str {
                &self.slug
            }
        }
    )*};
}
rows!(Genre, Studio, Person, Category);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), by_id: HashMap::new(), by_slug: HashMap::new() }
    }
}

impl<T: Row> Table<T> {
    /// Adds a row or replaces the one with its id.
    fn upsert(&mut self, row: T) -> u32 {
        let slug: Box<str> = row.slug().into();
        let code = if let Some(code) = self.code(row.id()) {
            self.by_slug.remove(self.rows[code as usize].slug());
            self.rows[code as usize] = row;
            code
        } else {
            let code = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            self.by_id.insert(row.id(), code);
            self.rows.push(row);
            code
        };
        self.by_slug.insert(slug, code);
        code
    }

    pub fn code(&self, id: u64) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    pub fn code_of_slug(&self, slug: &str) -> Option<u32> {
        self.by_slug.get(slug).copied()
    }

    pub fn row(&self, code: u32) -> Option<&T> {
        self.rows.get(code as usize)
    }

    pub fn rows(&self) -> &[T] {
        &self.rows
    }

    pub fn codes(&self, ids: &[u64]) -> Vec<u32> {
        ids.iter().filter_map(|id| self.code(*id)).collect()
    }

    /// The numbers of the slugs that are known.
    pub fn codes_of_slugs(&self, slugs: &[String]) -> Vec<u32> {
        slugs.iter().filter_map(|slug| self.code_of_slug(slug)).collect()
    }
}

/// Short codes (languages, age ratings) by number.
#[derive(Debug, Default)]
pub struct Codes(Vec<Box<str>>);

impl Codes {
    pub fn find(&self, code: &str) -> Option<usize> {
        self.0.iter().position(|known| **known == *code)
    }

    pub fn get(&self, at: usize) -> &str {
        self.0.get(at).map_or("", |code| code)
    }

    pub fn intern(&mut self, code: &str) -> usize {
        self.find(code).unwrap_or_else(|| {
            self.0.push(code.into());
            self.0.len() - 1
        })
    }

    /// The numbers of the codes that are known.
    pub fn find_all(&self, codes: &[String]) -> Vec<usize> {
        codes.iter().filter_map(|code| self.find(code)).collect()
    }
}

#[derive(Debug, Default)]
pub struct Names {
    pub genres: Table<Genre>,
    pub studios: Table<Studio>,
    pub people: Table<Person>,
    pub categories: Table<Category>,
    pub languages: Codes,
    pub ages: Codes,
    /// Folded titles of categories, by number.
    shelves: Vec<[String; 3]>,
    /// Every word of every person's folded name as (person, where the word starts), by word.
    words: Vec<(u32, u32)>,
    unsorted: bool,
}

impl Names {
    pub fn genre(&mut self, genre: Genre) {
        self.genres.upsert(genre);
    }

    pub fn studio(&mut self, studio: Studio) {
        self.studios.upsert(studio);
    }

    /// Adds or replaces a person. Their words are found after [`Names::settle`].
    pub fn person(&mut self, person: Person) {
        if let Some(code) = self.people.code(person.id) {
            let known = self.people.row(code).map(|row| &row.search_name);
            if known == Some(&person.search_name) {
                self.people.upsert(person);
                return;
            }
            self.words.retain(|(owner, _)| *owner != code);
            self.unsorted = true;
        }
        let starts = word_starts(&person.search_name);
        let code = self.people.upsert(person);
        self.words.extend(starts.into_iter().map(|start| (code, start)));
        self.unsorted = true;
    }

    pub fn category(&mut self, category: Category) {
        let title = &category.title;
        let folded = [fold::phrase(&title.uz, X::H), fold::phrase(&title.ru, X::Ks), fold::phrase(&title.en, X::Ks)];
        let code = self.categories.upsert(category) as usize;
        if self.shelves.len() <= code {
            self.shelves.resize_with(code + 1, Default::default);
        }
        self.shelves[code] = folded;
    }

    /// Takes this for the whole tree: what is not in it is hidden.
    pub fn replace_categories(&mut self, categories: Vec<Category>) {
        let mut gone: Vec<Category> = self.categories.rows().to_vec();
        gone.retain(|known| !categories.iter().any(|category| category.id == known.id));
        for mut category in gone {
            category.active = false;
            self.category(category);
        }
        for category in categories {
            self.category(category);
        }
    }

    /// Sorts the words of people after a build or a change.
    pub fn settle(&mut self) {
        if !std::mem::take(&mut self.unsorted) {
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        words.sort_by(|a, b| self.word(*a).cmp(self.word(*b)).then(a.cmp(b)));
        self.words = words;
    }

    /// A word of a name and what follows it.
    fn word(&self, (person, start): (u32, u32)) -> &str {
        let name = self.people.row(person).map_or("", |row| &row.search_name);
        name.get(start as usize..).unwrap_or("")
    }

    /// The people whose name has a word that begins with one of `beginnings`, for each of the lists.
    pub fn people_like(&self, query: &[Vec<String>]) -> Vec<u32> {
        let Some(longest) = query.iter().max_by_key(|keys| keys.first().map_or(0, String::len)) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for key in longest {
            let from = self.words.partition_point(|word| self.word(*word) < key.as_str());
            found.extend(
                self.words[from..]
                    .iter()
                    .take_while(|word| self.word(**word).starts_with(key.as_str()))
                    .map(|(person, _)| *person),
            );
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|person| self.people.row(*person).is_some_and(|row| has_all(&row.search_name, query)));
        found
    }

    /// The categories one of whose titles has words with all these beginnings.
    pub fn categories_like(&self, query: &[Vec<String>]) -> Vec<u32> {
        (0u32..)
            .zip(&self.shelves)
            .filter(|(_, titles)| titles.iter().any(|title| has_all(title, query)))
            .map(|(code, _)| code)
            .collect()
    }

    /// From the root down to the category itself.
    pub fn path(&self, code: u32) -> Vec<u32> {
        let mut path = vec![code];
        let mut at = code;
        while let Some(parent) = self.parent(at) {
            if path.contains(&parent) {
                break;
            }
            path.push(parent);
            at = parent;
        }
        path.reverse();
        path
    }

    fn parent(&self, code: u32) -> Option<u32> {
        self.categories.row(code)?.parent.and_then(|id| self.categories.code(id))
    }

    /// Shown when it and everything above it is active.
    pub fn is_open(&self, code: u32) -> bool {
        self.path(code).iter().all(|at| self.categories.row(*at).is_some_and(|row| row.active))
    }

    /// The category and all below it.
    pub fn below(&self, code: u32) -> Vec<u32> {
        (0u32..).take(self.categories.rows().len()).filter(|at| self.path(*at).contains(&code)).collect()
    }

    /// The open categories right under one, or the top ones, in their order.
    pub fn children(&self, parent: Option<u32>) -> Vec<u32> {
        let mut children: Vec<u32> = (0u32..)
            .take(self.categories.rows().len())
            .filter(|at| self.parent(*at) == parent && self.is_open(*at))
            .collect();
        children.sort_by_key(|at| self.categories.row(*at).map(|row| (row.position, row.id)));
        children
    }
}

fn word_starts(name: &str) -> Vec<u32> {
    let mut starts = Vec::new();
    let mut inside = false;
    for (at, c) in (0u32..).zip(name.bytes()) {
        if c != b' ' && !inside {
            starts.push(at);
        }
        inside = c != b' ';
    }
    starts
}

fn has_all(phrase: &str, query: &[Vec<String>]) -> bool {
    query.iter().all(|keys| phrase.split(' ').any(|word| keys.iter().any(|key| word.starts_with(key.as_str()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::index::record::Title;

    fn category(id: u64, parent: Option<u64>, active: bool) -> Category {
        let title = Title { en: format!("Shelf {id}").into(), ..Title::default() };
        Category { id, parent, slug: format!("c{id}").into(), title, position: 0, active }
    }

    fn tree() -> Names {
        let mut names = Names::default();
        for row in [
            category(1, None, true),
            category(2, Some(1), true),
            category(3, Some(2), true),
            category(4, None, false),
            category(5, Some(4), true),
        ] {
            names.category(row);
        }
        names
    }

    #[test]
    fn a_category_knows_what_is_above_and_below() {
        let names = tree();
        assert_eq!(names.path(2), [0, 1, 2]);
        assert_eq!(names.below(0), [0, 1, 2]);
        assert_eq!(names.children(None), [0]);
        assert!(names.is_open(2));
        assert!(!names.is_open(4), "its parent is hidden");
    }

    #[test]
    fn a_cycle_ends() {
        let mut names = tree();
        names.category(category(1, Some(3), true));
        assert_eq!(names.path(0).len(), 3);
        assert_eq!(names.below(1).len(), 3);
    }

    #[test]
    fn a_category_that_is_no_longer_there_is_hidden() {
        let mut names = tree();
        names.replace_categories(vec![category(1, None, true)]);
        assert!(names.is_open(0) && !names.is_open(1));
    }

    #[test]
    fn people_are_found_by_the_beginnings_of_their_names() {
        let mut names = Names::default();
        for (id, name) in (1..).zip(["Quentin Tarantino", "Tara Reid", "Zoë Bell"]) {
            let search_name = fold::search_name(name).into();
            names.person(Person { id, slug: name.into(), name: name.into(), search_name });
        }
        names.settle();
        let like = |words: &[&str]| {
            let query: Vec<_> = words.iter().map(|word| vec![(*word).to_owned()]).collect();
            names.people_like(&query)
        };
        assert_eq!(like(&["tara"]), [0, 1]);
        assert_eq!(like(&["tara", "kuen"]), [0]);
        assert_eq!(like(&["tara", "bel"]), [] as [u32; 0]);
        assert_eq!(like(&["zoe"]), [2]);
        assert_eq!(like(&[]), [] as [u32; 0]);
    }

    #[test]
    fn a_renamed_person_is_found_by_the_new_name_only() {
        let mut names = Names::default();
        for name in ["lari vachovski", "lana vachovski"] {
            names.person(Person { id: 1, slug: "lana".into(), name: name.into(), search_name: name.into() });
            names.settle();
        }
        assert_eq!(names.people_like(&[vec!["lari".to_owned()]]), [] as [u32; 0]);
        assert_eq!(names.people_like(&[vec!["lana".to_owned()]]), [0]);
    }
}
