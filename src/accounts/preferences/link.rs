//! The signed link in each mail that can be switched off. It names a customer and a kind; nobody can make one for another.

use super::Kind;
use crate::platform::{http::PageContext, signing::Signer};

const PURPOSE: &str = "unwanted-mail";

/// The address that ends mails of this kind to this customer, without signing in.
pub fn unsubscribe_url(context: &PageContext, client_id: u64, kind: Kind) -> String {
    let token = seal(&context.site.signer, client_id, kind);
    format!("{}{}", context.site.config.base_url, context.href(&format!("/mails/{token}/unsubscribe")))
}

fn seal(signer: &Signer, client_id: u64, kind: Kind) -> String {
    signer.seal(PURPOSE, &format!("{client_id}:{}", kind.word()))
}

/// Whom not to write to any more and of what, if the shop made the link.
pub(super) fn open(signer: &Signer, token: &str) -> Option<(u64, Kind)> {
    let message = signer.open(PURPOSE, token)?;
    let (client_id, kind) = message.split_once(':')?;
    Some((client_id.parse().ok()?, Kind::from_word(kind)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_customer_and_kind_and_cannot_be_made_up() {
        let signer = Signer::new("secret");
        let token = seal(&signer, 17, Kind::ReviewReplies);
        assert_eq!(open(&signer, &token), Some((17, Kind::ReviewReplies)));
        assert_eq!(open(&Signer::new("other"), &token), None);
        assert_eq!(open(&signer, &signer.seal("stock-alert", "17:news")), None);
        assert_eq!(open(&signer, ""), None);
    }
}
