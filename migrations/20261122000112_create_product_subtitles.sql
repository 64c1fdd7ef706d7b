CREATE TABLE product_subtitles (
    product_id BIGINT UNSIGNED NOT NULL,
    language VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (product_id, language),
    KEY product_subtitles_reverse (language, product_id),
    CONSTRAINT product_subtitles_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT product_subtitles_language CHECK (language REGEXP '^[a-z]{2,3}$')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
