//! Words that every page may need: header, navigation, footer, page links, form fields.

crate::messages! {
    /// Words of the layout and of its parts.
    pub LayoutMessages {
        shop_name { en: "Marquee", ru: "Marquee", uz: "Marquee" }
        locale { en: "en_US", ru: "ru_RU", uz: "uz_UZ" }
        skip { en: "Skip to content", ru: "К содержанию", uz: "Asosiy qismga oʻtish" }
        home { en: "Home", ru: "Главная", uz: "Bosh sahifa" }
        home_label { en: "Marquee, home", ru: "Marquee, главная", uz: "Marquee, bosh sahifa" }

        site_search { en: "Site", ru: "По магазину", uz: "Doʻkon boʻyicha" }
        search { en: "Search", ru: "Найти", uz: "Qidirish" }
        search_label { en: "Search films, directors, actors", ru: "Поиск фильмов, режиссёров, актёров", uz: "Film, rejissyor yoki aktyorni qidirish" }
        search_placeholder { en: "Film, director, actor", ru: "Фильм, режиссёр, актёр", uz: "Film, rejissyor, aktyor" }
        suggestions { en: "Suggestions", ru: "Подсказки", uz: "Takliflar" }

        cart { en: "Cart", ru: "Корзина", uz: "Savat" }
        cart_units(n: plural) { en: ["{n} item", "{n} items"], ru: ["{n} товар", "{n} товара", "{n} товаров"], uz: ["{n} ta mahsulot"] }
        sign_in { en: "Sign in", ru: "Войти", uz: "Kirish" }
        account_of(name: &str) { en: "Account of {name}", ru: "Личный кабинет: {name}", uz: "Shaxsiy kabinet: {name}" }
        sign_out { en: "Sign out", ru: "Выйти", uz: "Chiqish" }
        your_account { en: "Your account", ru: "Личный кабинет", uz: "Shaxsiy kabinet" }
        overview { en: "Overview", ru: "Обзор", uz: "Umumiy" }
        for_you { en: "For you", ru: "Для вас", uz: "Siz uchun" }
        addresses { en: "Addresses", ru: "Адреса", uz: "Manzillar" }
        mails { en: "Mails", ru: "Письма", uz: "Xatlar" }
        profile { en: "Profile", ru: "Профиль", uz: "Profil" }
        own_data { en: "Your data", ru: "Мои данные", uz: "Maʼlumotlarim" }
        password { en: "Password", ru: "Пароль", uz: "Parol" }
        menu { en: "Menu", ru: "Меню", uz: "Menyu" }
        close_menu { en: "Close menu", ru: "Закрыть меню", uz: "Menyuni yopish" }
        main_navigation { en: "Main", ru: "Основное", uz: "Asosiy" }
        language { en: "Language", ru: "Язык", uz: "Til" }

        lights { en: "House lights", ru: "Свет в зале", uz: "Zal chiroqlari" }
        lights_system { en: "Auto", ru: "Авто", uz: "Avto" }
        lights_up { en: "Up", ru: "Светло", uz: "Yorugʻ" }
        lights_down { en: "Down", ru: "Темно", uz: "Qorongʻi" }
        lights_apply { en: "Set", ru: "Включить", uz: "Qoʻllash" }

        new_films { en: "New", ru: "Новинки", uz: "Yangi" }
        bestsellers { en: "Bestsellers", ru: "Хиты продаж", uz: "Koʻp sotilgan" }
        uhd_4k { en: "4K UHD", ru: "4K UHD", uz: "4K UHD" }
        blu_ray { en: "Blu-ray", ru: "Blu-ray", uz: "Blu-ray" }
        on_sale { en: "On sale", ru: "Скидки", uz: "Chegirma" }
        genres { en: "Genres", ru: "Жанры", uz: "Janrlar" }
        all_films { en: "All films", ru: "Все фильмы", uz: "Barcha filmlar" }

        shop { en: "Shop", ru: "Магазин", uz: "Doʻkon" }
        orders { en: "Orders", ru: "Заказы", uz: "Buyurtmalar" }
        reviews { en: "Reviews", ru: "Отзывы", uz: "Sharhlar" }
        your_cart { en: "Your cart", ru: "Ваша корзина", uz: "Savatingiz" }
        wishlist { en: "Wishlist", ru: "Список желаний", uz: "Istaklar" }
        find_order { en: "Find your order", ru: "Найти заказ", uz: "Buyurtmani topish" }
        delivery_and_payment { en: "Delivery and payment", ru: "Доставка и оплата", uz: "Yetkazish va toʻlov" }
        terms { en: "Terms of sale", ru: "Условия продажи", uz: "Sotish shartlari" }
        about { en: "About the shop", ru: "О магазине", uz: "Doʻkon haqida" }
        accessibility { en: "Accessibility", ru: "Доступность", uz: "Qulaylik" }
        privacy { en: "Privacy", ru: "Личные данные", uz: "Shaxsiy maʼlumotlar" }
        billing_presents { en: "presents a shop for", ru: "представляет магазин для тех, кто", uz: "taqdim etadi:" }
        billing_audience { en: "people who stay for the credits", ru: "досматривает титры", uz: "titrlarni oxirigacha koʻradiganlar doʻkoni" }
        billing_languages { en: "in three languages", ru: "на трёх языках", uz: "uch tilda" }
        billing_tax { en: "prices include tax", ru: "цены с налогом", uz: "narxlar soliq bilan" }

        breadcrumb { en: "Breadcrumb", ru: "Путь к странице", uz: "Sahifagacha yoʻl" }
        pages { en: "Pages", ru: "Страницы", uz: "Sahifalar" }
        page { en: "Page", ru: "Страница", uz: "Sahifa" }
        previous_page { en: "Previous page", ru: "Предыдущая", uz: "Oldingi sahifa" }
        next_page { en: "Next page", ru: "Следующая", uz: "Keyingi sahifa" }

        optional { en: "optional", ru: "необязательно", uz: "ixtiyoriy" }
        error { en: "Error", ru: "Ошибка", uz: "Xato" }
        things_to_fix(n: plural) {
            en: ["{n} thing needs fixing", "{n} things need fixing"],
            ru: ["Нужно исправить {n} поле", "Нужно исправить {n} поля", "Нужно исправить {n} полей"],
            uz: ["{n} ta maydonni tuzatish kerak"],
        }
    }
}

