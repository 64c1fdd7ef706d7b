//! Words of the pages about somebody's data.

use time::Duration;

use super::kept::Part;

crate::messages! {
    /// Words of the page.
    pub(super) DataMessages {
        title { en: "Your data", ru: "Мои данные", uz: "Maʼlumotlarim" }
        lead { en: "What we keep of you, why, and until when. What is deleted every night is deleted by this very list.", ru: "Что мы храним о вас, зачем и до какого времени. Каждую ночь данные удаляются именно по этому списку.", uz: "Siz haqingizda nimani, nega va qachongacha saqlaymiz. Har kecha maʼlumotlar aynan shu roʻyxat boʻyicha oʻchiriladi." }
        download { en: "Download it", ru: "Скачать", uz: "Yuklab olish" }
        download_text(period: &str) { en: "One file (JSON) with your profile, addresses, orders, reviews, lists and all else that we keep of you. It takes a moment to make; then it waits here for {period}, and we write to you.", ru: "Один файл (JSON) с профилем, адресами, заказами, отзывами, списками и всем прочим, что мы о вас храним. Он готовится недолго, потом доступен здесь {period}, и мы вам напишем.", uz: "Bitta fayl (JSON): profil, manzillar, buyurtmalar, sharhlar, roʻyxatlar va siz haqingizda saqlanadigan qolgan hamma narsa. U bir zumda tayyorlanadi, keyin shu yerda {period} kutadi va biz sizga yozamiz." }
        ask { en: "Make the file", ru: "Подготовить файл", uz: "Faylni tayyorlash" }
        ask_again { en: "Make it anew", ru: "Подготовить заново", uz: "Qayta tayyorlash" }
        in_preparation { en: "The file is being made.", ru: "Файл готовится.", uz: "Fayl tayyorlanmoqda." }
        look_again { en: "Look again", ru: "Проверить ещё раз", uz: "Yana tekshirish" }
        download_file(size: &str) { en: "Download the file ({size})", ru: "Скачать файл ({size})", uz: "Faylni yuklab olish ({size})" }
        kilobytes(n: &str) { en: "{n} KB", ru: "{n} КБ", uz: "{n} KB" }
        ready_until(at: &str) { en: "The file is ready and waits until {at}.", ru: "Файл готов и будет доступен до {at}.", uz: "Fayl tayyor va {at} gacha kutadi." }
        failed { en: "The file could not be made. Please ask for it once more.", ru: "Файл не удалось подготовить. Запросите его ещё раз.", uz: "Faylni tayyorlab boʻlmadi. Yana bir bor soʻrang." }
        expired { en: "The last file is gone: its time is over.", ru: "Прошлый файл удалён: его срок истёк.", uz: "Oldingi fayl oʻchirilgan: muddati tugadi." }
        asked { en: "We are making your file.", ru: "Готовим ваш файл.", uz: "Faylingiz tayyorlanmoqda." }
        delete { en: "Delete your account", ru: "Удалить учётную запись", uz: "Hisobni oʻchirish" }
        delete_text { en: "You can go at any time. Before anything is deleted you see what goes and what law has us keep.", ru: "Вы можете уйти в любой момент. Прежде чем что-либо удалить, мы покажем, что исчезнет, а что закон велит сохранить.", uz: "Istalgan vaqtda ketishingiz mumkin. Oʻchirishdan oldin nima oʻchishini va qonun nimani saqlashni talab qilishini koʻrsatamiz." }
        delete_link { en: "Go on to the deletion", ru: "Перейти к удалению", uz: "Oʻchirishga oʻtish" }
        deleted { en: "Your account is deleted", ru: "Учётная запись удалена", uz: "Hisobingiz oʻchirildi" }
        with_the_account { en: "As long as you have an account", ru: "Пока есть учётная запись", uz: "Hisobingiz bor ekan" }
        for_a_time { en: "For a time", ru: "На время", uz: "Maʼlum muddatga" }
        by_law { en: "Also after that", ru: "И после этого", uz: "Undan keyin ham" }
    }
}

