//! Keeps the index true: all films at the start, then those that `cache_invalidations` names.
//!
//! A tag is a hint, the rows are the truth: changed rows are read as they are when the tag is seen, so the order of tags
//! does not matter, and a tag that was missed is made good by the next rebuild. Without the database the index keeps
//! answering as it is and catches up by itself.

use std::{
    collections::BTreeSet,
    mem,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::watch, task::JoinSet, time::timeout};

use super::{
    Index, State,
    load::{changes_of, load},
    tail::{GAP, Tail},
};
use crate::{
    catalog::{
        LISTS_TAG, REBUILD_TAG, film_of_tag,
        queries::indexing::{self, micros},
    },
    platform::{changes::Changes, clock, db::Database},
};

/// Between two looks at the tags, when nobody announces anything.
const POLL: Duration = Duration::from_millis(300);
/// The same when somebody does, at least: what is announced meanwhile is taken in together.
const BREATH: Duration = Duration::from_millis(20);
/// Taking in gets a share of one in so many of a processor, however many sales are announced.
const SHARE: u32 = 10;
/// More tags in one look are an import; a rebuild is quicker than as many patches.
const FLOOD: usize = 2_000;
/// So far back from the newest tag a transaction may still be under way when the index is first built.
const OVERLAP: u64 = 100;
/// So many tags back a node knows what changed before its start.
const LATELY: u64 = 20_000;
/// Between two rebuilds, however many tags ask for one.
const REBUILD_PAUSE: Duration = Duration::from_secs(3);
/// A rebuild heals what was missed, so there is one a day even when nothing asks for it.
const REBUILD_AT_LEAST: Duration = Duration::from_hours(24);
/// One that takes longer has lost its database, and is tried again.
const REBUILD_AT_MOST: Duration = Duration::from_mins(10);
/// So many changed films are brought into a rebuilt index by one look, which would otherwise keep the next one waiting.
const PATCH: usize = 500;

/// Keeps an index true to the database, and tells [`Changes`] what it has taken in: whatever is made of the index from
/// then on shows it.
pub struct Follower {
    db: Database,
    index: Arc<Index>,
    tail: Tail,
    rebuild: Rebuild,
    /// The index is a rebuilt one, which may have the next changes already: they will not seem to change any list.
    lists_may_differ: bool,
}

/// When the index was built and when it has to be built again.
#[derive(Default)]
struct Rebuild {
    /// When the last one began that came to something.
    at: Option<Instant>,
    tried_at: Option<Instant>,
    /// Tags were seen that only a rebuild takes in, one that began after that.
    behind_since: Option<Instant>,
    /// After a flood of tags, once more for the transactions that were still under way.
    again_at: Option<Instant>,
    under_way: Option<UnderWay>,
}

/// A rebuild that reads the catalogue, while changes go on being taken in.
struct UnderWay {
    began: Instant,
    loading: JoinSet<anyhow::Result<State>>,
    rebuilt: Option<Index>,
    /// Films that were changed since it began: it may have read them before.
    changed: BTreeSet<u64>,
}

impl Rebuild {
    fn is_due(&self, index: &Index) -> bool {
        let is_over = |since: Option<Instant>, pause| since.is_none_or(|since: Instant| since.elapsed() > pause);
        let asked = self.is_behind() || index.is_worn() || self.again_at.is_some_and(|again| again <= Instant::now());
        let is_wanted = asked || is_over(self.at, REBUILD_AT_LEAST);
        is_wanted && self.under_way.is_none() && is_over(self.tried_at, REBUILD_PAUSE)
    }

    fn is_behind(&self) -> bool {
        self.behind_since.is_some()
    }

    fn fell_behind(&mut self) {
        self.behind_since = Some(Instant::now());
    }

    fn flooded(&mut self) {
        self.fell_behind();
        self.again_at = Some(Instant::now() + GAP);
    }

    fn begin(&mut self, db: Database) {
        let (began, mut loading) = (Instant::now(), JoinSet::new());
        loading.spawn(async move { timeout(REBUILD_AT_MOST, load(&db)).await? });
        self.tried_at = Some(began);
        self.under_way = Some(UnderWay { began, loading, rebuilt: None, changed: BTreeSet::new() });
    }

