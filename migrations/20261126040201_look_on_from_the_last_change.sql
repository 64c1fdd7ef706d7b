-- Whatever began or ended after a product changed last is still to be looked at. A shop that is open while this runs has
-- looked at everything before.
INSERT INTO clock_looks (name, seen_until) SELECT 'catalog', COALESCE(MAX(updated_at), CURRENT_TIMESTAMP(6)) FROM products;
