CREATE TABLE stock_movements (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    edition_id BIGINT UNSIGNED NOT NULL,
    delta INT NOT NULL,
    reason VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    order_line_id BIGINT UNSIGNED NULL,
    once_key VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin AS (CASE WHEN reason IN ('sale', 'cancel') THEN reason END) STORED,
    actor VARCHAR(64) NOT NULL,
    note VARCHAR(255) NOT NULL DEFAULT '',
    balance_after INT NOT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    UNIQUE KEY stock_movements_once (order_line_id, once_key),
    KEY stock_movements_edition (edition_id, id),
    CONSTRAINT stock_movements_edition FOREIGN KEY (edition_id) REFERENCES editions (id) ON DELETE CASCADE,
    CONSTRAINT stock_movements_order_line FOREIGN KEY (order_line_id) REFERENCES order_lines (id) ON DELETE RESTRICT,
    CONSTRAINT stock_movements_delta CHECK (delta <> 0),
    CONSTRAINT stock_movements_reason CHECK (reason IN ('initial', 'purchase', 'sale', 'cancel', 'return', 'damage', 'count', 'import', 'hold', 'release')),
    CONSTRAINT stock_movements_balance CHECK (balance_after >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
