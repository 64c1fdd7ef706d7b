//! What a record draws before any line is painted: composition, palette, layout and title mode, always in this order.

use super::compositions::Composition::{
    self, Bauhaus, Beam, Blinds, Corridor, Dunes, Eclipse, Iris, Shards, Squeeze, Vertigo, Waves, Windows,
};
use super::palette::*;
use super::rng::{Rng, fnv1a};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Layout {
    /// Picture above, title below.
    Foot,
    /// Title above, picture below.
    Head,
    /// Picture framed by the margins, title below.
    Plate,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TitleMode {
    /// Each line is as large as the width allows.
    Block,
    /// All lines have one size.
    Flush,
}

pub(super) struct Plan {
    /// Where the draws of the composition go on.
    pub(super) rng: Rng,
    pub(super) composition: Composition,
    pub(super) palette: Palette,
    pub(super) layout: Layout,
    pub(super) title_mode: TitleMode,
}

impl Plan {
    pub(super) fn of(title: &str, year: u16, salt: u32, genre: &str) -> Self {
        let mut rng = Rng::new(fnv1a(&format!("{title}|{year}|{salt}")));
        let (compositions, palettes) = repertoire(genre);
        let composition = rng.pick(compositions);
        let palette = rng.pick(palettes);
        let layout = rng.pick(&[Layout::Foot, Layout::Foot, Layout::Head, Layout::Plate]);
        let title_mode = rng.pick(&[TitleMode::Block, TitleMode::Flush]);
        Self { rng, composition, palette, layout, title_mode }
    }
}

type Repertoire = (&'static [Composition], &'static [Palette]);

/// The pictures and palettes that suit a genre, by its English name in lower case.
fn repertoire(genre: &str) -> Repertoire {
    match genre {
        "action" => (&[Iris, Shards, Dunes], &[VERMILION, DESERT, STEEL]),
        "adventure" => (&[Dunes, Eclipse, Waves], &[DESERT, SKY, OCEAN]),
        "animation" => (&[Waves, Bauhaus, Dunes], &[MINT, SKY, ROSE, LIME]),
        "comedy" => (&[Squeeze, Bauhaus, Windows], &[LIME, SKY, ROSE, MINT]),
        "crime" => (&[Shards, Blinds, Squeeze], &[VERMILION, NIGHT, PAPER]),
        "documentary" => (&[Beam, Squeeze, Bauhaus], &[PAPER, STEEL, MINT]),
        "drama" => (&[Windows, Eclipse, Dunes, Beam], &[OCEAN, SKY, PAPER, ROSE, STEEL]),
        "horror" => (&[Corridor, Vertigo, Eclipse], &[BLOOD, NIGHT, ULTRAVIOLET]),
        "mystery" => (&[Vertigo, Blinds, Corridor], &[VERMILION, OCEAN, NIGHT]),
        "noir" | "film noir" => (&[Blinds, Corridor, Beam], &[NIGHT, PAPER, STEEL]),
        "romance" => (&[Windows, Waves, Squeeze], &[ROSE, BLOOD, OCEAN]),
        "science fiction" => (&[Eclipse, Iris, Corridor], &[NIGHT, ULTRAVIOLET, OCEAN, STEEL]),
        "thriller" => (&[Vertigo, Windows, Corridor], &[STEEL, LIME, NIGHT, VERMILION]),
        _ => (&[Eclipse, Bauhaus, Squeeze], &[PAPER, NIGHT, SKY]),
    }
}
