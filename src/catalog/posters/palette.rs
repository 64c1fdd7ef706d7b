//! The twelve palettes and the one operation on colours.

use std::fmt;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Rgb(u8, u8, u8);

pub(super) const BLACK: Rgb = rgb(0x00_00_00);

pub(super) const fn rgb(hex: u32) -> Rgb {
    let [_, red, green, blue] = hex.to_be_bytes();
    Rgb(red, green, blue)
}

impl Rgb {
    /// Linear in sRGB bytes, rounded half up: `self` at 0, `other` at 1.
    pub(super) fn mix(self, other: Self, share: f64) -> Self {
        Self(blend(self.0, other.0, share), blend(self.1, other.1, share), blend(self.2, other.2, share))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between two bytes, since share is between 0 and 1"
)]
fn blend(from: u8, to: u8, share: f64) -> u8 {
    let from = f64::from(from);
    (from + (f64::from(to) - from) * share + 0.5).floor() as u8
}

impl Rgb {
    /// 0 is black, 1 is white: the weights of the eye on the bytes as they are.
    pub(super) fn lightness(self) -> f64 {
        (0.299 * f64::from(self.0) + 0.587 * f64::from(self.1) + 0.114 * f64::from(self.2)) / 255.0
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// Ground, type (at least 4.5:1 on the ground) and three colours for the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) ground: Rgb,
    pub(super) ink: Rgb,
    pub(super) a: Rgb,
    pub(super) b: Rgb,
    pub(super) c: Rgb,
}

const fn palette(ground: u32, ink: u32, a: u32, b: u32, c: u32) -> Palette {
    Palette { ground: rgb(ground), ink: rgb(ink), a: rgb(a), b: rgb(b), c: rgb(c) }
}

pub(super) const VERMILION: Palette = palette(0xC5_28_1C, 0xFF_F3_E2, 0x15_13_1F, 0xF7_B5_38, 0x7E_14_10);
pub(super) const NIGHT: Palette = palette(0x10_13_1F, 0xF2_EF_E6, 0xE5_48_2D, 0xF2_B7_05, 0x2B_33_52);
pub(super) const DESERT: Palette = palette(0xEB_A5_3A, 0x23_12_0B, 0xB3_34_1F, 0xF9_E3_AE, 0x5A_1E_12);
pub(super) const OCEAN: Palette = palette(0x0F_42_50, 0xF4_F1_DE, 0xEA_6A_24, 0x9A_C6_C5, 0x08_2A_34);
pub(super) const MINT: Palette = palette(0xBF_E3_D0, 0x14_21_3D, 0xE2_38_3F, 0x2F_7F_86, 0xF4_FA_F0);
pub(super) const ROSE: Palette = palette(0xF3_C3_C6, 0x3B_0D_1F, 0xC4_1C_4D, 0xFF_F0_E4, 0x7A_1E_48);
pub(super) const LIME: Palette = palette(0xD9_E2_4A, 0x15_18_0B, 0xFF_5A_36, 0xF6_F9_CF, 0x2F_4A_23);
pub(super) const ULTRAVIOLET: Palette = palette(0x26_17_4F, 0xF3_E9_FF, 0xFF_5C_93, 0xFF_C8_57, 0x6C_4C_E0);
pub(super) const PAPER: Palette = palette(0xEC_EA_E4, 0x15_15_15, 0xD6_27_18, 0xA9_A7_9E, 0x15_15_15);
pub(super) const BLOOD: Palette = palette(0x6E_0B_14, 0xFF_E9_DC, 0x16_04_0A, 0xF0_41_3A, 0xA3_13_1F);
pub(super) const STEEL: Palette = palette(0x2E_3C_46, 0xEE_F4_F6, 0xF2_65_2A, 0x9F_B6_BF, 0x18_22_2A);
pub(super) const SKY: Palette = palette(0x93_C8_EA, 0x10_23_3A, 0xF0_53_2F, 0xFD_FD_F8, 0x1F_4E_79);

impl Palette {
    /// The ground in shadow. Paper is too light to darken: its shadow is a near-black of its own.
    pub(super) fn shadow(&self, share: f64, of_paper: u32) -> Rgb {
        if self.ground == PAPER.ground { rgb(of_paper) } else { self.ground.mix(BLACK, share) }
    }
}
