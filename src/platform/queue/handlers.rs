//! Which function runs which kind of job.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;

use super::{Job, Run};

/// What a handler comes to.
pub(super) type Running = BoxFuture<'static, anyhow::Result<()>>;

type Start<C> = dyn Fn(C, &str, Run) -> serde_json::Result<Running> + Send + Sync;

/// A kind of job and what its trait says about it.
pub(super) struct Handler<C> {
    /// Reads the payload and begins; a payload that does not fit begins nothing.
    pub(super) start: Box<Start<C>>,
    pub(super) time_limit: Duration,
    pub(super) backoff: Duration,
}

/// The table of handlers; `C` is what all of them are given.
pub struct Handlers<C> {
    by_kind: BTreeMap<&'static str, Arc<Handler<C>>>,
}

impl<C> Default for Handlers<C> {
    fn default() -> Self {
        Self { by_kind: BTreeMap::new() }
    }
}

impl<C: 'static> Handlers<C> {
    /// The handler of the jobs that it takes: `|app: App, job: SendMessage, run: Run| async move { … }`.
    #[must_use]
    pub fn on<J, F, R>(mut self, handler: F) -> Self
    where
        J: Job,
        F: Fn(C, J, Run) -> R + Send + Sync + 'static,
        R: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let start = move |context: C, payload: &str, run: Run| -> serde_json::Result<Running> {
            let job = serde_json::from_str::<J>(payload)?;
            Ok(Box::pin(handler(context, job, run)))
        };
        let handler = Arc::new(Handler { start: Box::new(start), time_limit: J::TIME_LIMIT, backoff: J::BACKOFF });
        let replaced = self.by_kind.insert(J::KIND, handler);
        assert!(replaced.is_none(), "two handlers take {}", J::KIND);
        self
    }

    pub(super) fn of(&self, kind: &str) -> Option<Arc<Handler<C>>> {
        self.by_kind.get(kind).cloned()
    }
}
