//! What went, and what stays: shown once the account is gone, when nobody is left to ask.

use crate::platform::signing::Signer;

const PURPOSE: &str = "account-deleted";

/// Counts, and nothing that tells whose they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    pub addresses: u64,
    pub wishlists: u64,
    pub alerts: u64,
    pub reviews_removed: u64,
    pub reviews_kept: u64,
    pub orders: u64,
}

impl Report {
    /// As it stands in the address of its page.
    pub fn seal(&self, signer: &Signer) -> String {
        let counts =
            [self.addresses, self.wishlists, self.alerts, self.reviews_removed, self.reviews_kept, self.orders];
        signer.seal(PURPOSE, &counts.map(|count| count.to_string()).join(" "))
    }

    /// The report of an address that the shop made.
    pub fn open(signer: &Signer, sealed: &str) -> Option<Self> {
        let counts = signer.open(PURPOSE, sealed)?;
        let counts: Vec<u64> = counts.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
        let [addresses, wishlists, alerts, reviews_removed, reviews_kept, orders] = counts[..] else { return None };
        Some(Self { addresses, wishlists, alerts, reviews_removed, reviews_kept, orders })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_as_it_was_sealed_and_cannot_be_made_up() {
        let signer = Signer::new("secret");
        let report = Report { addresses: 1, wishlists: 2, alerts: 3, reviews_removed: 4, reviews_kept: 5, orders: 6 };
        assert_eq!(Report::open(&signer, &report.seal(&signer)), Some(report));
        assert_eq!(Report::open(&Signer::new("other"), &report.seal(&signer)), None);
        assert_eq!(Report::open(&signer, &signer.seal(PURPOSE, "1 2")), None);
        assert_eq!(Report::open(&signer, ""), None);
    }
}
