//! Words of invoices.

crate::messages! {
    pub(super) InvoiceMessages {
        title(number: &str) { en: "Invoice {number}", ru: "Счёт {number}", uz: "{number} hisob-faktura" }
        print { en: "Print or save as PDF", ru: "Напечатать или сохранить в PDF", uz: "Chop etish yoki PDF saqlash" }
        back { en: "Back to the order", ru: "К заказу", uz: "Buyurtmaga qaytish" }
        cancelled {
            en: "The order of this invoice was cancelled: nothing is owed for it.",
            ru: "Заказ по этому счёту отменён: платить по нему ничего не нужно.",
            uz: "Bu hisob-fakturadagi buyurtma bekor qilingan: u boʻyicha hech narsa toʻlanmaydi.",
        }
        buyer { en: "Billed to", ru: "Покупатель", uz: "Xaridor" }
        seller { en: "From", ru: "Продавец", uz: "Sotuvchi" }
        tax_number(number: &str) { en: "Tax number {number}", ru: "ИНН {number}", uz: "STIR {number}" }
        dates { en: "Dates", ru: "Даты", uz: "Sanalar" }
        issued { en: "Issued", ru: "Выставлен", uz: "Berilgan" }
        ordered { en: "Ordered", ru: "Заказан", uz: "Buyurtma qilingan" }
        order { en: "Order", ru: "Заказ", uz: "Buyurtma" }
        lines { en: "What is invoiced", ru: "Позиции счёта", uz: "Hisob-faktura satrlari" }
        film { en: "Film", ru: "Фильм", uz: "Film" }
        code { en: "Code", ru: "Артикул", uz: "Kod" }
        quantity { en: "Quantity", ru: "Количество", uz: "Soni" }
        price { en: "Price", ru: "Цена", uz: "Narxi" }
        amount { en: "Amount", ru: "Сумма", uz: "Summa" }
        goods(n: plural) { en: ["{n} item", "{n} items"], ru: ["{n} товар", "{n} товара", "{n} товаров"], uz: ["{n} ta mahsulot"] }
        discount { en: "Discount", ru: "Скидка", uz: "Chegirma" }
        total { en: "Total", ru: "Всего", uz: "Jami" }
        tax_at(percent: &str) { en: "of which tax at {percent} %", ru: "в том числе налог {percent} %", uz: "shundan soliq {percent} %" }
        tax_of_delivery { en: "of which tax of the delivery", ru: "в том числе налог с доставки", uz: "shundan yetkazib berish soligʻi" }
    }
}
