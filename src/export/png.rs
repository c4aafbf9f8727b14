//! Drawings as PNG pictures, by a renderer in Rust and with the letters that come with the program alone.
//!
//! No font of the machine is used, so that a picture is the same everywhere. Signs that the letters lack are drawn as a box, and [`missing`] tells
//! which they are: text never vanishes unseen.

use super::{Contents, Exporter, Style, font, svg};
use quick_xml::Reader;
use quick_xml::events::Event;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Arc, OnceLock};

/// How many pixels of a picture there are to one of the drawing, unless told otherwise: enough for print and for sharp screens.
pub const SCALE: f64 = 2.0;
/// The most pixels along one side of a picture.
const LONGEST: f64 = 20_000.0;
/// The most pixels of a picture: four bytes each while it is drawn.
const MOST: f64 = 80_000_000.0;

/// The network of a view as a PNG picture.
#[derive(Clone, Copy, Debug)]
pub struct Png {
    /// How many pixels of the picture there are to one of the drawing.
    pub scale: f64,
}

impl Default for Png {
    fn default() -> Self {
        Self { scale: SCALE }
    }
}

impl Exporter for Png {
    fn name(&self) -> &'static str {
        "png"
    }

    fn losses(&self) -> &'static [&'static str] {
        &[
            "dates and citations (svg holds them as tooltips; --footnotes draws them)",
            "events",
            "names besides the main one",
        ]
    }

    fn lost(&self, contents: &Contents<'_, '_>, style: &Style) -> Vec<String> {
        lost(&svg::drawing(contents, style)).into_iter().collect()
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&scaled(&svg::drawing(contents, style), self.scale)?)
    }
}

/// A drawing as a picture of twice its size.
///
/// # Errors
/// When the text is no drawing, or the picture would be too large.
pub fn png(drawing: &str) -> io::Result<Vec<u8>> {
    scaled(drawing, SCALE)
}

/// A drawing as a picture of `scale` times its size.
///
/// # Errors
/// When the text is no drawing, or the picture would be too large: the error tells the largest scale that is not.
pub fn scaled(drawing: &str, scale: f64) -> io::Result<Vec<u8>> {
    let options = Options { font_family: "Noto Sans".to_owned(), fontdb: Arc::clone(letters()), ..Options::default() };
    let tree = Tree::from_str(&shown(drawing), &options).map_err(io::Error::other)?;
    let size = tree.size();
    let (width, height) = (f64::from(size.width()), f64::from(size.height()));
    let (w, h) = ((width * scale).ceil(), (height * scale).ceil());
    if !(w >= 1.0 && h >= 1.0) || w > LONGEST || h > LONGEST || w * h > MOST {
        let most = (LONGEST / width.max(height)).min((MOST / (width * height)).sqrt());
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!(
                "a picture of {w} × {h} pixels is more than can be drawn: the drawing is {width} × {height}, so that the scale may be up to {:.1}",
                (most * 10.0).floor() / 10.0
            ),
        ));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let mut picture = Pixmap::new(w as u32, h as u32).ok_or_else(|| io::Error::other("no picture of this size"))?;
    #[expect(clippy::cast_possible_truncation, reason = "a few pixels to one")]
    resvg::render(&tree, Transform::from_scale(scale as f32, scale as f32), &mut picture.as_mut());
    picture.encode_png().map_err(io::Error::other)
}

/// The signs of a drawing's texts that the letters which come with the program lack, in the order of their numbers.
#[must_use]
pub fn missing(drawing: &str) -> BTreeSet<char> {
    let mut all = BTreeSet::new();
    let _ = rewritten(drawing, |sign| {
        if !is_drawn(alike(sign)) && !is_silent(sign) {
            all.insert(sign);
        }
        Some(sign)
    });
    all
}

/// What a picture of a drawing does not show, in words; `None` when it shows everything.
#[must_use]
pub fn lost(drawing: &str) -> Option<String> {
    let missing = missing(drawing);
    let some: Vec<String> =
        missing.iter().take(12).map(|sign| format!("{sign} (U+{:04X})", u32::from(*sign))).collect();
    let rest =
        if missing.len() > some.len() { format!(" and {} more", missing.len() - some.len()) } else { String::new() };
    (!some.is_empty())
        .then(|| format!("{}{rest}: signs that its letters lack, drawn as {REPLACEMENT}", some.join(", ")))
}

/// What is drawn for a sign that the letters lack.
const REPLACEMENT: char = '\u{fffd}';

/// A drawing whose texts hold only what the letters can draw.
fn shown(drawing: &str) -> String {
    let replaced = |sign: char| match alike(sign) {
        sign if is_silent(sign) && !is_drawn(sign) => None,
        sign if is_drawn(sign) => Some(sign),
        _ => Some(REPLACEMENT),
    };
    // A text that is no XML is left to the renderer to refuse.
    rewritten(drawing, replaced).unwrap_or_else(|| drawing.to_owned())
}

/// What is drawn for the half rings and apostrophes that transliterations write and the letters lack: quotation marks, which look the same.
fn alike(sign: char) -> char {
    match sign {
        sign if is_drawn(sign) => sign,
        'ʾ' | 'ʼ' | 'ˈ' | 'ʹ' => '’',
        'ʿ' | 'ʻ' | 'ʽ' => '‘',
        sign => sign,
    }
}

fn is_drawn(sign: char) -> bool {
    sign.is_whitespace() || font::has(sign)
}

/// Whether a sign shows nothing of its own: joiners, marks of direction, selectors of variants, soft hyphens.
const fn is_silent(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// A drawing with each sign of its texts put through a rule; `None` when it is no XML.
fn rewritten(drawing: &str, mut rule: impl FnMut(char) -> Option<char>) -> Option<String> {
    let mut reader = Reader::from_str(drawing);
    let mut out = String::with_capacity(drawing.len());
    // Tooltips and descriptions are not drawn.
    let mut unseen = 0_usize;
    let mut from = 0;
    loop {
        let event = reader.read_event().ok()?;
        let to = usize::try_from(reader.buffer_position()).ok()?;
        let piece = &drawing[from..to];
        from = to;
        match event {
            Event::Eof => return Some(out),
            Event::Start(tag) if matches!(tag.name().as_ref(), "title" | "desc") => unseen += 1,
            Event::End(tag) if matches!(tag.name().as_ref(), "title" | "desc") => unseen = unseen.saturating_sub(1),
            // Markup signs are escaped in texts and come as events of their own or stay as they are written, all of them drawn.
            Event::Text(_) if unseen == 0 => {
                out.extend(piece.chars().filter_map(&mut rule));
                continue;
            }
            _ => {}
        }
        out.push_str(piece);
    }
}

/// The letters that come with the program, read once.
fn letters() -> &'static Arc<Database> {
    static LETTERS: OnceLock<Arc<Database>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let mut letters = Database::new();
        for file in font::FILES {
            letters.load_font_data(file.to_vec());
        }
        for set in [Database::set_serif_family, Database::set_sans_serif_family, Database::set_monospace_family] {
            set(&mut letters, "Noto Sans");
        }
        Arc::new(letters)
    })
}
