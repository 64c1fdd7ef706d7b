use askama::Template;
use time::{OffsetDateTime, macros::datetime};

use super::{
    samples::{line, order},
    *,
};
use crate::{
    catalog::views::samples::LONGEST,
    platform::{
        http::check::{check_page, context},
        i18n::Lang,
    },
};

fn moved(to: OrderStatus, at: OffsetDateTime) -> HistoryRow {
    HistoryRow {
        kind: "moved".to_owned(),
        from_status: (to != OrderStatus::Pending).then_some(OrderStatus::Pending),
        to_status: Some(to),
        actor: "customer".to_owned(),
        is_public: true,
        reason: Some("<b>".to_owned()),
        created_at: at,
    }
}

fn view(lang: Lang, order: OrderRow, lines: usize, is_fresh: bool) -> OrderView {
    let lines = (0..lines).map(|index| line(if index == 0 { LONGEST } else { "M" })).collect();
    let mut events = vec![moved(OrderStatus::Pending, datetime!(2026-11-22 20:30 UTC))];
    if order.status != OrderStatus::Pending {
        events.push(moved(order.status, datetime!(2026-11-23 9:00 UTC)));
    }
    OrderView::new(&context(lang, "/orders/MQ-7K3PWXQ9"), order, lines, events, is_fresh)
}

fn steps(status: OrderStatus, delivery_type: DeliveryType) -> Vec<(&'static str, Place)> {
    let view = view(Lang::En, order(status, delivery_type), 1, false);
    view.timeline().into_iter().map(|step| (step.what, step.place)).collect()
}

#[test]
fn orders_are_well_made_in_every_language_and_state() {
    for lang in Lang::ALL {
        for &delivery_type in DeliveryType::ALL {
            for &status in OrderStatus::ALL {
                check_page("order", lang, &view(lang, order(status, delivery_type), 1, false).render().unwrap());
            }
            let placed = order(OrderStatus::Pending, delivery_type);
            check_page("confirmation", lang, &view(lang, placed.clone(), 50, true).render().unwrap());
            let undated = OrderRow { delivery_date: None, delivery_date_to: None, ..placed };
            check_page("undated order", lang, &view(lang, undated, 1, false).render().unwrap());
        }
    }
}

#[test]
fn nothing_is_promised_of_an_order_that_was_called_off() {
    for status in [OrderStatus::Cancelled, OrderStatus::Refunded] {
        let html = view(Lang::En, order(status, DeliveryType::Standard), 1, true).render().unwrap();
        for promise in ["set aside", "Enjoy", "Expected"] {
            assert!(!html.contains(promise), "{status:?}: {promise}");
        }
    }
    let placed = view(Lang::En, order(OrderStatus::Pending, DeliveryType::Standard), 1, true).render().unwrap();
    assert!(placed.contains("set aside") && placed.contains("Enjoy") && placed.contains("Expected"));
}

fn told(status: MessageStatus) -> LedgerRow {
    let sent_at = (status == MessageStatus::Sent).then_some(datetime!(2026-11-22 20:31 UTC));
    LedgerRow { id: 1, template: "order_placed".to_owned(), to: "<nora>@example.com".to_owned(), status, sent_at }
}

#[test]
fn every_mail_is_told_of_in_every_language_and_state() {
    for lang in Lang::ALL {
        let placed = order(OrderStatus::Pending, DeliveryType::Standard);
        let ledger = MessageStatus::ALL.iter().map(|status| told(*status));
        let notices = ["staff_order_placed", "of_a_newer_release"]
            .map(|template| LedgerRow { template: template.to_owned(), ..told(MessageStatus::Sent) });
        let view = view(lang, placed, 1, false).with_ledger(ledger.chain(notices).collect());
        assert_eq!(view.mails().len(), 4, "what is not the customer's is not told");
        let html = view.render().unwrap();
        check_page("order with mails", lang, &html);
        assert!(html.contains("&#60;nora&#62;@example.com") && !html.contains("<nora>"));
    }
    let told = |status| {
        let placed = order(OrderStatus::Pending, DeliveryType::Standard);
        view(Lang::En, placed, 1, false).with_ledger(vec![told(status)]).mails().remove(0)
    };
    assert_eq!(told(MessageStatus::Sent), "Order placed: we mailed you on 22 November 2026, 20:31.");
    assert_eq!(told(MessageStatus::Failed), told(MessageStatus::Queued), "it is tried again");
    assert!(told(MessageStatus::Parked).contains("could not be delivered to <nora>@example.com"));
}

