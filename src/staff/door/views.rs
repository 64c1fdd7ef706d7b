//! The form at the door.

use askama::Template;

use super::inside;
use crate::{
    platform::http::{FieldView, PageContext, Shell},
    staff::messages::StaffMessages,
};

#[derive(Template)]
#[template(path = "staff/login.html")]
pub(super) struct DoorView {
    shell: Shell,
    t: StaffMessages,
    next: Option<String>,
    login: FieldView,
    password: FieldView,
}

impl DoorView {
    pub fn new(context: &PageContext, next: &str) -> Self {
        let t = StaffMessages(context.lang);
        Self {
            shell: Shell::private(context, t.sign_in_title()),
            t,
            next: inside(next).map(str::to_owned),
            login: FieldView {
                kind: "email",
                autocomplete: "username",
                max_length: 254,
                ..FieldView::text("login", t.login(), "")
            },
            password: FieldView {
                kind: "password",
                autocomplete: "current-password",
                ..FieldView::text("password", t.password(), "")
            },
        }
    }

    /// The form again for whoever was not let in; it does not say what was wrong.
    pub fn refused(mut self, login: &str) -> Self {
        login.clone_into(&mut self.login.value);
        self.login.error = Some(self.t.not_let_in().to_owned());
        self
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        self.login.error.iter().map(|error| (self.login.name, error.clone())).collect()
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
    fn the_door_is_well_made_in_every_language_and_state() {
        for lang in Lang::ALL {
            let context = context(lang, "/admin/login");
            check_page("door", lang, &DoorView::new(&context, "").render().unwrap());
            let html = DoorView::new(&context, "/admin/orders?x=%22").refused("\"><b>").render().unwrap();
            check_page("door, shut", lang, &html);
            assert!(html.contains("value=\"/admin/orders?x=%22\"") && !html.contains("<b>"));
        }
    }
}
