//! The closed list of genres, and the shelves of the sample shop: one category a genre under
//! a few parents. A category of a genre carries the genre's slug.

/// A genre as a fact of a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Genre {
    /// As the files of film facts write it; also the English title.
    pub name: &'static str,
    pub slug: &'static str,
    pub title_ru: &'static str,
    pub title_uz: &'static str,
}

/// A parent shelf with its genres in the order of the menu.
#[derive(Debug, Clone, Copy)]
pub struct Shelf {
    pub slug: &'static str,
    pub title_en: &'static str,
    pub title_ru: &'static str,
    pub title_uz: &'static str,
    pub genres: &'static [Genre],
}

const fn genre(name: &'static str, slug: &'static str, title_ru: &'static str, title_uz: &'static str) -> Genre {
    Genre { name, slug, title_ru, title_uz }
}

pub const SHELVES: &[Shelf] = &[
    Shelf {
        slug: "drama-and-romance",
        title_en: "Drama & romance",
        title_ru: "Драмы и мелодрамы",
        title_uz: "Drama va melodrama",
        genres: &[
            genre("Drama", "drama", "Драма", "Drama"),
            genre("Romance", "romance", "Мелодрама", "Melodrama"),
            genre("Biography", "biography", "Биография", "Biografiya"),
            genre("History", "history", "История", "Tarix"),
            genre("Sport", "sport", "Спорт", "Sport"),
        ],
    },
    Shelf {
        slug: "action-and-adventure",
        title_en: "Action & adventure",
        title_ru: "Боевики и приключения",
        title_uz: "Jangari va sarguzasht",
        genres: &[
            genre("Action", "action", "Боевик", "Jangari"),
            genre("Adventure", "adventure", "Приключения", "Sarguzasht"),
            genre("Superhero", "superhero", "Супергерои", "Superqahramonlar"),
            genre("War", "war", "Военный фильм", "Urush"),
            genre("Western", "western", "Вестерн", "Vestern"),
        ],
    },
    Shelf {
        slug: "comedy-and-music",
        title_en: "Comedy & music",
        title_ru: "Комедии и мюзиклы",
        title_uz: "Komediya va musiqa",
        genres: &[genre("Comedy", "comedy", "Комедия", "Komediya"), genre("Musical", "musical", "Мюзикл", "Myuzikl")],
    },
    Shelf {
        slug: "crime-and-suspense",
        title_en: "Crime & suspense",
        title_ru: "Криминал и саспенс",
        title_uz: "Jinoyat va sirli voqealar",
        genres: &[
            genre("Thriller", "thriller", "Триллер", "Triller"),
            genre("Crime", "crime", "Криминал", "Kriminal"),
            genre("Mystery", "mystery", "Детектив", "Detektiv"),
            genre("Film Noir", "film-noir", "Нуар", "Nuar"),
            genre("Horror", "horror", "Ужасы", "Qoʻrqinchli kino"),
        ],
    },
    Shelf {
        slug: "science-fiction-and-fantasy",
        title_en: "Science fiction & fantasy",
        title_ru: "Фантастика и фэнтези",
        title_uz: "Fantastika va fentezi",
        genres: &[
            genre("Science Fiction", "science-fiction", "Научная фантастика", "Ilmiy fantastika"),
            genre("Fantasy", "fantasy", "Фэнтези", "Fentezi"),
        ],
    },
    Shelf {
        slug: "for-the-whole-family",
        title_en: "For the whole family",
        title_ru: "Для всей семьи",
        title_uz: "Butun oila uchun",
        genres: &[
            genre("Family", "family", "Семейный фильм", "Oilaviy kino"),
            genre("Animation", "animation", "Мультфильм", "Multfilm"),
        ],
    },
    Shelf {
        slug: "documentary-and-early-cinema",
        title_en: "Documentary & early cinema",
        title_ru: "Документальное и раннее кино",
        title_uz: "Hujjatli va ilk kino",
        genres: &[
            genre("Documentary", "documentary", "Документальный фильм", "Hujjatli film"),
            genre("Silent", "silent", "Немое кино", "Ovozsiz kino"),
            genre("Short", "short", "Короткометражный фильм", "Qisqa metrajli film"),
        ],
    },
];

/// All genres, in the order of the shelves.
pub fn all() -> impl Iterator<Item = &'static Genre> {
    SHELVES.iter().flat_map(|shelf| shelf.genres)
}

/// The genre of that English name, whatever its case.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Genre> {
    all().find(|genre| genre.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::slug::slugify;
    use std::collections::HashSet;

    #[test]
    fn twenty_four_genres_and_no_slug_twice() {
        assert_eq!(all().count(), 24);
        let slugs: HashSet<&str> =
            all().map(|genre| genre.slug).chain(SHELVES.iter().map(|shelf| shelf.slug)).collect();
        assert_eq!(slugs.len(), 24 + SHELVES.len());
        assert!(all().all(|genre| slugify(genre.name) == genre.slug));
    }

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(by_name("film noir").map(|genre| genre.slug), Some("film-noir"));
        assert_eq!(by_name("Noir"), None);
    }
}
