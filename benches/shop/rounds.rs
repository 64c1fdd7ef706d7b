//! Cases that run in turn, round after round, so that what a machine does besides falls on all of them alike.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    load::{self, Load, Sample},
    plan::Plan,
    process::{Cpu, Watched},
    statistics::Figure,
};

/// A load on a server, by name.
#[derive(Clone, Debug)]
pub struct Case {
    pub name: &'static str,
    pub load: Load,
    pub watched: Watched,
}

/// The figures of all cases by their name: a sample a round.
#[derive(Debug, Default)]
pub struct Rounds {
    samples: BTreeMap<&'static str, Vec<Sample>>,
    /// Why a case was left out.
    left_out: BTreeMap<&'static str, String>,
}

impl Rounds {
    /// Runs every case once to warm it up, then in turn.
    pub fn run(folder: &std::path::Path, cases: &[Case], plan: Plan) -> anyhow::Result<Self> {
        let mut rounds = Self::default();
        for case in cases {
            load::run(folder, &case.load, &case.watched, 1).map_err(|error| error.context(case.name))?;
        }
        for round in 1..=plan.rounds {
            progress(&format!("round {round} of {}: {} cases", plan.rounds, cases.len()));
            for case in cases {
                let sample = load::run(folder, &case.load, &case.watched, plan.seconds)
                    .map_err(|error| error.context(case.name))?;
                rounds.samples.entry(case.name).or_default().push(sample);
            }
        }
        Ok(rounds)
    }

    /// Gives no figures of a case, and says why.
    pub fn leave_out(&mut self, case: &'static str, why: impl Into<String>) {
        self.samples.remove(case);
        self.left_out.insert(case, why.into());
    }

    /// Why a case has no figures.
    fn why(&self, case: &str) -> String {
        self.left_out.get(case).cloned().unwrap_or_else(|| "it was not run".to_owned())
    }

    pub fn figure(&self, case: &str, of: impl Fn(&Sample) -> f64) -> Result<Figure, String> {
        let samples = self.samples.get(case).ok_or_else(|| self.why(case))?;
        Figure::of(samples.iter().map(of).collect()).ok_or_else(|| self.why(case))
    }

    /// The case against its control, pair by pair.
    pub fn ratio(&self, case: &str, control: &str, of: impl Fn(&Sample) -> f64) -> Result<Figure, String> {
        let samples = self.samples.get(case).ok_or_else(|| self.why(case))?;
        let controls = self.samples.get(control).ok_or_else(|| self.why(control))?;
        let ratios = samples.iter().zip(controls).map(|(sample, control)| of(sample) / of(control)).collect();
        Figure::of(ratios).ok_or_else(|| self.why(case))
    }

    /// The medians of a case, for the table of cases.
    pub fn summary(&self, case: &'static str) -> Option<CaseSummary> {
        let median = |of: fn(&Sample) -> f64| self.figure(case, of).ok().map(|figure| figure.median);
        Some(CaseSummary {
            case,
            per_second: median(|sample| sample.per_second)?,
            p50_ms: median(|sample| sample.p50_ms)?,
            p95_ms: median(|sample| sample.p95_ms)?,
            p99_ms: median(|sample| sample.p99_ms)?,
            cpu: Cpu {
                server: median(|sample| sample.cpu.server)?,
                mariadb: median(|sample| sample.cpu.mariadb)?,
                redis: median(|sample| sample.cpu.redis)?,
            },
        })
    }
}

/// Medians over the rounds of one case.
#[derive(Clone, Debug, Serialize)]
pub struct CaseSummary {
    pub case: &'static str,
    pub per_second: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
    pub cpu: Cpu,
}

/// A line for whoever waits.
pub fn progress(words: &str) {
    println!("    {words}");
}
