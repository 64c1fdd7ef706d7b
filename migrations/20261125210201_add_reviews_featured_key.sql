-- The home page shows the last featured reviews of all films.
ALTER TABLE reviews
    ADD KEY reviews_featured (is_featured, status, created_at);
