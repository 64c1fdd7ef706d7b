//! Words of reports.

crate::messages! {
    pub(super) ReportMessages {
        reason { en: "This report is for the people of the shop.", ru: "Этот отчёт для сотрудников магазина.", uz: "Bu hisobot doʻkon xodimlari uchun." }
        daily(date: &str) { en: "Daily report: {date}", ru: "Отчёт за день: {date}", uz: "Kunlik hisobot: {date}" }
        weekly(first: &str, last: &str) { en: "Weekly report: {first} to {last}", ru: "Отчёт за неделю: {first} – {last}", uz: "Haftalik hisobot: {first} – {last}" }
        than_day(date: &str) { en: "In brackets: {date}", ru: "В скобках: {date}", uz: "Qavs ichida: {date}" }
        than_week(first: &str, last: &str) { en: "In brackets: {first} to {last}", ru: "В скобках: {first} – {last}", uz: "Qavs ichida: {first} – {last}" }

        sales { en: "Sales", ru: "Продажи", uz: "Sotuvlar" }
        orders { en: "Orders placed", ru: "Оформлено заказов", uz: "Berilgan buyurtmalar" }
        cancelled { en: "Of them cancelled", ru: "Из них отменено", uz: "Shundan bekor qilingan" }
        units { en: "Units", ru: "Единиц товара", uz: "Mahsulot soni" }
        turnover { en: "Turnover", ru: "Оборот", uz: "Aylanma" }
        average { en: "Average order", ru: "Средний заказ", uz: "Oʻrtacha buyurtma" }
        refunded { en: "Refunded", ru: "Возвращено", uz: "Qaytarilgan" }
        by_payment { en: "By payment", ru: "По оплате", uz: "Toʻlov boʻyicha" }
        by_delivery { en: "By delivery", ru: "По доставке", uz: "Yetkazib berish boʻyicha" }
        count_and_sum(n: plural, sum: &str) {
            en: ["{n} order, {sum}", "{n} orders, {sum}"],
            ru: ["{n} заказ, {sum}", "{n} заказа, {sum}", "{n} заказов, {sum}"],
            uz: ["{n} ta buyurtma, {sum}"],
        }
        best { en: "Best films", ru: "Лучшие фильмы", uz: "Eng yaxshi filmlar" }
        sold(n: plural, sum: &str) {
            en: ["{n} unit, {sum}", "{n} units, {sum}"],
            ru: ["{n} штука, {sum}", "{n} штуки, {sum}", "{n} штук, {sum}"],
            uz: ["{n} dona, {sum}"],
        }
        best_categories { en: "Best categories", ru: "Лучшие категории", uz: "Eng yaxshi kategoriyalar" }
        pages { en: "Kept pages", ru: "Сохранённые страницы", uz: "Saqlangan sahifalar" }
        sent_kept { en: "Sent without making them", ru: "Отправлено готовыми", uz: "Tayyor holda yuborilgan" }
        made { en: "Made", ru: "Создано", uz: "Yasalgan" }
        share(percent: u64, before: &str) { en: "{percent} % ({before})", ru: "{percent} % ({before})", uz: "{percent} % ({before})" }
        failures { en: "Answers that failed, by route", ru: "Ошибочные ответы по адресам", uz: "Xato javoblar, manzillar boʻyicha" }
        slow { en: "Statements that took most time, of those seen since then", ru: "Запросы, занявшие больше всего времени, из замеченных с тех пор", uz: "Shundan beri koʻrilganlar ichida eng koʻp vaqt olgan soʻrovlar" }
        slow_row(times: u64, total: u64, longest: u64, origin: &str) {
            en: "{times} times, {total} ms in all, {longest} ms at most, for {origin}",
            ru: "{times} раз, всего {total} мс, не дольше {longest} мс, для {origin}",
            uz: "{times} marta, jami {total} ms, eng uzogʻi {longest} ms, {origin} uchun",
        }
        nothing { en: "nothing", ru: "ничего", uz: "hech narsa" }

        low { en: "Low stock", ru: "Заканчивается", uz: "Tugayapti" }
        low_title(n: plural) {
            en: ["Low stock: {n} edition", "Low stock: {n} editions"],
            ru: ["Заканчивается: {n} издание", "Заканчиваются: {n} издания", "Заканчиваются: {n} изданий"],
            uz: ["Tugayapti: {n} ta nashr"],
        }
        low_lead(date: &str) { en: "As of {date}, the scarcest first.", ru: "На {date}, начиная с самых редких.", uz: "{date} holatiga koʻra, eng kamidan boshlab." }
        left(n: plural) { en: ["{n} left", "{n} left"], ru: ["остался {n}", "осталось {n}", "осталось {n}"], uz: ["{n} ta qoldi"] }
        sold_out { en: "sold out", ru: "распродано", uz: "tugagan" }
        more { en: "And besides", ru: "И ещё", uz: "Va yana" }
        editions(n: plural) { en: ["{n} edition", "{n} editions"], ru: ["{n} издание", "{n} издания", "{n} изданий"], uz: ["{n} ta nashr"] }

        work { en: "Work behind the counter", ru: "Работа за прилавком", uz: "Peshtaxta ortidagi ish" }
        queue(name: &str) { en: "Queue {name}", ru: "Очередь {name}", uz: "{name} navbati" }
        waits(seconds: i64, parked: i64) { en: "oldest job waits {seconds} s, {parked} parked", ru: "старейшая задача ждёт {seconds} с, отложено {parked}", uz: "eng eski ish {seconds} s kutmoqda, {parked} ta chetga qoʻyilgan" }
        parked_messages { en: "Messages given up", ru: "Недоставленных сообщений", uz: "Yetkazilmagan xabarlar" }
        failed_messages { en: "Messages to be tried again", ru: "Сообщений в повторе", uz: "Qayta yuboriladigan xabarlar" }

        parked_title(kind: &str) { en: "A job was given up: {kind}", ru: "Задача отложена: {kind}", uz: "Ish chetga qoʻyildi: {kind}" }
        parked_lead(id: u64) {
            en: "Once its cause is mended, “marquee jobs retry {id}” has it tried again.",
            ru: "Когда причина устранена, «marquee jobs retry {id}» запускает её снова.",
            uz: "Sababi bartaraf etilgach, “marquee jobs retry {id}” uni qayta ishga tushiradi.",
        }
        parked_job { en: "Job", ru: "Задача", uz: "Ish" }
        parked_queue { en: "Queue", ru: "Очередь", uz: "Navbat" }
        parked_attempts { en: "Attempts", ru: "Попыток", uz: "Urinishlar" }
        parked_reason { en: "Reason", ru: "Причина", uz: "Sabab" }

        definition {
            en: "Turnover is what the orders placed in this time come to, delivery and tax included, without those cancelled and less what was refunded; the average order is its share. Days are the shop’s.",
            ru: "Оборот — сумма заказов, оформленных за это время, с доставкой и налогом, без отменённых и за вычетом возвратов; средний заказ — его доля. Дни — по времени магазина.",
            uz: "Aylanma — shu vaqtda berilgan buyurtmalar summasi, yetkazish va soliq bilan, bekor qilinganlarsiz va qaytarilgan pullarsiz; oʻrtacha buyurtma — uning ulushi. Kunlar doʻkon vaqti boʻyicha.",
        }
    }
}
