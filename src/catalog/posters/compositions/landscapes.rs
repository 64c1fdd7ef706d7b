//! Sky and ground: an eclipse, dunes under a sun, rows of scalloped waves.

#![expect(clippy::approx_constant, reason = "a rounded turn is part of these pictures: an exact one would draw others")]

use super::{Scene, whole};

/// A disc with six halo rings, covered by a second disc; horizon; one small figure.
pub(super) fn eclipse(scene: &mut Scene<'_>) {
    let (width, height, palette, side) = (scene.width, scene.height, scene.palette, scene.shorter_side());
    let (canvas, rng) = (&mut *scene.canvas, &mut *scene.rng);
    let radius = side * rng.between(0.27, 0.34);
    let x = width * rng.between(0.42, 0.58);
    let (ground, y) = (height * 0.84, height * 0.44);
    canvas.rect(0.0, 0.0, width, height, palette.ground);
    for ring in (1..=6).rev() {
        let colour = palette.ground.mix(palette.c, f64::from(7 - ring) / 7.0);
        canvas.disc(x, y, radius * (1.0 + f64::from(ring) * 0.17), colour);
    }
    let sun = if rng.unit() < 0.5 { palette.b } else { palette.a };
    canvas.disc(x, y, radius, sun);
    let (moon_x, moon_y) = (x + radius * rng.between(-0.5, 0.5), y - radius * rng.between(-0.12, 0.3));
    canvas.disc(moon_x, moon_y, radius * 0.82, palette.ground);
    canvas.rect(0.0, ground, width, height - ground, palette.c.mix(palette.ground, 0.25));
    canvas.rect(0.0, ground, width, 3.0, palette.a);
    canvas.figure(width * rng.between(0.2, 0.8), ground + 3.0, side * 0.085, palette.ink);
}

/// A sun and five ridges, each the sum of two sines over 25 points.
pub(super) fn dunes(scene: &mut Scene<'_>) {
    const RIDGES: u32 = 5;
    let (width, height, palette, side) = (scene.width, scene.height, scene.palette, scene.shorter_side());
    scene.canvas.rect(0.0, 0.0, width, height, palette.ground.mix(palette.b, 0.55));
    let (x, y) = (width * scene.rng.between(0.25, 0.75), height * scene.rng.between(0.26, 0.36));
    scene.canvas.disc(x, y, side * scene.rng.between(0.13, 0.2), palette.a);
    for ridge in 0..RIDGES {
        let points = ridge_line(scene, height * (0.40 + 0.125 * f64::from(ridge)));
        let colour = match ridge {
            0 => palette.ground.mix(palette.a, 0.55),
            later => palette.a.mix(palette.c, f64::from(later) / f64::from(RIDGES - 1)),
        };
        scene.canvas.open_path(colour).raw("M").numbers(&[points[0].0, points[0].1]);
        for pair in points.windows(2) {
            let ((from_x, from_y), (to_x, to_y)) = (pair[0], pair[1]);
            scene.canvas.raw("Q").numbers(&[from_x, from_y, f64::midpoint(from_x, to_x), f64::midpoint(from_y, to_y)]);
        }
        let end = points[points.len() - 1].1;
        scene.canvas.raw("L").numbers(&[width, end]).raw("V").number(height).raw("H").number(0.0).close_path();
    }
}

fn ridge_line(scene: &mut Scene<'_>, base: f64) -> [(f64, f64); 25] {
    let swing = scene.height * scene.rng.between(0.05, 0.10);
    let slow = scene.rng.between(0.6, 1.5);
    let quick = scene.rng.between(1.6, 3.1);
    let phase = scene.rng.between(0.0, 6.28);
    let mut position = 0.0;
    [(); 25].map(|()| {
        let waves = (phase + slow * 6.283 * position / 24.0).sin()
            + 0.35 * (phase * 2.0 + quick * 6.283 * position / 24.0).sin();
        let point = (scene.width * position / 24.0, base - swing * waves);
        position += 1.0;
        point
    })
}

/// Rows of scallops, five nested discs each, under a sun.
pub(super) fn waves(scene: &mut Scene<'_>) {
    let (width, height, palette, side) = (scene.width, scene.height, scene.palette, scene.shorter_side());
    let columns = if scene.is_broad() { scene.rng.whole(7, 9) } else { scene.rng.whole(3, 4) };
    let radius = width / f64::from(columns) / 2.0 * 1.02;
    let rows = whole(height / (radius * 0.5)) + 3;
    let first_row = scene.rng.whole(3, 4);
    scene.canvas.rect(0.0, 0.0, width, height, palette.ground.mix(palette.b, 0.3));
    scene.canvas.disc(width * scene.rng.between(0.3, 0.7), height * 0.26, side * 0.2, palette.a);
    scene.canvas.raw(r#"<defs><g id="s">"#);
    let discs = [(1.0, palette.ground), (0.8, palette.c), (0.58, palette.ground), (0.36, palette.b), (0.16, palette.a)];
    for (share, colour) in discs {
        scene.canvas.disc(0.0, 0.0, radius * share, colour);
    }
    scene.canvas.raw("</g></defs>");
    for row in first_row..rows + first_row {
        let y = height * 0.12 + radius * 0.5 * f64::from(row);
        if y - radius > height {
            continue;
        }
        for half_steps in (0..columns + 2).map(|column| f64::from(2 * column + row % 2) - 1.0) {
            scene
                .canvas
                .raw(r##"<use href="#s" x=""##)
                .number(radius * half_steps)
                .raw(r#"" y=""#)
                .number(y)
                .raw(r#""/>"#);
        }
    }
}
