//! Words that every mail may need, and those of alerts.

crate::messages! {
    pub MailWords {
        unsubscribe { en: "Unsubscribe", ru: "Отписаться", uz: "Obunani bekor qilish" }
        staff_reason { en: "This notice is for the people of the shop.", ru: "Это уведомление для сотрудников магазина.", uz: "Bu xabar doʻkon xodimlari uchun." }

        given_up_title { en: "A message could not be delivered", ru: "Сообщение не удалось доставить", uz: "Xabarni yetkazib boʻlmadi" }
        given_up_number { en: "Message", ru: "Сообщение", uz: "Xabar" }
        given_up_template { en: "Kind", ru: "Вид", uz: "Turi" }
        given_up_reason { en: "Reason", ru: "Причина", uz: "Sababi" }
        given_up_again(id: u64) { en: "Send it again with: marquee messages resend {id}", ru: "Отправить ещё раз: marquee messages resend {id}", uz: "Qayta yuborish: marquee messages resend {id}" }
    }
}
