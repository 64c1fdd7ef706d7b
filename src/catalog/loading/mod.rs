//! Taking films into the shop by the hundred: the sample, files, invented films.
//!
//! A [`Loader`] takes chunks of rows. Each chunk is one transaction, so that a run that is killed has stored whole
//! chunks or nothing of them, and a second run goes on where it ended: what is there already as the source says it is
//! left untouched, down to versions and times. Rows that cannot be taken are named; the rest of their chunk is stored.
//! People and studios are made ahead of the chunk that first names them.

mod actions;
pub mod claims;
pub mod plan;
mod resolve;
pub mod store;

use std::{
    io::{self, Read},
    thread,
};

use tokio::sync::mpsc;

pub use self::actions::{CONNECTIONS, Loader, has_films, missing};
use super::import::{Problem, Row, Rows};

/// Rows that are stored together.
pub const CHUNK: usize = crate::catalog::queries::loading::LIST;

/// What came of the rows so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub refused: u64,
}

impl Report {
    pub const fn rows(&self) -> u64 {
        self.added + self.changed + self.unchanged + self.refused
    }
}

/// Some rows of a file: films, and what is wrong with each row that is none.
#[derive(Debug, Default)]
pub struct Chunk {
    pub rows: Vec<Row>,
    pub refused: Vec<Vec<Problem>>,
    /// Bytes of the file read so far.
    pub bytes: u64,
}

/// Reads a film file on a thread of its own, a chunk ahead of whoever stores it. A refused header is the inner error.
pub fn read<R: Read + Send + 'static>(file: R) -> io::Result<Result<mpsc::Receiver<io::Result<Chunk>>, Vec<Problem>>> {
    let mut rows = match Rows::open(file)? {
        Ok(rows) => rows,
        Err(problems) => return Ok(Err(problems)),
    };
    let (sender, receiver) = mpsc::channel(1);
    thread::Builder::new().name("film-file".to_owned()).spawn(move || {
        loop {
            let chunk = next_chunk(&mut rows);
            let last = chunk.as_ref().map_or(true, |chunk| chunk.rows.is_empty() && chunk.refused.is_empty());
            // Nobody listens any more when the command was given up.
            if sender.blocking_send(chunk).is_err() || last {
                return;
            }
        }
    })?;
    Ok(Ok(receiver))
}

fn next_chunk<R: Read>(rows: &mut Rows<R>) -> io::Result<Chunk> {
    let mut chunk = Chunk::default();
    while chunk.rows.len() < CHUNK && chunk.refused.len() < CHUNK {
        match rows.next_row()? {
            None => break,
            Some(Ok(row)) => chunk.rows.push(row),
            Some(Err(problems)) => chunk.refused.push(problems),
        }
    }
    chunk.bytes = rows.consumed();
    Ok(chunk)
}
