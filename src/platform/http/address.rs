//! Who asks, and under which name we were asked for.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts},
    http::{Extensions, HeaderMap, header::HOST, request::Parts},
};

use super::Site;
use crate::platform::config::{Config, Environment};

/// The visitor's address. With `trusted_proxies` in front, the entry that the outermost of them wrote into
/// `X-Forwarded-For`; anything left of it is the visitor's own claim and is ignored.
pub fn client_address(headers: &HeaderMap, extensions: &Extensions, trusted_proxies: usize) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    if trusted_proxies == 0 {
        return peer;
    }
    let claimed: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|entry| entry.trim().parse().ok())
        .collect();
    claimed.iter().rev().nth(trusted_proxies - 1).copied().unwrap_or(peer)
}

/// The visitor's address, for limits.
pub struct ClientAddress(pub IpAddr);

impl<S> FromRequestParts<S> for ClientAddress
where
    Arc<Site>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let site = Arc::<Site>::from_ref(state);
        Ok(Self(client_address(&parts.headers, &parts.extensions, site.config.trusted_proxies)))
    }
}

/// Whether the `Host` header names this shop. Development also answers to `localhost` and `[::1]` on its port.
pub fn known_host(config: &Config, headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    if host.eq_ignore_ascii_case(config.host()) {
        return true;
    }
    let name = host
        .rsplit_once(':')
        .map_or(host, |(name, port)| if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host });
    config.environment == Environment::Dev && matches!(name, "localhost" | "[::1]" | "127.0.0.1")
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn parts(forwarded: &[&str]) -> Parts {
        let mut request = Request::builder();
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        let mut request = request.body(()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 5000))));
        request.into_parts().0
    }

    #[test]
    fn only_the_entry_of_a_trusted_proxy_counts() {
        let address = |forwarded: &[&str], proxies| {
            let parts = parts(forwarded);
            client_address(&parts.headers, &parts.extensions, proxies).to_string()
        };
        assert_eq!(address(&["1.1.1.1, 2.2.2.2"], 0), "10.0.0.1");
        assert_eq!(address(&["1.1.1.1, 2.2.2.2"], 1), "2.2.2.2");
        assert_eq!(address(&["1.1.1.1", "2.2.2.2"], 2), "1.1.1.1");
        assert_eq!(address(&["9.9.9.9"], 2), "10.0.0.1");
        assert_eq!(address(&[], 1), "10.0.0.1");
    }
}
