//! Words of the mails about an order, and of the notice to the shop's people.

crate::messages! {
    pub OrderMailWords {
        subject(number: &str, heading: &str) { en: "{heading}: {number}", ru: "{heading}: {number}", uz: "{heading}: {number}" }
        subject_link(number: &str) { en: "The link to your order {number}", ru: "Ссылка на ваш заказ {number}", uz: "{number} buyurtmangiz havolasi" }
        reason {
            en: "You get this mail because this address was given with an order at Marquee.",
            ru: "Вы получили это письмо, потому что этот адрес указан в заказе в магазине Marquee.",
            uz: "Bu xat sizga Marquee doʻkonidagi buyurtmada shu manzil koʻrsatilgani uchun keldi.",
        }

        placed { en: "We have your order", ru: "Мы получили ваш заказ", uz: "Buyurtmangizni oldik" }
        placed_lead(n: plural) {
            en: ["Thank you. {n} film is set aside for you.", "Thank you. {n} films are set aside for you."],
            ru: ["Спасибо. {n} фильм отложен для вас.", "Спасибо. {n} фильма отложены для вас.", "Спасибо. {n} фильмов отложены для вас."],
            uz: ["Rahmat. {n} ta film siz uchun olib qoʻyildi."],
        }
        confirmed { en: "Your order is confirmed", ru: "Ваш заказ подтверждён", uz: "Buyurtmangiz tasdiqlandi" }
        confirmed_lead { en: "All is in order, and we are getting it ready.", ru: "Всё в порядке, мы готовим заказ.", uz: "Hammasi joyida, buyurtmani tayyorlayapmiz." }
        part_shipped { en: "A part of your order is on its way", ru: "Часть вашего заказа в пути", uz: "Buyurtmangizning bir qismi yoʻlda" }
        part_shipped_lead { en: "One parcel has left us; the rest follows.", ru: "Одна посылка отправлена, остальное отправим следом.", uz: "Bitta joʻnatma yoʻlga chiqdi, qolgani keyinroq boradi." }
        shipped { en: "Your order is on its way", ru: "Ваш заказ в пути", uz: "Buyurtmangiz yoʻlda" }
        shipped_lead(dates: &str) { en: "The parcel has left us. Expect it {dates}.", ru: "Посылка отправлена и {dates} будет у вас.", uz: "Joʻnatma yoʻlga chiqdi. Kutilayotgan kun: {dates}." }
        shipped_lead_undated { en: "The parcel has left us and is on its way to you.", ru: "Посылка отправлена и уже едет к вам.", uz: "Joʻnatma yoʻlga chiqdi va sizga yetib bormoqda." }
        parcel { en: "Tracking number", ru: "Номер отправления", uz: "Kuzatuv raqami" }
        follow { en: "Follow the parcel", ru: "Отследить посылку", uz: "Joʻnatmani kuzatish" }
        delivered { en: "Your order was delivered", ru: "Ваш заказ доставлен", uz: "Buyurtmangiz yetkazildi" }
        picked_up { en: "Your order was picked up", ru: "Ваш заказ выдан", uz: "Buyurtmangiz olib ketildi" }
        codes_sent { en: "Your codes were sent", ru: "Ваши коды отправлены", uz: "Kodlaringiz yuborildi" }
        delivered_lead { en: "Everything has reached you. Enjoy the film.", ru: "Всё уже у вас. Приятного просмотра.", uz: "Hammasi sizga yetib bordi. Maroqli tomosha." }
        cancelled { en: "Your order was cancelled", ru: "Ваш заказ отменён", uz: "Buyurtmangiz bekor qilindi" }
        cancelled_lead {
            en: "Nothing will be sent, and nothing is to be paid. What was paid already comes back to you.",
            ru: "Мы ничего не отправим, и платить ничего не нужно. Если вы уже заплатили, деньги вернутся к вам.",
            uz: "Hech narsa yuborilmaydi va hech narsa toʻlanmaydi. Toʻlab boʻlgan boʻlsangiz, pul sizga qaytadi.",
        }
        expired_lead {
            en: "No payment arrived in time, so the films went back on the shelf. You are welcome to order them again.",
            ru: "Оплата не поступила вовремя, и фильмы вернулись на полку. Вы можете заказать их снова.",
            uz: "Toʻlov oʻz vaqtida kelmadi, shuning uchun filmlar tokchaga qaytdi. Ularni qayta buyurtma qilishingiz mumkin.",
        }
        refunded { en: "Your money is on its way back", ru: "Деньги возвращаются к вам", uz: "Pulingiz sizga qaytarilmoqda" }
        refunded_lead {
            en: "We have refunded this order. Your bank may take some days to show it.",
            ru: "Мы вернули деньги за этот заказ. Банку может понадобиться несколько дней.",
            uz: "Bu buyurtma pulini qaytardik. Bankda koʻrinishi uchun bir necha kun kerak boʻlishi mumkin.",
        }
        subject_note(number: &str) { en: "About your order {number}", ru: "О вашем заказе {number}", uz: "{number} buyurtmangiz haqida" }
        note { en: "A word about your order", ru: "Несколько слов о вашем заказе", uz: "Buyurtmangiz haqida bir-ikki soʻz" }
        link { en: "The link to your order", ru: "Ссылка на ваш заказ", uz: "Buyurtmangiz havolasi" }
        link_lead {
            en: "You, or somebody who knows the order's number and this address, asked for its page. It opens for whoever has the link, so keep it to yourself.",
            ru: "Вы или кто-то, кто знает номер заказа и этот адрес, запросили его страницу. Она откроется у любого, у кого есть ссылка, поэтому никому её не передавайте.",
            uz: "Siz yoki buyurtma raqami va ushbu manzilni biladigan kimdir uning sahifasini soʻradi. U havola kimda boʻlsa, oʻshanga ochiladi, shuning uchun havolani hech kimga bermang.",
        }
        open_order { en: "See your order", ru: "Открыть заказ", uz: "Buyurtmani koʻrish" }

        new_order(number: &str) { en: "New order {number}", ru: "Новый заказ {number}", uz: "Yangi buyurtma {number}" }
        client { en: "Client", ru: "Клиент", uz: "Mijoz" }
        phone { en: "Phone", ru: "Телефон", uz: "Telefon" }
        email { en: "E-mail", ru: "Эл. почта", uz: "Elektron pochta" }
        goods { en: "Goods", ru: "Товары", uz: "Mahsulotlar" }
        delivery { en: "Delivery price", ru: "Стоимость доставки", uz: "Yetkazib berish narxi" }
        placed_at { en: "Placed", ru: "Оформлен", uz: "Berilgan" }
    }
}
