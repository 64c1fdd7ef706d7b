//! `marquee staff list|roles|disable|enable`: the people who can sign in at the staff door.

use std::process::ExitCode;

use clap::{Args as ClapArgs, Subcommand};

use super::create_staff::role;
use crate::{
    app::App,
    audit::Author,
    personnel::{
        Role,
        actions::{self, PersonnelError},
        queries,
    },
    platform::{clock, config::Config, db::Database},
};

#[derive(ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Show everybody with their roles
    List,
    /// Give somebody these roles and no others; they sign in anew
    Roles {
        email: String,
        #[arg(required = true, value_parser = role)]
        roles: Vec<Role>,
    },
    /// Shut somebody out, from their next request on
    Disable { email: String },
    /// Let somebody in again who was shut out
    Enable { email: String },
}

pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    let app = App::connect(config).await?;
    let done = match &args.action {
        Action::List => list(&app.db).await,
        Action::Roles { email, roles } => set_roles(&app.db, email, roles).await,
        Action::Disable { email } => disable(&app.db, email).await,
        Action::Enable { email } => enable(&app.db, email).await,
    };
    app.db.close().await;
    done?;
    Ok(ExitCode::SUCCESS)
}

async fn list(db: &Database) -> Result<(), PersonnelError> {
    let mut conn = db.conn().await?;
    for person in queries::everybody(&mut conn).await? {
        let roles = queries::roles(&mut conn, person.id).await?;
        let state = if person.is_disabled { "  (disabled)" } else { "" };
        println!("{}  {}  {}{state}", person.email, person.name, words(&roles));
    }
    Ok(())
}

async fn set_roles(db: &Database, email: &str, roles: &[Role]) -> Result<(), PersonnelError> {
    let mut roles = roles.to_vec();
    roles.sort_unstable();
    roles.dedup();
    actions::set_roles(db, id_of(db, email).await?, &roles, &Author::system("command")).await?;
    println!("{email} is {} and signs in anew.", words(&roles));
    Ok(())
}

async fn disable(db: &Database, email: &str) -> Result<(), PersonnelError> {
    actions::disable(db, id_of(db, email).await?, &Author::system("command"), clock::now()).await?;
    println!("{email} is shut out.");
    Ok(())
}

async fn enable(db: &Database, email: &str) -> Result<(), PersonnelError> {
    actions::enable(db, id_of(db, email).await?, &Author::system("command")).await?;
    println!("{email} can sign in.");
    Ok(())
}

async fn id_of(db: &Database, email: &str) -> Result<u64, PersonnelError> {
    let email = email.trim().to_lowercase();
    queries::id_of(&mut db.conn().await?, &email).await?.ok_or(PersonnelError::Unknown)
}

fn words(roles: &[Role]) -> String {
    if roles.is_empty() {
        return "without a role".to_owned();
    }
    roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(", ")
}
