CREATE TABLE recently_viewed (
    client_id BIGINT UNSIGNED NOT NULL,
    product_id BIGINT UNSIGNED NOT NULL,
    viewed_at DATETIME(6) NOT NULL,
    PRIMARY KEY (client_id, product_id),
    KEY recently_viewed_client_at (client_id, viewed_at),
    KEY recently_viewed_product (product_id),
    CONSTRAINT recently_viewed_client FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE,
    CONSTRAINT recently_viewed_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
