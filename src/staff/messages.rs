//! Words of the back office's door and frame.

crate::messages! {
    pub StaffMessages {
        staff { en: "Staff", ru: "Персонал", uz: "Xodimlar" }
        home_label { en: "Marquee staff, home", ru: "Marquee для персонала, главная", uz: "Marquee xodimlari, bosh sahifa" }
        dashboard { en: "Dashboard", ru: "Сводка", uz: "Boshqaruv paneli" }
        orders { en: "Orders", ru: "Заказы", uz: "Buyurtmalar" }
        reviews { en: "Reviews", ru: "Отзывы", uz: "Sharhlar" }
        stock { en: "Stock", ru: "Склад", uz: "Ombor" }
        audit { en: "Audit log", ru: "Журнал действий", uz: "Amallar jurnali" }
        system { en: "System", ru: "Система", uz: "Tizim" }
        view_shop { en: "View the shop", ru: "Открыть магазин", uz: "Doʻkonni ochish" }
        sign_out { en: "Sign out", ru: "Выйти", uz: "Chiqish" }
        signed_in_as(name: &str) { en: "Signed in as {name}", ru: "Вы вошли как {name}", uz: "{name} sifatida kirdingiz" }

        sign_in_title { en: "Staff sign-in", ru: "Вход для персонала", uz: "Xodimlar uchun kirish" }
        sign_in_lead { en: "For people who work in the shop. Customers sign in on their own page.", ru: "Для тех, кто работает в магазине. У покупателей своя страница входа.", uz: "Doʻkonda ishlaydiganlar uchun. Xaridorlarning kirish sahifasi alohida." }
        login { en: "E-mail", ru: "Эл. почта", uz: "Elektron pochta" }
        password { en: "Password", ru: "Пароль", uz: "Parol" }
        sign_in { en: "Sign in", ru: "Войти", uz: "Kirish" }
        not_let_in { en: "E-mail and password do not go together. Check both", ru: "Почта и пароль не подходят друг к другу. Проверьте то и другое", uz: "Pochta va parol bir-biriga mos emas. Ikkalasini tekshiring" }

        refused { en: "Not your desk", ru: "Это не ваш стол", uz: "Bu sizning ish joyingiz emas" }
        refused_text {
            en: "Your roles do not include this. Nothing was changed. Ask an owner of the shop if you need it.",
            ru: "Ваши роли этого не позволяют. Ничего не изменилось. Если это вам нужно, обратитесь к владельцу магазина.",
            uz: "Rollaringiz bunga ruxsat bermaydi. Hech narsa oʻzgarmadi. Kerak boʻlsa, doʻkon egasiga murojaat qiling.",
        }
    }
}
