//! What keeps those who guess passwords away, and not those whose passwords they are.

use std::{net::IpAddr, time::Duration};

use axum::http::HeaderValue;

use crate::platform::{
    error::{Error, Result},
    http::{Cookies, Site, cookie_header},
    limiter::{Limit, Limits, address_key},
    signing::sha256_hex,
};

const PER_ACCOUNT_AND_ADDRESS: Limit = Limit { name: "sign-in", most: 5, per: Duration::from_mins(15) };
const PER_ADDRESS: Limit = Limit { name: "sign-in-address", most: 30, per: Duration::from_mins(15) };
const PER_DEVICE: Limit = Limit { name: "sign-in-device", most: 10, per: Duration::from_mins(15) };

/// Names the account that was last signed in to on a device.
const DEVICE: &str = "device";
const YEAR: i64 = 365 * 24 * 3600;

/// Counts a try, or says after how many seconds to come back. A device on which this account was signed in to before has
/// tries of its own: whatever strangers do, also behind the same address, its owner gets in.
pub(super) fn count(
    limits: &Limits,
    cookies: &Cookies<'_>,
    site: &Site,
    account: Option<u64>,
    login: &str,
    address: IpAddr,
) -> Result<()> {
    let of_device = cookies.get(DEVICE).and_then(|sealed| site.signer.open(DEVICE, sealed));
    if let Some(id) = account.map(|id| id.to_string()).filter(|id| of_device.as_ref() == Some(id)) {
        return limits.check(&PER_DEVICE, &id).map_err(Error::TooMany);
    }
    let address = address_key(address);
    let account = format!("{}:{address}", &sha256_hex(login)[..16]);
    limits.check(&PER_ADDRESS, &address).map_err(Error::TooMany)?;
    limits.check(&PER_ACCOUNT_AND_ADDRESS, &account).map_err(Error::TooMany)
}

/// The cookie by which a device is known from now on.
pub(super) fn device_cookie(site: &Site, account: u64) -> HeaderValue {
    cookie_header(site, DEVICE, &site.signer.seal(DEVICE, &account.to_string()), YEAR)
}
