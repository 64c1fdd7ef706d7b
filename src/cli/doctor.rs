//! `marquee doctor [--fix]`: what is wrong with the shop, and what to do about it.

use std::process::ExitCode;

use clap::Args as ClapArgs;

use crate::{
    doctor::{self, Check, Finding, Outcome, Patient},
    platform::config::Config,
};

#[derive(Default, ClapArgs)]
pub(super) struct Args {
    /// Compute anew what follows from other rows and does not agree with them
    #[arg(long)]
    fix: bool,
}

/// Fails when something is wrong and was not mended; advice is no failure.
pub(super) async fn run(args: &Args, config: Config) -> anyhow::Result<ExitCode> {
    let patient = Patient::new(config)?;
    let mut found = patient.examine(tell).await;
    if args.fix {
        found = fix(&patient, found).await?;
    }
    patient.db.close().await;
    let wrong = found.iter().filter(|finding| !finding.is_advice).count();
    println!();
    match (wrong, found.len()) {
        (0, 0) => println!("The shop is well."),
        (0, advice) => println!("The shop is well; what could be better: {advice}."),
        (wrong, _) => println!("What is wrong: {wrong}."),
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(check: Check, outcome: &Outcome) {
    let name = check.name();
    match outcome {
        Outcome::Fine(seen) => println!("ok      {name:<14} {seen}"),
        Outcome::Skipped => println!("-       {name:<14} not looked at"),
        Outcome::Found(findings) => {
            for Finding { what, next, is_advice, .. } in findings {
                println!("{:<7} {name:<14} {what}", if *is_advice { "advice" } else { "WRONG" });
                println!("{:22} next: {next}", "");
            }
        }
    }
}

/// Mends what can be mended. Returns what is left.
async fn fix(patient: &Patient, found: Vec<Finding>) -> anyhow::Result<Vec<Finding>> {
    let mut left = Vec::new();
    for finding in found {
        match finding.mend {
            Some(mend) if doctor::mend(&patient.db, mend).await? => println!("mended  {}", finding.what),
            Some(_) => {
                println!("left    {}: the rows that it follows from do not agree either", finding.what);
                left.push(finding);
            }
            None => left.push(finding),
        }
    }
    Ok(left)
}
