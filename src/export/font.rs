//! The letters of drawings: a font that comes with the program, so that texts can be measured and set without any installed.
//!
//! Widths are sums of the advances of single glyphs: exact up to kerning for Latin, Greek and Cyrillic, and an upper bound for Arabic, whose joined
//! letters are narrower. Letters that the font lacks count as one em.

use std::sync::OnceLock;
use ttf_parser::Face;

/// The families named in drawings, the font that comes with the program first.
pub const FAMILIES: &str = "Noto Sans, Noto Sans Arabic, Helvetica, Arial, sans-serif";

/// The font files: regular, bold, Arabic.
pub const FILES: [&[u8]; 3] = [
    include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf"),
];

/// How heavy letters are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// As in running text.
    #[default]
    Regular,
    /// As in headings.
    Bold,
}

fn faces() -> &'static [Option<Face<'static>>; 3] {
    static FACES: OnceLock<[Option<Face<'static>>; 3]> = OnceLock::new();
    FACES.get_or_init(|| FILES.map(|bytes| Face::parse(bytes, 0).ok()))
}

/// The advance of a letter in em; `None` when the font lacks it.
fn advance(letter: char, weight: Weight) -> Option<f64> {
    let [regular, bold, arabic] = faces();
    let first = if weight == Weight::Bold { bold } else { regular };
    [first, arabic].into_iter().flatten().find_map(|face| {
        let glyph = face.glyph_index(letter)?;
        Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em()))
    })
}

/// Whether the font that comes with the program can draw a letter.
#[must_use]
pub fn has(letter: char) -> bool {
    letter.is_whitespace() || advance(letter, Weight::Regular).is_some()
}

/// The width of a text of one line set in letters of this size, in the unit of the size.
///
/// ```
/// use allegiance::export::font::{Weight, width};
/// assert!(width("HTS", 10.0, Weight::Regular) < width("HTS", 10.0, Weight::Bold));
/// ```
#[must_use]
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    text.chars().map(|letter| advance(letter, weight).unwrap_or(1.0)).sum::<f64>() * size
}

/// A text broken at blanks into lines of at most `most` wide, as few and as even as can be; words too long stand alone and stick out.
#[must_use]
pub fn wrap(text: &str, size: f64, weight: Weight, most: f64) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    even(&words, size, weight, most)
}

/// A text broken as [`wrap`] does, and words too long (names without a blank, addresses) broken between letters: no line sticks out, unless it is
/// one letter.
///
/// ```
/// use allegiance::export::font::{Weight, fit, width};
/// let lines = fit("see https://example.org/a/very/long/address", 10.0, Weight::Regular, 80.0);
/// assert!(lines.iter().all(|line| width(line, 10.0, Weight::Regular) <= 80.0));
/// assert_eq!(lines.concat().replace(' ', ""), "seehttps://example.org/a/very/long/address");
/// ```
#[must_use]
pub fn fit(text: &str, size: f64, weight: Weight, most: f64) -> Vec<String> {
    let pieces: Vec<&str> = text.split_whitespace().flat_map(|word| pieces(word, size, weight, most)).collect();
    even(&pieces, size, weight, most)
}

/// A word in pieces of at most `most` wide; signs that stand on a letter before them stay with it.
fn pieces(word: &str, size: f64, weight: Weight, most: f64) -> Vec<&str> {
    let (mut all, mut start, mut used) = (Vec::new(), 0, 0.0);
    for (at, letter) in word.char_indices() {
        let wide = advance(letter, weight).unwrap_or(1.0) * size;
        if used + wide > most && at > start && wide > 0.0 {
            all.push(&word[start..at]);
            (start, used) = (at, 0.0);
        }
        used += wide;
    }
    all.push(&word[start..]);
    all
}

/// Words set into lines of at most `most` wide, as few and as even as can be.
fn even(words: &[&str], size: f64, weight: Weight, most: f64) -> Vec<String> {
    let broken = |most: f64| {
        let mut lines: Vec<String> = Vec::new();
        for word in words {
            match lines.last_mut() {
                Some(line) if width(line, size, weight) + width(word, size, weight) + 0.26 * size <= most => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push((*word).to_owned()),
            }
        }
        lines
    };
    let widest = |lines: &[String]| lines.iter().map(|l| width(l, size, weight)).fold(0.0, f64::max);
    let mut best = broken(most);
    // The narrowest measure that needs no further line makes the lines even.
    loop {
        let narrower = broken(widest(&best) - 0.5 * size);
        if narrower.len() != best.len() || widest(&narrower) >= widest(&best) {
            return best;
        }
        best = narrower;
    }
}

/// A text cut to a width, with `…` where it was cut.
#[must_use]
pub fn cut(text: &str, size: f64, weight: Weight, most: f64) -> String {
    if width(text, size, weight) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("…", size, weight);
    for letter in text.chars() {
        used += advance(letter, weight).unwrap_or(1.0) * size;
        if used > most {
            break;
        }
        kept.push(letter);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}
