//! What the shop's people did: who, when, from where, to what, and how it was before and after.
//!
//! Owns `audit_log`. An entry is written in the transaction that it tells of, so that neither is there without the other.
//! The database itself refuses to change or delete one.

mod queries;

pub use queries::{Logged, Search, Span, list, span};

use std::{net::IpAddr, sync::Arc};

use serde_json::Value;

use crate::{platform::db::Tx, word_enum};

/// Who did something, and by which request; commands and jobs come from no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// `staff:ID`, or the word by which the shop itself is known.
    pub actor: String,
    pub ip: Option<IpAddr>,
    pub request_id: Option<Arc<str>>,
}

impl Author {
    /// The program itself, by this name.
    pub fn system(actor: &str) -> Self {
        Self { actor: actor.to_owned(), ip: None, request_id: None }
    }
}

word_enum! {
    /// What the shop puts on record.
    pub Action {
        OrderMove = "order.move",
        OrderPay = "order.pay",
        OrderShip = "order.ship",
        OrderNote = "order.note",
        OrderResend = "order.resend",
        StockAdjust = "stock.adjust",
        EditionPrice = "edition.price",
        ReviewApprove = "review.approve",
        ReviewReject = "review.reject",
        ReviewFeature = "review.feature",
        ReviewReply = "review.reply",
        CustomerTier = "customer.tier",
        StaffCreate = "staff.create",
        StaffRoles = "staff.roles",
        StaffDisable = "staff.disable",
        StaffEnable = "staff.enable",
        StaffSignIn = "staff.sign_in",
        StaffSignInFailed = "staff.sign_in_failed",
        /// Somebody went on trying until they were told to wait.
        StaffSignInHeld = "staff.sign_in_held",
        StaffSignOut = "staff.sign_out",
        AccessRefused = "access.refused",
        AuditExport = "audit.export",
        MaintenanceOn = "maintenance.on",
        MaintenanceOff = "maintenance.off",
        JobRetry = "job.retry",
        JobPurge = "job.purge",
        CacheClear = "cache.clear",
        DoctorRun = "doctor.run",
    }
}

/// Something that was done, or tried.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub author: &'a Author,
    pub action: Action,
    /// To what, as `order:MQ-7K3PWXQ9`: kind and public name.
    pub object: &'a str,
    /// What was changed, as it was and as it is; secrets are masked here.
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// Adds an entry in the transaction that it tells of.
pub async fn record(tx: &mut Tx, entry: Entry<'_>) -> sqlx::Result<()> {
    let Entry { author, action, object, before, after } = entry;
    let entry = Entry { author, action, object, before: before.map(masked), after: after.map(masked) };
    queries::insert(tx, &entry).await
}

/// Fields of which nobody may read the value, by a part of their name.
const SECRET: [&str; 4] = ["password", "secret", "token", "hash"];

/// The same without the values of secret fields, however deep they stand.
fn masked(value: Value) -> Value {
    let is_secret = |name: &str| SECRET.iter().any(|part| name.to_ascii_lowercase().contains(part));
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| {
                let value = if is_secret(&name) { Value::from("***") } else { masked(value) };
                (name, value)
            })
            .collect(),
        Value::Array(values) => values.into_iter().map(masked).collect(),
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        let told =
            masked(json!({"name": "Ada", "password_hash": "x", "all": [{"apiToken": {"a": 1}, "roles": ["owner"]}]}));
        assert_eq!(
            told,
            json!({"name": "Ada", "password_hash": "***", "all": [{"apiToken": "***", "roles": ["owner"]}]})
        );
    }
}
