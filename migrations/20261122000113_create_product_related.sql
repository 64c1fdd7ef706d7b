CREATE TABLE product_related (
    product_id BIGINT UNSIGNED NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    position TINYINT UNSIGNED NOT NULL DEFAULT 0,
    other_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (product_id, kind, other_id),
    KEY product_related_reverse (other_id, kind, product_id),
    CONSTRAINT product_related_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT product_related_other FOREIGN KEY (other_id) REFERENCES products (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
