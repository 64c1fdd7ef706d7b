//! How far a file has come.

use time::OffsetDateTime;

use super::PATIENCE;
use crate::word_enum;

word_enum! {
    pub Status {
        Asked = "asked",
        Ready = "ready",
        Failed = "failed",
    }
}

/// What is stored of a customer's file, beside the file.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    pub(super) status: Status,
    pub(super) asked_at: OffsetDateTime,
    pub(super) expires_at: OffsetDateTime,
    pub(super) bytes: Option<u64>,
}

/// What the customer is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none.
    Unasked,
    InPreparation,
    Ready {
        until: OffsetDateTime,
        /// As it is saved.
        bytes: u64,
    },
    /// It could not be made.
    Failed,
    /// Its time is over.
    Expired,
}

impl Standing {
    pub fn of(export: Option<&Export>, now: OffsetDateTime) -> Self {
        let Some(export) = export else { return Self::Unasked };
        match (export.status, export.bytes) {
            (Status::Ready, Some(bytes)) if export.expires_at > now => Self::Ready { until: export.expires_at, bytes },
            (Status::Ready, _) => Self::Expired,
            (Status::Asked, _) if export.asked_at + PATIENCE > now => Self::InPreparation,
            (Status::Asked | Status::Failed, _) => Self::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;
    use crate::platform::clock;

    #[test]
    fn a_file_is_there_for_its_time_and_nobody_waits_for_ever() {
        let now = clock::now();
        let export = |status, bytes| Export { status, asked_at: now, expires_at: now + Duration::hours(24), bytes };
        assert_eq!(Standing::of(None, now), Standing::Unasked);
        let (asked, ready) = (export(Status::Asked, None), export(Status::Ready, Some(7)));
        assert_eq!(Standing::of(Some(&asked), now + Duration::minutes(59)), Standing::InPreparation);
        assert_eq!(Standing::of(Some(&asked), now + Duration::minutes(60)), Standing::Failed);
        assert_eq!(Standing::of(Some(&ready), now), Standing::Ready { until: ready.expires_at, bytes: 7 });
        assert_eq!(Standing::of(Some(&ready), ready.expires_at), Standing::Expired);
        assert_eq!(Standing::of(Some(&export(Status::Failed, None)), now), Standing::Failed);
    }
}
