//! Making a backup.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::Context;
use time::{OffsetDateTime, macros::format_description};

use super::{CHECKSUMS, DATABASE, MANIFEST, Manifest, checksums, checksums::Hashing, database};

/// More time gives little.
const LEVEL: i32 = 3;

/// A backup that was made.
#[derive(Debug)]
pub struct Written {
    pub folder: PathBuf,
    pub manifest: Manifest,
    /// On the disk.
    pub bytes: u64,
}

/// Makes `place` and has it to itself for as long as what is returned lives: whoever else backs up waits, rather than sweep
/// away what is being written.
pub fn claim(place: &Path) -> anyhow::Result<File> {
    DirBuilder::new().recursive(true).mode(0o700).create(place).with_context(|| format!("{}", place.display()))?;
    let folder = File::open(place)?;
    folder.lock()?;
    Ok(folder)
}

/// Writes a backup of the database at `url` into a new folder of `place`, which is claimed. `tell` hears how many bytes of statements there
/// were so far. `about` holds what is known before; the number of its statements is counted here.
pub fn write(url: &str, place: &Path, about: Manifest, tell: &mut dyn FnMut(u64)) -> anyhow::Result<Written> {
    let name = free_name(place, about.at)?;
    let unfinished = place.join(format!(".{name}.part"));
    DirBuilder::new().mode(0o700).create(&unfinished)?;
    let written = fill(url, &unfinished, about, tell);
    if written.is_err() {
        // Whoever dies before this leaves what nobody takes for whole; the next run sweeps it away.
        fs::remove_dir_all(&unfinished).ok();
    }
    let manifest = written?;
    let folder = place.join(name);
    fs::rename(&unfinished, &folder)?;
    File::open(place)?.sync_all()?;
    let bytes = fs::metadata(folder.join(DATABASE))?.len();
    Ok(Written { folder, manifest, bytes })
}

/// Deletes all but the newest backups of `place`, and what runs that died have left. Returns what is gone.
pub fn forget(place: &Path, keep: usize) -> io::Result<Vec<PathBuf>> {
    let mut whole = Vec::new();
    let mut gone = Vec::new();
    for entry in fs::read_dir(place)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_name(&name) {
            whole.push(entry.path());
        } else if name.strip_prefix('.').and_then(|name| name.strip_suffix(".part")).is_some_and(is_name) {
            gone.push(entry.path());
        }
    }
    whole.sort_unstable();
    gone.extend(whole.iter().take(whole.len().saturating_sub(keep)).cloned());
    for folder in &gone {
        fs::remove_dir_all(folder)?;
    }
    Ok(gone)
}

/// The name of the moment, or of the next second that has no backup yet.
fn free_name(place: &Path, mut at: OffsetDateTime) -> anyhow::Result<String> {
    loop {
        let name = name(at)?;
        if !place.join(&name).exists() {
            return Ok(name);
        }
        at += time::Duration::SECOND;
    }
}

/// A folder's name, which sorts by its moment.
fn name(at: OffsetDateTime) -> anyhow::Result<String> {
    Ok(at.format(format_description!("[year][month][day]T[hour][minute][second]Z"))?)
}

fn is_name(name: &str) -> bool {
    let pattern = |(at, c): (usize, char)| match at {
        8 => c == 'T',
        15 => c == 'Z',
        _ => c.is_ascii_digit(),
    };
    name.len() == 16 && name.chars().enumerate().all(pattern)
}

fn fill(url: &str, folder: &Path, about: Manifest, tell: &mut dyn FnMut(u64)) -> anyhow::Result<Manifest> {
    let (statements, database) = write_database(url, &folder.join(DATABASE), tell)?;
    let manifest = Manifest { statements, ..about };
    let text = serde_json::to_string_pretty(&manifest)? + "\n";
    let manifest_sum = write_file(&folder.join(MANIFEST), text.as_bytes())?;
    let sums = checksums::lines(&[(DATABASE, database), (MANIFEST, manifest_sum)]);
    write_file(&folder.join(CHECKSUMS), sums.as_bytes())?;
    File::open(folder)?.sync_all()?;
    Ok(manifest)
}

/// Returns the bytes of statements, and the checksum of the file.
fn write_database(url: &str, path: &Path, tell: &mut dyn FnMut(u64)) -> anyhow::Result<(u64, String)> {
    let mut dump = database::dump(url)?;
    let mut statements = dump.stdout.take().context("the dump has no output")?;
    let mut encoder = zstd::Encoder::new(Hashing::new(create(path)?), LEVEL)?;
    let (mut bytes, mut stretch) = (0, vec![0; 1 << 18]);
    loop {
        let read = statements.read(&mut stretch)?;
        if read == 0 {
            break;
        }
        encoder.write_all(&stretch[..read])?;
        bytes += read as u64;
        tell(bytes);
    }
    database::finish(dump)?;
    let (file, sum) = encoder.finish()?.finish();
    file.sync_all()?;
    Ok((bytes, sum))
}

fn write_file(path: &Path, content: &[u8]) -> io::Result<String> {
    let mut file = Hashing::new(create(path)?);
    file.write_all(content)?;
    let (file, sum) = file.finish();
    file.sync_all()?;
    Ok(sum)
}

/// It holds names and addresses of people.
fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn folders_are_named_by_their_moment() {
        let name = name(datetime!(2026-11-25 21:30:05.5 UTC)).unwrap();
        assert_eq!(name, "20261125T213005Z");
        assert!(is_name(&name));
        for other in ["20261125", "20261125T213005", ".20261125T213005Z.part", "2026112 T213005Z", "photos"] {
            assert!(!is_name(other), "{other}");
        }
    }
}
