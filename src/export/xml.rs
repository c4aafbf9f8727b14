//! Texts of the data in XML: signs that XML 1.0 cannot hold become blanks, all others come back exactly as they were.
//!
//! Source: Extensible Markup Language (XML) 1.0, fifth edition, sections 2.2 (characters), 2.11 (ends of line) and 3.3.3 (attribute values).

use quick_xml::events::BytesText;
use quick_xml::events::attributes::Attribute;
use std::borrow::Cow;

/// The text between tags.
pub(super) fn content(text: &str) -> BytesText<'static> {
    BytesText::new(&clean(text)).into_owned()
}

/// An attribute. Its tabs and ends of line are escaped, since readers would take them for blanks.
pub(super) fn attribute<'a>(name: &'a str, value: &str) -> Attribute<'a> {
    Attribute::from((name, Cow::Owned(clean(value))))
}

/// The text with a blank for each sign that XML cannot hold in any form.
fn clean(text: &str) -> String {
    text.chars().map(|sign| if is_allowed(sign) { sign } else { ' ' }).collect()
}

/// Whether every reader of XML 1.0 takes the sign: the control signs beyond ASCII are discouraged, and some refuse them.
const fn is_allowed(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\r' | '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_xml_cannot_hold_is_lost() {
        assert_eq!(clean("a\u{0}\u{b}\u{1b}b\u{7f}\u{ffff}"), "a   b  ");
        let kept = "<&>\"' ]]> \t\r\n جبهة 🕊 \u{a0}\u{200f}";
        assert_eq!(clean(kept), kept);
    }
}
