-- What a card shows of a film's people, genres and editions, so that a list is one read by primary key.
-- card_editions: an edition a word, its parts parted by commas: format, price, sale price, start and end of the sale in
-- microseconds since 1970, 1 while it can be had.
ALTER TABLE products
    ADD COLUMN card_director VARCHAR(255) NULL,
    ADD COLUMN card_genre VARCHAR(190) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN card_editions TEXT CHARACTER SET ascii COLLATE ascii_bin NULL;
