//! The form that asks, and the page that tells what went.

use askama::Template;

use super::report::Report;
use crate::{
    platform::http::{FieldView, PageContext, Shell},
    privacy::{
        kept::{self, Kind, Part},
        messages::{DataMessages, KeptMessages, RemovalMessages},
    },
};

#[derive(Template)]
#[template(path = "privacy/delete.html")]
pub(super) struct RemovalView {
    shell: Shell,
    t: RemovalMessages,
    goes: Vec<&'static str>,
    stays: Vec<Kind>,
    /// Numbers of the orders that stand in the way.
    open: Vec<String>,
    password: FieldView,
    keeps_reviews: bool,
}

impl RemovalView {
    pub fn new(context: &PageContext, open: Vec<String>) -> Self {
        let (t, words) = (RemovalMessages(context.lang), KeptMessages(context.lang));
        let password = FieldView {
            kind: "password",
            autocomplete: "current-password",
            ..FieldView::text("password", t.password(), "")
        };
        // What becomes of reviews is theirs to choose.
        let goes = Part::ALL.into_iter().filter(|part| *part != Part::Reviews).map(|part| words.part(part)).collect();
        let stays = kept::by_law(words);
        Self { shell: Shell::private(context, t.title()), t, goes, stays, open, password, keeps_reviews: true }
    }

    /// The form as it comes back with a wrong password.
    pub fn refused(mut self, keeps_reviews: bool) -> Self {
        self.password.error = Some(self.t.wrong_password().to_owned());
        self.keeps_reviews = keeps_reviews;
        self
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        self.password.error.iter().map(|text| (self.password.name, text.clone())).collect()
    }

    fn order_path(&self, number: &str) -> String {
        self.shell.href(&format!("/account/orders/{number}"))
    }
}

#[derive(Template)]
#[template(path = "privacy/deleted.html")]
pub(super) struct DeletedView {
    shell: Shell,
    t: RemovalMessages,
    went: Vec<String>,
    stays: Vec<String>,
    by_law: &'static str,
}

impl DeletedView {
    pub fn new(context: &PageContext, report: &Report) -> Self {
        let t = RemovalMessages(context.lang);
        let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let some = |n: u64, words: &dyn Fn(i64) -> String| (n > 0).then(|| words(count(n)));
        let went = [
            Some(t.personal_went().to_owned()),
            some(report.addresses, &|n| t.addresses_went(n)),
            some(report.wishlists, &|n| t.wishlists_went(n)),
            some(report.alerts, &|n| t.alerts_went(n)),
            some(report.reviews_removed, &|n| t.reviews_went(n)),
        ];
        let stays = [
            some(report.orders, &|n| t.orders_stay(n)),
            some(report.reviews_kept, &|n| t.reviews_stay(n)),
            Some(t.mail_stays().to_owned()),
        ];
        let (went, stays) = (went.into_iter().flatten().collect(), stays.into_iter().flatten().collect());
        let by_law = KeptMessages(context.lang).orders_until();
        Self { shell: Shell::private(context, DataMessages(context.lang).deleted()), t, went, stays, by_law }
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
    fn the_pages_are_well_made_in_every_language() {
        for lang in Lang::ALL {
            let context = context(lang, "/account/delete");
            let form = || RemovalView::new(&context, Vec::new());
            check_page("deletion", lang, &form().render().unwrap());
            check_page("deletion, wrong password", lang, &form().refused(false).render().unwrap());
            let refused = RemovalView::new(&context, vec!["MQ-22222222".to_owned()]).render().unwrap();
            check_page("deletion with an open order", lang, &refused);
            assert!(refused.contains("/account/orders/MQ-22222222") && !refused.contains("name=\"password\""));
            let all = Report { addresses: 1, wishlists: 2, alerts: 5, reviews_removed: 1, reviews_kept: 2, orders: 21 };
            for report in [Report::default(), all] {
                check_page("deleted", lang, &DeletedView::new(&context, &report).render().unwrap());
            }
        }
    }
}
