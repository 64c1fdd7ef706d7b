//! Content encodings: which one a browser reads, and how to write each.

use std::{
    cell::RefCell,
    io::{self, Write},
};

use axum::http::{HeaderMap, HeaderValue, header::ACCEPT_ENCODING};
use flate2::{Compress, Compression, FlushCompress};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Zstd,
    Gzip,
    Identity,
}

impl Encoding {
    /// The first of these that the request accepts, else none.
    pub fn accepted(headers: &HeaderMap, preferred: &[Self]) -> Self {
        let accept = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let read = |encoding: &&Self| accepts(accept, encoding.name());
        preferred.iter().find(read).copied().unwrap_or(Self::Identity)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// The value of `Content-Encoding`.
    pub fn header(self) -> Option<HeaderValue> {
        (self != Self::Identity).then(|| HeaderValue::from_static(self.name()))
    }
}

/// Whether an `Accept-Encoding` value names `encoding` and does not weigh it zero.
pub fn accepts(accept_encoding: &str, encoding: &str) -> bool {
    accept_encoding.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        parts.next() == Some(encoding) && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

/// Levels 0 to 11. The best takes a hundred times as long as the fifth for a tenth fewer bytes.
pub fn brotli(content: &[u8], level: u32) -> io::Result<Vec<u8>> {
    // Windows below 18 bits make the encoder choose a search that takes twenty times as long on a page.
    let window = (usize::BITS - content.len().leading_zeros()).clamp(18, 22);
    let mut out = Vec::with_capacity(content.len() / 6);
    brotli::CompressorWriter::new(&mut out, 4096, level, window).write_all(content)?;
    Ok(out)
}

/// Levels 1 to 9.
pub fn gzip(content: &[u8], level: u32) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(content)?;
    encoder.finish()
}

// What these encoders work in is many times larger than a page, and making it takes as long as the work.
thread_local! {
    static ZSTD: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
    static DEFLATE: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(6), false));
}

/// Raw deflate at level 6 that ends on a byte boundary and not its stream, so that more can follow (RFC 1951 §3.2.4).
pub fn deflate_open(content: &[u8]) -> io::Result<Vec<u8>> {
    DEFLATE.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut out = Vec::with_capacity(content.len() / 4 + 64);
        let mut rest = content;
        loop {
            let before = compressor.total_in();
            compressor.compress_vec(rest, &mut out, FlushCompress::Sync)?;
            let taken = usize::try_from(compressor.total_in() - before).unwrap_or(rest.len());
            rest = &rest[taken..];
            // As long as it fills all the room, it may have more to write.
            if out.len() < out.capacity() {
                return Ok(out);
            }
            out.reserve(out.capacity());
        }
    })
}

/// Levels 1 to 19.
pub fn zstd(content: &[u8], level: i32) -> io::Result<Vec<u8>> {
    ZSTD.with_borrow_mut(|kept| {
        let mut compressor = match kept.take() {
            Some(compressor) => compressor,
            None => zstd::bulk::Compressor::new(level)?,
        };
        compressor.set_compression_level(level)?;
        let compressed = compressor.compress(content)?;
        *kept = Some(compressor);
        Ok(compressed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_weight_refuses_an_encoding() {
        assert!(accepts("gzip, deflate, br;q=0.5", "br"));
        assert!(!accepts("gzip, br;q=0", "br") && !accepts("brx", "br"));
    }

    #[test]
    fn the_first_that_is_accepted_is_taken() {
        let headers = |value| HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        let preferred = [Encoding::Brotli, Encoding::Gzip];
        assert_eq!(Encoding::accepted(&headers("gzip, br"), &preferred), Encoding::Brotli);
        assert_eq!(Encoding::accepted(&headers("zstd, gzip"), &preferred), Encoding::Gzip);
        assert_eq!(Encoding::accepted(&HeaderMap::new(), &preferred), Encoding::Identity);
    }
}
