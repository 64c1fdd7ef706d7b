//! SVG by appending: every shape writes itself to one string. Numbers have one decimal, without a trailing `.0`.

use std::fmt::{Arguments, Write};

use super::palette::Rgb;

pub(super) struct Canvas(String);

impl Canvas {
    /// A drawing of this size, described by `label`. It takes 5 to 22 kB.
    pub(super) fn open((width, height): (u32, u32), label: Arguments<'_>) -> Self {
        let mut canvas = Self(String::with_capacity(16 * 1024));
        canvas.format(format_args!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}""#
        ));
        canvas.raw(r#" role="img" aria-label=""#).attribute(&label.to_string()).raw(r#"">"#);
        canvas
    }

    pub(super) fn close(mut self) -> String {
        self.raw("</svg>\n");
        self.0
    }

    pub(super) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Writing to a string cannot fail.
    pub(super) fn format(&mut self, markup: Arguments<'_>) -> &mut Self {
        let _infallible = self.0.write_fmt(markup);
        self
    }

    pub(super) fn number(&mut self, value: f64) -> &mut Self {
        let tenths = value.abs() * 10.0;
        let nearest = tenths.round();
        let near_a_tie = ((tenths - nearest).abs() - 0.5).abs() < 1e-6;
        if near_a_tie || tenths >= 1e9 {
            return self.exact_number(value);
        }
        self.tenths(nearest, value.is_sign_negative())
    }

    /// The quick way for all numbers that lie clear of the middle between two tenths.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked by the caller: 0 <= nearest < 1e9"
    )]
    fn tenths(&mut self, nearest: f64, negative: bool) -> &mut Self {
        let tenths = nearest as u32;
        if negative {
            self.0.push('-');
        }
        self.whole(tenths / 10);
        if !tenths.is_multiple_of(10) {
            self.0.push('.');
            self.0.push(digit(tenths % 10));
        }
        self
    }

    fn whole(&mut self, value: u32) {
        if value >= 10 {
            self.whole(value / 10);
        }
        self.0.push(digit(value % 10));
    }

    fn exact_number(&mut self, value: f64) -> &mut Self {
        self.format(format_args!("{value:.1}"));
        if self.0.ends_with(".0") {
            self.0.truncate(self.0.len() - 2);
        }
        self
    }

    /// Numbers with a space between them.
    pub(super) fn numbers(&mut self, values: &[f64]) -> &mut Self {
        for (position, value) in values.iter().enumerate() {
            if position > 0 {
                self.0.push(' ');
            }
            self.number(*value);
        }
        self
    }

    pub(super) fn open_path(&mut self, fill: Rgb) -> &mut Self {
        self.format(format_args!(r#"<path fill="{fill}" d=""#))
    }

    pub(super) fn close_path(&mut self) {
        self.raw(r#"z"/>"#);
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, fill: Rgb) {
        self.open_path(fill)
            .raw("M")
            .numbers(&[x, y])
            .raw("h")
            .number(width)
            .raw("v")
            .number(height)
            .raw("h")
            .number(-width)
            .close_path();
    }

    pub(super) fn disc(&mut self, x: f64, y: f64, radius: f64, fill: Rgb) {
        self.raw(r#"<circle cx=""#).number(x).raw(r#"" cy=""#).number(y).raw(r#"" r=""#).number(radius);
        self.format(format_args!(r#"" fill="{fill}"/>"#));
    }

    pub(super) fn polygon(&mut self, points: &[(f64, f64)], fill: Rgb) {
        self.open_path(fill);
        for (position, (x, y)) in points.iter().enumerate() {
            self.raw(if position == 0 { "M" } else { "L" }).numbers(&[*x, *y]);
        }
        self.close_path();
    }

    /// A person, seen from far away; `ground` is where the feet stand.
    pub(super) fn figure(&mut self, x: f64, ground: f64, size: f64, fill: Rgb) {
        self.disc(x, ground - size * 0.88, size * 0.12, fill);
        let (shoulder, foot, top) = (size * 0.13, size * 0.17, ground - size * 0.72);
        self.polygon(&[(x - shoulder, top), (x + shoulder, top), (x + foot, ground), (x - foot, ground)], fill);
    }

    /// Text for an attribute: `& < "` escaped, and what XML forbids left out.
    fn attribute(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '"' => self.0.push_str("&quot;"),
                '\u{FFFE}' | '\u{FFFF}' => {}
                control if control.is_control() => {}
                other => self.0.push(other),
            }
        }
        self
    }
}

fn digit(value: u32) -> char {
    char::from_digit(value, 10).unwrap_or('0')
}
