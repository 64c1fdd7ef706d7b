-- Whoever owns an edition may want it once more for somebody else.
ALTER TABLE cart_items
    ADD COLUMN is_gift BOOLEAN NOT NULL DEFAULT FALSE AFTER quantity;
