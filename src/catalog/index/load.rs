//! Where the index gets its films: all of them at the start, then those that `cache_invalidations` names.
//!
//! A tag is a hint, the rows are the truth: changed rows are read as they are when the tag is seen, so the order of tags
//! does not matter, and a tag that was missed is made good by the next rebuild. Without the database the index keeps
//! answering as it is and catches up by itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{Stream, TryStreamExt, stream};
use tokio::sync::{mpsc, watch};

use super::{Builder, Change, Film, Index, State, Unknown};
use crate::{
    catalog::{
        LISTS_TAG, REBUILD_TAG, film_of_tag,
        queries::indexing::{self, Which, micros},
    },
    platform::{
        changes::Changes,
        clock,
        db::{Conn, Database},
    },
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

/// So many films are read at once.
const STRETCH: u32 = 4_096;
/// So many stretches are read at the same time.
const READERS: usize = 2;

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
    at: Option<Instant>,
    is_wanted: bool,
    /// After a flood of tags, once more for the transactions that were still under way.
    again_at: Option<Instant>,
    /// Tags were seen that only a rebuild takes in.
    is_behind: bool,
}

impl Rebuild {
    fn is_due(&self, index: &Index) -> bool {
        let Some(at) = self.at else { return true };
        let asked = self.is_wanted || index.is_worn() || self.again_at.is_some_and(|again| again <= Instant::now());
        at.elapsed() > REBUILD_AT_LEAST || asked && at.elapsed() > REBUILD_PAUSE
    }

    fn flooded(&mut self) {
        self.is_wanted = true;
        self.is_behind = true;
        self.again_at = Some(Instant::now() + GAP);
    }

