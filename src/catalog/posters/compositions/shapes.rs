//! One shape, turned and repeated: a spiral of ellipses, cut paper, an aperture.

#![expect(clippy::approx_constant, reason = "a rounded turn is part of these pictures: an exact one would draw others")]

use super::Scene;

/// 30 ellipses, each turned 5 to 9 degrees from the last, around an eye.
pub(super) fn vertigo(scene: &mut Scene<'_>) {
    const TURNS: u32 = 30;
    let (width, height, palette) = (scene.width, scene.height, scene.palette);
    let (canvas, rng) = (&mut *scene.canvas, &mut *scene.rng);
    let reach = width.max(height) * 0.62;
    let (x, y) = (width * 0.5, height * rng.between(0.44, 0.52));
    let turn = rng.between(5.0, 9.0) * rng.pick(&[-1.0, 1.0]);
    let flatness = rng.between(0.42, 0.62);
    canvas.rect(0.0, 0.0, width, height, palette.ground);
    canvas.format(format_args!(r#"<g fill="none" stroke="{}" stroke-width=""#, palette.ink.mix(palette.ground, 0.1)));
    canvas.number((reach * 0.006).max(2.0)).raw(r#"" transform="translate("#).numbers(&[x, y]).raw(r#")">"#);
    for step in 0..TURNS {
        let radius = reach * (1.0 - f64::from(step) / f64::from(TURNS)).powf(1.15);
        canvas.raw(r#"<ellipse rx=""#).number(radius).raw(r#"" ry=""#).number(radius * flatness);
        canvas.raw(r#"" transform="rotate("#).number(turn * f64::from(step)).raw(r#")"/>"#);
    }
    canvas.raw("</g>");
    canvas.disc(x, y, reach * 0.12, palette.a);
    canvas.disc(x, y, reach * 0.045, palette.ground);
}

/// 7 to 9 cut-paper rays from one point; a nine-sided torn centre.
pub(super) fn shards(scene: &mut Scene<'_>) {
    let (width, height, palette, side) = (scene.width, scene.height, scene.palette, scene.shorter_side());
    let (canvas, rng) = (&mut *scene.canvas, &mut *scene.rng);
    let (x, y) = (width * rng.between(0.4, 0.6), height * rng.between(0.42, 0.55));
    let at = |radius: f64, angle: f64| (x + radius * angle.cos(), y + radius * angle.sin());
    let reach = width.hypot(height);
    let rays = rng.whole(7, 9);
    canvas.rect(0.0, 0.0, width, height, palette.b);
    let mut angle = rng.unit() * 6.283;
    let step = 6.283 / f64::from(rays);
    for colour in [palette.a, palette.ground, palette.c].into_iter().cycle().take(rays as usize) {
        let from = angle + step * rng.between(-0.08, 0.12);
        let to = angle + step * rng.between(0.42, 0.64);
        let inner = rng.between(0.03, 0.09) * side;
        let middle = reach * rng.between(0.2, 0.4);
        let ray = [
            at(inner, from + 2.0),
            at(middle, from - 0.05),
            at(reach, from),
            at(reach, to),
            at(middle * 1.2, to + 0.07),
        ];
        canvas.polygon(&ray, colour);
        angle += step;
    }
    let centre = side * 0.17;
    let mut corner = 0.0;
    let torn = [(); 9].map(|()| {
        let angle: f64 = corner * 6.283 / 9.0;
        corner += 1.0;
        (x + centre * rng.between(0.8, 1.25) * angle.cos(), y + centre * rng.between(0.8, 1.25) * angle.sin())
    });
    canvas.polygon(&torn, palette.ink);
    canvas.disc(x, y, centre * 0.3, palette.a);
}

/// 6 to 8 aperture blades around an opening.
pub(super) fn iris(scene: &mut Scene<'_>) {
    let (width, height, palette, side) = (scene.width, scene.height, scene.palette, scene.shorter_side());
    let (canvas, rng) = (&mut *scene.canvas, &mut *scene.rng);
    let blades = rng.whole(6, 8);
    let (x, y) = (width / 2.0, height * 0.5);
    let at = |radius: f64, angle: f64| (x + radius * angle.cos(), y + radius * angle.sin());
    let reach = width.hypot(height) * 0.6;
    let opening = side * rng.between(0.16, 0.26);
    let first = rng.unit();
    let twist = rng.between(0.75, 1.1);
    let step = 6.283_185 / f64::from(blades);
    canvas.rect(0.0, 0.0, width, height, palette.b);
    canvas.disc(x, y, opening * 0.62, palette.a);
    for blade in 0..blades {
        let angle = first + f64::from(blade) * step;
        let next = first + f64::from((blade + 1) % blades) * step;
        let outline =
            [at(opening, angle), at(opening, next), at(reach, angle + step + twist), at(reach, angle + twist)];
        let share = f64::from(blade * 2 % blades) / f64::from(blades - 1);
        canvas.polygon(&outline, palette.ground.mix(palette.c, share));
    }
}
