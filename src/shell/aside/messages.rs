//! Words of a film's page for one customer.

crate::messages! {
    pub(super) AsideMessages {
        saved { en: "On your wishlist.", ru: "В вашем списке желаний.", uz: "Istaklar roʻyxatingizda." }
        save { en: "Save to your wishlist", ru: "В список желаний", uz: "Istaklar roʻyxatiga qoʻshish" }
        remove { en: "Take it off", ru: "Убрать", uz: "Olib tashlash" }
    }
}
