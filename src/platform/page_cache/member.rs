//! One gzip member with gaps: pieces that were compressed once, with other bytes put between them at any time.
//!
//! Browsers stop after the first member of a gzip stream, so members cannot be strung together. Instead each piece is
//! compressed on its own and ends on a byte boundary; what comes between is a stored block; checksum and length of the
//! whole are combined from those of the parts (RFC 1951 §3.2.4, RFC 1952 §2.3).

use std::{
    io::{self, Read},
    ops::Range,
};

use crc32fast::Hasher;
use flate2::read::{DeflateDecoder, GzDecoder};

use crate::platform::encoding::deflate_open;

/// Magic, method deflate, no flags, no time, unknown system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// An empty final block: the end of the stream.
const END: [u8; 2] = [3, 0];
/// The longest stored block.
const LONGEST: usize = u16::MAX as usize;

/// Text that was compressed to stand anywhere in a member, by where it lies in the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    start: u32,
    size: u32,
    crc: u32,
    /// What the checksum of whatever stands before it is multiplied by.
    shift: u32,
    length: u32,
}

impl Piece {
    /// Bytes that it is written in.
    pub const WRITTEN: usize = 5 * size_of::<u32>();

    pub fn write(&self, out: &mut Vec<u8>) {
        for number in [self.start, self.size, self.crc, self.shift, self.length] {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }

    /// Reads what [`Self::write`] wrote.
    pub fn read(written: &[u8; Self::WRITTEN]) -> Self {
        let number = |at: usize| u32::from_le_bytes(std::array::from_fn(|byte| written[at * size_of::<u32>() + byte]));
        Self { start: number(0), size: number(1), crc: number(2), shift: number(3), length: number(4) }
    }

    /// Whether it lies within so many bytes.
    pub fn is_within(&self, bytes: usize) -> bool {
        self.range().end <= bytes
    }

    fn range(&self) -> Range<usize> {
        let start = self.start as usize;
        start..start + self.size as usize
    }

    fn of<'a>(&self, member: &'a [u8]) -> &'a [u8] {
        &member[self.range()]
    }

    /// Appends the text.
    pub fn inflate(&self, member: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        DeflateDecoder::new(self.of(member).chain(END.as_slice())).read_to_end(out)?;
        Ok(())
    }
}

/// No page comes near the four gigabytes that the format can tell.
fn small(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// CRC-32's polynomial, with the highest power in the lowest bit (RFC 1952 §8).
const POLYNOMIAL: u32 = 0xedb8_8320;
/// The polynomial 1.
const ONE: u32 = 1 << 31;

/// `x` to as many powers as so many bytes have bits: a checksum times this is the checksum with so many zeros behind.
/// Combining two checksums takes a microsecond to find it, a page has many pieces, and their lengths never change.
fn shift(bytes: usize) -> u32 {
    let mut one = Hasher::new_with_initial(ONE);
    one.combine(&Hasher::new_with_initial_len(0, bytes as u64));
    one.finalize()
}

/// The product of two polynomials modulo [`POLYNOMIAL`].
fn multiply(a: u32, mut b: u32) -> u32 {
    let mut product = 0;
    for power in (0..u32::BITS).rev() {
        product ^= b & (a >> power & 1).wrapping_neg();
        b = b >> 1 ^ POLYNOMIAL & (b & 1).wrapping_neg();
    }
    product
}

/// The text of a whole member.
pub fn inflate(member: &[u8]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    GzDecoder::new(member).read_to_end(&mut text)?;
    Ok(text)
}

/// Puts a member together.
pub struct Member {
    out: Vec<u8>,
    crc: u32,
    /// Of the whole text, modulo 2^32 as the format has it.
    length: u32,
}

impl Member {
    pub fn with_capacity(bytes: usize) -> Self {
        let mut out = Vec::with_capacity(bytes + 64);
        out.extend_from_slice(&HEADER);
        Self { out, crc: 0, length: 0 }
    }

    /// Compresses a text into it.
    pub fn text(&mut self, text: &[u8]) -> io::Result<Piece> {
        let deflated = deflate_open(text)?;
        let piece = Piece {
            start: small(self.out.len()),
            size: small(deflated.len()),
            crc: crc32fast::hash(text),
            shift: shift(text.len()),
            length: small(text.len()),
        };
        self.append(&deflated, &piece);
        Ok(piece)
    }

    /// A piece of another member.
    pub fn piece(&mut self, piece: &Piece, member: &[u8]) {
        self.append(piece.of(member), piece);
    }

    fn append(&mut self, deflated: &[u8], piece: &Piece) {
        self.out.extend_from_slice(deflated);
        self.crc = multiply(piece.shift, self.crc) ^ piece.crc;
        self.length = self.length.wrapping_add(piece.length);
    }

    /// Bytes as they are.
    pub fn stored(&mut self, text: &[u8]) {
        for block in text.chunks(LONGEST) {
            let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
            self.out.push(0);
            self.out.extend_from_slice(&length.to_le_bytes());
            self.out.extend_from_slice(&(!length).to_le_bytes());
            self.out.extend_from_slice(block);
            self.length = self.length.wrapping_add(length.into());
        }
        let mut crc = Hasher::new_with_initial(self.crc);
        crc.update(text);
        self.crc = crc.finalize();
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.out.extend_from_slice(&END);
        self.out.extend_from_slice(&self.crc.to_le_bytes());
        self.out.extend_from_slice(&self.length.to_le_bytes());
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader of single members sees.
    fn text(member: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        let mut decoder = GzDecoder::new(member);
        decoder.read_to_end(&mut text).unwrap();
        assert!(decoder.into_inner().is_empty(), "nothing follows the member");
        text
    }

    #[test]
    fn pieces_and_gaps_are_one_member() {
        let (head, tail) = ("<p>head</p>".repeat(500), "<p>хвост</p>".repeat(500));
        let mut first = Member::with_capacity(0);
        let pieces = [head.as_bytes(), tail.as_bytes()].map(|text| {
            let piece = first.text(text).unwrap();
            first.stored(b"!");
            piece
        });
        let first = first.finish();
        assert_eq!(text(&first), format!("{head}!{tail}!").into_bytes());
        assert_eq!(inflate(&first).unwrap(), text(&first));
        for gap in ["", "3", &"long ".repeat(30_000)] {
            let mut member = Member::with_capacity(0);
            member.piece(&pieces[0], &first);
            member.stored(gap.as_bytes());
            member.piece(&pieces[1], &first);
            assert_eq!(text(&member.finish()), format!("{head}{gap}{tail}").into_bytes());
        }
        let mut out = Vec::new();
        pieces[1].inflate(&first, &mut out).unwrap();
        assert_eq!(out, tail.as_bytes());
    }

    #[test]
    fn an_empty_piece_is_nothing() {
        let mut member = Member::with_capacity(0);
        member.text(b"").unwrap();
        assert_eq!(text(&member.finish()), b"");
    }
}
