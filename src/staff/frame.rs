//! What stands around every desk: the menu of those that somebody may use, and who is inside.

use askama::Template;

use super::{Employee, messages::StaffMessages};
use crate::{
    personnel::Permission,
    platform::http::{PageContext, Shell},
};

/// The desks in the menu, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    Dashboard,
    Orders,
    Stock,
    Reviews,
    Audit,
    System,
}

impl Desk {
    const ALL: [Self; 6] = [Self::Dashboard, Self::Orders, Self::Stock, Self::Reviews, Self::Audit, Self::System];

    /// Path without language.
    const fn path(self) -> &'static str {
        match self {
            Self::Dashboard => "/admin",
            Self::Orders => "/admin/orders",
            Self::Reviews => "/admin/reviews",
            Self::Stock => "/admin/stock",
            Self::Audit => "/admin/audit",
            Self::System => "/admin/system",
        }
    }

    /// What it takes to open its first page.
    const fn permission(self) -> Permission {
        match self {
            Self::Dashboard => Permission::DashboardView,
            Self::Orders => Permission::OrdersView,
            Self::Reviews => Permission::ReviewsModerate,
            Self::Stock => Permission::StockView,
            Self::Audit => Permission::AuditView,
            Self::System => Permission::SystemView,
        }
    }

    const fn name(self, t: StaffMessages) -> &'static str {
        match self {
            Self::Dashboard => t.dashboard(),
            Self::Orders => t.orders(),
            Self::Reviews => t.reviews(),
            Self::Stock => t.stock(),
            Self::Audit => t.audit(),
            Self::System => t.system(),
        }
    }
}

/// A way to a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    pub href: String,
    pub label: &'static str,
    pub is_current: bool,
}

/// The frame of a page; `staff/layout.html` draws it.
#[derive(Clone, Debug)]
pub struct Frame {
    pub t: StaffMessages,
    /// Only what this person may use.
    pub menu: Vec<MenuItem>,
    /// The name of whoever is inside.
    pub name: String,
}

impl Frame {
    /// Around a page of this desk, or of none.
    pub fn new(context: &PageContext, employee: &Employee, desk: Option<Desk>) -> Self {
        let t = StaffMessages(context.lang);
        let menu = Desk::ALL.into_iter().filter(|desk| employee.may(desk.permission())).map(|item| MenuItem {
            href: context.href(item.path()),
            label: item.name(t),
            is_current: Some(item) == desk,
        });
        Self { t, menu: menu.collect(), name: employee.name().to_owned() }
    }
}

/// The page for whoever lacks the permission.
#[derive(Template)]
#[template(path = "staff/refused.html")]
pub(super) struct RefusedView {
    shell: Shell,
    frame: Frame,
}

impl RefusedView {
    pub fn new(context: &PageContext, employee: &Employee) -> Self {
        let frame = Frame::new(context, employee, None);
        Self { shell: Shell::private(context, frame.t.refused()), frame }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        personnel::Role,
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
        },
    };

    #[test]
    fn the_refusal_is_well_made_in_every_language() {
        for lang in Lang::ALL {
            for roles in [&[Role::Moderator][..], &[]] {
                let view = RefusedView::new(&context(lang, "/admin/orders"), &Employee::sample(roles));
                check_page("refused", lang, &view.render().unwrap());
            }
        }
    }

    #[test]
    fn the_menu_has_what_somebody_may_use() {
        let items = |roles: &[Role]| {
            let context = context(Lang::Ru, "/admin");
            let frame = Frame::new(&context, &Employee::sample(roles), Some(Desk::Dashboard));
            frame.menu.into_iter().map(|item| item.href).collect::<Vec<_>>()
        };
        assert_eq!(items(&[Role::Owner]).len(), Desk::ALL.len());
        assert_eq!(items(&[]), Vec::<String>::new());
        assert!(items(&[Role::Analyst]).contains(&"/ru/admin".to_owned()));
    }
}
