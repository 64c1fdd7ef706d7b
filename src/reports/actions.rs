//! Reports are made, and sent to those who want them.

use serde_json::json;
use time::{OffsetDateTime, UtcOffset};

use super::{
    BEST, BEST_CATEGORIES, LOW_IN_DIGEST, LOW_IN_REPORT, PARKED_AT_ONCE, PARKED_LATELY, Period, Report, Section, Span,
    mails::STAFF_REPORT,
    messages::ReportMessages,
    queries::{self, Sales, Window},
    report::percent,
    running,
};
use crate::{
    catalog::{self, views::FormatMessages},
    messages::{self, MessageStatus},
    orders::{OrderStatus, PaymentType, messages::OrderWords},
    platform::{
        config::MessagesConfig,
        db::{Conn, Database},
        i18n::{self, Lang},
        queue::{
            Run,
            overview::{Listed, backlog, parked_within},
        },
    },
    pricing::{DeliveryType, messages::DeliveryMessages},
    settings::Settings,
};

/// The language of the shop's people.
pub(super) const LANG: Lang = Lang::En;
pub(super) const T: ReportMessages = ReportMessages(LANG);

/// Sends the report of the last day or week to the shop's people.
pub async fn send_report(
    db: &Database,
    (config, settings): (&MessagesConfig, &Settings),
    span: Span,
    run: Run,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let period = Period::last(span, now, settings.zone);
    let report = report(&mut db.conn().await?, settings, period).await?;
    send(db, config, &format!("report:{}:{}", span.word(), period.first), &report, run).await
}

/// Tells the shop's people what runs low; says nothing when nothing does.
pub async fn send_low_stock(
    db: &Database,
    (config, settings): (&MessagesConfig, &Settings),
    run: Run,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let today = now.to_offset(settings.zone).date();
    match low_stock(&mut db.conn().await?, now, settings.zone).await? {
        Some(report) => send(db, config, &format!("low_stock:{today}"), &report, run).await,
        None => Ok(()),
    }
}

