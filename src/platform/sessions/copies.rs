//! Copies of sessions, so that a name on a page that is sent to many costs no statement.
//!
//! A process keeps what it read, and Redis keeps it for all. Either is believed only while this node knows of all that was
//! announced a moment ago, and only if nothing was announced of that person since the copy was made: a session that ends in
//! the database is over on every node within a second, whatever Redis still holds, and whether or not it could be reached.
//! Without Redis, or without word of changes, the table is asked.

use std::{iter::once_with, sync::Arc, time::Duration};

use moka::sync::Cache;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Session, SessionKey, SessionToken, Shown, Subject, find};
use crate::platform::{
    changes::Changes,
    db::Database,
    redis::{Redis, Told},
};

/// A copy, and the number that is read along with it.
const READ: &str = r"
local copy = redis.call('GET', KEYS[1])
if not copy then return {false, false} end
return {copy, redis.call('GET', cjson.decode(copy).beside or '')}
";

/// How long a copy is used. The table is asked then, which also notes that the session was seen.
const LIFE: Duration = Duration::from_mins(5);
const MOST_NEAR: u64 = 50_000;

/// A session as it was when the announcements up to `as_of` were known.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Copy {
    subject: Subject,
    shown: Shown,
    expires_at: i64,
    as_of: u64,
    /// Under which name Redis keeps a number of the subject.
    beside: String,
}

/// Who is signed in, and what else was found on the way.
#[derive(Clone, Debug)]
pub struct Glance {
    pub subject: Subject,
    pub shown: Shown,
    /// The number beside the session.
    pub beside: Told,
}

/// Names the number that Redis keeps of a subject.
type Beside = Box<dyn Fn(Subject) -> String + Send + Sync>;

pub struct Copies {
    redis: Arc<Redis>,
    changes: Arc<Changes>,
    beside: Beside,
    near: Cache<SessionKey, Arc<Copy>>,
}

impl Copies {
    /// `beside` names a number that Redis keeps of a subject: whoever looks for the session there gets it too, without
    /// asking again.
    pub fn new(
        redis: Arc<Redis>,
        changes: Arc<Changes>,
        beside: impl Fn(Subject) -> String + Send + Sync + 'static,
    ) -> Self {
        let near = Cache::builder().max_capacity(MOST_NEAR).time_to_live(LIFE).build();
        Self { redis, changes, beside: Box::new(beside), near }
    }

    /// Who is signed in and what to show of them. `closely` asks the table in any case. One question to Redis at most.
    pub async fn glance(
        &self,
        db: &Database,
        token: &SessionToken,
        now: OffsetDateTime,
        closely: bool,
    ) -> sqlx::Result<Option<Glance>> {
        let key = token.key();
        if !closely {
            let near = self.near.get(&key).filter(|copy| self.is_good(copy, now)).map(|copy| (copy, Told::Unasked));
            let copy = if near.is_some() { near } else { Box::pin(self.far(&key, now)).await };
            if let Some((copy, beside)) = copy {
                let glance = || Glance { subject: copy.subject, shown: copy.shown.clone(), beside };
                return Ok((copy.subject.kind() == token.kind).then(glance));
            }
        }
        Box::pin(self.read(db, token, now)).await
    }

    /// Who is signed in by the table.
    async fn read(&self, db: &Database, token: &SessionToken, now: OffsetDateTime) -> sqlx::Result<Option<Glance>> {
        let as_of = self.changes.as_of();
        let Some(session) = find(&mut db.conn().await?, token, now).await? else { return Ok(None) };
        if let Some(as_of) = as_of {
            self.keep(token.key(), &session, as_of);
        }
        Ok(Some(Glance { subject: session.subject, shown: session.shown, beside: Told::Unasked }))
    }

    /// Whether a copy can be believed.
    fn is_good(&self, copy: &Copy, now: OffsetDateTime) -> bool {
        self.changes.is_live()
            && copy.expires_at > now.unix_timestamp()
            && self.changes.is_current(once_with(|| copy.subject.tag()), copy.as_of)
    }

    /// A copy from Redis that can be believed, and the number beside it.
    async fn far(&self, key: &SessionKey, now: OffsetDateTime) -> Option<(Arc<Copy>, Told)> {
        if !self.changes.is_live() {
            return None;
        }
        let read: Option<(Option<String>, Option<i64>)> =
            self.redis.ask(redis::cmd("EVAL").arg(READ).arg(1).arg(self.name(key))).await;
        let (known, beside) = read?;
        let copy = serde_json::from_str(&known?).ok().filter(|copy| self.is_good(copy, now)).map(Arc::new)?;
        self.near.insert(*key, Arc::clone(&copy));
        Some((copy, beside.map_or(Told::Nothing, Told::Number)))
    }

    /// Keeps a copy here, and in Redis while nobody waits for it.
    fn keep(&self, key: SessionKey, session: &Session, as_of: u64) {
        let copy = Copy {
            subject: session.subject,
            shown: session.shown.clone(),
            expires_at: session.expires_at.unix_timestamp(),
            as_of,
            beside: (self.beside)(session.subject),
        };
        let mut set = redis::cmd("SET");
        set.arg(self.name(&key)).arg(serde_json::to_string(&copy).unwrap_or_default()).arg("EX").arg(LIFE.as_secs());
        self.near.insert(key, Arc::new(copy));
        self.redis.tell(set);
    }

    fn name(&self, key: &SessionKey) -> String {
        let hex = key.bytes().iter().fold(String::with_capacity(64), |hex, byte| format!("{hex}{byte:02x}"));
        format!("{}:session:{hex}", self.redis.prefix())
    }
}
