//! The picture that a shared link shows, 1200 × 630: the poster beside its title, on the poster's own palette.

use super::canvas::Canvas;
use super::glyphs::{Anchor, Setting, WIDE};
use super::palette::{BLACK, Palette, Rgb};
use super::plan::{Plan, TitleMode};
use super::sheet::{self, Wording};
use super::title::TitleBlock;

const SIZE: (u32, u32) = (1200, 630);
const MARGIN: f64 = 45.0;
/// The poster between the margins, and its share of 600 × 900.
const POSTER: (f64, f64) = (360.0, 540.0);
const POSTER_SCALE: f64 = 0.6;
const SHADOW: f64 = 8.0;
/// Where the type stands.
const LEFT: f64 = 465.0;
const WIDTH: f64 = 675.0;
const MOST_TITLE_HEIGHT: f64 = 300.0;
/// The shop's sign, drawn on a square of 32.
const SIGN: &str = "M6 26V6h5.2L16 17.5 20.8 6H26v20h-4.3V14.5L17.6 25h-3.2l-4.1-10.5V26z";
const SIGN_SIDE: f64 = 64.0;

pub(super) fn svg(plan: Plan, wording: &Wording<'_>) -> String {
    let (palette, title_mode) = (plan.palette, plan.title_mode);
    let ground = backdrop(&palette);
    let poster = sheet::poster(plan, wording, None);
    let mut canvas = Canvas::open(SIZE, format_args!("{}", wording.reading));
    canvas.rect(0.0, 0.0, f64::from(SIZE.0), f64::from(SIZE.1), ground);
    canvas.rect(MARGIN + SHADOW, MARGIN + SHADOW, POSTER.0, POSTER.1, ground.mix(BLACK, 0.3));
    canvas.raw(r#"<g transform="translate("#).numbers(&[MARGIN, MARGIN]);
    canvas.format(format_args!(r#") scale({POSTER_SCALE})">"#)).raw(&poster).raw("</g>");
    words(&mut canvas, wording, title_mode, palette.ink);
    sign(&mut canvas, palette.ink, ground);
    canvas.close()
}

/// The poster's ground a little darker, so that the poster stands off it. Dark ink keeps its contrast on light grounds.
fn backdrop(palette: &Palette) -> Rgb {
    let has_dark_ink = palette.ink.lightness() < palette.ground.lightness();
    palette.ground.mix(BLACK, if has_dark_ink { 0.08 } else { 0.3 })
}

/// Title, directors and year, one below the other.
fn words(canvas: &mut Canvas, wording: &Wording<'_>, title_mode: TitleMode, ink: Rgb) {
    let title = TitleBlock::fit(&wording.title, WIDTH, MOST_TITLE_HEIGHT, title_mode);
    let top = MARGIN + 12.0;
    title.set(canvas, LEFT, top, ink);
    let mut line = Setting { x: LEFT, y: top + title.height() + 56.0, size: 26.0, tracking: 40, anchor: Anchor::Start };
    if !wording.director.is_empty() {
        sheet::set_names(canvas, &wording.director, line, WIDTH, ink);
        line.y += 42.0;
    }
    WIDE.set(canvas, &wording.year, line, ink);
}

fn sign(canvas: &mut Canvas, square: Rgb, letter: Rgb) {
    let top = f64::from(SIZE.1) - MARGIN - SIGN_SIDE;
    canvas.rect(LEFT, top, SIGN_SIDE, SIGN_SIDE, square);
    canvas.format(format_args!(r#"<path fill="{letter}" transform="translate("#)).numbers(&[LEFT, top]);
    canvas.format(format_args!(r#") scale({})" d="{SIGN}"/>"#, SIGN_SIDE / 32.0));
}
