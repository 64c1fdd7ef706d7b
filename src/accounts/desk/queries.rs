//! What a desk reads and writes of `clients`.

use time::OffsetDateTime;

use crate::{accounts::ClientType, platform::db::Conn};

/// A customer as the shop's people see them.
#[derive(Clone, Debug)]
pub struct DeskCustomer {
    pub id: u64,
    pub email: String,
    /// In E.164.
    pub phone: Option<String>,
    pub name: String,
    pub surname: String,
    pub client_type: ClientType,
    /// Whether the address has been confirmed to be theirs.
    pub is_verified: bool,
    pub created_at: OffsetDateTime,
}

/// The customer of this number; none for one who has left.
pub async fn customer(conn: &mut Conn, id: u64) -> sqlx::Result<Option<DeskCustomer>> {
    sqlx::query_as!(
        DeskCustomer,
        "SELECT id, email AS `email!`, phone, name, surname, client_type AS `client_type: ClientType`, \
         email_verified_at IS NOT NULL AS `is_verified: bool`, created_at AS `created_at: OffsetDateTime` \
         FROM clients WHERE id = ? AND email IS NOT NULL",
        id
    )
    .fetch_optional(conn)
    .await
}

/// Moves a customer from one tier to another; whether they were in the first.
pub(super) async fn move_tier(conn: &mut Conn, id: u64, from: ClientType, to: ClientType) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "UPDATE clients SET client_type = ? WHERE id = ? AND client_type = ? AND email IS NOT NULL",
        to,
        id,
        from
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
