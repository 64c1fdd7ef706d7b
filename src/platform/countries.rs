//! Countries by their ISO 3166-1 codes, with their names in the languages of the interface.

use super::i18n::Lang;

/// Code and names in English, Russian and Uzbek.
const COUNTRIES: &[(&str, &str, &str, &str)] = &[
    ("AE", "United Arab Emirates", "Объединённые Арабские Эмираты", "Birlashgan Arab Amirliklari"),
    ("AM", "Armenia", "Армения", "Armaniston"),
    ("AT", "Austria", "Австрия", "Avstriya"),
    ("AU", "Australia", "Австралия", "Avstraliya"),
    ("AZ", "Azerbaijan", "Азербайджан", "Ozarbayjon"),
    ("BE", "Belgium", "Бельгия", "Belgiya"),
    ("BG", "Bulgaria", "Болгария", "Bolgariya"),
    ("BY", "Belarus", "Беларусь", "Belarus"),
    ("CA", "Canada", "Канада", "Kanada"),
    ("CH", "Switzerland", "Швейцария", "Shveysariya"),
    ("CN", "China", "Китай", "Xitoy"),
    ("CZ", "Czechia", "Чехия", "Chexiya"),
    ("DE", "Germany", "Германия", "Germaniya"),
    ("DK", "Denmark", "Дания", "Daniya"),
    ("EE", "Estonia", "Эстония", "Estoniya"),
    ("ES", "Spain", "Испания", "Ispaniya"),
    ("FI", "Finland", "Финляндия", "Finlyandiya"),
    ("FR", "France", "Франция", "Fransiya"),
    ("GB", "United Kingdom", "Великобритания", "Buyuk Britaniya"),
    ("GE", "Georgia", "Грузия", "Gruziya"),
    ("GR", "Greece", "Греция", "Gretsiya"),
    ("HU", "Hungary", "Венгрия", "Vengriya"),
    ("IE", "Ireland", "Ирландия", "Irlandiya"),
    ("IL", "Israel", "Израиль", "Isroil"),
    ("IN", "India", "Индия", "Hindiston"),
    ("IT", "Italy", "Италия", "Italiya"),
    ("JP", "Japan", "Япония", "Yaponiya"),
    ("KG", "Kyrgyzstan", "Киргизия", "Qirgʻiziston"),
    ("KR", "South Korea", "Южная Корея", "Janubiy Koreya"),
    ("KZ", "Kazakhstan", "Казахстан", "Qozogʻiston"),
    ("LT", "Lithuania", "Литва", "Litva"),
    ("LV", "Latvia", "Латвия", "Latviya"),
    ("MD", "Moldova", "Молдавия", "Moldova"),
    ("NL", "Netherlands", "Нидерланды", "Niderlandiya"),
    ("NO", "Norway", "Норвегия", "Norvegiya"),
    ("NZ", "New Zealand", "Новая Зеландия", "Yangi Zelandiya"),
    ("PL", "Poland", "Польша", "Polsha"),
    ("PT", "Portugal", "Португалия", "Portugaliya"),
    ("RO", "Romania", "Румыния", "Ruminiya"),
    ("RS", "Serbia", "Сербия", "Serbiya"),
    ("RU", "Russia", "Россия", "Rossiya"),
    ("SE", "Sweden", "Швеция", "Shvetsiya"),
    ("SG", "Singapore", "Сингапур", "Singapur"),
    ("SK", "Slovakia", "Словакия", "Slovakiya"),
    ("TJ", "Tajikistan", "Таджикистан", "Tojikiston"),
    ("TM", "Turkmenistan", "Туркменистан", "Turkmaniston"),
    ("TR", "Türkiye", "Турция", "Turkiya"),
    ("UA", "Ukraine", "Украина", "Ukraina"),
    ("US", "United States", "Соединённые Штаты", "Qoʻshma Shtatlar"),
    ("UZ", "Uzbekistan", "Узбекистан", "Oʻzbekiston"),
];

