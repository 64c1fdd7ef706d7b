//! What customers thought of what they bought, and what became of their reviews.

use std::collections::HashSet;

use time::{Duration, OffsetDateTime};

use super::{dice, draft::Draft, kind, words};
use crate::{catalog::sample::dice::Dice, orders::OrderStatus};

/// Moderators have read what is older.
const READ_AFTER: Duration = Duration::days(3);

/// A review as it is stored.
#[derive(Debug)]
pub struct Opinion {
    pub product_id: u64,
    pub client_id: u64,
    pub rating: u8,
    pub title: &'static str,
    pub body: String,
    pub has_spoiler: bool,
    pub status: &'static str,
    pub is_featured: bool,
    /// Stars and text that wait to take the place of the approved ones.
    pub pending: Option<(u8, String)>,
    pub moderated_at: Option<OffsetDateTime>,
    pub reason: &'static str,
    pub reply: Option<&'static str>,
    pub created_at: OffsetDateTime,
}

/// Takes care that nobody reviews a film twice.
#[derive(Debug, Default)]
pub struct Opinions(HashSet<(u64, u64)>);

impl Opinions {
    /// What the customer of an order that was delivered has to say about its films: about one film in eight.
    pub fn of(&mut self, draft: &Draft, place: u64, (seed, until): (u64, OffsetDateTime)) -> Vec<Opinion> {
        let mut dice = dice(seed, kind::REVIEW, place);
        let is_kept = draft.course.status() == OrderStatus::Delivered;
        let delivered_at = draft.course.reached(OrderStatus::Delivered).filter(|_| is_kept);
        let (Some(client_id), Some(delivered_at)) = (draft.customer.id, delivered_at) else { return Vec::new() };
        let mut opinions = Vec::new();
        for line in &draft.lines {
            let minutes = i64::try_from(dice.between(600, 30_000)).unwrap_or_default();
            let created_at = delivered_at + Duration::minutes(minutes);
            let product_id = line.edition.product_id;
            if !dice.chance(13) || created_at >= until || !self.0.insert((client_id, product_id)) {
                continue;
            }
            opinions.push(opinion(draft, (client_id, product_id), (created_at, until), &mut dice));
        }
        opinions
    }
}

fn opinion(
    draft: &Draft,
    (client_id, product_id): (u64, u64),
    (created_at, until): (OffsetDateTime, OffsetDateTime),
    dice: &mut Dice,
) -> Opinion {
    let rating = dice.weighted(&[(5, 44), (4, 29), (3, 14), (2, 7), (1, 6)]);
    let is_old = created_at + READ_AFTER < until;
    let status = match dice.below(100) {
        0..6 => "rejected",
        _ if is_old || dice.chance(40) => "approved",
        _ => "pending",
    };
    let status = if status == "rejected" && !is_old { "pending" } else { status };
    let is_approved = status == "approved";
    let read_after = i64::try_from(dice.between(30, 3_000)).unwrap_or_default();
    let moderated_at = (created_at + Duration::minutes(read_after)).min(until);
    let lang = draft.customer.language;
    Opinion {
        product_id,
        client_id,
        rating,
        title: if dice.chance(70) { words::title(lang, rating, dice) } else { "" },
        body: words::text(lang, rating, dice),
        has_spoiler: dice.chance(5),
        status,
        is_featured: is_approved && rating >= 4 && dice.chance(2),
        pending: (is_approved && dice.chance(3)).then(|| (rating.max(2) - 1, words::text(lang, rating, dice))),
        moderated_at: (status != "pending").then_some(moderated_at),
        reason: if status == "rejected" { words::reason(dice) } else { "" },
        reply: (is_approved && rating <= 2 && dice.chance(30)).then(|| words::reply(lang)),
        created_at,
    }
}
