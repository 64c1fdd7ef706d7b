-- Computed anew every night from the films. There are no foreign keys on purpose: they would lock the rows of films, which
-- orders change, for as long as a batch is written. A row whose film is gone is never read and goes with the next run.
CREATE TABLE recommendations (
    product_id BIGINT UNSIGNED NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    other_id BIGINT UNSIGNED NOT NULL,
    score INT UNSIGNED NOT NULL,
    reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject_id BIGINT UNSIGNED NULL,
    PRIMARY KEY (product_id, kind, other_id),
    CONSTRAINT recommendations_reason CHECK (reason IN ('director', 'cast', 'genre_decade', 'genre', 'studio', 'decade'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
