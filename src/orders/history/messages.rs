//! Words of the list of a customer's orders.

crate::messages! {
    pub(super) HistoryMessages {
        title { en: "Your orders", ru: "Ваши заказы", uz: "Buyurtmalaringiz" }
        lead(n: plural) { en: ["{n} order so far.", "{n} orders so far."], ru: ["Всего {n} заказ.", "Всего {n} заказа.", "Всего {n} заказов."], uz: ["Jami {n} ta buyurtma."] }
        placed { en: "Placed", ru: "Оформлен", uz: "Berilgan" }
        total { en: "Total", ru: "Сумма", uz: "Summa" }
        follow { en: "See the order", ru: "Открыть заказ", uz: "Buyurtmani ochish" }
        invoice { en: "Invoice", ru: "Счёт", uz: "Hisob-faktura" }
        empty_title { en: "Nothing ordered yet", ru: "Заказов пока нет", uz: "Hali buyurtma yoʻq" }
        empty { en: "What you order stands here, with its progress and its invoice.", ru: "Здесь появятся ваши заказы, их состояние и счета.", uz: "Buyurtmalaringiz, ularning holati va hisob-fakturalari shu yerda turadi." }
        browse { en: "Look at films", ru: "Смотреть фильмы", uz: "Filmlarni koʻrish" }
    }
}