    /// Whether one that is under way has read everything. One that failed is under way no more.
    fn has_read(&mut self) -> bool {
        let Some(under_way) = &mut self.under_way else { return false };
        match under_way.loading.try_join_next().map(|outcome| outcome.map_err(anyhow::Error::from).flatten()) {
            Some(Ok(state)) => under_way.rebuilt = Some(Index::of(state)),
            Some(Err(error)) => {
                tracing::warn!("the catalogue's index could not be built anew: {error:#}");
                self.under_way = None;
                return false;
            }
            None => {}
        }
        under_way.rebuilt.is_some()
    }

    fn changed(&mut self, films: &[u64]) {
        if let Some(under_way) = &mut self.under_way {
            under_way.changed.extend(films);
        }
    }

    /// True if it took in what was not announced one by one.
    fn done(&mut self, began: Instant) -> bool {
        tracing::info!("the catalogue's index was built in {} ms", began.elapsed().as_millis());
        (self.at, self.tried_at) = (Some(began), Some(began));
        let was_behind = self.behind_since.take_if(|since| *since <= began).is_some();
        let was_flooded = self.again_at.take_if(|again| *again <= began).is_some();
        was_behind || was_flooded
    }
}

impl Follower {
    pub fn new(db: Database, index: Arc<Index>) -> Self {
        Self { db, index, tail: Tail::default(), rebuild: Rebuild::default(), lists_may_differ: false }
    }

