//! The signed links in the mails. They name a request by its number; nobody can make one for another.

use crate::platform::{i18n::Lang, signing::Signer};

const PURPOSE: &str = "stock-alert";

pub(super) fn confirm_path(signer: &Signer, lang: Lang, alert_id: u64) -> String {
    format!("{}/alerts/{}/confirm", lang.prefix(), token(signer, alert_id))
}

pub(super) fn unsubscribe_path(signer: &Signer, lang: Lang, alert_id: u64) -> String {
    format!("{}/alerts/{}/unsubscribe", lang.prefix(), token(signer, alert_id))
}

fn token(signer: &Signer, alert_id: u64) -> String {
    signer.seal(PURPOSE, &alert_id.to_string())
}

/// The request that a link is about, if the shop made the link.
pub(super) fn open(signer: &Signer, token: &str) -> Option<u64> {
    signer.open(PURPOSE, token)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_its_request_and_cannot_be_made_up() {
        let signer = Signer::new("secret");
        let path = confirm_path(&signer, Lang::Uz, 17);
        let token = path.strip_prefix("/uz/alerts/").unwrap().strip_suffix("/confirm").unwrap();
        assert_eq!(open(&signer, token), Some(17));
        assert_eq!(unsubscribe_path(&signer, Lang::En, 17), format!("/alerts/{token}/unsubscribe"));
        assert_eq!(open(&Signer::new("other"), token), None);
        assert_eq!(open(&signer, &signer.seal("order", "17")), None);
        assert_eq!(open(&signer, ""), None);
    }
}
