CREATE TABLE price_history (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    edition_id BIGINT UNSIGNED NOT NULL,
    price_minor BIGINT NOT NULL,
    sale_price_minor BIGINT NULL,
    at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    actor VARCHAR(64) NOT NULL,
    KEY price_history_edition_at (edition_id, at),
    CONSTRAINT price_history_edition FOREIGN KEY (edition_id) REFERENCES editions (id) ON DELETE CASCADE,
    CONSTRAINT price_history_price CHECK (price_minor > 0),
    CONSTRAINT price_history_sale_price CHECK (sale_price_minor > 0 AND sale_price_minor < price_minor)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
