//! Words of a customer's page.

crate::messages! {
    pub(super) CustomerMessages {
        customer { en: "Customer", ru: "Покупатель", uz: "Xaridor" }
        since { en: "Customer since", ru: "Покупатель с", uz: "Roʻyxatdan oʻtgan" }
        confirmed { en: "Address confirmed", ru: "Адрес подтверждён", uz: "Manzil tasdiqlangan" }
        yes { en: "yes", ru: "да", uz: "ha" }
        not_yet { en: "not yet", ru: "ещё нет", uz: "hali yoʻq" }
        orders { en: "Orders from this address", ru: "Заказы с этого адреса", uz: "Shu manzildan buyurtmalar" }
        tier_hint { en: "The customer sees it in their account.", ru: "Покупатель видит его в своём кабинете.", uz: "Xaridor uni oʻz hisobida koʻradi." }
        change_tier { en: "Another tier", ru: "Другой уровень", uz: "Boshqa daraja" }
        save { en: "Save the tier", ru: "Сохранить уровень", uz: "Darajani saqlash" }
        tier_set(tier: &str) { en: "The customer's tier is now: {tier}.", ru: "Теперь уровень покупателя: {tier}.", uz: "Endi xaridor darajasi: {tier}." }
        stale(tier: &str) { en: "Somebody else was quicker: the customer's tier is now {tier}. Look again before you change it.", ru: "Кто-то успел раньше: уровень покупателя теперь «{tier}». Проверьте ещё раз, прежде чем менять его.", uz: "Boshqa birov ulgurdi: xaridor darajasi endi {tier}. Oʻzgartirishdan oldin yana qarab chiqing." }
    }
}
