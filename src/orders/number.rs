//! Order numbers that tell nothing, and links that only their owner has.

use crate::platform::{i18n::Lang, ids, signing::Signer};

/// Without 0, 1, I, L and O, which people mistake for each other.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const PURPOSE: &str = "order";

/// `MQ-` and 8 random characters: 31^8 numbers. The unique index has the last word on collisions.
pub fn new_number() -> String {
    format!("MQ-{}", ids::code(ALPHABET, 8))
}

/// The page of an order for whoever holds the link.
pub fn link(signer: &Signer, lang: Lang, number: &str) -> String {
    format!("{}/orders/{number}?t={}", lang.prefix(), signer.sign(PURPOSE, number))
}

/// Whether `token` is the one that belongs to the order's link.
pub fn verify_link(signer: &Signer, number: &str, token: &str) -> bool {
    signer.verify(PURPOSE, number, token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_eleven_characters_without_look_alikes() {
        let number = new_number();
        assert_eq!(number.len(), 11);
        assert!(number.strip_prefix("MQ-").unwrap().bytes().all(|byte| ALPHABET.contains(&byte)), "{number}");
        assert_ne!(number, new_number());
    }

    #[test]
    fn a_link_opens_its_own_order_only() {
        let signer = Signer::new("secret");
        let link = link(&signer, Lang::Ru, "MQ-22222222");
        let token = link.strip_prefix("/ru/orders/MQ-22222222?t=").unwrap();
        assert!(verify_link(&signer, "MQ-22222222", token));
        assert!(!verify_link(&signer, "MQ-33333333", token));
        assert!(!verify_link(&signer, "MQ-22222222", ""));
    }
}
