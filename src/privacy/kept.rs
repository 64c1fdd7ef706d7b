//! What is kept, why, and until when, in words.

use super::messages::KeptMessages;
use crate::maintenance::{Expiring, Personal, RETENTION};

/// What a customer's account is made of. It is kept until its owner deletes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Profile,
    Addresses,
    Cart,
    Wishlists,
    Viewed,
    Preferences,
    Reviews,
}

impl Part {
    pub const ALL: [Self; 7] =
        [Self::Profile, Self::Addresses, Self::Cart, Self::Wishlists, Self::Viewed, Self::Preferences, Self::Reviews];
}

/// A kind of data as the page tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    pub what: &'static str,
    pub why: &'static str,
    pub until: String,
}

/// What goes when its time is over, by the table that the nightly job deletes by.
pub(super) fn for_a_time(t: KeptMessages) -> Vec<Kind> {
    RETENTION.iter().filter_map(|of| told(t, of)).collect()
}

fn told(t: KeptMessages, of: &Expiring) -> Option<Kind> {
    let period = t.period(of.longest());
    let (what, why, until) = match of.personal? {
        Personal::GuestCart => (t.guest_cart(), t.guest_cart_why(), t.guest_cart_until(&period)),
        Personal::UnconfirmedAlert => (t.unconfirmed_alert(), t.unconfirmed_alert_why(), t.asked_until(&period)),
        Personal::WaitingAlert => (t.waiting_alert(), t.waiting_alert_why(), t.asked_until(&period)),
        Personal::ToldAlert => (t.told_alert(), t.told_alert_why(), t.told_alert_until(&period)),
        Personal::Session => (t.session(), t.session_why(), t.session_until(&period)),
        Personal::Link => (t.link(), t.link_why(), t.sent_until(&period)),
        Personal::DataExport => (t.data_export(), t.data_export_why(), t.data_export_until(&period)),
        Personal::Mail => (t.mail(), t.mail_why(), t.sent_until(&period)),
        Personal::FailedJob => (t.failed_job(), t.failed_job_why(), t.failed_job_until(&period)),
    };
    Some(Kind { what, why, until })
}

/// What stays as long as the account.
pub(super) fn with_the_account(t: KeptMessages) -> Vec<Kind> {
    Part::ALL
        .map(|part| Kind { what: t.part(part), why: t.part_why(part), until: t.part_until(part).to_owned() })
        .to_vec()
}

/// What stays after the account.
pub(super) fn by_law(t: KeptMessages) -> Vec<Kind> {
    let orders = Kind { what: t.orders(), why: t.orders_why(), until: t.orders_until().to_owned() };
    vec![orders, Kind { what: t.audit(), why: t.audit_why(), until: t.audit_until().to_owned() }]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::platform::i18n::Lang;

    #[test]
    fn every_kind_of_the_table_that_is_somebodys_is_told_with_its_period() {
        for lang in Lang::ALL {
            let t = KeptMessages(lang);
            let told = for_a_time(t);
            let personal: Vec<_> = RETENTION.iter().filter(|of| of.personal.is_some()).collect();
            assert_eq!(told.len(), personal.len());
            for (kind, of) in told.iter().zip(personal) {
                let period = t.period(of.life + of.keep);
                assert!(kind.until.contains(&period), "{}: {} without {period}", of.table, kind.until);
            }
        }
    }

    #[test]
    fn another_period_in_the_table_is_another_one_on_the_page() {
        let t = KeptMessages(Lang::En);
        let mut row = RETENTION.into_iter().find(|of| of.personal == Some(Personal::Mail)).unwrap();
        row.keep = Duration::from_hours(24 * 17);
        assert_eq!(told(t, &row).unwrap().until, "Deleted 17 days after it was sent.");
        row.keep = Duration::from_hours(36);
        assert_eq!(told(t, &row).unwrap().until, "Deleted 36 hours after it was sent.");
        assert_eq!(told(t, &Expiring { personal: None, ..row }), None);
    }
}
