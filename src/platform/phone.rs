//! Telephone numbers.

/// The number in E.164 (`+` and 7 to 15 digits), from the ways in which people write it.
pub fn international(value: &str) -> Option<String> {
    let is_written = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.' | '\u{a0}');
    if !value.chars().all(is_written) || value.chars().skip(1).any(|c| c == '+') {
        return None;
    }
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let digits = if value.starts_with('+') { digits.as_str() } else { digits.strip_prefix("00").unwrap_or(&digits) };
    // Without a plus, only a number long enough to hold a country code is taken for an international one.
    let least = if value.starts_with('+') { 7 } else { 11 };
    let fits = (least..=15).contains(&digits.len()) && !digits.starts_with('0');
    fits.then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (written, stored) in [
            ("+998901234567", "+998901234567"),
            ("998 90 123 45 67", "+998901234567"),
            ("00353 1 234 5678", "+35312345678"),
        ] {
            assert_eq!(international(written).as_deref(), Some(stored));
        }
        for bad in ["12345", "901234567", "+0123456789", "+99890123456789012", "call me", "++998901234567", ""] {
            assert_eq!(international(bad), None, "{bad}");
        }
    }
}
