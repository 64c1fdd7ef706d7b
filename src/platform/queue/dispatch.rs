//! Claims jobs and runs them, each queue in places of its own.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use rand::RngExt;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};

use super::{
    JobState, Pace, Queue, counts,
    handlers::Handlers,
    leases::Holds,
    queries::{self, Claimed},
    run::{self, Outcome},
    settle::Settled,
};
use crate::platform::db::Database;

/// Of jobs that take no longer than this on average, more are claimed than there are places.
const QUICK: Duration = Duration::from_millis(20);
/// So many more.
const STOCK: u32 = 32;
/// So much time lies between two claims of them, unless more wait than one takes: a claim of many costs hardly more than a
/// claim of one.
const GATHER: Duration = Duration::from_millis(25);
/// And so much between two looks at queues that were empty.
const GLANCE: Duration = Duration::from_millis(50);
/// How long handlers that are ended may take to notice.
const END: Duration = Duration::from_secs(2);

/// A queue, as far as this process is at it.
struct Lane {
    queue: Queue,
    running: u32,
    /// Claimed, and waiting for a place.
    stock: VecDeque<Claimed>,
    /// What its jobs took lately.
    usual: Duration,
    claimed_at: Instant,
    last_claim: LastClaim,
}

/// What the last claim found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LastClaim {
    Nothing,
    /// Less than it could take, so that the next one is likely to find some, too.
    Some,
    /// As much as it could take: more may wait.
    Full,
}

impl Lane {
    fn new(queue: Queue) -> Self {
        let (stock, usual) = (VecDeque::new(), Duration::from_secs(1));
        Self { queue, running: 0, stock, usual, claimed_at: Instant::now(), last_claim: LastClaim::Nothing }
    }

    /// How many jobs to claim: one a free place, and some in stock where jobs are quick.
    fn room(&self) -> u32 {
        let free = self.queue.places().saturating_sub(self.running);
        if free == 0 || !self.stock.is_empty() || self.gathers_for().is_some() {
            return 0;
        }
        free + if self.usual < QUICK { STOCK } else { 0 }
    }

    /// For how long quick jobs may still come together before they are claimed.
    fn gathers_for(&self) -> Option<Duration> {
        let gathers = self.last_claim == LastClaim::Some && self.usual < QUICK;
        GATHER.checked_sub(self.claimed_at.elapsed()).filter(|_| gathers)
    }

    fn took(&mut self, time: Duration) {
        self.usual = (self.usual * 3 + time) / 4;
    }
}

/// The jobs of one process.
pub(super) struct Dispatch<C> {
    pub(super) db: Database,
    pub(super) context: C,
    pub(super) handlers: Arc<Handlers<C>>,
    pub(super) name: String,
    pub(super) pace: Pace,
    pub(super) holds: Arc<Holds>,
    pub(super) outcomes: mpsc::Sender<Settled>,
    lanes: Vec<Lane>,
    /// Each tells its lane and how long it took.
    runs: JoinSet<(usize, Duration)>,
    /// When all lanes were looked at, and when some.
    looked_at: Option<Instant>,
    glanced_at: Option<Instant>,
    /// Whether there may be something that was not looked for.
    owes_look: bool,
    is_cut_off: bool,
}

