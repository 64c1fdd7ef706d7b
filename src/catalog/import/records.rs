//! CSV records out of a stream of bytes, within fixed memory whatever the bytes are.

use super::problem::Reason;
use std::io::{self, Read};

/// A record is at most this long, so that an open quote cannot swallow a file into memory…
pub const MAX_BYTES: usize = 256 * 1024;
/// …and at most this many lines, so that many open quotes cannot make reading slow.
pub const MAX_LINES: usize = 200;
const BLOCK: usize = 64 * 1024;

/// Reads records one after the other. Blank lines are passed over.
pub struct Records<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    line: u64,
    ended: bool,
    cells: Vec<u8>,
    ends: Vec<usize>,
    consumed: u64,
}

/// A record: its cells, unquoted.
pub struct Record<'a> {
    pub line: u64,
    cells: &'a [u8],
    ends: &'a [usize],
}

impl Record<'_> {
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(self.ends).map(|(start, end)| &self.cells[start..*end])
    }
}

/// What a look at the bytes in hand says.
enum Scan {
    /// A record of so many bytes, its line end included.
    Whole(usize),
    /// The record goes on beyond the bytes in hand.
    More,
    /// No record; its first line is to be passed over.
    Broken(Reason),
}

impl<R: Read> Records<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            buffer: Vec::with_capacity(2 * BLOCK),
            start: 0,
            line: 1,
            ended: false,
            cells: Vec::new(),
            ends: Vec::new(),
            consumed: 0,
        }
    }

    /// Bytes of the input that are done with.
    pub const fn consumed(&self) -> u64 {
        self.consumed
    }

    /// The next record, or the line and the reason why there is none on it.
    pub fn next_record(&mut self) -> io::Result<Option<Result<Record<'_>, (u64, Reason)>>> {
        self.pass_byte_order_mark()?;
        self.pass_blank_lines()?;
        loop {
            if self.ended && self.start == self.buffer.len() {
                return Ok(None);
            }
            let line = self.line;
            match self.scan() {
                Scan::Whole(length) => {
                    self.advance(length);
                    return Ok(Some(Ok(Record { line, cells: &self.cells, ends: &self.ends })));
                }
                Scan::More => self.fill()?,
                Scan::Broken(reason) => {
                    self.pass_line()?;
                    return Ok(Some(Err((line, reason))));
                }
            }
        }
    }

    fn pass_byte_order_mark(&mut self) -> io::Result<()> {
        if self.consumed > 0 {
            return Ok(());
        }
        while self.buffer.len() < 3 && !self.ended {
            self.fill()?;
        }
        if self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.advance(3);
        }
        Ok(())
    }

    fn pass_blank_lines(&mut self) -> io::Result<()> {
        loop {
            match &self.buffer[self.start..] {
                [b'\n', ..] => self.advance(1),
                [b'\r', b'\n', ..] => self.advance(2),
                [] | [b'\r'] if !self.ended => self.fill()?,
                _ => return Ok(()),
            }
        }
    }

    /// Looks for the cells of a record in the bytes in hand, and puts them into `cells`.
    fn scan(&mut self) -> Scan {
        self.cells.clear();
        self.ends.clear();
        let bytes = &self.buffer[self.start..];
        let mut at = 0;
        loop {
            let end = if bytes.get(at) == Some(&b'"') {
                match quoted(bytes, at + 1, self.ended, &mut self.cells) {
                    Ok(end) => end,
                    Err(scan) => return limited(scan, bytes),
                }
            } else {
                match plain(bytes, at, self.ended, &mut self.cells) {
                    Some(end) => end,
                    None => return limited(Scan::More, bytes),
                }
            };
            self.ends.push(self.cells.len());
            match bytes.get(end) {
                Some(b',') => at = end + 1,
                Some(b'\r') => return Scan::Whole(end + 2),
                Some(_) => return Scan::Whole(end + 1),
                None => return Scan::Whole(end),
            }
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + BLOCK, 0);
        let read = loop {
            match self.input.read(&mut self.buffer[held..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.buffer.truncate(held + read);
        self.ended = read == 0;
        Ok(())
    }

    /// Past the end of the line at hand, however long it is.
    fn pass_line(&mut self) -> io::Result<()> {
        loop {
            let bytes = &self.buffer[self.start..];
            if let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
                self.advance(end + 1);
                return Ok(());
            }
            self.advance(bytes.len());
            if self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }

    fn advance(&mut self, length: usize) {
        self.line += line_ends(&self.buffer[self.start..self.start + length]) as u64;
        self.consumed += length as u64;
        self.start += length;
    }
}

/// The end of a cell without quotes: its comma, its line end, or the end of the file.
fn plain(bytes: &[u8], at: usize, ended: bool, cells: &mut Vec<u8>) -> Option<usize> {
    let end = match bytes[at..].iter().position(|byte| matches!(byte, b',' | b'\n')) {
        Some(length) => at + length,
        None if ended => bytes.len(),
        None => return None,
    };
    let returns = bytes.get(end) != Some(&b',') && end > at && bytes[end - 1] == b'\r';
    let end = if returns { end - 1 } else { end };
    cells.extend_from_slice(&bytes[at..end]);
    // A carriage return that ends the file ends the record too.
    Some(if returns && end + 1 == bytes.len() { bytes.len() } else { end })
}

/// The end of a cell that began with a quote, past its closing one.
fn quoted(bytes: &[u8], mut at: usize, ended: bool, cells: &mut Vec<u8>) -> Result<usize, Scan> {
    let missing = |reason| if ended { Scan::Broken(reason) } else { Scan::More };
    loop {
        let Some(length) = bytes[at..].iter().position(|byte| *byte == b'"') else {
            return Err(missing(Reason::OpenQuote));
        };
        cells.extend_from_slice(&bytes[at..at + length]);
        at += length + 1;
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'"'), _) => {
                cells.push(b'"');
                at += 1;
            }
            (Some(b',' | b'\n'), _) | (Some(b'\r'), Some(b'\n')) => return Ok(at),
            (None, _) if ended => return Ok(at),
            (None, _) | (Some(b'\r'), None) if !ended => return Err(Scan::More),
            _ => return Err(Scan::Broken(Reason::StrayQuote)),
        }
    }
}

