-- What was written to somebody is found when their account is deleted.
ALTER TABLE messages
    ADD KEY messages_to (`to`);
