//! The password once more, before what cannot be undone.

use std::time::Duration;

use super::queries;
use crate::platform::{
    db::Database,
    error::{Error, Result},
    limiter::{Limit, Limits},
    passwords::Hasher,
};

/// Whoever guesses at the password of somebody who has left a screen open.
const GUESSES: Limit = Limit { name: "present-password", most: 5, per: Duration::from_mins(15) };

/// Whether this is the password of the account. Each question counts as a guess.
pub async fn is_present_password(
    limits: &Limits,
    hasher: &Hasher,
    db: &Database,
    client_id: u64,
    password: &str,
) -> Result<bool> {
    limits.check(&GUESSES, &client_id.to_string()).await.map_err(Error::TooMany)?;
    let kept = queries::password_hash(&mut db.conn().await?, client_id).await?;
    Ok(hasher.verify(password, kept.as_deref()).await?)
}
