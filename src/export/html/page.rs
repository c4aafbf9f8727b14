//! One page out of its parts: nothing in it may come from elsewhere, and no text of the data may become markup or script.

use crate::export::theme::{color, color_on_dark, sign_color, sign_color_on_dark};
use crate::export::web::hash;
use crate::model::{Category, Sign};
use quick_xml::escape::escape;
use serde_json::Value;
use std::io::{self, Write};

/// The page with holes in it: `{{title}}`, `{{policy}}`, `{{style}}`, `{{data}}`, `{{script}}`.
const PAGE: &str = include_str!("../../../assets/explorer/page.html");

/// The style sheet, less the colours.
const STYLE: &str = include_str!("../../../assets/explorer/explorer.css");

/// The colours on a dark ground, declared twice: for those whose system is dark, and for those who ask for it.
const DARK: &str = include_str!("../../../assets/explorer/dark.css");

/// The script, a file a topic, in the order in which it is run.
const SCRIPT: &[&str] = &[
    include_str!("../../../assets/explorer/data.js"),
    include_str!("../../../assets/explorer/state.js"),
    include_str!("../../../assets/explorer/elements.js"),
    include_str!("../../../assets/explorer/search.js"),
    include_str!("../../../assets/explorer/network.js"),
    include_str!("../../../assets/explorer/panel.js"),
    include_str!("../../../assets/explorer/matrix.js"),
    include_str!("../../../assets/explorer/timeline.js"),
    include_str!("../../../assets/explorer/controls.js"),
    include_str!("../../../assets/explorer/main.js"),
];

/// Writes the page.
pub(super) fn write(title: &str, data: &Value, out: &mut dyn Write) -> io::Result<()> {
    let (style, script) = (style(), script());
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(&style)
    );
    let title: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let title = escape(&title);
    let data = inert(&data.to_string());
    // Holes are filled in one walk over the page, so that nothing that is filled in is itself looked at.
    let mut rest = PAGE;
    while let Some((before, hole)) = rest.split_once("{{") {
        let (name, after) = hole.split_once("}}").unwrap_or((hole, ""));
        out.write_all(before.as_bytes())?;
        let part: &str = match name {
            "title" => &title,
            "policy" => &policy,
            "style" => &style,
            "data" => &data,
            "script" => &script,
            _ => "",
        };
        out.write_all(part.as_bytes())?;
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// The whole script: strict, and without a name that the page could reach.
fn script() -> String {
    format!("\"use strict\";\n(() => {{\n{}}})();\n", SCRIPT.concat())
}

/// The whole style sheet.
fn style() -> String {
    let named = |of_category: fn(Category) -> &'static str, of_sign: fn(Sign) -> &'static str| -> String {
        let categories = Category::ALL.iter().map(|c| format!("--{}:{};", c.word(), of_category(*c)));
        let signs = Sign::ALL.iter().map(|s| format!("--{}:{};", s.word().replace(' ', "-"), of_sign(*s)));
        categories.chain(signs).collect()
    };
    let dark = format!("{}{}", DARK.trim_end(), named(color_on_dark, sign_color_on_dark));
    let classes: String = Category::ALL.iter().map(|c| format!(".c-{0}{{--c:var(--{0})}}\n", c.word())).collect();
    format!(
        ":root{{{}}}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n:root[data-theme=dark]{{{dark}}}\n{classes}{STYLE}",
        named(color, sign_color)
    )
}

/// JSON in which no text can end the element it stands in, open another, or end a line of script: the signs that could are written as escapes,
/// which they may be anywhere they stand in JSON, since they stand in strings only.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 50);
    for sign in json.chars() {
        match sign {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(sign),
        }
    }
    out
}
