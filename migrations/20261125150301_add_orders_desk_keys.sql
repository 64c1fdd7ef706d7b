-- The desk lists orders by the time at which they were placed, and finds them by the end of a phone number: written from
-- its end, that is a beginning, which an index finds.
ALTER TABLE orders
    ADD COLUMN phone_reversed VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin AS (REVERSE(phone)) STORED,
    ADD KEY orders_phone_reversed (phone_reversed),
    ADD KEY orders_placed (placed_at);
