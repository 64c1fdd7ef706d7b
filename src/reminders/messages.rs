//! Words of the mail about a cart, and of the page behind its link.

crate::messages! {
    pub(super) ReminderMailWords {
        subject { en: "Your cart is still here", ru: "Ваша корзина ждёт", uz: "Savatingiz sizni kutmoqda" }
        heading { en: "The seats are still free", ru: "Места ещё свободны", uz: "Joylar hali boʻsh" }
        lead {
            en: "You left these films in your cart. Nothing is reserved, and prices are those of the day on which you order.",
            ru: "Вы оставили эти фильмы в корзине. Они не отложены, и цены действуют на день заказа.",
            uz: "Bu filmlar savatingizda qoldi. Ular band qilinmagan, narxlar buyurtma kunidagi boʻladi.",
        }
        button { en: "Back to the cart", ru: "Вернуться к корзине", uz: "Savatga qaytish" }
        note {
            en: "The link works for seven days. We write about a cart once.",
            ru: "Ссылка действует семь дней. О корзине мы пишем один раз.",
            uz: "Havola yetti kun ishlaydi. Savat haqida bir marta yozamiz.",
        }
        reason {
            en: "You get this mail because you asked us to write to you about films and offers.",
            ru: "Вы получили это письмо, потому что согласились получать письма о фильмах и предложениях.",
            uz: "Bu xat sizga filmlar va takliflar haqida yozishimizga rozi boʻlganingiz uchun keldi.",
        }
    }
}

crate::messages! {
    pub(super) ReminderMessages {
        restore_title { en: "Your cart", ru: "Ваша корзина", uz: "Savatingiz" }
        restore_text(n: plural) {
            en: ["{n} film goes back into your cart, if it is not there already.", "{n} films go back into your cart, those that are not there already."],
            ru: [
                "{n} фильм вернётся в корзину, если его там ещё нет.",
                "{n} фильма вернутся в корзину, если их там ещё нет.",
                "{n} фильмов вернутся в корзину, если их там ещё нет.",
            ],
            uz: ["{n} ta film savatga qaytadi, agar u yerda boʻlmasa."],
        }
        restore_button { en: "Put them into the cart", ru: "Положить в корзину", uz: "Savatga solish" }
        restored { en: "Your cart is as you left it, as far as the films can be had.", ru: "Корзина такая, какой вы её оставили, насколько фильмы есть в продаже.", uz: "Savat siz qoldirgandek, filmlar mavjud boʻlganicha." }
        nothing_left { en: "None of these films can be had any more.", ru: "Этих фильмов больше нет в продаже.", uz: "Bu filmlar endi sotuvda yoʻq." }
        too_late { en: "This link is too old. Your cart may still be there.", ru: "Ссылка устарела. Возможно, корзина ещё на месте.", uz: "Havola eskirgan. Savatingiz hali joyida boʻlishi mumkin." }
        to_cart { en: "To the cart", ru: "В корзину", uz: "Savatga" }
    }
}
