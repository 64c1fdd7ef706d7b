//! The one rule by which words are compared: Cyrillic, Uzbek Latin and plain Latin spellings of a
//! word have one key, and so have its accented and unaccented forms.
//!
//! Writers store the output (`products.search_title`, `products.search_text`, `people.search_name`);
//! the index and the search box fold what people type by the same functions. A change of a rule
//! changes stored keys: raise [`VERSION`] and fill the columns again.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The version of the rules below, for whoever keeps folded words.
pub const VERSION: u32 = 1;

/// What the letter x stands for: х (`h`) in Uzbek, `ks` everywhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum X {
    Ks,
    H,
}

/// The titles of one film, as a writer has them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Titles<'a> {
    pub uz: &'a str,
    pub ru: &'a str,
    pub en: &'a str,
    pub original: &'a str,
}

/// What fits `products.search_title` and `people.search_name`.
const LONGEST_TITLES: usize = 2_000;
const LONGEST_NAME: usize = 255;

/// The value of `products.search_title`: one title a line, so that a whole title can be told from
/// some of its words. A title with inner punctuation (`WALL-E`) has a second line where the parts
/// are joined.
pub fn search_title(titles: Titles<'_>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (title, x) in [(titles.uz, X::H), (titles.ru, X::Ks), (titles.en, X::Ks), (titles.original, X::Ks)] {
        for line in [phrase(title, x), joined(title, x)] {
            if !line.is_empty() && !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    cut(lines.join("\n"), LONGEST_TITLES)
}

/// The value of `products.search_text`: the words of people and studio, each once.
pub fn search_text<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut words: Vec<String> = Vec::new();
    for name in names {
        for word in parts(name).flatten() {
            let key = key(&word, X::Ks);
            if !key.is_empty() && !words.contains(&key) {
                words.push(key);
            }
        }
    }
    words.join(" ")
}

/// The value of `people.search_name`.
pub fn search_name(name: &str) -> String {
    cut(phrase(name, X::Ks), LONGEST_NAME)
}

/// Keys are longer than the words they came from where one letter is written with four.
fn cut(mut folded: String, longest: usize) -> String {
    if let Some((end, _)) = folded.char_indices().nth(longest) {
        folded.truncate(end);
    }
    folded
}

/// The form in which whole names and titles are compared.
pub fn phrase(text: &str, x: X) -> String {
    spaced(parts(text).flatten().map(|word| key(&word, x)))
}

/// The raw words of a text, split but not yet folded.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    parts(text).flatten()
}

/// A title where what punctuation inside a word had parted is one word: `la confidential`.
fn joined(text: &str, x: X) -> String {
    spaced(parts(text).map(|token| key(&token.concat(), x)))
}

fn spaced(keys: impl Iterator<Item = String>) -> String {
    let mut line = String::new();
    for key in keys.filter(|key| !key.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&key);
    }
    line
}

/// Splits at spaces into tokens and each token at its inner punctuation. Apostrophes of every form
/// and invisible joiners fall out instead of splitting, an ampersand is the word it stands for.
fn parts(text: &str) -> impl Iterator<Item = Vec<String>> {
    let plain: String = text.chars().filter(|c| !falls_out(*c)).collect();
    let composed: String = plain.replace('&', " and ").nfkc().collect();
    let tokens: Vec<Vec<String>> = composed
        .split_whitespace()
        .map(|token| {
            token
                .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect()
        })
        .collect();
    tokens.into_iter()
}

fn falls_out(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '’' | '‘' | '‛' | '′' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʹ' | 'ˈ' | 'ꞌ' | '＇' | '\u{ad}' | '\u{200b}'
            ..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// The key of one word that [`words`] has split off.
pub fn key(word: &str, x: X) -> String {
    if let Some(number) = roman(word) {
        return number.to_string();
    }
    sounds(&bare(&latin(word)), x)
}

/// The key of what may be the beginning of a word, where `vi` is not yet a numeral.
pub fn beginning(word: &str, x: X) -> String {
    sounds(&bare(&latin(word)), x)
}

/// `II` to `XXXIX`: sequels are written both ways, and doubled letters would make one of II and III.
fn roman(word: &str) -> Option<usize> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    if word.len() < 2 || !word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) {
        return None;
    }
    (2..40).find(|number| word == "x".repeat(number / 10) + ONES[number % 10])
}

/// Cyrillic to Latin. This comes before marks are taken off, or й and ў would lose theirs.
fn latin(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match cyrillic(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    out
}

fn cyrillic(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' | 'ґ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' | 'є' => "e",
        'ж' => "j",
        'з' => "z",
        'и' | 'і' | 'ї' => "i",
        'й' | 'ы' => "y",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ў' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ү' | 'ұ' => "u",
        'ф' => "f",
        'х' | 'ҳ' | 'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

/// Accents off, and the Latin letters that no decomposition takes apart. Marks of other scripts are
/// part of their letters and stay.
fn bare(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfkd() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ə' => out.push('a'),
            _ => out.push(c),
        }
    }
    out
}

/// Spellings of one sound to one spelling.
fn sounds(word: &str, x: X) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (sound, length) = sound(letter, next, out.chars().last(), x);
        for c in sound.chars() {
            push_once(&mut out, c);
        }
        if sound.is_empty() {
            push_once(&mut out, letter);
        }
        at += length;
    }
    out
}

