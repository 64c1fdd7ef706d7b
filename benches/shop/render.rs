//! A list's page rendered anew from data that is already there.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Html};
use marquee::{
    app::App,
    catalog::{
        handlers,
        index::{Catalogue, Follower},
        views::ListPage,
    },
    platform::{config::Config, db::Database, http::Page, i18n::Lang},
    settings::Settings,
};

/// Reading the catalogue takes two at a time.
const CONNECTIONS: u32 = 2;

/// The first page of the list of all films.
pub async fn list(database_url: &str) -> anyhow::Result<Page<ListPage>> {
    let vars = BTreeMap::from([("DATABASE_URL".to_owned(), database_url.to_owned())]);
    let db = Database::connect_lazy(database_url, CONNECTIONS)?;
    let app = App::build(Config::from_vars(vars)?, db, Settings::default())?;
    Follower::new(app.db.clone(), Arc::clone(&app.index)).catch_up().await?;
    let context = app.page_context(Lang::En, "/films", "");
    let list = handlers::films(context, Catalogue(Arc::clone(&app.index)), app.db.clone()).await;
    list.map_err(|error| anyhow::anyhow!("the list was refused: {error:?}"))
}

/// Renders it once.
pub async fn show(State(page): State<Arc<Page<ListPage>>>) -> Result<Html<String>, StatusCode> {
    page.view().render().map(Html).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
