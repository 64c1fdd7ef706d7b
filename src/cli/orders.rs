//! `marquee orders show|move|paid`: what a desk will do, until there is one.

use std::process::ExitCode;

use clap::{Args as ClapArgs, Subcommand};
use time::{OffsetDateTime, UtcOffset, macros::format_description};

use crate::{
    app::App,
    orders::{
        OrderStatus,
        actions::{self, By, MoveError, Step},
        mails::Parcel,
        queries::{self, HistoryRow, OrderLineRow, OrderRow},
    },
    platform::{clock, config::Config, i18n::Lang, money::Currency},
};

/// Who did it, in the order's history.
const ACTOR: &str = "command";

#[derive(ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Show an order: what was bought, where it stands, and what happened to it; nothing about the customer
    Show { number: String },
    /// Move an order to a status that may follow; with `shipped` all that is left goes out in one parcel
    Move {
        number: String,
        #[arg(value_parser = status)]
        status: OrderStatus,
        /// Why; kept in the order's history
        #[arg(long)]
        reason: Option<String>,
        /// Who carries the parcel, for the customer's mail
        #[arg(long, default_value = "", hide_default_value = true)]
        carrier: String,
        /// The number under which the carrier knows the parcel
        #[arg(long, default_value = "", hide_default_value = true)]
        tracking: String,
        /// Where the carrier tells how far the parcel has come
        #[arg(long, default_value = "", hide_default_value = true, value_parser = link)]
        tracking_url: String,
    },
    /// Note that all of an order has been paid
    Paid {
        number: String,
        /// How or where; kept in the order's history
        #[arg(long)]
        reason: Option<String>,
    },
}

fn status(word: &str) -> Result<OrderStatus, String> {
    OrderStatus::from_word(word).ok_or_else(|| format!("a status is one of {}", words(OrderStatus::ALL)))
}

fn link(address: &str) -> Result<String, String> {
    let is_link = address.is_empty() || address.starts_with("https://");
    if is_link { Ok(address.to_owned()) } else { Err("an address begins with https://".to_owned()) }
}

fn words(statuses: &[OrderStatus]) -> String {
    statuses.iter().map(|status| status.word()).collect::<Vec<_>>().join(", ")
}

pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    let app = App::connect(config).await?;
    let outcome = match &args.action {
        Action::Show { number } => show(&app, number).await,
        Action::Move { number, status: OrderStatus::Shipped, reason, carrier, tracking, tracking_url } => {
            let parcel = Parcel { carrier: carrier.clone(), tracking: tracking.clone(), url: tracking_url.clone() };
            step(&app, number, Step::Ship(&parcel), reason.as_deref()).await
        }
        Action::Move { number, status, reason, .. } => step(&app, number, Step::Move(*status), reason.as_deref()).await,
        Action::Paid { number, reason } => step(&app, number, Step::Pay, reason.as_deref()).await,
    };
    app.db.close().await;
    match outcome {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(MoveError::Refused(refused)) if refused.allowed.is_empty() => {
            anyhow::bail!("{refused}: nothing may follow")
        }
        Err(MoveError::Refused(refused)) => anyhow::bail!("{refused}; what may: {}", words(&refused.allowed)),
        Err(error) => Err(error.into()),
    }
}

async fn step(app: &App, number: &str, step: Step<'_>, reason: Option<&str>) -> Result<(), MoveError> {
    let by = By { actor: ACTOR, reason };
    let stands = actions::take_step(&app.db, number, step, by, clock::now()).await?;
    println!("{number} is {}.", stands.word());
    Ok(())
}

async fn show(app: &App, number: &str) -> Result<(), MoveError> {
    let mut conn = app.db.conn().await?;
    let found = if number.is_ascii() { queries::find(&mut conn, number).await? } else { None };
    let (order, lines) = found.ok_or(MoveError::NotFound)?;
    let history = queries::history(&mut conn, order.id).await?;
    print_order(app, &order, &lines);
    for event in &history {
        println!("{}", told(event, app.settings.zone));
    }
    Ok(())
}

fn print_order(app: &App, order: &OrderRow, lines: &[OrderLineRow]) {
    let currency = Currency::from_code(&order.currency);
    let money = |minor| currency.format(Lang::En, minor);
    println!("{}: {}", order.number, order.status.word());
    println!("placed {}", minute(order.placed_at, app.settings.zone));
    println!("payment {}, {}", order.payment_type.word(), order.payment_status.word());
    println!("delivery {}", order.delivery_type.word());
    println!("total {}", money(order.total_minor));
    for line in lines {
        println!("  {} x {} {} ({})", line.quantity, line.sku, line.title, money(line.total_minor));
    }
}

/// A line of the history: when, what, who, why.
fn told(event: &HistoryRow, zone: UtcOffset) -> String {
    let what = match (event.from_status, event.to_status) {
        (Some(from), Some(to)) => format!("{} to {}", from.word(), to.word()),
        (None, Some(to)) => to.word().to_owned(),
        _ => event.kind.clone(),
    };
    let why = event.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("{}  {what}, by {}{why}", minute(event.created_at, zone), event.actor)
}

fn minute(at: OffsetDateTime, zone: UtcOffset) -> String {
    at.to_offset(zone).format(format_description!("[year]-[month]-[day] [hour]:[minute]")).unwrap_or_default()
}
