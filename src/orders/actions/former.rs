//! Orders of a customer who leaves.

use crate::{orders::queries::former as rows, platform::db::Tx};

/// Leaves a pseudonym in the orders of a customer whom this transaction has locked, and in what was written about them; how
/// many orders there are.
pub async fn forget(tx: &mut Tx, client_id: u64) -> sqlx::Result<u64> {
    // By the address that the orders still have.
    rows::forget_addressee(tx, client_id).await?;
    rows::forget_words(tx, client_id).await?;
    rows::pseudonymize(tx, client_id).await
}
