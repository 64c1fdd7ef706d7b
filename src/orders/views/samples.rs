//! Orders for the tests of views.

use time::macros::{date, datetime};

use crate::{
    catalog::Format,
    orders::{
        OrderStatus, PaymentStatus, PaymentType,
        queries::{OrderLineRow, OrderRow},
    },
    pricing::DeliveryType,
};

pub fn order(status: OrderStatus, delivery_type: DeliveryType) -> OrderRow {
    let text = |text: &str| Some(text.to_owned()).filter(|_| delivery_type.needs_address());
    let is_pickup = delivery_type == DeliveryType::Pickup;
    OrderRow {
        id: 1,
        client_id: None,
        number: "MQ-7K3PWXQ9".to_owned(),
        email: "nora@example.com".to_owned(),
        phone: "+998901234567".to_owned(),
        name: "Nora".to_owned(),
        surname: "<Byrne>".to_owned(),
        language: "en".to_owned(),
        status,
        payment_status: PaymentStatus::Unpaid,
        payment_type: PaymentType::Cash,
        delivery_type,
        delivery_name: "By balloon".to_owned(),
        pickup_point: if is_pickup { "Tashkent, city centre".to_owned() } else { String::new() },
        currency: "USD".to_owned(),
        subtotal_minor: 5618,
        discount_minor: 100,
        delivery_minor: 499,
        tax_minor: 655,
        total_minor: 6017,
        paid_minor: 0,
        refunded_minor: 0,
        ship_country: text("UZ"),
        ship_region: text(""),
        ship_city: text("Tashkent"),
        ship_line1: text("14 Meridian Row"),
        ship_line2: text(""),
        ship_postcode: text("100000"),
        customer_note: "Happy\nbirthday".to_owned(),
        delivery_date: Some(date!(2026 - 11 - 25)),
        delivery_date_to: Some(date!(2026 - 11 - 28)),
        placed_at: datetime!(2026-11-22 20:30 UTC),
        invoice_number: None,
    }
}

pub fn line(title: &str) -> OrderLineRow {
    OrderLineRow {
        line_id: 1,
        edition_id: None,
        sku: "A1".to_owned(),
        title: title.to_owned(),
        format: Format::BluRay,
        image: "/posters/m-1931-1.svg".to_owned(),
        quantity: 2,
        quantity_shipped: 0,
        unit_price_minor: 1999,
        tax_minor: 214,
        tax_rate_bp: 1200,
        total_minor: 3998,
    }
}
