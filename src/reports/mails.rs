//! Reports as messages, and as text on a terminal.

use askama::Template;

use super::{Report, Section, messages::ReportMessages};
use crate::{
    messages::{Channel, MailFrame, Message, Rendered},
    platform::i18n::Lang,
};

/// The template of a report, whose payload is all that it says.
pub const STAFF_REPORT: &str = "staff_report";

/// Telegram refuses longer messages. A tag takes no more than this leaves.
const TELEGRAM_CHARS: usize = 3_900;

#[derive(Template)]
#[template(path = "mail/report.html")]
struct ReportHtml<'a> {
    frame: &'a MailFrame,
    report: &'a Report,
}

#[derive(Template)]
#[template(path = "mail/report.txt")]
struct ReportText<'a> {
    report: &'a Report,
}

#[derive(Template)]
#[template(path = "mail/report_telegram.html")]
struct ReportTelegram<'a> {
    report: &'a Report,
}

impl Report {
    /// As a terminal shows it.
    pub fn to_text(&self) -> Result<String, askama::Error> {
        ReportText { report: self }.render()
    }
}

/// Writes a message with a report.
pub fn render(message: &Message) -> anyhow::Result<Rendered> {
    let report: Report = serde_json::from_value(message.payload.clone())?;
    written(&report, message.language, message.channel)
}

/// A report of sales that nobody made, to look at it.
pub fn sample(lang: Lang, channel: Channel) -> anyhow::Result<Rendered> {
    let rows = |rows: &[(&str, &str)]| {
        rows.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
    };
    let report = Report {
        title: "Daily report: 24 November 2026".to_owned(),
        lead: "In brackets: 23 November 2026".to_owned(),
        sections: vec![
            Section::new(
                "Sales",
                rows(&[("Orders placed", "12 (9, +33 %)"), ("Turnover", "$412.80 ($290.10, +42 %)")]),
            ),
            Section::new("Best films", rows(&[("1. Solaris", "3 units, $59.97"), ("2. Mirror", "2 units, $39.98")])),
        ],
        notes: vec![ReportMessages(lang).definition().to_owned()],
    };
    written(&report, lang, channel)
}

fn written(report: &Report, lang: Lang, channel: Channel) -> anyhow::Result<Rendered> {
    let html = match channel {
        Channel::Telegram => telegram(report)?,
        Channel::Email => {
            let reason = ReportMessages(lang).reason();
            let frame = MailFrame::new(lang, &report.title, reason);
            ReportHtml { frame: &frame, report }.render()?
        }
    };
    Ok(Rendered { subject: report.title.clone(), text: report.to_text()?, html, unsubscribe: None })
}

/// As many rows as fit; the last ones of the longest sections are left out.
fn telegram(report: &Report) -> Result<String, askama::Error> {
    let mut report = report.clone();
    loop {
        let html = ReportTelegram { report: &report }.render()?;
        let longest = report.sections.iter_mut().max_by_key(|section| section.rows.len());
        match longest.filter(|section| html.chars().count() > TELEGRAM_CHARS && section.rows.len() > 1) {
            Some(section) => {
                section.rows.pop();
            }
            None => return Ok(html),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(rows: usize) -> Report {
        let row = |number: usize| (format!("{number}. <b>Film</b> & film"), "3".to_owned());
        Report {
            title: "Daily report".to_owned(),
            lead: "Compared with the day before".to_owned(),
            sections: vec![Section::new("Best films", (1..=rows).map(row).collect())],
            notes: vec!["Less refunds.".to_owned()],
        }
    }

    #[test]
    fn titles_of_films_are_text_everywhere() {
        for channel in [Channel::Email, Channel::Telegram] {
            let html = written(&report(2), Lang::En, channel).unwrap().html;
            assert!(html.contains("1. &#60;b&#62;Film&#60;/b&#62; &#38; film"), "{html}");
        }
        let text = report(2).to_text().unwrap();
        assert!(text.contains("Best films\n  1. <b>Film</b> & film: 3\n  2. "), "{text}");
        assert!(text.starts_with("Daily report\nCompared with the day before\n"), "{text}");
    }

    #[test]
    fn telegram_gets_as_much_as_it_takes() {
        let html = written(&report(500), Lang::En, Channel::Telegram).unwrap().html;
        assert!((3_500..4_096).contains(&html.chars().count()), "{}", html.len());
        assert!(html.contains("Less refunds."));
    }
}
