//! Which films a customer owns, kept for the lists that tell of them: most lists show none.

use std::sync::Arc;

use crate::{
    orders::{client_tag, queries::owned_films},
    platform::{changes::Changes, db::Database, memo::Memo},
};

/// So many films are kept at most, of all customers together: 16 MB.
const MOST_KEPT: u64 = 2_000_000;

/// By customer, in ascending order.
pub struct OwnedFilms(Memo<u64, Arc<[u64]>>);

impl OwnedFilms {
    pub fn new(changes: Arc<Changes>) -> Self {
        // Whoever owns nothing takes some room too.
        let weigh = |films: &Arc<[u64]>| u32::try_from(films.len()).map_or(u32::MAX, |films| films.saturating_add(16));
        Self(Memo::new(changes, MOST_KEPT, weigh))
    }

    /// Those of these films that a customer owns. One statement, or none while what they own is kept.
    pub async fn among(
        &self,
        db: &Database,
        client_id: u64,
        films: impl Iterator<Item = u64>,
    ) -> sqlx::Result<Vec<u64>> {
        let owned = match self.0.get(&client_id, || client_tag(client_id)) {
            Some(owned) => owned,
            None => Box::pin(self.read(db, client_id)).await?,
        };
        if owned.is_empty() {
            return Ok(Vec::new());
        }
        Ok(films.filter(|film| owned.binary_search(film).is_ok()).collect())
    }

    async fn read(&self, db: &Database, client_id: u64) -> sqlx::Result<Arc<[u64]>> {
        let as_of = self.0.as_of();
        let owned: Arc<[u64]> = owned_films(&mut db.conn().await?, client_id).await?.into();
        self.0.keep(client_id, Arc::clone(&owned), as_of);
        Ok(owned)
    }
}
