//! A page as it is kept: compressed in every way that browsers read, with its personal places left open.

use std::{io, sync::OnceLock};

use axum::{body::Bytes, http::HeaderValue};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::member::{Member, Piece};
use crate::platform::{
    encoding::{Encoding, brotli, zstd},
    http::{Slot, Slots},
};

/// A page that many may be sent. Nearly all strangers want it in brotli, so that may be all that is here of a page which
/// another process has made; [`Self::complete`] brings the rest.
#[derive(Debug)]
pub struct StoredPage {
    /// The page of a stranger, ready to be sent.
    brotli: Bytes,
    rest: OnceLock<Rest>,
    /// Of the stranger's page; weak, since it is the same in every encoding.
    pub etag: HeaderValue,
    /// Bytes that the whole of it takes in memory.
    weight: usize,
}

/// What strangers with other wishes, and people with parts of their own, are sent.
#[derive(Debug)]
struct Rest {
    /// The page of a stranger.
    zstd: Bytes,
    /// Put together when first asked for.
    gzip: OnceLock<Bytes>,
    stranger: Slots,
    /// The page between its slots; behind each piece the slot that follows it.
    pieces: Vec<(Piece, Option<Slot>)>,
}

/// What is written before the brotli.
#[derive(Serialize, Deserialize)]
struct Head {
    etag: String,
    weight: usize,
}

/// What is written before the rest.
#[derive(Serialize, Deserialize)]
struct Outline {
    /// The same as in the head; otherwise it belongs to another page.
    etag: String,
    stranger: Slots,
    zstd: usize,
    /// Compressed length, checksum, plain length, slot.
    pieces: Vec<(usize, u32, u32, Option<char>)>,
}

impl StoredPage {
    /// Keeps a rendered page whose slots are marked by `nonce`; `stranger` is what fills them for somebody unknown.
    pub fn new(html: &str, nonce: &str, stranger: Slots) -> io::Result<Self> {
        let mut pieces = Vec::new();
        let mut whole = Vec::with_capacity(html.len() + 1024);
        for (text, slot) in Slots::split(nonce, html) {
            pieces.push((Piece::new(text.as_bytes())?, slot));
            whole.extend_from_slice(text.as_bytes());
            whole.extend_from_slice(slot.map_or("", |slot| stranger.get(slot)).as_bytes());
        }
        let digest = Sha256::digest(&whole);
        let digest = digest.iter().take(12).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        // Each at the level after which more time gives little.
        let brotli = kept(brotli(&whole, 5)?);
        let rest = Rest { zstd: kept(zstd(&whole, 3)?), gzip: OnceLock::new(), stranger, pieces };
        let weight = size_of::<Self>() + brotli.len() + rest.weight();
        Ok(Self { brotli, rest: rest.into(), etag: etag(&digest)?, weight })
    }

    /// The page of a stranger; none as long as that part is not here.
    pub fn body(&self, encoding: Encoding) -> Option<io::Result<Bytes>> {
        if encoding == Encoding::Brotli {
            return Some(Ok(self.brotli.clone()));
        }
        let rest = self.rest.get()?;
        Some(Ok(match encoding {
            Encoding::Zstd => rest.zstd.clone(),
            Encoding::Gzip => rest.gzip.get_or_init(|| rest.member(&rest.stranger)).clone(),
            Encoding::Identity | Encoding::Brotli => return Some(rest.plain(&rest.stranger)),
        }))
    }

    /// The page of one person as one gzip member: nothing of the stored part is compressed again. None as long as the rest
    /// is not here.
    pub fn member(&self, slots: &Slots) -> Option<Bytes> {
        self.rest.get().map(|rest| rest.member(slots))
    }

    /// The page of one person as plain text; none as long as the rest is not here.
    pub fn plain(&self, slots: &Slots) -> Option<io::Result<Bytes>> {
        self.rest.get().map(|rest| rest.plain(slots))
    }

