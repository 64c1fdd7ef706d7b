//! `/account`: who is signed in, and the ways to what is theirs.

use askama::Template;
use axum::response::{IntoResponse, Response};

use crate::{
    accounts::{ClientType, Customer, messages::AccountMessages},
    platform::http::{Page, PageContext, Shell},
};

#[derive(Template)]
#[template(path = "accounts/overview.html")]
struct Overview {
    shell: Shell,
    t: AccountMessages,
    customer: Customer,
    tier: &'static str,
}

/// `GET /account`
pub async fn show(context: PageContext, customer: Customer) -> Response {
    let t = AccountMessages(context.lang);
    let tier = match customer.client_type {
        ClientType::Regular => t.regular(),
        ClientType::Premium => t.premium(),
        ClientType::Vip => t.vip(),
    };
    let shell = Shell::private(&context, t.hello(&customer.name));
    Page::new(Overview { shell, t, customer, tier }).into_response()
}
