//! What the index knows of films and names that were found otherwise, and what it does not.

use std::collections::BTreeSet;

use super::{
    record::{Film, Title},
    state::State,
};

/// How a film that is shown stands among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether any of its editions can be bought.
    pub is_in_stock: bool,
    /// Units sold so far.
    pub sold: u32,
}

/// What films point to and the index has no name for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    /// Whether there are any.
    pub genres: bool,
    pub categories: bool,
    /// Their ids, each once.
    pub studios: Vec<u64>,
    pub people: Vec<u64>,
}

/// What films share and have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Genre,
    Person,
    Studio,
}

impl State {
    pub(super) fn standing(&self, film: u64) -> Option<Standing> {
        let doc = self.doc(film).filter(|doc| self.live.has(*doc))?;
        Some(self.columns.standing(doc))
    }

    pub(super) fn unknown_to(&self, films: &[Film]) -> Unknown {
        let names = &self.names;
        let studios: BTreeSet<u64> = films.iter().filter_map(|film| film.studio).collect();
        let people: BTreeSet<u64> = films.iter().flat_map(|film| &film.people).map(|(id, _)| *id).collect();
        Unknown {
            genres: films.iter().flat_map(|film| &film.genres).any(|id| names.genres.code(*id).is_none()),
            categories: films.iter().flat_map(|film| &film.categories).any(|id| names.categories.code(*id).is_none()),
            studios: studios.into_iter().filter(|id| names.studios.code(*id).is_none()).collect(),
            people: people.into_iter().filter(|id| names.people.code(*id).is_none()).collect(),
        }
    }

    pub(super) fn name(&self, of: Named, id: u64) -> Option<Title> {
        let names = &self.names;
        match of {
            Named::Genre => Some(names.genres.row(names.genres.code(id)?)?.title.clone()),
            Named::Person => Some(Title::of_name(&names.people.row(names.people.code(id)?)?.name)),
            Named::Studio => Some(Title::of_name(&names.studios.row(names.studios.code(id)?)?.name)),
        }
    }
}
