//! The signed link in the mail: it holds what was in the cart and until when that can be put back.

use time::OffsetDateTime;

use super::mails::Held;
use crate::platform::{i18n::Lang, signing::Signer};

const CART: &str = "cart-left";

/// What a link puts back, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Left {
    pub held: Held,
    pub until: i64,
}

impl Left {
    pub fn is_too_late(&self, now: OffsetDateTime) -> bool {
        now.unix_timestamp() > self.until
    }
}

pub(super) fn restore_path(signer: &Signer, lang: Lang, left: &Left) -> String {
    let lines: Vec<String> = left.held.iter().map(|(edition, quantity)| format!("{edition}x{quantity}")).collect();
    let token = signer.seal(CART, &format!("{}:{}", left.until, lines.join(",")));
    format!("{}/cart/restore/{token}", lang.prefix())
}

/// What a link was made for, if the shop made it.
pub(super) fn open_restore(signer: &Signer, token: &str) -> Option<Left> {
    let message = signer.open(CART, token)?;
    let (until, lines) = message.split_once(':')?;
    let line = |line: &str| {
        let (edition, quantity) = line.split_once('x')?;
        Some((edition.parse().ok()?, quantity.parse().ok()?))
    };
    Some(Left { held: lines.split(',').map(line).collect::<Option<_>>()?, until: until.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_what_it_is_for_and_cannot_be_made_up() {
        let signer = Signer::new("secret");
        let left = Left { held: vec![(17, 2), (4, 1)], until: 1_800_000_000 };
        let path = restore_path(&signer, Lang::Ru, &left);
        let token = path.strip_prefix("/ru/cart/restore/").unwrap();
        assert_eq!(open_restore(&signer, token), Some(left.clone()));
        assert_eq!(open_restore(&Signer::new("other"), token), None);
        let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        assert!(!left.is_too_late(at(1_800_000_000)) && left.is_too_late(at(1_800_000_001)));
    }
}
