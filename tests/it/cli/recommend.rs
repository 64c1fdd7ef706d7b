use super::{import, marquee};
use crate::support::TestDatabase;

#[tokio::test]
async fn new_films_leave_the_work_of_finding_what_goes_with_them() {
    let database = TestDatabase::migrated().await;
    let waiting = "SELECT COUNT(*) FROM jobs WHERE kind = 'build_recommendations'";
    let file = b"slug,title,year\nm-1931,M,1931\n";
    assert!(import(&database, file, true).is_success);
    assert_eq!(database.number(waiting).await, 0, "a dry run leaves nothing");
    assert!(import(&database, file, false).is_success);
    assert_eq!(database.number(waiting).await, 1);
    database.execute("DELETE FROM jobs").await;
    assert!(import(&database, file, false).is_success);
    assert_eq!(database.number(waiting).await, 0, "nothing changed");
    assert!(marquee(&database, &["seed"]).is_success);
    assert_eq!(database.number(waiting).await, 1);
}

#[tokio::test]
async fn the_films_that_go_with_each_are_found_by_command() {
    let database = TestDatabase::migrated().await;
    let empty = marquee(&database, &["recommend"]);
    assert!(empty.is_success && empty.said[0].starts_with("0 films"), "{:?}", empty.said);
    assert!(marquee(&database, &["seed", "--films", "1200", "--seed", "3"]).is_success);
    let first = marquee(&database, &["recommend"]);
    assert_eq!(first.said[0], "1200 films compared; 1200 of them go with others than before.");
    let lists =
        "SELECT COUNT(*) FROM (SELECT product_id FROM recommendations GROUP BY product_id HAVING COUNT(*) = 12) l";
    assert_eq!(database.number(lists).await, 1_200);
    assert_eq!(database.number("SELECT COUNT(*) FROM recommendations WHERE product_id = other_id").await, 0);
    let sum = "SELECT CAST(SUM(CRC32(CONCAT_WS('|', product_id, other_id, score, reason, subject_id))) AS SIGNED) \
               FROM recommendations";
    let before = database.number(sum).await;
    let again = marquee(&database, &["recommend"]);
    assert_eq!(again.said[0], "1200 films compared; 0 of them go with others than before.");
    database.execute("DELETE FROM recommendations").await;
    assert!(marquee(&database, &["recommend"]).is_success);
    assert_eq!(database.number(sum).await, before, "the same films come to the same");
}

#[tokio::test]
async fn films_that_are_bought_together_are_found_by_command() {
    let database = TestDatabase::migrated().await;
    assert!(marquee(&database, &["seed", "--films", "60", "--orders", "2000"]).is_success);
    let first = marquee(&database, &["recommend"]);
    assert!(first.said[1].contains("films ordered; ") && !first.said[1].contains("; 0 of"), "{:?}", first.said);
    assert_eq!(
        marquee(&database, &["recommend"]).said[1].split("; ").nth(1),
        Some("0 of them are bought with others than before.")
    );
    // The same by the book, for each pair: together in how many orders, and how much more often than by chance.
    let wrong = "SELECT COUNT(*) FROM recommendations r WHERE r.kind = 'bought' AND r.score <> (\
        SELECT FLOOR(100 * COUNT(DISTINCT a.order_id) * (SELECT COUNT(*) FROM orders WHERE status <> 'cancelled') \
        / (SELECT COUNT(DISTINCT x.order_id) FROM order_lines x JOIN orders y ON y.id = x.order_id AND y.status <> 'cancelled' WHERE x.product_id = r.product_id) \
        / (SELECT COUNT(DISTINCT x.order_id) FROM order_lines x JOIN orders y ON y.id = x.order_id AND y.status <> 'cancelled' WHERE x.product_id = r.other_id)) \
        FROM order_lines a JOIN order_lines b ON b.order_id = a.order_id JOIN orders o ON o.id = a.order_id AND o.status <> 'cancelled' \
        WHERE a.product_id = r.product_id AND b.product_id = r.other_id HAVING COUNT(DISTINCT a.order_id) >= 3)";
    assert_eq!(database.number(wrong).await, 0);
    let most =
        "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM recommendations WHERE kind = 'bought' GROUP BY product_id) f";
    assert_eq!(database.number(most).await, 4);
}
