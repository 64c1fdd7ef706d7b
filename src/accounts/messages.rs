//! Words of accounts.

use super::ClientType;

crate::messages! {
    pub AccountMessages {
        sign_in { en: "Sign in", ru: "Вход", uz: "Kirish" }
        sign_in_button { en: "Sign in", ru: "Войти", uz: "Kirish" }
        login { en: "E-mail or phone", ru: "Почта или телефон", uz: "E-pochta yoki telefon" }
        password { en: "Password", ru: "Пароль", uz: "Parol" }
        wrong_sign_in { en: "This e-mail or phone and this password do not go together.", ru: "Такая почта или телефон и пароль не подходят друг к другу.", uz: "Bu e-pochta yoki telefon va parol bir-biriga mos emas." }
        forgot_link { en: "Forgotten your password?", ru: "Забыли пароль?", uz: "Parolni unutdingizmi?" }
        register_link { en: "Create an account", ru: "Создать учётную запись", uz: "Hisob yaratish" }
        have_one { en: "I have one already", ru: "У меня уже есть", uz: "Menda allaqachon bor" }
        no_need { en: "You can buy without an account. With one you follow your orders in one place.", ru: "Покупать можно и без учётной записи. С ней все заказы видны в одном месте.", uz: "Hisobsiz ham xarid qilish mumkin. Hisob bilan buyurtmalaringiz bir joyda koʻrinadi." }
        signed_out { en: "You are signed out.", ru: "Вы вышли.", uz: "Siz chiqdingiz." }
        cart_merged { en: "What was in this browser's cart is in yours now.", ru: "Товары из корзины этого браузера теперь в вашей корзине.", uz: "Bu brauzer savatidagi mahsulotlar endi sizning savatingizda." }
        cart_cut(titles: &str) { en: "What was in this browser's cart is in yours now, as far as it can be had. Fewer of: {titles}.", ru: "Товары из корзины этого браузера теперь в вашей корзине, насколько они есть. Меньше: {titles}.", uz: "Bu brauzer savatidagi mahsulotlar mavjud miqdorda sizning savatingizda. Kamroq: {titles}." }

        register { en: "Create an account", ru: "Новая учётная запись", uz: "Yangi hisob" }
        register_button { en: "Create account", ru: "Создать", uz: "Yaratish" }
        name { en: "Name", ru: "Имя", uz: "Ism" }
        surname { en: "Surname", ru: "Фамилия", uz: "Familiya" }
        email { en: "E-mail", ru: "Эл. почта", uz: "E-pochta" }
        phone { en: "Phone", ru: "Телефон", uz: "Telefon" }
        phone_hint { en: "With country code, such as +998 90 123 45 67.", ru: "С кодом страны, например +998 90 123 45 67.", uz: "Mamlakat kodi bilan, masalan +998 90 123 45 67." }
        password_hint(n: usize) { en: "{n} characters or more. A line from a film is fine.", ru: "Не короче {n} знаков. Подойдёт фраза из фильма.", uz: "Kamida {n} ta belgi. Filmdan bir jumla ham boʻladi." }
        check_mail { en: "Look into your mail: there is a message with the next step. You can sign in and buy meanwhile.", ru: "Проверьте почту: там письмо со следующим шагом. Войти и покупать можно уже сейчас.", uz: "Pochtangizni tekshiring: keyingi qadam yozilgan xat bor. Hozirdanoq kirib, xarid qilishingiz mumkin." }
        link_sent { en: "Look into your mail: there is a message with the next step.", ru: "Проверьте почту: там письмо со следующим шагом.", uz: "Pochtangizni tekshiring: keyingi qadam yozilgan xat bor." }

        name_missing { en: "Enter a name.", ru: "Укажите имя.", uz: "Ismni kiriting." }
        name_too_long { en: "At most 100 characters.", ru: "Не больше 100 знаков.", uz: "Koʻpi bilan 100 ta belgi." }
        email_wrong { en: "Enter an address such as name@example.com.", ru: "Укажите адрес вида name@example.com.", uz: "name@example.com kabi manzil kiriting." }
        phone_wrong { en: "Enter the number with its country code.", ru: "Укажите номер с кодом страны.", uz: "Raqamni mamlakat kodi bilan kiriting." }
        password_too_short(n: usize) { en: "At least {n} characters.", ru: "Не меньше {n} знаков.", uz: "Kamida {n} ta belgi." }
        password_too_long(n: usize) { en: "At most {n} characters.", ru: "Не больше {n} знаков.", uz: "Koʻpi bilan {n} ta belgi." }
        password_common { en: "This one is among the first that anybody would try.", ru: "Этот пароль попробуют одним из первых.", uz: "Bu parolni birinchilardan boʻlib sinab koʻrishadi." }
        password_personal { en: "Not your own name or address.", ru: "Не своё имя и не свой адрес.", uz: "Oʻz ismingiz yoki manzilingiz emas." }
        password_wrong { en: "This is not your present password.", ru: "Это не ваш нынешний пароль.", uz: "Bu hozirgi parolingiz emas." }

        confirm_title { en: "Confirm your address", ru: "Подтверждение адреса", uz: "Manzilni tasdiqlash" }
        confirm_text { en: "One click, and this address is yours here.", ru: "Одно нажатие, и этот адрес подтверждён.", uz: "Bir bosish bilan manzil tasdiqlanadi." }
        confirm_text_with_password { en: "Enter the password of the account, and this address is yours here. If you do not know it, choose a new one: that confirms the address too.", ru: "Введите пароль учётной записи, и этот адрес подтверждён. Если вы его не знаете, выберите новый: это тоже подтвердит адрес.", uz: "Hisob parolini kiriting, va manzil tasdiqlanadi. Agar uni bilmasangiz, yangisini tanlang: bu ham manzilni tasdiqlaydi." }
        confirm_password_wrong { en: "This is not the password of the account.", ru: "Это не пароль этой учётной записи.", uz: "Bu hisobning paroli emas." }
        confirm_button { en: "Confirm", ru: "Подтвердить", uz: "Tasdiqlash" }
        confirmed { en: "Your address is confirmed.", ru: "Адрес подтверждён.", uz: "Manzilingiz tasdiqlandi." }
        address_taken { en: "This address cannot be used here.", ru: "Этот адрес использовать нельзя.", uz: "Bu manzildan foydalanib boʻlmaydi." }
        link_gone { en: "This link has been used or is too old. Ask for a new one.", ru: "Эта ссылка уже использована или устарела. Запросите новую.", uz: "Bu havola ishlatilgan yoki eskirgan. Yangisini soʻrang." }

        forgot { en: "Forgotten password", ru: "Забытый пароль", uz: "Unutilgan parol" }
        forgot_text { en: "Tell your address, and we send a link to it with which you choose a new password.", ru: "Укажите адрес, и мы пришлём на него ссылку для выбора нового пароля.", uz: "Manzilingizni kiriting, unga yangi parol tanlash havolasini yuboramiz." }
        forgot_button { en: "Send the link", ru: "Прислать ссылку", uz: "Havolani yuborish" }
        forgot_sent { en: "If this address is a customer's, a link is on its way to it.", ru: "Если это адрес покупателя, ссылка уже отправлена.", uz: "Agar bu xaridor manzili boʻlsa, havola yuborildi." }
        new_password { en: "New password", ru: "Новый пароль", uz: "Yangi parol" }
        present_password { en: "Present password", ru: "Нынешний пароль", uz: "Hozirgi parol" }
        set_password { en: "Set the password", ru: "Сохранить пароль", uz: "Parolni saqlash" }
        password_set { en: "Your password is changed, and you are signed out everywhere else.", ru: "Пароль изменён, на других устройствах выполнен выход.", uz: "Parol oʻzgartirildi, boshqa qurilmalarda chiqildi." }

        hello(name: &str) { en: "Hello, {name}", ru: "Здравствуйте, {name}", uz: "Salom, {name}" }
        tier { en: "Customer tier", ru: "Уровень покупателя", uz: "Xaridor darajasi" }
        regular { en: "Regular", ru: "Обычный", uz: "Oddiy" }
        premium { en: "Premium", ru: "Премиум", uz: "Premium" }
        vip { en: "VIP", ru: "VIP", uz: "VIP" }
        unconfirmed { en: "This address is not confirmed yet. Until it is, earlier orders do not show here and reviews cannot be published.", ru: "Этот адрес ещё не подтверждён. Пока это так, прежние заказы здесь не видны и отзывы не публикуются.", uz: "Bu manzil hali tasdiqlanmagan. Tasdiqlanmaguncha avvalgi buyurtmalar koʻrinmaydi va sharhlar chop etilmaydi." }
        send_again { en: "Send the link again", ru: "Прислать ссылку ещё раз", uz: "Havolani qayta yuborish" }

        profile { en: "Profile", ru: "Профиль", uz: "Profil" }
        language { en: "Language of our mails", ru: "Язык писем", uz: "Xatlar tili" }
        marketing { en: "Write to me about new films and offers", ru: "Писать мне о новинках и предложениях", uz: "Yangi filmlar va takliflar haqida yozib turing" }
        birth_date { en: "Birthday", ru: "День рождения", uz: "Tugʻilgan kun" }
        birth_date_wrong { en: "Enter a day such as 1990-05-17.", ru: "Укажите день вида 1990-05-17.", uz: "1990-05-17 kabi kunni kiriting." }
        save { en: "Save", ru: "Сохранить", uz: "Saqlash" }
        saved { en: "Saved.", ru: "Сохранено.", uz: "Saqlandi." }
        saved_confirm_address { en: "Saved. The new address counts once you open the link that we sent to it.", ru: "Сохранено. Новый адрес начнёт действовать, когда вы откроете отправленную на него ссылку.", uz: "Saqlandi. Yangi manzil unga yuborilgan havola ochilgach kuchga kiradi." }
    }
}

