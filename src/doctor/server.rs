//! The database server and its settings.

use std::collections::BTreeMap;

use super::{
    Finding, Outcome,
    queries::{self, Standing},
};
use crate::platform::{clock, config::Config, db::Conn};

const NAMES: [&str; 11] = [
    "sql_mode",
    "innodb_buffer_pool_size",
    "innodb_flush_log_at_trx_commit",
    "slow_query_log",
    "max_connections",
    "max_allowed_packet",
    "long_query_time",
    "time_zone",
    "system_time_zone",
    "log_bin",
    "binlog_format",
];
/// Slower statements than this many seconds are worth a line in the server's log.
const LEAST_SLOW: f64 = 2.0;
/// A clock that is further off makes sales begin and sessions end at the wrong time.
const MOST_MICROS_OFF: i64 = 2_000_000;
/// What films are loaded with in one statement.
const LEAST_PACKET: u64 = 16 << 20;

type Settings = BTreeMap<String, String>;

pub(super) async fn check(conn: &mut Conn, config: &Config) -> sqlx::Result<Outcome> {
    let standing = queries::standing(conn, clock::now()).await?;
    let settings: Settings = queries::settings(conn, &NAMES).await?.into_iter().collect();
    let found = [version(&standing), charset(&standing), clock_of(&standing), sql_mode(&settings)]
        .into_iter()
        .chain([durability(&settings), connections(&settings, config), packet(&settings)])
        .chain([buffer_pool(&settings, &standing), slow_log(&settings), time_zone(&settings), binlog(&settings)])
        .flatten()
        .collect();
    Ok(Outcome::of(found, format!("{}, {}, {} MiB", standing.version, standing.collation, standing.bytes >> 20)))
}

/// MariaDB 10.11 or MySQL 8.4.
fn version(standing: &Standing) -> Option<Finding> {
    let mut numbers = standing.version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
    let has = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    let needs = if standing.version.contains("MariaDB") { (10, 11) } else { (8, 4) };
    (has < needs).then(|| {
        Finding::wrong(
            format!("the server is {}, older than the shop is tested with", standing.version),
            "upgrade to MariaDB 10.11 or MySQL 8.4, or to a newer one",
        )
    })
}

fn charset(standing: &Standing) -> Option<Finding> {
    (standing.charset != "utf8mb4").then(|| {
        Finding::wrong(
            format!("new tables would be in {}, which cannot hold every letter", standing.charset),
            "ALTER DATABASE CHARACTER SET utf8mb4",
        )
    })
}

fn clock_of(standing: &Standing) -> Option<Finding> {
    let millis = standing.micros / 1_000;
    (standing.micros.abs() > MOST_MICROS_OFF).then(|| {
        Finding::wrong(
            format!("the server's clock is {millis} ms ahead of this machine's"),
            "timedatectl set-ntp true, on both machines",
        )
    })
}

fn sql_mode(settings: &Settings) -> Option<Finding> {
    let mode = settings.get("sql_mode")?;
    let missing: Vec<_> =
        ["STRICT_TRANS_TABLES", "ONLY_FULL_GROUP_BY"].into_iter().filter(|word| !mode.contains(word)).collect();
    let strict = mode.contains("STRICT_ALL_TABLES") && missing == ["STRICT_TRANS_TABLES"];
    (!missing.is_empty() && !strict).then(|| {
        Finding::wrong(
            format!("sql_mode is without {}: values that do not fit would be cut silently", missing.join(" and ")),
            format!("SET PERSIST or my.cnf: sql_mode={mode},{}", missing.join(",")),
        )
    })
}

fn durability(settings: &Settings) -> Option<Finding> {
    let flush = settings.get("innodb_flush_log_at_trx_commit")?;
    (flush != "1").then(|| {
        Finding::advice(
            "an order that was confirmed can be lost when the machine loses power",
            "innodb_flush_log_at_trx_commit=1 in my.cnf",
        )
    })
}

/// Pages, jobs and a connection each to hear of changes, for two processes that change over.
fn connections(settings: &Settings, config: &Config) -> Option<Finding> {
    let most: u32 = settings.get("max_connections")?.parse().ok()?;
    let needs = 2 * (config.database_pool + config.threads * 5);
    (most < needs).then(|| {
        Finding::advice(
            format!("the server lets in {most} connections; two processes may want {needs}"),
            format!("max_connections={needs} in my.cnf"),
        )
    })
}

fn packet(settings: &Settings) -> Option<Finding> {
    let bytes: u64 = settings.get("max_allowed_packet")?.parse().ok()?;
    (bytes < LEAST_PACKET).then(|| {
        Finding::advice(
            format!("the server refuses statements of more than {} MiB", bytes >> 20),
            "max_allowed_packet=16M in my.cnf",
        )
    })
}

