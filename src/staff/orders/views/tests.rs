use time::{OffsetDateTime, macros::datetime};

use super::*;
use crate::{
    orders::{
        mails::Parcel,
        queries::{ParcelLine, desk::Place},
        views::samples::{line, order},
    },
    personnel::Role,
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
    },
    settings::Settings,
};

const AT: OffsetDateTime = datetime!(2026-11-22 20:30 UTC);

fn listed(status: OrderStatus) -> ListedOrder {
    ListedOrder {
        id: 1,
        number: "MQ-7K3PWXQ9".to_owned(),
        name: "Nora".to_owned(),
        surname: "<Byrne>".to_owned(),
        status,
        payment_status: PaymentStatus::Unpaid,
        delivery_type: DeliveryType::Standard,
        total_minor: 6017,
        needs_attention: true,
        placed_at: AT,
    }
}

fn event(kind: &str, actor: &str) -> HistoryRow {
    HistoryRow {
        kind: kind.to_owned(),
        from_status: (kind == "moved").then_some(OrderStatus::Pending),
        to_status: (kind == "moved").then_some(OrderStatus::Confirmed),
        actor: actor.to_owned(),
        is_public: kind == "moved",
        reason: Some("<b>\nby phone".to_owned()),
        created_at: AT,
    }
}

fn parcel() -> SentParcel {
    let label = Parcel {
        carrier: "<Post>".to_owned(),
        tracking: "S<R>1".to_owned(),
        url: "https://post.example/1?a&b".to_owned(),
    };
    let line = ParcelLine { title: "<Solaris>".to_owned(), format: Format::Dvd, quantity: 1 };
    SentParcel { label, sent_at: AT, contents: vec![line] }
}

fn view(lang: Lang, role: Role, status: OrderStatus, delivery: DeliveryType) -> DeskOrderView {
    let kinds = [("moved", "staff:3"), ("paid", "command"), ("refund_due", "expiry"), ("note", "staff:4")];
    let events = kinds.into_iter().map(|(kind, actor)| event(kind, actor));
    let events = events.chain([event("message", "customer"), event("claimed", "client:7")]).collect();
    let mail = |status, sent_at| LedgerRow {
        id: 1,
        template: "order_placed".to_owned(),
        to: "nora@example.com".to_owned(),
        status,
        sent_at,
    };
    let order = DeskOrder {
        order: order(status, delivery),
        lines: vec![line("<Solaris>")],
        standing: Standing { version: 3, needs_attention: true, client_id: None },
        parcels: vec![parcel()],
        events,
        names: HashMap::from([(3, "Grace".to_owned())]),
        ledger: vec![mail(MessageStatus::Sent, Some(AT)), mail(MessageStatus::Parked, None)],
    };
    DeskOrderView::new(
        &context(lang, "/admin/orders/MQ-7K3PWXQ9"),
        &Employee::sample(&[role]),
        order,
        &Settings::default().carriers,
    )
}

#[test]
fn the_lists_are_well_made_in_every_language() {
    for lang in Lang::ALL {
        let context = context(lang, "/admin/orders");
        let place = Place { placed_at: AT, id: 1 };
        let orders: Vec<_> = OrderStatus::ALL.iter().map(|status| listed(*status)).collect();
        let full = Found { orders, newer: Some(From::NewerThan(place)), older: Some(From::OlderThan(place)) };
        for found in [Some(full), Some(Found::default()), None] {
            let filters = Filters { text: "\"<x>".to_owned(), ..Filters::default() };
            let view = OrdersView::new(&context, &Employee::sample(&[Role::Support]), filters, found);
            check_page("orders", lang, &view.render().unwrap());
        }
    }
}

#[test]
fn orders_are_well_made_in_every_language_and_state() {
    for lang in Lang::ALL {
        for status in OrderStatus::ALL {
            for delivery in DeliveryType::ALL {
                let mut view = view(lang, Role::Support, *status, *delivery);
                view.problem = Some(Notice::warn("No"));
                if let Some(form) = &mut view.parcel_form {
                    form.lines[0].value = "9".to_owned();
                    assert!(form.read(view.t, &[]).is_none());
                }
                view.note_form.text.error = Some("Too long".to_owned());
                check_page("order", lang, &view.render().unwrap());
            }
        }
    }
}

#[test]
fn whoever_may_only_look_finds_no_form() {
    let html = view(Lang::En, Role::Analyst, OrderStatus::Pending, DeliveryType::Standard).render().unwrap();
    assert!(!html.contains("/admin/orders/MQ-7K3PWXQ9/"), "nothing to send");
    assert!(html.contains("Grace") && html.contains("staff:4"), "somebody without a name keeps the number");
}
