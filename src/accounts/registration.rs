//! What is typed to become a customer, and what is wrong with it.

use super::{messages::AccountMessages, queries::NewClient};
use crate::{
    messages::is_email,
    platform::{
        http::Fields,
        passwords::{self, Weakness},
        phone,
    },
};

pub const MAX_NAME_CHARS: u16 = 100;
pub(super) const MAX_EMAIL_CHARS: usize = 254;

/// A registration that may be kept, but for the hash of its password.
pub(super) struct Registration {
    pub email: String,
    pub phone: Option<String>,
    pub name: String,
    pub surname: String,
    pub password: String,
}

/// A field and what to do about it.
pub(super) type Problems = Vec<(&'static str, String)>;

impl Registration {
    pub fn read(t: AccountMessages, fields: &Fields) -> Result<Self, Problems> {
        let (name, surname, password) = (fields.get("name"), fields.get("surname"), fields.get("password"));
        let email = fields.get("email").to_lowercase();
        let mut problems: Problems = Vec::new();
        problems.extend(name_problem(t, name).map(|text| ("name", text.to_owned())));
        if surname.chars().count() > MAX_NAME_CHARS.into() {
            problems.push(("surname", t.name_too_long().to_owned()));
        }
        problems.extend(email_problem(t, &email).map(|text| ("email", text.to_owned())));
        let phone = phone_of(t, fields.get("phone")).map_err(|text| problems.push(("phone", text.to_owned())));
        let personal = [email.as_str(), name, surname];
        problems.extend(password_problem(t, password, &personal).map(|text| ("password", text)));
        match phone {
            Ok(phone) if problems.is_empty() => Ok(Self {
                email,
                phone,
                name: name.to_owned(),
                surname: surname.to_owned(),
                password: password.to_owned(),
            }),
            _ => Err(problems),
        }
    }

    pub fn with_hash<'a>(&'a self, password_hash: &'a str, language: &'a str) -> NewClient<'a> {
        let Self { email, phone, name, surname, .. } = self;
        NewClient { email, phone: phone.as_deref(), name, surname, password_hash, language }
    }
}

pub(super) fn name_problem(t: AccountMessages, name: &str) -> Option<&'static str> {
    match name.chars().count() {
        0 => Some(t.name_missing()),
        count if count > MAX_NAME_CHARS.into() => Some(t.name_too_long()),
        _ => None,
    }
}

pub(super) fn email_problem(t: AccountMessages, email: &str) -> Option<&'static str> {
    let is_good = email.chars().count() <= MAX_EMAIL_CHARS && is_email(email);
    (!is_good).then(|| t.email_wrong())
}

/// The number in E.164, or none when nothing was typed.
pub(super) fn phone_of(t: AccountMessages, typed: &str) -> Result<Option<String>, &'static str> {
    if typed.is_empty() {
        return Ok(None);
    }
    phone::international(typed).map(Some).ok_or(t.phone_wrong())
}

/// Why a password is not taken, in words.
pub fn password_problem(t: AccountMessages, password: &str, personal: &[&str]) -> Option<String> {
    Some(match passwords::check(password, personal).err()? {
        Weakness::TooShort => t.password_too_short(passwords::LEAST_CHARS),
        Weakness::TooLong => t.password_too_long(passwords::MOST_CHARS),
        Weakness::Common => t.password_common().to_owned(),
        Weakness::Personal => t.password_personal().to_owned(),
    })
}
