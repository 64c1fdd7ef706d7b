//! A customer at the desk.

use askama::Template;

use super::messages::CustomerMessages;
use crate::{
    accounts::{ClientType, desk::queries::DeskCustomer, messages::AccountMessages},
    personnel::Permission,
    platform::http::{FieldView, PageContext, Shell},
    staff::{Employee, Frame},
};

#[derive(Template)]
#[template(path = "staff/customer.html")]
pub(super) struct CustomerView {
    shell: Shell,
    frame: Frame,
    t: CustomerMessages,
    words: AccountMessages,
    customer: DeskCustomer,
    may_edit: bool,
    may_see_orders: bool,
    /// The tier that the form shows.
    chosen: ClientType,
    /// Why what was asked was not done.
    problem: Option<String>,
}

impl CustomerView {
    pub fn new(context: &PageContext, employee: &Employee, customer: DeskCustomer) -> Self {
        let mut shell = Shell::private(context, format!("{} {}", customer.name, customer.surname).trim_end());
        // A form's own address cannot be opened in another language.
        shell.here = format!("/admin/customers/{}", customer.id);
        Self {
            shell,
            frame: Frame::new(context, employee, None),
            t: CustomerMessages(context.lang),
            words: AccountMessages(context.lang),
            may_edit: employee.may(Permission::CustomersEdit),
            may_see_orders: employee.may(Permission::OrdersView),
            chosen: customer.client_type,
            customer,
            problem: None,
        }
    }

    /// With the tier that somebody chose when the customer was in another one already.
    pub fn refused(mut self, chosen: ClientType) -> Self {
        self.problem = Some(self.t.stale(self.tier()));
        self.chosen = chosen;
        self
    }

    fn tier(&self) -> &'static str {
        self.words.tier_name(self.customer.client_type)
    }

    fn tier_field(&self) -> FieldView {
        FieldView {
            hint: Some(self.t.tier_hint().to_owned()),
            ..FieldView::text("tier", self.words.tier(), self.chosen.word())
        }
    }

    fn tiers(&self) -> Vec<(&'static str, &'static str)> {
        ClientType::ALL.iter().map(|tier| (tier.word(), self.words.tier_name(*tier))).collect()
    }

    fn tier_path(&self) -> String {
        self.shell.href(&format!("/admin/customers/{}/tier", self.customer.id))
    }

    fn orders(&self) -> String {
        let email: String = form_urlencoded::byte_serialize(self.customer.email.as_bytes()).collect();
        self.shell.href(&format!("/admin/orders?q={email}"))
    }
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
        for lang in Lang::ALL {
            for (role, is_verified) in [(Role::Support, true), (Role::Analyst, false)] {
                let customer = DeskCustomer {
                    id: 7,
                    email: "nora+x@example.com".to_owned(),
                    phone: is_verified.then(|| "+998901234567".to_owned()),
                    name: "<Nora>".to_owned(),
                    surname: String::new(),
                    client_type: ClientType::Premium,
                    is_verified,
                    created_at: datetime!(2026-03-01 9:00 UTC),
                };
                let view =
                    CustomerView::new(&context(lang, "/admin/customers/7"), &Employee::sample(&[role]), customer);
                let view = if is_verified { view.refused(ClientType::Vip) } else { view };
                check_page("customer", lang, &view.render().unwrap());
            }
        }
    }
}
