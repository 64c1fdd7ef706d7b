//! Type as outlines: an SVG behind `<img>` cannot reach the page's fonts, and posters also travel in mails and link
//! previews.
//!
//! `glyphs.txt` holds two faces, in thousandths of the size, y pointing down, baseline at 0. Latin letters, digits and
//! signs are cuts of Archivo (width 62 and 125). The Cyrillic of `squeeze` is Oswald, that of `wide` Roboto Flex, both
//! scaled to Archivo's capitals. All three are under the SIL Open Font License, whose texts lie beside the table. Type
//! on posters is upper case only.
//!
//! Lines of the table, fields parted by tabs: `face name`; `g letter advance rise drop outline`, or `x` instead of `g`
//! for a letter that wants its rise and drop respected; `k first delta seconds`.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use super::canvas::Canvas;
use super::palette::Rgb;

/// Height of a capital, as a share of the size.
pub(super) const CAP: f64 = 0.686;

static TABLE: &str = include_str!("glyphs.txt");

/// Narrow and heavy, for titles.
pub(super) static SQUEEZE: LazyLock<Face> = LazyLock::new(|| Face::parse("squeeze"));
/// Broad, for small lines; meant to be tracked.
pub(super) static WIDE: LazyLock<Face> = LazyLock::new(|| Face::parse("wide"));

struct Glyph {
    advance: i32,
    /// How far it stands above the capitals and below the baseline.
    rise: i32,
    drop: i32,
    /// Lines make room for rise and drop only in a title that has such a letter. Western European titles are set tight,
    /// as their accents are meant to be.
    wants_room: bool,
    outline: &'static str,
}

pub(super) struct Face {
    glyphs: HashMap<char, Glyph>,
    kerning: HashMap<(char, char), i32>,
}

/// Where and how a run of type is set. `x` is its left end, right end or middle, as `anchor` says; `y` the baseline.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// Extra space after each letter, in thousandths of the size.
    pub(super) tracking: i32,
    pub(super) anchor: Anchor,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// What a word or line needs beyond its capitals, as shares of the size.
#[derive(Clone, Copy, Default)]
pub(super) struct Extent {
    pub(super) rise: f64,
    pub(super) drop: f64,
}

impl Extent {
    pub(super) fn union(self, other: Self) -> Self {
        Self { rise: self.rise.max(other.rise), drop: self.drop.max(other.drop) }
    }
}

impl Face {
    /// Reads one face; the table is part of the program, and a test counts that every line of it was understood.
    fn parse(name: &str) -> Self {
        let mut face = Self { glyphs: HashMap::new(), kerning: HashMap::new() };
        let lines = TABLE.lines().skip_while(|line| line.strip_prefix("face ") != Some(name)).skip(1);
        for line in lines.take_while(|line| !line.starts_with("face ")) {
            let fields: Vec<&'static str> = line.split('\t').collect();
            match fields[..] {
                [kind @ ("g" | "x"), letter, advance, rise, drop, outline] => {
                    face.add_glyph(letter, [advance, rise, drop], outline, kind == "x");
                }
                ["k", first, delta, seconds] => face.add_kerning(first, delta, seconds),
                _ => {}
            }
        }
        face
    }

    fn add_glyph(&mut self, letter: &str, measures: [&str; 3], outline: &'static str, wants_room: bool) {
        let [Ok(advance), Ok(rise), Ok(drop)] = measures.map(str::parse) else { return };
        self.glyphs.extend(letter.chars().map(|letter| (letter, Glyph { advance, rise, drop, wants_room, outline })));
    }

    fn add_kerning(&mut self, first: &str, delta: &str, seconds: &str) {
        let Ok(delta) = delta.parse::<i32>() else { return };
        for first in first.chars() {
            self.kerning.extend(seconds.chars().map(|second| ((first, second), delta)));
        }
    }

