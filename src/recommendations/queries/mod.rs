//! Every statement on `recommendations` and `product_related`, and those that read films for them.

mod for_you;
mod orders;
mod page;
mod run;

pub(super) use for_you::{Asked, for_client};
pub(super) use orders::{count_orders, films_ordered, pairs};
pub(super) use page::{COMPUTED, Candidate, candidates};
pub use run::Stretch;
pub(super) use run::{every_nth_film, films_after, forget, keep, kept};
use sqlx::{MySql, QueryBuilder};

fn push_ids(query: &mut QueryBuilder<MySql>, ids: &[u64]) {
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
}
