//! The sheets: a poster of 600 × 900, where the title is measured first and the picture takes what is left, and a still
//! without type.

use std::fmt::Arguments;

use super::canvas::Canvas;
use super::compositions::Scene;
use super::glyphs::{Anchor, SQUEEZE, Setting, WIDE};
use super::palette::{Rgb, rgb};
use super::plan::{Layout, Plan};
use super::title::TitleBlock;
use crate::catalog::Format;

const POSTER_SIZE: (u32, u32) = (600, 900);
const STILL_SIZE: (u32, u32) = (1434, 600);

const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 900.0;
const MARGIN: f64 = 38.0;
const BAND: f64 = 52.0;
/// Space between the director's last letter and the year.
const SMALL_LINE_GAP: f64 = 24.0;

/// What a sheet says, every text that is set in a form that can be.
pub(super) struct Wording<'a> {
    /// The title as people read it, for those who cannot see the sheet.
    pub(super) reading: &'a str,
    pub(super) title: String,
    pub(super) director: String,
    pub(super) year: String,
}

pub(super) fn poster(mut plan: Plan, wording: &Wording<'_>, format: Option<Format>) -> String {
    let palette = plan.palette;
    let band = format.and_then(band_look);
    let top = if band.is_some() { BAND } else { 0.0 };
    let most_height = if plan.layout == Layout::Plate { 270.0 } else { 330.0 };
    let title = TitleBlock::fit(&wording.title, WIDTH - 2.0 * MARGIN, most_height, plan.title_mode);
    let title_height = title.height();
    let mut canvas = open(POSTER_SIZE, format_args!("{} ({})", wording.reading, wording.year));
    canvas.rect(0.0, 0.0, WIDTH, HEIGHT, palette.ground);
    match plan.layout {
        Layout::Foot => {
            let title_top = HEIGHT - 74.0 - title_height;
            picture(&mut canvas, &mut plan, wording, [0.0, top, WIDTH, title_top - 34.0 - top]);
            title.set(&mut canvas, MARGIN, title_top, palette.ink);
            small_line(&mut canvas, wording, HEIGHT - 32.0, palette.ink);
        }
        Layout::Head => {
            small_line(&mut canvas, wording, top + 50.0, palette.ink);
            title.set(&mut canvas, MARGIN, top + 78.0, palette.ink);
            let picture_top = top + 78.0 + title_height + 34.0;
            picture(&mut canvas, &mut plan, wording, [0.0, picture_top, WIDTH, HEIGHT - top - 112.0 - title_height]);
        }
        Layout::Plate => {
            let picture_top = top + 78.0;
            let picture_height = HEIGHT - 40.0 - title_height - 36.0 - picture_top;
            small_line(&mut canvas, wording, top + 50.0, palette.ink);
            picture(&mut canvas, &mut plan, wording, [MARGIN, picture_top, WIDTH - 2.0 * MARGIN, picture_height]);
            title.set(&mut canvas, MARGIN, HEIGHT - 40.0 - title_height, palette.ink);
        }
    }
    if let Some(look) = band {
        paint_band(&mut canvas, look);
    }
    close(canvas)
}

pub(super) fn still(mut plan: Plan, wording: &Wording<'_>) -> String {
    let mut canvas = open(STILL_SIZE, format_args!("{}", wording.reading));
    let (width, height) = (f64::from(STILL_SIZE.0), f64::from(STILL_SIZE.1));
    paint(&mut canvas, &mut plan, wording, (width, height));
    close(canvas)
}

fn open((width, height): (u32, u32), label: Arguments<'_>) -> Canvas {
    let mut canvas = Canvas::open((width, height), label);
    canvas.format(format_args!(
        r#"<clipPath id="f"><path d="M0 0h{width}v{height}H0z"/></clipPath><g clip-path="url(#f)">"#
    ));
    canvas
}

fn close(mut canvas: Canvas) -> String {
    canvas.raw("</g>");
    canvas.close()
}

/// The picture is a nested drawing, which clips it.
fn picture(canvas: &mut Canvas, plan: &mut Plan, wording: &Wording<'_>, [x, y, width, height]: [f64; 4]) {
    canvas.raw(r#"<svg x=""#).number(x).raw(r#"" y=""#).number(y);
    canvas.raw(r#"" width=""#).number(width).raw(r#"" height=""#).number(height);
    canvas.raw(r#"" viewBox="0 0 "#).numbers(&[width, height]).raw(r#"">"#);
    paint(canvas, plan, wording, (width, height));
    canvas.raw("</svg>");
}

fn paint(canvas: &mut Canvas, plan: &mut Plan, wording: &Wording<'_>, (width, height): (f64, f64)) {
    let mut scene = Scene { canvas, rng: &mut plan.rng, palette: plan.palette, width, height, title: &wording.title };
    plan.composition.paint(&mut scene);
}

/// Director on the left, year on the right.
fn small_line(canvas: &mut Canvas, wording: &Wording<'_>, y: f64, fill: Rgb) {
    let year = Setting { x: WIDTH - MARGIN, y, size: 17.0, tracking: 40, anchor: Anchor::End };
    let room = WIDTH - 2.0 * MARGIN - SMALL_LINE_GAP - WIDE.width(&wording.year, year.tracking) * year.size;
    set_names(canvas, &wording.director, Setting { x: MARGIN, anchor: Anchor::Start, ..year }, room, fill);
    WIDE.set(canvas, &wording.year, year, fill);
}

/// As many of the names as have room. A single name that has none is set smaller.
pub(super) fn set_names(canvas: &mut Canvas, names: &str, setting: Setting, room: f64, fill: Rgb) {
    let mut shown = names;
    let width = |shown: &str| WIDE.width(shown, setting.tracking) * setting.size;
    while width(shown) > room
        && let Some((fewer, _)) = shown.rsplit_once(", ")
    {
        shown = fewer;
    }
    let size = if width(shown) > room { setting.size * room / width(shown) } else { setting.size };
    WIDE.set(canvas, shown, Setting { size, ..setting }, fill);
}

struct BandLook {
    name: &'static str,
    ground: Rgb,
    ink: Rgb,
}

/// A box set has no band: it may hold discs of any kind.
fn band_look(format: Format) -> Option<BandLook> {
    let (name, ground, ink) = match format {
        Format::Uhd4k => ("4K ULTRA HD", 0x0B_0B_0D, 0xFF_FF_FF),
        Format::BluRay => ("BLU-RAY", 0x12_3C_9C, 0xFF_FF_FF),
        Format::Dvd => ("DVD", 0x56_54_5A, 0xFF_FF_FF),
        Format::DigitalHd | Format::Digital4k => ("DIGITAL CODE", 0xF4_F2_EE, 0x15_15_15),
        Format::BoxSet => return None,
    };
    Some(BandLook { name, ground: rgb(ground), ink: rgb(ink) })
}

pub(super) fn band_name(format: Format) -> Option<&'static str> {
    band_look(format).map(|look| look.name)
}

fn paint_band(canvas: &mut Canvas, look: BandLook) {
    canvas.rect(0.0, 0.0, WIDTH, BAND, look.ground);
    let setting = Setting { x: WIDTH / 2.0, y: 34.0, size: 21.0, tracking: 90, anchor: Anchor::Middle };
    WIDE.set(canvas, look.name, setting, look.ink);
}

/// A title in the first of its forms that can be set.
pub(super) fn first_settable<'a>(forms: impl IntoIterator<Item = &'a str>) -> Option<String> {
    forms.into_iter().find_map(|form| SQUEEZE.settable(form))
}
