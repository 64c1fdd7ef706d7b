//! Order numbers that tell nothing, and links that only their owner has.

use crate::platform::{http::Site, i18n::Lang, ids, signing::Signer};

/// Without 0, 1, I, L and O, which people mistake for each other.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const PURPOSE: &str = "order";

/// There are so many numbers.
pub const NUMBERS: u64 = 31u64.pow(8);

/// `MQ-` and 8 random characters: 31^8 numbers. The unique index has the last word on collisions.
pub fn new_number() -> String {
    format!("MQ-{}", ids::code(ALPHABET, 8))
}

/// The number that stands at a place among all [`NUMBERS`]: another place, another number.
pub fn number_at(place: u64) -> String {
    let digit = |power: u32| char::from(ALPHABET[usize::try_from(place / 31u64.pow(power) % 31).unwrap_or_default()]);
    format!("MQ-{}", (0..8).rev().map(digit).collect::<String>())
}

/// The number that somebody means who types it from a mail or from memory.
pub fn read_number(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase().replace([' ', '\u{a0}', '-'], "");
    let code = text.strip_prefix("MQ").unwrap_or(&text);
    (code.len() == 8 && code.bytes().all(|byte| ALPHABET.contains(&byte))).then(|| format!("MQ-{code}"))
}

/// The page of an order for whoever holds the link.
pub fn link(signer: &Signer, lang: Lang, number: &str) -> String {
    format!("{}/orders/{number}?t={}", lang.prefix(), signer.sign(PURPOSE, number))
}

/// The same with scheme and host, for what leaves the shop.
pub fn absolute_link(site: &Site, lang: Lang, number: &str) -> String {
    format!("{}{}", site.config.base_url, link(&site.signer, lang, number))
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
    fn every_place_has_a_number_of_its_own() {
        assert_eq!(number_at(0), "MQ-22222222");
        assert_eq!(number_at(32), "MQ-22222233");
        assert_eq!(number_at(NUMBERS - 1), "MQ-ZZZZZZZZ");
        assert_eq!(number_at(NUMBERS), number_at(0));
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for typed in ["MQ-7K3PWXQ9", " mq-7k3pwxq9 ", "7K3PWXQ9", "MQ 7K3P WXQ9", "mq7k3pwxq9"] {
            assert_eq!(read_number(typed).as_deref(), Some("MQ-7K3PWXQ9"), "{typed}");
        }
        for wrong in ["", "MQ-", "MQ-7K3PWXQ", "MQ-7K3PWXQ0", "ключ", "MQ-7K3PWXQ99"] {
            assert_eq!(read_number(wrong), None, "{wrong}");
        }
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
