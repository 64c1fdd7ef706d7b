//! Sessions: who is signed in, kept in the table `sessions`, true there and nowhere else.
//!
//! A browser holds 256 random bits, the table only their SHA-256. There is a row from the moment of signing in, never
//! before: strangers have none. Whatever asks for more than a name on a page asks the table; [`Copies`] are for pages that
//! are sent to many and show a name.

mod copies;
mod queries;

use axum::http::HeaderValue;
pub use copies::{Copies, Glance};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use super::{
    db::{Conn, Tx},
    http::{Cookies, Site, cookie_header, expired_cookie_header},
    ids,
};

/// Whoever is signed in, by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    Client(u64),
    Staff(u64),
}

/// The two doors of the shop, each with a cookie and a life of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Client,
    Staff,
}

impl Kind {
    pub const fn cookie(self) -> &'static str {
        match self {
            Self::Client => "sid",
            Self::Staff => "staff_sid",
        }
    }

    /// How long a session lives unseen.
    pub const fn sliding(self) -> Duration {
        match self {
            Self::Client => Duration::days(14),
            Self::Staff => Duration::minutes(30),
        }
    }

    /// How long it lives at most.
    const fn absolute(self) -> Duration {
        match self {
            Self::Client => Duration::days(90),
            Self::Staff => Duration::hours(12),
        }
    }

    /// A session that was seen so lately is not written anew.
    fn seen_again_after(self) -> Duration {
        Duration::minutes(10).min(self.sliding() / 10)
    }
}

impl Subject {
    pub const fn kind(self) -> Kind {
        match self {
            Self::Client(_) => Kind::Client,
            Self::Staff(_) => Kind::Staff,
        }
    }

    /// Announced when sessions of this subject end or show something else.
    pub fn tag(self) -> String {
        match self {
            Self::Client(id) => format!("sessions:client:{id}"),
            Self::Staff(id) => format!("sessions:staff:{id}"),
        }
    }

    const fn columns(self) -> (Option<u64>, Option<u64>) {
        match self {
            Self::Client(id) => (Some(id), None),
            Self::Staff(id) => (None, Some(id)),
        }
    }
}

/// What pages show of somebody without asking for more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    pub name: String,
}

/// What the table knows a session by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionKey([u8; 32]);

impl SessionKey {
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// What the browser holds.
#[derive(Clone)]
pub struct SessionToken {
    kind: Kind,
    text: String,
}

impl SessionToken {
    fn new(kind: Kind) -> Self {
        Self { kind, text: ids::token() }
    }

    /// The token of the cookie, if there is one of a token's form.
    pub fn from_cookie(cookies: &Cookies<'_>, kind: Kind) -> Option<Self> {
        let is_token = |text: &&str| {
            text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        cookies.get(kind.cookie()).filter(is_token).map(|text| Self { kind, text: text.to_owned() })
    }

    pub fn key(&self) -> SessionKey {
        SessionKey(Sha256::digest(self.text.as_bytes()).into())
    }

    /// The cookie, for as long as the session may live; the table ends it sooner.
    pub fn cookie(&self, site: &Site) -> HeaderValue {
        cookie_header(site, self.kind.cookie(), &self.text, self.kind.absolute().whole_seconds())
    }
}

/// A cookie that makes the browser forget its session.
pub fn no_cookie(site: &Site, kind: Kind) -> HeaderValue {
    expired_cookie_header(site, kind.cookie())
}

/// A session that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub subject: Subject,
    pub shown: Shown,
    pub created_at: OffsetDateTime,
    pub seen_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
}

/// Begins a session under a name that nobody has known before.
pub async fn begin(tx: &mut Tx, subject: Subject, shown: &Shown, now: OffsetDateTime) -> sqlx::Result<SessionToken> {
    let token = SessionToken::new(subject.kind());
    queries::insert(tx, &token.key(), subject, shown, now, now + subject.kind().sliding()).await?;
    Ok(token)
}

/// The session of a token, if it is not over. One statement, and a second one when it has not been seen for some minutes.
pub async fn find(conn: &mut Conn, token: &SessionToken, now: OffsetDateTime) -> sqlx::Result<Option<Session>> {
    let session = queries::find(conn, &token.key(), now).await?.filter(|session| session.subject.kind() == token.kind);
    if let Some(session) = &session {
        see(conn, token, session, now).await?;
    }
    Ok(session)
}

/// Lets a session live on now that it is used, for whoever has read it with other things. A statement every some minutes.
pub async fn see(conn: &mut Conn, token: &SessionToken, session: &Session, now: OffsetDateTime) -> sqlx::Result<()> {
    match session.lives_on_until(now) {
        Some(expires_at) => queries::see(conn, &token.key(), now, expires_at).await,
        None => Ok(()),
    }
}

impl Session {
    /// Until when this session is to live now that it is seen; none when it was seen a moment ago.
    fn lives_on_until(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        let kind = self.subject.kind();
        let is_due = now - self.seen_at >= kind.seen_again_after();
        is_due.then(|| (now + kind.sliding()).min(self.created_at + kind.absolute()))
    }
}

/// Ends a session, and tells every node.
pub async fn end(tx: &mut Tx, token: &SessionToken) -> sqlx::Result<()> {
    let key = token.key();
    if let Some(subject) = queries::subject(tx, &key).await? {
        queries::delete(tx, &key).await?;
        tx.touch(subject.tag());
    }
    Ok(())
}

/// Ends every session of somebody, and tells every node. Whoever changes their own password begins a new one after this.
pub async fn end_all_of(tx: &mut Tx, subject: Subject) -> sqlx::Result<()> {
    queries::delete_all_of(tx, subject).await?;
    tx.touch(subject.tag());
    Ok(())
}

/// Changes what pages show of somebody.
pub async fn show(tx: &mut Tx, subject: Subject, shown: &Shown) -> sqlx::Result<()> {
    queries::set_shown(tx, subject, shown).await?;
    tx.touch(subject.tag());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::clock;

    fn session(subject: Subject, age: Duration, unseen: Duration) -> (Session, OffsetDateTime) {
        let now = clock::now();
        let seen_at = now - unseen;
        let expires_at = seen_at + subject.kind().sliding();
        (Session { subject, shown: Shown::default(), created_at: now - age, seen_at, expires_at }, now)
    }

    #[test]
    fn a_session_slides_and_ends_at_its_most() {
        let (fresh, now) = session(Subject::Client(1), Duration::days(1), Duration::minutes(9));
        assert_eq!(fresh.lives_on_until(now), None, "not written again within ten minutes");
        let (idle, now) = session(Subject::Client(1), Duration::days(1), Duration::minutes(10));
        assert_eq!(idle.lives_on_until(now), Some(now + Duration::days(14)));
        let (old, now) = session(Subject::Client(1), Duration::days(80), Duration::days(1));
        assert_eq!(old.lives_on_until(now), Some(now + Duration::days(10)));
        let (staff, now) = session(Subject::Staff(1), Duration::hours(1), Duration::minutes(3));
        assert_eq!(staff.lives_on_until(now), Some(now + Duration::minutes(30)), "half an hour is no ten minutes");
        let (late, now) = session(Subject::Staff(1), Duration::minutes(11 * 60 + 50), Duration::minutes(20));
        assert_eq!(late.lives_on_until(now), Some(now + Duration::minutes(10)));
    }
}
