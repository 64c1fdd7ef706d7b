//! Words of the orders desk.

crate::messages! {
    pub DeskMessages {
        title { en: "Orders", ru: "Заказы", uz: "Buyurtmalar" }
        table { en: "Orders, table", ru: "Таблица заказов", uz: "Buyurtmalar jadvali" }
        search { en: "Number, e-mail or end of the phone number", ru: "Номер, эл. почта или конец телефона", uz: "Raqam, e-pochta yoki telefon oxiri" }
        search_hint {
            en: "A whole number, a whole address, or at least four last digits of the phone number",
            ru: "Полный номер, полный адрес или не меньше четырёх последних цифр телефона",
            uz: "Toʻliq raqam, toʻliq manzil yoki telefonning kamida oxirgi toʻrt raqami",
        }
        any { en: "Any", ru: "Любой", uz: "Istalgan" }
        status { en: "Order", ru: "Заказ", uz: "Buyurtma" }
        payment { en: "Payment", ru: "Оплата", uz: "Toʻlov" }
        delivery { en: "Delivery", ru: "Доставка", uz: "Yetkazib berish" }
        filter { en: "Filter", ru: "Показать", uz: "Koʻrsatish" }
        clear { en: "Show all", ru: "Показать все", uz: "Hammasini koʻrsatish" }
        nothing { en: "No order fits.", ru: "Таких заказов нет.", uz: "Bunday buyurtma yoʻq." }
        newer { en: "Newer", ru: "Новее", uz: "Yangiroq" }
        older { en: "Older", ru: "Старее", uz: "Eskiroq" }
        pages { en: "Pages of orders", ru: "Страницы заказов", uz: "Buyurtmalar sahifalari" }
        customer { en: "Customer", ru: "Клиент", uz: "Mijoz" }
        placed { en: "Placed", ru: "Оформлен", uz: "Berilgan" }
        total { en: "Total", ru: "Сумма", uz: "Summa" }
        attention { en: "Needs a look", ru: "Требует внимания", uz: "Eʼtibor kerak" }

        items { en: "Items", ru: "Товары", uz: "Mahsulotlar" }
        film { en: "Film", ru: "Фильм", uz: "Film" }
        quantity { en: "Quantity", ru: "Количество", uz: "Soni" }
        amount { en: "Amount", ru: "Сумма", uz: "Summa" }
        subtotal { en: "Films", ru: "Фильмы", uz: "Filmlar" }
        discount { en: "Discount", ru: "Скидка", uz: "Chegirma" }
        tax { en: "of which tax", ru: "в том числе налог", uz: "shundan soliq" }
        paid { en: "Paid so far", ru: "Оплачено", uz: "Toʻlangan" }
        name { en: "Name", ru: "Имя", uz: "Ism" }
        email { en: "E-mail", ru: "Эл. почта", uz: "E-pochta" }
        phone { en: "Phone", ru: "Телефон", uz: "Telefon" }
        account { en: "Account", ru: "Учётная запись", uz: "Hisob" }
        account_none { en: "bought as a guest", ru: "покупка без регистрации", uz: "roʻyxatsiz xarid" }
        account_number(id: u64) { en: "number {id}", ru: "номер {id}", uz: "raqami {id}" }
        address { en: "Send to", ru: "Адрес", uz: "Manzil" }
        pickup_point { en: "Pickup point", ru: "Пункт выдачи", uz: "Olib ketish joyi" }
        method { en: "Method", ru: "Способ оплаты", uz: "Toʻlov usuli" }
        customer_note { en: "Customer’s note", ru: "Примечание клиента", uz: "Mijoz izohi" }

        next { en: "What is next", ru: "Что дальше", uz: "Keyingi qadam" }
        nothing_next { en: "Nothing may follow any more.", ru: "Больше ничего сделать нельзя.", uz: "Boshqa hech narsa qilib boʻlmaydi." }
        reason { en: "Why", ru: "Причина", uz: "Sababi" }
        reason_hint { en: "Stays in the history, for the shop only.", ru: "Останется в истории, видно только магазину.", uz: "Tarixda qoladi, faqat doʻkon koʻradi." }
        carrier { en: "Carrier", ru: "Перевозчик", uz: "Tashuvchi" }
        tracking { en: "Tracking number", ru: "Номер отправления", uz: "Kuzatuv raqami" }
        tracking_hint { en: "As it stands on the label; needed where the carrier follows parcels.", ru: "Как на этикетке; нужен, если перевозчик отслеживает посылки.", uz: "Yorliqdagidek; tashuvchi joʻnatmalarni kuzatsa, kerak." }
        tracking_wrong { en: "Enter the number on the label: Latin letters, digits, spaces and hyphens", ru: "Введите номер с этикетки: латинские буквы, цифры, пробелы и дефисы", uz: "Yorliqdagi raqamni kiriting: lotin harflari, raqamlar, boʻshliq va chiziqcha" }
        carrier_wrong { en: "Choose who carries the parcel", ru: "Выберите перевозчика", uz: "Tashuvchini tanlang" }
        parcels { en: "Parcels", ru: "Посылки", uz: "Joʻnatmalar" }
        into_parcel { en: "What goes into the parcel", ru: "Что в посылке", uz: "Joʻnatmaga nima solinadi" }
        left(n: u32) { en: "{n} left", ru: "осталось {n}", uz: "{n} ta qoldi" }
        send_parcel { en: "Send this parcel", ru: "Отправить посылку", uz: "Joʻnatmani yuborish" }
        parcel_too_much { en: "Enter no more of each film than is left", ru: "Введите не больше, чем осталось", uz: "Har bir filmdan qolganidan koʻp kiritmang" }
        parcel_empty { en: "Put at least one film into the parcel", ru: "Положите в посылку хотя бы один фильм", uz: "Joʻnatmaga kamida bitta film soling" }
        part_sent { en: "The parcel is on its way; the rest waits here.", ru: "Посылка отправлена, остальное ждёт здесь.", uz: "Joʻnatma yoʻlga chiqdi, qolgani shu yerda." }
        nothing_to_send { en: "There is nothing to send of this order now.", ru: "Сейчас в этом заказе нечего отправлять.", uz: "Bu buyurtmada hozir yuboradigan narsa yoʻq." }
        to_confirmed { en: "Confirm", ru: "Подтвердить", uz: "Tasdiqlash" }
        to_processing { en: "Start packing", ru: "Начать сборку", uz: "Yigʻishni boshlash" }
        to_shipped { en: "Mark as shipped", ru: "Отметить как отправленный", uz: "Yuborildi deb belgilash" }
        to_delivered { en: "Mark as handed over", ru: "Отметить как полученный", uz: "Topshirildi deb belgilash" }
        to_cancelled { en: "Cancel the order", ru: "Отменить заказ", uz: "Buyurtmani bekor qilish" }
        to_refunded { en: "Mark as refunded", ru: "Отметить возврат", uz: "Qaytarildi deb belgilash" }
        to_paid { en: "Mark as paid", ru: "Отметить оплату", uz: "Toʻlandi deb belgilash" }
        done(status: &str) { en: "Done. Where the order stands: {status}.", ru: "Готово. Состояние заказа: {status}.", uz: "Tayyor. Buyurtma holati: {status}." }
        stale(status: &str) {
            en: "Somebody else was quicker. Where the order stands now: {status}. Nothing of yours was changed.",
            ru: "Кто-то успел раньше. Состояние заказа сейчас: {status}. Ваше действие не выполнено.",
            uz: "Kimdir sizdan oldin ulgurdi. Buyurtmaning hozirgi holati: {status}. Amalingiz bajarilmadi.",
        }
        refused(allowed: &str) {
            en: "The order cannot go there from where it stands. What may follow: {allowed}.",
            ru: "Из этого состояния заказ туда перевести нельзя. Можно: {allowed}.",
            uz: "Buyurtmani bu holatdan u yerga oʻtkazib boʻlmaydi. Mumkin: {allowed}.",
        }
        refused_all { en: "The order stands at its end; nothing may follow.", ru: "Заказ завершён, больше ничего сделать нельзя.", uz: "Buyurtma yakunlangan, boshqa hech narsa qilib boʻlmaydi." }
        nothing_to_pay { en: "Nothing is to be paid for this order.", ru: "Этот заказ оплачивать не нужно.", uz: "Bu buyurtma uchun toʻlov kerak emas." }
        too_long(most: u16) { en: "Write at most {most} characters", ru: "Напишите не больше {most} символов", uz: "Koʻpi bilan {most} ta belgi yozing" }

        history { en: "History", ru: "История", uz: "Tarix" }
        internal { en: "for the shop only", ru: "только для магазина", uz: "faqat doʻkon uchun" }
        event_paid { en: "Paid", ru: "Оплачен", uz: "Toʻlandi" }
        event_refund_due { en: "Money to be given back", ru: "Нужно вернуть деньги", uz: "Pulni qaytarish kerak" }
        event_parcel { en: "Parcel sent", ru: "Посылка отправлена", uz: "Joʻnatma yuborildi" }
        event_note { en: "Note", ru: "Заметка", uz: "Qayd" }
        event_message { en: "Message to the customer", ru: "Сообщение клиенту", uz: "Mijozga xabar" }
        by_customer { en: "customer", ru: "клиент", uz: "mijoz" }
        by_itself { en: "by itself", ru: "автоматически", uz: "avtomatik" }
        by_command { en: "command line", ru: "командная строка", uz: "buyruq satri" }
        then { en: "then", ru: "затем", uz: "keyin" }

        note { en: "Note or message", ru: "Заметка или сообщение", uz: "Qayd yoki xabar" }
        note_missing { en: "Write what there is to say", ru: "Напишите текст", uz: "Matnni yozing" }
        audience { en: "For whom", ru: "Для кого", uz: "Kim uchun" }
        for_staff { en: "The shop only", ru: "Только для магазина", uz: "Faqat doʻkon uchun" }
        for_customer { en: "The customer, by mail", ru: "Клиенту, письмом", uz: "Mijozga, xat bilan" }
        add_note { en: "Add", ru: "Добавить", uz: "Qoʻshish" }
        note_added { en: "Noted.", ru: "Записано.", uz: "Yozib qoʻyildi." }
        message_added { en: "The message is on its way.", ru: "Сообщение отправляется.", uz: "Xabar yuborilmoqda." }

        mails { en: "Mails", ru: "Письма", uz: "Xatlar" }
        mail_sent(at: &str) { en: "sent {at}", ru: "отправлено {at}", uz: "yuborilgan: {at}" }
        mail_waiting { en: "waiting to be sent", ru: "ждёт отправки", uz: "yuborilishini kutmoqda" }
        mail_dropped { en: "not sent, it is not wanted any more", ru: "не отправлено: больше не нужно", uz: "yuborilmadi, endi kerak emas" }
        mail_given_up { en: "could not be delivered", ru: "не доставлено", uz: "yetkazib boʻlmadi" }
        resend { en: "Send again", ru: "Отправить ещё раз", uz: "Qayta yuborish" }
        resent { en: "The mail is on its way again.", ru: "Письмо отправляется ещё раз.", uz: "Xat qayta yuborilmoqda." }
        resend_too_soon { en: "It changed less than ten minutes ago; wait a little.", ru: "Изменилось меньше десяти минут назад, подождите немного.", uz: "Oʻn daqiqadan kam vaqt oldin oʻzgargan, biroz kuting." }
    }
}
