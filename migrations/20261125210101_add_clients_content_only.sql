-- Customers may keep what other people buy out of what they are recommended.
ALTER TABLE clients
    ADD COLUMN content_only BOOLEAN NOT NULL DEFAULT FALSE AFTER marketing_consent_at;
