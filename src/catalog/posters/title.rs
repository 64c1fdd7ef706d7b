//! The title: broken into lines in every possible way, the best kept.

use super::canvas::Canvas;
use super::glyphs::{Anchor, CAP, Extent, SQUEEZE, Setting};
use super::palette::Rgb;
use super::plan::TitleMode;

/// Distance of two baselines in flush mode, as a share of the size.
const PITCH: f64 = 0.80;
/// Space between two lines in block mode.
const GAP: f64 = 16.0;
const LARGEST: f64 = 300.0;
const MOST_LINES: usize = 5;
/// In block mode no line is more than this many times as large as another.
const CONTRAST: f64 = 2.2;
/// Breaks grow with the fourth power of the words; a longer title keeps neighbouring words together.
const MOST_WORDS: usize = 24;
/// Marks above and tails below a line may take this much of the space around the title before it moves.
const SLACK: f64 = 10.0;
/// What remains between the tails of a line and the marks of the next: in units, and as a share of the size.
const CLEARANCE: f64 = 10.0;
const FLUSH_CLEARANCE: f64 = 0.03;

pub(super) struct TitleBlock<'a> {
    lines: Vec<Line<'a>>,
    mode: TitleMode,
}

struct Line<'a> {
    text: &'a str,
    size: f64,
    extent: Extent,
}

/// A word that no break parts, measured once: a line's width is the way from its first word's start to its last word's
/// end.
struct Word {
    first_byte: usize,
    past_byte: usize,
    start: i32,
    end: i32,
    extent: Extent,
}

/// One way to break the title, while it is weighed.
#[derive(Clone, Copy)]
struct Candidate {
    count: usize,
    /// Number of the first word of each line, and after the last.
    firsts: [usize; MOST_LINES + 1],
    sizes: [f64; MOST_LINES],
    score: f64,
}

impl<'a> TitleBlock<'a> {
    /// `title` as [`super::glyphs::Face::settable`] gives it, in a box.
    pub(super) fn fit(title: &'a str, width: f64, most_height: f64, mode: TitleMode) -> Self {
        let words = measure(title);
        let best = match mode {
            TitleMode::Block => best_break(&words, width, |candidate| candidate.as_block(&words, most_height)),
            TitleMode::Flush => None,
        };
        let best = best.or_else(|| best_break(&words, width, |candidate| candidate.as_flush(&words, most_height)));
        let lines = best.map(|best| best.lines(title, &words)).unwrap_or_default();
        let mode = if lines.len() == 1 { TitleMode::Block } else { mode };
        Self { lines, mode }
    }

    pub(super) fn height(&self) -> f64 {
        let Some(first) = self.lines.first() else { return 0.0 };
        let count = as_f64(self.lines.len() - 1);
        let set = match self.mode {
            TitleMode::Block => self.lines.iter().map(|line| line.size * CAP).sum::<f64>() + count * GAP,
            TitleMode::Flush => first.size * (CAP + count * PITCH),
        };
        set + (0..self.lines.len()).map(|number| self.extra_above(number)).sum::<f64>() + self.extra_below()
    }

    pub(super) fn set(&self, canvas: &mut Canvas, x: f64, top: f64, fill: Rgb) {
        let mut y = top;
        for (number, line) in self.lines.iter().enumerate() {
            let flush = number > 0 && self.mode == TitleMode::Flush;
            y += line.size * if flush { PITCH } else { CAP };
            y += self.extra_above(number);
            SQUEEZE.set(canvas, line.text, Setting { x, y, size: line.size, tracking: 0, anchor: Anchor::Start }, fill);
            if self.mode == TitleMode::Block {
                y += GAP;
            }
        }
    }

    /// Room for the marks above a line, beyond what its place gives anyway.
    fn extra_above(&self, number: usize) -> f64 {
        let line = &self.lines[number];
        match (number.checked_sub(1).map(|previous| &self.lines[previous]), self.mode) {
            (None, _) => (line.extent.rise * line.size - SLACK).max(0.0),
            (Some(above), TitleMode::Block) => block_extra(above.extent, above.size, line.extent, line.size),
            (Some(above), TitleMode::Flush) => flush_extra(above.extent, line.extent) * line.size,
        }
    }

    fn extra_below(&self) -> f64 {
        self.lines.last().map_or(0.0, |line| (line.extent.drop * line.size - SLACK).max(0.0))
    }
}

fn block_extra(above: Extent, above_size: f64, below: Extent, below_size: f64) -> f64 {
    let need = above.drop * above_size + below.rise * below_size;
    if need > 0.0 { (need + CLEARANCE - GAP).max(0.0) } else { 0.0 }
}

/// As a share of the size.
fn flush_extra(above: Extent, below: Extent) -> f64 {
    let need = above.drop + below.rise;
    if need > 0.0 { (CAP + need + FLUSH_CLEARANCE - PITCH).max(0.0) } else { 0.0 }
}

