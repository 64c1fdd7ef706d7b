//! The figures as tables, as JSON, and as a part of a text.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::Context as _;
use serde::Serialize;

use crate::{
    pages::PageFigures,
    purchases::OrderCost,
    rounds::CaseSummary,
    statistics::Figure,
    targets::{Row, Target},
};

/// Between these the text's table stands.
const BEGIN: &str = "<!-- figures: begin -->";
const END: &str = "<!-- figures: end -->";

/// A machine with less to do is as good as idle.
const IDLE: f64 = 0.05;

/// Everything that was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    pub films: u64,
    pub seed: u64,
    pub is_quick: bool,
    pub cores: usize,
    pub commit: &'static str,
    /// The share of the machine that other work took when the benchmark began.
    pub other_work: f64,
    pub rows: Vec<Row>,
    pub cases: Vec<CaseSummary>,
    pub pages: Vec<PageFigures>,
    pub order: Option<OrderCost>,
    /// MiB of the shop without a page cache after the load, index included.
    pub memory_under_load: Option<f64>,
    /// MiB of the shop with its page cache after the load, index included.
    pub memory_with_pages: Option<f64>,
    /// What was done to come to the counts among the rows.
    pub notes: Vec<String>,
}

impl Report {
    pub fn new(films: u64, seed: u64, is_quick: bool, other_work: f64) -> Self {
        Self {
            films,
            seed,
            is_quick,
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            commit: marquee::platform::version::COMMIT,
            other_work,
            rows: Vec::new(),
            cases: Vec::new(),
            pages: Vec::new(),
            order: None,
            memory_under_load: None,
            memory_with_pages: None,
            notes: Vec::new(),
        }
    }

    /// Compares with the target; what could not be measured says why.
    pub fn judge(&mut self, target: &Target, measured: Result<Figure, String>) {
        self.rows.push(target.judge(measured, self.films));
    }

    /// Adds a sentence below the tables.
    pub fn note(&mut self, words: String) {
        self.notes.push(words);
    }

    pub fn add_cases(&mut self, cases: impl Iterator<Item = CaseSummary>) {
        self.cases.extend(cases);
    }

    pub fn print(&self) {
        println!("\n{}", aligned(&self.targets()));
        println!("{}", aligned(&self.loads()));
        println!("{}", aligned(&self.page_kinds()));
        println!("{}", self.closing_lines().join("\n"));
    }

    /// What stands below the tables.
    fn closing_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.other_work > IDLE {
            lines.push(format!(
                "Other work took {:.0} % of the machine: it can do better, above all in rates and latencies.",
                self.other_work * 100.0
            ));
        }
        if let Some(order) = &self.order {
            lines.push(format!(
                "A purchase: {} requests, {} statements, {:.1} ms (p95 {:.1} ms) with four shoppers; CPU {:.0} µs in the \
                 shop, {:.0} µs in MariaDB, {:.0} µs in Redis. {} purchases, {} failed.",
                order.requests,
                order.statements,
                order.p50_ms,
                order.p95_ms,
                order.cpu.server,
                order.cpu.mariadb,
                order.cpu.redis,
                order.purchases,
                order.failures
            ));
        }
        if let Some((pages, none)) = self.memory_with_pages.zip(self.memory_under_load) {
            lines.push(format!(
                "Memory after the load, index included: {pages:.1} MiB with the page cache, {none:.1} MiB without."
            ));
        }
        lines.extend(self.notes.iter().cloned());
        lines
    }

    pub fn save(&self, path: &Path) -> anyhow::Result<()> {
        fs::write(path, serde_json::to_string_pretty(self)? + "\n")
            .with_context(|| format!("cannot write {}", path.display()))?;
        println!("All figures are in {}.", path.display());
        Ok(())
    }

    /// Puts the tables between the marks of the text.
    pub fn write_into(&self, path: &Path) -> anyhow::Result<()> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let (before, rest) = text.split_once(BEGIN).context("the text has no place for the figures")?;
        let (_, after) = rest.split_once(END).context("the place for the figures has no end")?;
        fs::write(path, format!("{before}{BEGIN}\n{}{END}{after}", self.markdown()))?;
        Ok(())
    }

    fn markdown(&self) -> String {
        let length = if self.is_quick { " A quick run." } else { "" };
        let mut text = format!("{} films, {} cores.{length}\n\n", self.films, self.cores);
        for table in [self.targets(), self.loads(), self.page_kinds()] {
            for (at, row) in table.iter().enumerate() {
                let _ = writeln!(text, "| {} |", row.join(" | "));
                if at == 0 {
                    let _ = writeln!(text, "|{}", "---|".repeat(row.len()));
                }
            }
            text.push('\n');
        }
        self.closing_lines().into_iter().for_each(|line| text.push_str(&format!("{line}\n\n")));
        text
    }

    fn targets(&self) -> Vec<Vec<String>> {
        let mut table = vec![heading(&["Target", "Measured", "Spread", "Wanted", "Near limit", "Verdict"])];
        for row in &self.rows {
            let show = |value| row.unit.show(value);
            let bound = if row.is_floor { '≥' } else { '≤' };
            let why = if row.why.is_empty() { String::new() } else { format!(": {}", row.why) };
            let spread = row.measured.filter(|figure| figure.least < figure.most);
            table.push(vec![
                row.name.to_owned(),
                row.measured.map_or_else(String::new, |figure| show(figure.median)),
                spread.map_or_else(String::new, |figure| format!("{} to {}", show(figure.least), show(figure.most))),
                format!("{bound} {}", show(row.target)),
                show(row.near_limit),
                format!("{}{why}", row.verdict.word()),
            ]);
        }
        table
    }

    fn loads(&self) -> Vec<Vec<String>> {
        let mut table =
            vec![heading(&["Load", "RPS", "p50 ms", "p95 ms", "p99 ms", "CPU µs: server", "MariaDB", "Redis"])];
        for case in &self.cases {
            let times = [case.p50_ms, case.p95_ms, case.p99_ms].map(|ms| format!("{ms:.2}"));
            let costs = [case.cpu.server, case.cpu.mariadb, case.cpu.redis].map(|us| format!("{us:.1}"));
            let mut row = vec![case.case.to_owned(), format!("{:.0}", case.per_second)];
            row.extend(times.into_iter().chain(costs));
            table.push(row);
        }
        table
    }

    fn page_kinds(&self) -> Vec<Vec<String>> {
        let mut table =
            vec![heading(&["Page", "Bytes", "gzip", "br", "zstd", "Statements", "Statements ms", "Shop ms"])];
        for page in &self.pages {
            let bytes = [page.identity_bytes, page.gzip_bytes, page.brotli_bytes, page.zstd_bytes];
            let mut row = vec![page.page.to_owned()];
            row.extend(bytes.map(|bytes| bytes.to_string()));
            row.extend([
                page.statements.to_string(),
                format!("{:.3}", page.statements_ms),
                format!("{:.3}", page.render_ms),
            ]);
            table.push(row);
        }
        table
    }
}

fn heading(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Columns under each other: the first to the left, the others to the right, the last as it comes.
fn aligned(table: &[Vec<String>]) -> String {
    let width = |at: usize| table.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..).map_while(width).collect();
    let mut text = String::new();
    for row in table {
        for (at, cell) in row.iter().enumerate() {
            let width = widths[at];
            let _ = match at {
                0 => write!(text, "{cell:width$}"),
                _ if at + 1 == row.len() => write!(text, "  {cell}"),
                _ => write!(text, "  {cell:>width$}"),
            };
        }
        text.push('\n');
    }
    text
}
