//! What stands in the file, in its order.

use time::OffsetDateTime;

use super::{
    packed::Packed,
    queries::{orders, records},
};
use crate::{
    accounts::{addresses, preferences},
    platform::{db::Conn, i18n::machine_time},
};

/// Writes the file of a customer: compressed, and its size when it is not. A statement for each kind of thing, and two for
/// so many orders.
pub(super) async fn write(conn: &mut Conn, client_id: u64, now: OffsetDateTime) -> anyhow::Result<(Vec<u8>, u64)> {
    let mut file = Packed::new()?;
    file.put("prepared_at", &machine_time(now))?;
    let profile = records::profile(conn, client_id).await?;
    file.put("profile", &profile)?;
    let wanted = preferences::wanted(conn, client_id).await?;
    file.put("wanted_mails", &wanted.iter().map(|kind| kind.word()).collect::<Vec<_>>())?;
    let book = addresses::book(conn, client_id).await?;
    file.put("addresses", &book.iter().map(records::Address::of).collect::<Vec<_>>())?;
    write_orders(&mut file, conn, client_id).await?;
    write_reviews(&mut file, conn, client_id).await?;
    file.put("review_votes", &records::votes(conn, client_id).await?)?;
    file.put("review_complaints", &records::complaints(conn, client_id).await?)?;
    file.put("wishlists", &records::wishlists(conn, client_id).await?)?;
    file.put("stock_alerts", &records::alerts(conn, profile.held_email().unwrap_or_default()).await?)?;
    file.put("cart", &records::cart(conn, client_id).await?)?;
    file.put("recently_viewed", &records::viewed(conn, client_id).await?)?;
    file.put("sessions", &records::sessions(conn, client_id).await?)?;
    Ok(file.finish()?)
}

async fn write_orders(file: &mut Packed, conn: &mut Conn, client_id: u64) -> anyhow::Result<()> {
    file.begin_list("orders")?;
    let mut last = 0;
    loop {
        let orders = orders::after(conn, client_id, last).await?;
        let Some(order) = orders.last() else { break };
        last = order.id;
        for order in &orders {
            file.push(order)?;
        }
    }
    Ok(file.end_list()?)
}

async fn write_reviews(file: &mut Packed, conn: &mut Conn, client_id: u64) -> anyhow::Result<()> {
    file.begin_list("reviews")?;
    let mut last = 0;
    loop {
        let reviews = records::reviews_after(conn, client_id, last).await?;
        let Some(review) = reviews.last() else { break };
        last = review.id;
        for review in &reviews {
            file.push(review)?;
        }
    }
    Ok(file.end_list()?)
}
