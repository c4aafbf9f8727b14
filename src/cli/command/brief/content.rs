//! What a brief says: statements in sections, each with the claims that it rests on.

use crate::model::{Category, SourceId};
use crate::question::{ActorBrief, ClaimRow, Lens, Line, RelationRow};

/// Statements under one heading.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// What programs call it.
    pub(super) id: &'static str,
    pub(super) heading: String,
    /// What a reader should know before reading it.
    pub(super) remark: Option<String>,
    pub(super) statements: Vec<Statement>,
    /// Sources that a statement cites without a place: those that use a name.
    pub(super) named_by: Vec<SourceId>,
}

/// Why a tie stands where it does in its section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// It needs no remark.
    #[default]
    Plain,
    /// It certainly began and no end is recorded, and those who attest it are older than the days asked about.
    Attested,
    /// Its dates leave it open.
    Open,
    /// It is only reported, offered, expected or thought possible.
    Said,
}

/// One statement.
#[derive(Clone, Debug, Default)]
pub(super) struct Statement {
    /// In words, without its citations.
    pub(super) text: String,
    /// When, where the section goes by time.
    pub(super) date: Option<String>,
    /// `certain`, `possible`, `contested`, `denied`; empty for what counts records.
    pub(super) holds: &'static str,
    /// With which others it stands.
    pub(super) group: Group,
    /// The actor at the other end.
    pub(super) about: Option<ActorBrief>,
    /// The readable id of the record.
    pub(super) record: Option<String>,
    /// The claims it rests on.
    pub(super) claims: Vec<ClaimRow>,
    /// Whether what each claim says belongs to the statement, and is told even in a short brief.
    pub(super) is_told_in_full: bool,
}

/// The ties of a section: its id, its heading, the categories, a remark.
const TIES: &[(&str, &str, &[Category], Option<&str>)] = &[
    ("friends", "Friends and supporters", &[Category::Cooperation, Category::Support], None),
    ("enemies", "Enemies", &[Category::Hostility], None),
    ("listings", "Listings and sanctions", &[Category::Designation], None),
    ("structure", "Leadership, parts and affiliations", &[Category::Structure], None),
    ("dealings", "Dealings", &[Category::Diplomacy], None),
    (
        "attitudes",
        "Attitudes, outreach and risks",
        &[Category::Stance],
        Some("Moods, wishes and risks as sources see them. None of them is an alliance or an act."),
    ),
    ("places", "Where", &[Category::Territory], None),
];

/// Everything that a brief says about a line; `full` leaves nothing out that a short one passes over.
pub(super) fn sections(lens: &Lens<'_>, line: &Line, full: bool) -> Vec<Section> {
    let teller = Teller { lens, line };
    let mut all = vec![teller.names(), teller.nature(), teller.lineage()];
    let rows = teller.ties_at_date();
    all.extend(TIES.iter().map(|(id, heading, categories, remark)| {
        let words: Vec<&str> = categories.iter().map(|c| c.word()).collect();
        let of_section: Vec<&RelationRow> = rows.iter().filter(|row| words.contains(&row.category)).collect();
        let shown: Vec<&RelationRow> =
            of_section.iter().filter(|row| full || !teller.is_of_an_informant(row)).copied().collect();
        let passed_over = of_section.len() - shown.len();
        let told = (passed_over > 0)
            .then(|| format!("{passed_over} ties of people whom the sources leave without a name are left to --full."));
        let mut statements: Vec<Statement> = shown.into_iter().map(|row| teller.tie(row)).collect();
        statements.sort_by_key(|s| s.group);
        section(id, *heading, remark.map(str::to_owned).or(told), statements)
    }));
    all.extend([teller.earlier(&rows)]);
    all.extend(teller.events());
    all.extend([teller.contested(), teller.denied(), teller.figures()]);
    all.extend([teller.open_questions(), teller.unknown(&rows)]);
    if let Some(most) = lens.scope.limit {
        for section in &mut all {
            let cut = section.statements.len().saturating_sub(most);
            section.statements.truncate(most);
            if cut > 0 {
                let left = format!("{cut} more left out by --limit.");
                section.remark =
                    Some(section.remark.take().map_or_else(|| left.clone(), |remark| format!("{remark} {left}")));
            }
        }
    }
    all.retain(|s| !s.statements.is_empty());
    all
}

pub(super) fn section(
    id: &'static str,
    heading: impl Into<String>,
    remark: Option<String>,
    statements: Vec<Statement>,
) -> Section {
    Section { id, heading: heading.into(), remark, statements, named_by: Vec::new() }
}

pub(super) struct Teller<'l, 'g> {
    pub(super) lens: &'l Lens<'g>,
    pub(super) line: &'l Line,
}