    /// The text as this face can set it: upper case, single spaces, marks it lacks taken off their letters, signs it
    /// lacks left out. None when a letter has no outline at all or nothing remains: such a text needs another form.
    pub(super) fn settable(&self, text: &str) -> Option<String> {
        let mut set = String::with_capacity(text.len());
        for letter in text.nfc().flat_map(char::to_uppercase).map(drawn_as) {
            if letter.is_whitespace() {
                set.push(' ');
            } else if self.glyphs.contains_key(&letter) {
                set.push(letter);
            } else if let Some(base) = base_letter(letter).filter(|base| self.glyphs.contains_key(base)) {
                set.push(base);
            } else if letter.is_alphanumeric() {
                return None;
            }
        }
        let words: Vec<&str> = set.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// The pen's place before each letter of a settable text, and at its end.
    pub(super) fn pens<'a>(&'a self, text: &'a str, tracking: i32) -> impl Iterator<Item = Placed<'a>> {
        let mut end = 0;
        let mut previous = None;
        text.char_indices().filter_map(move |(offset, letter)| {
            let glyph = self.glyphs.get(&letter)?;
            let pen = end + previous.map_or(0, |previous| self.kerning.get(&(previous, letter)).copied().unwrap_or(0));
            end = pen + glyph.advance + tracking;
            previous = Some(letter);
            Some(Placed { offset, pen, end, glyph })
        })
    }

    /// Width as a share of the size.
    pub(super) fn width(&self, text: &str, tracking: i32) -> f64 {
        let end = self.pens(text, tracking).last().map_or(0, |placed| placed.end);
        f64::from(end - tracking) / 1000.0
    }

    /// Whether the lines of a text keep clear of each other's marks and tails.
    pub(super) fn wants_room(&self, text: &str) -> bool {
        text.chars().any(|letter| self.glyphs.get(&letter).is_some_and(|glyph| glyph.wants_room))
    }

    pub(super) fn extent(&self, text: &str) -> Extent {
        if !self.wants_room(text) {
            return Extent::default();
        }
        self.pens(text, 0).fold(Extent::default(), |extent, placed| extent.union(placed.extent()))
    }

    pub(super) fn set(&self, canvas: &mut Canvas, text: &str, setting: Setting, fill: Rgb) {
        canvas.format(format_args!(r#"<g fill="{fill}" transform="translate("#));
        self.set_from_transform(canvas, text, setting);
    }

    /// Type without a colour of its own, to be used in several.
    pub(super) fn set_uncoloured(&self, canvas: &mut Canvas, text: &str, setting: Setting) {
        canvas.raw(r#"<g transform="translate("#);
        self.set_from_transform(canvas, text, setting);
    }

    fn set_from_transform(&self, canvas: &mut Canvas, text: &str, setting: Setting) {
        let scale = setting.size / 1000.0;
        canvas
            .numbers(&[self.left_end(text, setting), setting.y])
            .format(format_args!(r#") scale({scale:.4} {scale:.4})">"#));
        for Placed { pen, glyph: Glyph { outline, .. }, .. } in self.pens(text, setting.tracking) {
            if outline.is_empty() {
                continue;
            }
            canvas.raw("<path ");
            if pen != 0 {
                canvas.format(format_args!(r#"transform="translate({pen})" "#));
            }
            canvas.raw(r#"d=""#).raw(outline).raw(r#""/>"#);
        }
        canvas.raw("</g>");
    }

    fn left_end(&self, text: &str, setting: Setting) -> f64 {
        match setting.anchor {
            Anchor::Start => setting.x,
            Anchor::Middle => setting.x - self.width(text, setting.tracking) * setting.size * 0.5,
            Anchor::End => setting.x - self.width(text, setting.tracking) * setting.size,
        }
    }
}

/// A letter of a line: its first byte, and the pen before and after it.
pub(super) struct Placed<'a> {
    pub(super) offset: usize,
    pub(super) pen: i32,
    pub(super) end: i32,
    glyph: &'a Glyph,
}

impl Placed<'_> {
    pub(super) fn extent(&self) -> Extent {
        Extent { rise: f64::from(self.glyph.rise) / 1000.0, drop: f64::from(self.glyph.drop) / 1000.0 }
    }
}

/// Signs which have the picture of another: Uzbek's turned comma and tutuq, and dashes of other widths.
fn drawn_as(letter: char) -> char {
    match letter {
        '\u{2BB}' => '‘',
        '\u{2BC}' | '\u{2B9}' => '’',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        '\u{2012}' | '\u{2015}' => '–',
        other => other,
    }
}

fn base_letter(letter: char) -> Option<char> {
    let mut base = None;
    decompose_canonical(letter, |part| base = base.or(Some(part)));
    base.filter(|base| *base != letter)
}
