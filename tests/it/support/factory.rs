//! Films for tests: `product().title("M").edition(Format::Dvd, 1999, 3).insert(&mut conn).await`. Everything that a test
//! does not name has a sensible value.

use std::sync::atomic::{AtomicU32, Ordering};

use marquee::{
    catalog::{Format, ProductStatus, index::fold, queries},
    platform::{clock, db::Conn},
};
use time::OffsetDateTime;

/// A film that was inserted.
#[derive(Clone, Debug)]
pub struct Film {
    pub id: u64,
    pub slug: String,
    pub editions: Vec<Edition>,
}

#[derive(Clone, Debug)]
pub struct Edition {
    pub id: u64,
    pub sku: String,
}

/// An active film of 1999 without editions, with a title of its own.
pub fn product() -> ProductBuilder {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    ProductBuilder {
        slug: format!("film-{n}-1999"),
        title_en: Some(format!("Film {n}")),
        title_ru: None,
        title_uz: None,
        original_title: None,
        description_en: None,
        year: 1999,
        runtime_min: None,
        age_rating: None,
        country: None,
        status: ProductStatus::Active,
        publish_at: None,
        unpublish_at: None,
        is_featured: false,
        sold_count: 0,
        created_at: None,
        studio: None,
        category: None,
        genres: Vec::new(),
        people: Vec::new(),
        audio: Vec::new(),
        subtitles: Vec::new(),
        editions: Vec::new(),
    }
}

/// An edition without a sale, at most 10 in an order, "only N left" from 5 on.
pub fn edition(format: Format, price_minor: i64, stock: i32) -> EditionBuilder {
    EditionBuilder {
        sku: None,
        format,
        price_minor,
        stock,
        sale_price_minor: None,
        sale_from: None,
        sale_to: None,
        low_stock_at: 5,
        max_per_order: 10,
        region_code: None,
        discs: None,
        is_active: true,
    }
}

pub struct ProductBuilder {
    slug: String,
    title_en: Option<String>,
    title_ru: Option<String>,
    title_uz: Option<String>,
    original_title: Option<String>,
    description_en: Option<String>,
    year: u16,
    runtime_min: Option<u16>,
    age_rating: Option<String>,
    country: Option<String>,
    status: ProductStatus,
    publish_at: Option<OffsetDateTime>,
    unpublish_at: Option<OffsetDateTime>,
    is_featured: bool,
    sold_count: u32,
    created_at: Option<OffsetDateTime>,
    studio: Option<String>,
    category: Option<u64>,
    genres: Vec<String>,
    people: Vec<(&'static str, String)>,
    audio: Vec<String>,
    subtitles: Vec<String>,
    editions: Vec<EditionBuilder>,
}

/// Setters that store what they are given.
macro_rules! setters {
    ($($field:ident: $type:ty = |$value:ident| $stored:expr;)+) => {
        $(pub fn $field(mut self, $value: $type) -> Self {
            self.$field = $stored;
            self
        })+
    };
}

impl ProductBuilder {
    setters! {
        slug: &str = |slug| slug.to_owned();
        title_ru: &str = |title| Some(title.to_owned());
        title_uz: &str = |title| Some(title.to_owned());
        original_title: &str = |title| Some(title.to_owned());
        description_en: &str = |text| Some(text.to_owned());
        year: u16 = |year| year;
        runtime_min: u16 = |minutes| Some(minutes);
        age_rating: &str = |rating| Some(rating.to_owned());
        country: &str = |country| Some(country.to_owned());
        status: ProductStatus = |status| status;
        publish_at: OffsetDateTime = |at| Some(at);
        unpublish_at: OffsetDateTime = |at| Some(at);
        sold_count: u32 = |count| count;
        created_at: OffsetDateTime = |at| Some(at);
        studio: &str = |name| Some(name.to_owned());
        category: u64 = |id| Some(id);
    }

    /// The English title; the slug follows it where it can.
    pub fn title(mut self, title: &str) -> Self {
        let slug = slugged(title);
        if !slug.is_empty() {
            self.slug = slug;
        }
        self.title_en = Some(title.to_owned());
        self
    }

    pub fn featured(mut self) -> Self {
        self.is_featured = true;
        self
    }

    /// A genre by its slug; made when there is none.
    pub fn genre(mut self, slug: &str) -> Self {
        self.genres.push(slug.to_owned());
        self
    }

    pub fn director(mut self, name: &str) -> Self {
        self.people.push(("director", name.to_owned()));
        self
    }

    pub fn cast(mut self, name: &str) -> Self {
        self.people.push(("cast", name.to_owned()));
        self
    }

    pub fn audio(mut self, language: &str) -> Self {
        self.audio.push(language.to_owned());
        self
    }

