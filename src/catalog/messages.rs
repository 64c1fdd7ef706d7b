//! Words of the catalogue: cards, formats, lists, search.

use crate::catalog::Format;

crate::messages! {
    /// Words on a film's card and beside a price.
    pub CardMessages {
        sold_out { en: "Sold out", ru: "Распродано", uz: "Sotilib ketgan" }
        was { en: "Was", ru: "Было", uz: "Avval" }
        now { en: "Now", ru: "Сейчас", uz: "Hozir" }
        stars(mean: &str) { en: "{mean} out of 5", ru: "{mean} из 5", uz: "5 dan {mean}" }
        reviews(n: plural) {
            en: ["{n} review", "{n} reviews"],
            ru: ["{n} отзыв", "{n} отзыва", "{n} отзывов"],
            uz: ["{n} ta sharh"],
        }
    }
}

crate::messages! {
    /// Names of formats and the words for what is left of an edition.
    pub FormatMessages {
        dvd { en: "DVD", ru: "DVD", uz: "DVD" }
        blu_ray { en: "Blu-ray", ru: "Blu-ray", uz: "Blu-ray" }
        uhd_4k { en: "4K UHD", ru: "4K UHD", uz: "4K UHD" }
        box_set { en: "Box set", ru: "Коллекционное издание", uz: "Toʻplam" }
        digital_hd { en: "Digital HD", ru: "Цифровая версия HD", uz: "Raqamli HD" }
        digital_4k { en: "Digital 4K", ru: "Цифровая версия 4K", uz: "Raqamli 4K" }
        and_others(format: &str, others: usize) { en: "{format} + {others}", ru: "{format} + {others}", uz: "{format} + {others}" }
        in_stock { en: "In stock", ru: "В наличии", uz: "Sotuvda bor" }
        only_left(n: plural) {
            en: ["Only {n} left", "Only {n} left"],
            ru: ["Остался {n}", "Осталось {n}", "Осталось {n}"],
            uz: ["Faqat {n} ta qoldi"],
        }
        out_of_stock { en: "Sold out", ru: "Распродано", uz: "Sotilib ketgan" }
        always { en: "Always available", ru: "Всегда доступно", uz: "Doim mavjud" }
        expected(date: &str) { en: "Out on {date}", ru: "Выйдет {date}", uz: "{date} kuni chiqadi" }
    }
}

impl FormatMessages {
    /// The format's name.
    pub const fn name(self, format: Format) -> &'static str {
        match format {
            Format::Dvd => self.dvd(),
            Format::BluRay => self.blu_ray(),
            Format::Uhd4k => self.uhd_4k(),
            Format::BoxSet => self.box_set(),
            Format::DigitalHd => self.digital_hd(),
            Format::Digital4k => self.digital_4k(),
        }
    }

    /// The best of a film's formats and how many more there are, as a card says it.
    pub fn summary(self, formats: &[Format]) -> String {
        const BEST_FIRST: [Format; 6] =
            [Format::BoxSet, Format::Uhd4k, Format::BluRay, Format::Dvd, Format::Digital4k, Format::DigitalHd];
        let mut on_sale = BEST_FIRST.into_iter().filter(|format| formats.contains(format));
        let Some(best) = on_sale.next() else {
            return String::new();
        };
        match on_sale.count() {
            0 => self.name(best).to_owned(),
            others => self.and_others(self.name(best), others),
        }
    }
}

crate::messages! {
    /// Names of languages, as the sound and the subtitles of an edition are listed.
    pub LanguageMessages {
        cs { en: "Czech", ru: "чешский", uz: "chexcha" }
        da { en: "Danish", ru: "датский", uz: "datcha" }
        de { en: "German", ru: "немецкий", uz: "nemischa" }
        el { en: "Greek", ru: "греческий", uz: "yunoncha" }
        en { en: "English", ru: "английский", uz: "inglizcha" }
        es { en: "Spanish", ru: "испанский", uz: "ispancha" }
        fi { en: "Finnish", ru: "финский", uz: "fincha" }
        fr { en: "French", ru: "французский", uz: "fransuzcha" }
        hi { en: "Hindi", ru: "хинди", uz: "hindcha" }
        hu { en: "Hungarian", ru: "венгерский", uz: "vengercha" }
        it { en: "Italian", ru: "итальянский", uz: "italyancha" }
        ja { en: "Japanese", ru: "японский", uz: "yaponcha" }
        kk { en: "Kazakh", ru: "казахский", uz: "qozoqcha" }
        ko { en: "Korean", ru: "корейский", uz: "koreyscha" }
        pl { en: "Polish", ru: "польский", uz: "polyakcha" }
        pt { en: "Portuguese", ru: "португальский", uz: "portugalcha" }
        ru { en: "Russian", ru: "русский", uz: "ruscha" }
        sv { en: "Swedish", ru: "шведский", uz: "shvedcha" }
        tr { en: "Turkish", ru: "турецкий", uz: "turkcha" }
        uz { en: "Uzbek", ru: "узбекский", uz: "oʻzbekcha" }
        zh { en: "Chinese", ru: "китайский", uz: "xitoycha" }
    }
}

