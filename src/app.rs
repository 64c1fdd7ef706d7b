//! What a process holds for its whole life, and how handlers get at it.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::request::Parts,
};

use crate::{
    cart::counts::CartCounts,
    catalog::index::{Catalogue, Index},
    maintenance::mode::Mode,
    messages::Post,
    orders::owned::OwnedFilms,
    platform::{
        config::Config,
        db::{Database, Meter},
        error::Error,
        http::{PageContext, Site},
        i18n::Lang,
        limiter::Limits,
        page_cache::{PageCache, SharedPages},
        passwords::Hasher,
        redis::Redis,
        renditions::Renditions,
        sessions::{self, Subject},
        signing::sha256_hex,
        tallies::Failures,
        version,
    },
    recommendations::ForYou,
    settings::Settings,
};

/// Handlers, surfaces and commands see this; queries, actions and rules take just what they use.
#[derive(Clone)]
pub struct App {
    pub site: Arc<Site>,
    pub db: Database,
    pub redis: Arc<Redis>,
    pub pages: Arc<PageCache>,
    /// How many units carts hold, for the header of every page.
    pub carts: Arc<CartCounts>,
    pub settings: Arc<Settings>,
    /// Whether the shop is closed to shoppers; a task of `serve` keeps it true.
    pub maintenance: Arc<Mode>,
    /// The catalogue as lists and searches see it; a task of `serve` fills it and keeps it true.
    pub index: Arc<Index>,
    /// Pictures made so far.
    pub renditions: Renditions,
    pub limits: Arc<Limits>,
    /// Answers that failed, on their way to the day's numbers.
    pub failures: Arc<Failures>,
    pub passwords: Arc<Hasher>,
    /// Who is signed in, for the header of pages that are kept.
    pub sessions: Arc<sessions::Copies>,
    /// Which films each customer owns.
    pub owned: Arc<OwnedFilms>,
    /// What is recommended to each customer.
    pub for_you: Arc<ForYou>,
    /// The ways that messages take out of the house.
    pub post: Arc<Post>,
}

impl App {
    pub fn build(config: Config, db: Database, settings: Settings) -> anyhow::Result<Self> {
        db.slow().begin(config.slow_limit);
        let site = Arc::new(Site::new(config)?);
        let config = &site.config;
        let redis = Arc::new(Redis::new(config.redis_url.expose(), &config.redis_prefix)?);
        let shared = SharedPages::new(Arc::clone(&redis), &version_of_pages(config, &settings));
        let pages = PageCache::new(config.page_cache_bytes, shared, Arc::clone(db.changes()), site.slot_nonce.clone());
        let carts = Arc::new(CartCounts::new(Arc::clone(&redis)));
        let sessions = sessions_beside(&carts, Arc::clone(&redis), &db);
        Ok(Self {
            pages: Arc::new(pages),
            sessions: Arc::new(sessions),
            owned: Arc::new(OwnedFilms::new(Arc::clone(db.changes()))),
            for_you: Arc::new(ForYou::new(Arc::clone(db.changes()))),
            carts,
            settings: Arc::new(settings),
            maintenance: Arc::default(),
            index: Arc::default(),
            failures: Arc::default(),
            renditions: Renditions::new(config.poster_cache_bytes),
            limits: Arc::new(Limits::shared(config.limits_factor, Arc::clone(&redis))),
            passwords: Arc::new(Hasher::new(config.password_cost)?),
            post: Arc::new(Post::new(&config.messages)?),
            db,
            redis,
            site,
        })
    }

    /// The shop as this process sees it, with the settings in force.
    pub async fn connect(config: Config) -> anyhow::Result<Self> {
        let db = Database::connect_lazy(config.database_url.expose(), config.database_pool)?;
        let settings = Settings::load(&mut db.conn().await?).await?;
        let app = Self::build(config, db, settings)?;
        app.maintenance.look(&app.db).await?;
        Ok(app)
    }

    pub fn config(&self) -> &Config {
        &self.site.config
    }

    /// How a page of this path is written, with the settings in force.
    pub fn page_context(&self, lang: Lang, path: &str, query: &str) -> PageContext {
        PageContext {
            lang,
            path: path.to_owned(),
            query: query.to_owned(),
            currency: self.settings.currency.clone(),
            zone: self.settings.zone,
            site: Arc::clone(&self.site),
        }
    }
}

/// Sessions are looked up together with the number in the cart: a page shows both.
fn sessions_beside(carts: &Arc<CartCounts>, redis: Arc<Redis>, db: &Database) -> sessions::Copies {
    let carts = Arc::clone(carts);
    sessions::Copies::new(redis, Arc::clone(db.changes()), move |subject| match subject {
        Subject::Client(id) => carts.name_of_client(id),
        Subject::Staff(_) => String::new(),
    })
}

/// What pages depend on besides the database: the release and how it is configured. Processes of which any of it differs
/// must not share pages.
fn version_of_pages(config: &Config, settings: &Settings) -> String {
    let Config { base_url, asset_url, media_url, database_url, .. } = config;
    let parts = format!(
        "{}|{base_url}|{asset_url}|{media_url}|{}|{settings:?}",
        version::RELEASE.as_str(),
        database_url.expose()
    );
    sha256_hex(&parts).chars().take(12).collect()
}

impl FromRef<App> for Arc<Site> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.site)
    }
}

impl FromRef<App> for Arc<Settings> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.settings)
    }
}

impl FromRef<App> for Arc<ForYou> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.for_you)
    }
}

impl FromRef<App> for Arc<Index> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.index)
    }
}

impl FromRef<App> for Renditions {
    fn from_ref(app: &App) -> Self {
        app.renditions.clone()
    }
}

impl FromRef<App> for Arc<CartCounts> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.carts)
    }
}

impl FromRef<App> for Arc<Limits> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.limits)
    }
}

impl FromRef<App> for Arc<Hasher> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.passwords)
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
