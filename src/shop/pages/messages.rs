//! Words of the pages of plain text.

crate::messages! {
    /// About the shop.
    pub AboutMessages {
        title { en: "About the shop", ru: "О магазине", uz: "Doʻkon haqida" }
        lead {
            en: "Marquee sells films on disc and in digital form: old ones and new ones, in English, Russian and Uzbek.",
            ru: "Marquee продаёт фильмы на дисках и в цифровом виде: старые и новые, на английском, русском и узбекском.",
            uz: "Marquee disklarda va raqamli koʻrinishda filmlar sotadi: eski va yangi, ingliz, rus va oʻzbek tillarida.",
        }
        posters { en: "The posters", ru: "Постеры", uz: "Posterlar" }
        posters_text {
            en: "There are no photographs here. The shop draws every poster itself from the film’s title, year, genre and director; the same film always gets the same poster.",
            ru: "Фотографий здесь нет. Магазин сам рисует каждый постер по названию, году, жанру и режиссёру; у одного фильма постер всегда один и тот же.",
            uz: "Bu yerda fotosuratlar yoʻq. Har bir posterni doʻkonning oʻzi film nomi, yili, janri va rejissyori asosida chizadi; bitta filmning posteri har doim bir xil.",
        }
        data { en: "Where the facts come from", ru: "Откуда сведения о фильмах", uz: "Maʼlumotlar manbasi" }
        data_text {
            en: "Titles, years, names and countries come from the collections below. Only facts were taken. Prices, stock and editions are the shop’s own.",
            ru: "Названия, годы, имена и страны взяты из собраний ниже. Взяты только факты. Цены, остатки и издания принадлежат магазину.",
            uz: "Film nomlari, yillari, ismlar va mamlakatlar quyidagi toʻplamlardan olingan. Faqat faktlar olingan. Narxlar, qoldiqlar va nashrlar doʻkonniki.",
        }
        fonts { en: "The typefaces", ru: "Шрифты", uz: "Shriftlar" }
        fonts_text {
            en: "Set in three free typefaces.",
            ru: "Сайт набран тремя свободными шрифтами.",
            uz: "Sayt uchta erkin shriftda terilgan.",
        }
    }
}

crate::messages! {
    /// Accessibility of the shop.
    pub AccessibilityMessages {
        title { en: "Accessibility", ru: "Доступность", uz: "Qulaylik" }
        lead {
            en: "Everybody should be able to buy a film here. We build to WCAG 2.2, level AA.",
            ru: "Купить здесь фильм должен иметь возможность каждый. Мы следуем WCAG 2.2, уровень AA.",
            uz: "Bu yerda har kim film sotib ola olishi kerak. Biz WCAG 2.2 ning AA darajasiga amal qilamiz.",
        }
        how { en: "What works", ru: "Что работает", uz: "Nimalar ishlaydi" }
        keyboard {
            en: "Every page can be used with the keyboard alone, and the focus is always visible.",
            ru: "Любой страницей можно пользоваться с одной клавиатурой, и фокус всегда виден.",
            uz: "Har bir sahifadan faqat klaviatura yordamida foydalanish mumkin va fokus doim koʻrinib turadi.",
        }
        scripts {
            en: "Nothing needs scripts: you can search, filter, fill a cart and order with scripts switched off.",
            ru: "Скрипты не обязательны: искать, фильтровать, собирать корзину и заказывать можно и с выключенными скриптами.",
            uz: "Skriptlar shart emas: ular oʻchirilgan boʻlsa ham qidirish, saralash, savat yigʻish va buyurtma berish mumkin.",
        }
        sight {
            en: "Text can be enlarged to 200 %, there is a light and a dark theme, and movement stops where your system asks for it. Colour never says anything alone.",
            ru: "Текст увеличивается до 200 %, есть светлая и тёмная темы, а движение отключается, если об этом просит система. Цвет никогда не говорит один.",
            uz: "Matnni 200 % gacha kattalashtirish mumkin, yorugʻ va qorongʻi mavzular bor, tizimingiz soʻrasa harakat toʻxtaydi. Rangning oʻzi hech qachon yagona belgi emas.",
        }
        limits { en: "What to know", ru: "Что нужно знать", uz: "Nimani bilish kerak" }
        limits_text {
            en: "Titles that have no translation stand in another language and are marked so, for screen readers to read them right.",
            ru: "Названия без перевода показаны на другом языке и размечены так, чтобы программы чтения произносили их правильно.",
            uz: "Tarjimasi yoʻq nomlar boshqa tilda koʻrsatiladi va ekran oʻquvchilar toʻgʻri oʻqishi uchun belgilab qoʻyilgan.",
        }
    }
}

