//! Words of the log.

use crate::audit::Action;

crate::messages! {
    pub AuditMessages {
        lead { en: "Who did what, newest first. Entries are never changed.", ru: "Кто что сделал, сначала новое. Записи не изменяются.", uz: "Kim nima qildi, avval yangilari. Yozuvlar oʻzgartirilmaydi." }
        table { en: "Entries, table", ru: "Таблица записей", uz: "Yozuvlar jadvali" }
        who { en: "Who", ru: "Кто", uz: "Kim" }
        what { en: "What", ru: "Что", uz: "Nima" }
        of_what { en: "Of what", ru: "С чем", uz: "Nima bilan" }
        of_what_hint { en: "An order’s number, a SKU, or words as they stand in the list", ru: "Номер заказа, артикул или слова, как в списке", uz: "Buyurtma raqami, artikul yoki roʻyxatdagi soʻzlar" }
        when { en: "When", ru: "Когда", uz: "Qachon" }
        changes { en: "Changes", ru: "Изменения", uz: "Oʻzgarishlar" }
        from { en: "From day", ru: "С даты", uz: "Sanadan" }
        until { en: "To day", ru: "По дату", uz: "Sanagacha" }
        any { en: "Any", ru: "Любой", uz: "Istalgan" }
        show { en: "Show", ru: "Показать", uz: "Koʻrsatish" }
        clear { en: "Show all", ru: "Показать все", uz: "Hammasini koʻrsatish" }
        export { en: "Download as CSV", ru: "Скачать CSV", uz: "CSV yuklab olish" }
        nothing { en: "No entry fits.", ru: "Таких записей нет.", uz: "Bunday yozuv yoʻq." }
        newest { en: "Newest", ru: "Самые новые", uz: "Eng yangilari" }
        older { en: "Older", ru: "Старее", uz: "Eskiroq" }
        pages { en: "Pages of entries", ru: "Страницы записей", uz: "Yozuvlar sahifalari" }
        was { en: "was", ru: "было", uz: "avval" }
        then { en: "then", ru: "затем", uz: "keyin" }
        same_request { en: "All of this request", ru: "Весь этот запрос", uz: "Shu soʻrovning hammasi" }
        stranger { en: "nobody known", ru: "неизвестный", uz: "nomaʼlum shaxs" }
        command { en: "command line", ru: "командная строка", uz: "buyruq satri" }

        order_move { en: "Order moved", ru: "Заказ переведён", uz: "Buyurtma oʻtkazildi" }
        order_pay { en: "Order paid", ru: "Заказ оплачен", uz: "Buyurtma toʻlandi" }
        order_ship { en: "Parcel sent", ru: "Посылка отправлена", uz: "Joʻnatma yuborildi" }
        order_note { en: "Note on an order", ru: "Заметка к заказу", uz: "Buyurtma qaydi" }
        order_resend { en: "Mail sent again", ru: "Письмо отправлено ещё раз", uz: "Xat qayta yuborildi" }
        stock_adjust { en: "Stock adjusted", ru: "Остаток изменён", uz: "Qoldiq oʻzgartirildi" }
        edition_price { en: "Price set", ru: "Цена изменена", uz: "Narx oʻzgartirildi" }
        review_approve { en: "Review approved", ru: "Отзыв одобрен", uz: "Sharh maʼqullandi" }
        review_reject { en: "Review rejected", ru: "Отзыв отклонён", uz: "Sharh rad etildi" }
        review_feature { en: "Review featured or not", ru: "Отзыв выделен или нет", uz: "Sharh ajratildi yoki yoʻq" }
        review_reply { en: "Review answered", ru: "Ответ на отзыв", uz: "Sharhga javob" }
        customer_tier { en: "Tier of a customer", ru: "Уровень покупателя", uz: "Xaridor darajasi" }
        staff_create { en: "Account made", ru: "Учётная запись создана", uz: "Hisob yaratildi" }
        staff_roles { en: "Roles given", ru: "Роли изменены", uz: "Rollar oʻzgartirildi" }
        staff_disable { en: "Account shut", ru: "Учётная запись закрыта", uz: "Hisob yopildi" }
        staff_enable { en: "Account opened again", ru: "Учётная запись снова открыта", uz: "Hisob qayta ochildi" }
        staff_sign_in { en: "Signed in", ru: "Вход", uz: "Kirish" }
        staff_sign_in_failed { en: "Could not sign in", ru: "Неудачный вход", uz: "Kirib boʻlmadi" }
        staff_sign_in_held { en: "Too many tries to sign in", ru: "Слишком много попыток входа", uz: "Kirishga juda koʻp urinish" }
        staff_sign_out { en: "Signed out", ru: "Выход", uz: "Chiqish" }
        access_refused { en: "Tried what is not allowed", ru: "Попытка без права", uz: "Ruxsatsiz urinish" }
        audit_export { en: "Log downloaded", ru: "Журнал скачан", uz: "Jurnal yuklab olindi" }
        maintenance_on { en: "Shop closed for maintenance", ru: "Магазин закрыт на обслуживание", uz: "Doʻkon texnik ishlar uchun yopildi" }
        job_retry { en: "Job tried again", ru: "Задание повторено", uz: "Vazifa qayta bajarildi" }
        job_purge { en: "Jobs forgotten", ru: "Задания забыты", uz: "Vazifalar unutildi" }
        cache_clear { en: "Kept pages forgotten", ru: "Сохранённые страницы забыты", uz: "Saqlangan sahifalar unutildi" }
        doctor_run { en: "Doctor asked", ru: "Проверка запрошена", uz: "Tekshiruv soʻraldi" }
        maintenance_off { en: "Shop opened again", ru: "Магазин снова открыт", uz: "Doʻkon yana ochildi" }
    }
}

impl AuditMessages {
    pub const fn action(self, action: Action) -> &'static str {
        match action {
            Action::OrderMove => self.order_move(),
            Action::OrderPay => self.order_pay(),
            Action::OrderShip => self.order_ship(),
            Action::OrderNote => self.order_note(),
            Action::OrderResend => self.order_resend(),
            Action::StockAdjust => self.stock_adjust(),
            Action::EditionPrice => self.edition_price(),
            Action::ReviewApprove => self.review_approve(),
            Action::ReviewReject => self.review_reject(),
            Action::ReviewFeature => self.review_feature(),
            Action::ReviewReply => self.review_reply(),
            Action::CustomerTier => self.customer_tier(),
            Action::StaffCreate => self.staff_create(),
            Action::StaffRoles => self.staff_roles(),
            Action::StaffDisable => self.staff_disable(),
            Action::StaffEnable => self.staff_enable(),
            Action::StaffSignIn => self.staff_sign_in(),
            Action::StaffSignInFailed => self.staff_sign_in_failed(),
            Action::StaffSignInHeld => self.staff_sign_in_held(),
            Action::StaffSignOut => self.staff_sign_out(),
            Action::AccessRefused => self.access_refused(),
            Action::AuditExport => self.audit_export(),
            Action::MaintenanceOn => self.maintenance_on(),
            Action::MaintenanceOff => self.maintenance_off(),
            Action::JobRetry => self.job_retry(),
            Action::JobPurge => self.job_purge(),
            Action::CacheClear => self.cache_clear(),
            Action::DoctorRun => self.doctor_run(),
        }
    }
}
