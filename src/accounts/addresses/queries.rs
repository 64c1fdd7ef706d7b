//! Every statement on `addresses`.

use super::draft::Draft;
use crate::platform::db::Conn;

/// An address of a book.
#[derive(Clone, Debug)]
pub struct AddressRow {
    pub id: u64,
    pub is_default: bool,
    pub address: Draft,
}

/// The book of a customer: the default, then the others by age.
pub async fn book(conn: &mut Conn, client_id: u64) -> sqlx::Result<Vec<AddressRow>> {
    let rows = sqlx::query!(
        "SELECT id, is_default AS `is_default: bool`, label, name, phone, country, region, city, line1, line2, postcode \
         FROM addresses WHERE client_id = ? ORDER BY is_default DESC, id",
        client_id
    )
    .fetch_all(conn)
    .await?;
    let address = rows.into_iter().map(|row| AddressRow {
        id: row.id,
        is_default: row.is_default,
        address: Draft {
            label: row.label,
            name: row.name,
            phone: row.phone,
            country: row.country,
            region: row.region,
            city: row.city,
            line1: row.line1,
            line2: row.line2,
            postcode: row.postcode,
        },
    });
    Ok(address.collect())
}

pub(super) async fn insert(conn: &mut Conn, client_id: u64, address: &Draft, is_default: bool) -> sqlx::Result<()> {
    let Draft { label, name, phone, country, region, city, line1, line2, postcode } = address;
    sqlx::query!(
        "INSERT INTO addresses \
         (client_id, label, name, phone, country, region, city, line1, line2, postcode, is_default) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        client_id,
        label,
        name,
        phone,
        country,
        region,
        city,
        line1,
        line2,
        postcode,
        is_default
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn update(conn: &mut Conn, id: u64, address: &Draft) -> sqlx::Result<()> {
    let Draft { label, name, phone, country, region, city, line1, line2, postcode } = address;
    sqlx::query!(
        "UPDATE addresses SET label = ?, name = ?, phone = ?, country = ?, region = ?, city = ?, line1 = ?, line2 = ?, \
         postcode = ? WHERE id = ?",
        label,
        name,
        phone,
        country,
        region,
        city,
        line1,
        line2,
        postcode,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn delete(conn: &mut Conn, id: u64) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM addresses WHERE id = ?", id).execute(conn).await?;
    Ok(())
}

/// Leaves a customer without a default, so that another can take its place.
pub(super) async fn clear_default(conn: &mut Conn, client_id: u64) -> sqlx::Result<()> {
    sqlx::query!("UPDATE addresses SET is_default = FALSE WHERE client_id = ? AND is_default", client_id)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn set_default(conn: &mut Conn, id: u64) -> sqlx::Result<()> {
    sqlx::query!("UPDATE addresses SET is_default = TRUE WHERE id = ?", id).execute(conn).await?;
    Ok(())
}

/// Takes away the whole book of a customer; how many addresses were in it.
pub async fn forget(conn: &mut Conn, client_id: u64) -> sqlx::Result<u64> {
    let done = sqlx::query!("DELETE FROM addresses WHERE client_id = ?", client_id).execute(conn).await?;
    Ok(done.rows_affected())
}
