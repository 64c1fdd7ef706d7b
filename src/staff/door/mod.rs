//! The staff door: signing in and out. It tells nobody whether an account exists.

pub mod handlers;
mod views;

use axum::{
    extract::Request,
    http::Method,
    response::{IntoResponse, Response},
};

use crate::platform::{
    http::{SeeOther, is_same_site_path},
    i18n::Lang,
};

/// The way to the door, and back from there to what was asked for; a form that was sent has to be opened anew.
pub(super) fn way_to(request: &Request) -> Response {
    let prefix = request.extensions().get::<Lang>().copied().unwrap_or_default().prefix();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let wanted = request.uri().path_and_query().filter(|_| is_read).map_or("/admin", |wanted| wanted.as_str());
    let next: String = form_urlencoded::byte_serialize(format!("{prefix}{wanted}").as_bytes()).collect();
    SeeOther::to(format!("{prefix}/admin/login?next={next}")).into_response()
}

/// Where somebody wants to go from the door, if that is inside.
fn inside(next: &str) -> Option<&str> {
    let (_, path) = crate::platform::http::split_language(next);
    let is_desk = path == "/admin" || path.starts_with("/admin/") || path.starts_with("/admin?");
    (is_same_site_path(next) && is_desk).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn the_door_leads_inside_and_nowhere_else() {
        for good in ["/admin", "/ru/admin/orders?status=pending", "/admin?a=b"] {
            assert_eq!(inside(good), Some(good));
        }
        for bad in ["", "/", "/films", "//evil.example/admin", "https://evil.example/admin", "/administer", "/admin\\x"]
        {
            assert_eq!(inside(bad), None, "{bad}");
        }
    }
}
