//! Checksums of files, read and written as `sha256sum` does.

use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    path::Path,
};

use sha2::{Digest, Sha256};

/// Passes on what is written, and knows its length and checksum.
pub(super) struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    pub fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new() }
    }

    /// What was written to, and the checksum of what was.
    pub fn finish(self) -> (W, String) {
        (self.inner, hex(&self.hash.finalize()))
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(bytes)?;
        self.hash.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// The checksum of a file; `tell` hears of each stretch that was read.
pub(super) fn of_file(path: &Path, mut tell: impl FnMut(u64)) -> io::Result<String> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let (mut hash, mut stretch) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        match file.read(&mut stretch)? {
            0 => return Ok(hex(&hash.finalize())),
            read => {
                hash.update(&stretch[..read]);
                tell(read as u64);
            }
        }
    }
}

/// A line for each file.
pub(super) fn lines(sums: &[(&str, String)]) -> String {
    sums.iter().fold(String::new(), |lines, (name, sum)| format!("{lines}{sum}  {name}\n"))
}

/// The checksum that the lines have of a file.
pub(super) fn named<'a>(lines: &'a str, name: &str) -> Option<&'a str> {
    lines.lines().find_map(|line| line.split_once("  ").filter(|(_, of)| *of == name).map(|(sum, _)| sum))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_has_the_checksum_that_sha256sum_gives() {
        let mut hashing = Hashing::new(Vec::new());
        hashing.write_all(b"abc").unwrap();
        let (bytes, sum) = hashing.finish();
        assert_eq!(bytes, b"abc");
        assert_eq!(sum, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let lines = lines(&[("a", sum.clone()), ("b", "0".to_owned())]);
        assert_eq!((named(&lines, "a"), named(&lines, "b")), (Some(sum.as_str()), Some("0")));
        assert_eq!(named(&lines, "c"), None);
    }
}
