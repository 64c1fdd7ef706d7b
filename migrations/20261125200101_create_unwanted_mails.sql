CREATE TABLE unwanted_mails (
    client_id BIGINT UNSIGNED NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (client_id, kind),
    CONSTRAINT unwanted_mails_client FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE,
    CONSTRAINT unwanted_mails_kind CHECK (kind IN ('news', 'cart_reminders', 'review_requests', 'review_replies'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
