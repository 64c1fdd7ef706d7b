//! Statements of people whom everybody knows.

use sqlx::QueryBuilder;
use time::OffsetDateTime;

use super::Customer;
use crate::platform::db::Conn;

/// Adds the customer; who is there already is a unique violation.
pub(super) async fn insert_customer(
    conn: &mut Conn,
    customer: &Customer,
    password_hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO clients (public_id, email, name, surname, language, password_hash, email_verified_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        customer.public_id,
        customer.person.email,
        customer.person.name,
        customer.surname,
        customer.language.code(),
        password_hash,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether there is a customer of this name for the public, or anybody of the shop's people with one of these addresses.
pub(super) async fn any(conn: &mut Conn, public_id: &str, staff: &[&str]) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::new("SELECT EXISTS(SELECT 1 FROM clients WHERE public_id = ");
    query.push_bind(public_id).push(") OR EXISTS(SELECT 1 FROM staff WHERE email IN (");
    let mut list = query.separated(", ");
    for email in staff {
        list.push_bind(*email);
    }
    query.push("))");
    query.build_query_scalar().fetch_one(conn).await
}