    pub fn is_complete(&self) -> bool {
        self.rest.get().is_some()
    }

    /// Bytes that the whole of it takes in memory.
    pub const fn weight(&self) -> usize {
        self.weight
    }

    /// Writes what strangers mostly want behind what `out` holds.
    pub fn write(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let head = Head { etag: self.etag_text(), weight: self.weight };
        write_line(out, &head)?;
        out.extend_from_slice(&self.brotli);
        Ok(())
    }

    /// The rest of what is to be written down; none of a page that is not whole.
    pub fn written_rest(&self) -> Option<io::Result<Vec<u8>>> {
        self.rest.get().map(|rest| rest.written(self.etag_text()))
    }

    /// Reads what [`Self::write`] wrote; none of anything else.
    pub fn read(mut bytes: Bytes) -> Option<Self> {
        let Head { etag, weight } = read_line(&mut bytes)?;
        Some(Self { brotli: bytes, rest: OnceLock::new(), etag: HeaderValue::from_str(&etag).ok()?, weight })
    }

    /// Takes in what [`Self::written_rest`] wrote, and tells whether it is this page's.
    pub fn complete(&self, mut bytes: Bytes) -> bool {
        let Some(outline) = read_line::<Outline>(&mut bytes).filter(|outline| outline.etag == self.etag_text()) else {
            return false;
        };
        let Some(rest) = Rest::read(outline, bytes) else { return false };
        self.rest.get_or_init(|| rest);
        true
    }

    fn etag_text(&self) -> String {
        self.etag.to_str().unwrap_or_default().to_owned()
    }
}

impl Rest {
    fn member(&self, slots: &Slots) -> Bytes {
        let size = self.pieces.iter().map(|(piece, _)| piece.deflated.len()).sum::<usize>() + slots.size();
        let mut member = Member::with_capacity(size);
        for (piece, slot) in &self.pieces {
            member.piece(piece);
            member.stored(slot.map_or("", |slot| slots.get(slot)).as_bytes());
        }
        member.finish()
    }

    fn plain(&self, slots: &Slots) -> io::Result<Bytes> {
        let mut plain = Vec::new();
        for (piece, slot) in &self.pieces {
            piece.inflate(&mut plain)?;
            plain.extend_from_slice(slot.map_or("", |slot| slots.get(slot)).as_bytes());
        }
        Ok(plain.into())
    }

    fn weight(&self) -> usize {
        let deflated = self.pieces.iter().map(|(piece, _)| piece.deflated.len()).sum::<usize>();
        // The pieces are held twice: by themselves, and within the stranger's gzip.
        self.zstd.len()
            + 2 * deflated
            + 2 * self.stranger.size()
            + self.pieces.len() * size_of::<(Piece, Option<Slot>)>()
    }

    fn written(&self, etag: String) -> io::Result<Vec<u8>> {
        let outline = Outline {
            etag,
            stranger: self.stranger.clone(),
            zstd: self.zstd.len(),
            pieces: self.pieces.iter().map(outlined).collect(),
        };
        let mut out = Vec::new();
        write_line(&mut out, &outline)?;
        for part in [&self.zstd].into_iter().chain(self.pieces.iter().map(|(piece, _)| &piece.deflated)) {
            out.extend_from_slice(part);
        }
        Ok(out)
    }

    fn read(outline: Outline, mut bytes: Bytes) -> Option<Self> {
        let mut take = |length: usize| (length <= bytes.len()).then(|| bytes.split_to(length));
        let zstd = take(outline.zstd)?;
        let mut pieces = Vec::with_capacity(outline.pieces.len());
        for (size, crc, length, slot) in outline.pieces {
            pieces.push((Piece { deflated: take(size)?, crc, length }, slot.and_then(Slot::from_letter)));
        }
        Some(Self { zstd, gzip: OnceLock::new(), stranger: outline.stranger, pieces })
    }
}