/// What stands for `letter` and how many letters it takes; nothing means the letter itself.
fn sound(letter: char, next: char, before: Option<char>, x: X) -> (&'static str, usize) {
    let opens = before.is_none_or(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'));
    match (letter, next) {
        ('k', 'h') => ("h", 2),
        ('z', 'h') | ('d', 'j') => ("j", 2),
        ('p', 'h') => ("f", 2),
        ('c', 'h') => ("ch", 2),
        ('c', 'e' | 'i' | 'y') => ("s", 1),
        ('c' | 'q', _) => ("k", 1),
        ('w', _) => ("v", 1),
        ('y', 'e' | 'o') if opens => ("e", 2),
        ('y', _) => ("i", 1),
        ('x', _) if x == X::H => ("h", 1),
        ('x', _) => ("ks", 1),
        _ => ("", 1),
    }
}

fn push_once(out: &mut String, c: char) {
    if !(c.is_ascii_alphabetic() && out.ends_with(c)) {
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(text: &str) -> String {
        phrase(text, X::Ks)
    }

    #[test]
    fn spellings_of_one_word_have_one_key() {
        let rows: &[&[&str]] = &[
            &["Sevgi va yoʻl", "Севги ва йўл", "SEVGI VA YOL"],
            &["Gʻazal shahri", "Ғазал шаҳри", "gazal shahri", "G'azal shahri"],
            &["Yozning bir kuni", "Ёзнинг бир куни"],
            &["Иваново детство", "Ivanovo detstvo"],
            &["Достоевский", "Dostoevskiy", "Dostoyevsky", "Dostoevsky"],
            &["Amélie", "Ame\u{301}lie", "Amelie", "Амелие"],
            &["Casablanca", "Касабланка", "Kasablanka", "CASABLANCA"],
            &["Ёлки", "Елки", "Yolki", "Е\u{308}лки"],
            &["Бэтмен и Робин", "betmen i robin"],
            &["Макс", "Max", "Maks"],
            &["Джанго", "Django", "Джанго"],
            &["Schindler's List", "Schindler’s List", "schindlers list"],
            &["Fast & Furious", "Fast and Furious"],
            &["Rocky II", "Rocky 2", "ROCKY ii"],
            &["Łódź", "Lodz"],
            &["Straße", "strasse"],
        ];
        for row in rows {
            let keys: Vec<_> = row.iter().map(|text| other(text)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{row:?}: {keys:?}");
            assert!(!keys[0].is_empty());
        }
    }

    #[test]
    fn the_first_word_of_otkan_kunlar_is_one_however_written() {
        for spelling in ["Oʻtkan", "O'tkan", "O‘tkan", "O`tkan", "O´tkan", "Otkan", "Ўткан"] {
            assert_eq!(other(spelling), "otkan", "{spelling}");
        }
        assert_eq!(other("Oʻtkan kunlar"), other("Ўткан кунлар"));
    }

    #[test]
    fn x_is_h_in_uzbek_only() {
        assert_eq!(phrase("Xotira", X::H), other("Хотира"));
        assert_eq!(phrase("Xotira", X::H), other("Khotira"));
        assert_eq!(other("Matrix"), "matriks");
    }

    #[test]
    fn different_words_stay_different() {
        for (one, two) in [
            ("Film", "Filia"),
            ("kun", "gun"),
            ("Bahor", "Bor"),
            ("Rocky II", "Rocky III"),
            ("Rocky", "Rocky II"),
            ("1900", "190"),
            ("か", "が"),
        ] {
            assert_ne!(other(one), other(two), "{one} {two}");
        }
    }

    #[test]
    fn numerals_are_read_as_sequels_write_them() {
        let read: Vec<_> =
            ["ii", "iii", "iv", "vi", "viii", "ix", "xi", "xiv", "xix", "xxx"].iter().map(|word| roman(word)).collect();
        let want = [2, 3, 4, 6, 8, 9, 11, 14, 19, 30].map(Some);
        assert_eq!(read, want);
        for word in ["i", "v", "x", "vv", "iiii", "ivi", "ixi", "vix", "mix", "civil"] {
            assert_eq!(roman(word), None, "{word}");
        }
        assert_eq!(beginning("vi", X::Ks), "vi");
    }

    #[test]
    fn titles_stand_one_a_line() {
        let titles =
            Titles {
                en: "L.A. Confidential", ru: "Секреты Лос-Анджелеса", original: "L.A. Confidential", uz: ""
            };
        assert_eq!(
            search_title(titles),
            "sekreti los anjelesa\nsekreti losanjelesa\nl a konfidential\nla konfidential"
        );
    }

    #[test]
    fn folded_texts_fit_their_columns() {
        let long = "щ".repeat(300);
        let titles = Titles { uz: &long, ru: &format!("a {long}"), en: &format!("b {long}"), original: "c" };
        assert_eq!(search_title(titles).chars().count(), LONGEST_TITLES);
        assert_eq!(search_name(&long).chars().count(), LONGEST_NAME);
    }

    #[test]
    fn names_give_each_word_once() {
        let text = search_text(["Lana Wachowski", "Lilly Wachowski", "Warner Bros."]);
        assert_eq!(text, "lana vachovski lili varner bros");
    }

    #[test]
    fn what_has_no_letters_has_no_key() {
        for text in ["", "'+-~*<>()%\"", "\0", "🎬🎬", "   ", "…!?"] {
            assert_eq!(other(text), "", "{text:?}");
        }
        assert_eq!(other("9"), "9");
        assert_eq!(other("Se7en"), "se7en");
        assert_eq!(other("七人の侍"), "七人の侍");
    }
}
