//! Film files: from bytes that may be anything to checked [`FilmDraft`](super::draft::FilmDraft)s, one row at a time.
//!
//! # The file
//!
//! CSV in UTF-8 (a byte order mark is fine), commas, double quotes where needed, LF or CRLF, one
//! header row. `slug`, `title` and `year` must be there; every other column may be left out, and
//! an empty cell means *not said*: it never empties what the shop has.
//!
//! | column | value |
//! |---|---|
//! | `slug` | lower-case ASCII words joined by hyphens, unique in the file, at most 150 characters |
//! | `title`, `original_title`, `title_ru`, `title_uz` | at most 300 characters |
//! | `description_en`, `description_ru`, `description_uz` | at most 16,000 characters, may have line breaks |
//! | `year` | 1888 to 2100 |
//! | `director`, `cast` | names separated by a bar, at most 50 of 150 characters |
//! | `genres` | names of the closed list, separated by a bar |
//! | `studio`, `country` | at most 150 and 60 characters |
//! | `runtime_min` | 1 to 1000 |
//! | `certificate` | `G`, `PG`, `PG-13`, `R`, `NC-17` or `Not Rated` |
//! | `rating`, `votes` | taken and ignored: ratings come from the shop's own reviews |
//!
//! # Editions
//!
//! Columns named `<format>_<value>` speak of a film's edition of that format, where the format is
//! `dvd`, `blu_ray`, `uhd_4k`, `box_set`, `digital_hd` or `digital_4k` and the value one of:
//!
//! | value | meaning |
//! |---|---|
//! | `sku` | capital letters, digits, `-`, `_`, `.`; at most 64; by rule where not said |
//! | `barcode` | 8 to 14 digits |
//! | `price`, `sale_price` | `19.99`, in the shop's currency, 0.01 to 1,000,000; the sale below the price |
//! | `sale_from`, `sale_to` | `2026-11-27`, midnight UTC; the second is the first day without the sale |
//! | `stock`, `low_stock_at` | 0 to 1,000,000; stock is what is there now; not for digital editions |
//! | `region`, `discs` | at most 8 letters and digits; 1 to 99 |
//! | `max_per_order` | 1 to 99 |
//! | `release_date` | `2026-11-27` |
//!
//! A film without a filled edition cell that has no editions yet gets them by the sample's rule,
//! one that has some keeps them as they are. A filled cell sets that value of the film's edition
//! of the format, or makes the edition when `price` is among the filled ones. A filled `price` or
//! `sale_price` sets the whole offer: a price without a sale price beside it ends the sale.
//!
//! # Refusals
//!
//! A row with anything wrong stores nothing of itself and is named by line, column and reason; the
//! other rows are taken. A broken header refuses the whole file. Besides wrong values these are
//! refused: a slug that an earlier row had, cells with control characters or text-direction
//! overrides, and cells that a spreadsheet would run as a formula (`=1+1`, `@SUM(…)`, `+cmd|…`,
//! `-2+3`); a title such as `+1` or `-30-` is no formula and is taken.
//!
//! Quotes that never close, or close inside a cell, cost their own line only: reading goes on
//! with the next one. (This is why the reader is our own: the usual one takes the rest of the
//! file for one cell, and holds it in memory.)

mod cells;
mod columns;
mod problem;
mod records;
mod row;

pub use problem::{Problem, Reason};
pub use row::{Row, Rows};

#[cfg(test)]
mod tests;
