CREATE TABLE product_people (
    product_id BIGINT UNSIGNED NOT NULL,
    role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    position TINYINT UNSIGNED NOT NULL DEFAULT 0,
    person_id BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (product_id, role, person_id),
    KEY product_people_reverse (person_id, role, product_id),
    CONSTRAINT product_people_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
    CONSTRAINT product_people_person FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE,
    CONSTRAINT product_people_role CHECK (role IN ('director', 'cast'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
