//! What the everyday commands and (later) `ask` share: typed questions about a graph, and answers with their evidence.
//!
//! A [`Lens`] is a graph seen through a [`Scope`] (days, claims, types, lineage); each file answers one sort of question through it.
//! Answers are plain data that serialises to the JSON of the command line. Nothing here prints, reads files or asks the clock.

mod bars;
mod changes;
mod company;
mod conflicts;
mod descent;
mod history;
mod lens;
mod lineage;
mod matrix;
mod path;
mod recorded;
mod rows;
mod scope;
mod search;
mod shared;
mod signs;
mod ties;
mod timeline;
mod verdict;
mod word;

pub use crate::graph::Line;
pub use bars::{Bar, BarGroup, Bars, EventBar, LineBars, NamePeriod, bars};
pub use changes::{Change, ChangeKind, Changes, Turn, changes};
pub use company::{blocs, most_connected};
pub use conflicts::{Conflict, ConflictKind, conflicts};
pub use descent::{Branch, Descent, Life, Passage, descent};
pub(crate) use history::remembered;
pub use history::{EVENT_MEMORY_DAYS, History, history, sign};
pub use lens::Lens;
pub use lineage::{LineageStep, StepKind, lineage};
pub use matrix::{Comparison, Footing, Member, Pair, Shift, ShiftKind, State, Tie, Turned, compare, matrix, state};
pub use path::{Chain, Link, MOST_HOPS, chains};
pub use rows::{
    ActorBrief, AttributionRow, ClaimRow, EventRow, FigureRow, ParticipantRow, RelationRow, SourceBrief, citations,
};
pub use scope::{Scope, When};
pub use search::{Hit, search};
pub use shared::{Common, SharedTies, shared};
pub use signs::{PairSigns, Turning, signs_over_time};
pub use ties::{MOST_ELSEWHEN, Ties, ties};
pub use timeline::{Entry, EntryKind, timeline};
pub use verdict::{Answer, Reason, verdict};
pub use word::{RelationWord, WordError};
