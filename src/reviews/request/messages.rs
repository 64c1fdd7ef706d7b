//! Words of the mail that asks for reviews.

crate::messages! {
    pub(super) RequestMailWords {
        subject { en: "What did you think of the films?", ru: "Как вам фильмы?", uz: "Filmlar sizga yoqdimi?" }
        lead {
            en: "Your order came a week ago. Other viewers would like to know what you thought; a few words are enough.",
            ru: "Неделю назад вы получили заказ. Другим зрителям интересно ваше мнение, хватит и нескольких слов.",
            uz: "Buyurtmangizni bir hafta oldin oldingiz. Boshqa tomoshabinlarga fikringiz qiziq, bir necha soʻz yetarli.",
        }
        write { en: "Write a review", ru: "Написать отзыв", uz: "Sharh yozish" }
        note {
            en: "We ask once for each order.",
            ru: "О каждом заказе мы спрашиваем один раз.",
            uz: "Har bir buyurtma haqida bir marta soʻraymiz.",
        }
        reason {
            en: "You get this mail because you asked us to write to you about films and offers.",
            ru: "Вы получили это письмо, потому что согласились получать письма о фильмах и предложениях.",
            uz: "Bu xat sizga filmlar va takliflar haqida yozishimizga rozi boʻlganingiz uchun keldi.",
        }
    }
}
