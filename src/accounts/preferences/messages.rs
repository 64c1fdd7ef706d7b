//! Words of the preferences.

use super::Kind;

crate::messages! {
    pub PreferenceMessages {
        title { en: "Mail preferences", ru: "Настройки писем", uz: "Xat sozlamalari" }
        lead { en: "Mails about your orders and the safety of your account always come. All others are yours to choose.", ru: "Письма о заказах и безопасности учётной записи приходят всегда. Остальные выбираете вы.", uz: "Buyurtmalar va hisob xavfsizligi haqidagi xatlar doim keladi. Qolganini oʻzingiz tanlaysiz." }
        news { en: "New films and offers", ru: "Новинки и предложения", uz: "Yangi filmlar va takliflar" }
        cart_reminders { en: "Reminders of what is in the cart", ru: "Напоминания о корзине", uz: "Savat haqida eslatmalar" }
        review_requests { en: "Requests to review what you bought", ru: "Просьбы оценить купленное", uz: "Xaridga sharh yozish soʻrovlari" }
        review_replies { en: "News of your own reviews", ru: "Новости о ваших отзывах", uz: "Sharhlaringiz haqidagi xabarlar" }
        language { en: "Language of mails", ru: "Язык писем", uz: "Xatlar tili" }
        save { en: "Save", ru: "Сохранить", uz: "Saqlash" }
        saved { en: "Saved.", ru: "Сохранено.", uz: "Saqlandi." }

        unsubscribe_title { en: "Fewer mails", ru: "Меньше писем", uz: "Kamroq xat" }
        unsubscribe_text(kind: &str) { en: "We stop sending you these mails: {kind}.", ru: "Мы перестанем присылать вам такие письма: {kind}.", uz: "Sizga bunday xatlar yuborilmaydi: {kind}." }
        unsubscribe_button { en: "Stop these mails", ru: "Не присылать", uz: "Xatlarni toʻxtatish" }
        unsubscribed(kind: &str) { en: "Done. You get no more of these mails: {kind}.", ru: "Готово. Такие письма больше не придут: {kind}.", uz: "Tayyor. Bunday xatlar endi kelmaydi: {kind}." }
        all_preferences { en: "All mail preferences", ru: "Все настройки писем", uz: "Barcha xat sozlamalari" }
    }
}

impl PreferenceMessages {
    /// What mails of a kind are about.
    pub fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::News => self.news(),
            Kind::CartReminders => self.cart_reminders(),
            Kind::ReviewRequests => self.review_requests(),
            Kind::ReviewReplies => self.review_replies(),
        }
    }
}
