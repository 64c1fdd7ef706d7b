//! The question whether an order is to be cancelled.

use askama::Template;

use super::MAX_REASON;
use crate::{
    orders::{
        OrderPaths,
        messages::{CancelMessages, OrderWords},
        queries::OrderRow,
    },
    platform::http::{FieldView, PageContext, Shell},
};

#[derive(Template)]
#[template(path = "orders/cancel.html")]
pub(super) struct CancelView {
    shell: Shell,
    t: CancelMessages,
    order: OrderRow,
    paths: OrderPaths,
    /// None when it is too late to ask.
    reason: Option<FieldView>,
}

impl CancelView {
    pub fn asking(context: &PageContext, order: OrderRow, paths: OrderPaths) -> Self {
        let t = CancelMessages(context.lang);
        let reason = FieldView {
            hint: Some(t.reason_hint().to_owned()),
            is_required: false,
            max_length: MAX_REASON,
            ..FieldView::text("reason", t.reason(), "")
        };
        Self { shell: Shell::private(context, t.title(&order.number)), t, order, paths, reason: Some(reason) }
    }

    /// The question again, with a reason that is too long.
    pub fn refused(mut self, reason: &str) -> Self {
        let surplus = reason.chars().count().saturating_sub(MAX_REASON.into());
        if let Some(field) = &mut self.reason {
            reason.clone_into(&mut field.value);
            field.error = Some(self.t.reason_too_long(i64::try_from(surplus).unwrap_or(i64::MAX)));
        }
        self
    }

    /// The order is beyond cancelling.
    pub fn too_late(context: &PageContext, order: OrderRow, paths: OrderPaths) -> Self {
        Self { reason: None, ..Self::asking(context, order, paths) }
    }

    fn status(&self) -> &'static str {
        OrderWords(self.shell.lang).status(self.order.status, self.order.delivery_type)
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        self.reason.iter().filter_map(|field| Some((field.name, field.error.clone()?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        orders::{OrderStatus, views::samples},
        platform::{
            http::check::{check_page, context},
            i18n::Lang,
        },
        pricing::DeliveryType,
    };

    fn paths() -> OrderPaths {
        OrderPaths::by_link("MQ-7K3PWXQ9", "token")
    }

    #[test]
    fn the_question_is_well_made_in_every_language_and_state() {
        for lang in Lang::ALL {
            let context = context(lang, "/orders/MQ-7K3PWXQ9/cancel");
            let order = |status| samples::order(status, DeliveryType::Standard);
            let asking = CancelView::asking(&context, order(OrderStatus::Pending), paths());
            check_page("cancel", lang, &asking.render().unwrap());
            let html = asking.refused(&"<".repeat(501)).render().unwrap();
            check_page("cancel refused", lang, &html);
            assert!(html.contains("aria-invalid") && html.contains("&#60;"));
            let late = CancelView::too_late(&context, order(OrderStatus::Shipped), paths());
            let html = late.render().unwrap();
            check_page("too late to cancel", lang, &html);
            assert!(!html.contains("<textarea") && html.contains(late.status()));
        }
    }
}