/// Countries of films, past ones too, that the address forms do not offer: their names in the same languages.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("Albania", "Албания", "Albaniya"),
    ("Algeria", "Алжир", "Jazoir"),
    ("Argentina", "Аргентина", "Argentina"),
    ("Bangladesh", "Бангладеш", "Bangladesh"),
    ("Bosnia and Herzegovina", "Босния и Герцеговина", "Bosniya va Gersegovina"),
    ("Brazil", "Бразилия", "Braziliya"),
    ("Chile", "Чили", "Chili"),
    ("Colombia", "Колумбия", "Kolumbiya"),
    ("Croatia", "Хорватия", "Xorvatiya"),
    ("Cuba", "Куба", "Kuba"),
    ("Cyprus", "Кипр", "Kipr"),
    ("Czech Republic", "Чехия", "Chexiya"),
    ("Czechoslovakia", "Чехословакия", "Chexoslovakiya"),
    ("East Germany", "ГДР", "GDR"),
    ("Egypt", "Египет", "Misr"),
    ("Hong Kong", "Гонконг", "Gonkong"),
    ("Iceland", "Исландия", "Islandiya"),
    ("Indonesia", "Индонезия", "Indoneziya"),
    ("Iran", "Иран", "Eron"),
    ("Iraq", "Ирак", "Iroq"),
    ("Lebanon", "Ливан", "Livan"),
    ("Luxembourg", "Люксембург", "Lyuksemburg"),
    ("Malaysia", "Малайзия", "Malayziya"),
    ("Mexico", "Мексика", "Meksika"),
    ("Mongolia", "Монголия", "Mongoliya"),
    ("Morocco", "Марокко", "Marokash"),
    ("North Macedonia", "Северная Македония", "Shimoliy Makedoniya"),
    ("Pakistan", "Пакистан", "Pokiston"),
    ("Peru", "Перу", "Peru"),
    ("Philippines", "Филиппины", "Filippin"),
    ("Slovenia", "Словения", "Sloveniya"),
    ("South Africa", "ЮАР", "Janubiy Afrika"),
    ("Soviet Union", "СССР", "SSSR"),
    ("Taiwan", "Тайвань", "Tayvan"),
    ("Thailand", "Таиланд", "Tailand"),
    ("Tunisia", "Тунис", "Tunis"),
    ("Turkey", "Турция", "Turkiya"),
    ("Venezuela", "Венесуэла", "Venesuela"),
    ("Vietnam", "Вьетнам", "Vyetnam"),
    ("West Germany", "ФРГ", "GFR"),
    ("Yugoslavia", "Югославия", "Yugoslaviya"),
];

/// The name in `lang` of a country, present or past, that is given by its English one.
pub fn translated_country(english: &str, lang: Lang) -> Option<&'static str> {
    let offered = COUNTRIES.iter().find(|row| row.1 == english).map(|row| (row.1, row.2, row.3));
    let (en, ru, uz) = offered.or_else(|| ELSEWHERE.iter().find(|row| row.0 == english).copied())?;
    Some(match lang {
        Lang::En => en,
        Lang::Ru => ru,
        Lang::Uz => uz,
    })
}

/// The country's name, if the code is one of ours.
pub fn country_name(code: &str, lang: Lang) -> Option<&'static str> {
    COUNTRIES.iter().find(|row| row.0 == code).map(|row| name(row, lang))
}

/// Code and name of every country, by name.
pub fn countries(lang: Lang) -> Vec<(&'static str, &'static str)> {
    let mut countries: Vec<_> = COUNTRIES.iter().map(|row| (row.0, name(row, lang))).collect();
    countries.sort_unstable_by_key(|(_, name)| *name);
    countries
}

fn name(row: &(&'static str, &'static str, &'static str, &'static str), lang: Lang) -> &'static str {
    match lang {
        Lang::En => row.1,
        Lang::Ru => row.2,
        Lang::Uz => row.3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_language_and_their_own_order() {
        assert_eq!(country_name("UZ", Lang::Ru), Some("Узбекистан"));
        assert_eq!(country_name("XX", Lang::En), None);
        assert_eq!(countries(Lang::Ru)[0].1, "Австралия");
        assert!(COUNTRIES.is_sorted_by_key(|row| row.0));
    }

    #[test]
    fn countries_of_films_may_be_past_ones() {
        assert_eq!(translated_country("France", Lang::Uz), Some("Fransiya"));
        assert_eq!(translated_country("Soviet Union", Lang::Ru), Some("СССР"));
        assert_eq!(translated_country("Freedonia", Lang::Ru), None);
        assert!(ELSEWHERE.is_sorted_by_key(|row| row.0));
        assert!(!ELSEWHERE.iter().any(|name| COUNTRIES.iter().any(|row| row.1 == name.0)));
    }
}
