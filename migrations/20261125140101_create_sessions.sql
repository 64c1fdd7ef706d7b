CREATE TABLE sessions (
    id_hash BINARY(32) NOT NULL PRIMARY KEY,
    client_id BIGINT UNSIGNED NULL,
    staff_id BIGINT UNSIGNED NULL,
    data JSON NOT NULL,
    created_at DATETIME(6) NOT NULL,
    seen_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    KEY sessions_client (client_id),
    KEY sessions_staff (staff_id),
    KEY sessions_expires_at (expires_at),
    CONSTRAINT sessions_client FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE,
    CONSTRAINT sessions_one_subject CHECK ((client_id IS NULL) <> (staff_id IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
