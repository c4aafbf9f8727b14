//! A matrix of actors as it is drawn: who is in it, and what each pair is to each other, in words that are ready to be shown.
//!
//! Whoever asks fills it in; [`crate::export::svg::matrix`] and [`crate::export::html::matrix`] draw it. Deliberately absent: how a pair is judged.

use super::theme::Stroke;
use crate::model::Sign;

/// A matrix ready to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// What it shows.
    pub title: String,
    /// The days it speaks for, in words.
    pub when: String,
    /// The earlier and the later time, as short as they were asked for, where two are compared.
    pub times: Option<(String, String)>,
    /// What was assumed, and what it is limited to, a line each.
    pub assumptions: Vec<String>,
    /// Who stands in its rows and columns, in order.
    pub actors: Vec<Head>,
    /// Every pair once, row by row.
    pub pairs: Vec<Pair>,
    /// The sources of what it shows, by id.
    pub sources: Vec<Source>,
}

/// A row and a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The actor's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What else is to be known of it: the name it bore then.
    pub note: Option<String>,
}

/// Two actors, by their places in [`Matrix::actors`].
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The one.
    pub first: usize,
    /// The other, further down.
    pub second: usize,
    /// How its cell looks.
    pub look: Look,
    /// What it comes to, in a line, without the names.
    pub words: String,
    /// What it comes from.
    pub facts: Vec<Fact>,
    /// Events that had part in the change.
    pub events: Vec<Happening>,
    /// What else is to be said of it.
    pub remarks: Vec<String>,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// What the two were at the earlier time, where two are compared.
    pub before: Option<Face>,
    /// What they are.
    pub face: Face,
    /// How much of a change it is, where two times are compared.
    pub change: Change,
}

/// What a pair is to each other, as a cell shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face {
    /// Friend, enemy, mixed, dealings or nothing known.
    pub sign: Sign,
    /// How firmly.
    pub stroke: Stroke,
    /// Whether a possible or contested relation says otherwise.
    pub otherwise: bool,
}

/// How much of a change a pair went through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Change {
    /// None.
    #[default]
    None,
    /// From or to nothing known.
    Known,
    /// From one sign to another.
    Turned,
}

/// A relation in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The relation's id.
    pub id: String,
    /// Who stands how to whom.
    pub text: String,
    /// When, as written (EDTF).
    pub when: String,
    /// Whether it holds, and how it counts.
    pub holds: String,
    /// Whether it is one of those that decide.
    pub decides: bool,
    /// Where it is said, in print.
    pub citations: String,
    /// Who says so.
    pub claims: Vec<Said>,
}

/// A claim in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The source's id.
    pub source: String,
    /// The place in it.
    pub locator: String,
    /// Grade, stance, how firmly, according to whom.
    pub qualities: String,
    /// What it says.
    pub note: String,
}

/// An event in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When (EDTF).
    pub date: String,
    /// What.
    pub name: String,
    /// Where it is said, in print.
    pub citations: String,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When (EDTF).
    pub published: String,
    /// Where it is to be found.
    pub url: Option<String>,
}

impl Matrix {
    /// The pair at a row and a column; `None` on the diagonal and beyond the last actor.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> Option<&Pair> {
        let (first, second) = (row.min(column), row.max(column));
        let count = self.actors.len();
        if first == second || second >= count {
            return None;
        }
        // Rows before this one hold count − 1, count − 2 … pairs.
        self.pairs.get(first * (2 * count - first - 1) / 2 + second - first - 1)
    }

    /// A pair with its names, and what it comes to.
    #[must_use]
    pub fn told(&self, pair: &Pair) -> String {
        let name = |place: usize| self.actors.get(place).map_or("", |head| &head.name);
        format!("{} – {}: {}", name(pair.first), name(pair.second), pair.words)
    }

    /// The signs that occur, in their order.
    #[must_use]
    pub fn signs(&self) -> Vec<Sign> {
        Sign::ALL.iter().copied().filter(|sign| self.faces().any(|face| face.sign == *sign)).collect()
    }

    /// What the cells mean, as far as it occurs: the signs first, and how many of the entries are signs.
    #[must_use]
    pub fn legend(&self) -> (Vec<(Look, String)>, usize) {
        let plain = |sign, stroke| Face { sign, stroke, otherwise: false };
        let single = |face| Look { before: None, face, change: Change::None };
        let signs = self.signs();
        let mut entries: Vec<(Look, String)> =
            signs.iter().map(|sign| (single(plain(*sign, Stroke::Solid)), meaning(*sign).to_owned())).collect();
        // What is only possible or contested goes with a sign that is, so that the sample is one of the cells.
        let mut known = signs.iter().copied().filter(|sign| *sign != Sign::NothingKnown);
        for stroke in [Stroke::Dashed, Stroke::Dotted] {
            let is_so = |sign: &Sign| self.faces().any(|face| face.sign == *sign && face.stroke == stroke);
            if let Some(sign) = known.clone().find(is_so) {
                entries.push((single(plain(sign, stroke)), stroke.meaning().to_owned()));
            }
        }
        if let (true, Some(sign)) = (self.faces().any(|face| face.otherwise), known.next()) {
            let marked = Face { otherwise: true, ..plain(sign, Stroke::Solid) };
            entries.push((single(marked), "a possible or contested relation says otherwise".to_owned()));
        }
        if let Some((from, to)) = &self.times {
            let unmarked = |face: Face| Face { otherwise: false, ..face };
            let changed = |wanted: Change| {
                let look = self.pairs.iter().map(|pair| pair.look).find(|look| look.change == wanted)?;
                Some(Look { before: look.before.map(unmarked), face: unmarked(look.face), ..look })
            };
            let both = format!("{from} above, {to} below");
            let (turned, known) = (changed(Change::Turned), changed(Change::Known));
            let and_both = if turned.is_some() { String::new() } else { format!(": {both}") };
            entries.extend(turned.map(|look| (look, format!("turned: {both}"))));
            entries.extend(known.map(|look| (look, format!("nothing known at one of the two{and_both}"))));
        }
        (entries, signs.len())
    }

    fn faces(&self) -> impl Iterator<Item = Face> {
        self.pairs.iter().flat_map(|pair| pair.look.before.into_iter().chain([pair.look.face]))
    }
}

/// What a sign means, for legends.
#[must_use]
pub const fn meaning(sign: Sign) -> &'static str {
    match sign {
        Sign::Friend => "friend",
        Sign::Enemy => "enemy",
        Sign::Mixed => "mixed: friend and enemy at once",
        Sign::Dealings => "dealings that are neither",
        Sign::NothingKnown => "nothing known to be in force",
    }
}
