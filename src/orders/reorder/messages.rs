//! Words of what became of it.

crate::messages! {
    pub(super) ReorderMessages {
        filled { en: "Everything of that order is in your cart, at today's prices.", ru: "Всё из того заказа в корзине, по сегодняшним ценам.", uz: "Oʻsha buyurtmadagi hammasi savatda, bugungi narxlarda." }
        filled_in_part(titles: &str) {
            en: "What can still be had is in your cart, at today's prices. Not in full: {titles}.",
            ru: "Всё, что ещё есть, в корзине, по сегодняшним ценам. Не полностью: {titles}.",
            uz: "Hali bor narsalar savatda, bugungi narxlarda. Toʻliq emas: {titles}.",
        }
        nothing(titles: &str) {
            en: "Nothing of that order can be had now: {titles}.",
            ru: "Из того заказа сейчас ничего нет: {titles}.",
            uz: "Oʻsha buyurtmadan hozir hech narsa yoʻq: {titles}.",
        }
        missing(title: &str, format: &str) { en: "{title} ({format})", ru: "{title} ({format})", uz: "{title} ({format})" }
        and_more(n: i64) { en: "and {n} more", ru: "и ещё {n}", uz: "yana {n} ta" }
    }
}
