//! Keeps the index true: all films at the start, then those that `cache_invalidations` names.
//!
//! A tag is a hint, the rows are the truth: changed rows are read as they are when the tag is seen, so the order of tags
//! does not matter, and a tag that was missed is made good by the next rebuild. Without the database the index keeps
//! answering as it is and catches up by itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    sync::watch,
    task::{JoinError, JoinSet},
};

use super::{
    Index, State,
    load::{changes_of, load},
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
/// As many tags are read in one look.
const MOST_TAGS: u32 = 5_000;
/// So far back from the newest tag a transaction may still be under way when the index is first built.
const OVERLAP: u64 = 100;
/// So many tags back a node knows what changed before its start.
const LATELY: u64 = 20_000;
/// A number that no tag has may belong to a transaction still under way; after this it is given up.
const GAP: Duration = Duration::from_mins(1);
/// Between two rebuilds, however many tags ask for one.
const REBUILD_PAUSE: Duration = Duration::from_secs(3);
/// A rebuild heals what was missed, so there is one a day even when nothing asks for it.
const REBUILD_AT_LEAST: Duration = Duration::from_hours(24);

/// Keeps an index true to the database, and tells [`Changes`] what it has taken in: whatever is made of the index from
/// then on shows it.
pub struct Follower {
    db: Database,
    index: Arc<Index>,
    tail: Tail,
    rebuild: Rebuild,
}

/// When the index was built and when it has to be built again.
#[derive(Default)]
struct Rebuild {
    /// When the last one began.
    at: Option<Instant>,
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
    outcome: Option<Result<anyhow::Result<State>, JoinError>>,
    /// Films that were changed since it began: it may have read them before.
    changed: BTreeSet<u64>,
}

impl Rebuild {
    fn is_due(&self, index: &Index) -> bool {
        let Some(at) = self.at else { return true };
        let asked = self.is_behind() || index.is_worn() || self.again_at.is_some_and(|again| again <= Instant::now());
        self.under_way.is_none() && (at.elapsed() > REBUILD_AT_LEAST || asked && at.elapsed() > REBUILD_PAUSE)
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

    /// Whether one that is under way has read everything.
    fn is_read(&mut self) -> bool {
        self.under_way.as_mut().is_some_and(|under_way| {
            under_way.outcome = under_way.outcome.take().or_else(|| under_way.loading.try_join_next());
            under_way.outcome.is_some()
        })
    }

    fn changed(&mut self, films: &[u64]) {
        if let Some(under_way) = &mut self.under_way {
            under_way.changed.extend(films);
        }
    }

    /// True if it took in what was not announced one by one.
    fn done(&mut self, began: Instant) -> bool {
        self.at = Some(began);
        let was_behind = self.behind_since.take_if(|since| *since <= began).is_some();
        let was_flooded = self.again_at.take_if(|again| *again <= began).is_some();
        was_behind || was_flooded
    }
}

impl Follower {
    pub fn new(db: Database, index: Arc<Index>) -> Self {
        Self { db, index, tail: Tail::default(), rebuild: Rebuild::default() }
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
        // Asked before the tags are read: whatever is in a rebuilt index, they announce.
        let is_read = self.rebuild.is_read();
        self.follow().await?;
        if is_read {
            self.finish_rebuild().await?;
        }
        if self.rebuild.is_due(&self.index) {
            self.begin_rebuild();
        }
        Ok(())
    }

    async fn build(&mut self) -> anyhow::Result<()> {
        let began = Instant::now();
        self.begin_at_the_end().await?;
        self.index.swap(load(&self.db).await?);
        self.built(began);
        self.remember_lately().await
    }

    fn begin_rebuild(&mut self) {
        let db = self.db.clone();
        let mut loading = JoinSet::new();
        loading.spawn(async move { load(&db).await });
        let (began, changed) = (Instant::now(), BTreeSet::new());
        self.rebuild.under_way = Some(UnderWay { began, loading, outcome: None, changed });
    }

    /// Takes the index that has been read in place of the present one, with what changed meanwhile.
    async fn finish_rebuild(&mut self) -> anyhow::Result<()> {
        let Some(UnderWay { began, outcome: Some(outcome), changed, .. }) = self.rebuild.under_way.take() else {
            return Ok(());
        };
        let rebuilt = Index::of(outcome??);
        let changed: Vec<u64> = changed.into_iter().collect();
        for films in changed.chunks(FLOOD) {
            let changes = changes_of(&mut self.db.conn().await?, &rebuilt, films).await?;
            rebuilt.apply(changes, micros(clock::now()));
        }
        self.index.swap(rebuilt.into_state());
        // Otherwise pages were kept true meanwhile, and stay.
        if self.built(began) {
            self.start_over();
        }
        Ok(())
    }

    fn built(&mut self, began: Instant) -> bool {
        tracing::info!("the catalogue's index was built in {} ms", began.elapsed().as_millis());
        self.rebuild.done(began)
    }

    /// Vouches for what is made from here on, if the index holds all that was announced.
    fn start_over(&self) {
        if !self.rebuild.is_behind() {
            self.changes().start_over(self.tail.done);
        }
    }

    /// The rows about to be read hold what the tags so far announce; numbers still missing among the last may come.
    async fn begin_at_the_end(&mut self) -> anyhow::Result<()> {
        let mut conn = self.db.conn().await?;
        let start = indexing::last_tag(&mut conn).await?.saturating_sub(OVERLAP);
        let tags = indexing::tags_after(&mut conn, start, MOST_TAGS).await?;
        self.tail.start_after(start);
        self.tail.took(tags.into_iter().map(|(id, _)| id), Instant::now());
        Ok(())
    }

    /// What other nodes made a while ago is as good as what this one will make, if it is known what changed since.
    async fn remember_lately(&self) -> anyhow::Result<()> {
        let mut floor = self.tail.done.saturating_sub(LATELY);
        let mut lately = indexing::last_of_each_tag(&mut self.db.conn().await?, floor).await?;
        let last = |is: &dyn Fn(&str) -> bool| lately.iter().filter(|(tag, _)| is(tag)).map(|(_, id)| *id).max();
        floor = floor.max(last(&|tag| tag == REBUILD_TAG).unwrap_or(0));
        // Whether a list differed after a change is not known any more.
        let lists = last(&|tag| tag == LISTS_TAG || film_of_tag(tag).is_some());
        lately.extend(lists.map(|id| (LISTS_TAG.to_owned(), id)));
        self.changes().begin(floor, lately, self.tail.done);
        Ok(())
    }

    async fn follow(&mut self) -> anyhow::Result<()> {
        let began = Instant::now();
        let mut conn = self.db.conn().await?;
        let mut tags = indexing::tags_after(&mut conn, self.tail.done, MOST_TAGS).await?;
        tags.retain(|(id, _)| !self.tail.has(*id));
        if tags.len() > FLOOD {
            self.tail.start_after(indexing::last_tag(&mut conn).await?);
            self.rebuild.flooded();
            self.changes().lost();
            return Ok(());
        }
        let films: BTreeSet<u64> = tags.iter().filter_map(|(_, tag)| film_of_tag(tag)).collect();
        let films: Vec<u64> = films.into_iter().collect();
        self.rebuild.changed(&films);
        let changes = if films.is_empty() { Vec::new() } else { changes_of(&mut conn, &self.index, &films).await? };
        let now = micros(clock::now());
        let mut announced: Vec<(u64, &str)> = tags.iter().map(|(id, tag)| (*id, tag.as_str())).collect();
        if !changes.is_empty() || self.index.is_due(now) {
            let lists_differ = self.index.apply(changes, now);
            announced
                .extend(announced.iter().map(|(id, _)| *id).max().filter(|_| lists_differ).map(|id| (id, LISTS_TAG)));
        }
        if tags.iter().any(|(_, tag)| tag == REBUILD_TAG) {
            self.rebuild.fell_behind();
        }
        self.tail.took(tags.iter().map(|(id, _)| *id), Instant::now());
        if self.rebuild.is_behind() {
            self.changes().lost();
        } else {
            self.changes().took(announced, self.tail.done, began);
        }
        Ok(())
    }
}

/// The place in the tags up to which everything was taken over. Numbers are given when a row is written and show when
/// its transaction commits, so a lower one can appear after a higher one: gaps are waited for.
#[derive(Default)]
struct Tail {
    done: u64,
    /// Taken tags behind a gap, with the time when they were.
    ahead: BTreeMap<u64, Instant>,
}

impl Tail {
    fn start_after(&mut self, id: u64) {
        *self = Self { done: id, ahead: BTreeMap::new() };
    }

    fn has(&self, id: u64) -> bool {
        id <= self.done || self.ahead.contains_key(&id)
    }

    fn took(&mut self, ids: impl Iterator<Item = u64>, now: Instant) {
        self.ahead.extend(ids.map(|id| (id, now)));
        while let Some((id, since)) = self.ahead.first_key_value() {
            if *id > self.done + 1 && now.duration_since(*since) < GAP {
                break;
            }
            self.done = *id;
            self.ahead.pop_first();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_in_the_tags_is_waited_for_and_given_up_in_the_end() {
        let start = Instant::now();
        let mut tail = Tail::default();
        tail.start_after(10);
        tail.took([11, 12, 14].into_iter(), start);
        assert_eq!(tail.done, 12, "13 may still be under way");
        assert!(tail.has(14) && !tail.has(13));
        tail.took([13, 17].into_iter(), start);
        assert_eq!(tail.done, 14);
        tail.took(std::iter::empty(), start + GAP / 2);
        assert_eq!(tail.done, 14);
        tail.took(std::iter::empty(), start + GAP);
        assert_eq!(tail.done, 17, "15 and 16 were rolled back");
        assert!(tail.ahead.is_empty());
    }
}
