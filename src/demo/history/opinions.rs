//! What customers thought of what they bought, and what became of their reviews.

use std::collections::{HashMap, HashSet};

use time::{Duration, OffsetDateTime};

use super::{customers::Customers, dice, draft::Draft, kind, words};
use crate::{
    catalog::sample::dice::Dice,
    orders::OrderStatus,
    platform::i18n::Lang,
    reviews::{MOST_FEATURED, Reason, ReviewStatus},
};

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
    pub status: ReviewStatus,
    pub is_featured: bool,
    /// Stars and text that wait to take the place of the approved ones.
    pub pending: Option<(u8, String)>,
    pub moderated_at: Option<OffsetDateTime>,
    pub reason: Option<Reason>,
    pub reply: Option<&'static str>,
    /// Readers with whether they find it helpful.
    pub votes: Vec<(u64, bool)>,
    /// Readers who complain of it.
    pub reports: Vec<(u64, Reason)>,
    pub created_at: OffsetDateTime,
}

impl Opinion {
    pub fn voted(&self, is_helpful: bool) -> u32 {
        u32::try_from(self.votes.iter().filter(|(_, vote)| *vote == is_helpful).count()).unwrap_or_default()
    }

    /// When a moderator has something to do with it, or had.
    pub fn queued_at(&self) -> OffsetDateTime {
        let is_waiting = self.status != ReviewStatus::Pending && (self.pending.is_some() || !self.reports.is_empty());
        self.moderated_at.filter(|_| is_waiting).unwrap_or(self.created_at)
    }
}

/// Takes care that nobody reviews a film twice, and that no more of a film's reviews are featured than may be.
#[derive(Debug, Default)]
pub struct Opinions {
    told: HashSet<(u64, u64)>,
    featured: HashMap<u64, i64>,
}

impl Opinions {
    /// What the customer of an order that was delivered has to say about its films: about one film in eight.
    pub fn of(&mut self, draft: &Draft, place: u64, customers: &Customers) -> Vec<Opinion> {
        let mut dice = dice(customers.seed, kind::REVIEW, place);
        let is_kept = draft.course.status() == OrderStatus::Delivered;
        let delivered_at = draft.course.reached(OrderStatus::Delivered).filter(|_| is_kept);
        let (Some(client_id), Some(delivered_at)) = (draft.customer.id, delivered_at) else { return Vec::new() };
        let mut opinions = Vec::new();
        for line in &draft.lines {
            let minutes = i64::try_from(dice.between(600, 30_000)).unwrap_or_default();
            let created_at = delivered_at + Duration::minutes(minutes);
            let product_id = line.edition.product_id;
            if !dice.chance(13) || created_at >= customers.until || !self.told.insert((client_id, product_id)) {
                continue;
            }
            let mut opinion = written(draft.customer.language, (client_id, product_id), created_at, &mut dice);
            read(&mut opinion, draft.customer.language, customers, &mut dice);
            self.feature(&mut opinion, &mut dice);
            opinions.push(opinion);
        }
        opinions
    }

    fn feature(&mut self, opinion: &mut Opinion, dice: &mut Dice) {
        if opinion.status != ReviewStatus::Approved || opinion.rating < 4 || !dice.chance(2) {
            return;
        }
        let featured = self.featured.entry(opinion.product_id).or_default();
        opinion.is_featured = *featured < MOST_FEATURED;
        *featured += 1;
    }
}

/// A review as its author has sent it.
fn written(lang: Lang, (client_id, product_id): (u64, u64), created_at: OffsetDateTime, dice: &mut Dice) -> Opinion {
    let rating = dice.weighted(&[(5, 44), (4, 29), (3, 14), (2, 7), (1, 6)]);
    Opinion {
        product_id,
        client_id,
        rating,
        title: if dice.chance(70) { words::title(lang, rating, dice) } else { "" },
        body: words::text(lang, rating, dice),
        has_spoiler: dice.chance(5),
        status: ReviewStatus::Pending,
        is_featured: false,
        pending: None,
        moderated_at: None,
        reason: None,
        reply: None,
        votes: Vec::new(),
        reports: Vec::new(),
        created_at,
    }
}

/// What a moderator and readers made of it. Many of the latest wait still.
fn read(opinion: &mut Opinion, lang: Lang, customers: &Customers, dice: &mut Dice) {
    let is_old = opinion.created_at + READ_AFTER < customers.until;
    let minutes = i64::try_from(dice.between(30, 3_000)).unwrap_or_default();
    let moderated_at = opinion.created_at + Duration::minutes(minutes);
    if !is_old && dice.chance(60) || moderated_at >= customers.until {
        return;
    }
    opinion.moderated_at = Some(moderated_at);
    if dice.chance(6) {
        opinion.status = ReviewStatus::Rejected;
        opinion.reason = Some(*dice.pick(Reason::ALL));
        return;
    }
    opinion.status = ReviewStatus::Approved;
    opinion.pending = dice.chance(3).then(|| (opinion.rating.max(2) - 1, words::text(lang, opinion.rating, dice)));
    opinion.reply = (opinion.rating <= 2 && dice.chance(30)).then(|| words::reply(lang));
    let votes = dice.weighted(&[(0, 55), (1, 20), (3, 15), (8, 10)]);
    opinion.votes = readers(opinion, votes, customers, dice).into_iter().map(|id| (id, dice.chance(78))).collect();
    let reports = dice.weighted(&[(0, 970), (1, 20), (3, 10)]);
    opinion.reports =
        readers(opinion, reports, customers, dice).into_iter().map(|id| (id, *dice.pick(Reason::ALL))).collect();
}

/// Different customers, none of whom is the author.
fn readers(opinion: &Opinion, most: u64, customers: &Customers, dice: &mut Dice) -> Vec<u64> {
    let first = dice.below(customers.count);
    let ids = (0..most.min(customers.count)).map(|n| customers.first_id + (first + n) % customers.count);
    ids.filter(|id| *id != opinion.client_id).collect()
}
