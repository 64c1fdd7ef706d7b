//! The page about somebody's data.

use askama::Template;

use super::{
    export::{self, Standing},
    kept::{self, Kind},
    messages::{DataMessages, KeptMessages},
};
use crate::platform::{
    http::{PageContext, Shell},
    i18n::number,
};

#[derive(Template)]
#[template(path = "privacy/data.html")]
pub(super) struct DataView {
    shell: Shell,
    t: DataMessages,
    export: Standing,
    /// For how long the file waits.
    period: String,
    kept: [Group; 3],
}

/// Kinds of data under one heading.
struct Group {
    id: &'static str,
    heading: &'static str,
    kinds: Vec<Kind>,
}

impl DataView {
    pub fn new(context: &PageContext, export: Standing) -> Self {
        let (t, words) = (DataMessages(context.lang), KeptMessages(context.lang));
        let kept = [
            Group { id: "account", heading: t.with_the_account(), kinds: kept::with_the_account(words) },
            Group { id: "time", heading: t.for_a_time(), kinds: kept::for_a_time(words) },
            Group { id: "law", heading: t.by_law(), kinds: kept::by_law(words) },
        ];
        Self { shell: Shell::private(context, t.title()), t, export, period: words.period(export::LIFE), kept }
    }

    /// Until when a file waits, and the words on its link.
    fn ready(&self) -> Option<(String, String)> {
        let Standing::Ready { until, bytes } = self.export else { return None };
        // Kilobytes, as browsers show sizes; never none.
        let kilobytes = i64::try_from(bytes.div_ceil(1000)).unwrap_or(i64::MAX);
        let size = self.t.kilobytes(&number(self.shell.lang, kilobytes));
        Some((self.t.ready_until(&self.shell.date_time(until)), self.t.download_file(&size)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::{
        clock,
        http::check::{check_page, context},
        i18n::Lang,
    };

    #[test]
    fn the_page_is_well_made_in_every_language() {
        for lang in Lang::ALL {
            let now = clock::now();
            for export in [
                Standing::Unasked,
                Standing::InPreparation,
                Standing::Ready { until: now, bytes: 1_234_567 },
                Standing::Failed,
                Standing::Expired,
            ] {
                let view = DataView::new(&context(lang, "/account/data"), export);
                check_page("own data", lang, &view.render().unwrap());
            }
        }
    }
}
