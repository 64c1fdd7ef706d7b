//! The page of the log.

use askama::Template;

use super::{
    changes::{Change, changes},
    filters::Filters,
    messages::AuditMessages,
};
use crate::{
    audit::{Action, Logged},
    personnel::{Permission, queries::Person},
    platform::http::{PageContext, Shell},
    staff::{Desk, Employee, Frame},
};

/// Who is no member of staff and yet stands in the log.
const OTHERS: [&str; 2] = ["stranger", "command"];

#[derive(Template)]
#[template(path = "staff/audit.html")]
pub(super) struct AuditView {
    shell: Shell,
    frame: Frame,
    t: AuditMessages,
    filters: Filters,
    people: Vec<Person>,
    entries: Vec<Logged>,
    may_export: bool,
    is_deep: bool,
    /// The page that follows begins below this id.
    next: Option<u64>,
}

impl AuditView {
    pub fn new(
        context: &PageContext,
        employee: &Employee,
        filters: Filters,
        people: Vec<Person>,
        entries: Vec<Logged>,
    ) -> Self {
        let frame = Frame::new(context, employee, Some(Desk::Audit));
        Self {
            shell: Shell::private(context, frame.t.audit()),
            frame,
            t: AuditMessages(context.lang),
            filters,
            people,
            entries,
            may_export: employee.may(Permission::AuditExport),
            is_deep: false,
            next: None,
        }
    }

    /// Whether this is not the first page, and where the next one begins.
    #[must_use]
    pub fn with_pages(self, is_deep: bool, next: Option<u64>) -> Self {
        Self { is_deep, next, ..self }
    }

    fn who(&self, actor: &str) -> String {
        let id = actor.strip_prefix("staff:").and_then(|id| id.parse().ok());
        let person = id.and_then(|id: u64| self.people.iter().find(|person| person.id == id));
        match (actor, person) {
            (_, Some(person)) => person.name.clone(),
            ("stranger", _) => self.t.stranger().to_owned(),
            ("command", _) => self.t.command().to_owned(),
            (other, _) => other.to_owned(),
        }
    }

    /// What was done; a word of another release stays as it is.
    fn what<'a>(&self, entry: &'a Logged) -> &'a str {
        Action::from_word(&entry.action).map_or(entry.action.as_str(), |action| self.t.action(action))
    }

    /// Value and label of each choice, and whether it is chosen.
    fn actors(&self) -> Vec<(String, String, bool)> {
        let staff = self.people.iter().map(|person| (format!("staff:{}", person.id), person.label()));
        let others = OTHERS.iter().map(|word| ((*word).to_owned(), self.who(word)));
        choices(&self.filters.actor, staff.chain(others))
    }

    fn actions(&self) -> Vec<(String, String, bool)> {
        let all = Action::ALL.iter().map(|action| (action.word().to_owned(), self.t.action(*action).to_owned()));
        choices(&self.filters.action, all)
    }

    fn list(&self, filters: &Filters, before: Option<u64>) -> String {
        self.shell.href(&format!("/admin/audit?{}", filters.query(before)))
    }

    fn page(&self, before: Option<u64>) -> String {
        self.list(&self.filters, before)
    }

    fn csv(&self) -> String {
        self.shell.href(&format!("/admin/audit.csv?{}", self.filters.query(None)))
    }

    /// All that happened to the same thing.
    fn of_object(&self, entry: &Logged) -> String {
        self.list(&Filters { object: entry.object.clone(), ..Filters::default() }, None)
    }

    /// The request of an entry, if others of the page are of the same.
    fn shared<'a>(&self, entry: &'a Logged) -> Option<&'a str> {
        let request = entry.request_id.as_deref()?;
        let of_it = self.entries.iter().filter(|other| other.request_id.as_deref() == Some(request));
        (of_it.count() > 1).then_some(request)
    }

    /// All that the same request did.
    fn of_request(&self, request: &str) -> String {
        self.list(&Filters { request: request.to_owned(), ..Filters::default() }, None)
    }
}

fn told(entry: &Logged) -> Vec<Change> {
    changes(entry.before.as_ref(), entry.after.as_ref())
}

fn choices(chosen: &str, all: impl Iterator<Item = (String, String)>) -> Vec<(String, String, bool)> {
    all.map(|(value, label)| {
        let is_chosen = value == chosen;
        (value, label, is_chosen)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::*;
    use crate::{
        personnel::Role,
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
        },
    };

    fn entry(actor: &str, action: &str) -> Logged {
        Logged {
            id: 7,
            actor: actor.to_owned(),
            action: action.to_owned(),
            object: "order:<b>".to_owned(),
            before: Some(json!({ "status": "<i>" })),
            after: Some(json!({ "status": "confirmed", "reason": "\"<script>" })),
            ip: Some("10.0.0.7".to_owned()),
            request_id: Some("a1b2".to_owned()),
            at: datetime!(2026-11-22 20:30 UTC),
        }
    }

    fn view(lang: Lang, role: Role, entries: Vec<Logged>) -> AuditView {
        let person =
            Person { id: 3, name: "Grace <Hopper>".to_owned(), email: "grace@shop.test".to_owned(), is_disabled: true };
        let filters = Filters { object: "\"<x>".to_owned(), actor: "staff:3".to_owned(), ..Filters::default() };
        AuditView::new(&context(lang, "/admin/audit"), &Employee::sample(&[role]), filters, vec![person], entries)
    }

    #[test]
    fn the_log_is_well_made_in_every_language() {
        for lang in Lang::ALL {
            let entries: Vec<_> = Action::ALL
                .iter()
                .map(|it| it.word())
                .chain(["from.elsewhere"])
                .map(|it| entry("staff:3", it))
                .collect();
            check_page("log", lang, &view(lang, Role::Owner, entries).with_pages(true, Some(7)).render().unwrap());
            check_page("empty log", lang, &view(lang, Role::Owner, Vec::new()).render().unwrap());
        }
    }

    #[test]
    fn people_have_their_names_and_only_owners_take_the_log_along() {
        let entries = ["staff:3", "staff:4", "stranger", "command"].map(|actor| entry(actor, "order.move")).to_vec();
        let page = view(Lang::En, Role::Manager, entries);
        let told = page.entries.iter().map(|entry| page.who(&entry.actor)).collect::<Vec<_>>();
        assert_eq!(told, ["Grace <Hopper>", "staff:4", "nobody known", "command line"]);
        assert!(!page.render().unwrap().contains("audit.csv"));
        assert!(view(Lang::En, Role::Owner, Vec::new()).render().unwrap().contains("/admin/audit.csv?actor=staff%3A3"));
    }
}