    pub fn subtitles(mut self, language: &str) -> Self {
        self.subtitles.push(language.to_owned());
        self
    }

    pub fn edition(self, format: Format, price_minor: i64, stock: i32) -> Self {
        self.with(edition(format, price_minor, stock))
    }

    pub fn with(mut self, edition: EditionBuilder) -> Self {
        self.editions.push(edition);
        self
    }

    pub async fn insert(self, conn: &mut Conn) -> Film {
        let studio_id = match &self.studio {
            Some(name) => Some(named(conn, "studios", name).await),
            None => None,
        };
        let id = self.insert_product(conn, studio_id).await;
        self.insert_links(conn, id).await;
        let mut editions = Vec::new();
        for (position, edition) in self.editions.iter().enumerate() {
            editions.push(edition.insert(conn, id, &self.slug, position).await);
        }
        queries::refresh_products(conn, &[id], clock::now()).await.unwrap();
        Film { id, slug: self.slug, editions }
    }

    async fn insert_product(&self, conn: &mut Conn, studio_id: Option<u64>) -> u64 {
        let title = [&self.title_en, &self.title_ru, &self.title_uz].into_iter().flatten().next().unwrap();
        sqlx::query(
            "INSERT INTO products (slug, title_en, title_ru, title_uz, original_title, description_en, year, \
             runtime_min, age_rating, country, status, publish_at, unpublish_at, is_featured, sold_count, studio_id, \
             category_id, title_sort, search_title, search_text, created_at) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, LOWER(?), ?, ?, \
             COALESCE(?, CURRENT_TIMESTAMP(6)))",
        )
        .bind(&self.slug)
        .bind(&self.title_en)
        .bind(&self.title_ru)
        .bind(&self.title_uz)
        .bind(&self.original_title)
        .bind(&self.description_en)
        .bind(self.year)
        .bind(self.runtime_min)
        .bind(&self.age_rating)
        .bind(&self.country)
        .bind(self.status)
        .bind(self.publish_at)
        .bind(self.unpublish_at)
        .bind(self.is_featured)
        .bind(self.sold_count)
        .bind(studio_id)
        .bind(self.category)
        .bind(title)
        .bind(self.search_title())
        .bind(fold::search_text(self.people.iter().map(|(_, name)| name).chain(&self.studio).map(String::as_str)))
        .bind(self.created_at)
        .execute(conn)
        .await
        .unwrap()
        .last_insert_id()
    }

    fn search_title(&self) -> String {
        let text = |title: &'_ Option<String>| title.clone().unwrap_or_default();
        fold::search_title(fold::Titles {
            uz: &text(&self.title_uz),
            ru: &text(&self.title_ru),
            en: &text(&self.title_en),
            original: &text(&self.original_title),
        })
    }

    async fn insert_links(&self, conn: &mut Conn, id: u64) {
        for (position, slug) in (0u8..).zip(&self.genres) {
            let genre = genre(conn, slug).await;
            let insert = "INSERT INTO product_genres (product_id, genre_id, position) VALUES (?, ?, ?)";
            sqlx::query(insert).bind(id).bind(genre).bind(position).execute(&mut *conn).await.unwrap();
        }
        for (position, (role, name)) in (0u8..).zip(&self.people) {
            let person = named(conn, "people", name).await;
            let insert = "INSERT INTO product_people (product_id, person_id, role, position) VALUES (?, ?, ?, ?)";
            sqlx::query(insert).bind(id).bind(person).bind(role).bind(position).execute(&mut *conn).await.unwrap();
        }
        for language in &self.audio {
            let insert = "INSERT INTO product_audio (product_id, language) VALUES (?, ?)";
            sqlx::query(insert).bind(id).bind(language).execute(&mut *conn).await.unwrap();
        }
        for language in &self.subtitles {
            let insert = "INSERT INTO product_subtitles (product_id, language) VALUES (?, ?)";
            sqlx::query(insert).bind(id).bind(language).execute(&mut *conn).await.unwrap();
        }
        if let Some(category) = self.category {
            let insert = "INSERT INTO product_categories (product_id, category_id) VALUES (?, ?)";
            sqlx::query(insert).bind(id).bind(category).execute(&mut *conn).await.unwrap();
        }
    }
}

pub struct EditionBuilder {
    sku: Option<String>,
    format: Format,
    price_minor: i64,
    stock: i32,
    sale_price_minor: Option<i64>,
    sale_from: Option<OffsetDateTime>,
    sale_to: Option<OffsetDateTime>,
    low_stock_at: i32,
    max_per_order: u8,
    region_code: Option<String>,
    discs: Option<u8>,
    is_active: bool,
}

impl EditionBuilder {
    setters! {
        sku: &str = |sku| Some(sku.to_owned());
        region_code: &str = |code| Some(code.to_owned());
        discs: u8 = |discs| Some(discs);
    }

