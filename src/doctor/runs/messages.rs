//! Words of the notice about a night's findings.

crate::messages! {
    pub(super) RunMessages {
        books_title(n: plural) {
            en: ["The books do not agree: {n} row", "The books do not agree: {n} rows"],
            ru: ["Учёт не сходится: {n} запись", "Учёт не сходится: {n} записи", "Учёт не сходится: {n} записей"],
            uz: ["Hisob-kitob mos emas: {n} ta yozuv"],
        }
        title(n: plural) {
            en: ["The shop is not well: {n} finding", "The shop is not well: {n} findings"],
            ru: ["С магазином не всё в порядке: {n} замечание", "С магазином не всё в порядке: {n} замечания", "С магазином не всё в порядке: {n} замечаний"],
            uz: ["Doʻkonda nosozlik bor: {n} ta"],
        }
        finding(what: &str, next: &str) { en: "{what}. Next: {next}", ru: "{what}. Дальше: {next}", uz: "{what}. Keyin: {next}" }
        next {
            en: "All of it stands on /admin/system; “marquee doctor” looks again.",
            ru: "Всё это – на странице /admin/system; «marquee doctor» проверит ещё раз.",
            uz: "Hammasi /admin/system sahifasida; “marquee doctor” qayta tekshiradi.",
        }
    }
}