/// Tells the shop's people of each job that was given up lately. One that they know of already is not told of again.
pub async fn send_parked_jobs(db: &Database, config: &MessagesConfig, run: Run) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    for job in parked_within(&mut tx, PARKED_LATELY, PARKED_AT_ONCE).await? {
        let key = format!("job_parked:{}", job.id);
        let messages = messages::to_staff(config, &key, STAFF_REPORT, None, &json!(parked(&job)));
        messages::actions::queue(&mut tx, &messages).await?;
    }
    run.done_in(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

fn parked(job: &Listed) -> Report {
    let row = |name: &str, value: String| (name.to_owned(), value);
    let rows = vec![
        row(T.parked_queue(), job.queue.word().to_owned()),
        row(T.parked_attempts(), job.attempts.to_string()),
        row(T.parked_reason(), job.last_error.clone().unwrap_or_default()),
    ];
    Report {
        title: T.parked_title(&job.kind),
        lead: T.parked_lead(job.id),
        sections: vec![Section::new(T.parked_job(), rows)],
        notes: Vec::new(),
    }
}

async fn send(db: &Database, config: &MessagesConfig, key: &str, report: &Report, run: Run) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    let messages = messages::to_staff(config, key, STAFF_REPORT, None, &json!(report));
    messages::actions::queue(&mut tx, &messages).await?;
    run.done_in(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

/// What happened in a day or a week, compared with the one before.
pub async fn report(conn: &mut Conn, settings: &Settings, period: Period) -> sqlx::Result<Report> {
    let window = |period: Period| {
        let (from, to) = period.bounds(settings.zone);
        Window { from, to, currency: &settings.currency.code }
    };
    let now = Figures::read(conn, window(period)).await?;
    let before = Figures::read(conn, window(period.before())).await?;
    let mut sections = vec![sales(settings, &now, &before)];
    sections.extend([by_payment(settings, &now), by_delivery(settings, &now)]);
    sections.push(best(conn, settings, window(period)).await?);
    sections.push(best_categories(conn, settings, window(period)).await?);
    sections.push(low(conn, LOW_IN_REPORT).await?.1);
    sections.push(work(conn).await?);
    sections.push(running::pages(conn, period).await?);
    sections.push(running::failures(conn, period).await?);
    sections.push(running::slow(conn, window(period).from).await?);
    let (title, lead) = headings(period);
    Ok(Report { title, lead, sections, notes: vec![T.definition().to_owned()] })
}

/// The editions that run low, if there are any.
pub async fn low_stock(conn: &mut Conn, now: OffsetDateTime, zone: UtcOffset) -> sqlx::Result<Option<Report>> {
    let (count, section) = low(conn, LOW_IN_DIGEST).await?;
    Ok((count > 0).then(|| Report {
        title: T.low_title(count),
        lead: T.low_lead(&i18n::date_time(LANG, now, zone)),
        sections: vec![section],
        notes: Vec::new(),
    }))
}

fn headings(period: Period) -> (String, String) {
    let day = |date| i18n::date(LANG, date);
    let before = period.before();
    match period.span {
        Span::Day => (T.daily(&day(period.first)), T.than_day(&day(before.first))),
        Span::Week => (
            T.weekly(&day(period.first), &day(period.last_day())),
            T.than_week(&day(before.first), &day(before.last_day())),
        ),
    }
}

/// What was sold in a time.
struct Figures {
    sales: Vec<Sales>,
    units: i64,
}

impl Figures {
    async fn read(conn: &mut Conn, window: Window<'_>) -> sqlx::Result<Self> {
        Ok(Self { sales: queries::sales(conn, window).await?, units: queries::units(conn, window).await? })
    }

    /// Orders that stand, of which all but the cancelled do.
    fn standing(&self) -> impl Iterator<Item = &Sales> {
        self.sales.iter().filter(|sales| sales.status != OrderStatus::Cancelled)
    }

    fn placed(&self) -> i64 {
        self.sales.iter().map(|sales| sales.orders).sum()
    }

    fn cancelled(&self) -> i64 {
        self.placed() - self.standing().map(|sales| sales.orders).sum::<i64>()
    }

    fn turnover(&self) -> i64 {
        self.standing().map(|sales| sales.turnover_minor).sum()
    }

    fn average(&self) -> i64 {
        self.turnover().checked_div(self.placed() - self.cancelled()).unwrap_or_default()
    }

    fn refunded(&self) -> i64 {
        self.sales.iter().map(|sales| sales.refunded_minor).sum()
    }

    /// Orders and turnover of those that stand and are of this kind.
    fn of(&self, is_kind: impl Fn(&Sales) -> bool) -> (i64, i64) {
        self.standing()
            .filter(|sales| is_kind(sales))
            .fold((0, 0), |(orders, minor), sales| (orders + sales.orders, minor + sales.turnover_minor))
    }
}

fn sales(settings: &Settings, now: &Figures, before: &Figures) -> Section {
    let number = |n: i64| i18n::number(LANG, n);
    let money = |minor: i64| settings.currency.format(LANG, minor);
    let row = |name: &str, figure: fn(&Figures) -> i64, write: &dyn Fn(i64) -> String| {
        let (now, before) = (figure(now), figure(before));
        let change = percent(before, now).map(|percent| format!(", {percent:+} %")).unwrap_or_default();
        (name.to_owned(), format!("{} ({}{change})", write(now), write(before)))
    };
    let rows = vec![
        row(T.orders(), Figures::placed, &number),
        row(T.cancelled(), Figures::cancelled, &number),
        row(T.units(), |figures| figures.units, &number),
        row(T.turnover(), Figures::turnover, &money),
        row(T.average(), Figures::average, &money),
        row(T.refunded(), Figures::refunded, &money),
    ];
    Section::new(T.sales(), rows)
}

fn by_payment(settings: &Settings, figures: &Figures) -> Section {
    let words = OrderWords(LANG);
    let kinds = PaymentType::ALL
        .iter()
        .map(|kind| (words.payment_type_at_checkout(*kind), figures.of(|sales| sales.payment_type == *kind)));
    Section::new(T.by_payment(), counted(settings, kinds))
}

fn by_delivery(settings: &Settings, figures: &Figures) -> Section {
    let words = DeliveryMessages(LANG);
    let kinds =
        DeliveryType::ALL.iter().map(|kind| (words.name(*kind), figures.of(|sales| sales.delivery_type == *kind)));
    Section::new(T.by_delivery(), counted(settings, kinds))
}

/// A row for each kind that was ordered.
fn counted<'a>(settings: &Settings, kinds: impl Iterator<Item = (&'a str, (i64, i64))>) -> Vec<(String, String)> {
    let ordered = kinds.filter(|(_, (orders, _))| *orders > 0);
    let rows = ordered.map(|(name, (orders, minor))| {
        (name.to_owned(), T.count_and_sum(orders, &settings.currency.format(LANG, minor)))
    });
    or_nothing(rows.collect())
}

