//! Words that a past is made of.

use crate::{catalog::sample::dice::Dice, platform::i18n::Lang};

/// Country, region, city and the beginning of its postcodes.
type Town = (&'static str, &'static str, &'static str, &'static str);

/// Towns with how many live there.
pub const TOWNS: &[(Town, u32)] = &[
    (("UZ", "", "Tashkent", "1000"), 40),
    (("UZ", "Samarkand region", "Samarkand", "1401"), 14),
    (("UZ", "Bukhara region", "Bukhara", "2001"), 8),
    (("UZ", "Fergana region", "Fergana", "1501"), 7),
    (("UZ", "Namangan region", "Namangan", "1601"), 6),
    (("UZ", "Khorezm region", "Urgench", "2201"), 4),
    (("KZ", "", "Almaty", "0500"), 8),
    (("KZ", "", "Astana", "0100"), 4),
    (("KG", "", "Bishkek", "7200"), 4),
    (("TJ", "", "Dushanbe", "7340"), 2),
    (("DE", "Bavaria", "Munich", "803"), 1),
    (("GB", "", "Leeds", "LS1 "), 1),
];

/// What a customer asks for with an order.
pub fn note(lang: Lang, dice: &mut Dice) -> &'static str {
    let notes = notes(lang);
    notes[dice.index(notes.len())]
}

/// The heading of a review with so many stars.
pub fn title(lang: Lang, stars: u8, dice: &mut Dice) -> &'static str {
    let titles = titles(lang, stars);
    titles[dice.index(titles.len())]
}

const fn notes(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => {
            &["Please ring before you come.", "It is a present, please no price.", "Leave it with the concierge."]
        }
        Lang::Ru => {
            &["Позвоните, пожалуйста, перед приездом.", "Это подарок, без цены, пожалуйста.", "Оставьте у консьержа."]
        }
        Lang::Uz => {
            &["Kelishdan oldin qoʻngʻiroq qiling.", "Bu sovgʻa, iltimos narxini yozmang.", "Qorovulga qoldiring."]
        }
    }
}

const fn titles(lang: Lang, stars: u8) -> &'static [&'static str] {
    match (lang, stars) {
        (Lang::En, 4..) => &["A film to keep", "Even better than I remembered", "Worth every evening"],
        (Lang::En, 3) => &["Good, not great", "Once is enough"],
        (Lang::En, _) => &["Not for me", "Expected more"],
        (Lang::Ru, 4..) => &["Фильм, который останется", "Лучше, чем я помнил", "Пересматриваю с радостью"],
        (Lang::Ru, 3) => &["Неплохо, но не больше", "На один раз"],
        (Lang::Ru, _) => &["Не моё", "Ожидал большего"],
        (Lang::Uz, 4..) => &["Saqlab qoʻyiladigan film", "Eslaganimdan ham yaxshi", "Qayta koʻrishga arziydi"],
        (Lang::Uz, 3) => &["Yomon emas", "Bir marta koʻrish uchun"],
        (Lang::Uz, _) => &["Menga yoqmadi", "Koʻproq kutgandim"],
    }
}

/// A review of two to five sentences.
pub fn text(lang: Lang, stars: u8, dice: &mut Dice) -> String {
    let (about, verdicts) = (sentences(lang), verdicts(lang, stars));
    let mut text = vec![*dice.pick(verdicts)];
    for _ in 0..dice.between(1, 4) {
        let sentence = *dice.pick(about);
        if !text.contains(&sentence) {
            text.push(sentence);
        }
    }
    text.join(" ")
}

/// What the shop answers.
pub const fn reply(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "Thank you for your honest words. If something is wrong with the disc, write to us: we will replace it."
        }
        Lang::Ru => "Спасибо за честный отзыв. Если что-то не так с диском, напишите нам: мы его заменим.",
        Lang::Uz => "Samimiy fikringiz uchun rahmat. Diskda nuqson boʻlsa, bizga yozing: almashtirib beramiz.",
    }
}

const fn verdicts(lang: Lang, stars: u8) -> &'static [&'static str] {
    match (lang, stars) {
        (Lang::En, 4..) => &[
            "I have waited years for a good copy of it.",
            "It holds up on every viewing.",
            "We watched it twice in one week.",
        ],
        (Lang::En, 3) => &["A solid film with some long minutes.", "The first half is stronger than the second."],
        (Lang::En, _) => &["It did not reach me at all.", "I switched it off after an hour."],
        (Lang::Ru, 4..) => {
            &["Много лет ждал хорошей копии.", "Смотрится каждый раз как впервые.", "За неделю посмотрели дважды."]
        }
        (Lang::Ru, 3) => &["Крепкое кино, местами затянутое.", "Первая половина сильнее второй."],
        (Lang::Ru, _) => &["Совсем не тронуло.", "Выключил через час."],
        (Lang::Uz, 4..) => &[
            "Yaxshi nusxasini yillab kutgandim.",
            "Har safar birinchi martadek koʻriladi.",
            "Bir haftada ikki marta koʻrdik.",
        ],
        (Lang::Uz, 3) => &["Yaxshi film, ammo joyi bilan choʻzilgan.", "Birinchi yarmi ikkinchisidan kuchliroq."],
        (Lang::Uz, _) => &["Menga umuman taʼsir qilmadi.", "Bir soatdan keyin oʻchirib qoʻydim."],
    }
}

const fn sentences(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "The picture is clean and the grain has been left alone.",
            "The sound is clear even at low volume.",
            "The subtitles follow every word.",
            "The extras are worth an evening of their own.",
            "The light in the last scenes is something to see.",
            "My parents knew it by heart and still laughed.",
            "The box arrived without a scratch.",
        ],
        Lang::Ru => &[
            "Картинка чистая, зерно не тронули.",
            "Звук разборчивый даже на малой громкости.",
            "Субтитры точны до слова.",
            "Дополнительные материалы стоят отдельного вечера.",
            "Свет в последних сценах надо видеть.",
            "Родители знали его наизусть и всё равно смеялись.",
            "Коробка пришла без единой царапины.",
        ],
        Lang::Uz => &[
            "Tasvir toza, donadorlik saqlangan.",
            "Past ovozda ham hamma soʻz eshitiladi.",
            "Subtitrlar soʻzma-soʻz aniq.",
            "Qoʻshimcha materiallar alohida bir oqshomga arziydi.",
            "Oxirgi sahnalardagi yorugʻlikni koʻrish kerak.",
            "Ota-onam yoddan bilsa ham kulishdi.",
            "Quti bir chizigʻisiz keldi.",
        ],
    }
}