/// More bytes are asked for only as long as the record may still be one.
fn limited(scan: Scan, bytes: &[u8]) -> Scan {
    let too_long = || bytes.len() >= MAX_BYTES || line_ends(bytes) > MAX_LINES;
    match scan {
        Scan::More if too_long() => Scan::Broken(Reason::RowTooLong { limit: MAX_BYTES, lines: MAX_LINES }),
        scan => scan,
    }
}

fn line_ends(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').count() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a few bytes at a time, so that every seam between reads is met.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(self.0.len()).min(into.len());
            into[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    fn read(bytes: &[u8], step: usize) -> Vec<(u64, Result<Vec<String>, Reason>)> {
        let mut records = Records::new(Drip(bytes, step));
        let mut all = Vec::new();
        while let Some(next) = records.next_record().expect("memory does not fail") {
            all.push(match next {
                Ok(record) => {
                    let cells = record.cells().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
                    (record.line, Ok(cells))
                }
                Err((line, reason)) => (line, Err(reason)),
            });
        }
        assert_eq!(records.consumed(), bytes.len() as u64);
        all
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Result<Vec<String>, Reason>) {
        (line, Ok(cells.iter().map(|cell| (*cell).to_owned()).collect()))
    }

    #[test]
    fn records_are_read_at_every_seam() {
        let file = b"\xEF\xBB\xBFa,b\r\n\r\n\"x, \"\"y\"\"\r\nz\",\n,\"\"\r\n\nlast,\"row\"\r\n6\" gun,7\r";
        let expected = [
            row(1, &["a", "b"]),
            row(3, &["x, \"y\"\r\nz", ""]),
            row(5, &["", ""]),
            row(7, &["last", "row"]),
            row(8, &["6\" gun", "7"]),
        ];
        for step in 1..40 {
            assert_eq!(read(file, step), expected, "{step} bytes at a time");
        }
    }

    #[test]
    fn a_broken_quote_costs_its_line_only() {
        for step in [1, 3, 1000] {
            let all = read(b"a,\"open\nb,\"fine, here\"\nc,\"bad\"quote\nd,e\n\"never", step);
            assert_eq!(all[0], (1, Err(Reason::StrayQuote)));
            assert_eq!(all[1], row(2, &["b", "fine, here"]));
            assert_eq!(all[2], (3, Err(Reason::StrayQuote)));
            assert_eq!(all[3], row(4, &["d", "e"]));
            assert_eq!(all[4], (5, Err(Reason::OpenQuote)));
        }
    }

    #[test]
    fn endless_records_end() {
        let mut file = b"a,\"".to_vec();
        file.extend(std::iter::repeat_n(b'x', 3 * MAX_BYTES));
        file.extend(b"\nb,c\nd,\"");
        file.extend(std::iter::repeat_n(b'\n', 2 * MAX_LINES));
        let all = read(&file, 10_000);
        assert!(matches!(all[0], (1, Err(Reason::RowTooLong { .. }))));
        assert_eq!(all[1], row(2, &["b", "c"]));
        assert!(matches!(all[2], (3, Err(Reason::OpenQuote | Reason::RowTooLong { .. }))));
        assert_eq!(all.len(), 3);
    }
}
