//! Sums that must agree whatever happened.

use super::TestApp;

/// Stock is the sum of the ledger, films know their editions, and what was sold is what orders hold that stand.
pub async fn assert_books_agree(app: &TestApp) {
    let off = "SELECT COUNT(*) FROM editions e LEFT JOIN (SELECT edition_id, SUM(delta) AS moved FROM stock_movements \
               GROUP BY edition_id) m ON m.edition_id = e.id \
               WHERE e.format NOT LIKE 'digital%' AND e.stock <> COALESCE(m.moved, 0)";
    assert_eq!(app.database.number(off).await, 0, "stock and ledger differ");
    let untold = "SELECT COUNT(*) FROM products p JOIN (SELECT product_id, SUM(CASE WHEN format LIKE 'digital%' THEN 0 \
                  ELSE stock END) AS units FROM editions GROUP BY product_id) e ON e.product_id = p.id \
                  WHERE p.stock_total <> e.units";
    assert_eq!(app.database.number(untold).await, 0, "films do not know what their editions have");
    let held = "SELECT COUNT(*) FROM products p LEFT JOIN (SELECT l.product_id, SUM(l.quantity) AS units \
                FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.status <> 'cancelled' \
                GROUP BY l.product_id) s ON s.product_id = p.id WHERE p.sold_count <> COALESCE(s.units, 0)";
    assert_eq!(app.database.number(held).await, 0, "what was sold is not what orders hold");
}
