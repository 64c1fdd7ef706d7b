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

pub(super) fn check_disk(config: &Config) -> Outcome {
    let folder = Path::new(&config.log_dir);
    match rustix::fs::statvfs(folder) {
        Ok(disk) => room(folder, disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize),
        Err(error) => Outcome::wrong(
            format!("{} cannot be looked at: {error}", folder.display()),
            "see that MARQUEE_LOG_DIR is a folder that the shop may write to",
        ),
    }
}

fn room(folder: &Path, free: u64, all: u64) -> Outcome {
    let folder = folder.display();
    if free < LEAST_FREE_BYTES && free < all / 100 * LEAST_FREE_PERCENT {
        let what = format!("{} MiB are left on the disk of {folder}", free >> 20);
        return Outcome::wrong(what, format!("du -xh {folder} | sort -h | tail, and delete or grow"));
    }
    Outcome::Fine(format!("{} MiB are left on the disk of {folder}", free >> 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_full_when_little_is_left_of_much() {
        let outcome = |free, all| room(Path::new("logs"), free, all);
        assert!(matches!(outcome(100 << 20, 100 << 30), Outcome::Found(_)));
        assert!(matches!(outcome(2 << 30, 100 << 30), Outcome::Fine(_)), "two gigabytes are enough");
        assert!(matches!(outcome(40 << 20, 64 << 20), Outcome::Fine(_)), "a small disk may be mostly free");
    }
}
