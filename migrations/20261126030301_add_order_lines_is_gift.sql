-- What was bought for somebody else is not owned by whoever bought it.
ALTER TABLE order_lines
    ADD COLUMN is_gift BOOLEAN NOT NULL DEFAULT FALSE AFTER quantity;
