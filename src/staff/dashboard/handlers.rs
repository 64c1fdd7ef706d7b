//! `/admin`

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use time::Duration;

use super::{
    queries,
    views::{DashboardView, Figures},
};
use crate::{
    doctor::runs,
    personnel::Permission,
    platform::{
        clock,
        db::{Conn, Database},
        error::Result,
        http::{Page, PageContext},
        queue,
    },
    settings::Settings,
    staff::Employee,
};

/// Editions that are named; the rest is counted.
const LOWEST: u32 = 8;

/// `GET /admin`: of each thing only what this person may see.
pub async fn show(
    context: PageContext,
    State(settings): State<Arc<Settings>>,
    db: Database,
    employee: Employee,
) -> Result<Response> {
    let figures = figures(&mut db.conn().await?, &settings, &employee).await?;
    Ok(Page::new(DashboardView::new(&context, &employee, figures)).into_response())
}

async fn figures(conn: &mut Conn, settings: &Settings, employee: &Employee) -> Result<Figures> {
    let mut figures = Figures::default();
    if employee.may(Permission::OrdersView) {
        figures.open = queries::open_orders(conn).await?;
        let today = clock::now().to_offset(settings.zone).replace_time(time::Time::MIDNIGHT);
        let week = today - Duration::days(6);
        figures.sold = Some(queries::sold(conn, &settings.currency.code, today, week).await?);
    }
    if employee.may(Permission::ReviewsModerate) {
        figures.reviews = Some(queries::waiting_reviews(conn).await?);
    }
    if employee.may(Permission::StockView) {
        figures.low = Some((queries::count_low(conn).await?, queries::lowest(conn, LOWEST).await?));
    }
    if employee.may(Permission::SystemView) {
        figures.wrong_in_books = runs::wrong_in_books(conn).await?;
    }
    figures.queues = queue::overview::backlog(conn).await?;
    Ok(figures)
}
