//! A page as it is kept: compressed, with its personal places left open.

use std::{
    io,
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{body::Bytes, http::HeaderValue};
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
    /// Where the pieces between its slots lie in the gzip; behind each the slot that follows it. As it is written down:
    /// most who read a page from Redis never need it.
    outline: Bytes,
    brotli: Smaller,
    zstd: Smaller,
    is_worth_more: AtomicBool,
    /// Of the stranger's page; weak, since it is the same in every encoding.
    pub etag: HeaderValue,
}

/// The page of a stranger in another encoding, once it is made; nothing if it is no smaller.
type Smaller = OnceLock<Option<Bytes>>;

/// A piece and the letter of a slot, or a zero.
const OUTLINED: usize = Piece::WRITTEN + 1;

impl StoredPage {
    /// Keeps a rendered page whose slots are marked by `nonce`; `stranger` is what fills them for somebody unknown.
    pub fn new(html: &str, nonce: &str, stranger: &Slots) -> io::Result<Self> {
        let (mut member, mut digest) = (Member::with_capacity(html.len() / 4), Sha256::new());
        let mut outline = Vec::new();
        for (text, slot) in Slots::split(nonce, html) {
            let filling = slot.map_or("", |slot| stranger.get(slot)).as_bytes();
            member.text(text.as_bytes())?.write(&mut outline);
            outline.push(slot.map_or(0, Slot::letter));
            member.stored(filling);
            digest.update(text);
            digest.update(filling);
        }
        let digest = digest.finalize().iter().take(12).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let etag = HeaderValue::from_str(&format!("W/\"{digest}\"")).map_err(io::Error::other)?;
        Ok(Self::of(etag, outline.into_boxed_slice().into(), kept(member.finish())))
    }

    fn of(etag: HeaderValue, outline: Bytes, gzip: Bytes) -> Self {
        let (brotli, zstd) = (Smaller::default(), Smaller::default());
        Self { gzip, outline, brotli, zstd, is_worth_more: AtomicBool::default(), etag }
    }

    /// The page that has this etag, [`outline`](Self::outline) and [`gzip`](Self::gzip); none if they do not fit.
    pub fn read(etag: &str, outline: Bytes, gzip: Bytes) -> Option<Self> {
        let page = Self::of(HeaderValue::from_str(etag).ok()?, outline, gzip);
        let is_whole = page.outline.len().is_multiple_of(OUTLINED);
        (is_whole && page.pieces().all(|(piece, _)| piece.is_within(page.gzip.len()))).then_some(page)
    }

    /// How it is taken apart.
    pub fn outline(&self) -> &[u8] {
        &self.outline
    }

    /// Notes that it is asked for again; true for the first who does, and who is to have the smaller encodings made.
    pub fn asked_for_again(&self) -> bool {
        // Read first: all who look at a page would otherwise wait for each other's writes.
        !self.is_worth_more.load(Ordering::Relaxed) && !self.is_worth_more.swap(true, Ordering::Relaxed)
    }

    /// Makes what [`Self::smaller`] gives out: half a millisecond of work, or more.
    pub fn make_smaller(&self) {
        for encoding in [Encoding::Brotli, Encoding::Zstd] {
            self.smaller(encoding, true);
        }
    }

    /// The page of a stranger in brotli or zstd, if that is smaller than gzip and made by now; it is made at once for whoever
    /// needs it, as those do who read nothing else.
    pub fn smaller(&self, encoding: Encoding, is_needed: bool) -> Option<Bytes> {
        let kept_as = match encoding {
            Encoding::Brotli => &self.brotli,
            Encoding::Zstd => &self.zstd,
            Encoding::Gzip | Encoding::Identity => return None,
        };
        if is_needed {
            return kept_as.get_or_init(|| self.made_smaller(encoding)).clone();
        }
        kept_as.get()?.clone()
    }

