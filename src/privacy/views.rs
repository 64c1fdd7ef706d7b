//! The page about somebody's data.

use askama::Template;

use super::{
    kept::{self, Kind},
    messages::{DataMessages, KeptMessages},
};
use crate::platform::http::{PageContext, Shell};

#[derive(Template)]
#[template(path = "privacy/data.html")]
pub(super) struct DataView {
    shell: Shell,
    t: DataMessages,
    kept: [Group; 3],
}

/// Kinds of data under one heading.
struct Group {
    id: &'static str,
    heading: &'static str,
    kinds: Vec<Kind>,
}

impl DataView {
    pub fn new(context: &PageContext) -> Self {
        let (t, words) = (DataMessages(context.lang), KeptMessages(context.lang));
        let kept = [
            Group { id: "account", heading: t.with_the_account(), kinds: kept::with_the_account(words) },
            Group { id: "time", heading: t.for_a_time(), kinds: kept::for_a_time(words) },
            Group { id: "law", heading: t.by_law(), kinds: kept::by_law(words) },
        ];
        Self { shell: Shell::private(context, t.title()), t, kept }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::{
        http::check::{check_page, context},
        i18n::Lang,
    };

    #[test]
    fn the_page_is_well_made_in_every_language() {
        for lang in Lang::ALL {
            let view = DataView::new(&context(lang, "/account/data"));
            check_page("own data", lang, &view.render().unwrap());
        }
    }
}
