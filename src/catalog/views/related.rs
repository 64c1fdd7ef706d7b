use super::FilmCard;

/// A heading with a row of films under it, each with why it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedShelf {
    pub id: &'static str,
    pub title: &'static str,
    pub films: Vec<(FilmCard, String)>,
}
