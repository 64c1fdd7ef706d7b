//! Who buys. A customer follows from a number alone, so that orders need not look anybody up.

use time::{Date, Duration, Month, OffsetDateTime};

use super::{dice, kind, words};
use crate::{
    catalog::{
        sample::{
            dice::Dice,
            words::{FIRST_NAMES, LAST_NAMES, NOUNS},
        },
        slug::slugify,
    },
    orders::queries::OrderAddress,
    platform::i18n::Lang,
};

/// Orders that a customer places on average.
const ORDERS_EACH: u64 = 3;
/// An account is closed so long after the last order at least: no order of it is open then.
const CLOSED_AFTER: Duration = Duration::days(60);

/// Somebody with an account, or a guest.
#[derive(Clone, Debug)]
pub struct Customer {
    /// None of a guest.
    pub id: Option<u64>,
    pub public_id: String,
    pub name: &'static str,
    pub surname: &'static str,
    pub email: String,
    pub phone: String,
    pub language: Lang,
    pub gender: Option<&'static str>,
    pub birth_date: Option<Date>,
    pub client_type: &'static str,
    pub is_verified: bool,
    pub has_consented: bool,
    /// The account was closed, and all that is personal went with it.
    pub closed_at: Option<OffsetDateTime>,
    pub address: OrderAddress,
}

/// The customers of a past, by number.
#[derive(Clone, Copy, Debug)]
pub struct Customers {
    pub seed: u64,
    pub count: u64,
    /// The id of the first.
    pub first_id: u64,
    pub start: OffsetDateTime,
    pub until: OffsetDateTime,
}

impl Customers {
    pub const fn count_for(orders: u64) -> u64 {
        orders.div_ceil(ORDERS_EACH)
    }

    /// The customer of a number.
    pub fn at(&self, number: u64) -> Customer {
        let id = self.first_id + number;
        let mut dice = dice(self.seed, kind::CUSTOMER, id);
        let closed_after = i64::try_from(dice.between(70, 720)).unwrap_or_default();
        let closed_at = dice.chance(3).then(|| self.start + Duration::days(closed_after)).filter(|at| *at < self.until);
        let client_type = dice.weighted(&[("regular", 86), ("premium", 11), ("vip", 3)]);
        Customer {
            is_verified: dice.chance(92),
            has_consented: dice.chance(45),
            client_type,
            closed_at,
            ..person(Some(id), &mut dice)
        }
    }

    /// Who places the order at a place of so many: somebody who is registered already, or a guest.
    pub fn of_order(&self, place: u64, of: u64, placed_at: OffsetDateTime, dice: &mut Dice) -> Customer {
        let known = usize::try_from(u128::from(place) * u128::from(self.count) / u128::from(of)).unwrap_or(0);
        if known == 0 || dice.chance(28) {
            return person(None, dice);
        }
        // Those who came first have become regulars; many order soon after they came.
        let number = if dice.chance(35) { known - 1 - dice.skewed_index(known) } else { dice.skewed_index(known) };
        let customer = self.at(number as u64);
        let is_gone = customer.closed_at.is_some_and(|at| placed_at + CLOSED_AFTER > at);
        if is_gone { person(None, dice) } else { customer }
    }
}

fn person(id: Option<u64>, dice: &mut Dice) -> Customer {
    let (name, surname) = (*dice.pick(FIRST_NAMES), *dice.pick(LAST_NAMES));
    let tail = id.unwrap_or_else(|| 1_000_000_000 + dice.below(1_000_000_000));
    let host = dice.pick(&["post.example", "mail.example", "inbox.example"]);
    Customer {
        id,
        public_id: (0..26).map(|_| char::from(*dice.pick(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"))).collect(),
        name,
        surname,
        email: format!("{}.{}.{tail}@{host}", slugify(name), slugify(surname)),
        // No network has this code.
        phone: format!("+99800{:07}", tail % 10_000_000),
        language: dice.weighted(&[(Lang::Ru, 46), (Lang::Uz, 34), (Lang::En, 20)]),
        gender: dice.weighted(&[(None, 50), (Some("female"), 24), (Some("male"), 24), (Some("other"), 2)]),
        birth_date: dice.chance(35).then(|| birth_date(dice)).flatten(),
        client_type: "regular",
        is_verified: false,
        has_consented: false,
        closed_at: None,
        address: address(dice),
    }
}

fn birth_date(dice: &mut Dice) -> Option<Date> {
    let year = i32::try_from(dice.between(1950, 2006)).ok()?;
    let month = Month::try_from(u8::try_from(dice.between(1, 12)).ok()?).ok()?;
    Date::from_calendar_date(year, month, u8::try_from(dice.between(1, 28)).ok()?).ok()
}

fn address(dice: &mut Dice) -> OrderAddress {
    let (country, region, city, postcode) = dice.weighted(words::TOWNS);
    OrderAddress {
        country: country.to_owned(),
        region: region.to_owned(),
        city: city.to_owned(),
        line1: format!("{} {} street", dice.between(1, 180), dice.pick(NOUNS)),
        line2: if dice.chance(60) { format!("apt. {}", dice.between(1, 120)) } else { String::new() },
        postcode: format!("{postcode}{:02}", dice.below(100)),
    }
}
