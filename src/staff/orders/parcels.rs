//! The form by which a parcel is sent.

use super::messages::DeskMessages;
use crate::{
    orders::{actions::Packed, desk::awaits_parcels, mails::Parcel, queries::OrderLineRow, queries::OrderRow},
    platform::http::{FieldView, Fields},
    settings::Carrier,
};

/// The longest number of a parcel.
const MOST_TRACKING: u16 = 40;

/// What of each line goes into the parcel, and who carries it.
pub struct ParcelForm {
    pub lines: Vec<LineField>,
    /// Why the quantities cannot be taken.
    pub problem: Option<&'static str>,
    pub carrier: FieldView,
    carriers: Vec<(String, String)>,
    pub tracking: FieldView,
}

/// How many of a line.
pub struct LineField {
    pub line_id: u64,
    pub title: String,
    pub sku: String,
    pub left: u32,
    pub value: String,
}

impl LineField {
    pub fn name(&self) -> String {
        format!("line-{}", self.line_id)
    }
}

impl ParcelForm {
    /// The form with all that is left; none when nothing of the order can be sent.
    pub fn new(t: DeskMessages, order: &OrderRow, lines: &[OrderLineRow], carriers: &[Carrier]) -> Option<Self> {
        let field = |line: &OrderLineRow| LineField {
            line_id: line.line_id,
            title: line.title.clone(),
            sku: line.sku.clone(),
            left: line.left(),
            value: line.left().to_string(),
        };
        awaits_parcels(order, lines).then(|| Self {
            lines: lines.iter().filter(|line| line.left() > 0).map(field).collect(),
            problem: None,
            carrier: FieldView::text("carrier", t.carrier(), ""),
            carriers: carriers.iter().map(|carrier| (carrier.id.clone(), carrier.name.clone())).collect(),
            tracking: FieldView {
                is_required: false,
                max_length: MOST_TRACKING,
                hint: Some(t.tracking_hint().to_owned()),
                ..FieldView::text("tracking", t.tracking(), "")
            },
        })
    }

    /// Id and name of each carrier.
    pub fn options(&self) -> Vec<(String, String)> {
        self.carriers.clone()
    }

    /// Keeps what was typed.
    pub fn fill(&mut self, fields: &Fields) {
        for line in &mut self.lines {
            fields.get(&line.name()).clone_into(&mut line.value);
        }
        for field in [&mut self.carrier, &mut self.tracking] {
            fields.get(field.name).clone_into(&mut field.value);
        }
    }

    /// The parcel and what is in it; the form says why when it cannot be.
    pub fn read(&mut self, t: DeskMessages, carriers: &[Carrier]) -> Option<(Parcel, Vec<Packed>)> {
        let contents = self.contents(t);
        let parcel = self.parcel(t, carriers);
        Some((parcel?, contents?))
    }

    fn contents(&mut self, t: DeskMessages) -> Option<Vec<Packed>> {
        let mut contents = Vec::new();
        for line in &self.lines {
            let typed = if line.value.is_empty() { "0" } else { line.value.as_str() };
            match typed.parse() {
                Ok(0) => {}
                Ok(quantity) if quantity <= line.left => contents.push(Packed { line_id: line.line_id, quantity }),
                _ => {
                    self.problem = Some(t.parcel_too_much());
                    return None;
                }
            }
        }
        self.problem = contents.is_empty().then(|| t.parcel_empty());
        (!contents.is_empty()).then_some(contents)
    }

    fn parcel(&mut self, t: DeskMessages, carriers: &[Carrier]) -> Option<Parcel> {
        let Some(carrier) = carriers.iter().find(|carrier| carrier.id == self.carrier.value) else {
            self.carrier.error = Some(t.carrier_wrong().to_owned());
            return None;
        };
        let number = self.tracking.value.as_str();
        let is_number = number.len() <= MOST_TRACKING.into()
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -/.".contains(&byte));
        if !is_number || (number.is_empty() && carrier.tracks()) {
            self.tracking.error = Some(t.tracking_wrong().to_owned());
            return None;
        }
        let url = if number.is_empty() { String::new() } else { carrier.tracking_link(number) };
        Some(Parcel { carrier: carrier.name.clone(), tracking: number.to_owned(), url })
    }

    pub fn errors(&self) -> Vec<(&'static str, String)> {
        let lines = self.problem.map(|problem| ("parcel-lines", problem.to_owned()));
        let fields = [&self.carrier, &self.tracking].into_iter();
        lines.into_iter().chain(fields.filter_map(|field| Some((field.name, field.error.clone()?)))).collect()
    }
}
