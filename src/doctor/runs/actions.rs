//! Asking for a run, and making one.

use time::OffsetDateTime;

use super::{BY_CLOCK, Look, VerifyBooks, messages::RunMessages, queries};
use crate::{
    audit::{self, Action, Author, Entry},
    doctor::Patient,
    messages::{self, NewMessage, Notice},
    platform::{clock, config::MessagesConfig, db::Database, i18n::Lang, queue::Run},
};

/// The language of the shop's people.
const T: RunMessages = RunMessages(Lang::En);
/// So many findings are named in a notice.
const MOST_NAMED: usize = 10;

/// Somebody of the shop wants to know. While a run waits or is under way there is no other one.
pub async fn ask(db: &Database, author: &Author) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    tx.enqueue(&VerifyBooks { asked_by: author.actor.clone() }).await?;
    let entry = Entry { author, action: Action::DoctorRun, object: "shop", before: None, after: None };
    audit::record(&mut tx, entry).await?;
    tx.commit().await
}

/// Makes every check. What a check finds is kept at once, so that people see how far it has come.
pub async fn run(patient: &Patient, db: &Database, job: &VerifyBooks, run: Run) -> anyhow::Result<()> {
    let id = queries::begin(&mut db.conn().await?, &job.asked_by, clock::now()).await?;
    let (mut looks, mut examination) = (Vec::new(), patient.examination());
    while let Some((check, outcome)) = examination.next().await {
        looks.push(Look::new(check, outcome));
        queries::keep(&mut db.conn().await?, id, &looks).await?;
    }
    finish(db, &patient.config.messages, job, (id, &looks), (run, clock::now())).await
}

async fn finish(
    db: &Database,
    config: &MessagesConfig,
    job: &VerifyBooks,
    (id, looks): (u64, &[Look]),
    (run, now): (Run, OffsetDateTime),
) -> anyhow::Result<()> {
    let count = |looks: &mut dyn Iterator<Item = &Look>| u32::try_from(looks.map(Look::wrong).sum::<usize>());
    let wrong = (count(&mut looks.iter())?, count(&mut looks.iter().filter(|look| look.is_book))?);
    let mut tx = db.begin().await?;
    queries::finish(&mut tx, id, wrong, now).await?;
    // Whoever asks looks at the page.
    if wrong.0 > 0 && job.asked_by == BY_CLOCK {
        messages::actions::queue(&mut tx, &notices(config, id, looks, wrong)).await?;
    }
    run.done_in(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// The rows, with what to do about each.
fn notices(config: &MessagesConfig, id: u64, looks: &[Look], (wrong, in_books): (u32, u32)) -> Vec<NewMessage> {
    let title = if in_books > 0 { T.books_title(in_books.into()) } else { T.title(wrong.into()) };
    let findings = looks.iter().flat_map(|look| look.findings().iter().map(move |finding| (look, finding)));
    let facts = findings
        .filter(|(_, finding)| !finding.is_advice)
        .take(MOST_NAMED)
        .map(|(look, finding)| (look.name.clone(), T.finding(&finding.what, &finding.next)));
    let notice = Notice { title, facts: facts.collect(), lines: vec![T.next().to_owned()] };
    messages::staff_messages(config, &format!("doctor_run:{id}"), None, &notice)
}
