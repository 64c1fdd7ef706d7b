CREATE TABLE slow_statements (
    digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    shape VARCHAR(2000) NOT NULL,
    origin VARCHAR(120) NOT NULL,
    times BIGINT UNSIGNED NOT NULL,
    total_ms BIGINT UNSIGNED NOT NULL,
    max_ms BIGINT UNSIGNED NOT NULL,
    max_rows BIGINT UNSIGNED NOT NULL,
    last_seen DATETIME(6) NOT NULL,
    KEY slow_statements_last_seen (last_seen)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
