//! A page as it is kept: compressed, with its personal places left open.

use std::{
    io,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{body::Bytes, http::HeaderValue};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::member::{self, Member, Piece};
use crate::platform::{
    encoding::{Encoding, brotli, zstd},
    http::{Slot, Slots},
};

/// A page that many may be sent.
///
/// It is made in gzip, which every browser reads and of which somebody's own page is put together. The encodings that are
/// smaller take three times as long to make, so a page gets them only when it is asked for again: most pages of a crawl,
/// and many of those that buyers look at, never are.
#[derive(Debug)]
pub struct StoredPage {
    /// The page of a stranger.
    gzip: Bytes,
    /// The page between its slots, within the gzip; behind each piece the slot that follows it.
    pieces: Vec<(Piece, Option<Slot>)>,
    brotli: Smaller,
    zstd: Smaller,
    is_asked_for_again: AtomicBool,
    /// Of the stranger's page; weak, since it is the same in every encoding.
    pub etag: HeaderValue,
}

/// The page of a stranger in fewer bytes.
#[derive(Debug, Default)]
struct Smaller {
    is_begun: AtomicBool,
    bytes: OnceLock<Bytes>,
}

type Encode = fn(&[u8]) -> io::Result<Vec<u8>>;

/// What is written before the bytes.
#[derive(Serialize, Deserialize)]
struct Outline {
    etag: String,
    pieces: Vec<(Piece, Option<char>)>,
}

impl StoredPage {
    /// Keeps a rendered page whose slots are marked by `nonce`; `stranger` is what fills them for somebody unknown.
    pub fn new(html: &str, nonce: &str, stranger: &Slots) -> io::Result<Self> {
        let (mut member, mut digest) = (Member::with_capacity(html.len() / 4), Sha256::new());
        let mut pieces = Vec::new();
        for (text, slot) in Slots::split(nonce, html) {
            let filling = slot.map_or("", |slot| stranger.get(slot)).as_bytes();
            pieces.push((member.text(text.as_bytes())?, slot));
            member.stored(filling);
            digest.update(text);
            digest.update(filling);
        }
        let digest = digest.finalize().iter().take(12).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        Ok(Self::of(kept(member.finish()), pieces, etag(&digest)?))
    }

    fn of(gzip: Bytes, pieces: Vec<(Piece, Option<Slot>)>, etag: HeaderValue) -> Self {
        let (brotli, zstd) = (Smaller::default(), Smaller::default());
        Self { gzip, pieces, brotli, zstd, is_asked_for_again: AtomicBool::default(), etag }
    }

    /// Notes that it was worth keeping.
    pub fn asked_for_again(&self) {
        // Read first: all who look at a page would otherwise wait for each other's writes.
        if !self.is_asked_for_again.load(Ordering::Relaxed) {
            self.is_asked_for_again.store(true, Ordering::Relaxed);
        }
    }

    /// The page of a stranger in brotli or zstd, if it is worth making and smaller than gzip; while somebody makes it the
    /// others do without.
    pub fn smaller(&self, encoding: Encoding) -> Option<Bytes> {
        // Each at the level after which more time gives little.
        let (kept_as, encode): (_, Encode) = match encoding {
            Encoding::Brotli => (&self.brotli, |text| brotli(text, 5)),
            Encoding::Zstd => (&self.zstd, |text| zstd(text, 3)),
            Encoding::Gzip | Encoding::Identity => return None,
        };
        if let Some(bytes) = kept_as.bytes.get() {
            return Some(bytes.clone());
        }
        let is_ours =
            self.is_asked_for_again.load(Ordering::Relaxed) && !kept_as.is_begun.swap(true, Ordering::Relaxed);
        let bytes = is_ours.then(|| encode(&member::inflate(&self.gzip)?))?.ok()?;
        (bytes.len() < self.gzip.len()).then(|| kept_as.bytes.get_or_init(|| kept(bytes)).clone())
    }

    /// The page of a stranger in gzip.
    pub fn gzip(&self) -> Bytes {
        self.gzip.clone()
    }

    /// The page of a stranger as plain text.
    pub fn text(&self) -> io::Result<Bytes> {
        Ok(member::inflate(&self.gzip)?.into())
    }

    /// The page of one person as one gzip member: nothing of the stored part is compressed again.
    pub fn member(&self, slots: &Slots) -> Bytes {
        let mut member = Member::with_capacity(self.gzip.len() + slots.size());
        for (piece, slot) in &self.pieces {
            member.piece(piece, &self.gzip);
            member.stored(slot.map_or("", |slot| slots.get(slot)).as_bytes());
        }
        member.finish().into()
    }

    /// The page of one person as plain text.
    pub fn plain(&self, slots: &Slots) -> io::Result<Bytes> {
        let mut plain = Vec::new();
        for (piece, slot) in &self.pieces {
            piece.inflate(&self.gzip, &mut plain)?;
            plain.extend_from_slice(slot.map_or("", |slot| slots.get(slot)).as_bytes());
        }
        Ok(plain.into())
    }

    /// Bytes that it takes in memory at most, when all encodings are made.
    pub const fn weight(&self) -> usize {
        size_of::<Self>() + self.pieces.len() * size_of::<(Piece, Option<Slot>)>() + 3 * self.gzip.len()
    }

    /// Writes it behind what `out` holds.
    pub fn write(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let etag = self.etag.to_str().unwrap_or_default().to_owned();
        let pieces = self.pieces.iter().map(|(piece, slot)| (*piece, slot.map(Slot::letter))).collect();
        write_line(out, &Outline { etag, pieces })?;
        out.extend_from_slice(&self.gzip);
        Ok(())
    }

    /// Reads what [`Self::write`] wrote; none of anything else.
    pub fn read(mut bytes: Bytes) -> Option<Self> {
        let Outline { etag, pieces } = read_line(&mut bytes)?;
        if !pieces.iter().all(|(piece, _)| piece.is_within(bytes.len())) {
            return None;
        }
        let pieces = pieces.into_iter().map(|(piece, slot)| (piece, slot.and_then(Slot::from_letter))).collect();
        Some(Self::of(bytes, pieces, HeaderValue::from_str(&etag).ok()?))
    }
}

/// Writes a line of JSON, behind which come bytes.
pub(super) fn write_line(out: &mut Vec<u8>, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.push(b'\n');
    Ok(())
}

/// Takes the first line off, if it is what was expected.
pub(super) fn read_line<T: serde::de::DeserializeOwned>(bytes: &mut Bytes) -> Option<T> {
    let line = bytes.split_to(memchr::memchr(b'\n', bytes)? + 1);
    serde_json::from_slice(&line).ok()
}

/// Compressors leave much room behind their output, which would be kept as long as the page.
fn kept(bytes: Vec<u8>) -> Bytes {
    bytes.into_boxed_slice().into()
}

fn etag(digest: &str) -> io::Result<HeaderValue> {
    HeaderValue::from_str(&format!("W/\"{digest}\"")).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    const NONCE: &str = "n0";

    fn page() -> (StoredPage, Slots) {
        let body = "<p>body</p>".repeat(100);
        let html = format!("<p>head</p>{}{body}{}<p>end</p>", Slot::Cart.marker(NONCE), Slot::Theme.marker(NONCE));
        let stranger = Slots { theme: "lights".to_owned(), ..Slots::default() };
        (StoredPage::new(&html, NONCE, &stranger).unwrap(), stranger)
    }

    fn expected(cart: &str) -> String {
        format!("<p>head</p>{cart}{}lights<p>end</p>", "<p>body</p>".repeat(100))
    }

    fn inflated(bytes: &Bytes) -> String {
        String::from_utf8(member::inflate(bytes).unwrap()).unwrap()
    }

    #[test]
    fn a_stranger_gets_the_same_page_in_every_encoding() {
        let (page, _) = page();
        assert_eq!(page.text().unwrap(), expected(""));
        assert_eq!(inflated(&page.gzip()), expected(""));
        page.asked_for_again();
        let mut brotli = String::new();
        let bytes = page.smaller(Encoding::Brotli).unwrap();
        brotli::Decompressor::new(bytes.as_ref(), 4096).read_to_string(&mut brotli).unwrap();
        assert_eq!(brotli, expected(""));
        let zstd = ::zstd::bulk::decompress(&page.smaller(Encoding::Zstd).unwrap(), 4096).unwrap();
        assert_eq!(zstd, expected("").as_bytes());
    }

    #[test]
    fn only_a_page_that_is_asked_for_again_gets_other_encodings() {
        let (page, _) = page();
        assert!(page.smaller(Encoding::Brotli).is_none() && page.smaller(Encoding::Zstd).is_none());
        page.asked_for_again();
        assert!(page.smaller(Encoding::Brotli).is_some());
        let tiny = StoredPage::new("a", NONCE, &Slots::default()).unwrap();
        tiny.asked_for_again();
        assert!(tiny.smaller(Encoding::Gzip).is_none() && tiny.smaller(Encoding::Identity).is_none());
    }

    #[test]
    fn somebody_gets_their_own_parts() {
        let (page, stranger) = page();
        let slots = Slots { cart: "<b>3</b>".to_owned(), ..stranger };
        assert_eq!(page.plain(&slots).unwrap(), expected("<b>3</b>"));
        assert_eq!(inflated(&page.member(&slots)), expected("<b>3</b>"));
    }

    #[test]
    fn it_takes_no_more_memory_than_it_says() {
        let html = (0..3_000).fold(String::new(), |html, n| html + &format!("<p>{n}</p>"));
        let page = StoredPage::new(&html, NONCE, &Slots::default()).unwrap();
        page.asked_for_again();
        let weight = page.weight();
        let smaller = [Encoding::Brotli, Encoding::Zstd].map(|encoding| page.smaller(encoding).unwrap());
        drop(smaller);
        let bytes = [page.gzip, page.brotli.bytes.into_inner().unwrap(), page.zstd.bytes.into_inner().unwrap()];
        let rooms = bytes.map(|bytes| Vec::from(bytes).capacity());
        assert!(rooms.iter().sum::<usize>() <= weight, "{rooms:?} in {weight}");
    }

    #[test]
    fn what_is_written_down_is_read_back_and_nothing_else() {
        let (page, stranger) = page();
        let mut written = Vec::new();
        page.write(&mut written).unwrap();
        let read = StoredPage::read(Bytes::from(written.clone())).unwrap();
        assert_eq!((&read.etag, read.weight(), read.gzip()), (&page.etag, page.weight(), page.gzip()));
        assert_eq!(read.member(&stranger), page.member(&stranger));
        for broken in [&written[..written.len() / 2], b"", b"{}\n", b"garbage"] {
            assert!(StoredPage::read(Bytes::copy_from_slice(broken)).is_none());
        }
    }
}
