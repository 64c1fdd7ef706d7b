//! What a customer writes, and what is wrong with it.

use std::ops::RangeInclusive;

pub const MAX_TITLE_CHARS: u16 = 200;
pub const BODY_CHARS: RangeInclusive<usize> = 10..=5000;

/// A review that keeps the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// 1 to 5.
    pub rating: u8,
    /// One line; may be empty.
    pub title: String,
    /// Plain text of several lines.
    pub body: String,
    /// Whether it gives away what happens.
    pub has_spoiler: bool,
}

/// What is to be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftProblem {
    NoRating,
    LongTitle,
    ShortBody,
    LongBody,
}

impl Draft {
    /// Reads the fields of the form; everything that is wrong with them at once.
    pub fn parse(rating: &str, title: &str, body: &str, has_spoiler: bool) -> Result<Self, Vec<DraftProblem>> {
        let stars = rating.parse().ok().filter(|stars| (1..=5).contains(stars));
        let (title, body) = (one_line(title), plain(body));
        let chars = body.chars().count();
        let problems: Vec<_> = [
            stars.is_none().then_some(DraftProblem::NoRating),
            (title.chars().count() > MAX_TITLE_CHARS.into()).then_some(DraftProblem::LongTitle),
            (chars < *BODY_CHARS.start()).then_some(DraftProblem::ShortBody),
            (chars > *BODY_CHARS.end()).then_some(DraftProblem::LongBody),
        ]
        .into_iter()
        .flatten()
        .collect();
        match stars {
            Some(rating) if problems.is_empty() => Ok(Self { rating, title, body, has_spoiler }),
            _ => Err(problems),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines as one kind of server and browser writes them, without what cannot be seen; at most one empty line in a row.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let visible: String = text.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let mut lines: Vec<&str> = visible.trim().lines().map(str::trim_end).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(rating: &str, title: &str, body: &str) -> Vec<DraftProblem> {
        Draft::parse(rating, title, body, false).err().unwrap_or_default()
    }

    #[test]
    fn a_review_has_a_rating_and_enough_to_read() {
        let good = "A good film.";
        for stars in ["1", "5"] {
            assert_eq!(problems(stars, "", good), []);
        }
        for stars in ["", "0", "6", "4.5", "five", "-1"] {
            assert_eq!(problems(stars, "", good), [DraftProblem::NoRating], "{stars}");
        }
        assert_eq!(problems("3", &"т".repeat(200), &"ж".repeat(5000)), [], "characters count, not bytes");
        assert_eq!(problems("3", &"т".repeat(201), good), [DraftProblem::LongTitle]);
        assert_eq!(problems("3", "", &"ж".repeat(5001)), [DraftProblem::LongBody]);
        assert_eq!(problems("x", "", " short \n\n\n"), [DraftProblem::NoRating, DraftProblem::ShortBody]);
    }

    #[test]
    fn text_is_kept_plain() {
        let draft =
            Draft::parse("4", " The \t diner\nscene ", "One.\r\n\r\n\r\n\r\nTwo\u{7}. \r\n<b>Three</b>\n", true);
        let draft = draft.unwrap();
        assert_eq!((&*draft.title, &*draft.body), ("The diner scene", "One.\n\nTwo.\n<b>Three</b>"));
        assert!(draft.has_spoiler);
    }
}
