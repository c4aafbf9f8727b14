//! Draws diagnostics for people. `annotate-snippets` does the drawing and is named in this file only.

use super::{Diagnostic, FileId, Label, Severity, SourceMap, floor_boundary};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colour.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

/// Returns the diagnostics as text, in the order given, an empty line between two, each with its place, the culprit underlined, and help.
///
/// Only the lines a diagnostic points at are handed to the renderer, so that a large file costs no more than a small one.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(style.width.max(40));
    let mut out = String::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&one(diagnostic, sources, &renderer));
        out.push('\n');
    }
    out
}

fn one(diagnostic: &Diagnostic, sources: &SourceMap, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.as_ref());
    let mut group = Group::with_title(title);
    let mut at = 0;
    while at < diagnostic.labels.len() {
        let file = diagnostic.labels[at].file;
        let run = diagnostic.labels[at..].iter().take_while(|l| l.file == file).count();
        group = group.element(snippet(file, &diagnostic.labels[at..at + run], at == 0, sources));
        at += run;
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

fn snippet<'a>(
    file: FileId,
    labels: &'a [Label],
    primary: bool,
    sources: &'a SourceMap,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = sources.text(file);
    let first = labels.iter().map(|l| l.span.start).min().unwrap_or(0);
    let last = labels.iter().map(|l| l.span.end).max().unwrap_or(0);
    let lines = whole_lines(text, first..last);
    let line_start = text[..lines.start].matches('\n').count() + 1;
    let mut snippet = Snippet::source(&text[lines.clone()]).line_start(line_start).path(sources.name(file)).fold(true);
    for (index, label) in labels.iter().enumerate() {
        let kind = if primary && index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let start = floor_boundary(text, label.span.start) - lines.start;
        let end = floor_boundary(text, label.span.end.max(label.span.start)) - lines.start;
        let mut annotation = kind.span(start..end);
        if !label.text.is_empty() {
            annotation = annotation.label(label.text.as_str());
        }
        snippet = snippet.annotation(annotation);
    }
    snippet
}

/// The range grown to whole lines, without the last line's end.
fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    let (start, end) = (floor_boundary(text, range.start), floor_boundary(text, range.end));
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let last = text[end..].find('\n').map_or(text.len(), |at| end + at);
    first..last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_names_its_place_underlines_the_culprit_and_helps() {
        let mut sources = SourceMap::default();
        let text = "{\n \"subject\": \"htss\"\n}\n";
        let file = sources.add("data/x.json", text);
        let start = text.find("htss").unwrap();
        let diagnostic = Diagnostic {
            code: "unknown-actor".into(),
            severity: Severity::Error,
            message: "no actor has the id `htss`".into(),
            labels: vec![Label { file, span: start..start + 4, text: "not an actor".into() }],
            help: vec!["did you mean `hts`?".into()],
        };
        assert_eq!(sources.place(&diagnostic).as_deref(), Some("data/x.json:2:14"));
        let drawn = render(&[diagnostic], &sources, Style::default());
        for part in ["error[unknown-actor]", "data/x.json:2:14", "^^^^ not an actor", "did you mean `hts`?"] {
            assert!(drawn.contains(part), "{part} is missing in:\n{drawn}");
        }
    }

    #[test]
    fn spans_beyond_the_text_are_drawn_without_a_panic() {
        let mut sources = SourceMap::default();
        let file = sources.add("x", "é");
        let label = Label { file, span: 1..99, text: String::new() };
        let diagnostic = Diagnostic {
            code: "x".into(),
            severity: Severity::Warning,
            message: "m".into(),
            labels: vec![label],
            help: Vec::new(),
        };
        assert!(render(&[diagnostic], &sources, Style::default()).contains("warning[x]"));
    }
}
