//! The text that Prometheus reads, version 0.0.4.

use std::fmt::Display;

use super::Spread;

/// What the values of a family are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Counter,
    Gauge,
    Histogram,
}

/// The text as it is written, a family after the other.
#[derive(Debug, Default)]
pub struct Text(String);

impl Text {
    pub const CONTENT_TYPE: &'static str = "text/plain; version=0.0.4; charset=utf-8";

    /// Begins a family. Its samples follow, before the next one begins.
    pub fn family(&mut self, name: &str, kind: Kind, help: &str) {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        self.0.push_str(&format!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
    }

    pub fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        self.0.push_str(name);
        for (at, (label, text)) in labels.iter().enumerate() {
            self.0.push(if at == 0 { '{' } else { ',' });
            self.0.push_str(&format!("{label}=\"{}\"", escaped(text)));
        }
        self.0.push_str(if labels.is_empty() { "" } else { "}" });
        self.0.push_str(&format!(" {value}\n"));
    }

    /// A family of one number.
    pub fn single(&mut self, (name, kind, help): (&str, Kind, &str), value: impl Display) {
        self.family(name, kind, help);
        self.sample(name, &[], value);
    }

    /// A histogram's samples; `show` writes a bound and the sum in the family's unit.
    pub fn spread(&mut self, name: &str, labels: &[(&str, &str)], spread: &Spread, show: fn(u64) -> String) {
        let bucket = format!("{name}_bucket");
        let mut below = 0;
        for (at, part) in spread.parts.iter().enumerate() {
            below += part;
            let bound = spread.bounds.get(at).map_or_else(|| "+Inf".to_owned(), |bound| show(*bound));
            self.sample(&bucket, &[labels, &[("le", bound.as_str())]].concat(), below);
        }
        self.sample(&format!("{name}_sum"), labels, show(spread.sum));
        self.sample(&format!("{name}_count"), labels, below);
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// Microseconds as seconds.
pub fn seconds(micros: u64) -> String {
    let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::{
        super::{ANSWER_TIMES, Histogram},
        *,
    };

    #[test]
    fn the_text_is_as_prometheus_has_it() {
        let mut text = Text::default();
        text.single(("orders_total", Kind::Counter, "Orders."), 3);
        text.family("rows", Kind::Gauge, "Rows.");
        text.sample("rows", &[("a", "x\"y\\z\n"), ("b", "")], 7);
        assert_eq!(
            text.finish(),
            "# HELP orders_total Orders.\n# TYPE orders_total counter\norders_total 3\n# HELP rows Rows.\n\
             # TYPE rows gauge\nrows{a=\"x\\\"y\\\\z\\n\",b=\"\"} 7\n"
        );
    }

    #[test]
    fn parts_of_a_histogram_add_up() {
        let histogram = Histogram::new(&ANSWER_TIMES);
        for micros in [7, 300, 300, 9_000_000] {
            histogram.record(micros);
        }
        let mut text = Text::default();
        text.spread("t", &[("r", "/")], &histogram.read(), seconds);
        let text = text.finish();
        for line in [
            "t_bucket{r=\"/\",le=\"0.0001\"} 1\n",
            "t_bucket{r=\"/\",le=\"0.0005\"} 3\n",
            "t_bucket{r=\"/\",le=\"5\"} 3\n",
            "t_bucket{r=\"/\",le=\"+Inf\"} 4\n",
            "t_sum{r=\"/\"} 9.000607\n",
            "t_count{r=\"/\"} 4\n",
        ] {
            assert!(text.contains(line), "{line} is missing in:\n{text}");
        }
    }

    #[test]
    fn seconds_have_no_more_digits_than_they_need() {
        assert_eq!([0, 100, 2_500, 1_000_000, 1_500_001].map(seconds), ["0", "0.0001", "0.0025", "1", "1.500001"]);
    }
}
