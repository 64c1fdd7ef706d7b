//! Every statement on `doctor_runs`.

use sqlx::types::Json;
use time::OffsetDateTime;

use super::{DoctorRun, LONGEST, Look};
use crate::platform::db::Conn;

/// A run begins; its id.
pub(super) async fn begin(conn: &mut Conn, asked_by: &str, now: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!("INSERT INTO doctor_runs (asked_by, started_at, looks) VALUES (?, ?, '[]')", asked_by, now)
        .execute(conn)
        .await?;
    Ok(done.last_insert_id())
}

/// Keeps what was found so far.
pub(super) async fn keep(conn: &mut Conn, id: u64, looks: &[Look]) -> sqlx::Result<()> {
    sqlx::query!("UPDATE doctor_runs SET looks = ? WHERE id = ?", Json(looks), id).execute(conn).await?;
    Ok(())
}

/// The run is over, with so many findings, and so many of them in books.
pub(super) async fn finish(
    conn: &mut Conn,
    id: u64,
    (wrong, in_books): (u32, u32),
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE doctor_runs SET finished_at = ?, wrong = ?, wrong_in_books = ? WHERE id = ?",
        now,
        wrong,
        in_books,
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

struct Row {
    asked_by: String,
    started_at: OffsetDateTime,
    finished_at: Option<OffsetDateTime>,
    wrong: u32,
    wrong_in_books: u32,
    looks: Json<Vec<Look>>,
}

/// The last run that is over, and the one that is under way, if there are such.
pub async fn last(conn: &mut Conn, now: OffsetDateTime) -> sqlx::Result<Vec<DoctorRun>> {
    let rows = sqlx::query_as!(
        Row,
        r#"(SELECT asked_by AS "asked_by!", started_at AS "started_at!: OffsetDateTime",
            finished_at AS "finished_at: OffsetDateTime", wrong AS "wrong!: u32",
            wrong_in_books AS "wrong_in_books!: u32", looks AS "looks!: Json<Vec<Look>>"
            FROM doctor_runs WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1)
           UNION ALL
           (SELECT asked_by, started_at, finished_at, wrong, wrong_in_books, looks
            FROM doctor_runs WHERE finished_at IS NULL AND started_at > ?
            AND id > (SELECT COALESCE(MAX(id), 0) FROM doctor_runs WHERE finished_at IS NOT NULL)
            ORDER BY id DESC LIMIT 1)"#,
        now - LONGEST
    )
    .fetch_all(conn)
    .await?;
    let run = |row: Row| DoctorRun {
        asked_by: row.asked_by,
        started_at: row.started_at,
        finished_at: row.finished_at,
        wrong: row.wrong,
        wrong_in_books: row.wrong_in_books,
        looks: row.looks.0,
    };
    Ok(rows.into_iter().map(run).collect())
}

/// How many rows of books the last run found that do not agree; none where there was no run.
pub async fn wrong_in_books(conn: &mut Conn) -> sqlx::Result<u32> {
    let wrong = sqlx::query_scalar!(
        "SELECT wrong_in_books FROM doctor_runs WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1"
    );
    Ok(wrong.fetch_optional(conn).await?.unwrap_or_default())
}
