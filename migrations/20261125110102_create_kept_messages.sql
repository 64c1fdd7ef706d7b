CREATE TABLE kept_messages (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    dedupe_key VARCHAR(110) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    channel VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `to` VARCHAR(254) NOT NULL,
    subject VARCHAR(500) NOT NULL,
    headers TEXT NOT NULL,
    text MEDIUMTEXT NOT NULL,
    html MEDIUMTEXT NOT NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    UNIQUE KEY kept_messages_dedupe_key (dedupe_key),
    CONSTRAINT kept_messages_channel CHECK (channel IN ('email', 'telegram'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
