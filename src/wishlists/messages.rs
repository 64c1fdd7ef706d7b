//! Words of wishlists.

crate::messages! {
    pub(super) WishlistMessages {
        title { en: "Wishlist", ru: "Список желаний", uz: "Istaklar roʻyxati" }
        lead { en: "What is sold out stays here until you take it off.", ru: "Чего нет в продаже, остаётся здесь, пока вы сами это не уберёте.", uz: "Sotuvda yoʻq filmlar oʻzingiz olib tashlamaguningizcha shu yerda qoladi." }
        lists { en: "Your lists", ru: "Ваши списки", uz: "Roʻyxatlaringiz" }
        list(name: &str, n: i64) { en: "{name} ({n})", ru: "{name} ({n})", uz: "{name} ({n})" }
        empty_title { en: "Nothing on this list", ru: "В списке ничего нет", uz: "Roʻyxat boʻsh" }
        empty { en: "Save a film on its page, and it stands here.", ru: "Сохраните фильм на его странице, и он появится здесь.", uz: "Filmni uning sahifasida saqlang, u shu yerda paydo boʻladi." }
        browse { en: "Look at films", ru: "Смотреть фильмы", uz: "Filmlarni koʻrish" }
        format_of(title: &str) { en: "Format of {title}", ru: "Формат: {title}", uz: "Format: {title}" }
        to_cart { en: "Move to the cart", ru: "Перенести в корзину", uz: "Savatga oʻtkazish" }
        remove { en: "Take off the list", ru: "Убрать из списка", uz: "Roʻyxatdan olib tashlash" }
        saved(title: &str) { en: "{title} is on your list.", ru: "{title} — в вашем списке.", uz: "{title} roʻyxatingizda." }
        removed { en: "Taken off the list.", ru: "Убрано из списка.", uz: "Roʻyxatdan olib tashlandi." }
        moved(title: &str) { en: "{title} is in your cart.", ru: "{title} — в корзине.", uz: "{title} savatda." }
        not_moved(title: &str) { en: "{title} cannot be had in that format now. It stays on the list.", ru: "{title} в этом формате сейчас нет. Фильм остаётся в списке.", uz: "{title} bu formatda hozir yoʻq. U roʻyxatda qoladi." }
        full { en: "This list is full.", ru: "Список заполнен.", uz: "Roʻyxat toʻlgan." }

        new_list { en: "New list", ru: "Новый список", uz: "Yangi roʻyxat" }
        name { en: "Name", ru: "Название", uz: "Nomi" }
        name_missing { en: "Give the list a name", ru: "Введите название списка", uz: "Roʻyxat nomini kiriting" }
        name_too_long(n: plural) {
            en: ["Shorten the name by {n} character", "Shorten the name by {n} characters"],
            ru: ["Сократите название на {n} символ", "Сократите название на {n} символа", "Сократите название на {n} символов"],
            uz: ["Nomni {n} ta belgiga qisqartiring"],
        }
        too_many { en: "Ten lists are as many as there can be. Give one up first", ru: "Больше десяти списков не бывает. Сначала удалите один", uz: "Oʻntadan koʻp roʻyxat boʻlmaydi. Avval bittasini oʻchiring" }
        create { en: "Make the list", ru: "Создать список", uz: "Roʻyxat tuzish" }
        created { en: "The list is there.", ru: "Список создан.", uz: "Roʻyxat tuzildi." }
        delete { en: "Give up this list", ru: "Удалить список", uz: "Roʻyxatni oʻchirish" }
        deleted { en: "The list is gone.", ru: "Список удалён.", uz: "Roʻyxat oʻchirildi." }

        sharing { en: "Share it", ru: "Поделиться", uz: "Ulashish" }
        private { en: "Only you see this list.", ru: "Этот список видите только вы.", uz: "Bu roʻyxatni faqat siz koʻrasiz." }
        shared { en: "Whoever has this link sees the films, and nothing about you:", ru: "По этой ссылке видно фильмы и ничего о вас:", uz: "Bu havola orqali faqat filmlar koʻrinadi, siz haqingizda hech narsa yoʻq:" }
        share { en: "Make a link", ru: "Создать ссылку", uz: "Havola yaratish" }
        unshare { en: "Withdraw the link", ru: "Отозвать ссылку", uz: "Havolani bekor qilish" }
        link_made { en: "Whoever has the link can see the list now.", ru: "Теперь список виден по ссылке.", uz: "Endi roʻyxat havola orqali koʻrinadi." }
        link_withdrawn { en: "The link opens nothing any more.", ru: "Ссылка больше ничего не открывает.", uz: "Havola endi hech narsani ochmaydi." }
        shared_title { en: "A wishlist", ru: "Список желаний", uz: "Istaklar roʻyxati" }
        shared_lead { en: "Somebody would like to see these films.", ru: "Кто-то хотел бы посмотреть эти фильмы.", uz: "Kimdir bu filmlarni koʻrmoqchi." }
    }
}
