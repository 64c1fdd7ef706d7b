-- What the doctor found, each time that it was asked. A run that died has no end.
CREATE TABLE doctor_runs (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    asked_by VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    started_at DATETIME(6) NOT NULL,
    finished_at DATETIME(6) NULL,
    wrong INT UNSIGNED NOT NULL DEFAULT 0,
    wrong_in_books INT UNSIGNED NOT NULL DEFAULT 0,
    looks JSON NOT NULL,
    KEY doctor_runs_started_at (started_at),
    CONSTRAINT doctor_runs_wrong CHECK (wrong_in_books <= wrong),
    CONSTRAINT doctor_runs_finished CHECK (finished_at IS NULL OR finished_at >= started_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
