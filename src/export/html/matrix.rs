//! The matrix as a page for browsers: a table whose cells lead to what each pair comes from, with claims and sources.
//!
//! One file without a script and without a request of any kind: a content-security policy lets its one style sheet through by its hash and nothing
//! else. Every text of the data is escaped and set apart from the direction of the text around it. Readable without colour, with a keyboard, on a
//! phone, in light and dark, and on paper.

use crate::export::font::{Weight, width};
use crate::export::matrix::{Change, Face, Fact, Look, Matrix, Pair};
use crate::export::theme::Stroke;
use crate::export::web::{hash, is_address};
use crate::model::Sign;
use quick_xml::escape::escape;
use std::fmt::Write as _;

const STYLE: &str = include_str!("../../../assets/matrix/page.css");

/// The widest a slanted name is set before it is cut, in pixels, as in the style sheet.
const LONGEST_NAME: f64 = 214.0;
/// The width of a cell with the gap to the next.
const CELL: f64 = 38.0;

/// The width of a page of paper between its margins, in pixels of style sheets.
const PAPER: f64 = 700.0;
/// With more columns than this, what the cells come from stands below the table and not beside it.
const MOST_BESIDE: usize = 17;

/// Writes the page of a matrix.
#[must_use]
pub fn page(matrix: &Matrix) -> String {
    // Slanted names need room above the table and, the last ones, beside it.
    let slants = matrix
        .actors
        .iter()
        .map(|head| width(&head.name, 13.0, Weight::Regular).min(LONGEST_NAME) * std::f64::consts::FRAC_1_SQRT_2);
    let slant = slants.clone().fold(0.0, f64::max).ceil();
    let lean =
        slants.rev().enumerate().map(|(back, own)| own - CELL * (back as f64 + 0.5)).fold(0.0, f64::max).ceil() + 10.0;
    // On paper all columns must fit.
    let printed =
        ((PAPER - LONGEST_NAME - lean) / matrix.actors.len().max(1) as f64 - 2.0).clamp(11.0, CELL - 2.0).floor();
    let style = format!(
        "{STYLE}:root {{ --slant: {slant}px; --lean: {lean}px; }}\n@media print {{ :root {{ --cell: {printed}px; }} }}\n"
    );
    let hash = hash(&style);
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{hash}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}, {}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n",
        text(&matrix.title),
        text(&matrix.when)
    );
    head(matrix, &mut out);
    let sides = if matrix.actors.len() > MOST_BESIDE { "below" } else { "beside" };
    let _ = writeln!(out, "<div class=\"{sides}\">\n<div class=\"board\" id=\"matrix\">");
    table(matrix, &mut out);
    legend(matrix, &mut out);
    out.push_str(
        "<p class=\"hint\">Each cell leads to the relations and claims that it comes from.</p>\n</div>\n<div>\n",
    );
    pairs(matrix, &mut out);
    sources(matrix, &mut out);
    out.push_str("</div>\n</div>\n</main>\n</body>\n</html>\n");
    out
}

/// A text of the data that can be nothing but text: escaped, and without signs that steer.
fn text(raw: &str) -> String {
    let clean: String =
        raw.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect();
    escape(clean).into_owned()
}

/// A name of the data, whose direction does not reach beyond it.
fn name(raw: &str) -> String {
    format!("<bdi>{}</bdi>", text(raw))
}

fn head(matrix: &Matrix, out: &mut String) {
    let _ = writeln!(out, "<h1>{}</h1>\n<p class=\"when\">{}</p>", text(&matrix.title), text(&matrix.when));
    if !matrix.assumptions.is_empty() {
        out.push_str("<ul class=\"assumed\">\n");
        for line in &matrix.assumptions {
            let _ = writeln!(out, "<li>{}</li>", text(line));
        }
        out.push_str("</ul>\n");
    }
}

