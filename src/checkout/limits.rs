//! What keeps bots and card testers from the checkout.

use std::{net::IpAddr, time::Duration};

use crate::platform::{
    clock,
    limiter::{Limit, Limits, address_key},
    signing::Signer,
};

const PER_VISITOR: Limit = Limit { name: "placement-visitor", most: 5, per: Duration::from_mins(10) };
const PER_ADDRESS: Limit = Limit { name: "placement-address", most: 10, per: Duration::from_mins(10) };

/// Counts a placement of this visitor, or says after how many seconds to come back.
pub(super) async fn count_placement(limits: &Limits, cart_hash: &str, address: IpAddr) -> Result<(), u64> {
    limits.check_all(&[(&PER_VISITOR, cart_hash), (&PER_ADDRESS, &address_key(address))]).await
}

const STARTED: &str = "checkout-started";

/// The signed time that the form carries from when it was first shown.
pub(super) fn started_now(signer: &Signer) -> String {
    signer.seal(STARTED, &clock::now().unix_timestamp().to_string())
}

/// Whether the form was filled in faster than a person types. A form without a time is no form of ours.
pub(super) fn is_too_quick(signer: &Signer, started: &str, least_seconds: i64) -> bool {
    let shown_at = signer.open(STARTED, started).and_then(|text| text.parse::<i64>().ok());
    let taken = shown_at.map(|shown_at| clock::now().unix_timestamp() - shown_at);
    least_seconds > 0 && taken.is_none_or(|taken| taken < least_seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_types_in_no_time() {
        let signer = Signer::new("secret");
        let started = started_now(&signer);
        assert!(is_too_quick(&signer, &started, 3));
        assert!(is_too_quick(&signer, "", 3) && is_too_quick(&signer, "1.x", 3));
        assert!(!is_too_quick(&signer, "", 0));
        let long_ago = signer.seal(STARTED, "1000");
        assert!(!is_too_quick(&signer, &long_ago, 3));
    }

    #[tokio::test]
    async fn a_visitor_places_five_and_an_address_ten() {
        let limits = Limits::alone(1);
        let address = IpAddr::from([192, 0, 2, 1]);
        let mut placed = Vec::new();
        for visitor in ["a", "b", "c"] {
            for _ in 0..20 {
                if count_placement(&limits, visitor, address).await.is_ok() {
                    placed.push(visitor);
                }
            }
        }
        assert_eq!(placed.concat(), "aaaaabbbbb");
    }
}
