//! The page behind the link of the mail.

use askama::Template;

use super::messages::ReminderMessages;
use crate::platform::http::{PageContext, Shell};

/// Asks whether the cart is to be as it was.
#[derive(Template)]
#[template(path = "reminders/restore.html")]
pub(super) struct RestoreView {
    shell: Shell,
    t: ReminderMessages,
    /// How many editions go back; none when it is too late.
    films: Option<i64>,
}

impl RestoreView {
    pub fn new(context: &PageContext, films: Option<usize>) -> Self {
        let t = ReminderMessages(context.lang);
        let films = films.map(|films| i64::try_from(films).unwrap_or(i64::MAX));
        Self { shell: Shell::private(context, t.restore_title()), t, films }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::{
        http::check::{check_page, context},
        i18n::Lang,
    };

    #[test]
    fn pages_are_well_made_in_every_language() {
        for lang in Lang::ALL {
            let context = context(lang, "/cart/restore/x");
            for films in [None, Some(1), Some(5)] {
                check_page("restore", lang, &RestoreView::new(&context, films).render().unwrap());
            }
        }
    }
}
