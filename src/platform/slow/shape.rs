//! What is the same of statements that differ in their values only.

/// Characters of a shape; what comes behind tells little more.
const MOST: usize = 2_000;

/// The text of a statement with `?` for whatever is written out, `?…` for any number of them, and single spaces.
pub(super) fn of(sql: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(c) = rest.chars().next() {
        let (word, behind) = match c {
            '\'' | '"' => ("?".to_owned(), behind_quote(&rest[1..], c)),
            c if is_word(c) => {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let is_number = c.is_ascii_digit();
                (if is_number { "?".to_owned() } else { rest[..end].to_owned() }, &rest[end..])
            }
            c => (c.to_string(), &rest[c.len_utf8()..]),
        };
        let is_spaced = behind.starts_with(char::is_whitespace);
        push(&mut words, word);
        if is_spaced {
            push(&mut words, " ".to_owned());
        }
        rest = behind.trim_start();
    }
    words.concat().trim_end().chars().take(MOST).collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '`' | '@')
}

/// What follows a text. A quote that is doubled, or stands behind a backslash, belongs to it.
fn behind_quote(text: &str, quote: char) -> &str {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == quote {
            match chars.peek() {
                Some((_, next)) if *next == quote => drop(chars.next()),
                _ => return &text[at + 1..],
            }
        }
    }
    ""
}

/// Folds `?, ?` to `?…`, and `(?…), (?…)` to one of them.
fn push(words: &mut Vec<String>, word: String) {
    words.push(word);
    let ends = |tail: &[&str]| words.len() >= tail.len() && words[words.len() - tail.len()..].iter().eq(tail);
    for (tail, folded) in [
        (&["?", ",", " ", "?"][..], &["?…"][..]),
        (&["?", ",", "?"], &["?…"]),
        (&["?…", ",", " ", "?"], &["?…"]),
        (&["?…", ",", "?"], &["?…"]),
        (&["(", "?…", ")", ",", " ", "(", "?…", ")"], &["(", "?…", ")"]),
        (&["(", "?", ")", ",", " ", "(", "?", ")"], &["(", "?", ")"]),
    ] {
        if ends(tail) {
            words.truncate(words.len() - tail.len());
            words.extend(folded.iter().map(|word| (*word).to_owned()));
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn values_are_not_in_it() {
        for (sql, shape) in [
            ("SELECT  1,\n 2 FROM t ", "SELECT ?… FROM t"),
            (
                "SELECT a FROM t WHERE a = 'it''s \\' nora@shop.test' AND b = 17",
                "SELECT a FROM t WHERE a = ? AND b = ?",
            ),
            ("SELECT a1 FROM t2 WHERE `x` = \"b\"", "SELECT a1 FROM t2 WHERE `x` = ?"),
            ("SELECT a FROM t WHERE id IN (?, ?, ?,?)", "SELECT a FROM t WHERE id IN (?…)"),
            ("SELECT a FROM t WHERE id IN (?)", "SELECT a FROM t WHERE id IN (?)"),
            ("INSERT INTO t (a, b) VALUES (?, ?), (?, ?), (?, ?)", "INSERT INTO t (a, b) VALUES (?…)"),
            ("INSERT INTO t (a) VALUES (?), (?)", "INSERT INTO t (a) VALUES (?)"),
            ("SELECT 'never ends", "SELECT ?"),
            ("SELECT 'Ünïcode' AS название", "SELECT ? AS название"),
            ("", ""),
        ] {
            assert_eq!(of(sql), shape);
        }
        assert_eq!(of(&format!("SELECT {}", "a+".repeat(5_000))).len(), 2_000);
    }
}
