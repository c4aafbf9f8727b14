//! Who may know whom among the modules, held against the source as it stands.
//!
//! Reads every file under `src/`, leaves out comments and texts, and looks for paths from the crate's root. A heuristic on
//! text rather than a compiler's view: a macro could hide a path from it, but no one does so by accident.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each top-level module with those it may name. Whoever adds a module adds a line here.
const LAYERS: &[(&str, &[&str])] = &[
    (
        "cli",
        &[
            "algo",
            "ask",
            "dataset",
            "diagnostic",
            "export",
            "graph",
            "layout",
            "model",
            "names",
            "query",
            "question",
            "snapshot",
            "storage",
            "time",
        ],
    ),
    ("ask", &["graph", "model", "names", "question", "time"]),
    ("query", &["algo", "diagnostic", "graph", "model", "names", "time"]),
    ("question", &["algo", "diagnostic", "graph", "model", "names", "time"]),
    ("export", &["algo", "diagnostic", "graph", "layout", "model", "names", "time"]),
    ("dataset", &["diagnostic", "graph", "model", "snapshot", "time"]),
    ("snapshot", &["graph", "model", "names", "storage", "time"]),
    ("names", &["graph", "model", "time"]),
    ("algo", &["graph", "model", "time"]),
    ("layout", &["graph", "model", "time"]),
    ("graph", &["model", "storage", "time"]),
    ("model", &["storage", "time"]),
    ("time", &["storage"]),
    ("storage", &[]),
    ("diagnostic", &[]),
];

/// Names that only some places may use: the name, the places (beginnings of paths under `src/`), the reason.
const RESERVED: &[(&str, &[&str], &str)] = &[
    (
        "petgraph",
        &["graph/visit.rs", "graph/weighed.rs", "algo/", "export/dot"],
        "its visit traits are about to move, so they are met in few places",
    ),
    ("decypher", &["query/syntax/lower"], "its tree is unstable, so one module turns it into ours"),
    ("edtf_core", &["time/edtf.rs"], "dates are read in one place"),
    ("rustyline", &["cli/command/shell/"], "only the shell edits lines"),
    ("ttf_parser", &["export/font.rs"], "letters are measured in one place"),
    ("resvg", &["export/png.rs"], "pictures are rendered in one place"),
    ("println!", &["cli/"], "only the program prints"),
    ("print!", &["cli/"], "only the program prints"),
    ("eprintln!", &["cli/"], "only the program prints"),
    ("eprint!", &["cli/"], "only the program prints"),
    ("dbg!", &[], "it is for the desk, not for the shelf"),
];

/// What is wrong with a file, given by its path under `src/`. Files of tests alone may load the shipped data to test on.
fn faults(path: &str, source: &str) -> Vec<String> {
    if path.ends_with("tests.rs") || path.ends_with("/testing.rs") {
        return Vec::new();
    }
    let tokens = tokens(source);
    let mut faults = Vec::new();
    for (name, places, reason) in RESERVED {
        let is_macro = name.ends_with('!');
        let bare = name.trim_end_matches('!');
        let used = tokens
            .iter()
            .enumerate()
            .any(|(i, token)| token == bare && (!is_macro || tokens.get(i + 1).is_some_and(|next| next == "!")));
        if used && !places.iter().any(|place| path.starts_with(place)) {
            faults.push(format!("src/{path} names `{name}`: {reason}"));
        }
    }
    // The roots of library and program join everything and hold nothing.
    let Some(layer) = layer(path) else { return faults };
    let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        faults.push(format!("src/{path} belongs to `{layer}`, which has no line in the table of layers"));
        return faults;
    };
    for named in named_layers(path, &tokens) {
        if named != layer && !allowed.contains(&named.as_str()) {
            faults.push(format!("src/{path} names `crate::{named}`, which `{layer}` may not know"));
        }
    }
    faults
}

/// The top-level module a file belongs to; `None` for `lib.rs` and `main.rs`.
fn layer(path: &str) -> Option<&str> {
    let first = path.split('/').next()?;
    let name = first.trim_end_matches(".rs");
    (!["lib", "main"].contains(&name)).then_some(name)
}

/// Whatever follows `crate::` (also in braces), or as many `super::` as lead up to the root.
fn named_layers(path: &str, tokens: &[String]) -> BTreeSet<String> {
    let depth = path.split('/').filter(|part| *part != "mod.rs").count();
    let is_word = |token: &String| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut named = BTreeSet::new();
    let mut at = 0;
    while at < tokens.len() {
        let begin = at;
        at += 1;
        if tokens[begin] == "crate" && tokens.get(begin + 1).is_some_and(|t| t == "::") {
            at = begin + 2;
        } else if tokens[begin] == "super" && (begin == 0 || tokens[begin - 1] != "::") {
            let chain = tokens[begin..].chunks(2).take_while(|pair| *pair == ["super", "::"]).count();
            at = begin + (2 * chain).max(1);
            if chain != depth {
                continue;
            }
            // Inside an inline module so many `super::` lead to its own layer, whose parts are no layers.
            if let Some(token) = tokens.get(at).filter(|t| LAYERS.iter().any(|(name, _)| name == t)) {
                named.insert(token.clone());
            }
            continue;
        } else {
            continue;
        }
        match tokens.get(at) {
            Some(open) if open == "{" => {
                // The words that begin a path: after the brace that was opened or a comma at its level.
                let mut level = 0;
                for index in at..tokens.len() {
                    match tokens[index].as_str() {
                        "{" => level += 1,
                        "}" => level -= 1,
                        _ => {}
                    }
                    if level == 0 {
                        break;
                    }
                    let begins = level == 1 && (tokens[index] == "{" || tokens[index] == ",");
                    if let Some(word) = tokens.get(index + 1).filter(|word| begins && is_word(word)) {
                        named.insert(word.clone());
                    }
                }
            }
            Some(word) if is_word(word) => {
                named.insert(word.clone());
            }
            _ => {}
        }
    }
    named
}

