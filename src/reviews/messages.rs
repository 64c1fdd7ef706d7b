//! Words of the reviews.

use super::Reason;

crate::messages! {
    /// What a review is complained of or rejected for.
    pub ReasonWords {
        advert { en: "It advertises something", ru: "Это реклама", uz: "Bu reklama" }
        insult { en: "It insults somebody", ru: "Оскорбляет кого-то", uz: "Kimnidir haqorat qiladi" }
        spoiler { en: "It gives the story away", ru: "Раскрывает сюжет", uz: "Voqeani oshkor qiladi" }
        off_topic { en: "It is not about the film", ru: "Не о фильме", uz: "Film haqida emas" }
        other { en: "Something else", ru: "Другое", uz: "Boshqa sabab" }
    }
}

impl ReasonWords {
    pub const fn name(self, reason: Reason) -> &'static str {
        match reason {
            Reason::Advert => self.advert(),
            Reason::Insult => self.insult(),
            Reason::Spoiler => self.spoiler(),
            Reason::OffTopic => self.off_topic(),
            Reason::Other => self.other(),
        }
    }
}

crate::messages! {
    /// Words of the reviews on the pages that everybody sees.
    pub ReviewMessages {
        heading { en: "Reviews", ru: "Отзывы", uz: "Sharhlar" }
        reviews_of(title: &str) { en: "Reviews: {title}", ru: "Отзывы: {title}", uz: "Sharhlar: {title}" }
        description(title: &str, reviews: &str) {
            en: "{title}: what those say who have seen it. {reviews}.",
            ru: "{title}: что говорят те, кто посмотрел. {reviews}.",
            uz: "{title}: koʻrganlar nima deydi. {reviews}.",
        }
        on_page(title: &str, page: u32) { en: "{title}, page {page}", ru: "{title}, страница {page}", uz: "{title}, {page}-sahifa" }
        reviews(n: plural) { en: ["{n} review", "{n} reviews"], ru: ["{n} отзыв", "{n} отзыва", "{n} отзывов"], uz: ["{n} ta sharh"] }
        all_reviews(n: plural) {
            en: ["Read {n} review", "Read all {n} reviews"],
            ru: ["Читать {n} отзыв", "Читать все {n} отзыва", "Читать все {n} отзывов"],
            uz: ["Barcha {n} ta sharhni oʻqish"],
        }
        stars(n: plural) { en: ["{n} star", "{n} stars"], ru: ["{n} звезда", "{n} звезды", "{n} звёзд"], uz: ["{n} yulduz"] }
        stars_of_five(rating: u8) { en: "{rating} out of 5", ru: "{rating} из 5", uz: "5 dan {rating}" }
        none_yet {
            en: "Nobody has written about this film yet.",
            ru: "Об этом фильме ещё никто не написал.",
            uz: "Bu film haqida hali hech kim yozmagan.",
        }
        none_with_rating { en: "No review has this rating.", ru: "Отзывов с такой оценкой нет.", uz: "Bunday bahoga ega sharh yoʻq." }
        all_ratings { en: "Show all ratings", ru: "Показать все оценки", uz: "Barcha baholarni koʻrsatish" }
        write { en: "Write a review", ru: "Написать отзыв", uz: "Sharh yozish" }
        to_film { en: "To the film", ru: "К фильму", uz: "Filmga" }
        sort { en: "Order of the reviews", ru: "Порядок отзывов", uz: "Sharhlar tartibi" }
        newest { en: "Newest", ru: "Новые", uz: "Yangi" }
        most_helpful { en: "Most helpful", ru: "Полезные", uz: "Foydali" }
        highest { en: "Highest rating", ru: "С высокой оценкой", uz: "Yuqori baholi" }
        lowest { en: "Lowest rating", ru: "С низкой оценкой", uz: "Past baholi" }

        review_by(author: &str) { en: "Review by {author}", ru: "Отзыв: {author}", uz: "{author} sharhi" }
        former_customer { en: "Former customer", ru: "Бывший покупатель", uz: "Sobiq mijoz" }
        bought { en: "Bought here", ru: "Куплено у нас", uz: "Bizdan xarid qilingan" }
        featured { en: "Featured", ru: "Выбор магазина", uz: "Doʻkon tanlovi" }
        spoiler {
            en: "This review gives the story away. Show it",
            ru: "Отзыв раскрывает сюжет. Показать",
            uz: "Bu sharh voqeani oshkor qiladi. Koʻrsatish",
        }
        shop_answers { en: "Marquee answers", ru: "Ответ магазина Marquee", uz: "Marquee javobi" }
        helpful { en: "Helpful", ru: "Полезно", uz: "Foydali" }
        not_helpful { en: "Not helpful", ru: "Бесполезно", uz: "Foydasiz" }
        report { en: "Report", ru: "Пожаловаться", uz: "Shikoyat qilish" }
        reason { en: "What is wrong with it", ru: "Что с ним не так", uz: "Nimasi notoʻgʻri" }
        send_report { en: "Send the report", ru: "Отправить жалобу", uz: "Shikoyatni yuborish" }
    }
}