    fn done(&mut self, started: Instant) {
        if self.again_at.is_some_and(|again| again <= started) {
            self.again_at = None;
        }
        self.at = Some(started);
        self.is_wanted = false;
        self.is_behind = false;
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
            let outcome = self.catch_up().await;
            let breath = (start.elapsed() * SHARE).clamp(BREATH, POLL);
            match &outcome {
                Err(error) if was_well => tracing::warn!("the catalogue's index cannot follow: {error:#}"),
                Ok(()) if !was_well => {
                    // Nothing is missed in the table, but what was kept meanwhile is not worth the doubt.
                    self.changes().start_over(self.tail.done);
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

    /// Takes over everything that was announced until now.
    pub async fn catch_up(&mut self) -> anyhow::Result<()> {
        if self.rebuild.at.is_some() {
            self.follow().await?;
        }
        if self.rebuild.is_due(&self.index) {
            self.build().await?;
        }
        Ok(())
    }

    async fn build(&mut self) -> anyhow::Result<()> {
        let started = Instant::now();
        let is_first = self.rebuild.at.is_none();
        if is_first {
            self.begin_at_the_end().await?;
        }
        self.index.swap(load(&self.db).await?);
        self.rebuild.done(started);
        if is_first {
            self.remember_lately().await?;
        } else {
            self.changes().start_over(self.tail.done);
        }
        tracing::info!("the catalogue's index was built in {} ms", started.elapsed().as_millis());
        Ok(())
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
        let changes = if films.is_empty() { Vec::new() } else { changes_of(&mut conn, &self.index, &films).await? };
        let now = micros(clock::now());
        let mut announced: Vec<(u64, &str)> = tags.iter().map(|(id, tag)| (*id, tag.as_str())).collect();
        if !changes.is_empty() || self.index.is_due(now) {
            let lists_differ = self.index.apply(changes, now);
            announced
                .extend(announced.iter().map(|(id, _)| *id).max().filter(|_| lists_differ).map(|id| (id, LISTS_TAG)));
        }
        if tags.iter().any(|(_, tag)| tag == REBUILD_TAG) {
            self.rebuild.is_wanted = true;
            self.rebuild.is_behind = true;
        }
        self.tail.took(tags.iter().map(|(id, _)| *id), Instant::now());
        if self.rebuild.is_behind {
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

/// All films, ready to be searched. They come in stretches, which one thread takes in while the next are being read: the
/// rows of a whole catalogue would take several times the memory of its index.
async fn load(db: &Database) -> anyhow::Result<State> {
    let names = async { anyhow::Ok(names(&mut db.conn().await?).await?) };
    let offers = async { anyhow::Ok(indexing::offers(&mut db.conn().await?, Which::All).await?) };
    let (mut builder, offers) = tokio::try_join!(names, offers)?;
    let (sender, mut receiver) = mpsc::channel::<Vec<Film>>(1);
    let take_in = tokio::task::spawn_blocking(move || {
        while let Some(films) = receiver.blocking_recv() {
            for film in &films {
                builder.film(film);
            }
        }
        builder
    });
    let mut stretches = pin!(stretches(db).map_ok(|films| with_links(db.clone(), films)).try_buffered(READERS));
    while let Some(mut films) = stretches.try_next().await? {
        offers.add_to(&mut films);
        sender.send(films).await?;
    }
    drop(offers);
    drop(sender);
    let builder = take_in.await?;
    Ok(tokio::task::spawn_blocking(|| builder.build()).await??)
}

/// All films by ascending id, without what they point to.
fn stretches(db: &Database) -> impl Stream<Item = anyhow::Result<Vec<Film>>> {
    stream::try_unfold(0, async |after| {
        let films = indexing::films_after(&mut db.conn().await?, after, STRETCH).await?;
        let last = films.last().map(|film| film.id);
        Ok(last.map(|last| (films, last)))
    })
}

/// Adds what the films of a stretch point to, read on a thread of their own where there is one.
async fn with_links(db: Database, mut films: Vec<Film>) -> anyhow::Result<Vec<Film>> {
    let (Some(first), Some(last)) = (films.first(), films.last()) else { return Ok(films) };
    let which = Which::Between(first.id, last.id);
    let links = async move {
        indexing::add_links(&mut db.conn().await?, which, &mut films).await?;
        anyhow::Ok(films)
    };
    tokio::spawn(links).await?
}

async fn names(conn: &mut Conn) -> sqlx::Result<Builder> {
    let mut builder = Builder::new(micros(clock::now()));
    indexing::indexed_genres(conn).await?.into_iter().for_each(|row| builder.genre(row));
    indexing::indexed_categories(conn).await?.into_iter().for_each(|row| builder.category(row));
    indexing::indexed_studios(conn, Which::All).await?.into_iter().for_each(|row| builder.studio(row));
    indexing::indexed_people(conn, Which::All).await?.into_iter().for_each(|row| builder.person(row));
    Ok(builder)
}

/// What is to be done about the films with these ids. Names come before the films that point to them; those that are known
/// are not read again, since whoever changes one announces a rebuild.
async fn changes_of(conn: &mut Conn, index: &Index, ids: &[u64]) -> sqlx::Result<Vec<Change>> {
    let mut films = indexing::indexed_films(conn, Which::Some(ids)).await?;
    indexing::add_all(conn, Which::Some(ids), &mut films).await?;
    let Unknown { genres, categories, studios, people } = index.unknown_to(&films);
    let mut changes = Vec::new();
    if genres {
        changes.extend(indexing::indexed_genres(conn).await?.into_iter().map(Change::Genre));
    }
    if categories {
        changes.push(Change::Categories(indexing::indexed_categories(conn).await?));
    }
    if !studios.is_empty() {
        let studios = indexing::indexed_studios(conn, Which::Some(&studios)).await?;
        changes.extend(studios.into_iter().map(Change::Studio));
    }
    if !people.is_empty() {
        let people = indexing::indexed_people(conn, Which::Some(&people)).await?;
        changes.extend(people.into_iter().map(Change::Person));
    }
    let gone = |id: &&u64| films.binary_search_by_key(*id, |film: &Film| film.id).is_err();
    changes.extend(ids.iter().filter(gone).map(|id| Change::Gone(*id)));
    changes.extend(films.into_iter().map(|film| Change::Film(Box::new(film))));
    Ok(changes)
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
