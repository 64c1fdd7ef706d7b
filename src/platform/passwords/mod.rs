//! Passwords: kept as Argon2id, checked in bounded numbers.
//!
//! A hash costs 20 MB of memory and some milliseconds of a core, on purpose. Only so many are made at once, only so many
//! people wait for theirs, and whoever comes after them is told to come back: a flood of sign-ins takes neither the memory
//! nor the cores from everybody else.

mod rules;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{self, phc::PasswordHash},
};
pub use rules::{LEAST_CHARS, MOST_CHARS, Weakness, check};
use tokio::sync::Semaphore;

use crate::platform::error::Error;

/// People who may wait for theirs; on two cores the last of them does so for some six seconds, at the door with two each.
const MOST_WAITING: usize = 128;
/// When those who were sent away may try again.
const SECONDS_UNTIL_CALM: u64 = 5;

/// What a hash costs whoever makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
}

impl Cost {
    /// What protects people; production takes nothing cheaper.
    pub const STRONG: Self = Self { memory_kib: Params::DEFAULT_M_COST, passes: Params::DEFAULT_T_COST };
    /// For tests, which make thousands.
    pub const CHEAP: Self = Self { memory_kib: 64, passes: 1 };
}

/// Why no hash was made.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    #[error("too many wait for a hash")]
    Busy,
    #[error("no hash was made: {0}")]
    Failed(#[from] anyhow::Error),
}

impl From<HashError> for Error {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::TooMany(SECONDS_UNTIL_CALM),
            HashError::Failed(cause) => Self::Internal(cause),
        }
    }
}

/// Makes and checks hashes.
pub struct Hasher {
    argon2: Argon2<'static>,
    /// Those who are served or wait.
    room: Semaphore,
    /// Those who are served. A core is left for pages where there are several.
    places: Arc<Semaphore>,
    made: AtomicU64,
}

impl Hasher {
    /// At `cost`, which must be one that Argon2 knows.
    pub fn new(cost: Cost) -> anyhow::Result<Self> {
        let params = Params::new(cost.memory_kib, cost.passes, Params::DEFAULT_P_COST, None)?;
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let places = (cores - 1).max(1);
        Ok(Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            room: Semaphore::new(places + MOST_WAITING),
            places: Arc::new(Semaphore::new(places)),
            made: AtomicU64::new(0),
        })
    }

    /// A hash to keep, in PHC form, with a salt of its own.
    pub async fn hash(&self, password: &str) -> Result<String, HashError> {
        let password = password.to_owned();
        self.work(1, move |argon2| Ok(argon2.hash_password(password.as_bytes())?.to_string())).await
    }

    /// Whether this is the password of a kept hash. Where there is none (nobody has this name, or may sign in) the same
    /// work is done for a no.
    pub async fn verify(&self, password: &str, kept: Option<&str>) -> Result<bool, HashError> {
        let [fits] = self.verify_each(password, [kept]).await?;
        Ok(fits)
    }

    /// The same of several kept hashes, one after the other in one place.
    pub async fn verify_each<const N: usize>(
        &self,
        password: &str,
        kept: [Option<&str>; N],
    ) -> Result<[bool; N], HashError> {
        let password = password.to_owned();
        let kept = kept.map(|kept| kept.and_then(|kept| PasswordHash::new(kept).ok()));
        self.work(N, move |argon2| {
            let mut fits = [false; N];
            for (fits, kept) in fits.iter_mut().zip(kept) {
                *fits = is_password_of(argon2, password.as_bytes(), kept.as_ref())?;
            }
            Ok(fits)
        })
        .await
    }

    /// Whether a kept hash is weaker than those made today.
    pub fn is_outdated(&self, kept: &str) -> bool {
        let Ok(hash) = PasswordHash::new(kept) else { return true };
        let (Ok(kept), today) = (Params::try_from(&hash), self.argon2.params()) else { return true };
        hash.algorithm != Algorithm::Argon2id.ident()
            || kept.m_cost() < today.m_cost()
            || kept.t_cost() < today.t_cost()
    }

    /// Hashes made since the start, whatever they were for.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    async fn work<T: Send + 'static>(
        &self,
        hashes: usize,
        work: impl FnOnce(&Argon2<'static>) -> password_hash::Result<T> + Send + 'static,
    ) -> Result<T, HashError> {
        let _room = self.room.try_acquire().map_err(|_| HashError::Busy)?;
        let place = Arc::clone(&self.places).acquire_owned().await.map_err(anyhow::Error::from)?;
        self.made.fetch_add(hashes as u64, Ordering::Relaxed);
        let argon2 = self.argon2.clone();
        let done = tokio::task::spawn_blocking(move || {
            // The place is taken until the work is done, also when whoever asked has gone.
            let _place = place;
            work(&argon2)
        });
        let result = done.await.map_err(anyhow::Error::from)?;
        result.map_err(|error| HashError::Failed(anyhow::anyhow!("{error}")))
    }
}

