//! Templates of relations, made ready for millions of rows: what each field of a record takes of a row.
//!
//! It is the same language as that of other imports, compiled by the same code; only what needs all rows at once is missing.

use super::super::cell::{DateCell, Got, Reading, TextCell, Told, Trouble};
use super::super::dates::push_number;
use super::super::template::{Condition, Content, Node, Refers, Template};
use super::index::{ActorIndex, Missing};
use crate::dataset::check::RowCheck;
use crate::dataset::draft::{ClaimDraft, RelationDraft, Text};
use crate::model::{ActorId, Relation};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a field takes of a row.
#[derive(Debug)]
enum Part {
    Constant(String),
    Cell(TextCell),
    Date(Box<DateCell>),
}

/// Why a row makes no relation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Not {
    /// The mapping leaves it out.
    LeftOut,
    /// It is bad: a code, and what is wrong.
    Bad(&'static str, String),
}

/// What cannot be done in bulk, for whoever wrote the mapping.
pub(super) type CannotBe = (Vec<super::super::mapping::Step>, &'static str);

/// A relation that each row makes.
#[derive(Debug)]
pub(super) struct Pattern {
    when: Vec<Condition>,
    id: Option<Part>,
    ends: [Part; 2],
    by: [Option<String>; 2],
    kind: Part,
    valid: Part,
    basis: Part,
    note: Option<Part>,
    roles: Vec<(String, Part)>,
    claims: Vec<ClaimPattern>,
}

#[derive(Debug)]
struct ClaimPattern {
    when: Vec<Condition>,
    source: Part,
    locator: Option<Part>,
    stance: Part,
    modality: Part,
    credibility: Part,
    valid: Option<Part>,
    note: Part,
}

/// A row that is being read: its cells and where it stands.
pub(super) struct At<'r> {
    pub(super) cells: &'r csv::StringRecord,
    pub(super) empty: &'r [String],
    /// The names of its columns.
    pub(super) header: &'r [String],
    /// Its number in all rows of the run, from 1, and the locator of a claim that names none.
    pub(super) number: u64,
    pub(super) locator: &'r str,
    /// Which of the relations of this row is made, from 0.
    pub(super) nth: usize,
}

impl Part {
    fn of(node: &Node) -> Option<Self> {
        let Node::Leaf(leaf) = node else { return None };
        Some(match &leaf.content {
            Content::Constant(value) => Self::Constant(match value.as_str() {
                Some(text) => text.to_owned(),
                None => value.to_string(),
            }),
            Content::ConstantReference(text, _) => Self::Constant(text.clone()),
            Content::Text(cell) | Content::Number(cell) | Content::Truth(cell) => Self::Cell(cell.clone()),
            Content::Reference(cell, Refers::Actor | Refers::Source) => Self::Cell(cell.clone()),
            Content::Date(date) => Self::Date(date.clone()),
        })
    }

    fn column(&self) -> Option<usize> {
        match self {
            Self::Constant(_) => None,
            Self::Cell(cell) => cell.column(),
            Self::Date(date) => date.column(),
        }
    }

    fn by(&self) -> Option<String> {
        match self {
            Self::Cell(cell) => cell.by.clone(),
            _ => None,
        }
    }

