CREATE TABLE product_audio (
    product_id BIGINT UNSIGNED NOT NULL,
    language VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (product_id, language),
    KEY product_audio_reverse (language, product_id),
    CONSTRAINT product_audio_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT product_audio_language CHECK (language REGEXP '^[a-z]{2,3}$')
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
