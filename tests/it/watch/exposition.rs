//! A strict reader of what Prometheus is told: whatever it would refuse, or take for something else, panics.

use std::collections::{BTreeMap, BTreeSet};

/// What was told: each series by its name and labels, as they were written.
#[derive(Debug, Default)]
pub struct Told {
    series: BTreeMap<String, String>,
    kinds: BTreeMap<String, String>,
}

impl Told {
    pub fn read(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line ends");
        let (mut told, mut family, mut helped) = (Self::default(), String::new(), BTreeSet::new());
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, help) = rest.split_once(' ').expect("a help has words");
                assert!(!help.is_empty() && helped.insert(name.to_owned()), "{name} is explained once");
            } else if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').expect("a family has a type");
                assert!(matches!(kind, "counter" | "gauge" | "histogram"), "{line}");
                assert!(helped.contains(name), "{name} is explained");
                assert!(told.kinds.insert(name.to_owned(), kind.to_owned()).is_none(), "{name} comes once");
                name.clone_into(&mut family);
            } else {
                told.sample(&family, line);
            }
        }
        told.check_histograms();
        told
    }

    /// How many series there are.
    pub fn len(&self) -> usize {
        self.series.len()
    }

    /// The value of a series in whole numbers; zero when it is not there.
    pub fn value(&self, series: &str) -> u64 {
        self.series.get(series).map_or(0, |value| value.split('.').next().unwrap().parse().unwrap())
    }

    /// All texts of a label.
    pub fn labels(&self, name: &str) -> BTreeSet<String> {
        let labels =
            |series: &String| labels_of(series.split_once('{').map_or("", |(_, rest)| rest.trim_end_matches('}')));
        let all = self.series.keys().flat_map(labels);
        all.filter(|(label, _)| label == name).map(|(_, text)| text).collect()
    }

    pub fn has(&self, part: &str) -> bool {
        self.series.keys().any(|series| series.contains(part))
    }

    fn sample(&mut self, family: &str, line: &str) {
        let (series, value) = line.rsplit_once(' ').expect("a sample has a value");
        let (name, labels) = series
            .split_once('{')
            .map_or((series, ""), |(name, labels)| (name, labels.strip_suffix('}').expect("labels end")));
        assert!(is_name(name) && labels_of(labels).iter().all(|(label, _)| is_name(label)), "{line}");
        let kind = &self.kinds[family];
        let suffix = name.strip_prefix(family).unwrap_or_else(|| panic!("{line} stands in {family}"));
        let allowed: &[&str] = if kind == "histogram" { &["_bucket", "_sum", "_count"] } else { &[""] };
        assert!(allowed.contains(&suffix), "{line}");
        assert!(kind != "counter" || name.ends_with("_total"), "{line}");
        assert!(value.parse::<f64>().is_ok_and(|value| value >= 0.0), "{line} has a number");
        assert!(self.series.insert(series.to_owned(), value.to_owned()).is_none(), "{series} comes twice");
    }

    /// Parts grow up to the last one, which holds all that is counted.
    fn check_histograms(&self) {
        let mut parts: BTreeMap<String, Vec<(f64, u64)>> = BTreeMap::new();
        for series in self.series.keys().filter(|series| series.contains("_bucket{")) {
            let (name, labels) = series.trim_end_matches('}').split_once('{').unwrap();
            let (bounds, rest): (Vec<_>, Vec<_>) = labels_of(labels).into_iter().partition(|(name, _)| name == "le");
            let bound = if bounds[0].1 == "+Inf" { f64::INFINITY } else { bounds[0].1.parse().unwrap() };
            let rest: Vec<_> = rest.iter().map(|(name, text)| format!("{name}=\"{text}\"")).collect();
            let count = format!("{}_count{{{}}}", name.trim_end_matches("_bucket"), rest.join(","));
            parts.entry(count).or_default().push((bound, self.value(series)));
        }
        for (count, mut of) in parts {
            of.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(of.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1), "{count}: {of:?}");
            assert_eq!(of.last(), Some(&(f64::INFINITY, self.value(&count))), "{count}");
        }
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// Names and texts, of which none has an escaped character in it: the shop needs none.
fn labels_of(labels: &str) -> Vec<(String, String)> {
    assert!(!labels.contains('\\'), "{labels}");
    let mut found = Vec::new();
    let mut rest = labels;
    while !rest.is_empty() {
        let (name, behind) = rest.split_once("=\"").expect("a label has a text in quotes");
        let (text, behind) = behind.split_once('"').expect("quotes end");
        found.push((name.to_owned(), text.to_owned()));
        rest = behind.strip_prefix(',').unwrap_or(behind);
        assert!(behind.is_empty() || !rest.is_empty(), "{labels}");
    }
    found
}
