//! A page as it is kept: compressed in every way that browsers read, with its personal places left open.

use std::io::{self, Read};

use axum::{body::Bytes, http::HeaderValue};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::member::{Member, Piece};
use crate::platform::{
    encoding::{Encoding, brotli, zstd},
    http::{Slot, Slots},
};

/// A page that many may be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPage {
    /// The page of a stranger, ready to be sent.
    brotli: Bytes,
    zstd: Bytes,
    gzip: Bytes,
    /// The page between its slots; behind each piece the slot that follows it.
    pieces: Vec<(Piece, Option<Slot>)>,
    /// Of the stranger's page; weak, since it is the same in every encoding.
    pub etag: HeaderValue,
}

/// How a stored page is written down before its bytes.
#[derive(Serialize, Deserialize)]
struct Outline {
    brotli: usize,
    zstd: usize,
    gzip: usize,
    /// Compressed length, checksum, plain length, slot.
    pieces: Vec<(usize, u32, u32, Option<char>)>,
    etag: String,
}

impl StoredPage {
    /// Keeps a rendered page whose slots are marked by `nonce`; `stranger` is what fills them for somebody unknown.
    pub fn new(html: &str, nonce: &str, stranger: &Slots) -> io::Result<Self> {
        let mut pieces = Vec::new();
        let mut whole = Vec::with_capacity(html.len() + 1024);
        for (text, slot) in Slots::split(nonce, html) {
            pieces.push((Piece::new(text.as_bytes())?, slot));
            whole.extend_from_slice(text.as_bytes());
            whole.extend_from_slice(slot.map_or("", |slot| stranger.get(slot)).as_bytes());
        }
        let digest = Sha256::digest(&whole);
        let digest = digest.iter().take(12).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let mut page = Self {
            // Each at the level after which more time gives little.
            brotli: kept(brotli(&whole, 5)?),
            zstd: kept(zstd(&whole, 3)?),
            gzip: Bytes::new(),
            pieces,
            etag: etag(&digest)?,
        };
        page.gzip = kept(page.member(stranger).into());
        Ok(page)
    }

    /// The page of a stranger.
    pub fn body(&self, encoding: Encoding) -> io::Result<Bytes> {
        Ok(match encoding {
            Encoding::Brotli => self.brotli.clone(),
            Encoding::Zstd => self.zstd.clone(),
            Encoding::Gzip => self.gzip.clone(),
            Encoding::Identity => {
                let mut plain = Vec::new();
                flate2::read::GzDecoder::new(self.gzip.as_ref()).read_to_end(&mut plain)?;
                plain.into()
            }
        })
    }

    /// The page of one person as one gzip member: nothing of the stored part is compressed again.
    pub fn member(&self, slots: &Slots) -> Bytes {
        let size = self.pieces.iter().map(|(piece, _)| piece.deflated.len()).sum::<usize>() + slots.size();
        let mut member = Member::with_capacity(size);
        for (piece, slot) in &self.pieces {
            member.piece(piece);
            member.stored(slot.map_or("", |slot| slots.get(slot)).as_bytes());
        }
        member.finish()
    }

    /// The page of one person as plain text.
    pub fn plain(&self, slots: &Slots) -> io::Result<Bytes> {
        let mut plain = Vec::new();
        for (piece, slot) in &self.pieces {
            piece.inflate(&mut plain)?;
            plain.extend_from_slice(slot.map_or("", |slot| slots.get(slot)).as_bytes());
        }
        Ok(plain.into())
    }

    /// Bytes that it takes in memory.
    pub fn weight(&self) -> usize {
        let pieces = self.pieces.iter().map(|(piece, _)| piece.deflated.len() + size_of::<Piece>()).sum::<usize>();
        self.brotli.len() + self.zstd.len() + self.gzip.len() + pieces + size_of::<Self>()
    }

    /// Writes it down behind what `out` holds.
    pub fn write(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let outline = Outline {
            brotli: self.brotli.len(),
            zstd: self.zstd.len(),
            gzip: self.gzip.len(),
            pieces: self.pieces.iter().map(outlined).collect(),
            etag: self.etag.to_str().unwrap_or_default().to_owned(),
        };
        serde_json::to_writer(&mut *out, &outline)?;
        out.push(b'\n');
        for part in
            [&self.brotli, &self.zstd, &self.gzip].into_iter().chain(self.pieces.iter().map(|(p, _)| &p.deflated))
        {
            out.extend_from_slice(part);
        }
        Ok(())
    }

