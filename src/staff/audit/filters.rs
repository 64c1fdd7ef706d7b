//! Which entries are asked for: the words of the address, read and written.

use time::{Date, Duration, OffsetDateTime, Time, UtcOffset, format_description::well_known::Iso8601};

use crate::{audit::Search, orders::read_number, platform::http::Fields};

/// What a list was asked for, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filters {
    pub actor: String,
    pub action: String,
    pub object: String,
    pub request: String,
    /// Days, the last one included.
    pub from: String,
    pub until: String,
}

impl Filters {
    pub fn read(fields: &Fields) -> Self {
        let text = |name| fields.get(name).to_owned();
        Self {
            actor: text("actor"),
            action: text("action"),
            object: text("object"),
            request: text("request"),
            from: text("from"),
            until: text("until"),
        }
    }

    /// A day that is none is as if it were absent. Days are those of the shop's zone.
    pub fn search(&self, zone: UtcOffset) -> Search {
        let word = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        // The columns hold nothing else, and servers refuse to compare: what is not ASCII finds nothing.
        let ascii = |text: &str| word(&text.replace(|c: char| !c.is_ascii(), "?"));
        Search {
            actor: ascii(&self.actor),
            action: ascii(&self.action),
            object: word(&self.object).map(|text| object(&text)),
            request: ascii(&self.request),
            from: midnight(&self.from, zone),
            until: midnight(&self.until, zone).map(|at| at.saturating_add(Duration::DAY)),
        }
    }

    /// The query of a list with these filters; a page that follows begins below an id.
    pub fn query(&self, before: Option<u64>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let words = [
            ("actor", &self.actor),
            ("action", &self.action),
            ("object", &self.object),
            ("request", &self.request),
            ("from", &self.from),
            ("until", &self.until),
        ];
        query.extend_pairs(words.iter().filter(|(_, word)| !word.is_empty()));
        if let Some(before) = before {
            query.append_pair("before", &before.to_string());
        }
        query.finish()
    }
}

/// What the log calls it: an order goes by its number alone, and whatever has no kind is an edition.
fn object(text: &str) -> String {
    match read_number(text) {
        Some(number) => format!("order:{number}"),
        None if text.contains([':', '/']) => text.to_owned(),
        None => format!("edition:{text}"),
    }
}

fn midnight(day: &str, zone: UtcOffset) -> Option<OffsetDateTime> {
    let day = Date::parse(day, &Iso8601::DATE).ok()?;
    // As far as every server's timestamps reach.
    (1971..=2037).contains(&day.year()).then(|| day.with_time(Time::MIDNIGHT).assume_offset(zone))
}

#[cfg(test)]
mod tests {
    use time::macros::{datetime, offset};

    use super::*;

    #[test]
    fn an_address_holds_all_that_was_asked() {
        let fields = Fields::parse(
            b"actor=staff%3A3&action=order.move&object=mq+7k3p+wxq9&request=a1&from=2026-11-01&until=2026-11-02",
        );
        let filters = Filters::read(&fields.unwrap());
        let again = Fields::parse(filters.query(Some(7)).as_bytes()).unwrap();
        assert_eq!((Filters::read(&again), again.get("before")), (filters.clone(), "7"));
        let search = filters.search(offset!(+5));
        assert_eq!(search.object.as_deref(), Some("order:MQ-7K3PWXQ9"));
        assert_eq!(search.from, Some(datetime!(2026-10-31 19:00 UTC)));
        assert_eq!(search.until, Some(datetime!(2026-11-02 19:00 UTC)), "the last day counts");
    }

    #[test]
    fn what_means_nothing_is_as_if_it_were_absent() {
        for nothing in ["", "yesterday", "2026-13-01", "1970-01-01", "2038-01-01", "+99999-01-01"] {
            let filters = Filters { from: nothing.to_owned(), until: nothing.to_owned(), ..Filters::default() };
            assert_eq!(filters.search(UtcOffset::UTC), Search::default(), "{nothing}");
        }
        assert_eq!(object("review:7"), "review:7");
        assert_eq!(object("DEMO-10"), "edition:DEMO-10");
        assert_eq!(object("/admin/orders"), "/admin/orders");
    }
}
