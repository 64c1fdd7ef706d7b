INSERT INTO invoice_series (name) VALUES ('invoice');