impl LanguageMessages {
    /// The name of a language by its ISO 639 code; the code itself where the shop has no word for it.
    pub fn name(self, code: &str) -> String {
        let name = match code {
            "cs" => self.cs(),
            "da" => self.da(),
            "de" => self.de(),
            "el" => self.el(),
            "en" => self.en(),
            "es" => self.es(),
            "fi" => self.fi(),
            "fr" => self.fr(),
            "hi" => self.hi(),
            "hu" => self.hu(),
            "it" => self.it(),
            "ja" => self.ja(),
            "kk" => self.kk(),
            "ko" => self.ko(),
            "pl" => self.pl(),
            "pt" => self.pt(),
            "ru" => self.ru(),
            "sv" => self.sv(),
            "tr" => self.tr(),
            "uz" => self.uz(),
            "zh" => self.zh(),
            other => other,
        };
        name.to_owned()
    }
}

impl ListMessages {
    /// What follows the number in [`Self::films`].
    pub fn films_behind(self, n: i64) -> String {
        let films = self.films(n);
        films.trim_start_matches(|letter: char| !letter.is_alphabetic() && letter != ' ').to_owned()
    }
}

crate::messages! {
    /// Words of a list and its filters.
    pub ListMessages {
        films(n: plural) {
            en: ["{n} film", "{n} films"],
            ru: ["{n} фильм", "{n} фильма", "{n} фильмов"],
            uz: ["{n} ta film"],
        }
        no_films { en: "No films", ru: "Фильмов нет", uz: "Film yoʻq" }
        films_heading { en: "Films", ru: "Фильмы", uz: "Filmlar" }
        directed { en: "Director", ru: "Режиссёр", uz: "Rejissyor" }
        in_the_cast { en: "Cast", ru: "В ролях", uz: "Rollarda" }
        filter { en: "Filter", ru: "Фильтры", uz: "Saralash" }
        filter_films { en: "Filter films", ru: "Выбор фильмов", uz: "Filmlarni saralash" }
        close { en: "Close", ru: "Закрыть", uz: "Yopish" }
        show_films { en: "Show films", ru: "Показать фильмы", uz: "Filmlarni koʻrsatish" }
        clear { en: "Clear", ru: "Сбросить", uz: "Tozalash" }
        clear_all { en: "Clear all", ru: "Сбросить все", uz: "Hammasini tozalash" }
        clear_filters { en: "Clear all filters", ru: "Сбросить все фильтры", uz: "Barcha filtrlarni olib tashlash" }
        remove_filter { en: "Remove filter", ru: "Убрать фильтр", uz: "Filtrni olib tashlash" }
        remove_named(name: &str) { en: "Remove “{name}”", ru: "Убрать «{name}»", uz: "“{name}” filtrini olib tashlash" }
        sort_by { en: "Sort by", ru: "Порядок", uz: "Tartib" }
        sort { en: "Sort", ru: "Упорядочить", uz: "Tartiblash" }
        from { en: "from", ru: "от", uz: "dan" }
        up_to { en: "to", ru: "до", uz: "gacha" }
        to { en: "to", ru: "–", uz: "–" }

        empty_filters { en: "Nobody rides into this town", ru: "В этом городе никого", uz: "Bu shaharda hech kim yoʻq" }
        empty_filter_text {
            en: "No film on this shelf matches the filter.",
            ru: "Под этот фильтр здесь не подходит ни один фильм.",
            uz: "Bu boʻlimda filtrga mos film yoʻq.",
        }
        empty_filters_text {
            en: "No film matches all the filters at once. Drop one and look again.",
            ru: "Ни один фильм не подходит под все фильтры сразу. Уберите один и посмотрите снова.",
            uz: "Birorta film hamma filtrga bir vaqtda mos kelmadi. Bittasini olib tashlab koʻring.",
        }
        empty_shelf { en: "An empty shelf", ru: "Полка пуста", uz: "Boʻsh javon" }
        empty_shelf_text {
            en: "There is no film here yet. The others are one step away.",
            ru: "Здесь пока нет ни одного фильма. Остальные в одном шаге отсюда.",
            uz: "Bu yerda hozircha film yoʻq. Qolganlari bir qadam narida.",
        }
    }
}

