//! One gzip member with gaps: pieces that were compressed once, with other bytes put between them at any time.
//!
//! Browsers stop after the first member of a gzip stream, so members cannot be strung together. Instead each piece is
//! compressed on its own and ends on a byte boundary; what comes between is a stored block; checksum and length of the
//! whole are combined from those of the parts (RFC 1951 §3.2.4, RFC 1952 §2.3).

use std::io::{self, Read};

use axum::body::Bytes;
use crc32fast::Hasher;
use flate2::read::DeflateDecoder;

use crate::platform::encoding::deflate_open;

/// Magic, method deflate, no flags, no time, unknown system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// An empty final block: the end of the stream.
const END: [u8; 2] = [3, 0];
/// The longest stored block.
const LONGEST: usize = u16::MAX as usize;

/// Text that was compressed to stand anywhere in a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub deflated: Bytes,
    pub crc: u32,
    pub length: u32,
}

impl Piece {
    pub fn new(text: &[u8]) -> io::Result<Self> {
        // What is kept for long keeps no room that it does not need.
        let deflated = deflate_open(text)?.into_boxed_slice().into();
        Ok(Self { deflated, crc: crc32fast::hash(text), length: u32::try_from(text.len()).unwrap_or(u32::MAX) })
    }

    /// Appends the text.
    pub fn inflate(&self, out: &mut Vec<u8>) -> io::Result<()> {
        DeflateDecoder::new(self.deflated.as_ref().chain(END.as_slice())).read_to_end(out)?;
        Ok(())
    }
}

/// Puts a member together.
pub struct Member {
    out: Vec<u8>,
    crc: Hasher,
    /// Of the whole text, modulo 2^32 as the format has it.
    length: u32,
}

impl Member {
    pub fn with_capacity(bytes: usize) -> Self {
        let mut out = Vec::with_capacity(bytes + 64);
        out.extend_from_slice(&HEADER);
        Self { out, crc: Hasher::new(), length: 0 }
    }

    pub fn piece(&mut self, piece: &Piece) {
        self.out.extend_from_slice(&piece.deflated);
        let crc = Hasher::new_with_initial_len(piece.crc, piece.length.into());
        // Combining costs a microsecond; before the first piece there is nothing to combine with.
        if self.length == 0 {
            self.crc = crc;
        } else {
            self.crc.combine(&crc);
        }
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
        self.crc.update(text);
    }

    pub fn finish(mut self) -> Bytes {
        self.out.extend_from_slice(&END);
        self.out.extend_from_slice(&self.crc.finalize().to_le_bytes());
        self.out.extend_from_slice(&self.length.to_le_bytes());
        self.out.into()
    }
}

#[cfg(test)]
mod tests {
    use flate2::read::GzDecoder;

    use super::*;

    /// What a reader of single members sees.
    fn text(member: &Bytes) -> Vec<u8> {
        let mut text = Vec::new();
        let mut decoder = GzDecoder::new(member.as_ref());
        decoder.read_to_end(&mut text).unwrap();
        assert!(decoder.into_inner().is_empty(), "nothing follows the member");
        text
    }

    #[test]
    fn pieces_and_gaps_are_one_member() {
        let (head, tail) = ("<p>head</p>".repeat(500), "<p>хвост</p>".repeat(500));
        let pieces = [Piece::new(head.as_bytes()).unwrap(), Piece::new(tail.as_bytes()).unwrap()];
        for gap in ["", "3", &"long ".repeat(30_000)] {
            let mut member = Member::with_capacity(0);
            member.piece(&pieces[0]);
            member.stored(gap.as_bytes());
            member.piece(&pieces[1]);
            assert_eq!(text(&member.finish()), format!("{head}{gap}{tail}").into_bytes());
        }
        let mut out = Vec::new();
        pieces[1].inflate(&mut out).unwrap();
        assert_eq!(out, tail.as_bytes());
    }

    #[test]
    fn an_empty_piece_is_nothing() {
        let mut member = Member::with_capacity(0);
        member.piece(&Piece::new(b"").unwrap());
        assert_eq!(text(&member.finish()), b"");
    }
}
