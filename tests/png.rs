//! Pictures: of the size asked for, with the program's own letters, and nothing lost unseen.
#![cfg(feature = "png")]

use allegiance::export::{lost, missing, png, scaled};
use std::collections::BTreeSet;

/// A drawing of 40 × 20 pixels with a text in black.
fn drawing(text: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\" viewBox=\"0 0 40 20\" font-family=\"Noto Sans, Noto Sans Arabic, Helvetica\">\
         <title>{text}</title><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/><text x=\"2\" y=\"14\" font-size=\"12\" fill=\"#000000\">{text}</text></svg>"
    )
}

/// Width, height and the share of pixels that are not white, by the renderer's own reader.
fn read(picture: &[u8]) -> (u32, u32, f64) {
    let picture = resvg::tiny_skia::Pixmap::decode_png(picture).expect("a picture");
    let dark = picture.pixels().iter().filter(|p| p.red() < 200).count();
    #[expect(clippy::cast_precision_loss, reason = "small pictures")]
    let share = dark as f64 / picture.pixels().len() as f64;
    (picture.width(), picture.height(), share)
}

#[test]
fn a_picture_is_twice_its_drawing_unless_told_otherwise() {
    let (width, height, _) = read(&png(&drawing("HTS")).expect("drawn"));
    assert_eq!((width, height), (80, 40));
    let (width, height, _) = read(&scaled(&drawing("HTS"), 3.5).expect("drawn"));
    assert_eq!((width, height), (140, 70));
}

#[test]
fn letters_are_drawn_latin_and_arabic_and_what_is_lacking_as_a_sign_of_its_own() {
    let empty = read(&png(&drawing("")).expect("drawn")).2;
    assert!(empty < 1e-9);
    for text in ["HTS", "الشام", "Ḥayʾat", "日", "🕊"] {
        let share = read(&png(&drawing(text)).expect("drawn")).2;
        assert!(share > 0.004, "{text} left {share} of the picture dark");
    }
    // Each lacking sign leaves its own mark.
    let (one, three) = (read(&png(&drawing("日")).expect("drawn")).2, read(&png(&drawing("日本語")).expect("drawn")).2);
    assert!(three > 1.9 * one, "{one} {three}");
}

#[test]
fn joined_arabic_is_narrower_than_its_letters_apart() {
    // The letters of the word with a joiner that forbids joining between them.
    let apart = "ش\u{200c}ا\u{200c}م".to_owned();
    let (joined, single) = (png(&drawing("شام")).expect("drawn"), png(&drawing(&apart)).expect("drawn"));
    assert_ne!(joined, single, "letters take the shapes of their places");
}

#[test]
fn signs_that_the_letters_lack_are_told_once_each() {
    assert_eq!(missing(&drawing("日本日 and HTS, الشام")).into_iter().collect::<String>(), "日本");
    assert_eq!(missing(&drawing("Ḥayʾat Taḥrīr aš-Šām – “quoted” … ¶14 é")), BTreeSet::new());
    // What shows nothing of its own is no loss.
    assert!(missing(&drawing("a\u{200d}b\u{202e}c\u{fe0f}")).is_empty());
    // Tooltips are not drawn.
    assert!(missing("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>日</title><text>x</text></svg>").is_empty());
    let told = lost(&drawing("日本")).expect("a loss");
    assert!(told.contains("日 (U+65E5)") && told.contains("本 (U+672C)"), "{told}");
    assert_eq!(lost(&drawing("HTS")), None);
}

#[test]
fn what_is_no_drawing_or_too_large_is_refused_with_the_way_out() {
    assert!(png("no drawing").is_err());
    assert!(png("<svg").is_err());
    for scale in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(scaled(&drawing("x"), scale).is_err(), "{scale}");
    }
    let error = scaled(&drawing("x"), 1000.0).expect_err("too large").to_string();
    assert!(error.contains("40000 × 20000 pixels") && error.contains("up to "), "{error}");
    let most: f64 = error.rsplit("up to ").next().and_then(|n| n.parse().ok()).expect("a number");
    assert!(most > 50.0 && 40.0 * most <= 20_000.0, "{most}");
}
