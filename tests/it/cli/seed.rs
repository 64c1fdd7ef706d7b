use sqlx::Row;

use super::{editions_out_of_books, fingerprint, marquee};
use crate::support::{TestApp, TestDatabase};

/// An edition as the naive recomputation reads it.
struct Edition {
    is_digital: bool,
    price: i64,
    stock: i64,
    on_sale: bool,
}

#[tokio::test]
async fn the_sample_is_loaded_once() {
    let database = TestDatabase::migrated().await;
    let first = marquee(&database, &["seed"]);
    assert!(first.is_success && first.said[0].ends_with(" films added."), "{:?}", first.said);
    assert!(database.number("SELECT COUNT(*) FROM products WHERE status = 'active'").await >= 3_000);
    assert!(database.number("SELECT COUNT(*) FROM products WHERE title_ru IS NOT NULL").await >= 150);
    assert_eq!(database.number("SELECT COUNT(*) FROM genres").await, 24);
    assert_eq!(
        database.number("SELECT COUNT(*) FROM categories c JOIN categories p ON p.id = c.parent_id WHERE c.path = CONCAT(p.path, c.id, '/')").await,
        24
    );
    let demo = "SELECT stock FROM editions WHERE sku = 'DEMO-10' AND is_active AND max_per_order >= 10";
    assert_eq!(database.number(demo).await, 10);
    let sold_out = "SELECT COUNT(*) FROM products p WHERE NOT in_stock AND EXISTS (SELECT 1 FROM editions e WHERE \
                    e.product_id = p.id) AND NOT EXISTS (SELECT 1 FROM editions e WHERE e.product_id = p.id AND \
                    (e.stock > 0 OR e.format LIKE 'digital%'))";
    assert!(database.number(sold_out).await >= 1);
    assert_eq!(editions_out_of_books(&database).await, 0);
    let unpriced = "SELECT COUNT(*) FROM editions e WHERE NOT EXISTS (SELECT 1 FROM price_history h WHERE \
                    h.edition_id = e.id AND h.price_minor = e.price_minor)";
    assert_eq!(database.number(unpriced).await, 0);
    let unshelved = "SELECT COUNT(*) FROM product_genres pg JOIN genres g ON g.id = pg.genre_id JOIN categories c ON \
                     c.slug = g.slug LEFT JOIN product_categories pc ON pc.product_id = pg.product_id AND \
                     pc.category_id = c.id WHERE pc.product_id IS NULL";
    assert_eq!(database.number(unshelved).await, 0);

    let before = fingerprint(&database).await;
    let second = marquee(&database, &["seed"]);
    assert!(second.is_success);
    assert_eq!(second.said, ["The sample catalogue is there already."]);
    assert_eq!(fingerprint(&database).await, before);

    let invented = marquee_refused(&database, &["seed", "--films", "5"]);
    assert!(invented.contains("films already"), "{invented}");
    assert_eq!(fingerprint(&database).await, before);
}

#[tokio::test]
async fn invented_films_are_the_same_for_the_same_seed() {
    let (one, two) = (TestDatabase::migrated().await, TestDatabase::migrated().await);
    for database in [&one, &two] {
        assert!(marquee(database, &["seed", "--films", "1200", "--seed", "7"]).is_success);
        assert_eq!(database.number("SELECT COUNT(*) FROM products").await, 1_200);
        assert_eq!(editions_out_of_books(database).await, 0);
    }
    let sum = "SELECT CAST(SUM(CRC32(CONCAT_WS('|', p.slug, p.search_text, e.sku, e.stock, e.price_minor))) AS SIGNED) \
               FROM products p JOIN editions e ON e.product_id = p.id";
    assert_eq!(one.number(sum).await, two.number(sum).await);
}

#[tokio::test]
async fn what_lists_show_follows_from_the_editions() {
    let shop = TestApp::new().await;
    assert!(marquee(&shop.database, &["seed", "--films", "400"]).is_success);
    let mut conn = shop.conn().await;
    let products = sqlx::query(
        "SELECT id, price_min_minor, price_max_minor, in_stock, CAST(stock_total AS SIGNED) AS stock, on_sale FROM products",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap();
    let mut sales = 0;
    for product in products {
        let editions = editions(&mut conn, product.get("id")).await;
        let prices = editions.iter().map(|edition| edition.price);
        let on_sale = editions.iter().any(|edition| edition.on_sale);
        sales += u32::from(on_sale);
        assert_eq!(product.get::<Option<i64>, _>("price_min_minor"), prices.clone().min());
        assert_eq!(product.get::<Option<i64>, _>("price_max_minor"), prices.max());
        assert_eq!(
            product.get::<bool, _>("in_stock"),
            editions.iter().any(|edition| edition.is_digital || edition.stock > 0)
        );
        assert_eq!(product.get::<i64, _>("stock"), editions.iter().map(|edition| edition.stock).sum::<i64>());
        assert_eq!(product.get::<bool, _>("on_sale"), on_sale);
    }
    assert!(sales > 20, "{sales} films on sale");
}

async fn editions(conn: &mut marquee::platform::db::Conn, product: u64) -> Vec<Edition> {
    let now = marquee::platform::clock::now();
    let rows = sqlx::query("SELECT *, CAST(stock AS SIGNED) AS units FROM editions WHERE product_id = ? AND is_active")
        .bind(product)
        .fetch_all(conn)
        .await
        .unwrap();
    let edition = |row: &sqlx::mysql::MySqlRow| {
        let from: Option<time::OffsetDateTime> = row.get("sale_from");
        let to: Option<time::OffsetDateTime> = row.get("sale_to");
        let sale: Option<i64> = row.get("sale_price_minor");
        let is_open = from.is_none_or(|from| from <= now) && to.is_none_or(|to| now < to);
        Edition {
            is_digital: row.get::<String, _>("format").starts_with("digital"),
            price: sale.filter(|_| is_open).unwrap_or(row.get("price_minor")),
            stock: row.get("units"),
            on_sale: sale.is_some() && is_open,
        }
    };
    rows.iter().map(edition).collect()
}

/// What a command that fails says about it.
fn marquee_refused(database: &TestDatabase, args: &[&str]) -> String {
    let outcome = marquee(database, args);
    assert!(!outcome.is_success);
    outcome.said.join("\n")
}
