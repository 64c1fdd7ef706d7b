//! A customer and two members of staff whom everybody knows, to try a shop with. Their passwords stand below, so a shop in
//! production neither makes them nor opens while it has them.

mod actions;
mod queries;

pub use actions::{are_here, welcome};

use crate::{personnel::Role, platform::i18n::Lang};

/// Somebody with an account of a customer, confirmed.
const CUSTOMER: Customer = Customer {
    // An address of this name can be taken by anybody, this name for it by nobody.
    public_id: "DEM0000000000000000000CVST",
    person: Person { email: "customer@demo.example", name: "Vera", password: "popcorn-in-row-seven" },
    surname: "Castell",
    language: Lang::En,
};

/// Somebody for the orders, and somebody for the reviews.
const STAFF: [(Person, Role); 2] = [
    (Person { email: "manager@demo.example", name: "Milo Harker", password: "curtain-up-at-eight" }, Role::Manager),
    (Person { email: "moderator@demo.example", name: "Nina Quill", password: "quiet-please-rolling" }, Role::Moderator),
];

/// Who can sign in, and with what.
#[derive(Clone, Copy, Debug)]
struct Person {
    email: &'static str,
    name: &'static str,
    password: &'static str,
}

#[derive(Clone, Copy, Debug)]
struct Customer {
    public_id: &'static str,
    person: Person,
    surname: &'static str,
    language: Lang,
}

/// How somebody signs in.
#[derive(Clone, Copy, Debug)]
pub struct SignIn {
    /// What they are in the shop.
    pub role: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    /// Where the door is.
    pub path: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::passwords;

    #[test]
    fn their_passwords_keep_the_rules() {
        for person in STAFF.iter().map(|(person, _)| person).chain([&CUSTOMER.person]) {
            assert_eq!(passwords::check(person.password, &[person.email, person.name]), Ok(()), "{person:?}");
        }
    }
}
