//! What a cart may hold.

/// Lines of one cart.
pub const MAX_LINES: usize = 50;
/// Units of one line; an edition may allow fewer.
pub const MAX_QUANTITY: u32 = 99;
/// Characters of the note to the shop.
pub const MAX_NOTE_CHARS: usize = 500;

/// A quantity as people type it: a whole number, not negative. More than a line can hold counts as that much, so that
/// the limit's own message tells what happened.
pub fn parse_quantity(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u32::MAX).min(MAX_QUANTITY + 1))
}

#[cfg(test)]
mod tests {
    use super::parse_quantity;

    #[test]
    fn only_whole_numbers_are_quantities() {
        assert_eq!(parse_quantity("0"), Some(0));
        assert_eq!(parse_quantity("12"), Some(12));
        assert_eq!(parse_quantity("99999999999999"), Some(100));
        for bad in ["", "-1", "1.5", "two", "+1", "1e3", "٣"] {
            assert_eq!(parse_quantity(bad), None, "{bad}");
        }
    }
}