crate::messages! {
    /// What the shop keeps about people.
    pub PrivacyMessages {
        title { en: "Privacy", ru: "Личные данные", uz: "Shaxsiy maʼlumotlar" }
        lead {
            en: "We keep what an order needs and nothing for anybody else. No page loads anything from another company.",
            ru: "Мы храним то, что нужно для заказа, и ничего для третьих лиц. Ни одна страница не загружает ничего со стороны.",
            uz: "Biz buyurtma uchun kerakli maʼlumotnigina saqlaymiz, boshqalar uchun hech narsa. Birorta sahifa begona saytdan hech narsa yuklamaydi.",
        }
        cookies { en: "Cookies", ru: "Файлы cookie", uz: "Cookie fayllari" }
        cookie_cart {
            en: "cart: a random number that finds your cart again, for 30 days after its last change.",
            ru: "cart: случайное число, по которому находится ваша корзина, 30 дней после последнего изменения.",
            uz: "cart: savatingizni topadigan tasodifiy son, oxirgi oʻzgarishdan keyin 30 kun saqlanadi.",
        }
        cookie_theme {
            en: "theme: light or dark, for a year, only if you choose one.",
            ru: "theme: светлая или тёмная тема, на год, только если вы её выбрали.",
            uz: "theme: yorugʻ yoki qorongʻi mavzu, bir yilga, faqat oʻzingiz tanlasangiz.",
        }
        cookie_notice {
            en: "notice: one message for the next page, gone once shown.",
            ru: "notice: одно сообщение для следующей страницы, исчезает после показа.",
            uz: "notice: keyingi sahifa uchun bitta xabar, koʻrsatilgach yoʻqoladi.",
        }
        orders { en: "Orders", ru: "Заказы", uz: "Buyurtmalar" }
        orders_text {
            en: "An order keeps your name, email, phone and, where something is sent, the address: to deliver it and to keep the books.",
            ru: "В заказе хранятся имя, почта, телефон и, если что-то отправляется, адрес: для доставки и учёта.",
            uz: "Buyurtmada ism, elektron pochta, telefon va, joʻnatma boʻlsa, manzil saqlanadi: yetkazish va hisob-kitob uchun.",
        }
        orders_link {
            en: "The page of an order opens only with its signed link. Whoever has the link can read the page, so share it with care.",
            ru: "Страница заказа открывается только по подписанной ссылке. У кого есть ссылка, тот видит страницу: делитесь ею осторожно.",
            uz: "Buyurtma sahifasi faqat imzolangan havola orqali ochiladi. Havola kimda boʻlsa, sahifani koʻradi: ehtiyot boʻlib ulashing.",
        }
        alerts { en: "Films that you wait for", ru: "Фильмы, которых вы ждёте", uz: "Siz kutayotgan filmlar" }
        alerts_text {
            en: "Whoever asks to be told when a film is back leaves an email: for three days if it is not confirmed, for a year at most while you wait, and for 30 days after the one mail. Every such mail has a link that ends them at once.",
            ru: "Кто просит сообщить о поступлении фильма, оставляет адрес почты: три дня, если он не подтверждён, не больше года, пока вы ждёте, и 30 дней после единственного письма. В каждом таком письме есть ссылка, которая сразу всё отменяет.",
            uz: "Film kelganda xabar berishni soʻragan kishi pochta manzilini qoldiradi: tasdiqlanmasa uch kun, kutayotganingizda koʻpi bilan bir yil va yagona xatdan keyin 30 kun saqlanadi. Har bir shunday xatda hammasini darhol toʻxtatadigan havola bor.",
        }
        logs { en: "Logs", ru: "Журналы", uz: "Jurnallar" }
        logs_text {
            en: "The server writes down which kind of page was asked for and how long it took, without names and addresses.",
            ru: "Сервер записывает, какая страница запрошена и сколько времени это заняло, без имён и адресов.",
            uz: "Server qaysi turdagi sahifa soʻralgani va qancha vaqt ketganini yozib boradi, ism va manzillarsiz.",
        }
    }
}

