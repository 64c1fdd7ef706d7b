//! What every mail has around what it says.

use super::words::MailWords;
use crate::platform::i18n::Lang;

/// Head and foot of a mail; the templates under `mail/` have one as their field `frame`.
#[derive(Clone, Debug)]
pub struct MailFrame {
    pub lang: Lang,
    pub t: MailWords,
    pub subject: String,
    /// Why somebody gets this mail.
    pub reason: String,
    pub unsubscribe: Option<String>,
}

impl MailFrame {
    pub fn new(lang: Lang, subject: &str, reason: &str) -> Self {
        Self { lang, t: MailWords(lang), subject: subject.to_owned(), reason: reason.to_owned(), unsubscribe: None }
    }
}
