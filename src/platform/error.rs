//! What can go wrong with a request. The page for it is made at the edge, in the visitor's language; the cause goes to
//! the log there, once, and never to the visitor.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// A request that ends without the page it asked for.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    #[error("cross-site request")]
    CrossSite,
    #[error("not found")]
    NotFound,
    #[error("gone")]
    Gone,
    #[error("moved to {0}")]
    Moved(String),
    #[error("conflict")]
    Conflict,
    #[error("too large")]
    TooLarge,
    #[error("unknown host")]
    Misdirected,
    #[error("too many requests, retry after {0} s")]
    TooMany(u64),
    #[error("unavailable: {0}")]
    Unavailable(#[source] anyhow::Error),
    #[error("internal error: {0:#}")]
    Internal(#[from] anyhow::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Moved(_) => StatusCode::MOVED_PERMANENTLY,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<sqlx::Error> for Error {
    /// A database that is away or overloaded passes; anything else is ours to mend.
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Io(_)
            | sqlx::Error::Tls(_) => Self::Unavailable(error.into()),
            // Shutdown in progress, too many connections, killed by an administrator, unknown database while restoring.
            sqlx::Error::Database(ref cause)
                if cause
                    .try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>()
                    .is_some_and(|cause| matches!(cause.number(), 1053 | 1040 | 1927 | 1317 | 1203)) =>
            {
                Self::Unavailable(error.into())
            }
            other => Self::Internal(other.into()),
        }
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.into())
    }
}

/// Rides on a response without a body until the edge has made its page.
#[derive(Clone)]
pub struct ErrorResponse(pub std::sync::Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(ErrorResponse(std::sync::Arc::new(self)));
        response
    }
}

/// `None` is a page that does not exist.
pub trait OrNotFound<T> {
    fn or_not_found(self) -> Result<T>;
}

impl<T> OrNotFound<T> for Option<T> {
    fn or_not_found(self) -> Result<T> {
        self.ok_or(Error::NotFound)
    }
}