    /// Its text; `None` where the row has none.
    fn read(&self, at: &At<'_>) -> Result<Option<Cow<'_, str>>, Not> {
        let mut trouble: Option<Trouble> = None;
        let mut reading =
            Reading { cells: at.cells, empty: at.empty, known: None, part: None, told: Told::First(&mut trouble) };
        let got = match self {
            Self::Constant(text) => return Ok(Some(Cow::Borrowed(text))),
            Self::Cell(cell) => match cell.read(&mut reading) {
                Got::Have((text, _)) => Got::Have(text),
                Got::Empty => Got::Empty,
                Got::LeftOut => Got::LeftOut,
                Got::Failed => Got::Failed,
            },
            Self::Date(date) => date.read(&mut reading),
        };
        match got {
            Got::Have(text) => Ok(Some(Cow::Owned(text))),
            Got::Empty => Ok(None),
            Got::LeftOut => Err(Not::LeftOut),
            Got::Failed => Err(trouble.map_or(Not::Bad("unreadable", "it cannot be read".into()), |trouble| {
                Not::Bad(trouble.code, at.in_column(trouble.column, &trouble.message))
            })),
        }
    }

    /// Its text, where the record cannot do without.
    fn need(&self, at: &At<'_>, what: &str) -> Result<Cow<'_, str>, Not> {
        match self.read(at)? {
            Some(text) => Ok(text),
            None => {
                let code = if what == "source" { "no-source" } else { "empty-cell" };
                Err(Not::Bad(code, at.in_column(self.column(), &format!("`{what}` is empty"))))
            }
        }
    }

    /// Its text, where the record can do without; also when the mapping leaves it out.
    fn may(&self, at: &At<'_>) -> Result<Option<Cow<'_, str>>, Not> {
        match self.read(at) {
            Err(Not::LeftOut) => Ok(None),
            other => other,
        }
    }
}

impl At<'_> {
    /// The id of a relation that is given none: the number of its row, so that ids ascend as rows do.
    fn id(&self) -> String {
        let mut id = String::with_capacity("r0000000123".len());
        id.push('r');
        push_number(&mut id, self.number, 10);
        if self.nth > 0 {
            id.push('-');
            push_number(&mut id, self.nth as u64 + 1, 1);
        }
        id
    }

    fn in_column(&self, column: Option<usize>, message: &str) -> String {
        match column.and_then(|column| self.header.get(column)) {
            Some(name) => format!("column `{name}`: {message}"),
            None => message.to_owned(),
        }
    }
}

/// What the claims of a row may leave to the way it is imported.
pub(super) const STANCE: &str = "supports";

impl Pattern {
    /// Makes a template ready.
    ///
    /// # Errors
    /// What of it cannot be done for one row at a time: where it stands, and what it is.
    pub(super) fn of(template: &Template) -> Result<Self, Vec<CannotBe>> {
        let mut cannot: Vec<CannotBe> = Vec::new();
        let mut refuse = |node: &Node, what: &'static str| {
            cannot.push((node.leaf_at(&[]).map(|leaf| leaf.path.clone()).unwrap_or_default(), what));
        };
        let field = |node: &Node, name: &str| node.field(name).and_then(Part::of);
        let must = |node: &Node, name: &str, default: &str| {
            field(node, name).unwrap_or_else(|| Part::Constant(default.to_owned()))
        };
        let mut claims = Vec::with_capacity(template.claims.len());
        for (when, claim) in &template.claims {
            for (name, what) in [("figures", "figures of claims"), ("attributed_to", "attributions of claims")] {
                if let Some(node) = claim.field(name) {
                    refuse(node, what);
                }
            }
            claims.push(ClaimPattern {
                when: when.clone(),
                source: must(claim, "source", ""),
                locator: field(claim, "locator"),
                stance: must(claim, "stance", STANCE),
                modality: must(claim, "modality", "asserted"),
                credibility: must(claim, "credibility", "6"),
                valid: field(claim, "valid"),
                note: must(claim, "note", super::NOTE),
            });
        }
        let record = &template.record;
        let roles = match record.field("roles") {
            Some(Node::Map(fields)) => {
                fields.iter().filter_map(|(name, node)| Some((name.clone(), Part::of(node)?))).collect()
            }
            _ => Vec::new(),
        };
        let ends = [must(record, "subject", ""), must(record, "object", "")];
        let by = [ends[0].by(), ends[1].by()];
        let made = Self {
            when: template.when.clone(),
            id: field(record, "id"),
            ends,
            by,
            kind: must(record, "type", ""),
            valid: must(record, "valid", ""),
            basis: must(record, "basis", "reported"),
            note: field(record, "note"),
            roles,
            claims,
        };
        if cannot.is_empty() { Ok(made) } else { Err(cannot) }
    }

    /// Whether ids of relations are given.
    pub(super) const fn gives_ids(&self) -> bool {
        self.id.is_some()
    }

    /// Whether a row makes this one.
    pub(super) fn is_for(&self, at: &At<'_>) -> bool {
        self.when.iter().all(|condition| condition.holds(at.cells, at.empty))
    }

    /// The texts that name the ends of a row's relation, with the registers they are of, where they can be read.
    pub(super) fn names<'p>(&'p self, at: &At<'_>) -> [Option<(Cow<'p, str>, Option<&'p str>)>; 2] {
        let mut all = [None, None];
        for ((slot, part), by) in all.iter_mut().zip(&self.ends).zip(&self.by) {
            *slot = part.read(at).ok().flatten().map(|text| (text, by.as_deref()));
        }
        all
    }

