//! What the shop's people read of orders: lists of all of them, and what an order's page shows them besides.

use sqlx::{FromRow, MySql, QueryBuilder};
use time::OffsetDateTime;

use crate::{
    orders::{OrderStatus, PaymentStatus},
    platform::db::Conn,
    pricing::DeliveryType,
};

/// Which orders a list shows; whatever is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    pub status: Option<OrderStatus>,
    pub payment: Option<PaymentStatus>,
    pub delivery: Option<DeliveryType>,
    pub sought: Option<Sought>,
}

/// What somebody knows of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    Number(String),
    Email(String),
    /// The last digits of the phone number.
    PhoneTail(String),
}

/// Where a page of a list begins: beside this order, which it does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Newest,
    OlderThan(Place),
    NewerThan(Place),
}

/// The place of an order in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub placed_at: OffsetDateTime,
    pub id: u64,
}

/// An order of a list.
#[derive(Clone, Debug, FromRow)]
pub struct ListedOrder {
    pub id: u64,
    pub number: String,
    pub name: String,
    pub surname: String,
    pub status: OrderStatus,
    pub payment_status: PaymentStatus,
    pub delivery_type: DeliveryType,
    pub total_minor: i64,
    pub needs_attention: bool,
    pub placed_at: OffsetDateTime,
}

impl ListedOrder {
    pub const fn place(&self) -> Place {
        Place { placed_at: self.placed_at, id: self.id }
    }
}

/// Orders of a search, newest first, as many as `most` next to where the page begins. However deep the page is, the index
/// leads to its first order.
pub async fn list(conn: &mut Conn, search: &Search, from: From, most: u32) -> sqlx::Result<Vec<ListedOrder>> {
    let mut query = QueryBuilder::new(
        "SELECT id, number, name, surname, status, payment_status, delivery_type, total_minor, needs_attention, \
         placed_at FROM orders",
    );
    query.push(way(search)).push(" WHERE TRUE");
    narrow(&mut query, search);
    let order = match from {
        From::Newest => " ORDER BY placed_at DESC, id DESC LIMIT ",
        From::OlderThan(place) => {
            query.push(" AND placed_at <= ").push_bind(place.placed_at);
            query.push(" AND (placed_at < ").push_bind(place.placed_at).push(" OR id < ").push_bind(place.id).push(")");
            " ORDER BY placed_at DESC, id DESC LIMIT "
        }
        From::NewerThan(place) => {
            query.push(" AND placed_at >= ").push_bind(place.placed_at);
            query.push(" AND (placed_at > ").push_bind(place.placed_at).push(" OR id > ").push_bind(place.id).push(")");
            " ORDER BY placed_at, id LIMIT "
        }
    };
    query.push(order).push_bind(most);
    let mut orders: Vec<ListedOrder> = query.build_query_as().fetch_all(conn).await?;
    if matches!(from, From::NewerThan(_)) {
        orders.reverse();
    }
    Ok(orders)
}

/// The index that leads to the first order of any page. Left alone, servers find the filter's orders by it and walk all of
/// them to a page in the middle.
const fn way(search: &Search) -> &'static str {
    match search {
        Search { sought: Some(_), .. } => "",
        Search { status: Some(_), payment: Some(_), .. } => " FORCE INDEX (orders_payment_status_placed)",
        Search { status: Some(_), .. } => " FORCE INDEX (orders_status_placed)",
        Search { delivery: Some(_), payment: None, .. } => " FORCE INDEX (orders_delivery_placed)",
        _ => "",
    }
}

fn narrow(query: &mut QueryBuilder<MySql>, search: &Search) {
    if let Some(status) = search.status {
        query.push(" AND status = ").push_bind(status);
    }
    if let Some(payment) = search.payment {
        query.push(" AND payment_status = ").push_bind(payment);
    }
    if let Some(delivery) = search.delivery {
        query.push(" AND delivery_type = ").push_bind(delivery);
    }
    match &search.sought {
        Some(Sought::Number(number)) => query.push(" AND number = ").push_bind(number.clone()),
        Some(Sought::Email(email)) => query.push(" AND email = ").push_bind(email.clone()),
        Some(Sought::PhoneTail(digits)) => {
            let reversed: String = digits.chars().rev().filter(char::is_ascii_digit).collect();
            query.push(" AND phone_reversed LIKE ").push_bind(format!("{reversed}%"))
        }
        None => query,
    };
}

/// What an order's page at the desk needs besides what its customer sees.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub version: u32,
    pub needs_attention: bool,
    pub client_id: Option<u64>,
}

pub async fn standing(conn: &mut Conn, order_id: u64) -> sqlx::Result<Standing> {
    sqlx::query_as!(
        Standing,
        "SELECT version, needs_attention AS `needs_attention: bool`, client_id FROM orders WHERE id = ?",
        order_id
    )
    .fetch_one(conn)
    .await
}
