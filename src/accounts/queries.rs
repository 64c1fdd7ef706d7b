//! Every statement on `clients`.

use sqlx::types::Json;
use time::{Date, OffsetDateTime};

use super::{ClientType, Customer};
use crate::platform::{
    db::Conn,
    i18n::Lang,
    sessions::{Session, SessionKey, Shown, Subject},
};

/// The customer of a session that is not over, and the session.
pub(super) async fn of_session(
    conn: &mut Conn,
    key: &SessionKey,
    now: OffsetDateTime,
) -> sqlx::Result<Option<(Customer, Session)>> {
    let row = sqlx::query!(
        "SELECT c.id, c.email, c.phone, c.name, c.surname, c.language, c.client_type AS `client_type: ClientType`, \
         c.email_verified_at IS NOT NULL AS `is_verified: bool`, c.content_only AS `content_only: bool`, s.data AS `data: Json<Shown>`, \
         s.created_at AS `created_at: OffsetDateTime`, s.seen_at AS `seen_at: OffsetDateTime`, \
         s.expires_at AS `expires_at: OffsetDateTime` \
         FROM sessions s JOIN clients c ON c.id = s.client_id \
         WHERE s.id_hash = ? AND s.expires_at > ? AND c.email IS NOT NULL",
        key.bytes(),
        now
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let session = Session {
            subject: Subject::Client(row.id),
            shown: row.data.0,
            created_at: row.created_at,
            seen_at: row.seen_at,
            expires_at: row.expires_at,
        };
        let customer = Customer {
            id: row.id,
            email: row.email.unwrap_or_default(),
            phone: row.phone,
            name: row.name,
            surname: row.surname,
            language: Lang::from_code(&row.language).unwrap_or_default(),
            client_type: row.client_type,
            is_verified: row.is_verified,
            content_only: row.content_only,
        };
        (customer, session)
    }))
}

/// What a new customer is stored with.
#[derive(Clone, Copy, Debug)]
pub struct NewClient<'a> {
    pub email: &'a str,
    pub phone: Option<&'a str>,
    pub name: &'a str,
    pub surname: &'a str,
    pub password_hash: &'a str,
    pub language: &'a str,
}

/// Stores a customer, who claims the address and the number until the address is confirmed; the id.
pub(super) async fn insert(conn: &mut Conn, new: &NewClient<'_>, public_id: &str) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "INSERT INTO clients (public_id, email, phone, name, surname, language, password_hash) \
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        public_id,
        new.email,
        new.phone,
        new.name,
        new.surname,
        new.language,
        new.password_hash
    )
    .execute(conn)
    .await?;
    Ok(done.last_insert_id())
}

/// Somebody who is a customer, as far as mails need to know.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: u64,
    pub email: String,
    pub name: String,
    pub surname: String,
    pub language: String,
    pub is_verified: bool,
}

/// The customer who holds an address, or else the last one who claims it. Addresses that differ in case only are one
/// person's.
pub(super) async fn by_email(conn: &mut Conn, email: &str) -> sqlx::Result<Option<Known>> {
    sqlx::query_as!(
        Known,
        "SELECT id, email AS `email!`, name, surname, language, email_verified_at IS NOT NULL AS `is_verified: bool` \
         FROM clients WHERE email = ? ORDER BY held_email IS NULL, id DESC LIMIT 1",
        email
    )
    .fetch_optional(conn)
    .await
}

/// An account that claims an address, and the hash of its password.
pub(super) struct Claim {
    pub id: u64,
    pub password_hash: Option<String>,
}

/// The last account that claims an address without holding it.
pub(super) async fn last_claim(conn: &mut Conn, email: &str) -> sqlx::Result<Option<Claim>> {
    sqlx::query_as!(
        Claim,
        "SELECT id, password_hash FROM clients WHERE email = ? AND held_email IS NULL ORDER BY id DESC LIMIT 1",
        email
    )
    .fetch_optional(conn)
    .await
}

/// A customer who has not left.
pub async fn known(conn: &mut Conn, id: u64) -> sqlx::Result<Option<Known>> {
    sqlx::query_as!(
        Known,
        "SELECT id, email AS `email!`, name, surname, language, email_verified_at IS NOT NULL AS `is_verified: bool` \
         FROM clients WHERE id = ? AND email IS NOT NULL",
        id
    )
    .fetch_optional(conn)
    .await
}

/// What signing in is checked against.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub id: u64,
    pub name: String,
    pub password_hash: Option<String>,
}

