//! `/account`: who is signed in, the ways to what is theirs, films for them and those that they looked at last.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};

use super::for_you;
use crate::{
    accounts::{Customer, messages::AccountMessages},
    catalog::{index::Index, views::RelatedShelf},
    platform::{
        clock,
        db::Database,
        error::Result,
        http::{Cookies, Page, PageContext, Shell},
    },
    recent::{self, Recent, views::RecentShelf},
    recommendations::ForYou,
};

#[derive(Template)]
#[template(path = "accounts/overview.html")]
struct Overview {
    shell: Shell,
    t: AccountMessages,
    customer: Customer,
    tier: &'static str,
    for_you: Option<RelatedShelf>,
    recent: Option<RecentShelf>,
}

/// `GET /account`
pub async fn show(
    context: PageContext,
    db: Database,
    customer: Customer,
    State(for_you): State<Arc<ForYou>>,
    State(index): State<Arc<Index>>,
    headers: HeaderMap,
) -> Result<Response> {
    let t = AccountMessages(context.lang);
    let tier = t.tier_name(customer.client_type);
    let shell = Shell::private(&context, t.hello(&customer.name));
    let now = clock::now();
    let mut conn = db.conn().await?;
    let for_you = for_you::shelf(&shell, &mut conn, &customer, (&for_you, &index)).await?;
    let seen = Recent::from_cookie(&context.site, &Cookies::new(&context.site, &headers));
    let seen = recent::films(&mut conn, Some(customer.id), &seen, now).await?;
    drop(conn);
    let recent = recent::views::shelf(&shell, &seen, now);
    Ok(Page::new(Overview { shell, t, customer, tier, for_you, recent }).into_response())
}