crate::messages! {
    /// Words of the deletion.
    pub(super) RemovalMessages {
        title { en: "Delete your account", ru: "Удаление учётной записи", uz: "Hisobni oʻchirish" }
        lead { en: "This cannot be undone. We write to your address once more, and then no longer know it.", ru: "Это нельзя отменить. Мы напишем на ваш адрес ещё один раз и больше не будем его знать.", uz: "Buni ortga qaytarib boʻlmaydi. Manzilingizga yana bir marta yozamiz va keyin uni bilmaymiz." }
        goes { en: "What goes", ru: "Что исчезнет", uz: "Nima oʻchadi" }
        also_goes { en: "And with it: everywhere you are signed in, requests for films that are sold out, the file with your data, and mails that were about no order.", ru: "А также: все входы на устройствах, просьбы сообщить о товаре, файл с вашими данными и письма не о заказах.", uz: "Shuningdek: barcha qurilmalardagi kirishlar, sotuvga qaytish soʻrovlari, maʼlumotlar fayli va buyurtmaga oid boʻlmagan xatlar." }
        stays { en: "What stays", ru: "Что останется", uz: "Nima qoladi" }
        reviews { en: "Your reviews", ru: "Ваши отзывы", uz: "Sharhlaringiz" }
        keep_reviews { en: "They stay, by a former customer", ru: "Оставить от имени бывшего покупателя", uz: "Sobiq mijoz nomidan qolsin" }
        remove_reviews { en: "They go too", ru: "Удалить и их", uz: "Ular ham oʻchirilsin" }
        password { en: "Your password", ru: "Ваш пароль", uz: "Parolingiz" }
        wrong_password { en: "This is not your password.", ru: "Это не ваш пароль.", uz: "Bu sizning parolingiz emas." }
        confirm { en: "Delete the account", ru: "Удалить учётную запись", uz: "Hisobni oʻchirish" }
        cancel { en: "Keep it", ru: "Оставить", uz: "Qoldirish" }
        open_title { en: "An order is still on its way", ru: "Есть незавершённый заказ", uz: "Tugallanmagan buyurtma bor" }
        open_text { en: "Until it has arrived or is cancelled we have to be able to reach you. Then you can delete your account.", ru: "Пока он не доставлен или не отменён, мы должны иметь возможность с вами связаться. После этого учётную запись можно удалить.", uz: "U yetkazilmaguncha yoki bekor qilinmaguncha siz bilan bogʻlana olishimiz kerak. Keyin hisobni oʻchirish mumkin." }

        deleted_lead { en: "You are signed out everywhere. Thank you for the films.", ru: "Вы вышли на всех устройствах. Спасибо за фильмы.", uz: "Barcha qurilmalarda chiqdingiz. Filmlar uchun rahmat." }
        went { en: "What went", ru: "Что удалено", uz: "Nima oʻchirildi" }
        stayed { en: "What stays", ru: "Что осталось", uz: "Nima qoldi" }
        personal_went { en: "Your profile, cart, preferences, the films that you looked at and everywhere you were signed in", ru: "Профиль, корзина, настройки, просмотренные фильмы и все входы", uz: "Profil, savat, sozlamalar, koʻrilgan filmlar va barcha kirishlar" }
        addresses_went(n: plural) { en: ["{n} address", "{n} addresses"], ru: ["{n} адрес", "{n} адреса", "{n} адресов"], uz: ["{n} ta manzil"] }
        wishlists_went(n: plural) { en: ["{n} wishlist", "{n} wishlists"], ru: ["{n} список желаний", "{n} списка желаний", "{n} списков желаний"], uz: ["{n} ta istaklar roʻyxati"] }
        alerts_went(n: plural) { en: ["{n} request for a film that was sold out", "{n} requests for films that were sold out"], ru: ["{n} просьба сообщить о товаре", "{n} просьбы сообщить о товаре", "{n} просьб сообщить о товаре"], uz: ["Sotuvga qaytish haqida {n} ta soʻrov"] }
        reviews_went(n: plural) { en: ["{n} review", "{n} reviews"], ru: ["{n} отзыв", "{n} отзыва", "{n} отзывов"], uz: ["{n} ta sharh"] }
        orders_stay(n: plural) { en: ["{n} order, under a pseudonym: its films, sums and tax", "{n} orders, under a pseudonym: their films, sums and taxes"], ru: ["{n} заказ под псевдонимом: фильмы, суммы и налог", "{n} заказа под псевдонимом: фильмы, суммы и налоги", "{n} заказов под псевдонимом: фильмы, суммы и налоги"], uz: ["Taxallus ostida {n} ta buyurtma: filmlar, summalar va soliqlar"] }
        reviews_stay(n: plural) { en: ["{n} review, by a former customer", "{n} reviews, by a former customer"], ru: ["{n} отзыв бывшего покупателя", "{n} отзыва бывшего покупателя", "{n} отзывов бывшего покупателя"], uz: ["Sobiq mijozning {n} ta sharhi"] }
        mail_stays { en: "The mail that tells you of this, until mails that are about no order are deleted", ru: "Письмо об этом, пока не будут удалены письма не о заказах", uz: "Bu haqdagi xat, buyurtmaga oid boʻlmagan xatlar oʻchirilguncha" }
        to_shop { en: "To the films", ru: "К фильмам", uz: "Filmlarga" }
    }
}

