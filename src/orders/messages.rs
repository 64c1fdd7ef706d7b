//! Words of orders: every status, every way of payment, and the order's page.

use super::{OrderStatus, PaymentStatus, PaymentType};
use crate::pricing::DeliveryType;

crate::messages! {
    /// The names of what an order can be.
    pub OrderWords {
        pending { en: "Order placed", ru: "Заказ оформлен", uz: "Buyurtma berildi" }
        confirmed { en: "Order confirmed", ru: "Заказ подтверждён", uz: "Buyurtma tasdiqlandi" }
        processing { en: "Being packed", ru: "Собираем заказ", uz: "Buyurtma yigʻilmoqda" }
        processing_digital { en: "Preparing your codes", ru: "Готовим коды", uz: "Kodlar tayyorlanmoqda" }
        shipped { en: "On its way", ru: "Заказ в пути", uz: "Buyurtma yoʻlda" }
        delivered { en: "Delivered", ru: "Заказ доставлен", uz: "Buyurtma yetkazildi" }
        delivered_pickup { en: "Picked up", ru: "Заказ выдан", uz: "Buyurtma olib ketildi" }
        delivered_digital { en: "Codes sent", ru: "Коды отправлены", uz: "Kodlar yuborildi" }
        cancelled { en: "Order cancelled", ru: "Заказ отменён", uz: "Buyurtma bekor qilindi" }
        refunded { en: "Order refunded", ru: "Деньги за заказ возвращены", uz: "Buyurtma puli qaytarildi" }

        parcel(n: u32) { en: "Parcel {n}", ru: "Посылка {n}", uz: "{n}-joʻnatma" }
        follow { en: "Follow the parcel", ru: "Отследить посылку", uz: "Joʻnatmani kuzatish" }

        unpaid { en: "Not paid yet", ru: "Ещё не оплачено", uz: "Hali toʻlanmagan" }
        payment_pending { en: "Payment in progress", ru: "Платёж обрабатывается", uz: "Toʻlov amalga oshirilmoqda" }
        authorized { en: "Amount reserved", ru: "Сумма зарезервирована", uz: "Summa band qilingan" }
        paid { en: "Paid", ru: "Оплачено", uz: "Toʻlangan" }
        partially_refunded { en: "Partly refunded", ru: "Часть денег возвращена", uz: "Pulning bir qismi qaytarilgan" }
        payment_refunded { en: "Refunded", ru: "Деньги возвращены", uz: "Pul qaytarilgan" }
        failed { en: "Payment failed", ru: "Платёж не прошёл", uz: "Toʻlov amalga oshmadi" }
        voided { en: "Payment cancelled", ru: "Платёж отменён", uz: "Toʻlov bekor qilingan" }

        cash { en: "Cash on delivery", ru: "Наличными при получении", uz: "Qabul qilganda naqd pul" }
        cash_pickup { en: "Pay at pickup", ru: "Оплата при самовывозе", uz: "Olib ketishda toʻlov" }
        cash_any { en: "Cash", ru: "Наличными", uz: "Naqd pul" }
        card { en: "Bank card", ru: "Банковская карта", uz: "Bank kartasi" }
        payme { en: "Payme", ru: "Payme", uz: "Payme" }
        click { en: "Click", ru: "Click", uz: "Click" }
        humo_uzcard { en: "Humo or Uzcard", ru: "Humo или Uzcard", uz: "Humo yoki Uzcard" }
    }
}

