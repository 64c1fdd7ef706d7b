//! Leaving work behind, in the transaction that it belongs to.

use sqlx::QueryBuilder;
use time::OffsetDateTime;

use super::Job;
use crate::platform::db::Tx;

/// Rows of one `INSERT`.
const ROWS: usize = 500;

impl Tx {
    /// Leaves a job behind. It can run as soon as this transaction has committed, and never does if it is rolled back.
    pub async fn enqueue<J: Job>(&mut self, job: &J) -> sqlx::Result<()> {
        self.insert_jobs(std::slice::from_ref(job), None).await
    }

    /// Leaves many jobs behind in one statement (of 500 at most).
    pub async fn enqueue_all<J: Job>(&mut self, jobs: &[J]) -> sqlx::Result<()> {
        self.insert_jobs(jobs, None).await
    }

    /// Leaves a job behind that does not run before this moment.
    pub async fn enqueue_at<J: Job>(&mut self, job: &J, at: OffsetDateTime) -> sqlx::Result<()> {
        self.insert_jobs(std::slice::from_ref(job), Some(at)).await
    }

    async fn insert_jobs<J: Job>(&mut self, jobs: &[J], at: Option<OffsetDateTime>) -> sqlx::Result<()> {
        for jobs in jobs.chunks(ROWS) {
            let mut payloads = Vec::with_capacity(jobs.len());
            for job in jobs {
                payloads.push(serde_json::to_string(job).map_err(|error| sqlx::Error::Encode(error.into()))?);
            }
            let mut insert =
                QueryBuilder::new("INSERT INTO jobs (queue, kind, payload, dedup_key, max_attempts, run_at) ");
            insert.push_values(jobs.iter().zip(payloads), |mut row, (job, payload)| {
                row.push_bind(J::QUEUE).push_bind(J::KIND).push_bind(payload);
                row.push_bind(job.dedup_key()).push_bind(J::ATTEMPTS);
                row.push("COALESCE(").push_bind_unseparated(at).push_unseparated(", CURRENT_TIMESTAMP(6))");
            });
            // Not INSERT IGNORE, which would hide other errors too.
            insert.push(" ON DUPLICATE KEY UPDATE queue = jobs.queue");
            insert.build().persistent(jobs.len() == 1 || jobs.len() == ROWS).execute(&mut **self).await?;
        }
        if !jobs.is_empty() {
            self.leaves_work();
        }
        Ok(())
    }
}
