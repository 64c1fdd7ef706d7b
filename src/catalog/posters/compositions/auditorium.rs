//! The audience: a projector's beam over two rows of heads.

use super::{Scene, whole};
use crate::catalog::posters::palette::Rgb;

/// A projector beam with 34 specks of dust, two rows of heads.
pub(super) fn beam(scene: &mut Scene<'_>) {
    let (height, palette, side) = (scene.height, scene.palette, scene.shorter_side());
    let dark = palette.shadow(0.5, 0x1B_1B_1B);
    let from_left = scene.rng.pick(&[false, true]);
    let width = scene.width;
    let across = |share: f64| width * if from_left { share } else { 1.0 - share };
    let lens = (across(0.0), height * 0.06);
    scene.canvas.rect(0.0, 0.0, width, height, dark);
    scene.canvas.polygon(&[lens, (across(1.0), height * 0.2), (across(1.0), height * 0.86)], dark.mix(palette.b, 0.35));
    scene
        .canvas
        .polygon(&[lens, (across(1.0), height * 0.3), (across(1.0), height * 0.72)], palette.b.mix(palette.ink, 0.3));
    for _speck in 0..34 {
        let share = scene.rng.unit();
        let y = height * (0.06 + share * (0.14 + 0.66 * scene.rng.unit()));
        let radius = side * scene.rng.between(0.002, 0.007);
        let colour = if scene.rng.unit() < 0.3 { palette.a.mix(palette.b, 0.3) } else { dark };
        scene.canvas.disc(across(share), y, radius, colour);
    }
    row_of_heads(scene, 0.0, dark.mix(palette.a, 0.55));
    row_of_heads(scene, 1.0, dark);
}

fn row_of_heads(scene: &mut Scene<'_>, row: f64, colour: Rgb) {
    let (width, height) = (scene.width, scene.height);
    let seat = if scene.is_broad() { width / 13.0 } else { width / 7.0 };
    let y = height * (0.84 + 0.09 * row);
    for place in (0..whole(width / seat) + 3).map(|place| f64::from(place) - 1.0) {
        let x = seat * (place + 0.5 * row) + seat * scene.rng.between(-0.06, 0.06);
        scene.canvas.disc(x, y, seat * 0.23, colour);
        scene.canvas.open_path(colour).raw("M").numbers(&[x - seat * 0.46, height]).raw("V").number(y + seat * 0.62);
        scene.canvas.raw("a").numbers(&[seat * 0.46, seat * 0.36]).raw(" 0 0 1 ").number(seat * 0.92);
        scene.canvas.raw(" 0V").number(height).close_path();
    }
}
