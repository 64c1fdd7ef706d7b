//! Accounts of the shop's people that are made and taken away. Each leaves its entry in the audit log.

use serde_json::json;
use time::OffsetDateTime;

use super::{Role, queries};
use crate::{
    audit::{self, Action, Author, Entry},
    platform::{
        db::{self, Database, Tx},
        sessions::{self, Subject},
    },
};

/// Why an account stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum PersonnelError {
    #[error("somebody has this address already")]
    EmailTaken,
    #[error("there is nobody with this address")]
    Unknown,
    #[error("that is how it is already")]
    Unchanged,
    #[error("the shop needs an owner who can sign in, and this is the last one")]
    LastOwner,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Somebody who is about to join.
#[derive(Clone, Copy, Debug)]
pub struct NewMember<'a> {
    /// In lower case.
    pub email: &'a str,
    pub name: &'a str,
    pub password_hash: &'a str,
    pub roles: &'a [Role],
}

/// Makes an account; returns its id.
pub async fn create(db: &Database, member: NewMember<'_>, author: &Author) -> Result<u64, PersonnelError> {
    let NewMember { email, name, password_hash, roles } = member;
    let mut tx = db.begin().await?;
    let id = match queries::insert(&mut tx, email, name, password_hash).await {
        Err(error) if db::is_unique_violation(&error) => return Err(PersonnelError::EmailTaken),
        outcome => outcome?,
    };
    queries::set_roles(&mut tx, id, roles).await?;
    let after = json!({ "email": email, "name": name, "roles": words(roles) });
    let object = object(id);
    let entry = Entry { author, action: Action::StaffCreate, object: &object, before: None, after: Some(after) };
    audit::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Shuts somebody out, from their next request on.
pub async fn disable(db: &Database, id: u64, author: &Author, now: OffsetDateTime) -> Result<(), PersonnelError> {
    let mut tx = db.begin().await?;
    keep_an_owner(&mut tx, id).await?;
    if !queries::disable(&mut tx, id, now).await? {
        return Err(PersonnelError::Unchanged);
    }
    sessions::end_all_of(&mut tx, Subject::Staff(id)).await?;
    let object = object(id);
    let after = Some(json!({ "disabled": true }));
    audit::record(&mut tx, Entry { author, action: Action::StaffDisable, object: &object, before: None, after })
        .await?;
    Ok(tx.commit().await?)
}

/// Lets somebody in again who was shut out.
pub async fn enable(db: &Database, id: u64, author: &Author) -> Result<(), PersonnelError> {
    let mut tx = db.begin().await?;
    if !queries::enable(&mut tx, id).await? {
        return Err(PersonnelError::Unchanged);
    }
    let object = object(id);
    let after = Some(json!({ "disabled": false }));
    audit::record(&mut tx, Entry { author, action: Action::StaffEnable, object: &object, before: None, after }).await?;
    Ok(tx.commit().await?)
}

/// Gives somebody these roles and no others; they sign in anew.
pub async fn set_roles(db: &Database, id: u64, roles: &[Role], author: &Author) -> Result<(), PersonnelError> {
    let mut tx = db.begin().await?;
    if !roles.contains(&Role::Owner) {
        keep_an_owner(&mut tx, id).await?;
    }
    let before = queries::roles(&mut tx, id).await?;
    queries::set_roles(&mut tx, id, roles).await?;
    sessions::end_all_of(&mut tx, Subject::Staff(id)).await?;
    let object = object(id);
    let (before, after) = (json!({ "roles": words(&before) }), json!({ "roles": words(roles) }));
    let entry = Entry { author, action: Action::StaffRoles, object: &object, before: Some(before), after: Some(after) };
    audit::record(&mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Refuses when nobody but this one owns the shop. Owners stay locked, so that two who go at once go one after the other.
async fn keep_an_owner(tx: &mut Tx, leaving: u64) -> Result<(), PersonnelError> {
    let owners = queries::lock_owners(tx).await?;
    if owners == [leaving] { Err(PersonnelError::LastOwner) } else { Ok(()) }
}

/// How the audit log names somebody.
fn object(id: u64) -> String {
    format!("staff:{id}")
}

fn words(roles: &[Role]) -> Vec<&'static str> {
    roles.iter().map(|role| role.word()).collect()
}

/// Keeps another hash of the same password.
pub async fn keep_password(tx: &mut Tx, id: u64, password_hash: &str) -> sqlx::Result<()> {
    queries::set_password(tx, id, password_hash).await
}