/// Words, `::` and single signs, without comments, texts and characters.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = raw_text(rest) {
            length
        } else if first == '"' {
            quoted(rest)
        } else if let Some(length) = character(rest) {
            length
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(rest[..length].to_owned());
            length
        } else {
            let length = if rest.starts_with("::") { 2 } else { first.len_utf8() };
            if !first.is_whitespace() {
                tokens.push(rest[..length].to_owned());
            }
            length
        };
        rest = &rest[skip..];
    }
    tokens
}

fn block_comment(text: &str) -> usize {
    let (mut level, mut at) = (0, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            (level, at) = (level + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (level, at) = (level - 1, at + 2);
            if level == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// The length of a raw text (`r"…"`, `br#"…"#`) that begins here.
fn raw_text(text: &str) -> Option<usize> {
    let after = text.strip_prefix("br").or_else(|| text.strip_prefix("cr")).or_else(|| text.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close).map_or(body.len(), |at| at + close.len());
    Some(text.len() - body.len() + end)
}

/// The length of a character (`'x'`, `'\''`) that begins here; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    let first = body.chars().next()?;
    if first == '\\' {
        let escaped = 1 + body[1..].chars().next().map_or(0, char::len_utf8);
        return body[escaped..].find('\'').map(|end| 1 + escaped + end + 1);
    }
    body[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn modules_know_only_those_below_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    found.sort();
    let mut all = Vec::new();
    for file in &found {
        let parts: Vec<_> =
            file.strip_prefix(&root).expect("found under it").iter().map(|part| part.to_string_lossy()).collect();
        all.extend(faults(&parts.join("/"), &fs::read_to_string(file).expect("readable source")));
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
    assert!(found.len() >= 20, "the test looks in the wrong place: {} files", found.len());
}

#[test]
fn the_table_names_only_modules_of_the_table_and_has_no_circles() {
    for (index, (layer, allowed)) in LAYERS.iter().enumerate() {
        for name in *allowed {
            let place = LAYERS.iter().position(|(known, _)| known == name);
            assert!(place.is_some_and(|place| place > index), "`{layer}` stands above `{name}`");
        }
    }
}

#[test]
fn forbidden_names_are_found_however_they_are_written() {
    let check = |path: &str, source: &str, count: usize| {
        let found = faults(path, source);
        assert_eq!(found.len(), count, "{path}: {source}: {found:?}");
    };
    check("model/mod.rs", "use crate::graph::View;", 1);
    check("model/mod.rs", "use crate::time::Day;", 0);
    check("model/mod.rs", "use crate::{time::{Day, Span}, graph::{self, View}};", 1);
    check("model/mod.rs", "fn f() -> crate :: graph::View { loop {} }", 1);
    check("model/actor.rs", "use super::super::graph::View;", 1);
    check("model/mod.rs", "use super::graph::View;", 1);
    check("model/actor.rs", "use super::graph::View;", 0);
    check("model/mod.rs", "/// [`crate::graph::View`]\n// crate::cli\n/* crate::cli /* crate::cli */ crate::cli */", 0);
    check("model/mod.rs", r##"const A: &str = "\"crate::cli"; const B: &str = r#"" crate::cli"#;"##, 0);
    check("model/mod.rs", "const Q: char = '\"'; use crate::cli::X; const R: char = '\"';", 1);
    check("model/mod.rs", "fn f<'a>(x: &'a str) { crate::cli::run(x) } // it's", 1);
    check("question/mod.rs", "use crate::export::Format;", 1);
    check("export/mod.rs", "use crate::question::Answer;", 1);
    check("cli/mod.rs", "use crate::{question, export}; fn f() { println!(\"\") }", 0);
    check("query/mod.rs", "use crate::question::Lens;", 1);
    check("query/exec.rs", "use rustyline::Editor;", 1);
    check("query/mod.rs", "", 0);
    check("utils.rs", "", 1);
    check("names/mod.rs", "fn f() { println!(\"\"); }", 1);
    check("names/mod.rs", "fn print(print: u8) { eprint ! (\"\") }", 1);
    check("main.rs", "fn main() { eprintln!(\"\") }", 1);
    check("graph/view.rs", "use petgraph::visit::Data;", 1);
    check("graph/visit.rs", "use petgraph::visit::Data;", 0);
    check("export/dot.rs", "use petgraph::dot::Dot;", 0);
    check("export/svg.rs", "use petgraph::dot::Dot;", 1);
    check("dataset/dates.rs", "use edtf_core::Edtf;", 1);
    check("time/edtf.rs", "use edtf_core::Edtf;", 0);
}
