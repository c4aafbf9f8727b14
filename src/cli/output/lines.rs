//! Texts in so many columns: cut, and put side by side. Widths are those of whole texts, since signs may be wider together than apart.

use unicode_width::UnicodeWidthStr;

/// What charts and trees are as wide as where nothing limits them.
pub(super) const UNLIMITED: usize = 120;

/// A text of at most so many columns, with `…` where it was cut.
pub(in crate::cli) fn cut(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    if most == 0 {
        return String::new();
    }
    let mut kept = String::new();
    for sign in text.chars() {
        kept.push(sign);
        if kept.width() + 1 > most {
            kept.pop();
            break;
        }
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Entries side by side with `gap` between them, as many as fit into each line of `width` columns (0: no limit).
pub(in crate::cli) fn side_by_side(entries: impl IntoIterator<Item = String>, gap: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for entry in entries {
        match lines.last_mut() {
            Some(line) if width == 0 || line.width() + gap.width() + entry.width() <= width => {
                line.push_str(gap);
                line.push_str(&entry);
            }
            _ => lines.push(entry),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_columns_not_by_letters() {
        assert_eq!(cut("الجبهة الشمالية", 6), "الجبه…");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("north", 5), "north");
        assert_eq!(cut("a", 0), "");
        let pictures = "\u{263a}\u{fe0f}".repeat(20);
        for most in 0..30 {
            assert!(cut(&pictures, most).width() <= most);
        }
    }

    #[test]
    fn entries_stand_side_by_side_while_they_fit() {
        let entries = || ["one", "two", "three"].map(str::to_owned);
        assert_eq!(side_by_side(entries(), " · ", 9), ["one · two", "three"]);
        assert_eq!(side_by_side(entries(), "  ", 0), ["one  two  three"]);
    }
}