    fn made_smaller(&self, encoding: Encoding) -> Option<Bytes> {
        let text = member::inflate(&self.gzip).ok()?;
        // Each at the level after which more time gives little.
        let bytes = if encoding == Encoding::Brotli { brotli(&text, 5) } else { zstd(&text, 3) };
        bytes.ok().filter(|bytes| bytes.len() < self.gzip.len()).map(kept)
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
        for (piece, slot) in self.pieces() {
            member.piece(&piece, &self.gzip);
            member.stored(slot.map_or("", |slot| slots.get(slot)).as_bytes());
        }
        member.finish().into()
    }

    /// The page of one person as plain text.
    pub fn plain(&self, slots: &Slots) -> io::Result<Bytes> {
        let mut plain = Vec::new();
        for (piece, slot) in self.pieces() {
            piece.inflate(&self.gzip, &mut plain)?;
            plain.extend_from_slice(slot.map_or("", |slot| slots.get(slot)).as_bytes());
        }
        Ok(plain.into())
    }

    /// The pieces in their order, each with the slot that follows it.
    fn pieces(&self) -> impl Iterator<Item = (Piece, Option<Slot>)> {
        self.outline.chunks_exact(OUTLINED).filter_map(|outlined| {
            let (piece, letter) = outlined.split_first_chunk()?;
            Some((Piece::read(piece), Slot::from_letter(*letter.first()?)))
        })
    }

    /// Bytes that it takes in memory at most, when all encodings are made.
    pub const fn weight(&self) -> usize {
        size_of::<Self>() + self.outline.len() + 3 * self.gzip.len()
    }
}

/// Compressors leave much room behind their output, which would be kept as long as the page.
fn kept(bytes: Vec<u8>) -> Bytes {
    bytes.into_boxed_slice().into()
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
        let mut brotli = String::new();
        let bytes = page.smaller(Encoding::Brotli, true).unwrap();
        brotli::Decompressor::new(bytes.as_ref(), 4096).read_to_string(&mut brotli).unwrap();
        assert_eq!(brotli, expected(""));
        let zstd = ::zstd::bulk::decompress(&page.smaller(Encoding::Zstd, true).unwrap(), 4096).unwrap();
        assert_eq!(zstd, expected("").as_bytes());
    }

    #[test]
    fn the_first_who_asks_again_has_other_encodings_made() {
        let (page, _) = page();
        assert_eq!([(); 3].map(|()| page.asked_for_again()), [true, false, false]);
        let has = |encoding| page.smaller(encoding, false).is_some();
        assert!(!has(Encoding::Brotli) && !has(Encoding::Zstd));
        page.make_smaller();
        assert!(has(Encoding::Brotli) && has(Encoding::Zstd) && !has(Encoding::Gzip) && !has(Encoding::Identity));
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
        let weight = page.weight();
        page.make_smaller();
        let made = [page.brotli, page.zstd].map(|made| made.into_inner().flatten().unwrap());
        let bytes = [vec![page.gzip, page.outline], made.to_vec()].concat();
        drop(made);
        let rooms: Vec<usize> = bytes.into_iter().map(|bytes| Vec::from(bytes).capacity()).collect();
        assert!(rooms.iter().sum::<usize>() <= weight, "{rooms:?} in {weight}");
    }

    #[test]
    fn what_is_given_out_is_read_back_and_nothing_else() {
        let (page, stranger) = page();
        let read =
            |outline: &[u8], gzip| StoredPage::read(page.etag.to_str().unwrap(), Bytes::copy_from_slice(outline), gzip);
        let same = read(page.outline(), page.gzip()).unwrap();
        assert_eq!((&same.etag, same.weight(), same.gzip()), (&page.etag, page.weight(), page.gzip()));
        assert_eq!(same.member(&stranger), page.member(&stranger));
        assert!(read(&page.outline()[1..], page.gzip()).is_none() && read(page.outline(), Bytes::new()).is_none());
    }
}
