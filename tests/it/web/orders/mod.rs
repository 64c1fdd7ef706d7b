//! What a customer does with an order.

mod cancel;
mod history;
mod invoice;
mod reorder;

use marquee::{
    catalog::Format,
    orders::{
        OrderStatus,
        actions::{By, MoveError, Step, take_step},
    },
    platform::clock,
};

use crate::support::{Shopper, TestApp, factory::product};

/// An order of two units of one film, and its page's path with the signed link's token.
async fn placed(app: &TestApp) -> (Shopper, String) {
    let film = product().edition(Format::Dvd, 1999, 10).insert(&mut app.conn().await).await;
    let shopper = Shopper::new(app);
    shopper.put(&film.editions[0].sku, 2).await;
    let answer = shopper.buy().await;
    (shopper, answer.header("location").to_owned())
}

/// The path of a page that belongs to an order's, with the same token.
fn below(page: &str, what: &str) -> String {
    page.replace('?', &format!("/{what}?"))
}

async fn moved(app: &TestApp, number: &str, to: OrderStatus) -> Result<OrderStatus, MoveError> {
    let by = By { actor: "staff:3", reason: Some("between us") };
    take_step(&app.app.db, number, Step::Move(to), by, clock::now()).await
}
