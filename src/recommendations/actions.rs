//! A run: the films are read once, then compared and stored batch by batch, each in a transaction of its own. What has not
//! changed is not written. A run that ends in the middle has stored what it came to, and another one goes over it again.

use std::{iter::once, ops::Range, sync::Arc};

use futures_util::{StreamExt, TryStreamExt, stream};
use time::OffsetDateTime;

use super::{
    Kind, MOST,
    bought::Orders,
    jobs::{self, BuildRecommendations, RecommendBought, RecommendFilms},
    queries::{self, Stretch},
    scoring::{Alike, Films, Seen},
};
use crate::platform::{
    db::{Database, is_retryable},
    queue::Run,
};

/// Films that are read at once.
const READ: u32 = 4_096;
/// Films whose rows are stored in one transaction.
const BATCH: usize = 500;
/// A batch that lost against another transaction is written again this often.
const ATTEMPTS: u32 = 5;

/// Leaves the job of finding what goes with all films, for films that came just now; a run that waits already will do.
pub async fn request(db: &Database) -> sqlx::Result<()> {
    let mut tx = db.begin().await?;
    tx.enqueue(&BuildRecommendations {}).await?;
    tx.commit().await
}

/// Leaves a job for each chunk of the films, as they are now.
pub async fn divide(db: &Database, run: &Run) -> anyhow::Result<()> {
    let chunks = chunks(db, jobs::CHUNK).await?;
    let mut tx = db.begin().await?;
    tx.enqueue_all(&chunks.iter().copied().map(RecommendFilms).collect::<Vec<_>>()).await?;
    tx.enqueue_all(&chunks.into_iter().map(RecommendBought).collect::<Vec<_>>()).await?;
    run.done_in(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Stretches that cover all films, with about `films` in each.
pub async fn chunks(db: &Database, films: u64) -> sqlx::Result<Vec<Stretch>> {
    let ends = queries::every_nth_film(&mut db.conn().await?, films).await?;
    let starts = once(0).chain(ends.iter().copied());
    // The last one goes on without end, for what is left of films that are gone.
    let ends = ends.iter().copied().chain([u64::MAX]);
    Ok(starts.zip(ends).map(|(after, up_to)| Stretch { after, up_to }).collect())
}

/// The films of the shop, ready to be compared.
#[derive(Clone)]
pub struct Catalogue {
    db: Database,
    by: By,
}

/// What films are compared by.
#[derive(Clone)]
enum By {
    Facts(Arc<Films>),
    Orders(Arc<Orders>),
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub films: usize,
    /// Films that now go with others than before.
    pub changed: usize,
}

/// Reads all films.
pub async fn load(db: &Database, now: OffsetDateTime) -> anyhow::Result<Catalogue> {
    let (mut films, mut after) = (Films::default(), 0);
    loop {
        let read = queries::films_after(&mut db.conn().await?, after, READ, now).await?;
        let Some(last) = read.last() else { break };
        after = last.id;
        for film in &read {
            films.add(film);
        }
    }
    let films = tokio::task::spawn_blocking(move || {
        films.finish();
        films
    });
    Ok(Catalogue { db: db.clone(), by: By::Facts(Arc::new(films.await?)) })
}

/// Counts the orders of all films. Which of them are ordered together is read batch by batch.
pub async fn load_orders(db: &Database) -> anyhow::Result<Catalogue> {
    let mut conn = db.conn().await?;
    let orders = Orders::new(queries::count_orders(&mut conn).await?, queries::films_ordered(&mut conn).await?);
    Ok(Catalogue { db: db.clone(), by: By::Orders(Arc::new(orders)) })
}

impl Catalogue {
    pub fn count(&self) -> usize {
        self.ids().len()
    }

    fn ids(&self) -> &[u64] {
        match &self.by {
            By::Facts(films) => films.ids(),
            By::Orders(orders) => orders.ids(),
        }
    }

    const fn kind(&self) -> Kind {
        match self.by {
            By::Facts(_) => Kind::Similar,
            By::Orders(_) => Kind::Bought,
        }
    }

    /// Finds and stores what goes with the films of a stretch, `at_once` batches at a time. `done` hears of every batch.
    pub async fn recommend(
        &self,
        stretch: Stretch,
        at_once: usize,
        mut done: impl FnMut(Report),
    ) -> anyhow::Result<Report> {
        let batches = batches(self.ids(), stretch).into_iter();
        let mut work = stream::iter(batches.map(|batch| self.clone().take(batch))).buffer_unordered(at_once);
        let mut all = Report::default();
        while let Some(Report { films, changed }) = work.try_next().await? {
            all = Report { films: all.films + films, changed: all.changed + changed };
            done(all);
        }
        Ok(all)
    }

    async fn take(self, (places, stretch): (Range<usize>, Stretch)) -> anyhow::Result<Report> {
        let (kind, count) = (self.kind(), places.len());
        let found = self.found(places, stretch).await?;
        let mut attempt = 1;
        loop {
            match store(&self.db, kind, stretch, &found).await {
                Ok(changed) => return Ok(Report { films: count, changed }),
                Err(error) if is_retryable(&error) && attempt < ATTEMPTS => attempt += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// What goes with each of some films, in the order in which it is kept.
    async fn found(&self, places: Range<usize>, stretch: Stretch) -> anyhow::Result<Vec<(u64, Alike)>> {
        match &self.by {
            By::Facts(films) => {
                let films = Arc::clone(films);
                Ok(tokio::task::spawn_blocking(move || alike(&films, places)).await?)
            }
            By::Orders(orders) => Ok(orders.best(&queries::pairs(&mut self.db.conn().await?, stretch).await?)),
        }
    }
}

/// The films of a stretch in batches: their places, and the stretch of ids that they alone are responsible for.
fn batches(ids: &[u64], stretch: Stretch) -> Vec<(Range<usize>, Stretch)> {
    let first = ids.partition_point(|id| *id <= stretch.after);
    let end = ids.partition_point(|id| *id <= stretch.up_to);
    let (mut batches, mut after) = (Vec::new(), stretch.after);
    for start in (first..end.max(first + 1)).step_by(BATCH) {
        let stop = (start + BATCH).min(end);
        let up_to = if stop == end { stretch.up_to } else { ids[stop - 1] };
        batches.push((start..stop, Stretch { after, up_to }));
        after = up_to;
    }
    batches
}

/// What is like each of some films, in the order in which it is kept.
fn alike(films: &Films, places: Range<usize>) -> Vec<(u64, Alike)> {
    let mut seen = Seen::default();
    let mut rows = Vec::with_capacity(places.len() * MOST);
    for at in places {
        let mut alike = films.alike(at, MOST, &mut seen);
        alike.sort_unstable_by_key(|alike| alike.other_id);
        rows.extend(alike.into_iter().map(|alike| (films.ids()[at], alike)));
    }
    rows
}

/// Brings what is kept of a stretch to what was found, and tells of how many films it was another.
async fn store(db: &Database, kind: Kind, stretch: Stretch, found: &[(u64, Alike)]) -> sqlx::Result<usize> {
    let kept = queries::kept(&mut db.conn().await?, kind, stretch).await?;
    let changed = changed(&kept, found);
    if changed.is_empty() {
        return Ok(0);
    }
    let rows: Vec<_> = found.iter().copied().filter(|(film, _)| changed.binary_search(film).is_ok()).collect();
    let mut tx = db.begin().await?;
    queries::forget(&mut tx, kind, &changed).await?;
    queries::keep(&mut tx, kind, &rows).await?;
    tx.commit().await?;
    Ok(changed.len())
}

/// The films, by id, of which not the same is kept as was found.
fn changed(kept: &[(u64, Alike)], found: &[(u64, Alike)]) -> Vec<u64> {
    fn of(rows: &[(u64, Alike)]) -> impl Iterator<Item = &[(u64, Alike)]> {
        rows.chunk_by(|one, other| one.0 == other.0)
    }
    let (mut kept, mut found) = (of(kept).peekable(), of(found).peekable());
    let mut changed = Vec::new();
    while let Some(film) = [kept.peek(), found.peek()].into_iter().flatten().map(|rows| rows[0].0).min() {
        let kept = kept.next_if(|rows| rows[0].0 == film);
        let found = found.next_if(|rows| rows[0].0 == film);
        if kept != found {
            changed.push(film);
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recommendations::Likeness;

    fn row(film: u64, other_id: u64, score: u32) -> (u64, Alike) {
        (film, Alike { other_id, score, reason: Likeness::Genre, subject_id: Some(1) })
    }

    #[test]
    fn only_films_of_which_something_differs_are_written() {
        let kept = [row(1, 2, 8), row(1, 3, 8), row(2, 1, 8), row(4, 1, 8), row(5, 1, 8)];
        let found = [row(1, 2, 8), row(1, 3, 8), row(2, 1, 9), row(3, 1, 8), row(5, 1, 8), row(5, 2, 8)];
        assert_eq!(changed(&kept, &found), [2, 3, 4, 5]);
        assert_eq!(changed(&kept, &kept), [] as [u64; 0]);
    }

    #[test]
    fn batches_cover_a_stretch_without_a_gap() {
        let ids: Vec<u64> = (1..=1_200).map(|n| n * 10).collect();
        let all = Stretch { after: 0, up_to: u64::MAX };
        let found = batches(&ids, all);
        assert_eq!(
            found.iter().map(|(places, _)| places.clone()).collect::<Vec<_>>(),
            [0..500, 500..1_000, 1_000..1_200]
        );
        let stretches: Vec<_> = found.iter().map(|(_, stretch)| (stretch.after, stretch.up_to)).collect();
        assert_eq!(stretches, [(0, 5_000), (5_000, 10_000), (10_000, u64::MAX)]);
        let within = batches(&ids, Stretch { after: 95, up_to: 205 });
        assert_eq!(within, [(9..20, Stretch { after: 95, up_to: 205 })]);
        let empty = Stretch { after: 20_000, up_to: u64::MAX };
        assert_eq!(batches(&ids, empty), [(1_200..1_200, empty)], "what is left of films that are gone");
    }
}
