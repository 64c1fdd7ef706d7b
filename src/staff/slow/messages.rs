//! Words of the page of slow statements.

crate::messages! {
    pub SlowMessages {
        title { en: "Slow statements", ru: "Медленные запросы", uz: "Sekin soʻrovlar" }
        lead(ms: i64) { en: "Statements of the database that took {ms} ms or more, in the last 30 days. Values are not kept.", ru: "Запросы к базе данных, которые заняли {ms} мс и больше, за последние 30 дней. Значения не хранятся.", uz: "Soʻnggi 30 kunda {ms} ms yoki undan koʻp vaqt olgan maʼlumotlar bazasi soʻrovlari. Qiymatlar saqlanmaydi." }
        is_off { en: "Nothing is noted: MARQUEE_SLOW_MS is 0.", ru: "Ничего не отмечается: MARQUEE_SLOW_MS равно 0.", uz: "Hech narsa qayd etilmaydi: MARQUEE_SLOW_MS 0 ga teng." }
        nothing { en: "No statement took that long.", ru: "Ни один запрос не был таким долгим.", uz: "Hech bir soʻrov buncha uzoq davom etmadi." }
        by_total { en: "Most time in all", ru: "Больше всего времени", uz: "Jami eng koʻp vaqt" }
        by_slowest { en: "Slowest", ru: "Самые долгие", uz: "Eng sekinlari" }
        order { en: "Order", ru: "Порядок", uz: "Tartib" }
        table { en: "Slow statements, table", ru: "Таблица медленных запросов", uz: "Sekin soʻrovlar jadvali" }
        statement { en: "Statement", ru: "Запрос", uz: "Soʻrov" }
        asked_by { en: "Asked by", ru: "Откуда", uz: "Kim soʻragan" }
        times { en: "Times", ru: "Раз", uz: "Marta" }
        total { en: "In all, ms", ru: "Всего, мс", uz: "Jami, ms" }
        mean { en: "On average, ms", ru: "В среднем, мс", uz: "Oʻrtacha, ms" }
        slowest { en: "Slowest, ms", ru: "Дольше всего, мс", uz: "Eng sekini, ms" }
        rows { en: "Rows at most", ru: "Строк, не больше", uz: "Qatorlar, koʻpi bilan" }
        last_seen { en: "Last seen", ru: "Последний раз", uz: "Oxirgi marta" }
    }
}
