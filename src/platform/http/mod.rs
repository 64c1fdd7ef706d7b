//! Requests and responses: what a handler is given, what it may answer, and what every answer carries.

mod address;
#[cfg(test)]
pub mod check;
mod context;
mod cookies;
mod escaped;
mod fields;
mod headers;
mod messages;
mod page;
mod parts;
mod redirect;
mod socket;
pub mod threads;

pub use address::{ClientAddress, client_address, known_host};
pub use context::{PageContext, RequestId, Site, split_language};
pub use cookies::{Cookies, cookie_header, expired_cookie_header};
pub use escaped::Escaped;
pub use fields::Fields;
pub use headers::{apply_security_headers, is_fresh, server_timing};
pub use messages::{LayoutMessages, MainLink};
pub use page::{Alternate, Kept, OpenGraph, Page, Rendered, Shell, Slot, Slots};
pub use parts::{Crumb, FieldView, Link, Pagination, Step};
pub use redirect::{Notice, NoticeKind, SeeOther, is_same_site_path};
pub use socket::Socket;