crate::messages! {
    /// Words of the facets, of what is chosen of them, and of the orders.
    pub FacetMessages {
        genre { en: "Genre", ru: "Жанр", uz: "Janr" }
        format { en: "Format", ru: "Формат", uz: "Format" }
        studio { en: "Studio", ru: "Студия", uz: "Studiya" }
        director { en: "Director", ru: "Режиссёр", uz: "Rejissyor" }
        decade { en: "Decade", ru: "Десятилетие", uz: "Oʻn yillik" }
        price { en: "Price", ru: "Цена", uz: "Narx" }
        rating { en: "Rating", ru: "Оценка", uz: "Baho" }
        availability { en: "Availability", ru: "Наличие", uz: "Mavjudligi" }
        audio { en: "Audio", ru: "Озвучка", uz: "Ovoz tili" }
        subtitles { en: "Subtitles", ru: "Субтитры", uz: "Subtitrlar" }
        age { en: "Age rating", ru: "Возрастной рейтинг", uz: "Yosh chegarasi" }
        runtime { en: "Running time", ru: "Продолжительность", uz: "Davomiyligi" }
        any { en: "Any", ru: "Не важно", uz: "Farqi yoʻq" }
        in_stock { en: "In stock", ru: "В наличии", uz: "Sotuvda bor" }
        on_sale { en: "On sale", ru: "Со скидкой", uz: "Chegirmada" }
        decade_of(year: u16) { en: "{year}s", ru: "{year}-е", uz: "{year}-yillar" }
        years(from: u16, to: u16) { en: "{from} to {to}", ru: "{from}–{to}", uz: "{from}–{to}" }
        years_from(year: u16) { en: "From {year}", ru: "С {year} года", uz: "{year}-yildan" }
        years_to(year: u16) { en: "Up to {year}", ru: "По {year} год", uz: "{year}-yilgacha" }
        price_from(price: &str) { en: "From {price}", ru: "От {price}", uz: "{price} dan" }
        price_to(price: &str) { en: "Up to {price}", ru: "До {price}", uz: "{price} gacha" }
        price_label_from(code: &str) { en: "From, {code}", ru: "От, {code}", uz: "Dan, {code}" }
        price_label_to(code: &str) { en: "To, {code}", ru: "До, {code}", uz: "Gacha, {code}" }
        stars_and_up(n: plural) {
            en: ["{n} star and up", "{n} stars and up"],
            ru: ["От {n} звезды", "От {n} звёзд", "От {n} звёзд"],
            uz: ["{n} yulduzdan"],
        }
        minutes_at_most(n: plural) {
            en: ["Up to {n} minute", "Up to {n} minutes"],
            ru: ["До {n} минуты", "До {n} минут", "До {n} минут"],
            uz: ["{n} daqiqagacha"],
        }
        audio_in(language: &str) { en: "Audio: {language}", ru: "Озвучка: {language}", uz: "Ovoz: {language}" }
        subtitles_in(language: &str) { en: "Subtitles: {language}", ru: "Субтитры: {language}", uz: "Subtitrlar: {language}" }

        recommended { en: "Recommended", ru: "Рекомендуем", uz: "Tavsiya etamiz" }
        best_match { en: "Best match", ru: "По соответствию", uz: "Eng mosi" }
        newest { en: "Newest arrivals", ru: "Сначала новинки", uz: "Avval yangilari" }
        price_up { en: "Price, low to high", ru: "Сначала дешёвые", uz: "Avval arzonlari" }
        price_down { en: "Price, high to low", ru: "Сначала дорогие", uz: "Avval qimmatlari" }
        highest_rated { en: "Highest rated", ru: "По оценке", uz: "Bahosi boʻyicha" }
        bestselling { en: "Bestselling", ru: "По продажам", uz: "Koʻp sotilganlari" }
        by_title { en: "Title, A to Z", ru: "По названию", uz: "Nomi boʻyicha" }
    }
}

