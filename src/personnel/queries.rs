//! Every statement on `staff` and `staff_roles`.

use sqlx::QueryBuilder;
use time::OffsetDateTime;

use super::Role;
use crate::platform::db::Conn;

/// What is needed to let somebody in.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub id: u64,
    pub name: String,
    pub password_hash: String,
}

/// The account with this address, unless it is disabled.
pub async fn credentials(conn: &mut Conn, email: &str) -> sqlx::Result<Option<Credentials>> {
    sqlx::query_as!(
        Credentials,
        "SELECT id, name, password_hash FROM staff WHERE email = ? AND disabled_at IS NULL",
        email
    )
    .fetch_optional(conn)
    .await
}

/// Somebody who may be here, with what they may be here as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: u64,
    pub name: String,
    pub roles: Vec<Role>,
}

/// The member of staff with this id, unless disabled.
pub async fn member(conn: &mut Conn, id: u64) -> sqlx::Result<Option<Member>> {
    let row = sqlx::query!(
        r#"SELECT s.name, CAST(GROUP_CONCAT(r.role) AS CHAR) AS "roles: String" FROM staff s
           LEFT JOIN staff_roles r ON r.staff_id = s.id WHERE s.id = ? AND s.disabled_at IS NULL GROUP BY s.id, s.name"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let roles = row.roles.unwrap_or_default();
        Member { id, name: row.name, roles: roles.split(',').filter_map(Role::from_word).collect() }
    }))
}

/// The names of these people, whether they may still be here or not.
pub async fn names(conn: &mut Conn, ids: &[u64]) -> sqlx::Result<Vec<(u64, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new("SELECT id, name FROM staff WHERE id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id);
    }
    query.push(")");
    query.build_query_as().fetch_all(conn).await
}

/// Somebody who works in the shop, or has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: u64,
    pub name: String,
    pub email: String,
    pub is_disabled: bool,
}

impl Person {
    /// Name and address, which tell people of one name apart.
    pub fn label(&self) -> String {
        format!("{} ({})", self.name, self.email)
    }
}

/// Everybody, whether they may still be here or not, by name.
pub async fn everybody(conn: &mut Conn) -> sqlx::Result<Vec<Person>> {
    sqlx::query_as!(
        Person,
        "SELECT id, name, email, disabled_at IS NOT NULL AS `is_disabled: bool` FROM staff ORDER BY name, id"
    )
    .fetch_all(conn)
    .await
}

/// The roles of an account, disabled or not.
pub async fn roles(conn: &mut Conn, id: u64) -> sqlx::Result<Vec<Role>> {
    sqlx::query_scalar!("SELECT role AS `role: Role` FROM staff_roles WHERE staff_id = ? ORDER BY role", id)
        .fetch_all(conn)
        .await
}

/// The id of the account with this address, disabled or not.
pub async fn id_of(conn: &mut Conn, email: &str) -> sqlx::Result<Option<u64>> {
    sqlx::query_scalar!("SELECT id FROM staff WHERE email = ?", email).fetch_optional(conn).await
}

/// Adds an account; an address that has one is a unique violation.
pub(super) async fn insert(conn: &mut Conn, email: &str, name: &str, password_hash: &str) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("INSERT INTO staff (email, name, password_hash) VALUES (?, ?, ?)", email, name, password_hash)
            .execute(conn)
            .await?;
    Ok(done.last_insert_id())
}

/// The owners who can sign in; they stay as they are until the transaction ends.
pub(super) async fn lock_owners(conn: &mut Conn) -> sqlx::Result<Vec<u64>> {
    sqlx::query_scalar!(
        "SELECT s.id FROM staff_roles r JOIN staff s ON s.id = r.staff_id
         WHERE r.role = 'owner' AND s.disabled_at IS NULL ORDER BY s.id FOR UPDATE"
    )
    .fetch_all(conn)
    .await
}

/// Whether it was not disabled before.
pub(super) async fn disable(conn: &mut Conn, id: u64, now: OffsetDateTime) -> sqlx::Result<bool> {
    let done = sqlx::query!("UPDATE staff SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL", now, id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Whether it was disabled before.
pub(super) async fn enable(conn: &mut Conn, id: u64) -> sqlx::Result<bool> {
    let done = sqlx::query!("UPDATE staff SET disabled_at = NULL WHERE id = ? AND disabled_at IS NOT NULL", id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

pub(super) async fn set_password(conn: &mut Conn, id: u64, password_hash: &str) -> sqlx::Result<()> {
    sqlx::query!("UPDATE staff SET password_hash = ? WHERE id = ?", password_hash, id).execute(conn).await?;
    Ok(())
}

/// Gives somebody these roles, and no others.
pub(super) async fn set_roles(conn: &mut Conn, id: u64, roles: &[Role]) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM staff_roles WHERE staff_id = ?", id).execute(&mut *conn).await?;
    if roles.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("INSERT INTO staff_roles (staff_id, role) ");
    query.push_values(roles, |mut row, role| {
        row.push_bind(id).push_bind(*role);
    });
    query.build().execute(conn).await?;
    Ok(())
}
