//! Asking for the file, and fetching it. The page about it is that of all that is kept.

use std::{
    io::{self, Read},
    sync::Arc,
};

use axum::{
    extract::State,
    http::{
        HeaderMap, HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use flate2::read::GzDecoder;

use super::{ASKS, actions, queries};
use crate::{
    accounts::Customer,
    platform::{
        clock,
        db::Database,
        encoding::Encoding,
        error::{Error, OrNotFound, Result},
        http::{Notice, PageContext, SeeOther},
        limiter::Limits,
    },
    privacy::messages::DataMessages,
};

/// `POST /account/data`
pub async fn ask(
    context: PageContext,
    State(limits): State<Arc<Limits>>,
    db: Database,
    customer: Customer,
) -> Result<Response> {
    limits.check(&ASKS, &customer.id.to_string()).await.map_err(Error::TooMany)?;
    actions::ask(&db, customer.id, clock::now()).await?;
    let notice = Notice::good(DataMessages(context.lang).asked());
    Ok(SeeOther::to(context.href("/account/data")).with_notice(&context.site, &notice).into_response())
}

/// `GET /account/data/file`: the customer's own, as long as it is there.
pub async fn download(db: Database, customer: Customer, headers: HeaderMap) -> Result<Response> {
    let found = queries::document(&mut db.conn().await?, customer.id, clock::now()).await?;
    let (gzip, bytes) = found.or_not_found()?;
    let encoding = Encoding::accepted(&headers, &[Encoding::Gzip]);
    let body = match encoding {
        Encoding::Gzip => gzip,
        _ => inflated(&gzip, bytes).map_err(|error| Error::Internal(error.into()))?,
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"my-data.json\""));
    headers.extend(encoding.header().map(|encoding| (CONTENT_ENCODING, encoding)));
    Ok(response)
}

fn inflated(gzip: &[u8], bytes: u64) -> io::Result<Vec<u8>> {
    let mut plain = Vec::with_capacity(usize::try_from(bytes).unwrap_or_default());
    GzDecoder::new(gzip).read_to_end(&mut plain)?;
    Ok(plain)
}