    /// Reads what [`Self::write`] wrote; none of anything else.
    pub fn read(mut bytes: Bytes) -> Option<Self> {
        let line = bytes.split_to(bytes.iter().position(|byte| *byte == b'\n')? + 1);
        let outline: Outline = serde_json::from_slice(&line).ok()?;
        let mut take = |length: usize| (length <= bytes.len()).then(|| bytes.split_to(length));
        let (brotli, zstd, gzip) = (take(outline.brotli)?, take(outline.zstd)?, take(outline.gzip)?);
        let mut pieces = Vec::with_capacity(outline.pieces.len());
        for (size, crc, length, slot) in outline.pieces {
            pieces.push((Piece { deflated: take(size)?, crc, length }, slot.and_then(Slot::from_letter)));
        }
        Some(Self { brotli, zstd, gzip, pieces, etag: HeaderValue::from_str(&outline.etag).ok()? })
    }
}

fn outlined((piece, slot): &(Piece, Option<Slot>)) -> (usize, u32, u32, Option<char>) {
    (piece.deflated.len(), piece.crc, piece.length, slot.map(Slot::letter))
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
    use super::*;

    const NONCE: &str = "n0";

    fn page() -> (StoredPage, Slots) {
        let html = format!("<p>head</p>{}<p>body</p>{}<p>end</p>", Slot::Cart.marker(NONCE), Slot::Theme.marker(NONCE));
        let stranger = Slots { theme: "lights".to_owned(), ..Slots::default() };
        (StoredPage::new(&html, NONCE, &stranger).unwrap(), stranger)
    }

    #[test]
    fn a_stranger_gets_the_same_page_in_every_encoding() {
        let (page, _) = page();
        let expected = "<p>head</p><p>body</p>lights<p>end</p>";
        assert_eq!(page.body(Encoding::Identity).unwrap(), expected);
        let mut brotli = Vec::new();
        let body = page.body(Encoding::Brotli).unwrap();
        brotli::Decompressor::new(body.as_ref(), 4096).read_to_end(&mut brotli).unwrap();
        assert_eq!(brotli, expected.as_bytes());
        let zstd = ::zstd::bulk::decompress(&page.body(Encoding::Zstd).unwrap(), 4096).unwrap();
        assert_eq!(zstd, expected.as_bytes());
    }

    #[test]
    fn somebody_gets_their_own_parts() {
        let (page, stranger) = page();
        let slots = Slots { cart: "<b>3</b>".to_owned(), ..stranger };
        let expected = "<p>head</p><b>3</b><p>body</p>lights<p>end</p>";
        assert_eq!(page.plain(&slots).unwrap(), expected);
        let mut inflated = String::new();
        flate2::read::GzDecoder::new(page.member(&slots).as_ref()).read_to_string(&mut inflated).unwrap();
        assert_eq!(inflated, expected);
    }

    #[test]
    fn it_takes_no_more_memory_than_it_says() {
        let html = (0..3_000).fold(String::new(), |html, n| html + &format!("<p>{n}</p>"));
        let page = StoredPage::new(&html, NONCE, &Slots::default()).unwrap();
        let deflated = page.pieces.into_iter().map(|(piece, _)| piece.deflated);
        for bytes in deflated.chain([page.brotli, page.zstd, page.gzip]) {
            let room = Vec::from(bytes);
            assert_eq!(room.capacity(), room.len());
        }
    }

    #[test]
    fn what_is_written_down_is_read_back_and_nothing_else() {
        let (page, _) = page();
        let mut bytes = Vec::new();
        page.write(&mut bytes).unwrap();
        assert_eq!(StoredPage::read(bytes.clone().into()), Some(page));
        for broken in [&bytes[..bytes.len() - 1], b"", b"{}\n", b"garbage"] {
            assert_eq!(StoredPage::read(Bytes::copy_from_slice(broken)), None);
        }
    }
}
