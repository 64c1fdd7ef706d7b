//! Words of the checkout: labels, hints, and how to mend what is wrong.

use super::form::{Field, Problem};

crate::messages! {
    /// Words of the checkout page.
    pub CheckoutMessages {
        sign_in { en: "Sign in; your cart comes along", ru: "Войти; корзина останется", uz: "Kirish; savat siz bilan qoladi" }
        title { en: "Checkout", ru: "Оформление заказа", uz: "Buyurtmani rasmiylashtirish" }
        error_title(title: &str) { en: "Error: {title}", ru: "Ошибка: {title}", uz: "Xato: {title}" }
        back_to_cart { en: "Back to the cart", ru: "Вернуться в корзину", uz: "Savatga qaytish" }

        contact { en: "Contact", ru: "Контакты", uz: "Aloqa" }
        email { en: "Email", ru: "Электронная почта", uz: "Elektron pochta" }
        email_hint { en: "Where we write to about this order.", ru: "Сюда мы напишем о заказе.", uz: "Buyurtma haqida shu manzilga yozamiz." }
        phone { en: "Phone", ru: "Телефон", uz: "Telefon" }
        phone_hint { en: "With the country code, like +998 90 123 45 67.", ru: "С кодом страны, например +998 90 123 45 67.", uz: "Davlat kodi bilan, masalan +998 90 123 45 67." }
        name { en: "First name", ru: "Имя", uz: "Ism" }
        surname { en: "Surname", ru: "Фамилия", uz: "Familiya" }

        delivery { en: "Delivery", ru: "Доставка", uz: "Yetkazib berish" }
        how_delivered { en: "How it reaches you", ru: "Способ получения", uz: "Olish usuli" }
        arrives(dates: &str) { en: "Arrives {dates}", ru: "Прибудет {dates}", uz: "Yetib boradi: {dates}" }
        ready(dates: &str) { en: "Ready {dates}. No address needed.", ru: "Адрес не нужен. Можно забрать {dates}", uz: "Tayyor boʻladi: {dates}. Manzil kerak emas." }
        pickup_point { en: "Pickup point", ru: "Пункт выдачи", uz: "Olib ketish joyi" }
        which_address { en: "Where to", ru: "Куда доставить", uz: "Qayerga" }
        other_address { en: "Another address", ru: "Другой адрес", uz: "Boshqa manzil" }
        save_address { en: "Keep this address in my account", ru: "Сохранить адрес в личном кабинете", uz: "Manzilni kabinetda saqlash" }
        country { en: "Country", ru: "Страна", uz: "Davlat" }
        region { en: "Region", ru: "Область", uz: "Viloyat" }
        city { en: "Town or city", ru: "Город", uz: "Shahar" }
        line1 { en: "Street and number", ru: "Улица и дом", uz: "Koʻcha va uy" }
        line2 { en: "Flat or floor", ru: "Квартира, этаж", uz: "Xonadon, qavat" }
        postcode { en: "Postcode", ru: "Индекс", uz: "Pochta indeksi" }

        payment { en: "Payment", ru: "Оплата", uz: "Toʻlov" }
        how_paid { en: "How you pay", ru: "Способ оплаты", uz: "Toʻlov usuli" }
        cash_note { en: "You pay when the order is handed to you.", ru: "Вы платите, когда получаете заказ.", uz: "Buyurtmani olayotganda toʻlaysiz." }
        online_note { en: "You confirm on the provider’s page and come back.", ru: "Вы подтвердите платёж на странице платёжной системы и вернётесь.", uz: "Toʻlov tizimi sahifasida tasdiqlab, qaytasiz." }

        last_look { en: "Last look", ru: "Напоследок", uz: "Yakun" }
        note { en: "Note to the shop", ru: "Примечание к заказу", uz: "Buyurtmaga izoh" }
        note_hint { en: "A gift line or a wish, up to 500 characters.", ru: "Слова к подарку или пожелание, до 500 знаков.", uz: "Sovgʻa uchun tilak yoki istak, 500 ta belgigacha." }
        terms_agree { en: "I agree to the terms of sale", ru: "Принимаю условия продажи", uz: "Sotish shartlariga roziman" }
        terms_link { en: "Read the terms", ru: "Прочитать условия", uz: "Shartlarni oʻqish" }
        leave_empty { en: "Leave this field empty", ru: "Оставьте это поле пустым", uz: "Bu maydonni boʻsh qoldiring" }

        summary { en: "Your order", ru: "Ваш заказ", uz: "Buyurtmangiz" }
        quantity(n: u32) { en: "Quantity {n}", ru: "Количество: {n}", uz: "Soni: {n}" }
        more_lines(n: plural) {
            en: ["and {n} more film", "and {n} more films"],
            ru: ["и ещё {n} фильм", "и ещё {n} фильма", "и ещё {n} фильмов"],
            uz: ["va yana {n} ta film"],
        }
        goods(n: plural) { en: ["{n} item", "{n} items"], ru: ["{n} товар", "{n} товара", "{n} товаров"], uz: ["{n} ta mahsulot"] }
        total { en: "Total", ru: "Всего", uz: "Jami" }
        tax { en: "of which tax", ru: "в том числе налог", uz: "shundan soliq" }
        free_delivery_missing(amount: &str) {
            en: "Add {amount} more and standard delivery is free.",
            ru: "Добавьте ещё на {amount}, и обычная доставка будет бесплатной.",
            uz: "Yana {amount} lik qoʻshsangiz, oddiy yetkazib berish bepul boʻladi.",
        }
        place_order(total: &str) { en: "Place order, {total}", ru: "Заказать за {total}", uz: "Buyurtma berish, {total}" }
        placed_once { en: "The order is placed once, however often you press the button.", ru: "Заказ оформится один раз, сколько ни нажимай на кнопку.", uz: "Tugmani necha marta bossangiz ham, buyurtma bir marta beriladi." }

        not_placed { en: "Nothing was ordered yet", ru: "Заказ пока не оформлен", uz: "Buyurtma hali berilmadi" }
        total_changed(from: &str, to: &str) {
            en: "The total has changed from {from} to {to}. Look it over and place the order if that suits you.",
            ru: "Сумма изменилась: было {from}, стало {to}. Проверьте её и оформите заказ, если всё устраивает.",
            uz: "Jami summa {from} dan {to} ga oʻzgardi. Koʻrib chiqing va maʼqul boʻlsa, buyurtma bering.",
        }
        cart_changed {
            en: "Your cart has changed since this page was opened. This is what it holds now.",
            ru: "С тех пор как вы открыли эту страницу, корзина изменилась. Вот что в ней сейчас.",
            uz: "Bu sahifa ochilgandan beri savatingiz oʻzgardi. Hozir unda mana bular bor.",
        }
        line_sold_out(title: &str) {
            en: "{title} has just sold out. Nothing was ordered.",
            ru: "«{title}» только что раскупили. Заказ не оформлен.",
            uz: "«{title}» hozirgina sotib tugatildi. Buyurtma berilmadi.",
        }
        line_withdrawn(title: &str) {
            en: "{title} is no longer sold. Nothing was ordered.",
            ru: "«{title}» больше не продаётся. Заказ не оформлен.",
            uz: "«{title}» endi sotilmaydi. Buyurtma berilmadi.",
        }
        line_fewer(n: plural, title: &str) {
            en: ["You can have only {n} of {title} now. Nothing was ordered.", "You can have only {n} of {title} now. Nothing was ordered."],
            ru: [
                "«{title}»: сейчас можно заказать только {n} штуку. Заказ не оформлен.",
                "«{title}»: сейчас можно заказать только {n} штуки. Заказ не оформлен.",
                "«{title}»: сейчас можно заказать только {n} штук. Заказ не оформлен.",
            ],
            uz: ["«{title}»: hozir faqat {n} ta olish mumkin. Buyurtma berilmadi."],
        }
        change_cart { en: "Change the cart", ru: "Изменить корзину", uz: "Savatni oʻzgartirish" }
        too_quick {
            en: "That was quicker than anybody types. Look the form over and place the order again.",
            ru: "Форма заполнена быстрее, чем это может человек. Проверьте её и отправьте ещё раз.",
            uz: "Forma odam yozishidan ham tez toʻldirildi. Koʻrib chiqing va yana yuboring.",
        }

        email_missing { en: "Enter your email, like nora@example.com", ru: "Введите адрес почты, например nora@example.com", uz: "Elektron pochtangizni kiriting, masalan nora@example.com" }
        email_malformed { en: "Enter an email with an @ and a domain, like nora@example.com", ru: "Введите адрес почты с @ и доменом, например nora@example.com", uz: "Pochta manzilini @ va domen bilan kiriting, masalan nora@example.com" }
        phone_missing { en: "Enter your phone number, like +998 90 123 45 67", ru: "Введите номер телефона, например +998 90 123 45 67", uz: "Telefon raqamingizni kiriting, masalan +998 90 123 45 67" }
        phone_malformed { en: "Enter the phone number with its country code, like +998 90 123 45 67", ru: "Введите номер с кодом страны, например +998 90 123 45 67", uz: "Raqamni davlat kodi bilan kiriting, masalan +998 90 123 45 67" }
        name_missing { en: "Enter your first name", ru: "Введите имя", uz: "Ismingizni kiriting" }
        surname_missing { en: "Enter your surname", ru: "Введите фамилию", uz: "Familiyangizni kiriting" }
        delivery_missing { en: "Choose how the order reaches you", ru: "Выберите способ получения", uz: "Olish usulini tanlang" }
        delivery_not_offered { en: "This delivery does not go to that country. Choose another one", ru: "Этот способ доставки не действует в выбранной стране. Выберите другой", uz: "Bu usul tanlangan davlatga yetkazmaydi. Boshqasini tanlang" }
        point_missing { en: "Choose the pickup point", ru: "Выберите пункт выдачи", uz: "Olib ketish joyini tanlang" }
        point_not_offered { en: "This pickup point is closed. Choose another one", ru: "Этот пункт выдачи закрыт. Выберите другой", uz: "Bu joy yopilgan. Boshqasini tanlang" }
        country_missing { en: "Choose the country", ru: "Выберите страну", uz: "Davlatni tanlang" }
        country_not_offered { en: "We do not deliver to that country. Choose another one", ru: "В эту страну мы не доставляем. Выберите другую", uz: "Bu davlatga yetkazmaymiz. Boshqasini tanlang" }
        city_missing { en: "Enter the town or city", ru: "Введите город", uz: "Shaharni kiriting" }
        line1_missing { en: "Enter the street and number", ru: "Введите улицу и дом", uz: "Koʻcha va uyni kiriting" }
        payment_missing { en: "Choose how you pay", ru: "Выберите способ оплаты", uz: "Toʻlov usulini tanlang" }
        payment_not_offered { en: "This payment does not go with that delivery. Choose another one", ru: "Этот способ оплаты не подходит к выбранной доставке. Выберите другой", uz: "Bu toʻlov usuli tanlangan yetkazib berishga mos emas. Boshqasini tanlang" }
        terms_missing { en: "Tick the box to agree to the terms of sale", ru: "Отметьте, что принимаете условия продажи", uz: "Sotish shartlariga rozilik belgisini qoʻying" }
        fill_in(label: &str) { en: "{label}: fill it in", ru: "{label}: заполните", uz: "{label}: toʻldiring" }
        write_shorter(label: &str) { en: "{label}: write it shorter", ru: "{label}: напишите короче", uz: "{label}: qisqaroq yozing" }
        plain_text(label: &str) { en: "{label}: use letters, figures and signs only", ru: "{label}: только буквы, цифры и знаки", uz: "{label}: faqat harf, raqam va belgilar" }
    }
}

