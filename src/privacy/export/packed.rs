//! A JSON object, written member by member into a compressed file, so that it is never in memory as a whole.

use std::io::{self, Write};

use flate2::{Compression, write::GzEncoder};
use serde::Serialize;

/// The file so far.
pub(super) struct Packed {
    out: Counted<GzEncoder<Vec<u8>>>,
    /// Whether a comma is due before what comes next.
    follows: bool,
}

impl Packed {
    pub fn new() -> io::Result<Self> {
        let mut out = Counted { inner: GzEncoder::new(Vec::new(), Compression::default()), bytes: 0 };
        out.write_all(b"{")?;
        Ok(Self { out, follows: false })
    }

    /// A member with all of its value.
    pub fn put(&mut self, name: &str, value: &impl Serialize) -> io::Result<()> {
        self.name(name)?;
        Ok(serde_json::to_writer(&mut self.out, value)?)
    }

    /// A member that is a list, whose items follow.
    pub fn begin_list(&mut self, name: &str) -> io::Result<()> {
        self.name(name)?;
        self.follows = false;
        self.out.write_all(b"[")
    }

    pub fn push(&mut self, item: &impl Serialize) -> io::Result<()> {
        self.separate()?;
        Ok(serde_json::to_writer(&mut self.out, item)?)
    }

    pub fn end_list(&mut self) -> io::Result<()> {
        self.follows = true;
        self.out.write_all(b"]")
    }

    /// The file as gzip, and its size when it is not compressed.
    pub fn finish(mut self) -> io::Result<(Vec<u8>, u64)> {
        self.out.write_all(b"\n}\n")?;
        Ok((self.out.inner.finish()?, self.out.bytes))
    }

    fn name(&mut self, name: &str) -> io::Result<()> {
        self.separate()?;
        write!(self.out, "\"{name}\": ")
    }

    fn separate(&mut self) -> io::Result<()> {
        self.out.write_all(if self.follows { b",\n" } else { b"\n" })?;
        self.follows = true;
        Ok(())
    }
}

/// Counts what passes.
struct Counted<W> {
    inner: W,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(buffer)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn members_and_lists_come_to_one_object_of_the_told_size() {
        let mut file = Packed::new().unwrap();
        file.put("name", &"Nora \"N\"").unwrap();
        file.begin_list("none").unwrap();
        file.end_list().unwrap();
        file.begin_list("some").unwrap();
        for n in 1..=3 {
            file.push(&json!({ "n": n })).unwrap();
        }
        file.end_list().unwrap();
        file.put("last", &Value::Null).unwrap();
        let (gzip, bytes) = file.finish().unwrap();
        let mut text = String::new();
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text.len() as u64, bytes);
        let wanted = json!({ "name": "Nora \"N\"", "none": [], "some": [{"n": 1}, {"n": 2}, {"n": 3}], "last": null });
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), wanted);
    }
}