fn outlined((piece, slot): &(Piece, Option<Slot>)) -> (usize, u32, u32, Option<char>) {
    (piece.deflated.len(), piece.crc, piece.length, slot.map(Slot::letter))
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
        let html = format!("<p>head</p>{}<p>body</p>{}<p>end</p>", Slot::Cart.marker(NONCE), Slot::Theme.marker(NONCE));
        let stranger = Slots { theme: "lights".to_owned(), ..Slots::default() };
        (StoredPage::new(&html, NONCE, stranger.clone()).unwrap(), stranger)
    }

    fn body(page: &StoredPage, encoding: Encoding) -> Bytes {
        page.body(encoding).unwrap().unwrap()
    }

    fn inflated(bytes: &Bytes) -> String {
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes.as_ref()).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_stranger_gets_the_same_page_in_every_encoding() {
        let (page, _) = page();
        let expected = "<p>head</p><p>body</p>lights<p>end</p>";
        assert_eq!(body(&page, Encoding::Identity), expected);
        assert_eq!(inflated(&body(&page, Encoding::Gzip)), expected);
        let mut brotli = Vec::new();
        brotli::Decompressor::new(body(&page, Encoding::Brotli).as_ref(), 4096).read_to_end(&mut brotli).unwrap();
        assert_eq!(brotli, expected.as_bytes());
        let zstd = ::zstd::bulk::decompress(&body(&page, Encoding::Zstd), 4096).unwrap();
        assert_eq!(zstd, expected.as_bytes());
    }

    #[test]
    fn somebody_gets_their_own_parts() {
        let (page, stranger) = page();
        let slots = Slots { cart: "<b>3</b>".to_owned(), ..stranger };
        let expected = "<p>head</p><b>3</b><p>body</p>lights<p>end</p>";
        assert_eq!(page.plain(&slots).unwrap().unwrap(), expected);
        assert_eq!(inflated(&page.member(&slots).unwrap()), expected);
    }

    #[test]
    fn it_takes_no_more_memory_than_it_says() {
        let html = (0..3_000).fold(String::new(), |html, n| html + &format!("<p>{n}</p>"));
        let page = StoredPage::new(&html, NONCE, Slots::default()).unwrap();
        let rest = page.rest.into_inner().unwrap();
        let deflated = rest.pieces.into_iter().map(|(piece, _)| piece.deflated);
        for bytes in deflated.chain([page.brotli, rest.zstd]) {
            let room = Vec::from(bytes);
            assert_eq!(room.capacity(), room.len());
        }
    }

    #[test]
    fn what_is_written_down_is_read_back_and_nothing_else() {
        let (page, stranger) = page();
        let mut head = Vec::new();
        page.write(&mut head).unwrap();
        let rest = page.written_rest().unwrap().unwrap();
        let read = StoredPage::read(head.into()).unwrap();
        assert_eq!((&read.etag, read.weight()), (&page.etag, page.weight()));
        assert_eq!(body(&read, Encoding::Brotli), body(&page, Encoding::Brotli));
        assert!(!read.is_complete() && read.body(Encoding::Gzip).is_none() && read.member(&stranger).is_none());
        for broken in [&rest[..rest.len() - 1], b"", b"{}\n", b"garbage"] {
            assert!(!read.complete(Bytes::copy_from_slice(broken)));
        }
        assert!(read.complete(rest.clone().into()));
        for encoding in [Encoding::Zstd, Encoding::Gzip, Encoding::Identity] {
            assert_eq!(body(&read, encoding), body(&page, encoding));
        }
        let other = StoredPage::new("<p>other</p>", NONCE, stranger).unwrap();
        assert!(!other.complete(rest.into()), "it is another page's");
        for broken in [b"".as_slice(), b"{}\n", b"garbage"] {
            assert!(StoredPage::read(Bytes::copy_from_slice(broken)).is_none());
        }
    }
}
