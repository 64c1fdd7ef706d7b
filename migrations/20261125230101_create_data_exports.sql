-- The file with all that is kept of a customer, made when they ask for it. One of each: it is ready, or being made, or failed.
CREATE TABLE data_exports (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    client_id BIGINT UNSIGNED NOT NULL,
    status VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'asked',
    asked_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    bytes BIGINT UNSIGNED NULL,
    document LONGBLOB NULL,
    UNIQUE KEY data_exports_client (client_id),
    KEY data_exports_expires_at (expires_at),
    CONSTRAINT data_exports_client FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE,
    CONSTRAINT data_exports_status CHECK (status IN ('asked', 'ready', 'failed')),
    CONSTRAINT data_exports_document CHECK (status <> 'ready' OR (document IS NOT NULL AND bytes IS NOT NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
