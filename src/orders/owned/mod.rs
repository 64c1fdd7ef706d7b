//! What a customer has bought before, told where they could buy it again.

pub mod again;
mod films;
pub mod messages;

pub use films::OwnedFilms;
use time::OffsetDateTime;

use self::messages::OwnedMessages;
use super::queries::OwnedEdition;
use crate::{
    catalog::{Format, queries::EditionRow, views::FormatMessages},
    platform::{http::PageContext, i18n::date},
};

/// What is told of an edition on offer: that it is owned already, or the film is in other formats.
pub fn note(context: &PageContext, owned: &[OwnedEdition], edition: &EditionRow) -> Option<String> {
    let t = OwnedMessages(context.lang);
    if let Some(same) = owned.iter().find(|owned| owned.edition_id == Some(edition.id)) {
        return Some(t.edition(&since(context, same.format, same.since)));
    }
    let others = owned.iter().filter(|owned| owned.product_id == edition.product_id);
    film_note(context, others.map(|owned| (owned.format, owned.since)))
}

/// What is told of a film of which these formats are owned since then; nothing where there are none.
pub fn film_note(context: &PageContext, owned: impl IntoIterator<Item = (Format, OffsetDateTime)>) -> Option<String> {
    let editions = editions(context, owned);
    (!editions.is_empty()).then(|| OwnedMessages(context.lang).film(&editions))
}

/// Formats, each with the day since when it is owned.
pub fn editions(context: &PageContext, owned: impl IntoIterator<Item = (Format, OffsetDateTime)>) -> String {
    owned.into_iter().map(|(format, at)| since(context, format, at)).collect::<Vec<_>>().join(", ")
}

fn since(context: &PageContext, format: Format, at: OffsetDateTime) -> String {
    OwnedMessages(context.lang).since(FormatMessages(context.lang).name(format), &day(context, at))
}

/// A day of the shop's calendar.
pub fn day(context: &PageContext, at: OffsetDateTime) -> String {
    date(context.lang, at.to_offset(context.zone).date())
}
