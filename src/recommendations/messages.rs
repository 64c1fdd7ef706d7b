//! Words of the films that go with others.

crate::messages! {
    /// Why a film is shown beside another, and the headings above such films.
    pub RelatedMessages {
        related { en: "Related films", ru: "Похожие фильмы", uz: "Oʻxshash filmlar" }
        goes_with { en: "Goes well with these", ru: "К этому подойдёт", uz: "Bularga mos filmlar" }
        picked { en: "Our pick", ru: "Наш выбор", uz: "Bizning tanlov" }
        by(name: &str) { en: "Also by {name}", ru: "Тот же режиссёр: {name}", uz: "Rejissyori ham {name}" }
        with(name: &str) { en: "Also with {name}", ru: "В ролях тоже {name}", uz: "Bunda ham {name} rol oʻynagan" }
        genre(genre: &str) { en: "More {genre}", ru: "Ещё {genre}", uz: "Yana {genre}" }
        genre_of(genre: &str, decade: u16) {
            en: "More {genre} from the {decade}s",
            ru: "Ещё {genre} {decade}-х",
            uz: "{decade}-yillardan yana {genre}",
        }
        of_studio(name: &str) { en: "Also from {name}", ru: "Ещё от студии {name}", uz: "Yana {name} studiyasidan" }
        of_decade(decade: u16) {
            en: "Also from the {decade}s",
            ru: "Тоже из {decade}-х",
            uz: "Bu ham {decade}-yillardan",
        }
        bought_with(title: &str) {
            en: "Often bought with {title}",
            ru: "Часто берут вместе с «{title}»",
            uz: "Koʻpincha «{title}» bilan birga olinadi",
        }
        in_the_shop { en: "Also in the shop", ru: "Ещё в магазине", uz: "Doʻkonda yana bor" }
    }
}
