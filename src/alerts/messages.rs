//! Words of the back-in-stock requests: the form, the pages behind the links.

crate::messages! {
    pub AlertMessages {
        heading { en: "Tell me when it is back", ru: "Сообщить о поступлении", uz: "Kelganda xabar bering" }
        email { en: "Email", ru: "Электронная почта", uz: "Elektron pochta" }
        email_hint {
            en: "One mail when this edition can be had again, and none besides.",
            ru: "Одно письмо, когда это издание снова появится, и больше ничего.",
            uz: "Ushbu nashr yana paydo boʻlganda bitta xat, boshqa hech narsa.",
        }
        leave_empty { en: "Leave this field empty", ru: "Оставьте это поле пустым", uz: "Bu maydonni boʻsh qoldiring" }
        send { en: "Tell me", ru: "Сообщить мне", uz: "Xabar bering" }
        email_missing { en: "Enter your email, like nora@example.com", ru: "Введите адрес почты, например nora@example.com", uz: "Elektron pochtangizni kiriting, masalan nora@example.com" }
        email_malformed { en: "Enter an email with an @ and a domain, like nora@example.com", ru: "Введите адрес почты с @ и доменом, например nora@example.com", uz: "Pochta manzilini @ va domen bilan kiriting, masalan nora@example.com" }
        hidden_field_filled {
            en: "A field that people do not see was filled in. Send the form once more as it stands here.",
            ru: "Заполнено поле, которое люди не видят. Отправьте форму ещё раз в этом виде.",
            uz: "Odamlarga koʻrinmaydigan maydon toʻldirilgan. Formani shu holatda yana bir bor yuboring.",
        }
        error_title(title: &str) { en: "Error: {title}", ru: "Ошибка: {title}", uz: "Xato: {title}" }
        back_to_film { en: "Back to the film", ru: "Назад к фильму", uz: "Filmga qaytish" }

        check_mail {
            en: "Look into your mail: if this address is not on the list yet, a link that puts it there is on its way.",
            ru: "Проверьте почту: если этого адреса ещё нет в списке, мы отправили ссылку для подтверждения.",
            uz: "Pochtangizni tekshiring: bu manzil hali roʻyxatda boʻlmasa, tasdiqlash havolasini yubordik.",
        }
        in_stock_now {
            en: "It is in stock already: you can buy it now.",
            ru: "Издание уже в наличии: его можно купить сейчас.",
            uz: "Nashr allaqachon sotuvda: hozir xarid qilishingiz mumkin.",
        }

        confirm_title { en: "Confirm your address", ru: "Подтвердите адрес", uz: "Manzilingizni tasdiqlang" }
        confirm_text(title: &str, format: &str) {
            en: "We write to you once, when {title} on {format} can be had again.",
            ru: "Мы напишем вам один раз, когда «{title}» ({format}) снова появится в продаже.",
            uz: "“{title}” ({format}) yana sotuvga chiqqanda, sizga bir marta yozamiz.",
        }
        confirm_button { en: "Yes, write to me", ru: "Да, напишите мне", uz: "Ha, menga yozing" }
        confirmed {
            en: "Thank you. We write to you as soon as it is back.",
            ru: "Спасибо. Мы напишем, как только издание появится.",
            uz: "Rahmat. Nashr paydo boʻlishi bilan yozamiz.",
        }
        gone {
            en: "This link is too old, or the request was withdrawn. You can ask again on the film’s page.",
            ru: "Ссылка устарела или запрос отозван. Оставить новый можно на странице фильма.",
            uz: "Havola eskirgan yoki soʻrov bekor qilingan. Film sahifasida yangisini qoldirishingiz mumkin.",
        }
        all_films { en: "All films", ru: "Все фильмы", uz: "Barcha filmlar" }

        unsubscribe_title { en: "No more mails about films that are back", ru: "Отписаться от писем о поступлении", uz: "Filmlar kelgani haqidagi xatlarni toʻxtatish" }
        unsubscribe_text {
            en: "We forget every film that you wait for, and write about none of them. Mails about your orders still come.",
            ru: "Мы забудем все фильмы, которых вы ждёте, и больше не напишем о них. Письма о заказах будут приходить.",
            uz: "Siz kutayotgan barcha filmlarni unutamiz va ular haqida yozmaymiz. Buyurtmalaringiz haqidagi xatlar keladi.",
        }
        unsubscribe_button { en: "Stop these mails", ru: "Не присылать", uz: "Xatlarni toʻxtatish" }
        unsubscribed {
            en: "Done: we no longer write to you about films that are back.",
            ru: "Готово: мы больше не пишем вам о поступлении фильмов.",
            uz: "Tayyor: filmlar kelgani haqida sizga boshqa yozmaymiz.",
        }
    }
}