pub(super) fn or_nothing(rows: Vec<(String, String)>) -> Vec<(String, String)> {
    if rows.is_empty() { vec![("–".to_owned(), T.nothing().to_owned())] } else { rows }
}

async fn best(conn: &mut Conn, settings: &Settings, window: Window<'_>) -> sqlx::Result<Section> {
    let best = queries::best_films(conn, window, BEST).await?;
    let titles = titles(conn, best.iter().map(|film| film.product_id)).await?;
    let rows = best.iter().zip(1..).map(|(film, place)| {
        let title = titles.iter().find(|(id, _)| *id == film.product_id).map_or(&film.title, |(_, title)| title);
        (format!("{place}. {title}"), T.sold(film.units, &settings.currency.format(LANG, film.turnover_minor)))
    });
    Ok(Section::new(T.best(), or_nothing(rows.collect())))
}

async fn best_categories(conn: &mut Conn, settings: &Settings, window: Window<'_>) -> sqlx::Result<Section> {
    let best = queries::best_categories(conn, window, BEST_CATEGORIES).await?;
    let rows = best.into_iter().map(|category| {
        (category.title, T.sold(category.units, &settings.currency.format(LANG, category.turnover_minor)))
    });
    Ok(Section::new(T.best_categories(), or_nothing(rows.collect())))
}

/// Films by id with their titles.
async fn titles(conn: &mut Conn, ids: impl Iterator<Item = u64>) -> sqlx::Result<Vec<(u64, String)>> {
    let mut ids: Vec<u64> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let films = catalog::queries::films(conn, &ids).await?;
    Ok(films.iter().map(|film| (film.id, film.title(LANG).text)).collect())
}

/// How many editions run low, and the scarcest of them.
async fn low(conn: &mut Conn, most: u32) -> sqlx::Result<(i64, Section)> {
    let editions = queries::low_editions(conn, most).await?;
    let count = queries::count_low(conn).await?;
    let titles = titles(conn, editions.iter().map(|edition| edition.product_id)).await?;
    let words = FormatMessages(LANG);
    let mut rows: Vec<(String, String)> = editions
        .iter()
        .map(|edition| {
            let title = titles.iter().find(|(id, _)| *id == edition.product_id).map_or("", |(_, title)| title);
            let left = if edition.stock > 0 { T.left(edition.stock.into()) } else { T.sold_out().to_owned() };
            (format!("{title}, {}, {}", words.name(edition.format), edition.sku), left)
        })
        .collect();
    let unnamed = count - i64::try_from(editions.len()).unwrap_or(count);
    if unnamed > 0 {
        rows.push((T.more().to_owned(), T.editions(unnamed)));
    }
    Ok((count, Section::new(T.low(), or_nothing(rows))))
}

/// How the queue and the messages are.
async fn work(conn: &mut Conn) -> sqlx::Result<Section> {
    let mut rows: Vec<(String, String)> = backlog(conn)
        .await?
        .into_iter()
        .map(|backlog| {
            let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
            let waits = T.waits(number(backlog.age.as_secs()), number(backlog.parked));
            (T.queue(backlog.queue.word()), waits)
        })
        .collect();
    let count = async |conn: &mut Conn, status| queries::count_messages(conn, status).await;
    rows.push((T.parked_messages().to_owned(), i18n::number(LANG, count(conn, MessageStatus::Parked).await?)));
    rows.push((T.failed_messages().to_owned(), i18n::number(LANG, count(conn, MessageStatus::Failed).await?)));
    Ok(Section::new(T.work(), rows))
}