crate::messages! {
    /// Delivery and payment.
    pub DeliveryMessages {
        title { en: "Delivery and payment", ru: "Доставка и оплата", uz: "Yetkazib berish va toʻlov" }
        lead {
            en: "The exact price and the days for your address stand in the checkout before you order.",
            ru: "Точная цена и сроки для вашего адреса видны при оформлении, до заказа.",
            uz: "Manzilingiz uchun aniq narx va muddat buyurtma berishdan oldin rasmiylashtirish sahifasida koʻrinadi.",
        }
        methods { en: "How films travel", ru: "Способы доставки", uz: "Yetkazish usullari" }
        standard { en: "Standard delivery", ru: "Обычная доставка", uz: "Oddiy yetkazib berish" }
        express { en: "Express delivery", ru: "Экспресс-доставка", uz: "Tezkor yetkazib berish" }
        pickup { en: "Pickup", ru: "Самовывоз", uz: "Olib ketish" }
        digital {
            en: "Digital editions need no delivery and cost none.",
            ru: "Цифровым изданиям доставка не нужна, и платить за неё не нужно.",
            uz: "Raqamli nashrlarga yetkazib berish kerak emas va u uchun haq olinmaydi.",
        }
        free { en: "free", ru: "бесплатно", uz: "bepul" }
        method(name: &str, price: &str, first: u16, last: u16) {
            en: "{name}: {price}, {first} to {last} days.",
            ru: "{name}: {price}, срок {first}–{last} дн.",
            uz: "{name}: {price}, {first}–{last} kun.",
        }
        free_from(amount: &str) {
            en: "Free from {amount}.",
            ru: "Бесплатно от {amount}.",
            uz: "{amount} dan boshlab bepul.",
        }
        only_to(countries: &str) {
            en: "Only to: {countries}.",
            ru: "Только в страны: {countries}.",
            uz: "Faqat quyidagi mamlakatlarga: {countries}.",
        }
        points { en: "Pickup points", ru: "Пункты выдачи", uz: "Olib ketish joylari" }
        payment { en: "Payment", ru: "Оплата", uz: "Toʻlov" }
        cash {
            en: "In cash, when the parcel arrives or when you pick it up.",
            ru: "Наличными, при получении посылки или в пункте выдачи.",
            uz: "Naqd pulda, joʻnatma yetib kelganda yoki uni olib ketayotganda.",
        }
    }
}

crate::messages! {
    /// Terms of sale.
    pub TermsMessages {
        title { en: "Terms of sale", ru: "Условия продажи", uz: "Sotish shartlari" }
        version(version: &str) {
            en: "Version {version}. The version in force when you order is noted with the order.",
            ru: "Редакция {version}. Редакция, действующая в момент заказа, записывается вместе с ним.",
            uz: "{version} tahriri. Buyurtma paytida amalda boʻlgan tahrir buyurtma bilan birga yozib qoʻyiladi.",
        }
        order { en: "Your order", ru: "Ваш заказ", uz: "Buyurtmangiz" }
        order_text {
            en: "You order when you press the button at the end of the checkout. The page that follows confirms it and has a link of its own, which stays valid.",
            ru: "Заказ считается сделанным, когда вы нажали кнопку в конце оформления. Следующая страница его подтверждает; у неё есть собственная постоянная ссылка.",
            uz: "Rasmiylashtirish oxiridagi tugmani bosganingizda buyurtma berilgan hisoblanadi. Keyingi sahifa uni tasdiqlaydi; uning oʻz doimiy havolasi bor.",
        }
        order_total {
            en: "You pay the total that stood on the page. If it changed meanwhile, we show the new one and ask again.",
            ru: "Вы платите ту сумму, которая стояла на странице. Если она тем временем изменилась, мы покажем новую и спросим ещё раз.",
            uz: "Siz sahifada koʻrsatilgan summani toʻlaysiz. Bu orada u oʻzgargan boʻlsa, yangisini koʻrsatib, qaytadan soʻraymiz.",
        }
        prices { en: "Prices", ru: "Цены", uz: "Narxlar" }
        prices_text {
            en: "Prices include tax. Delivery is added before you order and depends on the method and the address.",
            ru: "Налог включён в цены. Доставка добавляется до заказа и зависит от способа и адреса.",
            uz: "Narxlarga soliq kiritilgan. Yetkazib berish narxi buyurtmadan oldin qoʻshiladi, usul va manzilga bogʻliq.",
        }
        stock { en: "Stock", ru: "Наличие", uz: "Mavjudlik" }
        stock_text {
            en: "Films are yours from the moment of the order, not from the moment they are in the cart. If one sells out before that, we say which.",
            ru: "Фильмы закрепляются за вами в момент заказа, а не когда попали в корзину. Если какой-то закончится раньше, мы скажем, какой именно.",
            uz: "Filmlar savatga tushganda emas, buyurtma berilganda sizga biriktiriladi. Undan oldin biror film tugab qolsa, qaysi ekanini aytamiz.",
        }
        payment { en: "Payment", ru: "Оплата", uz: "Toʻlov" }
        payment_text {
            en: "You pay in cash on delivery or at the pickup point, unless the checkout offers another way.",
            ru: "Оплата наличными при доставке или в пункте выдачи, если при оформлении не предложен другой способ.",
            uz: "Rasmiylashtirishda boshqa usul taklif qilinmasa, toʻlov yetkazilganda yoki olib ketish joyida naqd pulda.",
        }
    }
}
