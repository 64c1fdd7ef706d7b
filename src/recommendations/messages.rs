//! Words of the films that go with others.

crate::messages! {
    /// Why a film is shown beside another, and the headings above such films.
    pub RelatedMessages {
        related { en: "Related films", ru: "Похожие фильмы", uz: "Oʻxshash filmlar" }
        goes_with { en: "Goes well with these", ru: "К этому подойдёт", uz: "Bularga mos filmlar" }
        picked { en: "Our pick", ru: "Наш выбор", uz: "Bizning tanlov" }
        by(name: &str) { en: "Also by {name}", ru: "Тот же режиссёр: {name}", uz: "Rejissyori ham {name}" }
        with(name: &str) { en: "Also with {name}", ru: "В ролях тоже {name}", uz: "Bunda ham {name} rol oʻynagan" }
        genre(genre: &str) { en: "More {genre}", ru: "Ещё {genre}", uz: "Yana {genre}" }
        genre_of(genre: &str, decade: u16) {
            en: "More {genre} from the {decade}s",
            ru: "Ещё {genre} {decade}-х",
            uz: "{decade}-yillardan yana {genre}",
        }
        of_studio(name: &str) { en: "Also from {name}", ru: "Ещё от студии {name}", uz: "Yana {name} studiyasidan" }
        of_decade(decade: u16) {
            en: "Also from the {decade}s",
            ru: "Тоже из {decade}-х",
            uz: "Bu ham {decade}-yillardan",
        }
        bought_with(title: &str) {
            en: "Often bought with {title}",
            ru: "Часто берут вместе с «{title}»",
            uz: "Koʻpincha «{title}» bilan birga olinadi",
        }
        because_bought(title: &str) { en: "Because you bought {title}", ru: "Потому что вы купили «{title}»", uz: "“{title}”ni xarid qilganingiz uchun" }
        because_liked(title: &str) { en: "Because you liked {title}", ru: "Потому что вам понравился «{title}»", uz: "“{title}” sizga yoqqani uchun" }
        because_wanted(title: &str) { en: "Because you want {title}", ru: "Потому что «{title}» в вашем списке", uz: "“{title}” roʻyxatingizda boʻlgani uchun" }
        bestseller { en: "Others take it home", ru: "Его часто покупают", uz: "Koʻp sotib olinadi" }
        in_the_shop { en: "Also in the shop", ru: "Ещё в магазине", uz: "Doʻkonda yana bor" }
    }
}

crate::messages! {
    /// Words of a customer's own page of films.
    pub ForYouMessages {
        title { en: "Films for you", ru: "Фильмы для вас", uz: "Siz uchun filmlar" }
        lead {
            en: "From what you bought, liked and want.",
            ru: "По тому, что вы купили, что вам понравилось и что в ваших списках.",
            uz: "Xarid qilganlaringiz, yoqtirganlaringiz va istaklaringiz asosida.",
        }
        empty_title { en: "Nothing to recommend yet", ru: "Пока нечего посоветовать", uz: "Hozircha tavsiya yoʻq" }
        empty { en: "Look around, and save what you want to see.", ru: "Осмотритесь и сохраняйте то, что хотите увидеть.", uz: "Koʻzdan kechiring va koʻrmoqchi boʻlganlaringizni saqlang." }
        choice { en: "Your choice", ru: "Ваш выбор", uz: "Tanlovingiz" }
        all {
            en: "We recommend films that are like yours, and films that others bought with yours.",
            ru: "Мы советуем фильмы, похожие на ваши, и фильмы, которые с вашими покупали другие.",
            uz: "Sizniki bilan oʻxshash va boshqalar siznikilar bilan birga xarid qilgan filmlarni tavsiya qilamiz.",
        }
        content_only {
            en: "We recommend only films that are like yours, whatever other people buy.",
            ru: "Мы советуем только фильмы, похожие на ваши, что бы ни покупали другие.",
            uz: "Boshqalar nima xarid qilishidan qatʼi nazar, faqat siznikilarga oʻxshash filmlarni tavsiya qilamiz.",
        }
        choose_content_only { en: "Leave out what others buy", ru: "Не учитывать покупки других", uz: "Boshqalarning xaridlarini hisobga olmaslik" }
        choose_all { en: "Take in what others buy", ru: "Учитывать покупки других", uz: "Boshqalarning xaridlarini hisobga olish" }
        content_only_chosen { en: "From now on only films like yours are recommended.", ru: "Теперь советуем только фильмы, похожие на ваши.", uz: "Endi faqat siznikilarga oʻxshash filmlar tavsiya qilinadi." }
        all_chosen { en: "What others buy counts again.", ru: "Покупки других снова учитываются.", uz: "Boshqalarning xaridlari yana hisobga olinadi." }
    }
}
