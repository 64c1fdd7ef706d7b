//! What was seen, held against what was committed.

use std::time::{Duration, Instant};

use anyhow::Context as _;

use super::{readers::Seen, writer::price_of};
use crate::statistics::real;

/// An answer that begins later after a commit must show it.
const TIME: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub struct Outcome {
    /// From each commit until every page on every node had shown it, in milliseconds.
    pub delays_ms: Vec<f64>,
    pub answers: u64,
    /// Of those, from the page cache.
    pub hits: u64,
    /// Of those, older than they may be.
    pub old: u64,
}

/// `commits` are the times of all changes in their order; `seen` are the answers by page and node.
pub fn judge(commits: &[Instant], seen: &[Vec<Seen>]) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome { delays_ms: vec![0.0; commits.len()], ..Outcome::default() };
    for place in seen {
        let mut first = vec![None; commits.len()];
        for answer in place {
            outcome.answers += 1;
            outcome.hits += u64::from(answer.is_hit);
            let change = usize::try_from(answer.price - price_of(0))?;
            outcome.old += u64::from(commits.get(change + 1).is_some_and(|next| *next + TIME < answer.began));
            let known = first.get_mut(change).context("a price that nobody has set")?;
            *known = earlier(*known, Some(answer.received));
        }
        // Whoever shows a later change has seen this one.
        let mut shown = None;
        for (change, committed) in commits.iter().enumerate().rev() {
            shown = earlier(shown, first[change]);
            let at = shown.with_context(|| format!("change {change} was never seen"))?;
            let micros = u64::try_from(at.saturating_duration_since(*committed).as_micros())?;
            outcome.delays_ms[change] = outcome.delays_ms[change].max(real(micros) / 1e3);
        }
    }
    // Before the first change nobody read yet.
    outcome.delays_ms.remove(0);
    Ok(outcome)
}

fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}