/// Who may come in by an address or, in E.164, a number: the customer who holds it, and the last one who only claims it.
pub async fn credentials(conn: &mut Conn, email: &str, phone: &str) -> sqlx::Result<[Option<Credentials>; 2]> {
    let rows = sqlx::query!(
        "(SELECT id, name, password_hash, TRUE AS `holds!: bool` FROM clients WHERE held_email = ?) UNION ALL \
         (SELECT id, name, password_hash, TRUE FROM clients WHERE held_phone = ?) UNION ALL \
         (SELECT id, name, password_hash, FALSE FROM clients WHERE email = ? AND held_email IS NULL \
         ORDER BY id DESC LIMIT 1) UNION ALL \
         (SELECT id, name, password_hash, FALSE FROM clients WHERE phone = ? AND held_phone IS NULL \
         ORDER BY id DESC LIMIT 1)",
        email,
        phone,
        email,
        phone
    )
    .fetch_all(conn)
    .await?;
    let mut found = [None, None];
    for row in rows {
        let place = usize::from(!row.holds);
        found[place] = Some(Credentials { id: row.id, name: row.name, password_hash: row.password_hash });
    }
    Ok(found)
}

/// The hash of a customer's password.
pub async fn password_hash(conn: &mut Conn, id: u64) -> sqlx::Result<Option<String>> {
    let hash = sqlx::query_scalar!("SELECT password_hash FROM clients WHERE id = ?", id).fetch_optional(conn).await?;
    Ok(hash.flatten())
}

pub async fn set_password(conn: &mut Conn, id: u64, password_hash: &str) -> sqlx::Result<()> {
    sqlx::query!("UPDATE clients SET password_hash = ? WHERE id = ?", password_hash, id).execute(conn).await?;
    Ok(())
}

/// Gives a customer an address, which has been confirmed and which they hold from now on, and the number too unless they
/// share it. A unique violation when somebody else holds the address, or a number that is not shared.
pub(super) async fn hold(
    conn: &mut Conn,
    id: u64,
    email: &str,
    shares_phone: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE clients SET email_verified_at = CASE WHEN email = ? THEN COALESCE(email_verified_at, ?) ELSE ? END, \
         email = ?, shares_phone = ? WHERE id = ? AND email IS NOT NULL",
        email,
        now,
        now,
        email,
        shares_phone,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What customers may change of themselves at once.
#[derive(Clone, Debug)]
pub struct Profile {
    pub name: String,
    pub surname: String,
    pub phone: Option<String>,
    pub language: Lang,
    pub birth_date: Option<Date>,
    /// Whether they want to hear of films and offers.
    pub marketing: bool,
}

/// Birthday, and whether they want to hear of films and offers.
pub(super) async fn wishes(conn: &mut Conn, id: u64) -> sqlx::Result<(Option<Date>, bool)> {
    let row = sqlx::query!(
        "SELECT birth_date AS `birth_date: Date`, marketing_consent_at IS NOT NULL AS `marketing: bool` \
         FROM clients WHERE id = ?",
        id
    )
    .fetch_one(conn)
    .await?;
    Ok((row.birth_date, row.marketing))
}

/// Whether nothing is recommended for what other people buy.
pub async fn set_content_only(conn: &mut Conn, id: u64, content_only: bool) -> sqlx::Result<()> {
    sqlx::query!("UPDATE clients SET content_only = ? WHERE id = ?", content_only, id).execute(conn).await?;
    Ok(())
}

/// Locks a customer until the end of the transaction, for changes of what they have one or only so many of. There is no
/// row of somebody who has left.
pub async fn lock(conn: &mut Conn, id: u64) -> sqlx::Result<()> {
    if try_lock(conn, id).await? { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}

/// Locks a customer until the end of the transaction; false for somebody who has left.
pub async fn try_lock(conn: &mut Conn, id: u64) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!("SELECT id FROM clients WHERE id = ? AND email IS NOT NULL FOR UPDATE", id)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// Wipes what is personal. The row stays, without a name, for the orders and reviews that point to it.
pub(super) async fn anonymize(conn: &mut Conn, id: u64, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE clients SET email = NULL, phone = NULL, name = '', surname = '', gender = NULL, birth_date = NULL, \
         password_hash = NULL, email_verified_at = NULL, marketing_consent_at = NULL, anonymized_at = ? WHERE id = ?",
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A unique violation when somebody else holds the number, unless it is shared. A consent keeps the time at which it was
/// given.
pub(super) async fn set_profile(
    conn: &mut Conn,
    id: u64,
    profile: &Profile,
    shares_phone: bool,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let Profile { name, surname, phone, language, birth_date, marketing } = profile;
    sqlx::query!(
        "UPDATE clients SET name = ?, surname = ?, phone = ?, shares_phone = ?, language = ?, birth_date = ?, \
         marketing_consent_at = CASE WHEN ? THEN COALESCE(marketing_consent_at, ?) END WHERE id = ? AND email IS NOT NULL",
        name,
        surname,
        phone,
        shares_phone,
        language.code(),
        birth_date,
        marketing,
        now,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}