/// A link of the main navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MainLink {
    /// Path and query, without language.
    pub path: &'static str,
    pub label: &'static str,
}

impl LayoutMessages {
    /// The pages of an account.
    pub fn account_links(self) -> [MainLink; 10] {
        [
            MainLink { path: "/account", label: self.overview() },
            MainLink { path: "/account/orders", label: self.orders() },
            MainLink { path: "/account/wishlists", label: self.wishlist() },
            MainLink { path: "/account/for-you", label: self.for_you() },
            MainLink { path: "/account/reviews", label: self.reviews() },
            MainLink { path: "/account/addresses", label: self.addresses() },
            MainLink { path: "/account/profile", label: self.profile() },
            MainLink { path: "/account/preferences", label: self.mails() },
            MainLink { path: "/account/password", label: self.password() },
            MainLink { path: "/account/data", label: self.own_data() },
        ]
    }

    /// The main navigation, in its order.
    pub const fn main_links(self) -> [MainLink; 6] {
        [
            MainLink { path: "/films?sort=newest", label: self.new_films() },
            MainLink { path: "/films?sort=bestselling", label: self.bestsellers() },
            MainLink { path: "/films?format=uhd_4k", label: self.uhd_4k() },
            MainLink { path: "/films?format=blu_ray", label: self.blu_ray() },
            MainLink { path: "/films?on_sale=1", label: self.on_sale() },
            MainLink { path: "/#genres", label: self.genres() },
        ]
    }
}