#[test]
fn every_word_is_its_own_in_every_language() {
    for lang in Lang::ALL {
        let words = OrderWords(lang);
        let statuses: Vec<_> =
            OrderStatus::ALL.iter().map(|status| words.status(*status, DeliveryType::Standard)).collect();
        let payments: Vec<_> = PaymentStatus::ALL.iter().map(|status| words.payment_status(*status)).collect();
        let types: Vec<_> =
            PaymentType::ALL.iter().map(|kind| words.payment_type(*kind, DeliveryType::Standard)).collect();
        for names in [statuses, payments, types] {
            let different: std::collections::HashSet<_> = names.iter().collect();
            assert_eq!(different.len(), names.len(), "{names:?}");
        }
    }
}

#[test]
fn thanks_are_given_once_and_both_statuses_always() {
    let placed = || order(OrderStatus::Pending, DeliveryType::Standard);
    let fresh = view(Lang::En, placed(), 1, true).render().unwrap();
    let later = view(Lang::En, placed(), 1, false).render().unwrap();
    assert!(fresh.contains("Enjoy the film") && !later.contains("Enjoy the film"));
    for html in [fresh, later] {
        assert!(html.contains("<dd>Order placed</dd>") && html.contains("<dd>Not paid yet</dd>"));
        assert!(html.contains("MQ-7K3PWXQ9") && html.contains("$60.17") && html.contains("\u{2212}$1.00"));
        assert!(html.contains("14 Meridian Row<br>100000 Tashkent<br>Uzbekistan"));
        assert!(html.contains(r#"<time datetime="2026-11-22T20:30:00Z">"#));
        assert!(!html.contains("<Byrne>"));
    }
}

#[test]
fn the_timeline_ends_where_the_order_ends() {
    let carried = steps(OrderStatus::Processing, DeliveryType::Express);
    assert_eq!(
        carried,
        [
            ("Order placed", Place::Done),
            ("Being packed", Place::Current),
            ("On its way", Place::Ahead),
            ("Delivered", Place::Ahead),
        ]
    );
    let picked_up = steps(OrderStatus::Processing, DeliveryType::Pickup);
    assert_eq!(picked_up.last(), Some(&("Picked up", Place::Ahead)));
    assert!(!picked_up.iter().any(|(what, _)| *what == "On its way"));
    assert_eq!(
        steps(OrderStatus::Cancelled, DeliveryType::Standard).last(),
        Some(&("Order cancelled", Place::Current))
    );
}

#[test]
fn what_is_owed_is_said_until_it_is_paid() {
    let owing = view(Lang::En, order(OrderStatus::Pending, DeliveryType::Pickup), 1, true);
    assert!(owing.next_steps().iter().any(|step| step == "Pay when you pick it up: $60.17."));
    assert!(owing.next_steps()[0].contains("Tashkent, city centre"));
    let paid = OrderRow { payment_status: PaymentStatus::Paid, ..order(OrderStatus::Pending, DeliveryType::Standard) };
    assert!(view(Lang::En, paid, 1, true).next_steps().iter().all(|step| !step.contains("$60.17")));
    let cancelled = view(Lang::En, order(OrderStatus::Cancelled, DeliveryType::Standard), 1, false);
    assert_eq!(cancelled.next_steps().len(), 1);
}
