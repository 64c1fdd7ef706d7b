-- A sequence that leaves gaps when a transaction rolls back will not do for invoices: the row is locked until the commit.
CREATE TABLE invoice_series (
    name VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    last_number BIGINT UNSIGNED NOT NULL DEFAULT 0
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