crate::messages! {
    /// Words of the forms of the reviews, and of what their authors see.
    pub FormMessages {
        write { en: "Write a review", ru: "Написать отзыв", uz: "Sharh yozish" }
        edit { en: "Change your review", ru: "Изменить отзыв", uz: "Sharhni oʻzgartirish" }
        error_title(title: &str) { en: "Error: {title}", ru: "Ошибка: {title}", uz: "Xato: {title}" }
        rating { en: "Your rating", ru: "Ваша оценка", uz: "Bahoyingiz" }
        title { en: "Headline", ru: "Заголовок", uz: "Sarlavha" }
        title_hint { en: "The line you would put on the poster.", ru: "Строка, которую вы поместили бы на афишу.", uz: "Afishaga yozgan boʻlardingiz." }
        body_hint {
            en: "What is the film like, and this edition of it? Plain text, from 10 to 5,000 characters.",
            ru: "Каков фильм и каково это издание? Простой текст, от 10 до 5000 символов.",
            uz: "Film va uning ushbu nashri qanday? Oddiy matn, 10 dan 5000 belgigacha.",
        }
        has_spoiler { en: "It gives the story away", ru: "Раскрывает сюжет", uz: "Voqeani oshkor qiladi" }
        read_first {
            en: "Somebody of the shop reads it before others see it. You are shown with your first name and an initial.",
            ru: "Перед публикацией отзыв прочитает сотрудник магазина. Будет видно ваше имя и первую букву фамилии.",
            uz: "Boshqalar koʻrishidan oldin uni doʻkon xodimi oʻqiydi. Ismingiz va familiyangizning bosh harfi koʻrsatiladi.",
        }
        send { en: "Send the review", ru: "Отправить отзыв", uz: "Sharhni yuborish" }
        delete { en: "Delete the review", ru: "Удалить отзыв", uz: "Sharhni oʻchirish" }
        change { en: "Change", ru: "Изменить", uz: "Oʻzgartirish" }
        no_rating { en: "Choose from one to five stars", ru: "Выберите от одной до пяти звёзд", uz: "Bir yulduzdan besh yulduzgacha tanlang" }
        long_title(most: u16) { en: "Shorten the headline to {most} characters", ru: "Сократите заголовок до {most} символов", uz: "Sarlavhani {most} belgigacha qisqartiring" }
        short_body(least: usize) { en: "Write at least {least} characters", ru: "Напишите не меньше {least} символов", uz: "Kamida {least} ta belgi yozing" }
        long_body(most: usize) { en: "Shorten the text to {most} characters", ru: "Сократите текст до {most} символов", uz: "Matnni {most} belgigacha qisqartiring" }
        unconfirmed {
            en: "Confirm your email address first: the link is in the mail that we sent you.",
            ru: "Сначала подтвердите адрес почты: ссылка в письме, которое мы вам отправили.",
            uz: "Avval pochta manzilingizni tasdiqlang: havola biz yuborgan xatda.",
        }
        buyers_only {
            en: "Only those who have bought this film here can write about it.",
            ru: "Писать об этом фильме могут только те, кто купил его у нас.",
            uz: "Bu film haqida faqat uni bizdan xarid qilganlar yozishi mumkin.",
        }
        thanks {
            en: "Thank you. We read your review and write to you when others can see it.",
            ru: "Спасибо. Мы прочитаем отзыв и напишем вам, когда он появится на странице.",
            uz: "Rahmat. Sharhingizni oʻqib chiqamiz va u koʻringanda sizga yozamiz.",
        }
        deleted { en: "Your review is deleted.", ru: "Ваш отзыв удалён.", uz: "Sharhingiz oʻchirildi." }
        voted { en: "Thank you, your vote counts.", ru: "Спасибо, ваш голос учтён.", uz: "Rahmat, ovozingiz hisobga olindi." }
        reported {
            en: "Thank you. When others report it too, we read it again.",
            ru: "Спасибо. Если пожалуются и другие, мы прочитаем отзыв ещё раз.",
            uz: "Rahmat. Boshqalar ham shikoyat qilsa, uni yana oʻqib chiqamiz.",
        }
        own_review { en: "This review is your own.", ru: "Это ваш собственный отзыв.", uz: "Bu sizning sharhingiz." }

        your_review { en: "Your review", ru: "Ваш отзыв", uz: "Sharhingiz" }
        seen_it { en: "Have you seen it?", ru: "Уже посмотрели?", uz: "Koʻrganmisiz?" }
        own_reviews { en: "Your reviews", ru: "Ваши отзывы", uz: "Sharhlaringiz" }
        none_written { en: "You have not written about a film yet.", ru: "Вы ещё не написали ни об одном фильме.", uz: "Siz hali hech bir film haqida yozmagansiz." }
        all_films { en: "All films", ru: "Все фильмы", uz: "Barcha filmlar" }
        waits { en: "Waits to be read by us.", ru: "Ждёт, пока мы его прочитаем.", uz: "Oʻqib chiqishimizni kutmoqda." }
        is_shown { en: "Everybody can see it.", ru: "Виден всем.", uz: "Hammaga koʻrinadi." }
        edit_waits {
            en: "Your change waits to be read by us; until then everybody sees the text before it.",
            ru: "Правка ждёт, пока мы её прочитаем; до тех пор всем виден прежний текст.",
            uz: "Oʻzgartirish oʻqib chiqishimizni kutmoqda; ungacha hammaga avvalgi matn koʻrinadi.",
        }
        is_rejected { en: "Not shown to others.", ru: "Другим не показан.", uz: "Boshqalarga koʻrsatilmaydi." }
        why(reason: &str) { en: "The reason: {reason}.", ru: "Причина: {reason}.", uz: "Sababi: {reason}." }
    }
}

