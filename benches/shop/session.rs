//! Everything that runs while the benchmark measures.

use std::{fs, path::PathBuf, time::Duration};

use anyhow::Context as _;

use crate::{
    Options,
    addresses::Addresses,
    control::Control,
    http::{Answer, Visitor},
    nginx::Nginx,
    plan::Plan,
    process::Watched,
    rounds::progress,
    shop::{PageCache, Program, Shop, prepare_logs},
};

/// What a browser of today takes.
pub const BROWSER: &str = "gzip, deflate, br, zstd";
/// The name of the shop as it is.
pub const FULL: &str = "full";
/// The page that stands for all cached ones.
pub const PAGE: &str = "/films";

/// Servers and addresses.
pub struct Session {
    pub plan: Plan,
    pub films: u64,
    pub folder: PathBuf,
    pub program: Program,
    pub database_url: String,
    pub empty_database_url: String,
    pub addresses: Addresses,
    mariadb: u32,
    redis: u32,
    /// The shop as it is.
    pub shop: Shop,
    /// The shop that finds its pages in Redis only.
    pub redis_shop: Shop,
    /// The shop that makes each page anew.
    pub uncached: Shop,
    /// The same with fewer films.
    pub small: Option<Small>,
    pub control: Control,
    pub nginx: Option<Nginx>,
    /// A visitor's `cart` cookie.
    pub cart: String,
    /// The `sid` cookie of a customer with something in the cart.
    pub signed_in: String,
    /// A stranger's answer once the page could be cached.
    pub cached: Answer,
}

/// A shop with fewer films and the pages of its list.
pub struct Small {
    pub shop: Shop,
    pub lists: Vec<String>,
}

/// Films of the smaller shop.
pub const SMALL_FILMS: u64 = 10_000;

impl Session {
    pub async fn open(options: &Options, plan: Plan) -> anyhow::Result<Self> {
        fs::create_dir_all(&options.folder)?;
        let folder = options.folder.canonicalize()?;
        prepare_logs(&folder)?;
        let program = Program::find(options)?;
        progress("opening the shop: with its page cache, with pages in Redis only, without a page cache");
        let url = options.database_url.as_str();
        let shop = program.open(url, PageCache::Full, FULL).await?;
        let redis_shop = program.open(url, PageCache::RedisOnly, "redis").await?;
        let uncached = program.open(url, PageCache::Off, "off").await?;
        progress("collecting addresses");
        let addresses = Addresses::collect(uncached.port, options.films).await?;
        let cart = fill_cart(shop.port, &addresses.films).await?;
        let signed_in = sign_in(shop.port, &addresses.films).await?;
        let cached = warmed(shop.port, None).await?;
        let filled = warmed(shop.port, Some(&cart)).await?;
        let of_customer = warmed(shop.port, Some(&signed_in)).await?;
        let from_redis = warmed(redis_shop.port, None).await?;
        let identity = Visitor::arrive(uncached.port).await?.get(PAGE).await?;
        let pages = folder.join("pages.txt");
        fs::write(&pages, addresses.listed.iter().map(|slugs| slugs.join(" ")).collect::<Vec<_>>().join("\n"))?;
        let mut bodies = Vec::new();
        for (name, answer) in [
            ("cached", &cached),
            ("filled", &filled),
            ("signed-in", &of_customer),
            ("from-redis", &from_redis),
            ("identity", &identity),
        ] {
            let file = folder.join(name);
            fs::write(&file, &answer.body)?;
            bodies.push(file);
        }
        let control = Control::open(url, &pages, &bodies).await?;
        let nginx = Nginx::open(&folder, shop.port).await?;
        let small = open_small(options, &program).await?;
        Ok(Self {
            plan,
            films: options.films,
            folder,
            program,
            database_url: options.database_url.clone(),
            empty_database_url: options.empty_database_url.clone(),
            addresses,
            mariadb: options.mariadb_pid,
            redis: options.redis_pid,
            shop,
            redis_shop,
            uncached,
            small,
            control,
            nginx,
            cart,
            signed_in,
            cached,
        })
    }

    /// Why a page that was asked for again and again is not a cached one; nothing when it is.
    pub async fn not_cached(&self, port: u16, cookie: Option<&str>) -> anyhow::Result<Option<String>> {
        let state = warmed(port, cookie).await?.timing().cache;
        Ok((state != "hit").then(|| format!("the page cache says \"{state}\"")))
    }

    /// These processes and the servers behind them.
    pub fn watch(&self, server: Vec<u32>) -> Watched {
        Watched { server, mariadb: self.mariadb, redis: self.redis }
    }
}

async fn open_small(options: &Options, program: &Program) -> anyhow::Result<Option<Small>> {
    let Some(url) = &options.small_database_url else { return Ok(None) };
    let shop = program.open(url, PageCache::Off, "small").await?;
    let lists = Addresses::collect(shop.port, SMALL_FILMS).await?.lists;
    Ok(Some(Small { shop, lists }))
}

/// Puts a film into a new cart and gives the cookie of it.
async fn fill_cart(port: u16, films: &[String]) -> anyhow::Result<String> {
    let mut visitor = Visitor::arrive(port).await?;
    put_into_cart(&mut visitor, films).await?;
    let cart = visitor.cookies.get("cart").context("nothing can be put into a cart")?;
    Ok(format!("cart={cart}"))
}

/// Puts the first film that can be bought into the visitor's cart.
async fn put_into_cart(visitor: &mut Visitor, films: &[String]) -> anyhow::Result<()> {
    for path in films {
        let Some(sku) = visitor.get(path).await?.field("sku") else { continue };
        visitor.post("/cart/items", &[("sku", &sku), ("quantity", "1")]).await?;
        if visitor.cookies.contains_key("cart") {
            return Ok(());
        }
    }
    anyhow::bail!("nothing can be put into a cart")
}

/// Makes an account and signs in to it with a cart like this one; gives the cookie of the session.
async fn sign_in(port: u16, films: &[String]) -> anyhow::Result<String> {
    let mut visitor = Visitor::arrive(port).await?;
    let (email, password) = (format!("{}@customers.example", std::process::id()), "measured on a quiet night");
    let name = [("name", "Nora"), ("email", email.as_str()), ("password", password)];
    visitor.post("/account/register", &name).await?;
    put_into_cart(&mut visitor, films).await?;
    visitor.post("/account/login", &[("login", &email), ("password", password)]).await?;
    let session = visitor.cookies.get("sid").context("nobody can sign in")?;
    Ok(format!("sid={session}"))
}

/// A browser's answer once the page was asked for several times.
async fn warmed(port: u16, cookie: Option<&str>) -> anyhow::Result<Answer> {
    let mut headers = vec![("Accept-Encoding", BROWSER)];
    headers.extend(cookie.map(|cookie| ("Cookie", cookie)));
    let mut visitor = Visitor::arrive(port).await?;
    let mut answer = None;
    for _ in 0..5 {
        answer = Some(visitor.get_with(PAGE, &headers).await?);
        // Once it is asked for again its other encodings are made.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    answer.filter(|answer| answer.status == 200).context("the list of films did not answer")
}
