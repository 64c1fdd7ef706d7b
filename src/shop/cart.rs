//! The cart's page: the cart, films that go with what it holds, and those that were looked at last.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};

use crate::{
    accounts::Customer,
    cart::{self, Cart, CartToken, views::CartShelves},
    platform::{
        clock,
        db::{Conn, Database},
        error::Result,
        http::{Cookies, PageContext, Shell},
    },
    recent::{self, Recent},
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
    customer: Option<Customer>,
    headers: HeaderMap,
) -> Result<Response> {
    let now = clock::now();
    let mut conn = db.conn().await?;
    let cart = cart::load(&mut conn, &token, now).await?;
    let related = match &cart {
        Some(cart) => related(&mut conn, cart).await?,
        None => Vec::new(),
    };
    let seen = Recent::from_cookie(&context.site, &Cookies::new(&context.site, &headers));
    let seen = recent::films(&mut conn, customer.map(|customer| customer.id), &seen, now).await?;
    drop(conn);
    let shell = Shell::private(&context, "");
    let shelves = CartShelves {
        goes_with: views::goes_with(&shell, &related, now),
        recent: recent::views::shelf(&shell, &seen, now),
    };
    Ok(cart::handlers::page(&context, &settings, cart.as_ref(), shelves))
}

async fn related(conn: &mut Conn, cart: &Cart) -> Result<Vec<Related>> {
    let mut films: Vec<u64> = cart.lines.iter().map(|line| line.film.id).collect();
    films.sort_unstable();
    films.dedup();
    let fill_up = FillUp::default();
    let asked = Beside { films: &films, fill_up, in_stock: true, most: MOST, now: clock::now() };
    Ok(recommendations::beside(conn, &asked).await?)
}
