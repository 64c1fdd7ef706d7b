//! Words of the home page and of a film's page.

crate::messages! {
    /// Words of the home page.
    pub HomeMessages {
        title {
            en: "Films on 4K UHD, Blu-ray, DVD and digital",
            ru: "Фильмы на 4K UHD, Blu-ray, DVD и в цифре",
            uz: "4K UHD, Blu-ray, DVD va raqamli filmlar",
        }
        description {
            en: "Films on 4K UHD, Blu-ray, DVD and digital, from the first classics to this year.",
            ru: "Фильмы на 4K UHD, Blu-ray, DVD и в цифровом виде: от первой классики до новинок этого года.",
            uz: "4K UHD, Blu-ray, DVD va raqamli koʻrinishdagi filmlar: ilk klassikadan shu yilgi yangiliklargacha.",
        }
        heading { en: "Films to keep", ru: "Фильмы навсегда", uz: "Doim yoningizda qoladigan filmlar" }
        film_of_the_week { en: "Film of the week", ru: "Фильм недели", uz: "Hafta filmi" }
        see_details { en: "See the details", ru: "Подробнее", uz: "Batafsil" }
        offer(format: &str, price: &str) { en: "{format}, {price}", ru: "{format}, {price}", uz: "{format}, {price}" }
        newest { en: "New in the shop", ru: "Новинки", uz: "Yangi filmlar" }
        all_newest { en: "All arrivals", ru: "Все новинки", uz: "Barcha yangi filmlar" }
        bestsellers { en: "Bestsellers", ru: "Хиты продаж", uz: "Koʻp sotilgan" }
        all_bestsellers { en: "The whole chart", ru: "Весь список", uz: "Toʻliq roʻyxat" }
        on_sale { en: "On sale", ru: "Скидки", uz: "Chegirmada" }
        all_on_sale { en: "Everything on sale", ru: "Все скидки", uz: "Barcha chegirmalar" }
        featured { en: "Worth an evening", ru: "На этот вечер", uz: "Shu oqshom uchun" }
        all_films { en: "All films", ru: "Все фильмы", uz: "Barcha filmlar" }
        picks { en: "What viewers say", ru: "Что говорят зрители", uz: "Tomoshabinlar nima deydi" }
        by_genre { en: "By genre", ru: "По жанрам", uz: "Janrlar boʻyicha" }
        empty { en: "The shelves are still empty", ru: "Полки пока пусты", uz: "Javonlar hozircha boʻsh" }
        empty_text {
            en: "The films have not arrived yet. Look in again soon.",
            ru: "Фильмы ещё не привезли. Загляните чуть позже.",
            uz: "Filmlar hali kelmadi. Birozdan keyin qarab koʻring.",
        }
    }
}

