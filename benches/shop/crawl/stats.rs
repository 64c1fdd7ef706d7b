//! What a node and Redis keep, as `marquee cache stats` tells.

use std::{process::Stdio, time::Duration};

use anyhow::Context as _;

use crate::{
    process::{Process, resident_mib},
    session::Session,
    shop::Shop,
};

/// A node reports every five seconds, and warms its pages after its start.
const REPORT: Duration = Duration::from_secs(6);
const LOOKS: u32 = 20;

#[derive(Clone, Debug)]
pub struct Stats {
    /// Of the node.
    pub pages: u64,
    pub bytes_mib: f64,
    pub resident_mib: f64,
    /// Of this shop in Redis.
    pub redis_pages: u64,
    pub redis_mib: f64,
}

impl Stats {
    /// Once a report finds as many pages as the one before.
    pub async fn settled(session: &Session, name: &str, shop: &Shop) -> anyhow::Result<Self> {
        let mut before = None;
        for _ in 0..LOOKS {
            tokio::time::sleep(REPORT).await;
            let stats = Self::read(session, name, shop).await?;
            let pages = (stats.pages, stats.redis_pages);
            if before.replace(pages) == Some(pages) {
                return Ok(stats);
            }
        }
        anyhow::bail!("the page cache does not settle")
    }

    async fn read(session: &Session, name: &str, shop: &Shop) -> anyhow::Result<Self> {
        let mut command = session.program.command(&session.database_url);
        command.args(["cache", "stats"]).stdout(Stdio::piped());
        command.env("MARQUEE_REDIS_PREFIX", format!("bench-{name}"));
        let (text, is_well) = tokio::task::block_in_place(|| Process::start(&mut command)?.output())?;
        anyhow::ensure!(is_well, "the page cache tells nothing: {text}");
        let [_, node, redis] = &text.lines().collect::<Vec<_>>()[..] else {
            anyhow::bail!("one node should report: {text}")
        };
        let ([pages, bytes], [redis_pages, redis_bytes]) = (numbers(node)?, numbers(redis)?);
        Ok(Self {
            pages,
            bytes_mib: mib(bytes)?,
            resident_mib: resident_mib(shop.pid())?,
            redis_pages,
            redis_mib: mib(redis_bytes)?,
        })
    }
}

/// Pages and bytes of a line, behind the name.
fn numbers(line: &str) -> anyhow::Result<[u64; 2]> {
    let mut numbers = line.split_whitespace().skip(1).map(str::parse);
    let mut next = || numbers.next().context("a short line").and_then(|number| Ok(number?));
    Ok([next()?, next()?])
}

fn mib(bytes: u64) -> anyhow::Result<f64> {
    Ok(f64::from(u32::try_from(bytes >> 10)?) / 1024.0)
}
