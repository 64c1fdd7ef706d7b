//! Every statement on the tables of the catalogue.

mod cards;
pub(in crate::catalog) mod changes;
pub(in crate::catalog) mod indexing;
pub(in crate::catalog) mod loading;
mod products;
mod refresh;
mod schedule;
mod sitemap;
pub(in crate::catalog) mod slugs;
mod stock;

pub use cards::{
    CardEdition, EDITION_COLUMNS, EditionRow, FILM_COLUMNS, FilmRow, edition, edition_by_sku, editions, film_at, films,
    lock_editions,
};
pub use changes::Prices;
pub use products::{
    FilmLink, LinkKind, PricePoint, ProductRow, editions_of, is_gone, links_of, prices_since, product, product_at,
};
pub use refresh::{Sold, lock_products, refresh_products, refresh_sold_products};
pub(in crate::catalog) use refresh::{last_product, products_after};
pub use schedule::{due_products, note_seen_until, seen_until};
pub use sitemap::shown_between;
pub use stock::{Movement, Taken, record_movements, set_stock, take_off_sold, take_stock, units_taken};
