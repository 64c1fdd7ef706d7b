//! Text that needs no further escaping.

use std::fmt;

use askama::{
    FastWritable, Values,
    filters::{Html, HtmlSafe, escape},
};

/// Text for a page, escaped when it is made. Most of what a page shows very often, as addresses, has nothing to escape, and
/// that is seen here many letters at a time; a template would look at one after the other. It is written as HTML has it, so it
/// is for pages alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escaped(String);

impl From<String> for Escaped {
    fn from(text: String) -> Self {
        let is_special = |letter| matches!(letter, b'<' | b'>' | b'&' | b'"' | b'\'');
        // Without a way out of the loop, the processor takes many letters in one step.
        let has_special = text.bytes().fold(false, |found, letter| found | is_special(letter));
        Self(if has_special { escaped(&text) } else { text })
    }
}

fn escaped(text: &str) -> String {
    match escape(text, Html) {
        Ok(text) => text.to_string(),
        Err(never) => match never {},
    }
}

impl fmt::Display for Escaped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FastWritable for Escaped {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

impl HtmlSafe for Escaped {}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;

    #[derive(Template)]
    #[template(source = r#"<a href="{{ href }}">"#, ext = "html")]
    struct Link {
        href: Escaped,
    }

    #[test]
    fn escaped_once_and_only_where_needed() {
        let link = |href: &str| Link { href: href.to_owned().into() }.render().unwrap();
        assert_eq!(link("/films/m-1931"), r#"<a href="/films/m-1931">"#);
        assert_eq!(
            link(r#"/"><b>Tom & 'Jo'</b>"#),
            r#"<a href="/&#34;&#62;&#60;b&#62;Tom &#38; &#39;Jo&#39;&#60;/b&#62;">"#
        );
    }
}
