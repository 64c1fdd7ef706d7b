//! Every statement on `clients` and `addresses`.

use sqlx::types::Json;
use time::OffsetDateTime;

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
         c.email_verified_at IS NOT NULL AS `is_verified: bool`, s.data AS `data: Json<Shown>`, \
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
        };
        (customer, session)
    }))
}
