//! Which passwords are taken: long ones that are neither among the commonest nor what everybody knows of the person.

use std::{collections::HashSet, sync::LazyLock};

pub const LEAST_CHARS: usize = 10;
/// Nobody types more; whoever sends more wants to keep us busy.
pub const MOST_CHARS: usize = 200;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    TooShort,
    TooLong,
    /// One of those that are tried first.
    Common,
    /// The person's own address or name.
    Personal,
}

/// Whether a password is taken. `personal` is what everybody knows of the person: address, name, surname.
pub fn check(password: &str, personal: &[&str]) -> Result<(), Weakness> {
    let chars = password.chars().count();
    if chars < LEAST_CHARS {
        return Err(Weakness::TooShort);
    }
    if chars > MOST_CHARS {
        return Err(Weakness::TooLong);
    }
    if is_common(password) {
        return Err(Weakness::Common);
    }
    let bare = squeezed(password);
    let personal: Vec<String> = personal.iter().map(|word| squeezed(word)).collect();
    let is_personal = bare == personal.concat() || personal.contains(&bare);
    if is_personal { Err(Weakness::Personal) } else { Ok(()) }
}

/// One of a list, whatever its case, or a single character over and over.
fn is_common(password: &str) -> bool {
    static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common.txt").lines().collect());
    let mut chars = password.chars();
    let first = chars.next();
    chars.all(|c| Some(c) == first) || COMMON.contains(password.to_lowercase().as_str())
}

/// Letters and digits in lower case: what is left of a name whichever way it is written.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_all_that_is_asked_of_an_uncommon_password() {
        for good in ["kastrul1kas", "   ten ten ", "correct horse", "ёжик в тумане", "----------a", "zzzzzzzzzzy"]
        {
            assert_eq!(check(good, &[]), Ok(()), "{good}");
        }
        assert_eq!(check("ninechars", &[]), Err(Weakness::TooShort));
        assert_eq!(check("ёжик туман", &[]), Ok(()), "characters count, not bytes");
        assert_eq!(check(&"film ".repeat(41), &[]), Err(Weakness::TooLong));
    }

    #[test]
    fn the_commonest_are_refused_in_any_case() {
        for common in ["password123", "Password123", "QWERTYUIOP", "1234567890", "iloveyou123", "ssssssssssssssss"] {
            assert_eq!(check(common, &[]), Err(Weakness::Common), "{common}");
        }
    }

    #[test]
    fn ones_own_address_and_name_are_no_secret() {
        let nora = ["nora.keene@mail.example", "Nora", "Keene-Lindqvist"];
        for own in ["nora.keene@mail.example", "NORA.KEENE@mail.example", "keene lindqvist", "KeeneLindqvist"] {
            assert_eq!(check(own, &nora), Err(Weakness::Personal), "{own}");
        }
        assert_eq!(check("nora keene, the one", &nora), Ok(()));
    }

    #[test]
    fn the_list_is_in_the_form_in_which_it_is_searched() {
        let list: Vec<&str> = include_str!("common.txt").lines().collect();
        assert!(list.len() > 1_000 && list.is_sorted());
        for word in list {
            assert!(word.len() >= LEAST_CHARS && word == word.to_lowercase() && word.trim() == word, "{word}");
        }
    }
}
