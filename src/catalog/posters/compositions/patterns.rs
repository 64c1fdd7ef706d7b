//! Patterns: a word pressed ever flatter, a grid of simple shapes.

use super::{Scene, whole};
use crate::catalog::posters::canvas::Canvas;
use crate::catalog::posters::glyphs::{Anchor, CAP, SQUEEZE, Setting};
use crate::catalog::posters::palette::Rgb;

/// The longest word of the title, 5 or 6 times, each row 1.62 times as tall as the last.
pub(super) fn squeeze(scene: &mut Scene<'_>) {
    const GAP: f64 = 9.0;
    let (width, height, palette) = (scene.width, scene.height, scene.palette);
    let word = longest_word(scene.title);
    let rows = scene.rng.whole(5, 6);
    let growing = scene.rng.unit() < 0.5;
    let size = (width - 16.0) / SQUEEZE.width(word, 0);
    let weight = |row: u32| 1.62_f64.powf(f64::from(if growing { row } else { rows - 1 - row }));
    let total: f64 = (0..rows).map(weight).sum();
    let room = height - GAP * f64::from(rows + 1);
    let extent = SQUEEZE.extent(word);
    let canvas = &mut *scene.canvas;
    canvas.rect(0.0, 0.0, width, height, palette.ground.mix(palette.b, 0.4));
    canvas.raw(r#"<defs><g id="w">"#);
    SQUEEZE.set_uncoloured(canvas, word, Setting { x: 0.0, y: 0.0, size, tracking: 0, anchor: Anchor::Start });
    canvas.raw("</g></defs>");
    let mut bottom = GAP;
    for (row, colour) in (0..rows).zip([palette.a, palette.c, palette.ink].into_iter().cycle()) {
        let row_height = room * weight(row) / total;
        bottom += row_height;
        let stretch = row_height / (size * (CAP + extent.rise + extent.drop));
        let baseline = bottom - extent.drop * size * stretch;
        canvas
            .format(format_args!(r##"<use href="#w" fill="{colour}" transform="translate("##))
            .numbers(&[8.0, baseline]);
        canvas.format(format_args!(r#") scale(1 {stretch:.4})"/>"#));
        bottom += GAP;
    }
}

/// The first of the longest.
fn longest_word(title: &str) -> &str {
    title.split(' ').rev().max_by_key(|word| word.chars().count()).unwrap_or(title)
}

/// A grid of eight simple shapes in five colours.
pub(super) fn bauhaus(scene: &mut Scene<'_>) {
    let (width, height, palette) = (scene.width, scene.height, scene.palette);
    let columns = if scene.is_broad() { 8 } else { 4 };
    let side = width / f64::from(columns);
    let rows = whole((height / side).ceil());
    let colours = [palette.a, palette.b, palette.c, palette.ink, palette.a.mix(palette.b, 0.5)];
    scene.canvas.rect(0.0, 0.0, width, height, palette.ground.mix(palette.b, 0.25));
    for cell in 0..rows * columns {
        let (x, y) = (f64::from(cell % columns) * side, f64::from(cell / columns) * side);
        let shape = scene.rng.whole(0, 7);
        let (fill, second) = (scene.rng.pick(&colours), scene.rng.pick(&colours));
        paint_tile(scene.canvas, Tile { x, y, side }, shape, (fill, second));
    }
}

#[derive(Clone, Copy)]
struct Tile {
    x: f64,
    y: f64,
    side: f64,
}

/// Shape 7 is an empty cell.
fn paint_tile(canvas: &mut Canvas, tile: Tile, shape: u32, (fill, second): (Rgb, Rgb)) {
    let Tile { x, y, side } = tile;
    let middle = (x + side / 2.0, y + side / 2.0);
    match shape {
        0 => {
            canvas.disc(middle.0, middle.1, side / 2.0, fill);
            canvas.disc(middle.0, middle.1, side / 5.0, second);
        }
        1 => {
            canvas.open_path(fill).raw("M").numbers(&[x, y]).raw("h").number(side);
            canvas.raw("a").numbers(&[side, side]).raw(" 0 0 1-").numbers(&[side, side]).close_path();
        }
        2 => {
            canvas.open_path(fill).raw("M").numbers(&[x + side, y + side]).raw("v-").number(side);
            canvas.raw("a").numbers(&[side, side]).raw(" 0 0 0-").numbers(&[side, side]).close_path();
        }
        3 => canvas.polygon(&[(x, y + side), (x + side, y), (x + side, y + side)], fill),
        4 => (0..3).for_each(|bar| canvas.rect(x, y + side * f64::from(bar) / 3.0, side, side / 6.0, fill)),
        5 => {
            canvas.rect(x, y, side, side, fill);
            canvas.disc(middle.0, middle.1, side * 0.3, second);
        }
        6 => {
            half_disc(canvas, Tile { y: y + side / 2.0, ..tile }, fill);
            half_disc(canvas, Tile { y: y + side, ..tile }, second);
        }
        _ => {}
    }
}

/// The upper half of a disc that stands on the tile's `y`.
fn half_disc(canvas: &mut Canvas, tile: Tile, fill: Rgb) {
    let radius = tile.side / 2.0;
    canvas.open_path(fill).raw("M").numbers(&[tile.x, tile.y]).raw("a").numbers(&[radius, radius]);
    canvas.raw(" 0 0 1 ").number(tile.side).raw(" 0").close_path();
}
