//! What is allowed and unwise in the configuration. What is not allowed never gets this far.

use super::{Finding, Outcome};
use crate::platform::config::{Config, Environment};

pub(super) fn check(config: &Config) -> Outcome {
    let environment = match config.environment {
        Environment::Dev => "dev",
        Environment::Test => "test",
        Environment::Production => "production",
    };
    let seen = format!("{environment}, {}", config.base_url);
    let unwise = if config.environment == Environment::Production { in_production(config) } else { Vec::new() };
    Outcome::of(unwise, seen)
}

fn in_production(config: &Config) -> Vec<Finding> {
    let is_behind_proxy = config.bind.is_loopback();
    let rules = [
        (
            !config.is_https(),
            "passwords and cookies travel in clear text",
            "put a certificate before the shop and set MARQUEE_BASE_URL to its https address",
        ),
        (
            config.is_https() && is_behind_proxy && config.trusted_proxies == 0,
            "every visitor seems to be the web server in front: limits hit all at once",
            "set MARQUEE_TRUSTED_PROXIES=1",
        ),
        (config.limits_factor > 1, "rate limits are looser than they should be", "unset MARQUEE_LIMITS_FACTOR"),
        (config.page_ttl.is_zero(), "no page is kept: every visit is made anew", "unset MARQUEE_CACHE_TTL"),
        (
            config.messages.staff_emails.is_empty() && config.messages.telegram.is_none(),
            "nobody of the shop is told of orders and of what fails",
            "set MARQUEE_STAFF_EMAIL, or MARQUEE_TELEGRAM_TOKEN and MARQUEE_TELEGRAM_CHAT",
        ),
    ];
    rules.into_iter().filter(|(is_so, ..)| *is_so).map(|(_, what, next)| Finding::advice(what, next)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn outcome(vars: &[(&str, &str)]) -> Outcome {
        let vars: BTreeMap<_, _> = vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        check(&Config::from_vars(vars).unwrap())
    }

    #[test]
    fn what_is_unwise_in_production_is_named_with_the_setting() {
        let base = [
            ("MARQUEE_ENV", "production"),
            ("MARQUEE_SECRET_KEY", "0123456789abcdef0123456789abcdef"),
            ("MARQUEE_BASE_URL", "https://films.example"),
            ("MARQUEE_STAFF_EMAIL", "staff@films.example"),
        ];
        let wise = [("MARQUEE_TRUSTED_PROXIES", "1")];
        assert!(matches!(outcome(&[&base[..], &wise].concat()), Outcome::Fine(_)));
        let Outcome::Found(found) = outcome(&base) else { panic!("nothing was found") };
        assert_eq!(found.len(), 1);
        assert!(found[0].is_advice && found[0].next.contains("MARQUEE_TRUSTED_PROXIES"));
        assert!(matches!(outcome(&[("MARQUEE_ENV", "dev")]), Outcome::Fine(_)));
    }
}
