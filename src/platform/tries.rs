//! What keeps those who guess passwords away from a door, and not those whose passwords they are.
//!
//! Whoever goes on guessing waits longer and longer: after five tries three minutes, after ten six, after twenty more than
//! an hour. A device on which the account was signed in to before has tries of its own: whatever strangers do, from however
//! many addresses and also behind the same one, its owner gets in.

use std::{net::IpAddr, time::Duration};

use axum::http::HeaderValue;

use super::{
    http::{Cookies, Site, cookie_header},
    ids,
    limiter::{Limit, Limits, address_key},
    metrics::Counter,
    sessions::Kind,
    signing::sha256_hex,
};

const QUARTER: Duration = Duration::from_mins(15);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const YEAR_SECONDS: i64 = 365 * 24 * 3600;

/// Somebody at a door.
pub struct Try<'a> {
    pub door: Kind,
    /// The accounts that may be meant by the name.
    pub accounts: &'a [u64],
    /// The name as the door reads it, so that one name has one spelling.
    pub login: &'a str,
    pub address: IpAddr,
}

/// The limits of a door. Several of one thing let fewer and fewer through.
struct Rules {
    /// The cookie by which a device is known.
    device: &'static str,
    of_account_and_address: [Limit; 3],
    of_address: Limit,
    of_device: [Limit; 2],
}

const CLIENT: Rules = Rules {
    device: "device",
    of_account_and_address: [
        limit("sign-in", 5, QUARTER),
        limit("sign-in-hour", 10, HOUR),
        limit("sign-in-day", 20, DAY),
    ],
    of_address: limit("sign-in-address", 30, QUARTER),
    of_device: [limit("sign-in-device", 10, QUARTER), limit("sign-in-device-day", 40, DAY)],
};

const STAFF: Rules = Rules {
    device: "staff_device",
    of_account_and_address: [
        limit("staff-sign-in", 5, QUARTER),
        limit("staff-sign-in-hour", 10, HOUR),
        limit("staff-sign-in-day", 20, DAY),
    ],
    of_address: limit("staff-sign-in-address", 30, QUARTER),
    of_device: [limit("staff-sign-in-device", 10, QUARTER), limit("staff-sign-in-device-day", 40, DAY)],
};

const fn limit(name: &'static str, most: u32, per: Duration) -> Limit {
    Limit { name, most, per }
}

const fn rules(door: Kind) -> &'static Rules {
    match door {
        Kind::Client => &CLIENT,
        Kind::Staff => &STAFF,
    }
}

/// Why somebody was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The password is another one, or there is no such account.
    Wrong,
    TooMany,
}

/// Tries that were refused, by door and reason.
static REFUSED: [[Counter; 2]; 2] = [const { [const { Counter::new() }; 2] }; 2];

/// Of this process.
pub const fn refusals(door: Kind, reason: Refused) -> &'static Counter {
    &REFUSED[door as usize][reason as usize]
}

/// Counts a try, or says after how many seconds to come back.
pub async fn count(limits: &Limits, site: &Site, cookies: &Cookies<'_>, tried: &Try<'_>) -> Result<(), u64> {
    let counted = check(limits, site, cookies, tried).await;
    if counted.is_err() {
        refusals(tried.door, Refused::TooMany).one();
    }
    counted
}

async fn check(limits: &Limits, site: &Site, cookies: &Cookies<'_>, tried: &Try<'_>) -> Result<(), u64> {
    let Rules { of_account_and_address: [quarter, hour, day], of_address, of_device, .. } = rules(tried.door);
    if let Some(device) = known_device(site, cookies, tried) {
        return limits.check_all(&[(&of_device[0], &device), (&of_device[1], &device)]).await;
    }
    let address = address_key(tried.address);
    let account = format!("{}:{address}", &sha256_hex(tried.login)[..16]);
    limits.check_all(&[(of_address, &address), (quarter, &account), (hour, &account), (day, &account)]).await
}

/// The device, if an account that is tried has been signed in to on it.
fn known_device(site: &Site, cookies: &Cookies<'_>, tried: &Try<'_>) -> Option<String> {
    let name = rules(tried.door).device;
    let device = cookies.get(name).and_then(|sealed| site.signer.open(name, sealed))?;
    let (account, _) = device.split_once(':')?;
    let account: u64 = account.parse().ok()?;
    tried.accounts.contains(&account).then_some(device)
}

/// The cookie by which a device is known from now on: the account, and a word that no other device has.
pub fn device_cookie(site: &Site, door: Kind, account: u64) -> HeaderValue {
    let name = rules(door).device;
    cookie_header(site, name, &site.signer.seal(name, &format!("{account}:{}", ids::request_id())), YEAR_SECONDS)
}
