-- A customer's cart that was left alone is written about once. It is found by the time of its last change, which is a fixed
-- time before it expires.
ALTER TABLE carts
    ADD COLUMN reminded_at DATETIME(6) NULL AFTER expires_at;
