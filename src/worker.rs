//! Who does the work behind the counter, and when: kinds of jobs are joined to their handlers here, and nowhere else.
//!
//! `serve` runs a worker in its process unless `MARQUEE_WORKER` is off; `marquee worker` runs nothing else. Workers have a
//! pool of their own: however much there is to do, pages find their connections free.

mod warm;

use std::sync::Arc;

use time::{UtcOffset, Weekday, macros::time};
use tokio::sync::watch;
pub use warm::{WarmCache, warm, warm_apart};

use crate::{
    accounts::{
        self,
        jobs::{AddressConfirmed, AskForReset},
    },
    alerts::{
        self,
        jobs::{AskForAlert, TellMore},
    },
    app::App,
    catalog::jobs::StockArrived,
    doctor::{
        Patient,
        runs::{self, BY_CLOCK, VerifyBooks},
    },
    maintenance::{CleanUp, OptimizeDb, Place},
    messages::SendMessage,
    orders::{
        self,
        jobs::{DeliveredAWeekAgo, ExpireUnpaidOrders, PossessionChanged},
        track::{self, FindOrder},
    },
    platform::{
        clock,
        queue::{Handlers, Pace, Queue, Run, Schedule, When, Worker},
    },
    privacy::export::{self, jobs::PrepareExport},
    recommendations::{self, BuildRecommendations, RecommendBought, RecommendFilms},
    reminders::{self, RemindOfCarts},
    reports::{
        self, Span,
        jobs::{DailyReport, LowStockDigest, TellOfParkedJobs, WeeklyReport},
    },
    reviews,
    shop::mails,
};

/// What handles which jobs.
fn handlers() -> Handlers<App> {
    Handlers::default()
        .on(|app: App, _: ExpireUnpaidOrders, _: Run| async move {
            let expired = orders::actions::expire_unpaid(&app.db, clock::now()).await?;
            if expired > 0 {
                tracing::info!(expired, "unpaid orders cancelled");
            }
            Ok(())
        })
        .on(|app: App, job: PossessionChanged, run: Run| async move {
            reviews::actions::refresh_badges(&app.db, job.order_id, run).await
        })
        .on(|app: App, job: DeliveredAWeekAgo, run: Run| async move { reviews::request::ask(&app.db, job, run).await })
        .on(|app: App, job: AskForReset, run: Run| async move {
            accounts::actions::send_reset(&app.db, &app.site.signer, &job, run, clock::now()).await
        })
        .on(|app: App, job: AddressConfirmed, run: Run| async move {
            orders::claim::claim(&app.db, job.client_id, &job.email, run).await
        })
        .on(|app: App, job: PrepareExport, run: Run| async move {
            export::actions::prepare(&app.db, job, run, clock::now()).await
        })
        .on(|app: App, job: AskForAlert, run: Run| async move {
            alerts::actions::keep(&app.db, &job, run, clock::now()).await
        })
        .on(|app: App, job: StockArrived, run: Run| async move {
            alerts::actions::tell(&app.db, job, run, clock::now()).await
        })
        .on(|app: App, job: TellMore, run: Run| async move {
            alerts::actions::tell_more(&app.db, job, run, clock::now()).await
        })
        .on(|app: App, _: RemindOfCarts, _: Run| async move {
            let written = reminders::actions::remind(&app.db, clock::now()).await?;
            tracing::info!(written, "customers reminded of their carts");
            Ok(())
        })
        .on(|app: App, _: DailyReport, run: Run| async move { send_report(&app, Span::Day, run).await })
        .on(|app: App, _: WeeklyReport, run: Run| async move { send_report(&app, Span::Week, run).await })
        .on(|app: App, _: LowStockDigest, run: Run| async move {
            let staff = (&app.config().messages, &*app.settings);
            reports::actions::send_low_stock(&app.db, staff, run, clock::now()).await
        })
        .on(|app: App, _: TellOfParkedJobs, run: Run| async move {
            reports::actions::send_parked_jobs(&app.db, &app.config().messages, run).await
        })
        .on(|app: App, job: SendMessage, run: Run| async move { mails::deliver(&app, &job, run.is_last_attempt()).await })
        .on(|app: App, job: FindOrder, run: Run| async move { track::answer(&app.db, &job, &run, clock::now()).await })
        .on(|app: App, _: WarmCache, _: Run| warm::run(app))
        .on(|app: App, job: VerifyBooks, run: Run| async move {
            let patient = Patient::new(app.config().clone())?;
            let outcome = runs::run(&patient, &app.db, &job, run).await;
            patient.db.close().await;
            outcome
        })
        .on(|app: App, job: CleanUp, _: Run| async move { job.run(&place(&app)).await })
        .on(|app: App, job: OptimizeDb, _: Run| async move { job.run(&place(&app)).await })
        .on(|app: App, _: BuildRecommendations, run: Run| async move { recommendations::divide(&app.db, &run).await })
        .on(|app: App, job: RecommendFilms, _: Run| async move { job.run(&app.db).await })
        .on(|app: App, job: RecommendBought, _: Run| async move { job.run(&app.db).await })
}

/// What is due when, by the shop's clock.
fn schedule(zone: UtcOffset) -> Schedule {
    Schedule::new(zone)
        .at("expire_unpaid_orders", When::EveryMinute, ExpireUnpaidOrders {})
        .at("tell_of_parked_jobs", When::EveryMinute, TellOfParkedJobs {})
        .at("abandoned_cart", When::Hourly(20), RemindOfCarts {})
        .at("build_recommendations", When::Daily(time!(2:00)), BuildRecommendations {})
        .at("cleanup_old_data", When::Daily(time!(3:00)), CleanUp {})
        .at("verify_books", When::Daily(time!(4:00)), VerifyBooks { asked_by: BY_CLOCK.to_owned() })
        .at("optimize_db", When::Weekly(Weekday::Sunday, time!(4:15)), OptimizeDb { rebuild: false })
        .at("optimize_db_rebuild", When::Monthly(1, time!(4:30)), OptimizeDb { rebuild: true })
        .at("warm_cache", When::Daily(time!(5:00)), WarmCache {})
        .at("daily_report", When::Daily(time!(8:00)), DailyReport {})
        .at("weekly_report", When::Weekly(Weekday::Monday, time!(8:05)), WeeklyReport {})
        .at("low_stock_digest", When::Daily(time!(9:00)), LowStockDigest {})
}

fn place(app: &App) -> Place {
    Place { db: app.db.clone(), pages: Arc::clone(&app.pages), dry_run: false }
}

async fn send_report(app: &App, span: Span, run: Run) -> anyhow::Result<()> {
    let staff = (&app.config().messages, &*app.settings);
    reports::actions::send_report(&app.db, staff, span, run, clock::now()).await
}

/// Connections of a worker: one for each job that runs, and some for claiming, renewing and writing down.
pub const fn connections() -> u32 {
    let mut places = 3;
    let mut at = 0;
    while at < Queue::ALL.len() {
        places += Queue::ALL[at].places();
        at += 1;
    }
    places
}

/// Works until told to stop, on the connections of this app.
pub async fn run(app: App, queues: &[Queue], stopped: watch::Receiver<bool>) {
    if !app.post.takes_mail() {
        tracing::warn!("no mail server is configured: mails will be given up");
    }
    let worker = Worker {
        db: app.db.clone(),
        redis: Arc::clone(&app.redis),
        handlers: handlers(),
        queues: queues.to_vec(),
        schedule: schedule(app.settings.zone),
        pace: Pace::default(),
        context: app,
    };
    worker.run(stopped).await;
}