impl OrderWords {
    /// A status as the customer reads it; an order that is picked up is never "on its way".
    pub const fn status(self, status: OrderStatus, delivery: DeliveryType) -> &'static str {
        match (status, delivery) {
            (OrderStatus::Pending, _) => self.pending(),
            (OrderStatus::Confirmed, _) => self.confirmed(),
            (OrderStatus::Processing, DeliveryType::Digital) => self.processing_digital(),
            (OrderStatus::Processing, _) => self.processing(),
            (OrderStatus::Shipped, _) => self.shipped(),
            (OrderStatus::Delivered, DeliveryType::Pickup) => self.delivered_pickup(),
            (OrderStatus::Delivered, DeliveryType::Digital) => self.delivered_digital(),
            (OrderStatus::Delivered, _) => self.delivered(),
            (OrderStatus::Cancelled, _) => self.cancelled(),
            (OrderStatus::Refunded, _) => self.refunded(),
        }
    }

    pub const fn payment_status(self, status: PaymentStatus) -> &'static str {
        match status {
            PaymentStatus::Unpaid => self.unpaid(),
            PaymentStatus::Pending => self.payment_pending(),
            PaymentStatus::Authorized => self.authorized(),
            PaymentStatus::Paid => self.paid(),
            PaymentStatus::PartiallyRefunded => self.partially_refunded(),
            PaymentStatus::Refunded => self.payment_refunded(),
            PaymentStatus::Failed => self.failed(),
            PaymentStatus::Voided => self.voided(),
        }
    }

    /// A way of payment before the delivery is settled.
    pub const fn payment_type_at_checkout(self, payment: PaymentType) -> &'static str {
        match payment {
            PaymentType::Cash => self.cash_any(),
            _ => self.payment_type(payment, DeliveryType::Standard),
        }
    }

    /// A way of payment; cash is paid to whoever hands the order over.
    pub const fn payment_type(self, payment: PaymentType, delivery: DeliveryType) -> &'static str {
        match (payment, delivery) {
            (PaymentType::Cash, DeliveryType::Pickup) => self.cash_pickup(),
            (PaymentType::Cash, _) => self.cash(),
            (PaymentType::Card, _) => self.card(),
            (PaymentType::Payme, _) => self.payme(),
            (PaymentType::Click, _) => self.click(),
            (PaymentType::HumoUzcard, _) => self.humo_uzcard(),
        }
    }
}

