//! The cart's page: the cart, and films that go with what it holds.

use std::sync::Arc;

use axum::{extract::State, response::Response};

use crate::{
    cart::{self, Cart, CartToken},
    platform::{
        clock,
        db::{Conn, Database},
        error::Result,
        http::{PageContext, Shell},
    },
    recommendations::{self, Beside, FillUp, Related, views},
    settings::Settings,
};

/// So many films are shown below the cart.
const MOST: usize = 6;

/// `GET /cart`
pub async fn show(
    context: PageContext,
    State(settings): State<Arc<Settings>>,
    db: Database,
    token: CartToken,
) -> Result<Response> {
    let now = clock::now();
    let mut conn = db.conn().await?;
    let Some(cart) = cart::load(&mut conn, &token, now).await? else {
        return Ok(cart::handlers::page(&context, &settings, None, None));
    };
    let related = related(&mut conn, &cart).await?;
    drop(conn);
    let shelf = views::goes_with(&Shell::private(&context, ""), &related, now);
    Ok(cart::handlers::page(&context, &settings, Some(&cart), shelf))
}

async fn related(conn: &mut Conn, cart: &Cart) -> Result<Vec<Related>> {
    let mut films: Vec<u64> = cart.lines.iter().map(|line| line.film.id).collect();
    films.sort_unstable();
    films.dedup();
    let fill_up = FillUp::default();
    let asked = Beside { films: &films, fill_up, in_stock: true, most: MOST, now: clock::now() };
    Ok(recommendations::beside(conn, &asked).await?)
}
