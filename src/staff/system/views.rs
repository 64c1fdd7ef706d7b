//! The page of the system.

use std::sync::Arc;

use askama::Template;
use time::OffsetDateTime;

use super::messages::SystemMessages;
use crate::{
    doctor::runs::{BY_CLOCK, DoctorRun},
    maintenance::{
        mode::{Closure, MOST_MESSAGE},
        nodes::Node,
    },
    personnel::Permission,
    platform::{
        clock,
        http::{FieldView, Fields, PageContext, Shell},
        queue::{
            Scheduled,
            overview::{Backlog, Listed},
        },
    },
    shop::health::Vital,
    staff::{Desk, Employee, Frame},
};

/// How everything is.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    pub vitals: Vec<Vital>,
    /// None when Redis does not answer.
    pub nodes: Option<Vec<Node>>,
    pub queues: Vec<Backlog>,
    pub parked: Vec<Listed>,
    pub schedules: Vec<Scheduled>,
    /// The doctor's last run, and the one under way.
    pub runs: Vec<DoctorRun>,
    pub closure: Option<Arc<Closure>>,
    /// The people who are named, by id.
    pub names: Vec<(u64, String)>,
}

/// The form of the maintenance mode, when it came back.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub fields: Fields,
    pub error: Option<(&'static str, &'static str)>,
}

#[derive(Template)]
#[template(path = "staff/system/page.html")]
pub(super) struct SystemView {
    shell: Shell,
    frame: Frame,
    t: SystemMessages,
    standing: Standing,
    typed: Typed,
    may_operate: bool,
    now: OffsetDateTime,
}

impl SystemView {
    pub fn new(context: &PageContext, employee: &Employee, standing: Standing, typed: Typed) -> Self {
        let frame = Frame::new(context, employee, Some(Desk::System));
        let mut shell = Shell::private(context, frame.t.system());
        // A form's own address cannot be opened in another language.
        "/admin/system".clone_into(&mut shell.here);
        let may_operate = employee.may(Permission::SystemOperate);
        Self { shell, frame, t: SystemMessages(context.lang), standing, typed, may_operate, now: clock::now() }
    }

    fn running(&self) -> Option<&DoctorRun> {
        self.standing.runs.iter().find(|run| run.finished_at.is_none())
    }

    fn last_run(&self) -> Option<&DoctorRun> {
        self.standing.runs.iter().find(|run| run.finished_at.is_some())
    }

    fn progress(&self, run: &DoctorRun) -> String {
        let (done, all) = (run.looks.len().to_string(), DoctorRun::checks().to_string());
        self.t.running(&self.shell.date_time(run.started_at), &done, &all)
    }

    fn verdict(&self, run: &DoctorRun) -> String {
        match (run.wrong_in_books, run.wrong) {
            (0, 0) => self.t.is_well().to_owned(),
            (0, wrong) => self.t.findings(wrong.into()),
            (rows, _) => self.t.books_disagree(rows.into()),
        }
    }

    /// Whoever did it, as people know them.
    fn who(&self, actor: &str) -> String {
        let id = actor.strip_prefix("staff:").and_then(|id| id.parse::<u64>().ok());
        let name = self.standing.names.iter().find(|(known, _)| Some(*known) == id).map(|(_, name)| name.clone());
        name.unwrap_or_else(|| {
            let word = if actor == BY_CLOCK { self.t.by_schedule() } else { self.t.by_command() };
            word.to_owned()
        })
    }

    fn vital(&self, vital: &Vital) -> &'static str {
        match vital.name {
            "mysql" => self.t.database(),
            "redis" => "Redis",
            "queue" => self.t.jobs(),
            "index" => self.t.index(),
            "mail" => self.t.mail(),
            "disk" => self.t.disk(),
            _ => self.t.certificate(),
        }
    }

    fn age(&self, backlog: &Backlog) -> String {
        self.t.seconds(i64::try_from(backlog.age.as_secs()).unwrap_or(i64::MAX))
    }

    fn uptime(&self, node: &Node) -> String {
        let minutes = (self.now - node.started_at).whole_minutes().max(0);
        self.t.uptime(minutes / 1_440, minutes / 60 % 24, minutes % 60)
    }

    fn looked(&self, run: &DoctorRun) -> String {
        self.t.looked(&self.shell.date_time(run.started_at), &self.who(&run.asked_by))
    }

    fn closed(&self, closure: &Closure) -> String {
        self.t.is_closed(&self.shell.date_time(closure.since), &self.who(&closure.by))
    }

    fn until(&self, closure: &Closure) -> Option<String> {
        closure.until.map(|until| self.t.until(&self.shell.date_time(until)))
    }

    fn field(&self, name: &'static str, label: &'static str) -> FieldView {
        let error = self.typed.error.filter(|(field, _)| *field == name).map(|(_, text)| text.to_owned());
        let stored = self.standing.closure.as_ref().filter(|_| name == "message");
        let typed = &self.typed.fields;
        let value = if typed.has(name) {
            typed.get(name).to_owned()
        } else {
            stored.map_or(String::new(), |it| it.message.clone())
        };
        FieldView { error, is_required: false, ..FieldView::text(name, label, value) }
    }

    fn minutes(&self) -> FieldView {
        FieldView { hint: Some(self.t.minutes_hint().to_owned()), ..self.field("minutes", self.t.minutes()) }
    }

    fn message(&self) -> FieldView {
        let hint = Some(self.t.message_hint().to_owned());
        FieldView { hint, max_length: MOST_MESSAGE, ..self.field("message", self.t.message()) }
    }
}

/// Of a hundred requests for kept pages, so many needed nobody to make one.
fn ratio(node: &Node) -> String {
    let pages = &node.pages;
    let answered = pages.hits + pages.from_redis;
    (answered * 100).checked_div(answered + pages.made).map_or_else(|| "–".to_owned(), |share| format!("{share} %"))
}

#[cfg(test)]
mod tests;
