//! Addresses of mail.

/// Whether a mail could be sent there: one `@`, something before it, a domain with a dot after it, no white space.
/// Anything stricter refuses addresses that exist; a mail is the real test.
pub fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else {
        return false;
    };
    let is_plain = |part: &str| part.chars().all(|c| !c.is_whitespace() && !c.is_control() && c != '@');
    let labels: Vec<&str> = domain.split('.').collect();
    !local.is_empty()
        && local.len() <= 64
        && is_plain(local)
        && is_plain(domain)
        && labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses_as_people_write_them() {
        for good in ["a@b.uz", "first.last+tag@mail.example.com", "ё@пример.рф"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.uz", "a b@c.uz", "a@b..uz", "a@@b.uz", "a@-b.uz", "a\u{0}@b.uz"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
