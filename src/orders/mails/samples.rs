//! Mails as they would be for an order that nobody placed, to look at them.

use time::macros::{date, datetime};

use super::{MailFacts, OrderMail, Parcel, STAFF_ORDER_PLACED, letter, staff};
use crate::{
    catalog::Format,
    messages::{Channel, Rendered},
    orders::{
        OrderStatus, PaymentStatus, PaymentType,
        queries::{OrderLineRow, OrderRow},
        views::OrderView,
    },
    platform::http::PageContext,
    pricing::{DeliveryType, messages::DeliveryMessages},
};

/// Every template of an order.
pub fn templates() -> impl Iterator<Item = &'static str> {
    OrderMail::ALL.iter().map(|mail| mail.word()).chain([STAFF_ORDER_PLACED])
}

/// The sample of a template, in the language of the context.
pub fn sample(context: &PageContext, template: &str, channel: Channel) -> anyhow::Result<Option<Rendered>> {
    let Some(mail) = OrderMail::from_word(template) else {
        let is_known = template == STAFF_ORDER_PLACED;
        let order = view(context, OrderStatus::Pending);
        return is_known.then(|| staff::placed(&order).render(context.lang, channel)).transpose();
    };
    let status = match mail {
        OrderMail::Placed | OrderMail::Link | OrderMail::Note => OrderStatus::Pending,
        OrderMail::Confirmed => OrderStatus::Confirmed,
        OrderMail::Parcel => OrderStatus::Processing,
        OrderMail::Shipped => OrderStatus::Shipped,
        OrderMail::Delivered => OrderStatus::Delivered,
        OrderMail::Cancelled => OrderStatus::Cancelled,
        OrderMail::Refunded => OrderStatus::Refunded,
    };
    letter(context, mail, &view(context, status), &facts(mail)).map(Some)
}

fn facts(mail: OrderMail) -> MailFacts {
    let parcel = Parcel {
        carrier: "Silk Road Post".to_owned(),
        tracking: "SR 123 456 789 UZ".to_owned(),
        url: "https://post.example/SR123456789UZ".to_owned(),
    };
    let parcels = if matches!(mail, OrderMail::Parcel | OrderMail::Shipped) { vec![parcel] } else { Vec::new() };
    let note = "The parcel left us this morning.\nThe courier calls before he comes.".to_owned();
    MailFacts { parcels, note, is_expired: mail == OrderMail::Cancelled, ..MailFacts::default() }
}

fn view(context: &PageContext, status: OrderStatus) -> OrderView {
    let lines = vec![
        line(
            ("The Shawshank Redemption", "the-shawshank-redemption-1994", "SHAWSHANK-BD"),
            (Format::BluRay, 2, 1999, 3998),
        ),
        line(("The Dark Knight", "the-dark-knight-2008", "KNIGHT-4K"), (Format::Uhd4k, 1, 2999, 2999)),
    ];
    OrderView::new(context, order(context, status), lines, Vec::new(), false)
}

fn line(
    (title, slug, sku): (&str, &str, &str),
    (format, quantity, price, total): (Format, u32, i64, i64),
) -> OrderLineRow {
    OrderLineRow {
        line_id: 1,
        edition_id: None,
        sku: sku.to_owned(),
        title: title.to_owned(),
        format,
        image: format!("/media/posters/{slug}-0.svg"),
        quantity,
        quantity_shipped: 0,
        unit_price_minor: price,
        tax_minor: 0,
        tax_rate_bp: 0,
        total_minor: total,
    }
}

fn order(context: &PageContext, status: OrderStatus) -> OrderRow {
    OrderRow {
        id: 0,
        client_id: None,
        number: "MQ-7K3PWXQ9".to_owned(),
        email: "nora@example.com".to_owned(),
        phone: "+998901234567".to_owned(),
        name: "Nora".to_owned(),
        surname: "Byrne".to_owned(),
        language: "en".to_owned(),
        status,
        payment_status: PaymentStatus::Unpaid,
        payment_type: PaymentType::Cash,
        delivery_type: DeliveryType::Standard,
        delivery_name: DeliveryMessages(context.lang).name(DeliveryType::Standard).to_owned(),
        pickup_point: String::new(),
        currency: context.currency.code.clone(),
        subtotal_minor: 6997,
        discount_minor: 700,
        delivery_minor: 499,
        tax_minor: 728,
        total_minor: 6796,
        paid_minor: 0,
        refunded_minor: 0,
        ship_country: Some("UZ".to_owned()),
        ship_region: None,
        ship_city: Some("Tashkent".to_owned()),
        ship_line1: Some("14 Meridian Row".to_owned()),
        ship_line2: None,
        ship_postcode: Some("100000".to_owned()),
        customer_note: String::new(),
        delivery_date: Some(date!(2026 - 11 - 25)),
        delivery_date_to: Some(date!(2026 - 11 - 28)),
        placed_at: datetime!(2026-11-22 20:30 UTC),
        invoice_number: None,
    }
}