crate::messages! {
    /// Words of the mails to authors.
    pub ReviewMailWords {
        subject(heading: &str, title: &str) { en: "{heading}: {title}", ru: "{heading}: «{title}»", uz: "{heading}: “{title}”" }
        reason {
            en: "You get this mail because you have written a review at Marquee.",
            ru: "Вы получили это письмо, потому что написали отзыв в магазине Marquee.",
            uz: "Bu xat sizga Marquee doʻkonida sharh yozganingiz uchun keldi.",
        }
        approved { en: "Your review is published", ru: "Ваш отзыв опубликован", uz: "Sharhingiz eʼlon qilindi" }
        approved_lead(title: &str) {
            en: "Thank you. Everybody can now read what you wrote about {title}.",
            ru: "Спасибо. Теперь все могут прочитать ваш отзыв о фильме «{title}».",
            uz: "Rahmat. Endi “{title}” haqida yozganlaringizni hamma oʻqishi mumkin.",
        }
        rejected { en: "Your review is not published", ru: "Ваш отзыв не опубликован", uz: "Sharhingiz eʼlon qilinmadi" }
        rejected_lead(title: &str) {
            en: "We have read what you wrote about {title} and do not show it to others.",
            ru: "Мы прочитали ваш отзыв о фильме «{title}» и не показываем его другим.",
            uz: "“{title}” haqida yozganlaringizni oʻqidik va uni boshqalarga koʻrsatmaymiz.",
        }
        edit_rejected { en: "Your change is not published", ru: "Ваша правка не опубликована", uz: "Oʻzgartirishingiz eʼlon qilinmadi" }
        edit_rejected_lead(title: &str) {
            en: "We have read your new text about {title} and do not show it. What was published before stays as it was.",
            ru: "Мы прочитали новый текст о фильме «{title}» и не показываем его. Опубликованный раньше отзыв остаётся.",
            uz: "“{title}” haqidagi yangi matnni oʻqidik va uni koʻrsatmaymiz. Avval eʼlon qilingani oʻz holicha qoladi.",
        }
        replied { en: "We have answered your review", ru: "Мы ответили на ваш отзыв", uz: "Sharhingizga javob berdik" }
        replied_lead(title: &str) {
            en: "Our answer stands under what you wrote about {title}.",
            ru: "Наш ответ стоит под вашим отзывом о фильме «{title}».",
            uz: "Javobimiz “{title}” haqidagi sharhingiz ostida turibdi.",
        }
        why(reason: &str) { en: "The reason: {reason}.", ru: "Причина: {reason}.", uz: "Sababi: {reason}." }
        again {
            en: "You are welcome to change the text; we then read it again.",
            ru: "Вы можете изменить текст, и мы прочитаем его ещё раз.",
            uz: "Matnni oʻzgartirishingiz mumkin, biz uni yana oʻqib chiqamiz.",
        }
        see { en: "See it on the film’s page", ru: "Открыть страницу фильма", uz: "Film sahifasida koʻrish" }
        see_own { en: "See your reviews", ru: "Открыть ваши отзывы", uz: "Sharhlaringizni koʻrish" }
    }
}
