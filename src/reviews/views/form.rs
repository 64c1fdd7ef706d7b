//! The form of a review.

use askama::Template;

use super::StarsView;
use crate::{
    catalog::queries::FilmRow,
    platform::{
        http::{FieldView, PageContext, Shell},
        i18n::Localized,
    },
    reviews::{
        DraftProblem,
        draft::{BODY_CHARS, MAX_TITLE_CHARS},
        handlers::Typed,
        messages::{FormMessages, ReviewMessages},
    },
};

/// Which review is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The first one of the film.
    New,
    /// The one that there is.
    Known(u64),
}

/// Writes a review, or changes one.
#[derive(Template)]
#[template(path = "reviews/form.html")]
pub struct FormPage {
    pub shell: Shell,
    pub t: FormMessages,
    pub heading: &'static str,
    pub film: Localized,
    pub film_href: String,
    pub action: String,
    pub delete_action: Option<String>,
    /// Why this customer may not write; the form is shown only with what was typed.
    pub barred: Option<&'static str>,
    pub is_shown: bool,
    /// Five stars first, as the form needs them: value, words, whether it is chosen.
    pub stars: Vec<(u8, String, bool)>,
    pub rating_error: Option<&'static str>,
    pub title: FieldView,
    pub body: FieldView,
    pub has_spoiler: bool,
}

impl FormPage {
    pub fn new(context: &PageContext, film: &FilmRow, target: Target, typed: &Typed) -> Self {
        let t = FormMessages(context.lang);
        let film_href = context.href(&format!("/films/{}", film.slug));
        let (heading, action, delete_action) = match target {
            Target::New => (t.write(), format!("{film_href}/reviews"), None),
            Target::Known(id) => {
                let href = |what| context.href(&format!("/reviews/{id}/{what}"));
                (t.edit(), href("edit"), Some(href("delete")))
            }
        };
        let words = |stars: u8| StarsView::new(ReviewMessages(context.lang), stars).words;
        Self {
            shell: Shell::private(context, heading),
            t,
            heading,
            film: film.title(context.lang),
            film_href,
            action,
            delete_action,
            barred: None,
            is_shown: true,
            stars: (1..=5).rev().map(|stars| (stars, words(stars), typed.rating == stars.to_string())).collect(),
            rating_error: None,
            title: title(t, typed),
            body: body(t, typed),
            has_spoiler: typed.has_spoiler,
        }
    }

    /// The form with a reason why it cannot be sent; the empty one is left out.
    pub fn barred(mut self, reason: Option<&'static str>) -> Self {
        self.is_shown = reason.is_none() || !self.body.value.is_empty();
        self.barred = reason;
        self
    }

    /// The form with what is wrong with it.
    pub fn refused(mut self, problems: &[DraftProblem]) -> Self {
        self.shell.title = self.t.error_title(self.heading);
        for problem in problems {
            match problem {
                DraftProblem::NoRating => self.rating_error = Some(self.t.no_rating()),
                DraftProblem::LongTitle => self.title.error = Some(self.t.long_title(MAX_TITLE_CHARS)),
                DraftProblem::ShortBody => self.body.error = Some(self.t.short_body(*BODY_CHARS.start())),
                DraftProblem::LongBody => self.body.error = Some(self.t.long_body(*BODY_CHARS.end())),
            }
        }
        self
    }

    /// What the summary at the top says.
    fn errors(&self) -> Vec<(&'static str, String)> {
        let of = |field: &FieldView| field.error.clone().map(|error| (field.name, error));
        let rating = self.rating_error.map(|error| ("rating", error.to_owned()));
        [rating, of(&self.title), of(&self.body)].into_iter().flatten().collect()
    }
}

fn title(t: FormMessages, typed: &Typed) -> FieldView {
    FieldView {
        hint: Some(t.title_hint().to_owned()),
        is_required: false,
        max_length: MAX_TITLE_CHARS,
        ..FieldView::text("title", t.title(), typed.title.clone())
    }
}

fn body(t: FormMessages, typed: &Typed) -> FieldView {
    FieldView {
        hint: Some(t.body_hint().to_owned()),
        max_length: u16::try_from(*BODY_CHARS.end()).unwrap_or(0),
        ..FieldView::text("body", t.your_review(), typed.body.clone())
    }
}
