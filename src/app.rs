//! What a process holds for its whole life, and how handlers get at it.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};

use crate::{
    catalog::index::{Catalogue, Index},
    platform::{
        config::Config,
        db::{Database, Meter},
        error::Error,
        http::{PageContext, Site},
        i18n::Lang,
        limiter::Limits,
        redis::Redis,
        renditions::Renditions,
    },
    settings::{CurrentSettings, Settings},
};

/// Handlers, surfaces and commands see this; queries, actions and rules take just what they use.
#[derive(Clone)]
pub struct App {
    pub site: Arc<Site>,
    pub db: Database,
    pub redis: Arc<Redis>,
    pub settings: CurrentSettings,
    /// The catalogue as lists and searches see it; a task of `serve` fills it and keeps it true.
    pub index: Arc<Index>,
    /// Pictures made so far.
    pub renditions: Renditions,
    pub limits: Arc<Limits>,
}

impl App {
    pub fn build(config: Config) -> anyhow::Result<Self> {
        Ok(Self {
            db: Database::connect_lazy(config.database_url.expose(), config.database_pool)?,
            redis: Arc::new(Redis::new(config.redis_url.expose())?),
            settings: CurrentSettings::default(),
            index: Arc::default(),
            renditions: Renditions::new(config.poster_cache_bytes),
            limits: Arc::new(Limits::new(config.limits_factor)),
            site: Arc::new(Site::new(config)?),
        })
    }

    pub fn config(&self) -> &Config {
        &self.site.config
    }

    /// How a page of this path is written, with the settings in force.
    pub fn page_context(&self, lang: Lang, path: &str, query: &str) -> PageContext {
        let settings = self.settings.get();
        PageContext {
            lang,
            path: path.to_owned(),
            query: query.to_owned(),
            currency: settings.currency.clone(),
            zone: settings.zone,
            site: Arc::clone(&self.site),
        }
    }
}

impl FromRef<App> for Arc<Site> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.site)
    }
}

impl FromRef<App> for Arc<Settings> {
    fn from_ref(app: &App) -> Self {
        app.settings.get()
    }
}

impl FromRef<App> for Renditions {
    fn from_ref(app: &App) -> Self {
        app.renditions.clone()
    }
}

impl FromRef<App> for Arc<Limits> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.limits)
    }
}

impl FromRequestParts<App> for PageContext {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let lang = parts.extensions.get::<Lang>().copied().unwrap_or_default();
        Ok(app.page_context(lang, parts.uri.path(), parts.uri.query().unwrap_or_default()))
    }
}

/// The index, once it holds the catalogue.
impl FromRequestParts<App> for Catalogue {
    type Rejection = Error;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, Error> {
        if app.index.is_ready() {
            Ok(Self(Arc::clone(&app.index)))
        } else {
            Err(Error::Unavailable(anyhow::anyhow!("the catalogue's index is being built")))
        }
    }
}

/// The database as this request sees it: what it runs counts for the request.
impl FromRequestParts<App> for Database {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(match parts.extensions.get::<Arc<Meter>>() {
            Some(meter) => app.db.metered(Arc::clone(meter)),
            None => app.db.clone(),
        })
    }
}