crate::messages! {
    /// What is kept, why, and until when.
    pub(super) KeptMessages {
        days(n: plural) { en: ["{n} day", "{n} days"], ru: ["{n} день", "{n} дня", "{n} дней"], uz: ["{n} kun"] }
        hours(n: plural) { en: ["{n} hour", "{n} hours"], ru: ["{n} час", "{n} часа", "{n} часов"], uz: ["{n} soat"] }

        guest_cart { en: "Cart of a browser that is not signed in", ru: "Корзина браузера без входа", uz: "Kirmagan brauzerning savati" }
        guest_cart_why { en: "It is still there when you come back.", ru: "Чтобы она сохранилась до вашего возвращения.", uz: "Qaytganingizda ham joyida boʻlishi uchun." }
        guest_cart_until(period: &str) { en: "Deleted {period} after its last change.", ru: "Удаляется через {period} после последнего изменения.", uz: "Oxirgi oʻzgarishdan {period} oʻtgach oʻchiriladi." }
        unconfirmed_alert { en: "Back in stock: a request that was not confirmed", ru: "Ожидание товара: неподтверждённая просьба", uz: "Sotuvga qaytish: tasdiqlanmagan soʻrov" }
        unconfirmed_alert_why { en: "The link in the mail finds it.", ru: "Её находит ссылка из письма.", uz: "Xatdagi havola uni topadi." }
        waiting_alert { en: "Back in stock: a request that waits", ru: "Ожидание товара: действующая просьба", uz: "Sotuvga qaytish: kutayotgan soʻrov" }
        waiting_alert_why { en: "We write to you once the edition can be had again.", ru: "Мы напишем, когда издание снова появится.", uz: "Nashr yana paydo boʻlganda sizga yozamiz." }
        asked_until(period: &str) { en: "Deleted {period} after you asked.", ru: "Удаляется через {period} после просьбы.", uz: "Soʻrovdan {period} oʻtgach oʻchiriladi." }
        told_alert { en: "Back in stock: a request that was answered", ru: "Ожидание товара: исполненная просьба", uz: "Sotuvga qaytish: bajarilgan soʻrov" }
        told_alert_why { en: "The links in our mail still work.", ru: "Чтобы работали ссылки из нашего письма.", uz: "Xatimizdagi havolalar ishlab turishi uchun." }
        told_alert_until(period: &str) { en: "Deleted {period} after our mail.", ru: "Удаляется через {period} после нашего письма.", uz: "Xatimizdan {period} oʻtgach oʻchiriladi." }
        session { en: "Where you are signed in", ru: "Где выполнен вход", uz: "Qayerda kirgansiz" }
        session_why { en: "You need not enter your password on every page.", ru: "Чтобы не вводить пароль на каждой странице.", uz: "Har sahifada parol kiritmaslik uchun." }
        session_until(period: &str) { en: "Deleted {period} after your last visit, and when you sign out.", ru: "Удаляется через {period} после последнего визита и при выходе.", uz: "Oxirgi tashrifdan {period} oʻtgach va chiqqaningizda oʻchiriladi." }
        link { en: "Links that confirm an address or set a password", ru: "Ссылки для подтверждения адреса и смены пароля", uz: "Manzilni tasdiqlash va parol tanlash havolalari" }
        link_why { en: "Each works once. We keep a digest of it, not the link.", ru: "Каждая работает один раз. Хранится её отпечаток, а не сама ссылка.", uz: "Har biri bir marta ishlaydi. Havolaning oʻzi emas, izi saqlanadi." }
        data_export { en: "The file with your data", ru: "Файл с вашими данными", uz: "Maʼlumotlaringiz fayli" }
        data_export_why { en: "You asked for it and download it here.", ru: "Вы его запросили и скачиваете здесь.", uz: "Uni soʻragansiz va shu yerdan yuklab olasiz." }
        data_export_until(period: &str) { en: "Deleted {period} after it was made.", ru: "Удаляется через {period} после создания.", uz: "Tayyorlanganidan {period} oʻtgach oʻchiriladi." }
        mail { en: "Mails that are about no order", ru: "Письма не о заказах", uz: "Buyurtmaga oid boʻlmagan xatlar" }
        mail_why { en: "Whether and when they were sent, should one be missing.", ru: "Было ли письмо отправлено и когда, на случай если оно не дошло.", uz: "Xat yetib bormasa, yuborilganini va vaqtini bilish uchun." }
        sent_until(period: &str) { en: "Deleted {period} after it was sent.", ru: "Удаляется через {period} после отправки.", uz: "Yuborilganidan {period} oʻtgach oʻchiriladi." }
        failed_job { en: "Work that failed", ru: "Невыполненные задания", uz: "Bajarilmagan ishlar" }
        failed_job_why { en: "Somebody looks at it, and it is tried again.", ru: "Чтобы разобраться и попробовать снова.", uz: "Koʻrib chiqib, qayta urinish uchun." }
        failed_job_until(period: &str) { en: "Deleted {period} after it failed.", ru: "Удаляется через {period} после сбоя.", uz: "Xatodan {period} oʻtgach oʻchiriladi." }

        profile { en: "Profile", ru: "Профиль", uz: "Profil" }
        profile_why { en: "Name, address for mails, phone, birthday and a digest of the password: to know you and to write to you.", ru: "Имя, почта, телефон, день рождения и отпечаток пароля: чтобы узнавать вас и писать вам.", uz: "Ism, pochta, telefon, tugʻilgan kun va parol izi: sizni tanish va sizga yozish uchun." }
        addresses { en: "Address book", ru: "Адресная книга", uz: "Manzillar daftari" }
        addresses_why { en: "You need not type them again for an order.", ru: "Чтобы не вводить адрес при каждом заказе.", uz: "Buyurtmada qayta yozmaslik uchun." }
        cart { en: "Your cart", ru: "Ваша корзина", uz: "Savatingiz" }
        cart_why { en: "It is the same on every device.", ru: "Она одна и та же на всех устройствах.", uz: "U barcha qurilmalarda bir xil." }
        wishlists { en: "Wishlists", ru: "Списки желаний", uz: "Istaklar roʻyxatlari" }
        wishlists_why { en: "You made them.", ru: "Вы их составили.", uz: "Ularni oʻzingiz tuzgansiz." }
        viewed { en: "The films that you looked at last", ru: "Последние просмотренные фильмы", uz: "Oxirgi koʻrilgan filmlar" }
        viewed_why { en: "You find them again.", ru: "Чтобы их легко найти.", uz: "Ularni yana topish uchun." }
        preferences { en: "Mails that you want and do not want", ru: "Какие письма вы хотите и не хотите получать", uz: "Qaysi xatlarni istaysiz va istamaysiz" }
        preferences_why { en: "We keep to it.", ru: "Чтобы мы этого придерживались.", uz: "Unga amal qilishimiz uchun." }
        reviews { en: "Reviews, votes and complaints", ru: "Отзывы, оценки отзывов и жалобы", uz: "Sharhlar, ovozlar va shikoyatlar" }
        reviews_why { en: "Others read them, and nobody votes twice.", ru: "Их читают другие, и никто не голосует дважды.", uz: "Ularni boshqalar oʻqiydi va hech kim ikki marta ovoz bermaydi." }
        until_deleted { en: "Kept until you delete it, or your account.", ru: "Хранится, пока вы не удалите это или учётную запись.", uz: "Oʻzini yoki hisobingizni oʻchirguningizcha saqlanadi." }
        reviews_until { en: "Kept until you delete them. With your account you choose whether reviews go or stay without your name; votes and complaints stay, without it.", ru: "Хранятся, пока вы их не удалите. Удаляя учётную запись, вы выбираете, убрать отзывы или оставить без имени; оценки и жалобы остаются без имени.", uz: "Oʻchirguningizcha saqlanadi. Hisobni oʻchirishda sharhlarni oʻchirish yoki ismsiz qoldirishni tanlaysiz; ovozlar va shikoyatlar ismsiz qoladi." }

        orders { en: "Orders and invoices", ru: "Заказы и счета", uz: "Buyurtmalar va hisob-fakturalar" }
        orders_why { en: "Delivery, your rights as a buyer, and the books that law has us keep.", ru: "Доставка, ваши права покупателя и учёт, которого требует закон.", uz: "Yetkazish, xaridor huquqlaringiz va qonun talab qiladigan hisob-kitob." }
        orders_until { en: "Kept as long as law has us keep our books. Without an account your name stands on invoices only.", ru: "Хранятся, сколько закон требует хранить учёт. После удаления учётной записи ваше имя остаётся только в выставленных счетах.", uz: "Qonun hisob-kitobni saqlashni talab qilgan muddatgacha. Hisob oʻchirilgach, ismingiz faqat chiqarilgan hisob-fakturalarda qoladi." }
        audit { en: "What our people did with orders and reviews", ru: "Что наши сотрудники делали с заказами и отзывами", uz: "Xodimlarimiz buyurtma va sharhlar bilan nima qilgani" }
        audit_why { en: "Every change can be accounted for.", ru: "За каждое изменение можно ответить.", uz: "Har bir oʻzgarish uchun hisob berish mumkin." }
        audit_until { en: "Never deleted. It names orders and reviews by their numbers.", ru: "Не удаляется. Заказы и отзывы названы там по номерам.", uz: "Oʻchirilmaydi. Unda buyurtma va sharhlar raqami bilan ataladi." }
    }
}

impl KeptMessages {
    /// Days where it is some of them, or else hours.
    pub fn period(self, period: Duration) -> String {
        let (days, hours) = (period.whole_days(), period.whole_hours());
        if days > 1 && Duration::days(days) == period { self.days(days) } else { self.hours(hours) }
    }

    pub fn part(self, part: Part) -> &'static str {
        match part {
            Part::Profile => self.profile(),
            Part::Addresses => self.addresses(),
            Part::Cart => self.cart(),
            Part::Wishlists => self.wishlists(),
            Part::Viewed => self.viewed(),
            Part::Preferences => self.preferences(),
            Part::Reviews => self.reviews(),
        }
    }

    pub fn part_why(self, part: Part) -> &'static str {
        match part {
            Part::Profile => self.profile_why(),
            Part::Addresses => self.addresses_why(),
            Part::Cart => self.cart_why(),
            Part::Wishlists => self.wishlists_why(),
            Part::Viewed => self.viewed_why(),
            Part::Preferences => self.preferences_why(),
            Part::Reviews => self.reviews_why(),
        }
    }

    pub fn part_until(self, part: Part) -> &'static str {
        if part == Part::Reviews { self.reviews_until() } else { self.until_deleted() }
    }
}
