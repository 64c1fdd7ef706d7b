ALTER TABLE reviews
    ADD COLUMN pending_has_spoiler BOOLEAN NULL AFTER pending_body,
    ADD COLUMN replied_at DATETIME(6) NULL AFTER reply,
    ADD COLUMN helpful_score INT UNSIGNED NOT NULL DEFAULT 0 AFTER helpful_down,
    ADD COLUMN version INT UNSIGNED NOT NULL DEFAULT 1 AFTER reports,
    ADD COLUMN queued_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) AFTER version,
    ADD COLUMN queue VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin AS (
        CASE
            WHEN status = 'pending' THEN 'new'
            WHEN status = 'approved' AND pending_rating IS NOT NULL THEN 'edited'
            WHEN status = 'approved' AND reports >= 3 THEN 'reported'
        END
    ) STORED AFTER queued_at,
    ADD KEY reviews_queue (queue, queued_at),
    ADD KEY reviews_product_created (product_id, status, created_at),
    ADD KEY reviews_product_score (product_id, status, helpful_score);