fn measure(title: &str) -> Vec<Word> {
    let count = title.split(' ').count();
    let joined = count.div_ceil(MOST_WORDS);
    let mut words: Vec<Word> = Vec::with_capacity(count);
    let wants_room = SQUEEZE.wants_room(title);
    let mut spaces = 0;
    let mut fresh = true;
    for placed in SQUEEZE.pens(title, 0) {
        if title.as_bytes()[placed.offset] == b' ' {
            spaces += 1;
            fresh = spaces % joined == 0;
            continue;
        }
        let extent = if wants_room { placed.extent() } else { Extent::default() };
        let past_byte = placed.offset + title[placed.offset..].chars().next().map_or(1, char::len_utf8);
        match words.last_mut() {
            Some(word) if !fresh => {
                word.past_byte = past_byte;
                word.end = placed.end;
                word.extent = word.extent.union(extent);
            }
            _ => words.push(Word { first_byte: placed.offset, past_byte, start: placed.pen, end: placed.end, extent }),
        }
        fresh = false;
    }
    words
}

/// Weighs every break in order; a later one has to win clearly.
fn best_break(words: &[Word], width: f64, weigh: impl Fn(Candidate) -> Option<Candidate>) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    for count in 1..=MOST_LINES.min(words.len()) {
        let mut firsts = first_break(count, words.len());
        loop {
            let weighed = weigh(Candidate::new(words, width, count, firsts));
            if let Some(candidate) = weighed.filter(|new| best.is_none_or(|best| new.score > best.score + 1e-9)) {
                best = Some(candidate);
            }
            if !next_break(&mut firsts, count, words.len()) {
                break;
            }
        }
    }
    best
}

/// One word to each line, the rest to the last.
fn first_break(count: usize, words: usize) -> [usize; MOST_LINES + 1] {
    let mut firsts = std::array::from_fn(|number| number);
    firsts[count] = words;
    firsts
}

/// The next break in dictionary order of the lines' first words.
fn next_break(firsts: &mut [usize; MOST_LINES + 1], count: usize, words: usize) -> bool {
    for number in (1..count).rev() {
        if firsts[number] < words - (count - number) {
            firsts[number] += 1;
            for later in number + 1..count {
                firsts[later] = firsts[later - 1] + 1;
            }
            return true;
        }
    }
    false
}

impl Candidate {
    fn new(words: &[Word], width: f64, count: usize, firsts: [usize; MOST_LINES + 1]) -> Self {
        let mut sizes = [0.0; MOST_LINES];
        for (number, size) in sizes.iter_mut().enumerate().take(count) {
            let advance = words[firsts[number + 1] - 1].end - words[firsts[number]].start;
            *size = LARGEST.min(width / (f64::from(advance) / 1000.0));
        }
        Self { count, firsts, sizes, score: 0.0 }
    }

    /// None when it is too high or too uneven.
    fn as_block(mut self, words: &[Word], most_height: f64) -> Option<Self> {
        let sizes = &self.sizes[..self.count];
        let extents = self.extents(words);
        let extra: f64 = (1..self.count)
            .map(|line| block_extra(extents[line - 1], sizes[line - 1], extents[line], sizes[line]))
            .sum();
        let height = sizes.iter().map(|size| size * CAP).sum::<f64>() + as_f64(self.count - 1) * GAP + extra;
        let (smallest, largest) = range(sizes);
        if height > most_height || largest / smallest > CONTRAST {
            return None;
        }
        self.score = smallest + height * 0.2;
        Some(self)
    }

    #[expect(clippy::unnecessary_wraps, reason = "weighed like a block, which may be rejected")]
    fn as_flush(mut self, words: &[Word], most_height: f64) -> Option<Self> {
        let extents = self.extents(words);
        let extra: f64 = (1..self.count).map(|line| flush_extra(extents[line - 1], extents[line])).sum();
        let (smallest, _) = range(&self.sizes[..self.count]);
        let size = smallest.min(most_height / (CAP + as_f64(self.count - 1) * PITCH + extra));
        self.sizes = [size; MOST_LINES];
        self.score = size - as_f64(self.count) * 4.0;
        Some(self)
    }

    fn extents(&self, words: &[Word]) -> [Extent; MOST_LINES] {
        let mut extents = [Extent::default(); MOST_LINES];
        for (number, extent) in extents.iter_mut().enumerate().take(self.count) {
            let line = &words[self.firsts[number]..self.firsts[number + 1]];
            *extent = line.iter().fold(Extent::default(), |extent, word| extent.union(word.extent));
        }
        extents
    }

    fn lines<'a>(&self, title: &'a str, words: &[Word]) -> Vec<Line<'a>> {
        let extents = self.extents(words);
        let line = |number: usize| {
            let text = &title[words[self.firsts[number]].first_byte..words[self.firsts[number + 1] - 1].past_byte];
            Line { text, size: self.sizes[number], extent: extents[number] }
        };
        (0..self.count).map(line).collect()
    }
}

fn range(sizes: &[f64]) -> (f64, f64) {
    sizes.iter().fold((f64::INFINITY, 0.0), |(smallest, largest), size| (smallest.min(*size), size.max(largest)))
}

fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
