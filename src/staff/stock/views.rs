//! The list of editions, and the page of one.

use askama::Template;

use super::{
    form::{self, MOST_NOTE, Problem, REASONS},
    messages::StockMessages,
    path,
    queries::{Edition, ListedEdition, Movement, PAGE, PastPrice},
};
use crate::{
    catalog::{Format, views::FormatMessages},
    personnel::Permission,
    platform::http::{FieldView, Fields, PageContext, Shell},
    staff::{Desk, Employee, Frame},
};

#[derive(Template)]
#[template(path = "staff/stock.html")]
pub(super) struct ListView {
    shell: Shell,
    frame: Frame,
    t: StockMessages,
    sku: String,
    only_low: bool,
    editions: Vec<ListedEdition>,
    /// Where the list goes on.
    next: Option<String>,
}

impl ListView {
    /// `editions` has one more than a page if there are more.
    pub fn new(context: &PageContext, employee: &Employee, asked: &Fields, mut editions: Vec<ListedEdition>) -> Self {
        let frame = Frame::new(context, employee, Some(Desk::Stock));
        let (sku, only_low) = (asked.get("sku").to_owned(), !asked.get("low").is_empty());
        let has_more = editions.len() > PAGE;
        editions.truncate(PAGE);
        let next = editions.last().filter(|_| has_more).map(|last| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("sku", &sku);
            if only_low {
                query.append_pair("low", "1");
            }
            query.append_pair("after", &format!("{}-{}", last.stock, last.id));
            context.href(&format!("/admin/stock?{}", query.finish()))
        });
        let shell = Shell::private(context, frame.t.stock());
        Self { shell, frame, t: StockMessages(context.lang), sku, only_low, editions, next }
    }

    fn format(&self, format: Format) -> &'static str {
        FormatMessages(self.shell.lang).name(format)
    }

    fn href(&self, sku: &str) -> String {
        self.shell.href(&path(sku))
    }
}

/// A form that came back.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub fields: Fields,
    problems: Vec<Problem>,
    /// Somebody else was first.
    pub is_stale: bool,
}

impl Typed {
    pub fn refused(fields: Fields, problems: Vec<Problem>) -> Self {
        Self { fields, problems, is_stale: false }
    }

    pub fn stale(fields: Fields) -> Self {
        Self { fields, problems: Vec::new(), is_stale: true }
    }
}

#[derive(Template)]
#[template(path = "staff/edition.html")]
pub(super) struct EditionView {
    shell: Shell,
    frame: Frame,
    t: StockMessages,
    edition: Edition,
    movements: Vec<Movement>,
    prices: Vec<PastPrice>,
    typed: Typed,
    may_adjust: bool,
    may_reprice: bool,
    zone: time::UtcOffset,
}

impl EditionView {
    pub fn new(
        context: &PageContext,
        employee: &Employee,
        edition: Edition,
        (movements, prices): (Vec<Movement>, Vec<PastPrice>),
        typed: Typed,
    ) -> Self {
        let frame = Frame::new(context, employee, Some(Desk::Stock));
        let mut shell = Shell::private(context, format!("{} {}", edition.title, edition.sku));
        // A form's own address cannot be opened in another language.
        shell.here = path(&edition.sku);
        Self {
            shell,
            frame,
            t: StockMessages(context.lang),
            // Digital editions have no stock to adjust.
            may_adjust: employee.may(Permission::StockEdit) && !edition.format.is_digital(),
            may_reprice: employee.may(Permission::CatalogEdit),
            edition,
            movements,
            prices,
            typed,
            zone: context.zone,
        }
    }

    fn format(&self) -> &'static str {
        FormatMessages(self.shell.lang).name(self.edition.format)
    }

    fn reprice_path(&self) -> String {
        self.shell.href(&path(&self.edition.sku).replace("/admin/stock/", "/admin/editions/"))
    }

    /// What was typed into a field, or else what is stored.
    fn field(&self, name: &'static str, label: &'static str, stored: String) -> FieldView {
        let typed = &self.typed.fields;
        let error = self.typed.problems.iter().find(|(field, _)| *field == name).map(|(_, text)| (*text).to_owned());
        let value = if typed.has(name) { typed.get(name).to_owned() } else { stored };
        FieldView { error, width: "half", ..FieldView::text(name, label, value) }
    }

    fn delta(&self) -> FieldView {
        FieldView { hint: Some(self.t.delta_hint().to_owned()), ..self.field("delta", self.t.delta(), String::new()) }
    }

    fn reason(&self) -> FieldView {
        self.field("reason", self.t.reason(), String::new())
    }

    fn reasons(&self) -> Vec<(&'static str, &'static str)> {
        REASONS.iter().map(|reason| (reason.word(), self.t.reason_name(*reason))).collect()
    }

    fn note(&self) -> FieldView {
        let field = self.field("note", self.t.note(), String::new());
        FieldView { width: "", is_required: false, max_length: MOST_NOTE, ..field }
    }

    fn price(&self) -> FieldView {
        self.field("price", self.t.price(), self.shell.currency().plain(self.edition.price_minor))
    }

    /// The sale's fields, which may all be empty.
    fn sale(&self) -> [FieldView; 3] {
        let (currency, edition) = (self.shell.currency(), &self.edition);
        let price = edition.sale_price_minor.map(|minor| currency.plain(minor)).unwrap_or_default();
        let time = |name, label, at| FieldView {
            kind: "datetime-local",
            ..self.field(name, label, form::written(at, self.zone))
        };
        [
            self.field("sale_price", self.t.sale_price(), price),
            time("sale_from", self.t.sale_from(), edition.sale_from),
            time("sale_to", self.t.sale_to(), edition.sale_to),
        ]
        .map(|field| FieldView { is_required: false, ..field })
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        self.typed.problems.iter().map(|(name, text)| (*name, (*text).to_owned())).collect()
    }

    /// What is stored, for whoever meant to change it.
    fn stored(&self) -> Vec<(&'static str, String)> {
        let edition = &self.edition;
        let time = |at: Option<time::OffsetDateTime>| at.map(|at| self.shell.date_time(at));
        let values = [
            (self.t.in_stock(), Some(edition.stock.to_string()).filter(|_| !edition.format.is_digital())),
            (self.t.price(), Some(self.shell.money(edition.price_minor))),
            (self.t.sale_price(), edition.sale_price_minor.map(|minor| self.shell.money(minor))),
            (self.t.sale_from(), time(edition.sale_from)),
            (self.t.sale_to(), time(edition.sale_to)),
        ];
        values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

#[cfg(test)]
mod tests;