fn table(matrix: &Matrix, out: &mut String) {
    let _ = write!(
        out,
        "<div class=\"scroll\">\n<table class=\"matrix\">\n<caption class=\"sr\">{}, {}</caption>\n<thead><tr><td></td>",
        text(&matrix.title),
        text(&matrix.when)
    );
    for head in &matrix.actors {
        let _ = write!(
            out,
            "<th scope=\"col\" title=\"{}\"><div><span>{}</span></div></th>",
            text(&head.name),
            name(&head.name)
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (row, head) in matrix.actors.iter().enumerate() {
        let note = head.note.as_ref().map_or_else(String::new, |note| format!("<small>{}</small>", text(note)));
        let _ = write!(out, "<tr><th scope=\"row\">{}{note}</th>", name(&head.name));
        for column in 0..matrix.actors.len() {
            match matrix.at(row, column) {
                None => out.push_str("<td></td>"),
                Some(pair) => cell(matrix, pair, out),
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn cell(matrix: &Matrix, pair: &Pair, out: &mut String) {
    let told = text(&matrix.told(pair));
    let words = format!("<span class=\"sr\">{told}</span>");
    if is_told(pair) {
        let _ =
            write!(out, "<td><a href=\"#{}\" title=\"{told}\">{}{words}</a></td>", id(matrix, pair), drawn(&pair.look));
    } else {
        let _ = write!(out, "<td title=\"{told}\">{}{words}</td>", drawn(&pair.look));
    }
}

/// Whether there is more to tell of a pair than its cell does.
fn is_told(pair: &Pair) -> bool {
    !(pair.facts.is_empty() && pair.events.is_empty())
}

/// The id of the part that tells of a pair.
fn id(matrix: &Matrix, pair: &Pair) -> String {
    text(&format!("pair.{}.{}", matrix.actors[pair.first].id, matrix.actors[pair.second].id))
}

/// The square of a pair.
fn drawn(look: &Look) -> String {
    match &look.before {
        Some(before) if look.change != Change::None => {
            let turned = if look.change == Change::Turned { " turned" } else { "" };
            format!(
                "<span class=\"split{turned}\" aria-hidden=\"true\">{}{}</span>",
                face(before, " was"),
                face(&look.face, " is")
            )
        }
        _ => face(&look.face, ""),
    }
}

fn face(face: &Face, part: &str) -> String {
    let (sign, mark) = match face.sign {
        Sign::Friend => ("friend", "+"),
        Sign::Enemy => ("enemy", "−"),
        Sign::Mixed => ("mixed", "±"),
        Sign::Dealings => ("dealings", "○"),
        Sign::NothingKnown => ("unknown", "·"),
    };
    let firm = match (face.sign, face.stroke) {
        (Sign::NothingKnown, _) | (_, Stroke::Solid) => "",
        (_, Stroke::Dashed) => " possible",
        (_, Stroke::Dotted) => " contested",
    };
    let otherwise = if face.otherwise { " otherwise" } else { "" };
    format!("<span class=\"face {sign}{firm}{otherwise}{part}\" aria-hidden=\"true\"><b>{mark}</b></span>")
}

fn legend(matrix: &Matrix, out: &mut String) {
    out.push_str("<ul class=\"legend\">\n");
    for (look, words) in matrix.legend().0 {
        let _ = writeln!(out, "<li><span class=\"sample\">{}</span>{}</li>", drawn(&look), text(&words));
    }
    out.push_str("</ul>\n");
}

fn pairs(matrix: &Matrix, out: &mut String) {
    for (heading, changed) in [("What changed", true), ("What each cell comes from", false)] {
        let wanted = |pair: &&Pair| is_told(pair) && (pair.look.change != Change::None) == changed;
        let mut told = matrix.pairs.iter().filter(wanted).peekable();
        if told.peek().is_some() {
            let _ = writeln!(out, "<h2>{heading}</h2>");
        }
        for pair in told {
            section(matrix, pair, out);
        }
    }
}

fn section(matrix: &Matrix, pair: &Pair, out: &mut String) {
    let (first, second) = (&matrix.actors[pair.first], &matrix.actors[pair.second]);
    let _ = writeln!(
        out,
        "<section class=\"pair\" id=\"{}\">\n<a class=\"up\" href=\"#matrix\">↑ matrix</a>\n<h3><span class=\"sample\">{}</span><span>{} – {}</span></h3>\n<p class=\"words\">{}</p>",
        id(matrix, pair),
        drawn(&pair.look),
        name(&first.name),
        name(&second.name),
        text(&pair.words)
    );
    let (deciding, others): (Vec<&Fact>, Vec<&Fact>) = pair.facts.iter().partition(|fact| fact.decides);
    facts(&deciding, out);
    if !others.is_empty() {
        out.push_str("<p class=\"also\">In force, but not what decides:</p>\n");
        facts(&others, out);
    }
    if !pair.events.is_empty() {
        out.push_str("<p class=\"also\">Events between:</p>\n<ul>\n");
        for event in &pair.events {
            let _ = writeln!(
                out,
                "<li>{} <span class=\"dates\">{} · {}</span></li>",
                name(&event.name),
                text(&event.date),
                text(&event.citations)
            );
        }
        out.push_str("</ul>\n");
    }
    for remark in &pair.remarks {
        let _ = writeln!(out, "<p class=\"also\">{}</p>", text(remark));
    }
    out.push_str("</section>\n");
}

fn facts(facts: &[&Fact], out: &mut String) {
    if facts.is_empty() {
        return;
    }
    out.push_str("<ul>\n");
    for fact in facts {
        let _ = write!(
            out,
            "<li>{} <span class=\"dates\">{} · {}</span>\n<details><summary>{}</summary>\n<ul>\n",
            name(&fact.text),
            text(&fact.when),
            text(&fact.holds),
            text(&fact.citations)
        );
        for said in &fact.claims {
            let _ = writeln!(
                out,
                "<li><a href=\"#source.{}\">{}</a> {} <span class=\"quality\">({})</span> {}</li>",
                text(&said.source),
                text(&said.source),
                text(&said.locator),
                text(&said.qualities),
                name(&said.note)
            );
        }
        out.push_str("</ul>\n</details></li>\n");
    }
    out.push_str("</ul>\n");
}

fn sources(matrix: &Matrix, out: &mut String) {
    if matrix.sources.is_empty() {
        return;
    }
    out.push_str("<h2>Sources</h2>\n<ul class=\"sources\">\n");
    for source in &matrix.sources {
        let publisher = source.publisher.as_ref().map_or_else(String::new, |p| format!("{}, ", name(p)));
        // Only what is plainly an address of the web becomes a link.
        let title = match source.url.as_ref().filter(|url| is_address(url)) {
            Some(url) => format!("<a href=\"{}\" rel=\"noreferrer noopener\">{}</a>", text(url), name(&source.title)),
            None => name(&source.title),
        };
        let _ = writeln!(
            out,
            "<li id=\"source.{}\"><b>{}</b> {title}. {publisher}{}</li>",
            text(&source.id),
            text(&source.id),
            text(&source.published)
        );
    }
    out.push_str("</ul>\n");
}
