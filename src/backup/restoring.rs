//! Putting a backup back.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

use anyhow::Context;

use super::{CHECKSUMS, DATABASE, MANIFEST, Manifest, checksums, database, queries};
use crate::platform::{db::Database, migrations};

/// Why nothing was put back. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("{0} is missing: this is no whole backup")]
    Missing(&'static str),
    #[error("{0} is not what was written: its checksum differs")]
    Damaged(&'static str),
    #[error("it was made by a newer release, with {0} migrations")]
    Newer(usize),
    #[error("the database is not empty, it has {0} tables; make an empty one and name it in DATABASE_URL")]
    NotEmpty(i64),
}

/// Reads a backup to its end. `tell` hears how many bytes were looked at so far, and how many there are.
pub fn verify(folder: &Path, tell: &mut dyn FnMut(u64, u64)) -> anyhow::Result<Result<Manifest, Refused>> {
    let Ok(sums) = fs::read_to_string(folder.join(CHECKSUMS)) else {
        return Ok(Err(Refused::Missing(CHECKSUMS)));
    };
    let Ok(all) = fs::metadata(folder.join(DATABASE)).map(|file| file.len()) else {
        return Ok(Err(Refused::Missing(DATABASE)));
    };
    let mut read = 0;
    for name in [MANIFEST, DATABASE] {
        let told = |bytes| {
            read += bytes;
            tell(read.min(all), all);
        };
        let Ok(sum) = checksums::of_file(&folder.join(name), told) else { return Ok(Err(Refused::Missing(name))) };
        if checksums::named(&sums, name) != Some(&sum) {
            return Ok(Err(Refused::Damaged(name)));
        }
    }
    let manifest: Manifest = serde_json::from_slice(&fs::read(folder.join(MANIFEST))?)?;
    Ok(if manifest.migrations > migrations::count() { Err(Refused::Newer(manifest.migrations)) } else { Ok(manifest) })
}

/// Whether nothing is in the database that a restore could meet.
pub async fn is_empty(db: &Database) -> sqlx::Result<Result<(), Refused>> {
    let tables = queries::tables(&mut db.conn().await?).await?;
    Ok(if tables == 0 { Ok(()) } else { Err(Refused::NotEmpty(tables)) })
}

/// Carries out the statements of a verified backup. `tell` hears how many bytes of them there were so far.
pub fn restore(url: &str, folder: &Path, tell: &mut dyn FnMut(u64)) -> anyhow::Result<()> {
    let mut statements = zstd::Decoder::new(File::open(folder.join(DATABASE))?)?;
    let mut client = database::client(url)?;
    let mut input = client.stdin.take().context("the client has no input")?;
    let copied = copy(&mut statements, &mut input, tell);
    drop(input);
    // A client that stopped says why, and that it stopped is all that the copying knows.
    database::finish(client)?;
    Ok(copied?)
}

fn copy(from: &mut impl Read, to: &mut impl Write, tell: &mut dyn FnMut(u64)) -> io::Result<()> {
    let (mut bytes, mut stretch) = (0, vec![0; 1 << 18]);
    loop {
        let read = from.read(&mut stretch)?;
        if read == 0 {
            return to.flush();
        }
        to.write_all(&stretch[..read])?;
        bytes += read as u64;
        tell(bytes);
    }
}
