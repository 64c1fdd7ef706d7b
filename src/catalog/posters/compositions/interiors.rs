//! Rooms and walls: light through blinds, a façade of windows, a corridor.

use super::{Scene, whole};
use crate::catalog::posters::palette::{BLACK, Rgb};

/// 9 to 12 slanted slats of light that thicken downwards; a man in a hat.
pub(super) fn blinds(scene: &mut Scene<'_>) {
    let (width, height, palette) = (scene.width, scene.height, scene.palette);
    let dark = palette.shadow(0.45, 0x15_15_15);
    let slats = scene.rng.whole(9, 12);
    let slant = height * scene.rng.between(0.16, 0.3) * scene.rng.pick(&[-1.0, 1.0]);
    let pitch = (height + f64::abs(slant)) / f64::from(slats);
    let light = palette.b.mix(palette.ink, 0.35);
    scene.canvas.rect(0.0, 0.0, width, height, dark);
    for slat in 0..=slats {
        let y = -f64::abs(slant) / 2.0 + pitch * f64::from(slat);
        let thickness = pitch * (0.28 + 0.4 * f64::from(slat) / f64::from(slats));
        let (left, right) = (y - slant / 2.0, y + slant / 2.0);
        scene
            .canvas
            .polygon(&[(0.0, left), (width, right), (width, right + thickness), (0.0, left + thickness)], light);
    }
    man_in_a_hat(scene, dark);
}

fn man_in_a_hat(scene: &mut Scene<'_>, dark: Rgb) {
    let (height, tie) = (scene.height, scene.palette.a);
    let x = scene.width * scene.rng.between(0.36, 0.64);
    let y = height * 0.36;
    let head = scene.shorter_side() * 0.135;
    let at = |across: f64, down: f64| (x + head * across, y + head * down);
    let canvas = &mut *scene.canvas;
    canvas.disc(x, y, head, dark);
    canvas.polygon(&[at(-1.75, -0.42), at(1.75, -0.62), at(1.6, -0.2), at(-1.6, -0.02)], dark);
    canvas.polygon(&[at(-0.95, -0.4), at(-0.78, -1.42), at(0.72, -1.5), at(0.95, -0.5)], dark);
    let (hem_left, hem_right) = ((x - head * 3.1, height), (x + head * 3.1, height));
    canvas.polygon(&[at(-0.45, 0.6), at(0.45, 0.6), at(2.5, 1.75), hem_right, hem_left, at(-2.5, 1.75)], dark);
    canvas.polygon(&[at(-0.1, 1.2), at(0.1, 1.2), (x + head * 0.22, height), (x - head * 0.22, height)], tie);
}

/// A façade; most windows dark, a few lit, exactly one with somebody in it.
pub(super) fn windows(scene: &mut Scene<'_>) {
    let (width, height, palette) = (scene.width, scene.height, scene.palette);
    let (canvas, rng) = (&mut *scene.canvas, &mut *scene.rng);
    let wall = palette.c.mix(palette.ground, 0.2);
    let columns = whole((width / 92.0).round_ties_even()).max(4);
    let rows = whole((height / 108.0).round_ties_even()).max(4);
    let (cell_width, cell_height) = (width / f64::from(columns), height / f64::from(rows));
    // Drawn although the next line decides: a draw left out would change every picture.
    let _ = rng.whole(0, columns * rows - 1);
    let inhabited = columns * rng.whole(1, rows - 2) + rng.whole(1, columns - 2);
    canvas.rect(0.0, 0.0, width, height, wall);
    for window in 0..columns * rows {
        let x = cell_width * f64::from(window % columns) + cell_width * 0.2;
        let y = cell_height * f64::from(window / columns) + cell_height * 0.17;
        let (pane_width, pane_height) = (cell_width * 0.6, cell_height * 0.66);
        let light = rng.unit();
        let colour = match light {
            _ if window == inhabited => palette.b,
            light if light < 0.66 => wall.mix(BLACK, 0.28),
            light if light < 0.88 => wall.mix(palette.b, 0.3),
            _ => palette.a.mix(wall, 0.15),
        };
        canvas.rect(x, y, pane_width, pane_height, colour);
        if window == inhabited {
            canvas.figure(x + pane_width * 0.42, y + pane_height, pane_height * 0.8, palette.c.mix(BLACK, 0.35));
        } else if light > 0.5 {
            canvas.rect(x, y, pane_width, pane_height * rng.between(0.2, 0.7), colour.mix(palette.ink, 0.2));
        }
    }
}

/// Nine nested frames to a lit door and a figure.
pub(super) fn corridor(scene: &mut Scene<'_>) {
    const FRAMES: u32 = 9;
    let (width, height, palette) = (scene.width, scene.height, scene.palette);
    let x = width * scene.rng.between(0.4, 0.6);
    let y = height * scene.rng.between(0.46, 0.6);
    let canvas = &mut *scene.canvas;
    for frame in 0..FRAMES {
        let depth = f64::from(frame) / f64::from(FRAMES);
        let scale = (1.0 - depth).powf(1.55);
        let (left, top) = (x - x * scale, y - y * scale);
        let (right, bottom) = (x + (width - x) * scale, y + (height - y) * scale);
        let colour = if frame % 2 == 1 {
            palette.a.mix(palette.ground, depth)
        } else {
            palette.c.mix(palette.ground, 0.15 + depth * 0.5)
        };
        canvas.rect(left, top, right - left, bottom - top, colour);
    }
    let (door_width, door_height) = (width * 0.13, height * 0.13 * 1.35);
    canvas.rect(x - door_width / 2.0, y - door_height * 0.62, door_width, door_height, palette.b);
    canvas.figure(x, y + door_height * 0.38, door_height * 0.72, palette.ground.mix(BLACK, 0.55));
}