crate::messages! {
    /// Words of a film's page.
    pub FilmMessages {
        page_title(title: &str, year: u16) {
            en: "{title} ({year}): about the film",
            ru: "{title} ({year}): о фильме",
            uz: "{title} ({year}): film haqida",
        }
        page_title_by(title: &str, year: u16, director: &str) {
            en: "{title} ({year}, {director}): about the film",
            ru: "{title} ({year}, {director}): о фильме",
            uz: "{title} ({year}, {director}): film haqida",
        }
        poster_of(title: &str) { en: "Poster: {title}", ru: "Постер: {title}", uz: "Poster: {title}" }
        description(title: &str, year: &str, formats: &str) {
            en: "{title}{year} on {formats}: prices, stock and details.",
            ru: "{title}{year} на {formats}: цены, наличие и подробности.",
            uz: "{title}{year}, {formats}: narxlar, mavjudligi va tafsilotlar.",
        }
        minutes(n: plural) {
            en: ["{n} minute", "{n} minutes"],
            ru: ["{n} минута", "{n} минуты", "{n} минут"],
            uz: ["{n} daqiqa"],
        }
        discs(n: plural) { en: ["{n} disc", "{n} discs"], ru: ["{n} диск", "{n} диска", "{n} дисков"], uz: ["{n} ta disk"] }
        region(code: &str) { en: "region {code}", ru: "регион {code}", uz: "{code} hududi" }
        region_free { en: "region free", ru: "без региональной защиты", uz: "hudud cheklovisiz" }
        by_email { en: "By email after payment", ru: "По почте после оплаты", uz: "Toʻlovdan keyin elektron pochta orqali" }

        directed_by { en: "directed by", ru: "режиссёр", uz: "rejissyor" }
        starring { en: "starring", ru: "в ролях", uz: "rollarda" }
        released_by { en: "released by", ru: "студия", uz: "studiya" }

        choose_format { en: "Choose a format", ru: "Выберите формат", uz: "Formatni tanlang" }
        not_for_sale { en: "Not for sale", ru: "Не продаётся", uz: "Sotuvda yoʻq" }
        archived {
            en: "We no longer sell this film. The page stays for those who bought it.",
            ru: "Мы больше не продаём этот фильм. Страница остаётся для тех, кто его купил.",
            uz: "Bu film endi sotilmaydi. Sahifa uni xarid qilganlar uchun qoldirilgan.",
        }
        no_editions {
            en: "There is no edition of this film in the shop yet.",
            ru: "Пока в магазине нет ни одного издания этого фильма.",
            uz: "Doʻkonda hozircha bu filmning nashri yoʻq.",
        }
        sku { en: "catalogue no.", ru: "артикул", uz: "artikul" }
        lowest_before(price: &str) {
            en: "Lowest price of the 30 days before the sale: {price}",
            ru: "Самая низкая цена за 30 дней до скидки: {price}",
            uz: "Chegirmadan oldingi 30 kundagi eng past narx: {price}",
        }
        quantity { en: "Quantity", ru: "Количество", uz: "Soni" }
        add_to_cart { en: "Add to cart", ru: "В корзину", uz: "Savatga" }
        free_delivery_from(amount: &str) {
            en: "Free standard delivery from {amount}.",
            ru: "Бесплатная обычная доставка от {amount}.",
            uz: "{amount} dan boshlab oddiy yetkazib berish bepul.",
        }
        pay_on_delivery {
            en: "Pay in cash when it arrives or when you pick it up.",
            ru: "Оплата наличными при получении или в пункте выдачи.",
            uz: "Toʻlov yetkazilganda yoki olib ketish paytida naqd pulda.",
        }

        details { en: "Details", ru: "Подробности", uz: "Tafsilotlar" }
        original_title { en: "Original title", ru: "Оригинальное название", uz: "Asl nomi" }
        country { en: "Country", ru: "Страна", uz: "Mamlakat" }
        year { en: "Year", ru: "Год", uz: "Yil" }
        runtime { en: "Running time", ru: "Продолжительность", uz: "Davomiyligi" }
        director { en: "Director", ru: "Режиссёр", uz: "Rejissyor" }
        cast { en: "Cast", ru: "В ролях", uz: "Rollarda" }
        genres { en: "Genres", ru: "Жанры", uz: "Janrlar" }
        studio { en: "Studio", ru: "Студия", uz: "Studiya" }
        audio { en: "Audio", ru: "Звук", uz: "Ovoz" }
        subtitles { en: "Subtitles", ru: "Субтитры", uz: "Subtitrlar" }
        age_rating { en: "Age rating", ru: "Возрастной рейтинг", uz: "Yosh chegarasi" }
        region_code { en: "Region", ru: "Регион", uz: "Hudud" }
        disc_count { en: "Discs", ru: "Диски", uz: "Disklar" }
        catalogue_number { en: "Catalogue no.", ru: "Артикул", uz: "Artikul" }

        instead { en: "Still in the shop", ru: "Есть в продаже", uz: "Hozir sotuvda" }
    }
}

crate::messages! {
    /// Words of the mailbox of a shop in development.
    pub MailboxMessages {
        title { en: "Mailbox", ru: "Почтовый ящик", uz: "Pochta qutisi" }
        lead { en: "Messages end here in development; none reaches the world.", ru: "В разработке сообщения остаются здесь и никуда не уходят.", uz: "Ishlab chiqishda xabarlar shu yerda qoladi, hech qayerga ketmaydi." }
        kept { en: "Messages", ru: "Сообщения", uz: "Xabarlar" }
        nothing { en: "No message has been written yet.", ru: "Пока нет ни одного сообщения.", uz: "Hali birorta xabar yozilmagan." }
        previews { en: "Templates with sample data", ru: "Шаблоны с примерами", uz: "Namunali andozalar" }
        to { en: "To", ru: "Кому", uz: "Kimga" }
        channel { en: "By", ru: "Способ", uz: "Usul" }
        at { en: "Written", ru: "Написано", uz: "Yozilgan" }
        as_seen { en: "As a reader sees it", ru: "Как видит читатель", uz: "Oʻquvchi koʻrganidek" }
        as_text { en: "As text", ru: "Текстом", uz: "Matn koʻrinishida" }
        headers { en: "Headers", ru: "Заголовки", uz: "Sarlavhalar" }
        back { en: "All messages", ru: "Все сообщения", uz: "Barcha xabarlar" }
    }
}
