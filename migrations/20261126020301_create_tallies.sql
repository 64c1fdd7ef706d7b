-- What a day counts, of all nodes together: failed answers by route, and what became of requests for kept pages.
CREATE TABLE tallies (
    day DATE NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    count BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (kind, day, name),
    KEY tallies_day (day),
    CONSTRAINT tallies_kind CHECK (kind IN ('failure', 'page'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