    /// The relation that a row makes.
    pub(super) fn make(&self, at: &At<'_>, actors: &ActorIndex, check: &mut RowCheck) -> Result<Relation, Not> {
        let mut ends = [ActorId::new(0); 2];
        for (((end, part), by), what) in ends.iter_mut().zip(&self.ends).zip(&self.by).zip(["subject", "object"]) {
            let text = part.need(at, what)?;
            *end = match actors.find(&text, by.as_deref()) {
                Ok(number) => ActorId::new(number as usize),
                Err(missing) => {
                    let how = by.as_ref().map_or_else(String::new, |by| format!(" by the register `{by}`"));
                    let (code, message) = match missing {
                        Missing::Unknown => ("unknown-actor", format!("no actor is called `{text}`{how}")),
                        Missing::Ambiguous => ("ambiguous-actor", format!("`{text}` fits several actors{how}")),
                    };
                    return Err(Not::Bad(code, at.in_column(part.column(), &message)));
                }
            };
        }
        let given = match &self.id {
            Some(part) => part.may(at)?.map(|id| (id, part.column())),
            None => None,
        };
        let id: Text<'_> = match given {
            Some((id, column)) => {
                if !crate::dataset::check::is_id(&id, "-_.") {
                    let message = format!(
                        "`{id}` is no id: lower-case letters a–z, digits and `-` `_` `.`, a letter or digit first"
                    );
                    return Err(Not::Bad("bad-id", at.in_column(column, &message)));
                }
                text(id)
            }
            None => at.id().into(),
        };
        let mut claims = Vec::with_capacity(self.claims.len());
        for claim in &self.claims {
            if !claim.when.iter().all(|condition| condition.holds(at.cells, at.empty)) {
                continue;
            }
            match claim.make(at) {
                Ok(claim) => claims.push(Box::new(claim)),
                Err(Not::LeftOut) => {}
                Err(bad) => return Err(bad),
            }
        }
        if claims.is_empty() {
            return Err(Not::Bad("no-source", "no claim is made of this row, and a relation needs one".into()));
        }
        let mut roles = BTreeMap::new();
        for (name, part) in &self.roles {
            if let Some(value) = part.may(at)? {
                roles.insert(Text::from(name.as_str()), text(value));
            }
        }
        let in_roles = roles.values().map(|value| actors.by_id(value).map(|n| ActorId::new(n as usize))).collect();
        let draft = RelationDraft {
            id,
            subject: Text::default(),
            kind: text(self.kind.need(at, "type")?),
            object: Text::default(),
            valid: text(self.valid.need(at, "valid")?),
            roles,
            basis: text(self.basis.need(at, "basis")?),
            claims,
            note: match &self.note {
                Some(part) => part.may(at)?.map(text),
                None => None,
            },
        };
        check.relation(ends, in_roles, draft).map_err(|wrong| Not::Bad(wrong.code, wrong.message))
    }
}

impl ClaimPattern {
    fn make(&self, at: &At<'_>) -> Result<ClaimDraft<'_>, Not> {
        let locator = match &self.locator {
            Some(part) => part.may(at)?.map(text),
            None => None,
        };
        let credibility = self.credibility.need(at, "credibility")?;
        let Ok(number) = credibility.parse::<i64>() else {
            let message = format!("`{credibility}` is no whole number");
            return Err(Not::Bad("not-a-number", at.in_column(self.credibility.column(), &message)));
        };
        Ok(ClaimDraft {
            source: text(self.source.need(at, "source")?),
            locator: locator.unwrap_or_else(|| at.locator.to_owned().into()),
            stance: text(self.stance.need(at, "stance")?),
            modality: text(self.modality.need(at, "modality")?),
            attributed_to: None,
            // What is no grade is told by the check.
            credibility: u8::try_from(number).unwrap_or(0),
            valid: match &self.valid {
                Some(part) => part.may(at)?.map(text),
                None => None,
            },
            figures: Vec::new(),
            note: text(self.note.need(at, "note")?),
        })
    }
}

fn text(cow: Cow<'_, str>) -> Text<'_> {
    match cow {
        Cow::Borrowed(text) => text.into(),
        Cow::Owned(text) => text.into(),
    }
}