fn buffer_pool(settings: &Settings, standing: &Standing) -> Option<Finding> {
    let pool: i64 = settings.get("innodb_buffer_pool_size")?.parse().ok()?;
    (pool < standing.bytes).then(|| {
        Finding::advice(
            format!("{} MiB of data and indexes, {} MiB of memory to hold them", standing.bytes >> 20, pool >> 20),
            format!("innodb_buffer_pool_size={}M in my.cnf", (standing.bytes >> 20) + (standing.bytes >> 22) + 64),
        )
    })
}

fn slow_log(settings: &Settings) -> Option<Finding> {
    let next = "slow_query_log=1 and long_query_time=0.5 in my.cnf";
    let seconds: f64 = settings.get("long_query_time").and_then(|text| text.parse().ok()).unwrap_or_default();
    match settings.get("slow_query_log")?.as_str() {
        "ON" if seconds > LEAST_SLOW => {
            Some(Finding::advice(format!("the server takes a statement for slow after {seconds} s only"), next))
        }
        "ON" => None,
        _ => Some(Finding::advice("slow statements leave no trace in the server", next)),
    }
}

/// The shop's own connections speak UTC; whoever looks at rows by hand should read the same times.
fn time_zone(settings: &Settings) -> Option<Finding> {
    let zone = match settings.get("time_zone")?.as_str() {
        "SYSTEM" => settings.get("system_time_zone")?,
        zone => zone,
    };
    let is_utc = matches!(zone.to_ascii_uppercase().as_str(), "UTC" | "GMT" | "+00:00" | "ETC/UTC");
    (!is_utc).then(|| {
        Finding::advice(
            format!("the server's clock is in {zone}: times written by hand differ from the shop's"),
            "default_time_zone='+00:00' in my.cnf",
        )
    })
}

/// The shop's transactions are READ COMMITTED, which a log of statements cannot repeat: the server refuses to write.
fn binlog(settings: &Settings) -> Option<Finding> {
    let is_on = matches!(settings.get("log_bin")?.as_str(), "ON" | "1");
    let is_refused = is_on && settings.get("binlog_format").is_some_and(|format| format == "STATEMENT");
    is_refused.then(|| {
        Finding::wrong("the server refuses orders: its log of changes holds statements", "binlog_format=ROW in my.cnf")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(version: &str) -> Standing {
        let text = str::to_owned;
        Standing { version: text(version), charset: text("utf8mb4"), collation: text("x"), bytes: 300 << 20, micros: 0 }
    }

    fn setting(name: &str, value: &str) -> Settings {
        BTreeMap::from([(name.to_owned(), value.to_owned())])
    }

    fn owned((name, value): (&str, &str)) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn servers_that_are_too_old_are_told_from_those_that_are_not() {
        for version in ["10.11.19-MariaDB-0+deb12u1", "11.4.2-MariaDB", "8.4.0", "9.1.0-debug"] {
            assert_eq!(super::version(&standing(version)), None, "{version}");
        }
        for version in ["10.6.1-MariaDB", "8.0.36", "5.7"] {
            assert!(super::version(&standing(version)).is_some(), "{version}");
        }
    }

    #[test]
    fn settings_are_found_wanting_with_the_words_to_set_them() {
        let next = |finding: Option<Finding>| finding.map(|finding| finding.next);
        assert!(next(sql_mode(&setting("sql_mode", "ONLY_FULL_GROUP_BY"))).unwrap().ends_with(",STRICT_TRANS_TABLES"));
        assert_eq!(next(sql_mode(&setting("sql_mode", "STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY"))), None);
        let pool =
            |bytes: u64| buffer_pool(&setting("innodb_buffer_pool_size", &bytes.to_string()), &standing("8.4.0"));
        assert_eq!(pool(512 << 20), None);
        assert_eq!(next(pool(128 << 20)).unwrap(), "innodb_buffer_pool_size=439M in my.cnf");
        let late = Standing { micros: -2_500_000, ..standing("8.4.0") };
        assert!(clock_of(&late).unwrap().what.contains("-2500 ms"));
        let zone = |zone: &str| next(time_zone(&setting("time_zone", zone)));
        assert_eq!((zone("+00:00"), zone("UTC")), (None, None));
        assert!(zone("Asia/Tashkent").unwrap().contains("+00:00"));
        let local = Settings::from([("time_zone", "SYSTEM"), ("system_time_zone", "+05")].map(owned));
        assert!(time_zone(&local).unwrap().what.contains("+05"));
        let slow = Settings::from([("slow_query_log", "ON"), ("long_query_time", "10.000000")].map(owned));
        assert!(slow_log(&slow).unwrap().what.contains("10 s"));
        let log = |format| binlog(&Settings::from([("log_bin", "ON"), ("binlog_format", format)].map(owned)));
        assert!(log("STATEMENT").is_some_and(|finding| !finding.is_advice) && log("MIXED").is_none());
        assert_eq!(durability(&setting("innodb_flush_log_at_trx_commit", "1")), None);
    }
}
