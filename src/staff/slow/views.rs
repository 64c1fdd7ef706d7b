//! The page of slow statements.

use askama::Template;

use super::messages::SlowMessages;
use crate::{
    platform::{
        http::{PageContext, Shell},
        slow::{Order, Slow},
    },
    staff::{Employee, Frame},
};

#[derive(Template)]
#[template(path = "staff/slow.html")]
pub(super) struct SlowView {
    shell: Shell,
    frame: Frame,
    t: SlowMessages,
    /// From how many milliseconds on a statement is slow; zero when none is.
    limit_ms: i64,
    order: Order,
    statements: Vec<Slow>,
}

impl SlowView {
    pub fn new(context: &PageContext, employee: &Employee, order: Order, statements: Vec<Slow>) -> Self {
        let t = SlowMessages(context.lang);
        let limit_ms = i64::try_from(context.site.config.slow_limit.as_millis()).unwrap_or(i64::MAX);
        let frame = Frame::new(context, employee, None);
        Self { shell: Shell::private(context, t.title()), frame, t, limit_ms, order, statements }
    }

    /// Label and address of each order, and whether it is this one.
    fn orders(&self) -> [(&'static str, String, bool); 2] {
        let path = self.shell.href("/admin/system/slow");
        [
            (self.t.by_total(), path.clone(), self.order == Order::Total),
            (self.t.by_slowest(), format!("{path}?sort=slowest"), self.order == Order::Slowest),
        ]
    }

    fn number(&self, count: u64) -> String {
        self.shell.number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    fn mean(&self, slow: &Slow) -> String {
        self.number(slow.total_ms / slow.times.max(1))
    }
}

/// Of a long statement what tells it from others at a glance.
fn beginning(slow: &Slow) -> Option<&str> {
    const GLANCE: usize = 120;
    let (end, _) = slow.shape.char_indices().nth(GLANCE)?;
    Some(slow.shape[..end].rsplit_once(' ').map_or(&slow.shape[..end], |(words, _)| words))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::{
        personnel::Role,
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
        },
    };

    #[test]
    fn the_page_is_well_made_in_every_language() {
        let slow = Slow {
            shape: "SELECT a FROM t WHERE a < ? AND b > ?".to_owned(),
            origin: "/films/{slug}".to_owned(),
            times: 3,
            total_ms: 4_000,
            max_ms: 3_000,
            max_rows: 12_345,
            last_seen: datetime!(2026-11-26 01:02 UTC),
        };
        for lang in Lang::ALL {
            let long = Slow { shape: slow.shape.repeat(20), ..slow.clone() };
            for statements in [vec![slow.clone(), long], Vec::new()] {
                let employee = Employee::sample(&[Role::Owner]);
                let view = SlowView::new(&context(lang, "/admin/system/slow"), &employee, Order::Slowest, statements);
                check_page("slow statements", lang, &view.render().unwrap());
            }
        }
        let employee = Employee::sample(&[Role::Owner]);
        let page = SlowView::new(&context(Lang::En, "/admin/system/slow"), &employee, Order::Total, vec![slow]);
        let page = page.render().unwrap();
        assert!(!page.contains("<summary><code>"), "a short statement is there at once");
        assert!(
            page.contains("1,333") && page.contains("12,345") && page.contains("a &#60; ? AND b &#62; ?"),
            "{page}"
        );
    }
}