crate::messages! {
    /// Words of the two mails.
    pub AlertMailWords {
        confirm_subject(title: &str) { en: "Confirm: tell me when {title} is back", ru: "Подтвердите: сообщить о поступлении «{title}»", uz: "Tasdiqlang: “{title}” kelganda xabar berish" }
        confirm_heading { en: "One click, and you are on the list", ru: "Один шаг, и вы в списке", uz: "Yana bir qadam, va siz roʻyxatdasiz" }
        confirm_lead(title: &str, format: &str) {
            en: "Somebody, we hope you, asked us to write to this address when {title} on {format} can be had again. Please confirm that the address is yours.",
            ru: "Кто-то, надеемся, что вы, попросил написать на этот адрес, когда «{title}» ({format}) снова появится. Подтвердите, что адрес ваш.",
            uz: "Kimdir, umid qilamizki siz, “{title}” ({format}) yana paydo boʻlganda shu manzilga yozishni soʻradi. Manzil sizniki ekanini tasdiqlang.",
        }
        confirm_button { en: "Confirm the address", ru: "Подтвердить адрес", uz: "Manzilni tasdiqlash" }
        confirm_note {
            en: "If it was not you, do nothing: without the confirmation we do not write again, and forget the address in three days.",
            ru: "Если это были не вы, ничего не делайте: без подтверждения мы больше не напишем и через три дня забудем адрес.",
            uz: "Agar bu siz boʻlmasangiz, hech narsa qilmang: tasdiqsiz boshqa yozmaymiz va uch kundan keyin manzilni unutamiz.",
        }
        confirm_reason {
            en: "You get this mail because this address was typed into a form at Marquee.",
            ru: "Вы получили это письмо, потому что этот адрес указали в форме магазина Marquee.",
            uz: "Bu xat sizga Marquee doʻkonidagi formada shu manzil koʻrsatilgani uchun keldi.",
        }

        back_subject(title: &str) { en: "{title} is back", ru: "«{title}» снова в продаже", uz: "“{title}” yana sotuvda" }
        back_heading { en: "Back on the shelf", ru: "Снова на полке", uz: "Yana javonda" }
        back_lead(title: &str, format: &str) {
            en: "You asked us to tell you: {title} on {format} can be had again. Others wait for it too, and we cannot set one aside.",
            ru: "Вы просили сообщить: «{title}» ({format}) снова можно купить. Его ждут и другие, отложить мы не можем.",
            uz: "Xabar berishni soʻragandingiz: “{title}” ({format}) yana sotuvda. Uni boshqalar ham kutmoqda, olib qoʻya olmaymiz.",
        }
        back_button { en: "See the film", ru: "Открыть фильм", uz: "Filmni koʻrish" }
        back_reason {
            en: "You get this mail because you asked for it on the film’s page. It is the only one.",
            ru: "Вы получили это письмо, потому что попросили о нём на странице фильма. Других не будет.",
            uz: "Bu xat sizga film sahifasida soʻraganingiz uchun keldi. Boshqa xat boʻlmaydi.",
        }
    }
}
