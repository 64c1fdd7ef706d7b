CREATE TABLE shipment_lines (
    shipment_id BIGINT UNSIGNED NOT NULL,
    order_line_id BIGINT UNSIGNED NOT NULL,
    quantity INT UNSIGNED NOT NULL,
    PRIMARY KEY (shipment_id, order_line_id),
    KEY shipment_lines_order_line (order_line_id),
    CONSTRAINT shipment_lines_shipment FOREIGN KEY (shipment_id) REFERENCES shipments (id) ON DELETE RESTRICT,
    CONSTRAINT shipment_lines_order_line FOREIGN KEY (order_line_id) REFERENCES order_lines (id) ON DELETE RESTRICT,
    CONSTRAINT shipment_lines_quantity CHECK (quantity >= 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
