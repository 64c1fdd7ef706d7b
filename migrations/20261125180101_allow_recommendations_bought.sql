ALTER TABLE recommendations
    DROP CONSTRAINT recommendations_reason,
    ADD CONSTRAINT recommendations_reason CHECK (reason IN ('director', 'cast', 'genre_decade', 'genre', 'studio', 'decade', 'bought'));
