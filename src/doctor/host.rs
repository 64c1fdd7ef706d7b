//! What stands beside the database: Redis, work that waits, mail and the disk.

use std::path::Path;

use super::{Finding, Outcome, Patient};
use crate::platform::{
    config::Config,
    db::Conn,
    queue::overview::{self, Backlog},
};

/// Logs and uploads need room; below this they may stop within a day.
const LEAST_FREE_BYTES: u64 = 1 << 30;
const LEAST_FREE_PERCENT: u64 = 5;

pub(super) async fn check_redis(patient: &Patient) -> Outcome {
    match patient.redis.ping().await {
        Ok(()) => Outcome::Fine("it answers".to_owned()),
        Err(error) => Outcome::Found(vec![Finding::advice(
            format!("it does not answer, and the shop is slower without: {error:#}"),
            "systemctl restart redis-server, or set REDIS_URL",
        )]),
    }
}

pub(super) async fn check_queue(conn: &mut Conn) -> sqlx::Result<Outcome> {
    let backlog = overview::backlog(conn).await?;
    let late = backlog.iter().filter(|backlog| backlog.is_late()).map(|Backlog { queue, age, .. }| {
        let minutes = age.as_secs() / 60;
        Finding::wrong(
            format!("the next job of {} has waited for {minutes} minutes", queue.word()),
            "see that a worker runs: systemctl status marquee-worker",
        )
    });
    let parked = backlog.iter().filter(|backlog| backlog.parked > 0).map(|Backlog { queue, parked, .. }| {
        Finding::wrong(
            format!("{parked} jobs of {} failed for good", queue.word()),
            format!("marquee jobs list --state parked --queue {}", queue.word()),
        )
    });
    Ok(Outcome::of(late.chain(parked).collect(), "nothing waits for long, nothing failed"))
}

pub(super) async fn check_mail(patient: &Patient) -> Outcome {
    if patient.post.keeps() {
        return Outcome::Fine("kept in the shop".to_owned());
    }
    match patient.post.greet().await {
        Ok(true) => Outcome::Fine("the server takes mail".to_owned()),
        Ok(false) => Outcome::wrong("there is no mail server: customers hear nothing", "set MARQUEE_SMTP_URL"),
        Err(error) => Outcome::wrong(
            format!("the mail server takes no mail: {error}"),
            "see that MARQUEE_SMTP_URL names a server that runs, and the right password",
        ),
    }
}

/// The room on the disk that the shop writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub free_bytes: u64,
    pub all_bytes: u64,
}

impl Room {
    /// Whether the shop may stop for lack of it within a day. A small disk may be mostly free.
    pub const fn is_low(self) -> bool {
        self.free_bytes < LEAST_FREE_BYTES && self.free_bytes < self.all_bytes / 100 * LEAST_FREE_PERCENT
    }
}

/// The room where the logs are, which is where backups and uploads are too unless they were put elsewhere.
pub fn room(config: &Config) -> std::io::Result<Room> {
    // A folder that is yet to be made lies where its parent does.
    let there = Path::new(&config.log_dir).ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    let disk = rustix::fs::statvfs(there)?;
    Ok(Room { free_bytes: disk.f_bavail * disk.f_frsize, all_bytes: disk.f_blocks * disk.f_frsize })
}

pub(super) fn check_disk(config: &Config) -> Outcome {
    let folder = &config.log_dir;
    match room(config) {
        Ok(room) => told(folder, room),
        Err(error) => Outcome::wrong(
            format!("{folder} cannot be looked at: {error}"),
            "see that MARQUEE_LOG_DIR is a folder that the shop may write to",
        ),
    }
}

fn told(folder: &str, room: Room) -> Outcome {
    let what = format!("{} MiB are left on the disk of {folder}", room.free_bytes >> 20);
    if room.is_low() {
        return Outcome::wrong(what, format!("du -xh {folder} | sort -h | tail, and delete or grow"));
    }
    Outcome::Fine(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_full_when_little_is_left_of_much() {
        let outcome = |free_bytes, all_bytes| told("logs", Room { free_bytes, all_bytes });
        assert!(matches!(outcome(100 << 20, 100 << 30), Outcome::Found(_)));
        assert!(matches!(outcome(2 << 30, 100 << 30), Outcome::Fine(_)), "two gigabytes are enough");
        assert!(matches!(outcome(40 << 20, 64 << 20), Outcome::Fine(_)), "a small disk may be mostly free");
    }
}
