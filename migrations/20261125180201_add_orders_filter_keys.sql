-- The desk's list goes by time within each filter, also where one filter is met by most orders and another by none of those.
ALTER TABLE orders
    ADD KEY orders_payment_status_placed (payment_status, status, placed_at),
    ADD KEY orders_delivery_placed (delivery_type, placed_at);
