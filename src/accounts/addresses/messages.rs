//! Words of the address book.

crate::messages! {
    pub AddressMessages {
        title { en: "Addresses", ru: "Адреса", uz: "Manzillar" }
        lead { en: "Where your orders go. What was ordered already keeps the address that it was ordered with.", ru: "Куда доставлять заказы. Уже оформленные заказы сохраняют адрес, с которым они оформлены.", uz: "Buyurtmalar qayerga yetkaziladi. Berilgan buyurtmalar oʻz manzilida qoladi." }
        empty_title { en: "No addresses yet", ru: "Адресов пока нет", uz: "Hozircha manzil yoʻq" }
        default { en: "Default", ru: "Основной", uz: "Asosiy" }
        edit { en: "Edit", ru: "Изменить", uz: "Oʻzgartirish" }
        make_default { en: "Make default", ru: "Сделать основным", uz: "Asosiy qilish" }
        delete { en: "Delete", ru: "Удалить", uz: "Oʻchirish" }
        delete_title { en: "Delete this address?", ru: "Удалить этот адрес?", uz: "Bu manzil oʻchirilsinmi?" }
        delete_text(address: &str) { en: "{address}: it goes from your book. Orders keep the address that they were made with.", ru: "{address}: адрес исчезнет из книги. Заказы сохранят адрес, с которым оформлены.", uz: "{address}: manzil daftardan oʻchadi. Buyurtmalar oʻz manzilini saqlab qoladi." }
        add { en: "Add an address", ru: "Добавить адрес", uz: "Manzil qoʻshish" }
        change { en: "Change the address", ru: "Изменить адрес", uz: "Manzilni oʻzgartirish" }
        save { en: "Save", ru: "Сохранить", uz: "Saqlash" }
        back { en: "Back to the addresses", ru: "Вернуться к адресам", uz: "Manzillarga qaytish" }

        label { en: "Name for it", ru: "Название", uz: "Nomi" }
        label_hint { en: "Home, work, the cabin.", ru: "Дом, работа, дача.", uz: "Uy, ish, dala hovli." }
        name { en: "Full name", ru: "Имя и фамилия", uz: "Ism va familiya" }
        phone { en: "Phone", ru: "Телефон", uz: "Telefon" }
        phone_hint { en: "With the country code, like +998 90 123 45 67.", ru: "С кодом страны, например +998 90 123 45 67.", uz: "Davlat kodi bilan, masalan +998 90 123 45 67." }
        country { en: "Country", ru: "Страна", uz: "Davlat" }
        region { en: "Region", ru: "Область", uz: "Viloyat" }
        city { en: "Town or city", ru: "Город", uz: "Shahar" }
        postcode { en: "Postcode", ru: "Индекс", uz: "Pochta indeksi" }
        line1 { en: "Street and number", ru: "Улица и дом", uz: "Koʻcha va uy" }
        line2 { en: "Flat or floor", ru: "Квартира, этаж", uz: "Xonadon, qavat" }

        name_missing { en: "Enter who receives the parcel", ru: "Укажите получателя", uz: "Kim qabul qilishini kiriting" }
        phone_wrong { en: "Enter the phone number with its country code, like +998 90 123 45 67", ru: "Введите номер с кодом страны, например +998 90 123 45 67", uz: "Raqamni davlat kodi bilan kiriting, masalan +998 90 123 45 67" }
        country_missing { en: "Choose the country", ru: "Выберите страну", uz: "Davlatni tanlang" }
        city_missing { en: "Enter the town or city", ru: "Введите город", uz: "Shaharni kiriting" }
        line1_missing { en: "Enter the street and number", ru: "Введите улицу и дом", uz: "Koʻcha va uyni kiriting" }
        too_long(most: plural) { en: ["Use at most {most} character", "Use at most {most} characters"], ru: ["Не больше {most} знака", "Не больше {most} знаков", "Не больше {most} знаков"], uz: ["Koʻpi bilan {most} ta belgi"] }
        malformed { en: "Use letters, digits and punctuation only", ru: "Используйте только буквы, цифры и знаки препинания", uz: "Faqat harf, raqam va tinish belgilaridan foydalaning" }
        full { en: "There is room for 20 addresses. Delete one that you no longer need.", ru: "Можно сохранить не больше 20 адресов. Удалите ненужный.", uz: "20 tagacha manzil saqlash mumkin. Keraksizini oʻchiring." }

        added { en: "The address is in your book.", ru: "Адрес добавлен.", uz: "Manzil qoʻshildi." }
        changed { en: "The address was changed.", ru: "Адрес изменён.", uz: "Manzil oʻzgartirildi." }
        made_default { en: "This address is the default now.", ru: "Теперь этот адрес основной.", uz: "Endi bu manzil asosiy." }
        deleted { en: "The address was deleted.", ru: "Адрес удалён.", uz: "Manzil oʻchirildi." }
    }
}
