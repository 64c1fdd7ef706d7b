//! Words of the cart.

crate::messages! {
    /// Words of the cart page and of the messages after a change.
    pub CartMessages {
        title { en: "Your cart", ru: "Корзина", uz: "Savatingiz" }
        error_title(title: &str) { en: "Error: {title}", ru: "Ошибка: {title}", uz: "Xato: {title}" }
        lines { en: "Films in the cart", ru: "Фильмы в корзине", uz: "Savatdagi filmlar" }
        keep_looking { en: "Keep looking", ru: "Смотреть дальше", uz: "Tanlashda davom etish" }

        quantity_of(title: &str) { en: "Quantity of {title}", ru: "Количество: {title}", uz: "Soni: {title}" }
        update { en: "Update", ru: "Обновить", uz: "Yangilash" }
        remove { en: "Remove", ru: "Убрать", uz: "Olib tashlash" }
        gift { en: "It is a gift", ru: "Это подарок", uz: "Bu sovgʻa" }
        is_gift { en: "A gift for somebody.", ru: "В подарок.", uz: "Sovgʻa uchun." }
        no_gift { en: "Not a gift", ru: "Не подарок", uz: "Sovgʻa emas" }
        gift_set(title: &str) { en: "{title} is a gift.", ru: "«{title}» — подарок.", uz: "“{title}” — sovgʻa." }
        gift_unset(title: &str) { en: "{title} is no gift.", ru: "«{title}» — не подарок.", uz: "“{title}” — sovgʻa emas." }
        each(price: &str) { en: "{price} each", ru: "{price} за штуку", uz: "bittasi {price}" }

        withdrawn { en: "No longer sold", ru: "Больше не продаётся", uz: "Endi sotilmaydi" }
        not_counted { en: "Not counted in the total", ru: "В сумму не входит", uz: "Jamiga qoʻshilmagan" }

        price_rose(from: &str, to: &str) {
            en: "The price rose from {from} to {to} since you were last here.",
            ru: "С прошлого раза цена выросла: было {from}, стало {to}.",
            uz: "Oxirgi marta kirganingizdan beri narx {from} dan {to} ga koʻtarildi.",
        }
        price_fell(from: &str, to: &str) {
            en: "The price fell from {from} to {to} since you were last here.",
            ru: "С прошлого раза цена снизилась: было {from}, стало {to}.",
            uz: "Oxirgi marta kirganingizdan beri narx {from} dan {to} ga tushdi.",
        }
        too_many(n: plural) {
            en: ["You can have {n} of it. Lower the quantity to go on.", "You can have {n} of it. Lower the quantity to go on."],
            ru: [
                "Можно заказать {n} штуку. Уменьшите количество, чтобы продолжить.",
                "Можно заказать {n} штуки. Уменьшите количество, чтобы продолжить.",
                "Можно заказать {n} штук. Уменьшите количество, чтобы продолжить.",
            ],
            uz: ["{n} ta olish mumkin. Davom etish uchun sonini kamaytiring."],
        }
        take(n: i64) { en: "Take {n}", ru: "Взять {n}", uz: "{n} ta olish" }
        lower_quantity {
            en: "Lower the marked quantity to go to checkout.",
            ru: "Уменьшите отмеченное количество, чтобы перейти к оформлению.",
            uz: "Rasmiylashtirish uchun belgilangan sonni kamaytiring.",
        }

        unavailable(n: plural) {
            en: [
                "{n} film in your cart can no longer be bought. Remove it to go to checkout.",
                "{n} films in your cart can no longer be bought. Remove them to go to checkout.",
            ],
            ru: [
                "{n} фильм из корзины уже нельзя купить. Уберите его, чтобы перейти к оформлению.",
                "{n} фильма из корзины уже нельзя купить. Уберите их, чтобы перейти к оформлению.",
                "{n} фильмов из корзины уже нельзя купить. Уберите их, чтобы перейти к оформлению.",
            ],
            uz: ["Savatdagi {n} ta filmni endi sotib olib boʻlmaydi. Rasmiylashtirish uchun ularni olib tashlang."],
        }
        remove_unavailable { en: "Remove what is not available", ru: "Убрать недоступное", uz: "Mavjud boʻlmaganlarni olib tashlash" }

        note_label { en: "A gift line or a wish about the order", ru: "Слова к подарку или пожелание к заказу", uz: "Sovgʻa uchun tilak yoki buyurtma boʻyicha istak" }
        note_hint { en: "Up to 500 characters. It is printed on the packing slip.", ru: "До 500 знаков. Мы напечатаем это на упаковочном листе.", uz: "500 ta belgigacha. Qadoqlash varagʻida chop etiladi." }
        note_save { en: "Save note", ru: "Сохранить", uz: "Izohni saqlash" }

        summary { en: "Summary", ru: "Итого", uz: "Hisob" }
        units(n: plural) { en: ["{n} item", "{n} items"], ru: ["{n} товар", "{n} товара", "{n} товаров"], uz: ["{n} ta mahsulot"] }
        from_price(price: &str) { en: "from {price}", ru: "от {price}", uz: "{price} dan" }
        arrives(dates: &str) { en: "Arrives {dates}", ru: "Прибудет {dates}", uz: "Yetib boradi: {dates}" }
        total { en: "Total", ru: "Всего", uz: "Jami" }
        tax { en: "of which tax", ru: "в том числе налог", uz: "shundan soliq" }
        free_delivery_missing(amount: &str) {
            en: "Add {amount} more and standard delivery is free.",
            ru: "Добавьте ещё на {amount}, и обычная доставка будет бесплатной.",
            uz: "Yana {amount} lik qoʻshsangiz, oddiy yetkazib berish bepul boʻladi.",
        }
        free_delivery { en: "Standard delivery is free.", ru: "Обычная доставка бесплатна.", uz: "Oddiy yetkazib berish bepul." }
        checkout { en: "Go to checkout", ru: "Перейти к оформлению", uz: "Rasmiylashtirishga oʻtish" }
        prices_include_tax { en: "Prices include tax. Nothing is reserved until you place the order.", ru: "Цены указаны с налогом. До оформления заказа ничего не резервируется.", uz: "Narxlar soliq bilan. Buyurtma berilmaguncha hech narsa band qilinmaydi." }

        empty_title { en: "An empty house", ru: "Пустой зал", uz: "Boʻsh zal" }
        empty_text { en: "Nothing in the cart yet. The lights are down and the seats are free.", ru: "В корзине пока ничего нет. Свет погашен, места свободны.", uz: "Savatda hozircha hech narsa yoʻq. Chiroqlar oʻchgan, joylar boʻsh." }
        browse { en: "Browse all films", ru: "Смотреть все фильмы", uz: "Barcha filmlarni koʻrish" }

        added(title: &str) { en: "{title} is in your cart.", ru: "«{title}» — в корзине.", uz: "«{title}» savatga qoʻshildi." }
        added_cut(n: plural, title: &str) {
            en: [
                "There is only {n} of {title}: that is what your cart holds now.",
                "There are only {n} of {title}: that is what your cart holds now.",
            ],
            ru: [
                "«{title}»: есть только {n} штука, столько теперь и в корзине.",
                "«{title}»: есть только {n} штуки, столько теперь и в корзине.",
                "«{title}»: есть только {n} штук, столько теперь и в корзине.",
            ],
            uz: ["«{title}»: faqat {n} ta bor, savatda endi shuncha."],
        }
        limited(n: plural, title: &str) {
            en: [
                "One order may hold {n} of {title}: that is what your cart holds now.",
                "One order may hold up to {n} of {title}: that is what your cart holds now.",
            ],
            ru: [
                "«{title}»: в одном заказе может быть {n} штука, столько теперь и в корзине.",
                "«{title}»: в одном заказе может быть до {n} штук, столько теперь и в корзине.",
                "«{title}»: в одном заказе может быть до {n} штук, столько теперь и в корзине.",
            ],
            uz: ["«{title}»: bitta buyurtmada {n} tagacha boʻlishi mumkin, savatda endi shuncha."],
        }
        not_added(title: &str) {
            en: "{title} has just sold out, so it is not in your cart.",
            ru: "«{title}» только что раскупили, поэтому в корзине его нет.",
            uz: "«{title}» hozirgina sotib tugatildi, shuning uchun savatda yoʻq.",
        }
        cart_full(n: plural) {
            en: ["The cart holds {n} film.", "The cart holds up to {n} different editions. Order these first, or remove one."],
            ru: [
                "В корзине помещается {n} издание. Сначала закажите его или уберите.",
                "В корзине помещается до {n} разных изданий. Сначала закажите эти или уберите одно.",
                "В корзине помещается до {n} разных изданий. Сначала закажите эти или уберите одно.",
            ],
            uz: ["Savatga {n} xil nashr sigʻadi. Avval shularni buyurtma qiling yoki birini olib tashlang."],
        }
        changed(n: plural, title: &str) {
            en: ["{title}: {n} in the cart.", "{title}: {n} in the cart."],
            ru: ["«{title}»: в корзине {n} штука.", "«{title}»: в корзине {n} штуки.", "«{title}»: в корзине {n} штук."],
            uz: ["«{title}»: savatda {n} ta."],
        }
        removed(title: &str) { en: "{title} was removed from your cart.", ru: "«{title}» больше не в корзине.", uz: "«{title}» savatdan olib tashlandi." }
        unavailable_removed(n: plural) {
            en: ["{n} film that could not be bought was removed.", "{n} films that could not be bought were removed."],
            ru: ["Убран {n} недоступный фильм.", "Убраны {n} недоступных фильма.", "Убрано {n} недоступных фильмов."],
            uz: ["Mavjud boʻlmagan {n} ta film olib tashlandi."],
        }
        cleared { en: "Your cart is empty now.", ru: "Корзина теперь пуста.", uz: "Savatingiz endi boʻsh." }
        note_saved { en: "The note is saved.", ru: "Примечание сохранено.", uz: "Izoh saqlandi." }

        quantity_error(most: u32) { en: "Enter a whole number from 0 to {most}", ru: "Введите целое число от 0 до {most}", uz: "0 dan {most} gacha butun son kiriting" }
        note_too_long(n: plural) {
            en: ["The note is {n} character too long", "The note is {n} characters too long"],
            ru: ["Примечание длиннее на {n} знак", "Примечание длиннее на {n} знака", "Примечание длиннее на {n} знаков"],
            uz: ["Izoh {n} ta belgiga uzun"],
        }
    }
}
