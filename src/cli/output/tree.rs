//! A tree in letters, its branches drawn by lines.

use super::lines::UNLIMITED;
use super::plain;
use super::table::{DIM, Paint, wrapped};
use unicode_width::UnicodeWidthStr;

/// The fewest columns that texts get, however deep they stand.
const LEAST: usize = 24;

/// A tree, depth first.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Tree {
    pub(in crate::cli) limbs: Vec<Limb>,
    /// What the signs mean.
    pub(in crate::cli) key: String,
}

/// One line of a tree.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Limb {
    /// For each level above and its own, whether more follows there; empty for a root.
    pub(in crate::cli) more: Vec<bool>,
    /// What sort of step leads here.
    pub(in crate::cli) sign: Option<char>,
    /// What it is.
    pub(in crate::cli) text: String,
    /// What stands back: dates and citations.
    pub(in crate::cli) aside: String,
}

/// Writes a tree.
pub(super) fn write(tree: &Tree, width: usize, paint: Paint, out: &mut String) {
    let width = if width == 0 { UNLIMITED } else { width };
    out.push('\n');
    for (index, limb) in tree.limbs.iter().enumerate() {
        let leads_on = tree.limbs.get(index + 1).is_some_and(|next| next.more.len() > limb.more.len());
        let (own, above) = limb.more.split_last().map_or((None, &[][..]), |(own, above)| (Some(*own), above));
        let stem: String = above.iter().map(|more| if *more { "│  " } else { "   " }).collect();
        let (knot, below) = match own {
            None => ("", ""),
            Some(true) => ("├─ ", "│  "),
            Some(false) => ("└─ ", "   "),
        };
        let sign = limb.sign.map_or_else(String::new, |sign| format!("{sign} "));
        let hang = format!("{stem}{below}{}{}", if leads_on { "│" } else { " " }, " ".repeat(sign.width().max(1) - 1));
        let hang = if own.is_none() && !leads_on { String::new() } else { hang };
        let room = width.saturating_sub(hang.width().max(stem.width() + 3 + sign.width())).max(LEAST);
        let lines = wrapped(&plain(&limb.text), room);
        for (line, text) in lines.iter().enumerate() {
            let lead = if line == 0 { format!("{stem}{knot}{sign}") } else { hang.clone() };
            out.push_str(format!("{}{}", paint.with(DIM, &lead), text.trim_start()).trim_end());
            out.push('\n');
        }
        if !limb.aside.is_empty() {
            for text in wrapped(&plain(&limb.aside), room) {
                out.push_str(&paint.with(DIM, format!("{hang}{}", text.trim_start()).trim_end()));
                out.push('\n');
            }
        }
    }
    out.push('\n');
    for line in wrapped(&tree.key, width) {
        out.push_str(&paint.with(DIM, line.trim_start()));
        out.push('\n');
    }
}