crate::messages! {
    /// Words of the order page.
    pub OrderMessages {
        title(number: &str) { en: "Order {number}", ru: "Заказ {number}", uz: "{number} buyurtma" }
        placed_on { en: "Placed", ru: "Оформлен", uz: "Berilgan" }
        order_placed_on { en: "Order placed", ru: "Заказ оформлен", uz: "Buyurtma berildi" }
        enjoy { en: "Enjoy the film", ru: "Приятного просмотра", uz: "Maroqli tomosha" }
        thanks(n: plural) {
            en: ["Thank you. We have your order, and {n} film is set aside for you.", "Thank you. We have your order, and {n} films are set aside for you."],
            ru: [
                "Спасибо. Заказ у нас, {n} фильм отложен для вас.",
                "Спасибо. Заказ у нас, {n} фильма отложены для вас.",
                "Спасибо. Заказ у нас, {n} фильмов отложены для вас.",
            ],
            uz: ["Rahmat. Buyurtmangizni oldik, {n} ta film siz uchun olib qoʻyildi."],
        }
        ticket { en: "Admit one order", ru: "Билет на один заказ", uz: "Bitta buyurtma uchun chipta" }
        ticket_number { en: "Order number", ru: "Номер заказа", uz: "Buyurtma raqami" }
        keep_link {
            en: "Keep the address of this page: it opens your order again, for you and for anyone you give it to.",
            ru: "Сохраните адрес этой страницы: по нему заказ откроется снова — у вас и у всех, кому вы его дадите.",
            uz: "Ushbu sahifa manzilini saqlab qoʻying: u buyurtmangizni sizga va siz manzilni bergan har kimga qayta ochadi.",
        }

        account_title { en: "Keep your orders together", ru: "Все заказы в одном месте", uz: "Hamma buyurtmalar bir joyda" }
        account_why {
            en: "With an account you find this order and the next ones without a link.",
            ru: "С учётной записью этот и следующие заказы найдутся без ссылки.",
            uz: "Hisob bilan bu va keyingi buyurtmalarni havolasiz topasiz.",
        }
        account_open { en: "Create an account", ru: "Создать учётную запись", uz: "Hisob yaratish" }

        next_title { en: "What happens next", ru: "Что дальше", uz: "Keyin nima boʻladi" }
        next_deliver(dates: &str) { en: "We pack your order and bring it: expect it {dates}.", ru: "Соберём заказ и {dates} привезём его вам.", uz: "Buyurtmani yigʻib, yetkazib beramiz: {dates}." }
        next_deliver_undated { en: "We pack your order and bring it.", ru: "Мы соберём заказ и привезём его.", uz: "Buyurtmani yigʻib, yetkazib beramiz." }
        next_shipped(dates: &str) { en: "The parcel is on its way: expect it {dates}.", ru: "Посылка уже в пути и {dates} будет у вас.", uz: "Joʻnatma yoʻlda: {dates}." }
        next_shipped_undated { en: "The parcel is on its way to you.", ru: "Посылка уже едет к вам.", uz: "Joʻnatma sizga yetib bormoqda." }
        next_pickup(point: &str, dates: &str) {
            en: "It will wait for you here: {point}. Ready {dates}. Bring the order number.",
            ru: "Заказ {dates} будет ждать вас здесь: {point}. Возьмите с собой номер заказа.",
            uz: "Buyurtma sizni shu yerda kutadi: {point}. Tayyor boʻladi: {dates}. Buyurtma raqamini oling.",
        }
        next_pickup_undated(point: &str) {
            en: "It will wait for you here: {point}. Bring the order number.",
            ru: "Заказ будет ждать вас здесь: {point}. Возьмите с собой номер заказа.",
            uz: "Buyurtma sizni shu yerda kutadi: {point}. Buyurtma raqamini oling.",
        }
        next_digital(email: &str) { en: "Your codes go to {email} once the order is paid.", ru: "Коды придут на {email}, как только заказ будет оплачен.", uz: "Buyurtma toʻlangach, kodlar {email} manziliga yuboriladi." }
        next_call(phone: &str) { en: "If anything is unclear, we call you: {phone}.", ru: "Если что-то будет неясно, мы позвоним: {phone}.", uz: "Biror narsa tushunarsiz boʻlsa, qoʻngʻiroq qilamiz: {phone}." }
        pay_courier(total: &str) { en: "Pay the courier in cash: {total}.", ru: "Оплатите курьеру наличными: {total}.", uz: "Kuryerga naqd toʻlaysiz: {total}." }
        pay_at_pickup(total: &str) { en: "Pay when you pick it up: {total}.", ru: "Оплатите при получении: {total}.", uz: "Olib ketayotganda toʻlaysiz: {total}." }
        pay_cash(total: &str) { en: "To pay in cash: {total}. We call to agree how.", ru: "К оплате наличными: {total}. Мы позвоним, чтобы договориться.", uz: "Naqd toʻlanadi: {total}. Kelishish uchun qoʻngʻiroq qilamiz." }
        pay_online(total: &str) { en: "We start as soon as your payment arrives: {total}.", ru: "Начнём, как только поступит оплата: {total}.", uz: "Toʻlov kelishi bilan boshlaymiz: {total}." }
        after_delivered { en: "Everything has reached you. Enjoy the film.", ru: "Всё уже у вас. Приятного просмотра.", uz: "Hammasi sizga yetib bordi. Maroqli tomosha." }
        after_cancelled { en: "The order was cancelled. Nothing will be sent, and nothing is to be paid.", ru: "Заказ отменён. Мы ничего не отправим, и платить ничего не нужно.", uz: "Buyurtma bekor qilindi. Hech narsa yuborilmaydi va hech narsa toʻlanmaydi." }
        after_cancelled_paid(total: &str) {
            en: "The order was cancelled. Nothing will be sent, and what you paid comes back to you: {total}.",
            ru: "Заказ отменён. Мы ничего не отправим, а оплаченное вернётся к вам: {total}.",
            uz: "Buyurtma bekor qilindi. Hech narsa yuborilmaydi, toʻlagan pulingiz sizga qaytariladi: {total}.",
        }
        after_refunded { en: "The money for this order went back to you.", ru: "Деньги за этот заказ вернулись к вам.", uz: "Bu buyurtma puli sizga qaytarildi." }

        progress { en: "Progress", ru: "Ход заказа", uz: "Buyurtma holati" }
        done { en: "done", ru: "выполнено", uz: "bajarildi" }
        by_you { en: "by you", ru: "вы", uz: "siz" }
        by_shop { en: "by the shop", ru: "магазин", uz: "doʻkon" }
        by_clock { en: "by itself", ru: "автоматически", uz: "avtomatik" }
        then { en: "then", ru: "затем", uz: "keyin" }
        reason_given(reason: &str) { en: "Reason: {reason}", ru: "Причина: {reason}", uz: "Sabab: {reason}" }
        invoice { en: "Invoice", ru: "Счёт", uz: "Hisob-faktura" }
        order_again { en: "Order it again", ru: "Заказать снова", uz: "Yana buyurtma qilish" }
        cancel { en: "Cancel this order", ru: "Отменить заказ", uz: "Buyurtmani bekor qilish" }
        expected(dates: &str) { en: "Expected {dates}", ru: "Ожидается: {dates}", uz: "Kutilmoqda: {dates}" }

        lines { en: "What you ordered", ru: "Что вы заказали", uz: "Nima buyurtma qildingiz" }
        quantity(n: u32) { en: "quantity {n}", ru: "количество: {n}", uz: "soni: {n}" }
        each(price: &str) { en: "{price} each", ru: "{price} за штуку", uz: "bittasi {price}" }
        details { en: "Details", ru: "Подробности", uz: "Tafsilotlar" }
        order_status { en: "Order", ru: "Заказ", uz: "Buyurtma" }
        payment_status { en: "Payment", ru: "Оплата", uz: "Toʻlov" }
        payment_type { en: "Method", ru: "Способ оплаты", uz: "Toʻlov usuli" }
        delivery_type { en: "Delivery", ru: "Доставка", uz: "Yetkazib berish" }
        arrives { en: "Expected", ru: "Ожидается", uz: "Kutilmoqda" }
        pickup_point { en: "Pickup point", ru: "Пункт выдачи", uz: "Olib ketish joyi" }
        recipient { en: "For", ru: "Получатель", uz: "Qabul qiluvchi" }
        address { en: "To", ru: "Адрес", uz: "Manzil" }
        contact { en: "Contact", ru: "Контакты", uz: "Aloqa" }
        note { en: "Your note", ru: "Ваше примечание", uz: "Izohingiz" }

        goods(n: plural) { en: ["{n} item", "{n} items"], ru: ["{n} товар", "{n} товара", "{n} товаров"], uz: ["{n} ta mahsulot"] }
        discount { en: "Discount", ru: "Скидка", uz: "Chegirma" }
        total { en: "Total", ru: "Всего", uz: "Jami" }
        tax { en: "of which tax", ru: "в том числе налог", uz: "shundan soliq" }
        mails { en: "Mails", ru: "Письма", uz: "Xatlar" }
        mailed(what: &str, at: &str) { en: "{what}: we mailed you on {at}.", ru: "{what}: письмо отправлено {at}.", uz: "{what}: xat yuborildi, {at}." }
        mail_waiting(what: &str) { en: "{what}: the mail is waiting to be sent.", ru: "{what}: письмо ждёт отправки.", uz: "{what}: xat yuborilishini kutmoqda." }
        mail_undelivered(what: &str, to: &str) { en: "{what}: the mail could not be delivered to {to}.", ru: "{what}: письмо не удалось доставить на {to}.", uz: "{what}: xatni {to} manziliga yetkazib boʻlmadi." }
        mail_note { en: "A word from the shop", ru: "Сообщение от магазина", uz: "Doʻkondan xabar" }
        parcels { en: "Your parcels", ru: "Ваши посылки", uz: "Joʻnatmalaringiz" }
        parcel_sent { en: "A parcel has left us", ru: "Посылка отправлена", uz: "Joʻnatma yoʻlga chiqdi" }
        mail_parcel { en: "A parcel on its way", ru: "Посылка в пути", uz: "Joʻnatma yoʻlda" }
        mail_link { en: "Link to the order", ru: "Ссылка на заказ", uz: "Buyurtma havolasi" }
        keep_looking { en: "Keep looking", ru: "Смотреть дальше", uz: "Filmlarni koʻrishda davom etish" }
    }
}