impl<C: Clone + Send + Sync + 'static> Dispatch<C> {
    pub(super) fn new(
        (db, context, handlers): (Database, C, Arc<Handlers<C>>),
        (name, pace, queues): (String, Pace, &[Queue]),
        holds: Arc<Holds>,
        outcomes: mpsc::Sender<Settled>,
    ) -> Self {
        let lanes = queues.iter().map(|queue| Lane::new(*queue)).collect();
        Self {
            db,
            context,
            handlers,
            name,
            pace,
            holds,
            outcomes,
            lanes,
            runs: JoinSet::new(),
            looked_at: None,
            glanced_at: None,
            owes_look: false,
            is_cut_off: false,
        }
    }

    /// Works until told to stop; then waits for what runs, and gives back the rest.
    pub(super) async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            let claimed = self.claim().await;
            self.note(&claimed);
            self.start_runs();
            self.wait(&mut stopped).await;
        }
        self.wind_down().await;
    }

    /// Fills the lanes that have room and work that is due.
    async fn claim(&mut self) -> sqlx::Result<()> {
        for (queue, state) in self.targets().await? {
            let Some(lane) = self.lanes.iter_mut().find(|lane| lane.queue == queue) else { continue };
            let room = lane.room();
            if room == 0 {
                continue;
            }
            let by = (self.name.as_str(), self.pace.lease);
            let claimed = queries::claim(&self.db, (queue, state), room, by).await?;
            lane.claimed_at = Instant::now();
            lane.last_claim = match claimed.len() {
                0 => LastClaim::Nothing,
                found if found < room as usize => LastClaim::Some,
                _ => LastClaim::Full,
            };
            for claimed in claimed {
                self.holds.add(claimed.hold);
                lane.stock.push_back(claimed);
            }
        }
        Ok(())
    }

    /// Where to claim: where there was something just now, and wherever a look finds something due. Every now and then the
    /// look is for all lanes, and for leases that have run out.
    async fn targets(&mut self) -> sqlx::Result<Vec<(Queue, JobState)>> {
        let is_old = |at: Option<Instant>, age: Duration| at.is_none_or(|at| at.elapsed() >= age);
        let is_time = is_old(self.looked_at, self.pace.poll);
        let open = self.lanes.iter().filter(|lane| lane.room() > 0);
        let (sure, unsure): (Vec<_>, Vec<_>) = open.partition(|lane| lane.last_claim != LastClaim::Nothing && !is_time);
        let mut targets: Vec<_> = sure.iter().map(|lane| (lane.queue, JobState::Ready)).collect();
        let unsure: Vec<_> = unsure.iter().map(|lane| lane.queue).collect();
        self.owes_look = !unsure.is_empty() && !is_old(self.glanced_at, GLANCE);
        if !unsure.is_empty() && !self.owes_look {
            targets.extend(queries::due(&mut self.db.conn().await?, &unsure).await?);
            self.glanced_at = Some(Instant::now());
            self.looked_at = if is_time { self.glanced_at } else { self.looked_at };
        }
        Ok(targets)
    }

    /// Says once that the database is away, and once that it is back.
    fn note(&mut self, claimed: &sqlx::Result<()>) {
        match claimed {
            Ok(()) if self.is_cut_off => tracing::info!("jobs are claimed again"),
            Err(error) if !self.is_cut_off => tracing::warn!("jobs cannot be claimed: {error}"),
            _ => {}
        }
        self.is_cut_off = claimed.is_err();
    }

    fn start_runs(&mut self) {
        for (at, lane) in self.lanes.iter_mut().enumerate() {
            while lane.running < lane.queue.places()
                && let Some(claimed) = lane.stock.pop_front()
            {
                lane.running += 1;
                let (context, handlers) = (self.context.clone(), Arc::clone(&self.handlers));
                let (holds, outcomes) = (Arc::clone(&self.holds), self.outcomes.clone());
                self.runs.spawn(async move {
                    let start = Instant::now();
                    let began = |handler| holds.began(claimed.hold, handler);
                    let outcome = run::run(&handlers, context, &claimed, began).await;
                    let took = start.elapsed();
                    tell(&claimed, &outcome, took);
                    if handlers.of(&claimed.kind).is_some() {
                        counts::record(&claimed.kind, &outcome, took);
                    }
                    outcomes.send((claimed.hold, outcome)).await.ok();
                    (at, took)
                });
            }
        }
    }

    /// Until something has ended, something may be due, or it is time to look.
    async fn wait(&mut self, stopped: &mut watch::Receiver<bool>) {
        let owed = self.glanced_at.filter(|_| self.owes_look).map(|at| GLANCE.saturating_sub(at.elapsed()));
        let soon = self.lanes.iter().filter_map(Lane::gathers_for).chain(owed).min();
        let poll = soon.unwrap_or_else(|| rand::rng().random_range(self.pace.poll..=self.pace.poll * 2));
        tokio::select! {
            Some(ended) = self.runs.join_next() => self.ended(ended.ok()),
            () = self.db.jobs().rung() => {}
            () = tokio::time::sleep(poll) => {}
            _ = stopped.wait_for(|stop| *stop) => {}
        }
        while let Some(ended) = self.runs.try_join_next() {
            self.ended(ended.ok());
        }
    }

    fn ended(&mut self, run: Option<(usize, Duration)>) {
        if let Some((lane, took)) = run.and_then(|(at, took)| Some((self.lanes.get_mut(at)?, took))) {
            lane.running -= 1;
            lane.took(took);
        }
    }

    async fn wind_down(mut self) {
        for claimed in self.lanes.iter_mut().flat_map(|lane| lane.stock.drain(..)) {
            self.outcomes.send((claimed.hold, Outcome::HandedBack)).await.ok();
        }
        let all_ended = async |runs: &mut JoinSet<_>| while runs.join_next().await.is_some() {};
        if tokio::time::timeout(self.pace.patience, all_ended(&mut self.runs)).await.is_err() {
            tracing::warn!(count = self.runs.len(), "jobs under way are given back");
            self.holds.end(None);
            tokio::time::timeout(END, all_ended(&mut self.runs)).await.ok();
        }
    }
}

fn tell(claimed: &Claimed, outcome: &Outcome, took: Duration) {
    let Claimed { hold, kind, attempt, .. } = claimed;
    let (id, ms) = (hold.id, u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    match outcome {
        Outcome::Done | Outcome::Gone => tracing::debug!(id, kind, attempt, ms, "job done"),
        Outcome::HandedBack => tracing::info!(id, kind, attempt, ms, "job given back"),
        Outcome::Failed { error, .. } => {
            tracing::warn!(id, kind, attempt, ms, "job failed: {}", Outcome::reason(error));
        }
        Outcome::Parked { error } => tracing::error!(id, kind, attempt, ms, "job parked: {}", Outcome::reason(error)),
    }
}
