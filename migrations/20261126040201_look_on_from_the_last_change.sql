-- A shop that was open until now has followed the clock at least until a product changed last: whatever passed since then is
-- looked for.
INSERT INTO clock_looks (name, seen_until) SELECT 'catalog', COALESCE(MAX(updated_at), CURRENT_TIMESTAMP(6)) FROM products;