crate::messages! {
    /// Words of the question whether an order is to be cancelled.
    pub CancelMessages {
        title(number: &str) { en: "Cancel order {number}?", ru: "Отменить заказ {number}?", uz: "{number} buyurtma bekor qilinsinmi?" }
        lead(total: &str) {
            en: "It comes to {total}. The films go back on the shelf, nothing will be sent, and it cannot be undone.",
            ru: "Сумма заказа: {total}. Фильмы вернутся на полку, мы ничего не отправим, и восстановить заказ будет нельзя.",
            uz: "Buyurtma summasi: {total}. Filmlar javonga qaytadi, hech narsa yuborilmaydi va buni ortga qaytarib boʻlmaydi.",
        }
        reason { en: "Why", ru: "Почему", uz: "Sababi" }
        reason_hint { en: "It helps us to do better.", ru: "Это поможет нам стать лучше.", uz: "Bu bizga yaxshiroq ishlashga yordam beradi." }
        reason_too_long(n: plural) {
            en: ["Shorten the reason by {n} character", "Shorten the reason by {n} characters"],
            ru: ["Сократите причину на {n} символ", "Сократите причину на {n} символа", "Сократите причину на {n} символов"],
            uz: ["Sababni {n} ta belgiga qisqartiring"],
        }
        confirm { en: "Cancel the order", ru: "Отменить заказ", uz: "Buyurtmani bekor qilish" }
        keep { en: "Keep it", ru: "Оставить", uz: "Qoldirish" }
        cancelled(number: &str) { en: "Order {number} is cancelled.", ru: "Заказ {number} отменён.", uz: "{number} buyurtma bekor qilindi." }
        too_late_title { en: "Too late to cancel", ru: "Отменить уже нельзя", uz: "Bekor qilish uchun kech" }
        too_late(number: &str, status: &str) {
            en: "Order {number} has come too far to be cancelled here. Where it stands: {status}. It has not been changed.",
            ru: "Заказ {number} уже нельзя отменить на сайте. Его состояние: {status}. Ничего не изменилось.",
            uz: "{number} buyurtmani endi saytda bekor qilib boʻlmaydi. Holati: {status}. Hech narsa oʻzgarmadi.",
        }
        back { en: "Back to the order", ru: "К заказу", uz: "Buyurtmaga qaytish" }
    }
}