crate::messages! {
    /// Titles, headings and descriptions of lists.
    pub BrowseMessages {
        all_films { en: "All films", ru: "Все фильмы", uz: "Barcha filmlar" }
        all_intro(n: plural) {
            en: ["{n} film on disc and digital.", "{n} films on disc and digital."],
            ru: ["{n} фильм на дисках и в цифре.", "{n} фильма на дисках и в цифре.", "{n} фильмов на дисках и в цифре."],
            uz: ["Disklarda va raqamli koʻrinishda {n} ta film."],
        }
        listed(name: &str, n: i64) {
            en: "{name}: {n} films on DVD, Blu-ray, 4K UHD and digital, with prices and stock.",
            ru: "{name}: фильмы на DVD, Blu-ray, 4K UHD и в цифре, всего {n}. Цены и наличие.",
            uz: "{name}: DVD, Blu-ray, 4K UHD va raqamli filmlar, jami {n} ta. Narxlar va mavjudligi.",
        }
        on_page(title: &str, page: usize) { en: "{title}, page {page}", ru: "{title}, страница {page}", uz: "{title}, {page}-sahifa" }
        narrowed(title: &str, choice: &str) { en: "{title}: {choice}", ru: "{title}: {choice}", uz: "{title}: {choice}" }
        films_of_studio(name: &str) { en: "Films of {name}", ru: "Фильмы студии {name}", uz: "{name} studiyasi filmlari" }
        films_with(name: &str) { en: "Films with {name}", ru: "Фильмы с участием: {name}", uz: "{name} ishtirokidagi filmlar" }
        bestsellers { en: "Bestsellers", ru: "Хиты продаж", uz: "Koʻp sotilganlar" }
    }
}

crate::messages! {
    /// Words of the search page.
    pub SearchMessages {
        title { en: "Search", ru: "Поиск", uz: "Qidiruv" }
        title_for(query: &str) { en: "“{query}”: search", ru: "«{query}»: поиск", uz: "“{query}”: qidiruv" }
        quoted(query: &str) { en: "“{query}”", ru: "«{query}»", uz: "“{query}”" }
        found(n: plural) {
            en: ["{n} film found", "{n} films found"],
            ru: ["Найден {n} фильм", "Найдено {n} фильма", "Найдено {n} фильмов"],
            uz: ["{n} ta film topildi"],
        }
        nothing_found { en: "Nothing found", ru: "Ничего не найдено", uz: "Hech narsa topilmadi" }
        shown_for { en: "Showing films for", ru: "Показаны фильмы по запросу", uz: "Koʻrsatilgan soʻrov:" }
        search_literally(query: &str) {
            en: "Search for “{query}” as typed",
            ru: "Искать точно «{query}»",
            uz: "Aynan “{query}” boʻyicha qidirish",
        }
        directed_by { en: "Directed by", ru: "Режиссёр", uz: "Rejissyor" }
        with_actor { en: "With", ru: "В ролях", uz: "Rollarda" }
        studio { en: "Studio", ru: "Студия", uz: "Studiya" }
        original_title { en: "Original title", ru: "Оригинальное название", uz: "Asl nomi" }
        also_called { en: "Also called", ru: "Другое название", uz: "Boshqa nomi" }
        person { en: "Person", ru: "Персона", uz: "Shaxs" }
        all_of(name: &str) { en: "All films with {name}", ru: "Все фильмы: {name}", uz: "{name}: barcha filmlar" }
        shelf { en: "Shelf", ru: "Раздел", uz: "Boʻlim" }
        shelves { en: "Shelves", ru: "Разделы", uz: "Boʻlimlar" }
        empty { en: "Not in this house", ru: "В этом зале такого нет", uz: "Bu zalda bunday film yoʻq" }
        empty_text {
            en: "Spelling is forgiven here, and so is half a title. Try fewer words, an actor or a director.",
            ru: "Опечатки и половину названия мы прощаем. Попробуйте меньше слов, имя актёра или режиссёра.",
            uz: "Imlo xatosi ham, nomning yarmi ham boʻlaveradi. Kamroq soʻz, aktyor yoki rejissyor ismini yozib koʻring.",
        }
        start { en: "What are you looking for?", ru: "Что ищете?", uz: "Nima izlayapsiz?" }
        start_text {
            en: "A title in any of the three languages, an original title, a director or an actor.",
            ru: "Название на любом из трёх языков, оригинальное название, режиссёр или актёр.",
            uz: "Uch tildan birida film nomi, asl nomi, rejissyor yoki aktyor.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::i18n::Lang;

    #[test]
    fn a_card_names_the_best_format() {
        let t = FormatMessages(Lang::En);
        assert_eq!(t.summary(&[Format::Dvd, Format::DigitalHd, Format::Uhd4k]), "4K UHD + 2");
        assert_eq!(t.summary(&[Format::DigitalHd]), "Digital HD");
        assert_eq!(t.summary(&[]), "");
    }

    #[test]
    fn a_number_of_films_can_be_told_from_its_words() {
        let behind = |lang, n| ListMessages(lang).films_behind(n);
        assert_eq!([1, 1_607].map(|n| behind(Lang::En, n)), [" film", " films"]);
        assert_eq!([1, 3, 1_607].map(|n| behind(Lang::Ru, n)), [" фильм", " фильма", " фильмов"]);
        assert_eq!(behind(Lang::Uz, 1_607), " ta film");
    }
}
