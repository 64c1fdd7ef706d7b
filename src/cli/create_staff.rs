//! `marquee create-staff`: an account for somebody who works in the shop.

use std::{
    io::{self, IsTerminal},
    process::ExitCode,
};

use anyhow::{Context, bail, ensure};
use clap::Args as ClapArgs;

use crate::{
    app::App,
    audit::Author,
    messages::is_email,
    personnel::{
        Role,
        actions::{self, NewMember},
    },
    platform::{
        config::Config,
        passwords::{self, LEAST_CHARS, MOST_CHARS, Weakness},
    },
};

#[derive(ClapArgs)]
pub(super) struct Args {
    /// The address to sign in with
    email: String,
    /// The name that others see
    #[arg(long)]
    name: String,
    /// What the person may do; several are possible
    #[arg(long = "role", required = true, value_parser = role)]
    roles: Vec<Role>,
}

pub(super) fn role(word: &str) -> Result<Role, String> {
    let known = || Role::ALL.iter().map(|role| role.word()).collect::<Vec<_>>().join(", ");
    Role::from_word(word).ok_or_else(|| format!("there are {}", known()))
}

/// The password is asked for on a terminal and read from the first line of the input otherwise; it is never an argument,
/// which other people on the machine could see.
pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    let email = args.email.trim().to_lowercase();
    ensure!(is_email(&email) && email.len() <= 254, "{email} is no e-mail address");
    let name = args.name.trim();
    ensure!((1..=100).contains(&name.chars().count()), "a name has 1 to 100 characters");
    let password = password()?;
    if let Err(weakness) = passwords::check(&password, &[&email, name]) {
        bail!("{}", reproach(weakness));
    }
    let app = App::connect(config).await?;
    let password_hash = app.passwords.hash(&password).await?;
    let mut roles = args.roles.clone();
    roles.sort_unstable();
    roles.dedup();
    let member = NewMember { email: &email, name, password_hash: &password_hash, roles: &roles };
    actions::create(&app.db, member, &Author::system("command")).await?;
    app.db.close().await;
    println!("{name} can sign in at {}/admin/login as {email}.", app.config().base_url);
    Ok(ExitCode::SUCCESS)
}

fn password() -> anyhow::Result<String> {
    if io::stdin().is_terminal() {
        let password = rpassword::prompt_password("Password: ").context("no password was read")?;
        let again = rpassword::prompt_password("The same again: ").context("no password was read")?;
        ensure!(password == again, "the two differ");
        return Ok(password);
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line).context("no password was read")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn reproach(weakness: Weakness) -> String {
    match weakness {
        Weakness::TooShort => format!("a password has at least {LEAST_CHARS} characters"),
        Weakness::TooLong => format!("a password has at most {MOST_CHARS} characters"),
        Weakness::Common => "this password is among the first that are tried".to_owned(),
        Weakness::Personal => "a password is not the person's own name or address".to_owned(),
    }
}
