//! Words of the films that were looked at last.

crate::messages! {
    pub(super) RecentMessages {
        title { en: "You looked at these", ru: "Вы смотрели", uz: "Koʻrgan filmlaringiz" }
        clear { en: "Forget these films", ru: "Забыть эти фильмы", uz: "Bu filmlarni unutish" }
        cleared { en: "Forgotten.", ru: "Забыто.", uz: "Unutildi." }
    }
}
