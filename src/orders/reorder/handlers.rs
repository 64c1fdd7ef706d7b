//! `/orders/{number}/reorder`

use axum::response::{IntoResponse, Response};

use super::messages::ReorderMessages;
use crate::{
    accounts::Customer,
    cart::{self, CartToken},
    catalog::{self, views::FormatMessages},
    orders::{
        Viewed,
        owned::again::{self, AgainForm},
        queries::OrderLineRow,
    },
    platform::{
        clock,
        db::{Conn, Database},
        error::Result,
        http::{Fields, Notice, PageContext, SeeOther},
        i18n::Lang,
    },
};

/// So many titles are named; a message has its limits.
const NAMED: usize = 5;

/// `POST /orders/{number}/reorder`; a customer who owns what is in it is asked first, unless `again` says that they were.
pub async fn submit(
    context: PageContext,
    db: Database,
    viewed: Viewed,
    token: CartToken,
    customer: Option<Customer>,
    fields: Fields,
) -> Result<Response> {
    let mut conn = db.conn().await?;
    let (_, lines) = viewed.find(&mut conn).await?;
    if let Some(customer) = customer.filter(|_| !fields.has(again::ASKED))
        && let Some(question) = question(&context, &mut conn, (&customer, &token), (&viewed, &lines)).await?
    {
        return Ok(question);
    }
    drop(conn);
    let wanted: Vec<(u64, u32)> = lines.iter().filter_map(|line| Some((line.edition_id?, line.quantity))).collect();
    let filled = cart::fill(&db, &token, &wanted, clock::now()).await?;
    let notice = notice(context.lang, &lines, &filled);
    let answer = SeeOther::to(context.href("/cart")).with_notice(&context.site, &notice);
    let answer = if filled.is_empty() { answer } else { answer.with_cookie(token.cookie(&context.site)) };
    Ok(answer.into_response())
}

async fn question(
    context: &PageContext,
    conn: &mut Conn,
    who: (&Customer, &CartToken),
    (viewed, lines): (&Viewed, &[OrderLineRow]),
) -> Result<Option<Response>> {
    let ids: Vec<u64> = lines.iter().filter_map(|line| line.edition_id).collect();
    let editions = catalog::queries::editions(conn, &ids).await?;
    let form = AgainForm {
        action: context.href(&viewed.paths.reorder()),
        fields: Vec::new(),
        back: Some(context.href(&viewed.paths.page())),
    };
    again::question(context, conn, who, &editions, form).await
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
