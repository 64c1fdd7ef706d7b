-- What the shop's people did. Rows are added and never changed: the triggers of the next files see to it.
CREATE TABLE audit_log (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    actor VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    action VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    object VARCHAR(128) NOT NULL,
    `before` JSON NULL,
    `after` JSON NULL,
    ip VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
    request_id VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    change_set_id BIGINT UNSIGNED NULL,
    created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    KEY audit_log_object (object, id),
    KEY audit_log_actor (actor, id),
    KEY audit_log_change_set (change_set_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
