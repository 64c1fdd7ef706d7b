//! Words of the dashboard.

crate::messages! {
    pub DashboardMessages {
        sales_today { en: "Sales today", ru: "Продажи сегодня", uz: "Bugungi sotuv" }
        sales_week { en: "Sales, 7 days", ru: "Продажи за 7 дней", uz: "7 kunlik sotuv" }
        orders(n: plural) { en: ["{n} order", "{n} orders"], ru: ["{n} заказ", "{n} заказа", "{n} заказов"], uz: ["{n} ta buyurtma"] }
        reviews_waiting { en: "Reviews to read", ru: "Отзывы на проверку", uz: "Tekshiriladigan sharhlar" }
        running_low { en: "Running low", ru: "Заканчиваются", uz: "Kam qolgan" }
        editions { en: "editions", ru: "изданий", uz: "nashr" }
        open_orders { en: "Open orders", ru: "Открытые заказы", uz: "Ochiq buyurtmalar" }
        status { en: "Status", ru: "Статус", uz: "Holat" }
        number { en: "Number", ru: "Количество", uz: "Soni" }
        film { en: "Film", ru: "Фильм", uz: "Film" }
        left { en: "Left", ru: "Осталось", uz: "Qoldi" }
        books_disagree(n: plural) {
            en: ["The books do not agree: {n} row", "The books do not agree: {n} rows"],
            ru: ["Учёт не сходится: {n} запись", "Учёт не сходится: {n} записи", "Учёт не сходится: {n} записей"],
            uz: ["Hisob-kitob mos emas: {n} ta yozuv"],
        }
        see_system { en: "See the rows and what to do", ru: "Посмотреть записи и что делать", uz: "Yozuvlarni va nima qilishni koʻrish" }
        jobs { en: "Background jobs", ru: "Фоновые задания", uz: "Fon vazifalari" }
        queue { en: "Queue", ru: "Очередь", uz: "Navbat" }
        state { en: "State", ru: "Состояние", uz: "Ahvoli" }
        given_up { en: "Given up", ru: "Не удалось", uz: "Bajarilmagan" }
        keeps_up { en: "Keeps up", ru: "Успевает", uz: "Ulguryapti" }
        behind(minutes: i64) { en: "{minutes} min behind", ru: "Отстаёт на {minutes} мин", uz: "{minutes} daqiqa orqada" }
        late(minutes: i64) { en: "Late: {minutes} min behind", ru: "Задержка: {minutes} мин", uz: "Kechikmoqda: {minutes} daqiqa" }
    }
}