impl CheckoutMessages {
    /// What the form calls a field.
    pub const fn label(self, field: Field) -> &'static str {
        match field {
            Field::Email => self.email(),
            Field::Phone => self.phone(),
            Field::Name => self.name(),
            Field::Surname => self.surname(),
            Field::DeliveryType => self.delivery(),
            Field::PickupPoint => self.pickup_point(),
            Field::Country => self.country(),
            Field::Region => self.region(),
            Field::City => self.city(),
            Field::Line1 => self.line1(),
            Field::Line2 => self.line2(),
            Field::Postcode => self.postcode(),
            Field::PaymentType => self.payment(),
            Field::Note => self.note(),
            Field::Terms => self.terms_agree(),
        }
    }

    /// How to mend a field; the summary at the top and the field say the same.
    pub fn problem(self, field: Field, problem: Problem) -> String {
        match problem {
            Problem::Missing => self.missing(field),
            Problem::NotOffered => self.not_offered(field),
            Problem::TooLong => self.write_shorter(self.label(field)),
            Problem::Malformed => match field {
                Field::Email => self.email_malformed().to_owned(),
                Field::Phone => self.phone_malformed().to_owned(),
                _ => self.plain_text(self.label(field)),
            },
        }
    }

    fn missing(self, field: Field) -> String {
        let text = match field {
            Field::Email => self.email_missing(),
            Field::Phone => self.phone_missing(),
            Field::Name => self.name_missing(),
            Field::Surname => self.surname_missing(),
            Field::DeliveryType => self.delivery_missing(),
            Field::PickupPoint => self.point_missing(),
            Field::Country => self.country_missing(),
            Field::City => self.city_missing(),
            Field::Line1 => self.line1_missing(),
            Field::PaymentType => self.payment_missing(),
            Field::Terms => self.terms_missing(),
            Field::Region | Field::Line2 | Field::Postcode | Field::Note => return self.fill_in(self.label(field)),
        };
        text.to_owned()
    }

    fn not_offered(self, field: Field) -> String {
        let text = match field {
            Field::DeliveryType => self.delivery_not_offered(),
            Field::PickupPoint => self.point_not_offered(),
            Field::Country => self.country_not_offered(),
            Field::PaymentType => self.payment_not_offered(),
            // What is typed is not chosen from an offer.
            _ => return self.missing(field),
        };
        text.to_owned()
    }
}