    /// A sale within this window; a missing end is open.
    pub fn sale(mut self, price_minor: i64, from: Option<OffsetDateTime>, to: Option<OffsetDateTime>) -> Self {
        (self.sale_price_minor, self.sale_from, self.sale_to) = (Some(price_minor), from, to);
        self
    }

    async fn insert(&self, conn: &mut Conn, product_id: u64, slug: &str, position: usize) -> Edition {
        let sku = self.sku.clone().unwrap_or_else(|| {
            format!("{}-{}-{position}", slug.to_uppercase(), self.format.word().replace('_', "").to_uppercase())
        });
        let tax_class = if self.format.is_digital() { "digital" } else { "disc" };
        let id = sqlx::query(
            "INSERT INTO editions (product_id, sku, format, price_minor, stock, sale_price_minor, sale_from, sale_to, \
             low_stock_at, max_per_order, region_code, discs, is_active, tax_class, position) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(product_id)
        .bind(&sku)
        .bind(self.format)
        .bind(self.price_minor)
        .bind(self.stock)
        .bind(self.sale_price_minor)
        .bind(self.sale_from)
        .bind(self.sale_to)
        .bind(self.low_stock_at)
        .bind(self.max_per_order)
        .bind(&self.region_code)
        .bind(self.discs)
        .bind(self.is_active)
        .bind(tax_class)
        .bind(u32::try_from(position).unwrap())
        .execute(&mut *conn)
        .await
        .unwrap()
        .last_insert_id();
        self.insert_initial_stock(conn, id).await;
        Edition { id, sku }
    }

    /// The ledger begins with what is there.
    async fn insert_initial_stock(&self, conn: &mut Conn, edition_id: u64) {
        if self.stock == 0 {
            return;
        }
        sqlx::query(
            "INSERT INTO stock_movements (edition_id, delta, reason, actor, balance_after) VALUES (?, ?, 'initial', 'test', ?)",
        )
        .bind(edition_id)
        .bind(self.stock)
        .bind(self.stock)
        .execute(conn)
        .await
        .unwrap();
    }
}

/// A category under `parent`, titled as its slug.
pub async fn category(conn: &mut Conn, slug: &str, parent: Option<u64>) -> u64 {
    let id = sqlx::query("INSERT INTO categories (slug, title_en, parent_id) VALUES (?, ?, ?)")
        .bind(slug)
        .bind(titled(slug))
        .bind(parent)
        .execute(&mut *conn)
        .await
        .unwrap()
        .last_insert_id();
    let above: Option<String> = match parent {
        Some(parent) => sqlx::query_scalar("SELECT path FROM categories WHERE id = ?")
            .bind(parent)
            .fetch_optional(&mut *conn)
            .await
            .unwrap(),
        None => None,
    };
    let path = format!("{}{id}/", above.unwrap_or_else(|| "/".to_owned()));
    sqlx::query("UPDATE categories SET path = ? WHERE id = ?").bind(path).bind(id).execute(conn).await.unwrap();
    id
}

/// The genre of this slug, made when there is none.
pub async fn genre(conn: &mut Conn, slug: &str) -> u64 {
    sqlx::query("INSERT INTO genres (slug, title_en) VALUES (?, ?) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)")
        .bind(slug)
        .bind(titled(slug))
        .execute(conn)
        .await
        .unwrap()
        .last_insert_id()
}

/// The row of `people` or `studios` with this name, made when there is none.
async fn named(conn: &mut Conn, table: &str, name: &str) -> u64 {
    let insert = match table {
        "people" => sqlx::query(
            "INSERT INTO people (slug, name, search_name) VALUES (?, ?, ?) \
             ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
        ),
        _ => sqlx::query(
            "INSERT INTO studios (slug, name) VALUES (?, ?) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
        ),
    };
    let insert = insert.bind(slugged(name)).bind(name);
    let insert = if table == "people" { insert.bind(fold::search_name(name)) } else { insert };
    insert.execute(conn).await.unwrap().last_insert_id()
}

fn titled(slug: &str) -> String {
    let mut chars = slug.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn slugged(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// A customer of this name with a confirmed address of their own.
pub async fn client(conn: &mut Conn, name: &str) -> u64 {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    sqlx::query(
        "INSERT INTO clients (public_id, email, name, surname, language, email_verified_at) \
         VALUES (?, ?, ?, 'Byrne', 'en', CURRENT_TIMESTAMP(6))",
    )
    .bind(format!("CLIENT{n:020}"))
    .bind(format!("{}-{n}@example.com", name.to_lowercase()))
    .bind(name)
    .execute(conn)
    .await
    .unwrap()
    .last_insert_id()
}