fn is_password_of(argon2: &Argon2<'_>, password: &[u8], kept: Option<&PasswordHash>) -> password_hash::Result<bool> {
    let Some(kept) = kept else {
        argon2.hash_password(password)?;
        return Ok(false);
    };
    match argon2.verify_password(password, kept) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher() -> Hasher {
        Hasher::new(Cost::CHEAP).unwrap()
    }

    #[tokio::test]
    async fn only_the_same_password_fits() {
        let hasher = hasher();
        let kept = hasher.hash("two of a kind").await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{kept}");
        assert!(hasher.verify("two of a kind", Some(&kept)).await.unwrap());
        assert!(!hasher.verify("Two of a kind", Some(&kept)).await.unwrap());
        assert_ne!(hasher.hash("two of a kind").await.unwrap(), kept, "each has a salt of its own");
    }

    #[tokio::test]
    async fn nobody_costs_as_much_as_somebody() {
        let hasher = hasher();
        let kept = hasher.hash("two of a kind").await.unwrap();
        for nobody in [None, Some("!"), Some("$argon2id$v=19$broken")] {
            let before = hasher.made();
            assert!(!hasher.verify("two of a kind", nobody).await.unwrap());
            assert_eq!(hasher.made() - before, 1);
        }
        let before = hasher.made();
        hasher.verify("wrong", Some(&kept)).await.unwrap();
        assert_eq!(hasher.made() - before, 1);
    }

    #[tokio::test]
    async fn a_hash_is_outdated_once_hashes_cost_more() {
        let kept = hasher().hash("two of a kind").await.unwrap();
        assert!(!hasher().is_outdated(&kept));
        for dearer in [Cost { passes: 2, ..Cost::CHEAP }, Cost { memory_kib: 128, ..Cost::CHEAP }] {
            let dearer = Hasher::new(dearer).unwrap();
            assert!(dearer.is_outdated(&kept));
            assert!(dearer.verify("two of a kind", Some(&kept)).await.unwrap(), "it still opens the door");
        }
        assert!(!Hasher::new(Cost { memory_kib: 32, ..Cost::CHEAP }).unwrap().is_outdated(&kept));
    }

    #[tokio::test]
    async fn a_flood_is_answered_in_part_and_the_rest_is_told_to_wait() {
        let hasher = Arc::new(Hasher::new(Cost { memory_kib: 1024, passes: 1 }).unwrap());
        let tries = (0..400).map(|_| {
            let hasher = Arc::clone(&hasher);
            async move { hasher.verify("a guess at it", None).await }
        });
        let answers = futures_util::future::join_all(tries).await;
        let served = answers.iter().filter(|answer| answer.is_ok()).count();
        assert!((MOST_WAITING..400).contains(&served), "{served}");
        assert_eq!(hasher.made(), served as u64);
        assert!(answers.iter().all(|answer| matches!(answer, Ok(false) | Err(HashError::Busy))));
        assert!(hasher.hash("and it goes on").await.is_ok());
    }
}
