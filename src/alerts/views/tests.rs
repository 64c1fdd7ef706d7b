use askama::Template;

use super::*;
use crate::{
    catalog::views::samples::{LONGEST, text},
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
    },
};

fn subject() -> Subject {
    Subject { title: text(LONGEST, Lang::En), format: "Blu-ray", href: "/films/m-1931?edition=A1#buy".to_owned() }
}

#[test]
fn pages_are_well_made_in_every_language() {
    for lang in Lang::ALL {
        let context = context(lang, "/alerts/x/confirm");
        let form = AlertForm::new(&context, "m-1931", "A1").refused("nora", AlertMessages(lang).email_malformed());
        check_page("request", lang, &RequestView::new(&context, subject(), form).render().unwrap());
        check_page("confirm", lang, &ConfirmView::new(&context, Some(subject())).render().unwrap());
        check_page("confirm, too late", lang, &ConfirmView::new(&context, None).render().unwrap());
        for is_done in [false, true] {
            check_page("unsubscribe", lang, &UnsubscribeView::new(&context, is_done).render().unwrap());
        }
    }
}
