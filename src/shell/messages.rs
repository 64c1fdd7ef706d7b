//! Words of the error pages. They are constant: what went wrong inside stays inside.

crate::messages! {
    /// A title and a text for every status, and the ways onward.
    pub ErrorMessages {
        bad_request { en: "We could not read that", ru: "Не удалось это прочитать", uz: "Buni oʻqib boʻlmadi" }
        bad_request_text {
            en: "The address or the form reached us incomplete. Go back and try once more.",
            ru: "Адрес или форма дошли до нас не целиком. Вернитесь назад и попробуйте ещё раз.",
            uz: "Manzil yoki shakl bizga toʻliq yetib kelmadi. Orqaga qaytib, yana urinib koʻring.",
        }
        forbidden { en: "That came from another site", ru: "Запрос пришёл с другого сайта", uz: "Soʻrov boshqa saytdan keldi" }
        forbidden_text {
            en: "For your safety we take orders and changes only from our own pages. Nothing was changed. Open the page here and try again.",
            ru: "Ради вашей безопасности мы принимаем заказы и изменения только с наших страниц. Ничего не изменилось. Откройте страницу здесь и попробуйте ещё раз.",
            uz: "Xavfsizligingiz uchun buyurtma va oʻzgarishlarni faqat oʻz sahifalarimizdan qabul qilamiz. Hech narsa oʻzgarmadi. Sahifani shu yerda ochib, yana urinib koʻring.",
        }
        not_found { en: "This scene was cut", ru: "Эту сцену вырезали", uz: "Bu sahna olib tashlangan" }
        not_found_text {
            en: "The page is not here. It may have moved, or the address lost a letter on the way. Search for the film, or go back to the start of the reel.",
            ru: "Такой страницы здесь нет. Она могла переехать, или адрес по дороге потерял букву. Поищите фильм или вернитесь к началу плёнки.",
            uz: "Bunday sahifa yoʻq. U koʻchgan yoki manzilda bir harf tushib qolgan boʻlishi mumkin. Filmni qidirib koʻring yoki boshiga qayting.",
        }
        gone { en: "The run is over", ru: "Прокат окончен", uz: "Namoyish tugagan" }
        gone_text {
            en: "This film has left the shop for good. The others are still here: search, or look at all of them.",
            ru: "Этот фильм ушёл из магазина навсегда. Остальные на месте: воспользуйтесь поиском или посмотрите все.",
            uz: "Bu film doʻkondan butunlay chiqarilgan. Qolganlari joyida: qidirib koʻring yoki hammasini koʻzdan kechiring.",
        }
        conflict { en: "Something changed meanwhile", ru: "Тем временем что-то изменилось", uz: "Bu orada nimadir oʻzgardi" }
        conflict_text {
            en: "The page you sent was made before that change. Open it again to see how things stand now.",
            ru: "Отправленная страница устарела. Откройте её заново, чтобы увидеть, как обстоят дела сейчас.",
            uz: "Yuborilgan sahifa eskirgan. Hozirgi holatni koʻrish uchun uni qaytadan oching.",
        }
        too_large { en: "Too long for one reel", ru: "Слишком длинно для одной катушки", uz: "Bitta gʻaltakka sigʻmaydi" }
        too_large_text {
            en: "What was sent is larger than any form of the shop. Shorten it and send it again.",
            ru: "Отправлено больше, чем вмещает любая форма магазина. Сократите текст и отправьте снова.",
            uz: "Yuborilgan maʼlumot doʻkonning har qanday shaklidan katta. Qisqartirib, qaytadan yuboring.",
        }
        misdirected { en: "Not this cinema", ru: "Это другой кинотеатр", uz: "Bu boshqa kinoteatr" }
        misdirected_text {
            en: "The address in your browser is not one of this shop’s.",
            ru: "Адрес в вашем браузере не принадлежит этому магазину.",
            uz: "Brauzeringizdagi manzil bu doʻkonga tegishli emas.",
        }
        too_many { en: "A little slower", ru: "Чуть помедленнее", uz: "Biroz sekinroq" }
        too_many_text(seconds: u64) {
            en: "Too many requests came from your connection. Wait {seconds} seconds and try again.",
            ru: "С вашего подключения пришло слишком много запросов. Подождите {seconds} с и попробуйте снова.",
            uz: "Ulanishingizdan juda koʻp soʻrov keldi. {seconds} soniya kutib, yana urinib koʻring.",
        }
        too_many_minutes(minutes: u64) {
            en: "Too many requests came from your connection. Wait {minutes} minutes and try again.",
            ru: "С вашего подключения пришло слишком много запросов. Подождите {minutes} мин и попробуйте снова.",
            uz: "Ulanishingizdan juda koʻp soʻrov keldi. {minutes} daqiqa kutib, yana urinib koʻring.",
        }
        unavailable { en: "Intermission", ru: "Антракт", uz: "Tanaffus" }
        unavailable_text {
            en: "The shop cannot be reached for a moment. Your cart and your orders are safe. Try again in a minute.",
            ru: "Магазин ненадолго недоступен. Ваша корзина и ваши заказы в сохранности. Попробуйте снова через минуту.",
            uz: "Doʻkon bir oz vaqt ishlamayapti. Savatingiz va buyurtmalaringiz saqlangan. Bir daqiqadan soʻng yana urinib koʻring.",
        }
        internal { en: "The film has snapped", ru: "Плёнка порвалась", uz: "Tasma uzilib qoldi" }
        internal_text {
            en: "Something failed on our side. Your cart is safe; try again in a minute.",
            ru: "Сбой на нашей стороне. Ваша корзина в сохранности; попробуйте снова через минуту.",
            uz: "Biz tomonda nosozlik yuz berdi. Savatingiz saqlangan; bir daqiqadan soʻng yana urinib koʻring.",
        }

        reference { en: "Reference", ru: "Код обращения", uz: "Murojaat kodi" }
        instead { en: "What others are taking home", ru: "Что берут другие", uz: "Boshqalar nimani olmoqda" }
        try_again { en: "Try again", ru: "Попробовать снова", uz: "Yana urinish" }
    }
}

crate::messages! {
    /// Words of the shop while it is closed.
    pub ClosedMessages {
        title { en: "We are changing the reel", ru: "Меняем плёнку", uz: "Tasmani almashtiryapmiz" }
        text {
            en: "The shop is closed for a short while, so that we can work on it. Your cart, your orders and your account are safe.",
            ru: "Магазин ненадолго закрыт: мы приводим его в порядок. Ваша корзина, заказы и учётная запись в сохранности.",
            uz: "Doʻkon qisqa muddatga yopildi: unda ish olib boryapmiz. Savatingiz, buyurtmalaringiz va hisobingiz saqlangan.",
        }
        not_taken {
            en: "What you just sent was not taken, and nothing was changed. Go back: what you typed is still in the form, and you can send it once we are open.",
            ru: "То, что вы сейчас отправили, не принято, и ничего не изменилось. Вернитесь назад: введённое осталось в форме, и вы сможете отправить её, когда мы откроемся.",
            uz: "Hozir yuborganingiz qabul qilinmadi, hech narsa oʻzgarmadi. Orqaga qayting: yozganlaringiz shaklda turibdi, biz ochilganimizda yubora olasiz.",
        }
        until(time: &str) { en: "We mean to open again by {time}.", ru: "Рассчитываем открыться к {time}.", uz: "Taxminan {time} da ochilamiz." }
        again { en: "Try again", ru: "Попробовать снова", uz: "Yana urinish" }
    }
}
