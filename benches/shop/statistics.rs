//! Medians and spreads.

use serde::Serialize;

/// Several measurements of one thing.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Figure {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

impl Figure {
    /// Nothing for no measurements.
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        Some(Self { median: percentile(&values, 50)?, least, most })
    }

    pub const fn one(value: f64) -> Self {
        Self { median: value, least: value, most: value }
    }

    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        let (least, most) = (change(self.least), change(self.most));
        Self { median: change(self.median), least: least.min(most), most: least.max(most) }
    }
}

/// The value that so many per cent of the sorted values do not exceed; the mean of the middle two for an even median.
pub fn percentile(sorted: &[f64], percent: usize) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    if percent == 50 {
        return Some(f64::midpoint(sorted[last / 2], sorted[last.div_ceil(2)]));
    }
    Some(sorted[(last * percent).div_ceil(100)])
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of a run are far below 2^52")]
pub const fn real(count: u64) -> f64 {
    count as f64
}