    /// Builds the index, then follows the tags until told to stop.
    pub async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        let mut was_well = true;
        while !*stopped.borrow() {
            let start = Instant::now();
            let outcome = self.look().await;
            let breath = (start.elapsed() * SHARE).clamp(BREATH, POLL);
            match &outcome {
                Err(error) if was_well => tracing::warn!("the catalogue's index cannot follow: {error:#}"),
                Ok(()) if !was_well => {
                    // Nothing is missed in the table, but what was kept meanwhile is not worth the doubt.
                    self.start_over();
                    tracing::info!("the catalogue's index follows the database again");
                }
                _ => {}
            }
            was_well = outcome.is_ok();
            if !was_well {
                self.changes().lost();
            }
            tokio::select! {
                () = self.next_look(breath) => {}
                _ = stopped.changed() => {}
            }
        }
    }

    /// After a breath, once somebody announces something or [`POLL`] is over: nobody's silence makes it later.
    async fn next_look(&self, breath: Duration) {
        let announced = async {
            tokio::time::sleep(breath).await;
            self.changes().woken().await;
        };
        tokio::time::timeout(POLL, announced).await.ok();
    }

    fn changes(&self) -> &Changes {
        self.db.changes()
    }

    /// Takes over everything that was announced until now, with a rebuild if one is due.
    pub async fn catch_up(&mut self) -> anyhow::Result<()> {
        self.look().await?;
        while self.rebuild.under_way.is_some() {
            tokio::time::sleep(BREATH).await;
            self.look().await?;
        }
        Ok(())
    }

    /// Takes over what was announced until now; a rebuild goes on beside.
    async fn look(&mut self) -> anyhow::Result<()> {
        if self.rebuild.at.is_none() {
            // Apart, for it needs much room and happens once.
            return Box::pin(self.build()).await;
        }
        // Asked before the tags are read: whatever a rebuild has read by now, they announce.
        let has_read = self.rebuild.has_read();
        self.follow().await?;
        if has_read {
            self.finish_rebuild().await?;
        }
        if self.rebuild.is_due(&self.index) {
            self.rebuild.begin(self.db.clone());
        }
        Ok(())
    }

    async fn build(&mut self) -> anyhow::Result<()> {
        let began = Instant::now();
        self.begin_at_the_end().await?;
        self.index.swap(load(&self.db).await?);
        self.rebuild.done(began);
        self.remember_lately().await
    }

    /// Takes the index that was read in place of the present one, once it has all that changed meanwhile.
    async fn finish_rebuild(&mut self) -> anyhow::Result<()> {
        let Some(UnderWay { began, rebuilt: Some(rebuilt), changed, .. }) = &mut self.rebuild.under_way else {
            return Ok(());
        };
        let films: Vec<u64> = changed.iter().take(PATCH).copied().collect();
        let changes = changes_of(&mut self.db.conn().await?, rebuilt, &films).await?;
        rebuilt.apply(changes, micros(clock::now()));
        for film in &films {
            changed.remove(film);
        }
        if !changed.is_empty() {
            return Ok(());
        }
        let began = *began;
        let old = self.index.swap(mem::take(rebuilt).into_state());
        // Freeing a whole catalogue takes a while.
        tokio::task::spawn_blocking(move || drop(old));
        self.lists_may_differ = true;
        self.rebuild.under_way = None;
        // Otherwise pages were kept true meanwhile, and stay.
        if self.rebuild.done(began) {
            self.start_over();
        }
        Ok(())
    }

    /// Vouches for what is made from here on, if the index holds all that was announced.
    fn start_over(&self) {
        if !self.rebuild.is_behind() {
            self.changes().start_over(self.tail.done(), self.tail.last);
        }
    }

    /// The rows about to be read hold what the tags so far announce; numbers still missing among the last may come.
    async fn begin_at_the_end(&mut self) -> anyhow::Result<()> {
        let mut conn = self.db.conn().await?;
        let start = indexing::last_tag(&mut conn).await?.saturating_sub(OVERLAP);
        self.tail.start_after(start);
        let tags = self.tail.read(&mut conn).await?;
        self.tail.took(tags.into_iter().map(|(id, _)| id), Instant::now());
        Ok(())
    }

    /// What other nodes made a while ago is as good as what this one will make, if it is known what changed since.
    async fn remember_lately(&self) -> anyhow::Result<()> {
        let mut floor = self.tail.done().saturating_sub(LATELY);
        let mut lately = indexing::last_of_each_tag(&mut self.db.conn().await?, floor).await?;
        let last = |is: &dyn Fn(&str) -> bool| lately.iter().filter(|(tag, _)| is(tag)).map(|(_, id)| *id).max();
        floor = floor.max(last(&|tag| tag == REBUILD_TAG).unwrap_or(0));
        // Whether a list differed after a change is not known any more.
        let lists = last(&|tag| tag == LISTS_TAG || film_of_tag(tag).is_some());
        lately.extend(lists.map(|id| (LISTS_TAG.to_owned(), id)));
        self.changes().begin(floor, lately, self.tail.done());
        Ok(())
    }

    async fn follow(&mut self) -> anyhow::Result<()> {
        let began = Instant::now();
        let mut conn = self.db.conn().await?;
        let tags = self.tail.read(&mut conn).await?;
        if tags.len() > FLOOD {
            self.tail.start_after(indexing::last_tag(&mut conn).await?);
            self.rebuild.flooded();
            self.changes().lost();
            return Ok(());
        }
        let films: BTreeSet<u64> = tags.iter().filter_map(|(_, tag)| film_of_tag(tag)).collect();
        let films: Vec<u64> = films.into_iter().collect();
        self.rebuild.changed(&films);
        let changes = changes_of(&mut conn, &self.index, &films).await?;
        let now = micros(clock::now());
        let mut announced: Vec<(u64, &str)> = tags.iter().map(|(id, tag)| (*id, tag.as_str())).collect();
        if !changes.is_empty() || self.index.is_due(now) {
            let lists_differ = self.index.apply(changes, now) || self.lists_may_differ;
            announced
                .extend(announced.iter().map(|(id, _)| *id).max().filter(|_| lists_differ).map(|id| (id, LISTS_TAG)));
        }
        if tags.iter().any(|(_, tag)| tag == REBUILD_TAG) {
            self.rebuild.fell_behind();
        }
        self.lists_may_differ = false;
        self.tail.took(tags.iter().map(|(id, _)| *id), Instant::now());
        if self.rebuild.is_behind() {
            self.changes().lost();
        } else {
            self.changes().took(announced, self.tail.done(), began);
        }
        Ok(())
    }
}
