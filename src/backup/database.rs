//! The server's own tools, which write a database down as statements and carry them out again.

use std::{
    ffi::OsString,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, bail};
use percent_encoding::percent_decode_str;
use sqlx::mysql::MySqlConnectOptions;

/// A tool by its names: MariaDB's, then MySQL's.
const DUMP: [&str; 2] = ["mariadb-dump", "mysqldump"];
const CLIENT: [&str; 2] = ["mariadb", "mysql"];

/// Writes the database to its output as of one moment, without holding anybody up.
pub(super) fn dump(url: &str) -> anyhow::Result<Child> {
    let (mut command, database) = tool(&DUMP, url)?;
    command.args([
        "--single-transaction",
        "--quick",
        "--skip-lock-tables",
        // A restore drops nothing.
        "--skip-add-drop-table",
        "--skip-comments",
        "--hex-blob",
        "--triggers",
        "--no-tablespaces",
    ]);
    command.arg(database).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().context("the dump did not start")
}

/// Carries out statements that are written to its input, and stops at the first that fails.
pub(super) fn client(url: &str) -> anyhow::Result<Child> {
    let (mut command, database) = tool(&CLIENT, url)?;
    command.arg("--batch").arg(database).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().context("the client did not start")
}

/// Waits for a tool, and tells what it complained of.
pub(super) fn finish(child: Child) -> anyhow::Result<()> {
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

/// The first of these tools that is there, on its way to the database, with the database's name.
fn tool(names: &[&str], url: &str) -> anyhow::Result<(Command, String)> {
    let options: MySqlConnectOptions = url.parse()?;
    let database = options.get_database().context("DATABASE_URL names no database")?.to_owned();
    let is_there = |name: &&&str| Command::new(name).arg("--version").stdout(Stdio::null()).status().is_ok();
    let Some(name) = names.iter().find(is_there) else {
        bail!("{} is missing: apt-get install mariadb-client", names[0]);
    };
    let mut command = Command::new(name);
    command.args(["--no-defaults", "--default-character-set=utf8mb4"]).args(address(&options));
    // Neither in the list of processes nor in a file.
    command.env("MYSQL_PWD", password(url));
    Ok((command, database))
}

fn address(options: &MySqlConnectOptions) -> Vec<OsString> {
    let mut args = vec![OsString::from(format!("--user={}", options.get_username()))];
    if let Some(socket) = options.get_socket() {
        args.push(format!("--socket={}", socket.display()).into());
    } else {
        args.push(format!("--host={}", options.get_host()).into());
        args.push(format!("--port={}", options.get_port()).into());
    }
    args
}

/// The password of `mysql://user:password@host/…`; the parsed options keep it to themselves.
fn password(url: &str) -> String {
    let login = url.split_once("://").and_then(|(_, rest)| rest.split(['/', '?']).next()?.rsplit_once('@'));
    let password = login.and_then(|(login, _)| login.split_once(':')).map_or("", |(_, password)| password);
    percent_decode_str(password).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_read_as_they_were_meant() {
        let login = ["shop", "p%40ss%3Aword"].join(":");
        assert_eq!(password(&format!("mysql://{login}@db.example:3306/shop")), "p@ss:word");
        assert_eq!(password("mysql://shop@localhost/shop?socket=%2Frun%2Fm.sock"), "");
    }

    #[test]
    fn the_way_to_the_server_is_that_of_the_address() {
        let args = |url: &str| {
            let args = address(&url.parse().unwrap());
            args.into_iter().map(|arg| arg.into_string().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(args("mysql://a@db.example:3307/shop"), ["--user=a", "--host=db.example", "--port=3307"]);
        assert_eq!(args("mysql://a@localhost/shop?socket=%2Frun%2Fm.sock"), ["--user=a", "--socket=/run/m.sock"]);
    }
}
