//! An SVG drawing in the making: elements, texts and numbers, everything escaped.

use crate::export::font::{FAMILIES, Weight};
use quick_xml::escape::escape;
use std::fmt::Write as _;

/// The text of a drawing, element by element.
///
/// Whatever comes from the data goes through [`Canvas::open`], [`Canvas::leaf`], [`Canvas::text`] or [`Canvas::tip`], which escape it; signs that
/// XML cannot hold become blanks.
#[derive(Debug, Default)]
pub struct Canvas {
    body: String,
    open: Vec<&'static str>,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Lettering<'a> {
    /// The height of the letters, in pixels.
    pub size: f64,
    /// How heavy they are.
    pub weight: Weight,
    /// Their colour.
    pub fill: &'a str,
    /// Which part of the text stands at its point: `start`, `middle`, `end`.
    pub anchor: &'static str,
}

impl Default for Lettering<'_> {
    fn default() -> Self {
        Self { size: 12.0, weight: Weight::Regular, fill: "#222222", anchor: "start" }
    }
}

impl Canvas {
    /// Opens an element, which [`Canvas::close`] closes.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.body.push_str(">\n");
        self.open.push(name);
    }

    /// Closes the element opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = writeln!(self.body, "</{name}>");
        }
    }

    /// An element without contents.
    pub fn leaf(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.body.push_str("/>\n");
    }

    /// A line of text at a point; further attributes go onto its element.
    pub fn text(&mut self, x: f64, y: f64, lettering: &Lettering<'_>, more: &[(&str, &str)], text: &str) {
        self.begin("text", &[("x", &num(x)), ("y", &num(y)), ("font-size", &num(lettering.size))]);
        if lettering.weight == Weight::Bold {
            self.attributes(&[("font-weight", "bold")]);
        }
        if lettering.anchor != "start" {
            self.attributes(&[("text-anchor", lettering.anchor)]);
        }
        self.attributes(&[("fill", lettering.fill)]);
        self.attributes(more);
        let _ = writeln!(self.body, ">{}</text>", escape(clean(text)));
    }

    /// A text shown when the pointer rests on the element opened last, and read out for it; it may have several lines.
    pub fn tip(&mut self, text: &str) {
        let lines: Vec<String> = text.split('\n').map(clean).collect();
        let _ = writeln!(self.body, "<title>{}</title>", escape(lines.join("\n")));
    }

    /// A rectangle.
    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, more: &[(&str, &str)]) {
        self.begin("rect", &[("x", &num(x)), ("y", &num(y)), ("width", &num(width)), ("height", &num(height))]);
        self.attributes(more);
        self.body.push_str("/>\n");
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), more: &[(&str, &str)]) {
        self.begin("line", &[("x1", &num(from.0)), ("y1", &num(from.1)), ("x2", &num(to.0)), ("y2", &num(to.1))]);
        self.attributes(more);
        self.body.push_str("/>\n");
    }

    /// The whole drawing: `width` × `height` pixels, with a name and a description for those who cannot see it. `definitions` is
    /// markup of our own (markers, patterns), never text of the data.
    #[must_use]
    pub fn finish(mut self, width: f64, height: f64, name: &str, description: &str, definitions: &str) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        let (w, h) = (num(width.ceil()), num(height.ceil()));
        let (name, description) = (clean(name), clean(description));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
             aria-labelledby=\"name description\" font-family=\"{FAMILIES}\">\n<title id=\"name\">{}</title>\n<desc id=\"description\">{}</desc>\n\
             <defs>{definitions}</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escape(name),
            escape(description),
            self.body
        )
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.body, "<{name}");
        self.attributes(attributes);
    }

    fn attributes(&mut self, attributes: &[(&str, &str)]) {
        for (name, value) in attributes {
            let _ = write!(self.body, " {name}=\"{}\"", escape(clean(value)));
        }
    }
}

/// A number as drawings write it: to a tenth, without needless zeros.
#[must_use]
pub fn num(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// A text without the signs that XML cannot hold.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if (c.is_control() && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c })
        .collect()
}
