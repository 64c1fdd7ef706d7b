//! `/account/data`

use axum::response::{IntoResponse, Response};

use super::views::DataView;
use crate::platform::http::{Page, PageContext};

/// `GET /account/data`: what is kept, why, and until when.
pub async fn show(context: PageContext) -> Response {
    Page::new(DataView::new(&context)).into_response()
}
