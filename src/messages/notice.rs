//! Notices to the shop's own people: a heading, facts with their names, and what else there is to say. The same notice
//! goes by mail and by Telegram.

use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Channel, MailFrame, NewMessage, Rendered, words::MailWords};
use crate::platform::{config::MessagesConfig, i18n::Lang, signing::sha256_hex};

/// Telegram takes 4096 units of UTF-16; some are left for facts that are longer than usual.
const TELEGRAM_ROOM: usize = 3_600;

/// The template of a notice whose payload is all that it says.
pub const STAFF_NOTICE: &str = "staff_notice";

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub title: String,
    /// Names and values.
    pub facts: Vec<(String, String)>,
    pub lines: Vec<String>,
}

impl Notice {
    /// The notice that a message carries.
    pub fn from_payload(payload: &Value) -> anyhow::Result<Self> {
        Ok(serde_json::from_value(payload.clone())?)
    }

    /// The notice, written in this language, as this way takes it.
    pub fn render(&self, lang: Lang, channel: Channel) -> anyhow::Result<Rendered> {
        let subject = self.title.clone();
        let text = NoticeText { notice: self }.render()?;
        let html = match channel {
            Channel::Telegram => NoticeTelegram { notice: &self.shortened() }.render()?,
            Channel::Email => {
                let frame = MailFrame::new(lang, &subject, MailWords(lang).staff_reason());
                NoticeMail { frame, notice: self }.render()?
            }
        };
        Ok(Rendered { subject, text, html, unsubscribe: None })
    }
}

impl Notice {
    /// The notice without the lines that are too many for Telegram, which would refuse all of it.
    fn shortened(&self) -> Self {
        let units = |text: &str| text.encode_utf16().count() + 2;
        let facts: usize = self.facts.iter().map(|(name, value)| units(name) + units(value)).sum();
        let mut room = TELEGRAM_ROOM.saturating_sub(units(&self.title) + facts);
        let fitting = self.lines.iter().map_while(|line| {
            room = room.checked_sub(units(line))?;
            Some(line.clone())
        });
        let mut lines: Vec<_> = fitting.collect();
        if lines.len() < self.lines.len() {
            lines.push("…".to_owned());
        }
        Self { lines, ..self.clone() }
    }
}

/// A notice as the shop's people may get it, to look at.
pub fn sample_notice() -> Notice {
    let t = MailWords(Lang::default());
    Notice {
        title: t.given_up_title().to_owned(),
        facts: vec![
            (t.given_up_number().to_owned(), "17".to_owned()),
            (t.given_up_template().to_owned(), "order_placed".to_owned()),
            (t.given_up_reason().to_owned(), "the mail server refused it (550)".to_owned()),
        ],
        lines: vec![t.given_up_again(17)],
    }
}

/// A notice for everybody of the shop who can be reached. `key` says what it is about.
pub fn staff_messages(config: &MessagesConfig, key: &str, order_id: Option<u64>, notice: &Notice) -> Vec<NewMessage> {
    let payload = serde_json::to_value(notice).unwrap_or_default();
    to_staff(config, key, STAFF_NOTICE, order_id, &payload)
}

/// The same for a template of another feature.
pub fn to_staff(
    config: &MessagesConfig,
    key: &str,
    template: &'static str,
    order_id: Option<u64>,
    payload: &Value,
) -> Vec<NewMessage> {
    let by_mail = config.staff_emails.iter().map(|address| (Channel::Email, address.to_string()));
    let by_telegram = config.telegram.iter().map(|bot| (Channel::Telegram, bot.chat.clone()));
    by_mail
        .chain(by_telegram)
        .map(|(channel, to)| NewMessage {
            // A digest tells two of the shop's people apart and names neither.
            dedupe_key: format!("{key}:{}:{}", channel.word(), &sha256_hex(&to)[..8]),
            channel,
            template,
            to,
            language: Lang::default(),
            order_id,
            payload: payload.clone(),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "mail/notice.html")]
struct NoticeMail<'a> {
    frame: MailFrame,
    notice: &'a Notice,
}

#[derive(Template)]
#[template(path = "mail/notice.txt")]
struct NoticeText<'a> {
    notice: &'a Notice,
}

#[derive(Template)]
#[template(path = "mail/notice_telegram.html")]
struct NoticeTelegram<'a> {
    notice: &'a Notice,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice() -> Notice {
        Notice {
            title: "New <order> & more".to_owned(),
            facts: vec![("Client".to_owned(), "<b>Nora</b> \"O'Byrne\"".to_owned())],
            lines: vec!["_*[x](y)`".to_owned()],
        }
    }

    #[test]
    fn markup_of_strangers_is_text_everywhere() {
        for channel in [Channel::Email, Channel::Telegram] {
            let html = notice().render(Lang::En, channel).unwrap().html;
            assert!(!html.contains("<b>Nora") && !html.contains("<order>"), "{html}");
            assert!(html.contains("&#60;b&#62;Nora&#60;/b&#62;") && html.contains("_*[x](y)`"));
        }
        let text = notice().render(Lang::En, Channel::Email).unwrap().text;
        assert!(text.contains("New <order> & more") && text.contains("Client: <b>Nora</b> \"O'Byrne\""));
    }

    #[test]
    fn telegram_gets_no_more_than_it_takes_and_mail_gets_all() {
        let lines = (0..50).map(|number| format!("{number} × {}", "Ёлки ".repeat(40))).collect();
        let notice = Notice { lines, ..notice() };
        let short = notice.render(Lang::En, Channel::Telegram).unwrap().html;
        assert!(short.encode_utf16().count() < 4096 && short.trim_end().ends_with('…'), "{short}");
        assert!(short.contains("\n15 × "));
        let mail = notice.render(Lang::En, Channel::Email).unwrap();
        assert!(mail.html.contains("49 × ") && mail.text.contains("49 × ") && !mail.text.contains('…'));
    }

    #[test]
    fn telegram_gets_only_tags_that_it_knows() {
        let html = notice().render(Lang::En, Channel::Telegram).unwrap().html;
        let tags: Vec<_> = html.split('<').skip(1).map(|part| part.split('>').next().unwrap_or_default()).collect();
        assert!(tags.iter().all(|tag| matches!(*tag, "b" | "/b")), "{tags:?}");
    }
}
