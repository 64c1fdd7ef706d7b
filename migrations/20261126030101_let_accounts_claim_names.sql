-- Whoever registers with an address may shop at once, before the address is known to be theirs. If it could be one account's only,
-- an account that was not let in would tell that the address is a customer's. So an account holds its address once that is
-- confirmed, and only claims it before; of its number the same is true, unless another account holds it.
ALTER TABLE clients
    ADD COLUMN shares_phone BOOLEAN NOT NULL DEFAULT FALSE AFTER phone,
    ADD COLUMN held_email VARCHAR(254) AS (CASE WHEN email_verified_at IS NOT NULL THEN email END) STORED,
    ADD COLUMN held_phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin AS (CASE WHEN email_verified_at IS NOT NULL AND NOT shares_phone THEN phone END) STORED,
    DROP KEY clients_email,
    DROP KEY clients_phone,
    ADD UNIQUE KEY clients_held_email (held_email),
    ADD UNIQUE KEY clients_held_phone (held_phone),
    ADD KEY clients_email (email),
    ADD KEY clients_phone (phone);