crate::messages! {
    /// Words of the page that sends somebody the link to their order.
    pub TrackMessages {
        title { en: "Find your order", ru: "Найти заказ", uz: "Buyurtmani topish" }
        lead {
            en: "Enter the order's number and the e-mail that you gave with it. We send the link to the order's page to that e-mail.",
            ru: "Введите номер заказа и эл. почту, которую вы указали. Мы отправим на неё ссылку на страницу заказа.",
            uz: "Buyurtma raqami va unda koʻrsatgan elektron pochtangizni kiriting. Buyurtma sahifasining havolasini shu manzilga yuboramiz.",
        }
        number { en: "Order number", ru: "Номер заказа", uz: "Buyurtma raqami" }
        number_hint { en: "Like MQ-7K3PWXQ9; it stands in our mails.", ru: "Например, MQ-7K3PWXQ9; он указан в наших письмах.", uz: "Masalan, MQ-7K3PWXQ9; u xatlarimizda yozilgan." }
        number_wrong { en: "Enter the number as it stands in the mail: MQ- and 8 characters", ru: "Введите номер, как в письме: MQ- и 8 символов", uz: "Raqamni xatdagidek kiriting: MQ- va 8 ta belgi" }
        email { en: "E-mail", ru: "Эл. почта", uz: "Elektron pochta" }
        email_wrong { en: "Enter an e-mail address like name@example.com", ru: "Введите адрес эл. почты, например name@example.com", uz: "name@example.com kabi elektron pochta manzilini kiriting" }
        send { en: "Send the link", ru: "Отправить ссылку", uz: "Havolani yuborish" }
        sent {
            en: "If there is such an order with that e-mail, its link will be there in a few minutes.",
            ru: "Если заказ с такой почтой есть, ссылка придёт на неё через несколько минут.",
            uz: "Agar shu pochta bilan bunday buyurtma boʻlsa, havola bir necha daqiqada keladi.",
        }
    }
}
