//! `/orders/{number}/reorder`

use axum::response::{IntoResponse, Response};

use super::messages::ReorderMessages;
use crate::{
    cart::{self, CartToken},
    catalog::views::FormatMessages,
    orders::{Viewed, queries::OrderLineRow},
    platform::{
        clock,
        db::Database,
        error::Result,
        http::{Notice, PageContext, SeeOther},
        i18n::Lang,
    },
};

/// So many titles are named; a message has its limits.
const NAMED: usize = 5;

/// `POST /orders/{number}/reorder`
pub async fn submit(context: PageContext, db: Database, viewed: Viewed, token: CartToken) -> Result<Response> {
    let (_, lines) = viewed.find(&mut db.conn().await?).await?;
    let wanted: Vec<(u64, u32)> = lines.iter().filter_map(|line| Some((line.edition_id?, line.quantity))).collect();
    let filled = cart::fill(&db, &token, &wanted, clock::now()).await?;
    let notice = notice(context.lang, &lines, &filled);
    let answer = SeeOther::to(context.href("/cart")).with_notice(&context.site, &notice);
    let answer = if filled.is_empty() { answer } else { answer.with_cookie(token.cookie(&context.site)) };
    Ok(answer.into_response())
}

/// What became of each line, where it is not all that it was.
fn notice(lang: Lang, lines: &[OrderLineRow], filled: &[(u64, u32)]) -> Notice {
    let t = ReorderMessages(lang);
    let units = |line: &OrderLineRow| filled.iter().find(|(id, _)| Some(*id) == line.edition_id).map_or(0, |(_, n)| *n);
    let missing: Vec<_> = lines.iter().filter(|line| units(line) < line.quantity).collect();
    let names = missing.iter().take(NAMED).map(|line| t.missing(&line.title, FormatMessages(lang).name(line.format)));
    let more = missing.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| t.and_more(i64::try_from(more).unwrap_or(i64::MAX)));
    let titles = names.chain(more).collect::<Vec<_>>().join(", ");
    match (filled.is_empty(), missing.is_empty()) {
        (true, _) => Notice::warn(t.nothing(&titles)),
        (false, false) => Notice::warn(t.filled_in_part(&titles)),
        (false, true) => Notice::good(t.filled()),
    }
}
