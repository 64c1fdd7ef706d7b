//! Messages that leave the house and come back: signed with the shop's secret key.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Signs and checks. Each purpose signs under its own name, so that a token made for one cannot be used for another.
#[derive(Clone)]
pub struct Signer {
    /// One block of the hash, so that no length has to be checked: the digest of the secret, padded as HMAC does.
    key: [u8; 64],
}

impl Signer {
    pub fn new(secret: &str) -> Self {
        let mut key = [0; 64];
        key[..32].copy_from_slice(&Sha256::digest(secret.as_bytes()));
        Self { key }
    }

    /// The signature of `message` for `purpose`: 43 base64url characters.
    pub fn sign(&self, purpose: &str, message: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(purpose, message).finalize().into_bytes())
    }

    /// Whether `signature` is that of `message` for `purpose`; takes the same time either way.
    pub fn verify(&self, purpose: &str, message: &str, signature: &str) -> bool {
        URL_SAFE_NO_PAD.decode(signature).is_ok_and(|bytes| self.mac(purpose, message).verify_slice(&bytes).is_ok())
    }

    /// `message` packed with its signature into one cookie-safe word.
    pub fn seal(&self, purpose: &str, message: &str) -> String {
        format!("{}.{}", URL_SAFE_NO_PAD.encode(message), self.sign(purpose, message))
    }

    /// The message that [`Signer::seal`] packed, if it is untouched.
    pub fn open(&self, purpose: &str, sealed: &str) -> Option<String> {
        let (message, signature) = sealed.split_once('.')?;
        let message = String::from_utf8(URL_SAFE_NO_PAD.decode(message).ok()?).ok()?;
        self.verify(purpose, &message, signature).then_some(message)
    }

    fn mac(&self, purpose: &str, message: &str) -> Hmac<Sha256> {
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&self.key.into());
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(message.as_bytes());
        mac
    }
}

/// SHA-256 in hex: how a secret from a cookie is kept.
pub fn sha256_hex(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
        hex.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_only_untouched_and_for_its_purpose() {
        let signer = Signer::new("secret");
        let sealed = signer.seal("notice", "Done. Ёлки");
        assert_eq!(signer.open("notice", &sealed).as_deref(), Some("Done. Ёлки"));
        assert_eq!(signer.open("order", &sealed), None);
        assert_eq!(signer.open("notice", &sealed[1..]), None);
        assert_eq!(Signer::new("other").open("notice", &sealed), None);
        assert_eq!(signer.open("notice", "no dot"), None);
    }
}
