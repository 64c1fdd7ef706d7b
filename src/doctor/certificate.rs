//! The certificate with which the web server in front speaks https.

use std::path::Path;

use anyhow::Context as _;
use time::OffsetDateTime;
use x509_cert::Certificate;

use super::{Finding, Outcome};
use crate::platform::{clock, config::Config};

/// A renewal that works is done long before.
const LEAST_DAYS: i64 = 14;

/// For how long a certificate is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    pub until: OffsetDateTime,
    /// Whole days until then; below zero after it.
    pub days_left: i64,
}

impl Validity {
    fn of(until: OffsetDateTime, now: OffsetDateTime) -> Self {
        Self { until, days_left: (until - now).whole_seconds().div_euclid(86_400) }
    }

    /// Whether somebody has to see to it.
    pub const fn is_short(self) -> bool {
        self.days_left <= LEAST_DAYS
    }

    pub const fn is_over(self) -> bool {
        self.days_left < 0
    }
}

/// For how long the first certificate of a PEM file, which is the shop's own, is good.
pub fn validity(path: &Path) -> anyhow::Result<Validity> {
    let pem = std::fs::read(path)?;
    let chain = Certificate::load_pem_chain(&pem).context("it is no PEM file of certificates")?;
    let own = chain.first().context("there is no certificate in it")?;
    let seconds = own.tbs_certificate().validity().not_after.to_unix_duration().as_secs();
    let until = OffsetDateTime::from_unix_timestamp(seconds.try_into()?)?;
    Ok(Validity::of(until, clock::now()))
}

pub(super) fn check(config: &Config) -> Outcome {
    let Some(path) = &config.certificate else {
        return Outcome::Fine("none is looked at: MARQUEE_CERTIFICATE names none".to_owned());
    };
    match validity(path) {
        Ok(validity) => told(validity),
        Err(error) => Outcome::wrong(
            format!("{} cannot be read: {error:#}", path.display()),
            "see that MARQUEE_CERTIFICATE names the PEM file that the web server uses, and that the shop may read it",
        ),
    }
}

fn told(validity: Validity) -> Outcome {
    let day = validity.until.date();
    let next = "certbot renew && systemctl reload nginx";
    match validity {
        it if it.is_over() => Outcome::wrong(format!("it ran out on {day}: browsers refuse the shop"), next),
        it if it.is_short() => {
            Outcome::Found(vec![Finding::wrong(format!("it runs out on {day}, days left: {}", it.days_left), next)])
        }
        it => Outcome::Fine(format!("it is good until {day}, days left: {}", it.days_left)),
    }
}

#[cfg(test)]
mod tests {
    use time::{Duration, macros::datetime};

    use super::*;

    #[test]
    fn a_certificate_is_seen_to_two_weeks_before_its_end() {
        let now = datetime!(2026-11-26 12:00 UTC);
        let after = |span: Duration| Validity::of(now + span, now);
        assert!(!after(Duration::days(15)).is_short());
        assert!(after(Duration::days(15) - Duration::SECOND).is_short());
        assert!(!after(Duration::ZERO).is_over() && after(-Duration::SECOND).is_over());
        let Outcome::Found(found) = told(after(Duration::days(-3))) else { panic!("an old one is fine") };
        assert!(found[0].what.contains("2026-11-23") && !found[0].is_advice);
    }
}
