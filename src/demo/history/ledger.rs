//! What happened to the stock: each sale and each return of a cancelled order, and what was bought in to make up for it.

use std::collections::HashMap;

use time::OffsetDateTime;

use crate::catalog::StockReason;

/// Units that an order takes, or gives back as it is cancelled.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    pub edition_id: u64,
    /// What the edition has on the shelf before and after all of it.
    pub stock: i32,
    pub order_line_id: u64,
    /// Less than nothing for a sale.
    pub delta: i32,
    pub actor: &'static str,
    pub at: OffsetDateTime,
}

/// A line of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub edition_id: u64,
    pub delta: i32,
    pub reason: StockReason,
    pub order_line_id: Option<u64>,
    pub actor: &'static str,
    pub balance: i32,
    pub at: OffsetDateTime,
}

/// Writes what flowed in the order of time. Where a sale finds too little, the shelf is filled first, and it is filled
/// at the end: altogether nothing has changed.
pub fn entries(mut flows: Vec<Flow>) -> Vec<Entry> {
    flows.sort_by_key(|flow| (flow.at, flow.order_line_id, flow.delta));
    let Some(last) = flows.last().map(|flow| flow.at) else { return Vec::new() };
    let mut entries = Vec::with_capacity(flows.len() * 2);
    let mut balances: HashMap<u64, i32> = HashMap::new();
    for flow in &flows {
        let balance = balances.entry(flow.edition_id).or_insert(flow.stock);
        if *balance + flow.delta < 0 {
            entries.extend(corrected(flow, balance, flow.stock.max(-flow.delta), flow.at));
        }
        *balance += flow.delta;
        entries.push(Entry {
            edition_id: flow.edition_id,
            delta: flow.delta,
            reason: if flow.delta < 0 { StockReason::Sale } else { StockReason::Cancel },
            order_line_id: Some(flow.order_line_id),
            actor: flow.actor,
            balance: *balance,
            at: flow.at,
        });
    }
    for flow in &flows {
        let balance = balances.entry(flow.edition_id).or_insert(flow.stock);
        entries.extend(corrected(flow, balance, flow.stock, last));
    }
    entries
}

/// Brings the balance to where it shall be: by what is bought in, or by what a stock-taking finds too much.
fn corrected(flow: &Flow, balance: &mut i32, to: i32, at: OffsetDateTime) -> Option<Entry> {
    let delta = to - *balance;
    *balance = to;
    let reason = if delta > 0 { StockReason::Purchase } else { StockReason::Count };
    let (edition_id, actor) = (flow.edition_id, "seed");
    (delta != 0).then_some(Entry { edition_id, delta, reason, order_line_id: None, actor, balance: to, at })
}

#[cfg(test)]
mod tests {
    use time::{Duration, macros::datetime};

    use super::*;

    fn flow(edition_id: u64, stock: i32, line: u64, delta: i32) -> Flow {
        let at =
            datetime!(2026-01-01 00:00 UTC) + Duration::hours(i64::try_from(line).unwrap() + i64::from(delta > 0) * 9);
        Flow { edition_id, stock, order_line_id: line, delta, actor: "customer", at }
    }

    /// Edition, reason, change and balance of each.
    fn told(flows: Vec<Flow>) -> Vec<(u64, StockReason, i32, i32)> {
        entries(flows).into_iter().map(|entry| (entry.edition_id, entry.reason, entry.delta, entry.balance)).collect()
    }

    #[test]
    fn what_was_sold_is_bought_in_and_what_came_back_is_not() {
        use StockReason::{Cancel, Purchase, Sale};
        let flows = vec![flow(1, 5, 1, -2), flow(2, 0, 2, -1), flow(1, 5, 3, -2), flow(1, 5, 1, 2)];
        assert_eq!(
            told(flows),
            [
                (1, Sale, -2, 3),
                (2, Purchase, 1, 1),
                (2, Sale, -1, 0),
                (1, Sale, -2, 1),
                (1, Cancel, 2, 3),
                (1, Purchase, 2, 5),
            ]
        );
    }

    #[test]
    fn a_stock_taking_finds_what_came_back_to_a_full_shelf() {
        use StockReason::{Cancel, Count, Purchase, Sale};
        let flows = vec![flow(1, 1, 1, -1), flow(1, 1, 2, -1), flow(1, 1, 1, 1), flow(1, 1, 2, 1)];
        assert_eq!(
            told(flows),
            [
                (1, Sale, -1, 0),
                (1, Purchase, 1, 1),
                (1, Sale, -1, 0),
                (1, Cancel, 1, 1),
                (1, Cancel, 1, 2),
                (1, Count, -1, 1)
            ]
        );
        assert_eq!(told(Vec::new()), []);
    }
}
