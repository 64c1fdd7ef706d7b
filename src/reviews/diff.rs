//! What has changed from one text to another, word by word.

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Same,
    Gone,
    New,
}

/// Words that share a fate, with the space behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub change: Change,
    pub text: String,
}

/// Both texts as one: what stayed, what went, what came, with as much as possible staying.
pub fn words(before: &str, after: &str) -> Vec<Part> {
    let (old, new): (Vec<_>, Vec<_>) = (tokens(before), tokens(after));
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut parts = Parts::default();
    parts.add(Change::Same, &old[..start]);
    middle(&mut parts, &old[start..old.len() - end], &new[start..new.len() - end]);
    parts.add(Change::Same, &old[old.len() - end..]);
    parts.0
}

/// Words with the space that follows them.
fn tokens(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// What differs in the middle, along the longest common subsequence.
fn middle(parts: &mut Parts, old: &[&str], new: &[&str]) {
    // Length of what is common to the rests of both, by where the rests begin.
    let width = new.len() + 1;
    let mut common = vec![0_u16; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            parts.add(Change::Same, &old[i..=i]);
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j == new.len() || common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            parts.add(Change::Gone, &old[i..=i]);
            i += 1;
        } else {
            parts.add(Change::New, &new[j..=j]);
            j += 1;
        }
    }
}

#[derive(Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn add(&mut self, change: Change, words: &[&str]) {
        if words.is_empty() {
            return;
        }
        match self.0.last_mut().filter(|last| last.change == change) {
            Some(last) => last.text.push_str(&words.concat()),
            None => self.0.push(Part { change, text: words.concat() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What went in brackets, what came in braces.
    fn drawn(before: &str, after: &str) -> String {
        let draw = |part: Part| match part.change {
            Change::Same => part.text,
            Change::Gone => format!("[{}]", part.text),
            Change::New => format!("{{{}}}", part.text),
        };
        words(before, after).into_iter().map(draw).collect()
    }

    #[test]
    fn as_much_as_possible_stays() {
        assert_eq!(drawn("a b c", "a b c"), "a b c");
        assert_eq!(drawn("a good film here", "a bad film here"), "a [good ]{bad }film here");
        assert_eq!(drawn("one two three four", "zero two four"), "[one ]{zero }two [three ]four");
        assert_eq!(drawn("", "all new"), "{all new}");
        assert_eq!(drawn("all gone", ""), "[all gone]");
        assert_eq!(drawn("Ёлка и снег ", "Ёлка и дождь "), "Ёлка и [снег ]{дождь }");
        assert_eq!(drawn("a a", "a a a"), "a {a }a", "lengths differ only");
    }

    #[test]
    fn nothing_is_lost() {
        let (before, after) = ("The end is\n\nnear, they say.", "They say the end\n\nis near.");
        let text = |without| -> String {
            words(before, after).into_iter().filter(|part| part.change != without).map(|part| part.text).collect()
        };
        assert_eq!((text(Change::New), text(Change::Gone)), (before.to_owned(), after.to_owned()));
    }
}
