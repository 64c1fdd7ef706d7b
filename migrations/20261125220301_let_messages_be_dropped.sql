-- What nobody wants any more when it is to go out does not.
ALTER TABLE messages
    DROP CONSTRAINT messages_status,
    ADD CONSTRAINT messages_status CHECK (status IN ('queued', 'sent', 'failed', 'parked', 'dropped'));
