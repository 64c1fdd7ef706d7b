//! The pages and forms of the reviews.

mod edit;
mod judge;
mod list;
mod own;
mod write;

pub use edit::{delete, edit, show_edit};
pub use judge::{report, vote};
pub use list::list;
pub use own::own;
pub use write::{show_new, write};

use super::{Draft, DraftProblem};
use crate::platform::http::Fields;

/// What was typed into the form, whether it keeps the rules or not.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub rating: String,
    pub title: String,
    pub body: String,
    pub has_spoiler: bool,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        Self {
            rating: fields.get("rating").to_owned(),
            title: fields.get("title").to_owned(),
            body: fields.get("body").to_owned(),
            has_spoiler: fields.has("has_spoiler"),
        }
    }

    fn draft(&self) -> Result<Draft, Vec<DraftProblem>> {
        Draft::parse(&self.rating, &self.title, &self.body, self.has_spoiler)
    }
}

impl From<Draft> for Typed {
    fn from(draft: Draft) -> Self {
        let Draft { rating, title, body, has_spoiler } = draft;
        Self { rating: rating.to_string(), title, body, has_spoiler }
    }
}
