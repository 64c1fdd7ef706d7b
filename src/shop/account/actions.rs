//! A visitor becomes a customer, and a customer leaves.

use time::OffsetDateTime;

use crate::{
    accounts::queries::{self, Credentials},
    cart::{self, CartToken, Merged},
    platform::{
        db::Database,
        error::Result,
        sessions::{self, SessionToken, Shown, Subject},
    },
    recent::{self, Recent},
};

/// What a browser brings to the door.
pub(super) struct Brought {
    pub session: Option<SessionToken>,
    pub cart: Option<CartToken>,
    /// Films that were looked at.
    pub seen: Recent,
}

/// Begins a session of its own for whoever has shown a password, and brings the cart of the browser and the films that were looked at in it to theirs. The session
/// that the browser had, whoever gave it, is over.
pub(super) async fn sign_in(
    db: &Database,
    who: &Credentials,
    renewed_hash: Option<&str>,
    brought: &Brought,
    now: OffsetDateTime,
) -> Result<(SessionToken, Merged)> {
    let mut tx = db.begin().await?;
    if let Some(old) = &brought.session {
        sessions::end(&mut tx, old).await?;
    }
    if let Some(hash) = renewed_hash {
        queries::set_password(&mut tx, who.id, hash).await?;
    }
    let merged = match &brought.cart {
        Some(cart) => cart::merge(&mut tx, cart, who.id, now).await?,
        None => Merged::default(),
    };
    recent::merge(&mut tx, who.id, &brought.seen, now).await?;
    // Nobody comes in who has left since the password was read.
    queries::lock(&mut tx, who.id).await?;
    let shown = Shown { name: who.name.clone() };
    let session = sessions::begin(&mut tx, Subject::Client(who.id), &shown, now).await?;
    tx.commit().await?;
    Ok((session, merged))
}

/// Ends the session of a browser.
pub(super) async fn sign_out(db: &Database, session: &SessionToken) -> Result<()> {
    let mut tx = db.begin().await?;
    sessions::end(&mut tx, session).await?;
    tx.commit().await?;
    Ok(())
}
