//! Words of the reviews desk.

crate::messages! {
    pub DeskMessages {
        title { en: "Reviews to read", ru: "Отзывы на проверку", uz: "Oʻqiladigan sharhlar" }
        lead {
            en: "Publish opinions; stop adverts, insults and endings given away.",
            ru: "Мнения публикуем; рекламу, оскорбления и раскрытые развязки нет.",
            uz: "Fikrlarni eʼlon qilamiz; reklama, haqorat va voqea yakunini oshkor qilishni toʻxtatamiz.",
        }
        review(id: u64) { en: "Review {id}", ru: "Отзыв {id}", uz: "{id}-sharh" }
        shelves { en: "Queue", ru: "Очередь", uz: "Navbat" }
        unread { en: "New", ru: "Новые", uz: "Yangi" }
        edited { en: "Changed", ru: "Изменённые", uz: "Oʻzgartirilgan" }
        reported { en: "Reported", ru: "С жалобами", uz: "Shikoyat qilingan" }
        approved { en: "Published", ru: "Опубликованные", uz: "Eʼlon qilingan" }
        rejected { en: "Rejected", ru: "Отклонённые", uz: "Rad etilgan" }
        nothing { en: "Nothing is here.", ru: "Здесь пусто.", uz: "Bu yerda hech narsa yoʻq." }
        older { en: "Next page", ru: "Следующая страница", uz: "Keyingi sahifa" }
        pages { en: "Pages", ru: "Страницы", uz: "Sahifalar" }

        all { en: "All on this page", ru: "Все на странице", uz: "Sahifadagi hammasi" }
        approve_selected { en: "Approve selected", ru: "Опубликовать выбранные", uz: "Tanlanganlarni tasdiqlash" }
        reject_selected { en: "Reject selected", ru: "Отклонить выбранные", uz: "Tanlanganlarni rad etish" }
        reason { en: "Reason for rejecting", ru: "Причина отказа", uz: "Rad etish sababi" }
        keys_move { en: "move", ru: "перейти", uz: "oʻtish" }
        keys_approve { en: "approve", ru: "опубликовать", uz: "tasdiqlash" }
        keys_reject { en: "reject", ru: "отклонить", uz: "rad etish" }
        keys_reply { en: "answer", ru: "ответить", uz: "javob berish" }
        keys_select { en: "select", ru: "выбрать", uz: "tanlash" }

        select(whose: &str) { en: "Select: {whose}", ru: "Выбрать: {whose}", uz: "Tanlash: {whose}" }
        approve { en: "Approve", ru: "Опубликовать", uz: "Tasdiqlash" }
        reject { en: "Reject", ru: "Отклонить", uz: "Rad etish" }
        open { en: "Open", ru: "Открыть", uz: "Ochish" }
        feature { en: "Feature", ru: "Выделить", uz: "Ajratib koʻrsatish" }
        unfeature { en: "No longer feature", ru: "Больше не выделять", uz: "Ajratmaslik" }
        mark_spoiler { en: "It gives the story away", ru: "Раскрывает сюжет", uz: "Voqeani oshkor qiladi" }
        spoiler { en: "Gives the story away", ru: "Раскрывает сюжет", uz: "Voqeani oshkor qiladi" }
        is_featured { en: "Featured", ru: "Выделен", uz: "Ajratilgan" }
        bought { en: "Bought", ru: "Куплено", uz: "Xarid qilingan" }
        not_bought { en: "Not bought", ru: "Не куплено", uz: "Xarid qilinmagan" }
        complaints(n: plural) { en: ["{n} report", "{n} reports"], ru: ["{n} жалоба", "{n} жалобы", "{n} жалоб"], uz: ["{n} ta shikoyat"] }
        was { en: "Was", ru: "Было", uz: "Avval" }
        reply { en: "Answer as the shop", ru: "Ответ магазина", uz: "Doʻkon javobi" }
        reply_hint { en: "Everybody sees it under the review. Up to 2,000 characters.", ru: "Его увидят все под отзывом. До 2000 символов.", uz: "Uni sharh ostida hamma koʻradi. 2000 belgigacha." }
        send_reply { en: "Publish the answer", ru: "Опубликовать ответ", uz: "Javobni eʼlon qilish" }
        short_reply { en: "Write an answer of up to 2,000 characters", ru: "Напишите ответ до 2000 символов", uz: "2000 belgigacha javob yozing" }

        was_approved { en: "The review is published.", ru: "Отзыв опубликован.", uz: "Sharh eʼlon qilindi." }
        was_rejected { en: "The review is rejected.", ru: "Отзыв отклонён.", uz: "Sharh rad etildi." }
        was_changed { en: "Done.", ru: "Готово.", uz: "Tayyor." }
        decided(n: plural) { en: ["{n} review decided.", "{n} reviews decided."], ru: ["Решён {n} отзыв.", "Решено {n} отзыва.", "Решено {n} отзывов."], uz: ["{n} ta sharh hal qilindi."] }
        skipped(n: plural) {
            en: ["{n} had changed meanwhile and was left alone.", "{n} had changed meanwhile and were left alone."],
            ru: ["{n} изменился тем временем и не тронут.", "{n} изменились тем временем и не тронуты.", "{n} изменились тем временем и не тронуты."],
            uz: ["{n} tasi shu orada oʻzgargan, ularga tegilmadi."],
        }
        nothing_selected { en: "Select some reviews first.", ru: "Сначала выберите отзывы.", uz: "Avval sharhlarni tanlang." }
        changed {
            en: "Somebody else was first, or the author has changed the text. This is the review as it is now.",
            ru: "Кто-то успел раньше, или автор изменил текст. Вот отзыв в нынешнем виде.",
            uz: "Kimdir oldinroq ulgurdi yoki muallif matnni oʻzgartirdi. Sharhning hozirgi holati shu.",
        }
        not_shown { en: "Others do not see this review.", ru: "Этот отзыв другим не виден.", uz: "Bu sharhni boshqalar koʻrmaydi." }
        too_many_featured {
            en: "Three reviews of this film are featured already.",
            ru: "У этого фильма уже выделены три отзыва.",
            uz: "Bu filmning uchta sharhi allaqachon ajratilgan.",
        }
    }
}
