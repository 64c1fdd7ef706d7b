//! The pictures. Each is a pure function of the generator, the palette and the size of its box, and works for any
//! proportion. The order in which a picture draws its random numbers is part of it: another order is another picture.

mod auditorium;
mod interiors;
mod landscapes;
mod patterns;
mod shapes;

use super::canvas::Canvas;
use super::palette::Palette;
use super::rng::Rng;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Composition {
    Eclipse,
    Dunes,
    Blinds,
    Vertigo,
    Shards,
    Windows,
    Iris,
    Squeeze,
    Waves,
    Beam,
    Corridor,
    Bauhaus,
}

/// What a composition paints with and on. The box starts at 0, 0.
pub(super) struct Scene<'a> {
    pub(super) canvas: &'a mut Canvas,
    pub(super) rng: &'a mut Rng,
    pub(super) palette: Palette,
    pub(super) width: f64,
    pub(super) height: f64,
    /// The title as it is set on the sheet.
    pub(super) title: &'a str,
}

impl Scene<'_> {
    fn shorter_side(&self) -> f64 {
        self.width.min(self.height)
    }

    /// Pictures made of columns take more of them on a broad box.
    fn is_broad(&self) -> bool {
        self.width >= self.height * 1.6
    }
}

impl Composition {
    pub(super) fn paint(self, scene: &mut Scene<'_>) {
        match self {
            Self::Eclipse => landscapes::eclipse(scene),
            Self::Dunes => landscapes::dunes(scene),
            Self::Waves => landscapes::waves(scene),
            Self::Blinds => interiors::blinds(scene),
            Self::Windows => interiors::windows(scene),
            Self::Corridor => interiors::corridor(scene),
            Self::Beam => auditorium::beam(scene),
            Self::Vertigo => shapes::vertigo(scene),
            Self::Shards => shapes::shards(scene),
            Self::Iris => shapes::iris(scene),
            Self::Squeeze => patterns::squeeze(scene),
            Self::Bauhaus => patterns::bauhaus(scene),
        }
    }
}

/// A whole number made from a length; lengths here are far below what 32 bits hold.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths are positive and below a few thousand"
)]
fn whole(length: f64) -> u32 {
    length as u32
}
