//! Which languages a film's editions speak and which they are subtitled in: a property of the
//! shop's own editions, by rule.

use super::dice::Dice;

/// Languages of a film's editions, as ISO 639-1 codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    pub audio: Vec<&'static str>,
    pub subtitles: Vec<&'static str>,
}

/// A silent film has no spoken language, every other one its country's first.
pub fn of(slug: &str, country: Option<&str>, silent: bool) -> Languages {
    let mut dice = Dice::of(slug, "languages");
    let own = spoken_in(country.unwrap_or_default());
    let mut languages = Languages { audio: Vec::new(), subtitles: Vec::new() };
    if !silent {
        push(&mut languages.audio, own);
        for (code, percent) in [("en", 75), ("ru", 55), ("uz", 12), ("fr", 12), ("de", 10)] {
            if dice.chance(percent) {
                push(&mut languages.audio, code);
            }
        }
    }
    for (code, percent) in [("en", 92), ("ru", 70), ("uz", 30), (own, 50), ("fr", 12), ("de", 10), ("es", 14)] {
        if dice.chance(percent) {
            push(&mut languages.subtitles, code);
        }
    }
    languages
}

fn push(codes: &mut Vec<&'static str>, code: &'static str) {
    if !codes.contains(&code) {
        codes.push(code);
    }
}

fn spoken_in(country: &str) -> &'static str {
    match country {
        "France" | "Belgium" => "fr",
        "Germany" | "East Germany" | "Austria" => "de",
        "Italy" => "it",
        "Spain" | "Mexico" | "Argentina" | "Colombia" => "es",
        "Brazil" => "pt",
        "Japan" => "ja",
        "South Korea" => "ko",
        "China" | "Hong Kong" | "Taiwan" => "zh",
        "India" => "hi",
        "Russia" | "Soviet Union" => "ru",
        "Uzbekistan" => "uz",
        "Sweden" => "sv",
        "Denmark" => "da",
        "Finland" => "fi",
        "Turkey" => "tr",
        "Poland" => "pl",
        "Czechoslovakia" => "cs",
        "Hungary" => "hu",
        "Greece" => "el",
        _ => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_film_speaks_its_own_language_first() {
        assert_eq!(of("amelie-2001", Some("France"), false).audio[0], "fr");
        assert_eq!(of("the-matrix-1999", Some("United States"), false).audio[0], "en");
        assert!(of("the-matrix-1999", None, true).audio.is_empty());
    }
}
