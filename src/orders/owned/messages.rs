//! Words of what a customer owns already.

crate::messages! {
    pub OwnedMessages {
        since(format: &str, date: &str) { en: "{format} since {date}", ru: "{format} с {date}", uz: "{format} ({date}dan beri)" }
        film(editions: &str) { en: "You already own this film: {editions}.", ru: "Этот фильм у вас уже есть: {editions}.", uz: "Bu film sizda allaqachon bor: {editions}." }
        edition(edition: &str) { en: "You already own this: {edition}.", ru: "Это издание у вас уже есть: {edition}.", uz: "Bu nashr sizda allaqachon bor: {edition}." }

        of_these { en: "Of these films you already own:", ru: "Из этих фильмов у вас уже есть:", uz: "Bu filmlardan sizda allaqachon bor:" }

        title { en: "You already own this", ru: "Это у вас уже есть", uz: "Bu sizda allaqachon bor" }
        ask(title: &str, format: &str, date: &str) {
            en: "You bought {title} on {format} on {date}. Do you want it once more, as a gift perhaps?",
            ru: "Вы купили «{title}» ({format}): {date}. Нужен ещё один экземпляр, например в подарок?",
            uz: "“{title}” ({format}) filmini {date} kuni sotib olgansiz. Yana bittasi kerakmi, balki sovgʻagadir?",
        }
        ask_all {
            en: "You bought these before. Do you want them once more, as gifts perhaps?",
            ru: "Вы уже покупали это. Нужны ещё экземпляры, например в подарок?",
            uz: "Bularni avval sotib olgansiz. Yana kerakmi, balki sovgʻagadir?",
        }
        named(title: &str, edition: &str) { en: "{title}: {edition}", ru: "{title}: {edition}", uz: "{title}: {edition}" }
        again { en: "Add once more", ru: "Добавить ещё раз", uz: "Yana qoʻshish" }
        back { en: "No, go back", ru: "Нет, вернуться", uz: "Yoʻq, qaytish" }
    }
}
