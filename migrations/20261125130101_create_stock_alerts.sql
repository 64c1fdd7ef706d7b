CREATE TABLE stock_alerts (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    edition_id BIGINT UNSIGNED NOT NULL,
    email VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    language CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    requested_at DATETIME(6) NOT NULL,
    confirmed_at DATETIME(6) NULL,
    notified_at DATETIME(6) NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
    UNIQUE KEY stock_alerts_edition_email (edition_id, email),
    KEY stock_alerts_email (email, requested_at),
    KEY stock_alerts_waiting (edition_id, notified_at, requested_at),
    KEY stock_alerts_requested (requested_at),
    CONSTRAINT stock_alerts_edition FOREIGN KEY (edition_id) REFERENCES editions (id) ON DELETE CASCADE,
    CONSTRAINT stock_alerts_language CHECK (language IN ('en', 'ru', 'uz')),
    CONSTRAINT stock_alerts_email_filled CHECK (email <> ''),
    CONSTRAINT stock_alerts_confirmed_first CHECK (notified_at IS NULL OR confirmed_at IS NOT NULL)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