impl AccountMessages {
    pub const fn tier_name(self, tier: ClientType) -> &'static str {
        match tier {
            ClientType::Regular => self.regular(),
            ClientType::Premium => self.premium(),
            ClientType::Vip => self.vip(),
        }
    }
}

crate::messages! {
    pub AccountMailWords {
        reason { en: "You get this mail because this address was given at our shop.", ru: "Вы получили это письмо, потому что этот адрес указали в нашем магазине.", uz: "Bu xat doʻkonimizda ushbu manzil koʻrsatilgani uchun yuborildi." }
        not_you { en: "If that was not you, there is nothing to do.", ru: "Если это были не вы, ничего делать не нужно.", uz: "Agar bu siz boʻlmasangiz, hech narsa qilish shart emas." }
        confirm_heading { en: "Confirm your address", ru: "Подтвердите адрес", uz: "Manzilingizni tasdiqlang" }
        confirm_lead(name: &str) { en: "{name}, this link confirms that the address is yours. It works once, within 24 hours.", ru: "{name}, по этой ссылке адрес будет подтверждён. Она действует один раз в течение 24 часов.", uz: "{name}, bu havola manzil sizniki ekanini tasdiqlaydi. U 24 soat ichida bir marta ishlaydi." }
        confirm_button { en: "Confirm the address", ru: "Подтвердить адрес", uz: "Manzilni tasdiqlash" }
        exists_heading { en: "You have an account already", ru: "У вас уже есть учётная запись", uz: "Sizda allaqachon hisob bor" }
        exists_lead(name: &str) { en: "{name}, somebody registered with this address, which is yours here already. Sign in as always, or choose a new password by this link within an hour.", ru: "{name}, кто-то зарегистрировался с этим адресом, а он у нас уже ваш. Войдите как обычно или в течение часа выберите новый пароль по ссылке.", uz: "{name}, kimdir bu manzil bilan roʻyxatdan oʻtdi, u esa allaqachon sizniki. Odatdagidek kiring yoki bir soat ichida havola orqali yangi parol tanlang." }
        reset_heading { en: "Choose a new password", ru: "Выберите новый пароль", uz: "Yangi parol tanlang" }
        reset_lead(name: &str) { en: "{name}, by this link you choose a new password. It works once, within an hour.", ru: "{name}, по этой ссылке вы выберете новый пароль. Она действует один раз в течение часа.", uz: "{name}, bu havola orqali yangi parol tanlaysiz. U bir soat ichida bir marta ishlaydi." }
        reset_button { en: "Choose a password", ru: "Выбрать пароль", uz: "Parol tanlash" }
        password_changed_heading { en: "Your password was changed", ru: "Ваш пароль изменён", uz: "Parolingiz oʻzgartirildi" }
        password_changed_lead(name: &str) { en: "{name}, your password was changed, and you were signed out everywhere else.", ru: "{name}, ваш пароль изменён, на остальных устройствах выполнен выход.", uz: "{name}, parolingiz oʻzgartirildi va boshqa qurilmalarda hisobdan chiqildi." }
        address_changed_heading { en: "Your address was changed", ru: "Ваш адрес изменён", uz: "Manzilingiz oʻzgartirildi" }
        address_changed_lead(name: &str) { en: "{name}, another address stands in your account from now on.", ru: "{name}, теперь в вашей учётной записи другой адрес.", uz: "{name}, endi hisobingizda boshqa manzil turibdi." }
        data_ready_heading { en: "Your data is ready", ru: "Ваши данные готовы", uz: "Maʼlumotlaringiz tayyor" }
        data_ready_lead(name: &str) { en: "{name}, the file with all that we keep of you is ready. For 24 hours you can download it from your account.", ru: "{name}, файл со всем, что мы о вас храним, готов. Его можно скачать в личном кабинете в течение 24 часов.", uz: "{name}, siz haqingizda saqlanadigan barcha maʼlumotlar fayli tayyor. Uni 24 soat ichida shaxsiy kabinetdan yuklab olish mumkin." }
        data_ready_button { en: "To your data", ru: "К моим данным", uz: "Maʼlumotlarimga" }
        data_ready_note { en: "If you did not ask for it, choose another password: somebody is in your account.", ru: "Если вы этого не просили, смените пароль: в вашем кабинете кто-то есть.", uz: "Agar buni soʻramagan boʻlsangiz, parolni oʻzgartiring: hisobingizda kimdir bor." }
        closed_heading { en: "Your account is deleted", ru: "Ваша учётная запись удалена", uz: "Hisobingiz oʻchirildi" }
        closed_lead(name: &str) { en: "{name}, your account is deleted, as you asked. Orders stay in our books without your name; invoices stay as they were issued.", ru: "{name}, ваша учётная запись удалена по вашей просьбе. Заказы остаются в учёте без вашего имени, счета остаются такими, какими были выставлены.", uz: "{name}, soʻrovingizga koʻra hisobingiz oʻchirildi. Buyurtmalar hisob-kitobda ismingizsiz qoladi, hisob-fakturalar esa chiqarilganidek qoladi." }
        closed_button { en: "What we keep", ru: "Что мы храним", uz: "Nimani saqlaymiz" }
        closed_note { en: "This is the last mail to this address. If that was not you, somebody knew your password: change it wherever else you use it.", ru: "Это последнее письмо на этот адрес. Если это были не вы, кто-то знал ваш пароль: смените его везде, где он ещё используется.", uz: "Bu manzilga oxirgi xat. Agar bu siz boʻlmasangiz, kimdir parolingizni bilgan: uni boshqa joylarda ham oʻzgartiring." }
        forgot_button { en: "Get back in", ru: "Вернуть доступ", uz: "Kirishni tiklash" }
        changed_note { en: "If that was not you, take back your account at once.", ru: "Если это были не вы, сразу верните доступ.", uz: "Agar bu siz boʻlmasangiz, darhol kirishni tiklang." }
    }
}
