use std::time::Duration;

use serde_json::json;
use time::macros::datetime;

use super::*;
use crate::{
    doctor::{Finding, Outcome, runs::Look},
    personnel::Role,
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
        page_cache::NodeCounters,
        queue::{JobState, Queue},
    },
};

fn standing() -> Standing {
    let at = datetime!(2026-11-26 04:00 UTC);
    let vital = |name, is_ok, report| Vital { name, is_ok, ms: 3, report };
    let finding = Finding {
        what: "MQ-<1>: 5 is written".to_owned(),
        next: "marquee doctor --fix".to_owned(),
        is_advice: false,
        mend: None,
    };
    let look = |name: &str, outcome| Look { name: name.to_owned(), is_book: true, outcome };
    let run = DoctorRun {
        asked_by: BY_CLOCK.to_owned(),
        started_at: at,
        finished_at: Some(at),
        wrong: 1,
        wrong_in_books: 1,
        looks: vec![look("stock", Outcome::Found(vec![finding])), look("votes", Outcome::Skipped)],
    };
    let pages = NodeCounters { pages: 4, bytes: 9_000, hits: 90, stale: 1, from_redis: 5, made: 5 };
    Standing {
        vitals: vec![
            vital("mysql", true, json!({"version": "11.4"})),
            vital("disk", false, json!({"reason": "<low>"})),
        ],
        nodes: Some(vec![Node {
            name: "n1".to_owned(),
            version: "0.1.0".to_owned(),
            commit: "abc".to_owned(),
            started_at: at,
            pages,
        }]),
        queues: vec![Backlog { queue: Queue::Default, age: Duration::from_mins(7), parked: 1 }],
        parked: vec![Listed {
            id: 7,
            queue: Queue::Default,
            kind: "send_message".to_owned(),
            state: JobState::Parked,
            attempts: 12,
            max_attempts: 12,
            due_in: -60,
            worker: None,
            last_error: Some("the <peer> hung up".to_owned()),
        }],
        schedules: vec![Scheduled { name: "daily_report".to_owned(), next_at: at, last_at: None }],
        runs: vec![run.clone(), DoctorRun { finished_at: None, asked_by: "staff:7".to_owned(), ..run }],
        closure: Some(Arc::new(Closure {
            since: at,
            until: Some(at),
            message: "<Soon>".to_owned(),
            by: "staff:7".to_owned(),
        })),
        names: vec![(7, "Grace".to_owned())],
    }
}

#[test]
fn the_page_is_well_made_in_every_language_and_escapes_what_others_wrote() {
    for lang in Lang::ALL {
        let context = context(lang, "/admin/system");
        let page = |roles: &[Role], standing, typed| {
            SystemView::new(&context, &Employee::sample(roles), standing, typed).render().unwrap()
        };
        let refused = Typed { fields: Fields::default(), error: Some(("minutes", "no")) };
        let full = page(&[Role::Owner], standing(), refused);
        check_page("system", lang, &full);
        check_page("bare system", lang, &page(&[Role::Owner], Standing::default(), Typed::default()));
        for text in ["MQ-&#60;1&#62;", "the &#60;peer&#62;", "&#60;low&#62;", "&#60;Soon&#62;", "Grace", "95 %"] {
            assert!(full.contains(text), "{text}");
        }
    }
}

#[test]
fn whoever_may_only_look_has_no_form() {
    let context = context(Lang::En, "/admin/system");
    let view = SystemView {
        may_operate: false,
        ..SystemView::new(&context, &Employee::sample(&[Role::Owner]), standing(), Typed::default())
    };
    assert!(!view.render().unwrap().contains("action=\"/admin/system/"));
}
