//! Words of the system desk.

crate::messages! {
    pub SystemMessages {
        lead { en: "How the shop runs, and what can be done about it", ru: "Как работает магазин и что с этим можно сделать", uz: "Doʻkon qanday ishlayapti va nima qilish mumkin" }
        services { en: "Services", ru: "Службы", uz: "Xizmatlar" }
        service { en: "Service", ru: "Служба", uz: "Xizmat" }
        state { en: "State", ru: "Состояние", uz: "Ahvoli" }
        time { en: "Time", ru: "Время", uz: "Vaqt" }
        details { en: "Details", ru: "Подробности", uz: "Tafsilotlar" }
        well { en: "Well", ru: "В порядке", uz: "Yaxshi" }
        unwell { en: "Not well", ru: "Не в порядке", uz: "Nosoz" }
        database { en: "Database", ru: "База данных", uz: "Maʼlumotlar bazasi" }
        jobs { en: "Background jobs", ru: "Фоновые задания", uz: "Fon vazifalari" }
        index { en: "Catalogue’s index", ru: "Индекс каталога", uz: "Katalog indeksi" }
        mail { en: "Mail", ru: "Почта", uz: "Pochta" }
        disk { en: "Disk", ru: "Диск", uz: "Disk" }
        certificate { en: "Certificate", ru: "Сертификат", uz: "Sertifikat" }

        slow { en: "Slow statements", ru: "Медленные запросы", uz: "Sekin soʻrovlar" }

        nodes { en: "Processes and kept pages", ru: "Процессы и сохранённые страницы", uz: "Jarayonlar va saqlangan sahifalar" }
        node { en: "Process", ru: "Процесс", uz: "Jarayon" }
        runs_for { en: "Runs for", ru: "Работает", uz: "Ishlamoqda" }
        uptime(days: i64, hours: i64, minutes: i64) { en: "{days} d {hours} h {minutes} min", ru: "{days} д {hours} ч {minutes} мин", uz: "{days} kun {hours} soat {minutes} daqiqa" }
        pages { en: "Pages", ru: "Страницы", uz: "Sahifalar" }
        hits { en: "Hits", ru: "Попадания", uz: "Tayyor" }
        stale { en: "Stale", ru: "Устаревшие", uz: "Eskirgan" }
        of_redis { en: "From Redis", ru: "Из Redis", uz: "Redisdan" }
        made { en: "Made", ru: "Созданные", uz: "Yasalgan" }
        ratio { en: "Kept", ru: "Готовых", uz: "Tayyorlar ulushi" }
        unknown_nodes { en: "Redis does not answer, so nobody knows of the processes.", ru: "Redis не отвечает, поэтому о процессах ничего не известно.", uz: "Redis javob bermayapti, shuning uchun jarayonlar haqida maʼlumot yoʻq." }
        no_nodes { en: "No process has told of itself yet.", ru: "Ни один процесс ещё не сообщил о себе.", uz: "Hali hech bir jarayon oʻzi haqida xabar bermadi." }
        clear { en: "Forget all kept pages", ru: "Забыть все сохранённые страницы", uz: "Barcha saqlangan sahifalarni unutish" }
        cleared(n: plural) {
            en: ["All nodes forget their pages; {n} was taken out of Redis.", "All nodes forget their pages; {n} were taken out of Redis."],
            ru: ["Все процессы забывают свои страницы; из Redis удалена {n}.", "Все процессы забывают свои страницы; из Redis удалены {n}.", "Все процессы забывают свои страницы; из Redis удалено {n}."],
            uz: ["Barcha jarayonlar sahifalarini unutadi; Redisdan {n} ta olib tashlandi."],
        }
        cleared_without_redis { en: "All nodes forget their pages. Redis did not answer and keeps what nobody reads any more.", ru: "Все процессы забывают свои страницы. Redis не ответил и хранит то, что больше никто не читает.", uz: "Barcha jarayonlar sahifalarini unutadi. Redis javob bermadi, undagi sahifalarni endi hech kim oʻqimaydi." }

        queue { en: "Queue", ru: "Очередь", uz: "Navbat" }
        waits { en: "Oldest waits", ru: "Старейшее ждёт", uz: "Eng eskisi kutmoqda" }
        seconds(n: plural) { en: ["{n} second", "{n} seconds"], ru: ["{n} секунда", "{n} секунды", "{n} секунд"], uz: ["{n} soniya"] }
        given_up { en: "Given up", ru: "Не удалось", uz: "Bajarilmagan" }
        failed { en: "Jobs that were given up", ru: "Невыполненные задания", uz: "Bajarilmagan vazifalar" }
        job { en: "Job", ru: "Задание", uz: "Vazifa" }
        reason { en: "Reason", ru: "Причина", uz: "Sabab" }
        attempts(n: plural) { en: ["{n} attempt", "{n} attempts"], ru: ["{n} попытка", "{n} попытки", "{n} попыток"], uz: ["{n} ta urinish"] }
        again { en: "Try again", ru: "Повторить", uz: "Qayta urinish" }
        again_job(id: u64) { en: "Try job {id} again", ru: "Повторить задание {id}", uz: "{id}-vazifani qayta bajarish" }
        retried(id: u64) { en: "Job {id} runs again.", ru: "Задание {id} выполняется снова.", uz: "{id}-vazifa qayta bajarilmoqda." }
        not_retried(id: u64) { en: "Job {id} is done, or under way.", ru: "Задание {id} уже выполнено или выполняется.", uz: "{id}-vazifa bajarilgan yoki bajarilmoqda." }
        forget { en: "Forget them", ru: "Забыть их", uz: "Ularni unutish" }
        forget_why { en: "What they were to do is not done any more, and cannot be brought back.", ru: "То, что они должны были сделать, уже не будет сделано, и вернуть их нельзя.", uz: "Ular qilishi kerak boʻlgan ish bajarilmaydi, ularni qaytarib boʻlmaydi." }
        forget_all { en: "Forget all that were given up", ru: "Забыть все невыполненные", uz: "Bajarilmaganlarning hammasini unutish" }
        purged(n: plural) { en: ["{n} job is forgotten.", "{n} jobs are forgotten."], ru: ["Забыто {n} задание.", "Забыты {n} задания.", "Забыто {n} заданий."], uz: ["{n} ta vazifa unutildi."] }

        schedule { en: "Schedule", ru: "Расписание", uz: "Jadval" }
        due { en: "Due", ru: "Срок", uz: "Muddati" }
        last { en: "Last", ru: "Последний раз", uz: "Oxirgi marta" }

        maintenance { en: "Maintenance mode", ru: "Режим обслуживания", uz: "Texnik ishlar rejimi" }
        is_open { en: "The shop is open.", ru: "Магазин открыт.", uz: "Doʻkon ochiq." }
        is_closed(since: &str, who: &str) { en: "The shop is closed to shoppers since {since}, by {who}.", ru: "Магазин закрыт для покупателей с {since}; закрыл: {who}.", uz: "Doʻkon {since} dan xaridorlar uchun yopiq; yopgan: {who}." }
        until(time: &str) { en: "Shoppers are told that it opens at {time}.", ru: "Покупателям обещано открытие в {time}.", uz: "Xaridorlarga {time} da ochilishi aytilgan." }
        minutes { en: "Minutes", ru: "Минут", uz: "Daqiqa" }
        minutes_hint { en: "After so many it is to open; nothing when nobody knows. It stays closed until you open it.", ru: "Через столько минут откроется; пусто, если неизвестно. Закрыт, пока вы его не откроете.", uz: "Shuncha daqiqadan keyin ochiladi; nomaʼlum boʻlsa, boʻsh. Siz ochmaguningizcha yopiq turadi." }
        minutes_wrong { en: "Enter a whole number from 1 to 10080, or nothing", ru: "Введите целое число от 1 до 10080 или оставьте пустым", uz: "1 dan 10080 gacha butun son kiriting yoki boʻsh qoldiring" }
        message { en: "Message to shoppers", ru: "Сообщение покупателям", uz: "Xaridorlarga xabar" }
        message_hint { en: "Shown as it is, in every language", ru: "Показывается как есть на всех языках", uz: "Barcha tillarda shundayligicha koʻrsatiladi" }
        message_too_long { en: "Shorten the message to 300 characters", ru: "Сократите сообщение до 300 знаков", uz: "Xabarni 300 belgigacha qisqartiring" }
        close { en: "Close the shop", ru: "Закрыть магазин", uz: "Doʻkonni yopish" }
        change { en: "Tell shoppers this", ru: "Сообщить это покупателям", uz: "Xaridorlarga shuni aytish" }
        open { en: "Open the shop", ru: "Открыть магазин", uz: "Doʻkonni ochish" }
        is_closed_now { en: "The shop is closed to shoppers. You see all of it.", ru: "Магазин закрыт для покупателей. Вы видите его целиком.", uz: "Doʻkon xaridorlar uchun yopildi. Siz uni toʻliq koʻrasiz." }
        is_opened { en: "The shop is open again.", ru: "Магазин снова открыт.", uz: "Doʻkon yana ochiq." }
        was_open { en: "The shop was open already.", ru: "Магазин уже был открыт.", uz: "Doʻkon allaqachon ochiq edi." }

        doctor { en: "The doctor", ru: "Проверка магазина", uz: "Doʻkon tekshiruvi" }
        never { en: "The doctor has not looked yet.", ru: "Проверки ещё не было.", uz: "Hali tekshirilmagan." }
        looked(at: &str, who: &str) { en: "Looked at {at}, asked by {who}", ru: "Проверено {at}; запрос: {who}", uz: "{at} da tekshirildi; soʻragan: {who}" }
        running(since: &str, done: &str, all: &str) { en: "Running since {since}: {done} of {all} checks are made.", ru: "Идёт с {since}: сделано {done} из {all} проверок.", uz: "{since} dan beri ishlamoqda: {all} ta tekshiruvdan {done} tasi bajarildi." }
        is_well { en: "The shop is well", ru: "Магазин в порядке", uz: "Doʻkon joyida" }
        findings(n: plural) { en: ["{n} finding", "{n} findings"], ru: ["{n} замечание", "{n} замечания", "{n} замечаний"], uz: ["{n} ta kamchilik"] }
        books_disagree(n: plural) {
            en: ["The books do not agree: {n} row", "The books do not agree: {n} rows"],
            ru: ["Учёт не сходится: {n} запись", "Учёт не сходится: {n} записи", "Учёт не сходится: {n} записей"],
            uz: ["Hisob-kitob mos emas: {n} ta yozuv"],
        }
        next { en: "Next", ru: "Дальше", uz: "Keyin" }
        wrong { en: "Wrong", ru: "Неверно", uz: "Notoʻgʻri" }
        advice { en: "Advice", ru: "Совет", uz: "Maslahat" }
        look_again { en: "Look again now", ru: "Проверить сейчас", uz: "Hozir tekshirish" }
        asked { en: "The doctor was asked. Load this page again to see how far it has come.", ru: "Проверка запрошена. Обновите страницу, чтобы увидеть, как она идёт.", uz: "Tekshiruv soʻraldi. Qanday ketayotganini koʻrish uchun sahifani yangilang." }
        by_schedule { en: "the schedule", ru: "расписание", uz: "jadval" }
        by_command { en: "the command line", ru: "командная строка", uz: "buyruq satri" }
    }
}
