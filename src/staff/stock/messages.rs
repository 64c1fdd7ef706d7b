//! Words of the stock desk.

use crate::catalog::StockReason;

crate::messages! {
    pub StockMessages {
        lead { en: "Editions that can run out, the scarcest first", ru: "Издания, которые могут закончиться: сначала те, которых меньше", uz: "Tugashi mumkin boʻlgan nashrlar, avval eng kam qolganlari" }
        sku { en: "SKU", ru: "Артикул", uz: "Artikul" }
        sku_starts { en: "SKU begins with", ru: "Артикул начинается с", uz: "Artikul boshlanishi" }
        only_low { en: "Only what runs low", ru: "Только то, что заканчивается", uz: "Faqat kam qolganlari" }
        show { en: "Show", ru: "Показать", uz: "Koʻrsatish" }
        film { en: "Film", ru: "Фильм", uz: "Film" }
        in_stock { en: "In stock", ru: "На складе", uz: "Omborda" }
        low { en: "low", ru: "мало", uz: "kam" }
        price { en: "Price", ru: "Цена", uz: "Narx" }
        more { en: "Next page", ru: "Дальше", uz: "Keyingi sahifa" }
        nothing { en: "No edition matches", ru: "Ничего не найдено", uz: "Hech narsa topilmadi" }

        see_film { en: "Page in the shop", ru: "Страница в магазине", uz: "Doʻkondagi sahifa" }
        adjust { en: "Adjust the stock", ru: "Изменить остаток", uz: "Qoldiqni oʻzgartirish" }
        delta { en: "Units", ru: "Количество", uz: "Soni" }
        delta_hint { en: "More than nothing for what came in, less for what went: 12 or -3", ru: "Со знаком минус, если убыло: 12 или -3", uz: "Kamaygan boʻlsa minus bilan: 12 yoki -3" }
        delta_wrong { en: "Enter a whole number other than 0", ru: "Введите целое число, не 0", uz: "0 dan boshqa butun son kiriting" }
        reason { en: "Reason", ru: "Причина", uz: "Sabab" }
        reason_wrong { en: "Choose a reason", ru: "Выберите причину", uz: "Sababni tanlang" }
        note { en: "Note", ru: "Примечание", uz: "Izoh" }
        note_too_long { en: "Shorten the note to 200 characters", ru: "Сократите примечание до 200 знаков", uz: "Izohni 200 belgigacha qisqartiring" }
        not_enough { en: "There are not that many units", ru: "Столько единиц нет", uz: "Buncha dona yoʻq" }
        adjusted(stock: i32) { en: "Saved. There are {stock} now.", ru: "Сохранено. Теперь на складе {stock}.", uz: "Saqlandi. Endi omborda {stock} ta." }

        prices { en: "Price and sale", ru: "Цена и скидка", uz: "Narx va chegirma" }
        price_wrong { en: "Enter a price like 19.99", ru: "Введите цену, например 19.99", uz: "Narxni kiriting, masalan 19.99" }
        sale_price { en: "Sale price", ru: "Цена со скидкой", uz: "Chegirmadagi narx" }
        sale_price_wrong { en: "Enter a sale price below the price, or nothing", ru: "Введите цену ниже обычной или оставьте пустой", uz: "Oddiy narxdan past narx kiriting yoki boʻsh qoldiring" }
        sale_from { en: "Sale begins", ru: "Начало скидки", uz: "Chegirma boshlanishi" }
        sale_to { en: "Sale ends", ru: "Конец скидки", uz: "Chegirma tugashi" }
        time_wrong { en: "Enter date and time, or nothing", ru: "Введите дату и время или оставьте пустым", uz: "Sana va vaqtni kiriting yoki boʻsh qoldiring" }
        sale_ends_early { en: "Let the sale end after it begins", ru: "Скидка должна кончаться позже, чем начинается", uz: "Chegirma boshlanganidan keyin tugashi kerak" }
        save { en: "Save", ru: "Сохранить", uz: "Saqlash" }
        saved { en: "Saved. The shop shows it within a second.", ru: "Сохранено. В магазине видно через секунду.", uz: "Saqlandi. Doʻkonda bir soniyada koʻrinadi." }
        changed_meanwhile { en: "Somebody else changed this edition while you had it open. Nothing was saved. What you typed is still in the form; what is there now:", ru: "Пока страница была открыта, издание изменил кто-то другой. Ничего не сохранено. Введённое вами осталось в форме; сейчас записано:", uz: "Sahifa ochiq turganda nashrni boshqa kimdir oʻzgartirdi. Hech narsa saqlanmadi. Siz yozganlaringiz shaklda turibdi; hozirgi holat:" }

        ledger { en: "Ledger", ru: "Движение", uz: "Harakatlar" }
        when { en: "When", ru: "Когда", uz: "Qachon" }
        who { en: "Who", ru: "Кто", uz: "Kim" }
        change { en: "Change", ru: "Изменение", uz: "Oʻzgarish" }
        balance { en: "Then", ru: "Стало", uz: "Keyin" }
        past_prices { en: "Prices so far", ru: "Прежние цены", uz: "Oldingi narxlar" }

        initial { en: "Opening stock", ru: "Начальный остаток", uz: "Boshlangʻich qoldiq" }
        purchase { en: "Delivery came in", ru: "Поставка", uz: "Yetkazib berildi" }
        sale { en: "Sale", ru: "Продажа", uz: "Sotuv" }
        cancel { en: "Cancelled order", ru: "Отмена заказа", uz: "Bekor qilingan buyurtma" }
        return_ { en: "Return", ru: "Возврат", uz: "Qaytarilgan" }
        damage { en: "Damaged", ru: "Брак", uz: "Shikastlangan" }
        count { en: "Counted anew", ru: "Пересчёт", uz: "Qayta sanoq" }
        import { en: "Import", ru: "Импорт", uz: "Import" }
        hold { en: "Set aside", ru: "Отложено", uz: "Olib qoʻyilgan" }
        release { en: "Released", ru: "Снято с резерва", uz: "Zaxiradan chiqarilgan" }
    }
}

impl StockMessages {
    pub const fn reason_name(self, reason: StockReason) -> &'static str {
        match reason {
            StockReason::Initial => self.initial(),
            StockReason::Purchase => self.purchase(),
            StockReason::Sale => self.sale(),
            StockReason::Cancel => self.cancel(),
            StockReason::Return => self.return_(),
            StockReason::Damage => self.damage(),
            StockReason::Count => self.count(),
            StockReason::Import => self.import(),
            StockReason::Hold => self.hold(),
            StockReason::Release => self.release(),
        }
    }
}
