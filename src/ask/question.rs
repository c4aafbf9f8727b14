//! What can be asked, typed.

use crate::model::{ActorId, KindId};
use crate::question::{RelationWord, Scope};
use crate::time::{Dated, Day};

/// An actor as a sentence names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As typed.
    pub text: String,
    /// Who is meant.
    pub actor: ActorId,
}

/// A set of actors, as a sentence describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The one named, with its line.
    Named(Named),
    /// Everybody: "who is designated", "which groups have pledged allegiance".
    Anybody,
    /// Those of whom it is true that they stand so to one of the others: `x tie to`. `enemies of Turkey's allies` is
    /// `Related { tie: hostile-to, to: Related { tie: allied-with, to: Named(Turkey) } }`; `who was designated by the US` has `tie` inverted.
    Related {
        /// How they stand, read from those asked for to the others.
        tie: RelationWord,
        /// To whom.
        to: Box<Who>,
    },
    /// Those of both sets: "what enemy do A and B have in common".
    Both(Box<Who>, Box<Who>),
}

/// What sort of actors is asked for: "which states", "which Central Asian groups".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Actors of these kinds.
    Kinds {
        /// As typed: `states`.
        text: String,
        /// The kinds, ascending.
        kinds: Vec<KindId>,
    },
    /// An actor and its parts.
    PartsOf(Named),
}

/// How a tie must stand for those it joins to be meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// It holds in the days asked about.
    #[default]
    Holding,
    /// The sources deny it: "which groups never broke with al-Qaeda".
    Denied,
    /// It has ended: "who stopped backing HTS".
    Ended,
}

/// Which end of a span of time is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// When it began or happened: "when did X designate Y", "since when".
    Start,
    /// When it ended: "until when", "when did X stop …".
    Finish,
    /// From when to when: "when was X allied with Y", "how long".
    Span,
}

/// Which names are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamesWanted {
    /// All of them: "other names of X".
    All,
    /// Earlier ones: "what was X called before".
    Former,
    /// Acronyms: "abbreviation of X".
    Short,
    /// What an acronym stands for: "what does X stand for".
    Full,
}

/// Which way a lineage is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// What it came from: "who preceded X", "what did X grow out of".
    Origins,
    /// What became of it: "what did X become", "who succeeded X".
    Outcomes,
    /// Who split from it, or whom it split from.
    Breaks,
    /// All of it.
    All,
}

/// What is wanted of a record that the words of a sentence describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Its date: "when did the PKK lay down its arms".
    When,
    /// Who took part: "who gave Assad refuge".
    Who,
    /// Where: "where did Trump meet Sharaa".
    Where,
    /// Whether it is recorded: "did Trump meet Sharaa".
    Whether,
    /// A number: "how many troops …".
    HowMany,
    /// What happened, or what was said: "what happened in March 2025", "why …", "what did X say about …".
    What,
}

/// A question to records (events first, then relations) by the words they share with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordQuestion {
    /// What is wanted of the record.
    pub wanted: Wanted,
    /// Who is named, in the order of the sentence.
    pub actors: Vec<Named>,
    /// The one of `actors` that does it, where the sentence says so ("did TURKEY attack …", "… attacked by TURKEY").
    pub agent: Option<usize>,
    /// The one of `actors` to whom it is done.
    pub target: Option<usize>,
    /// The content words, in small letters, in the order of the sentence: all must be accounted for by the record.
    pub words: Vec<String>,
}

/// A question, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Who stands so: "who backs Assad", "enemies of Turkey's allies", "which states designated HTS".
    Who {
        /// The set; never only `Named`.
        set: Who,
        /// What sort of actors.
        sort: Option<Sort>,
        /// Whether those are wanted of whom it holds, is denied, or has ended.
        manner: Manner,
    },
    /// Whether one stood to another: "was HTS allied with al-Qaeda".
    Whether {
        /// Who.
        a: Named,
        /// How, read from `a` to `b`.
        tie: RelationWord,
        /// To whom; to anybody when absent ("is HTS designated").
        b: Option<Named>,
        /// It is asked whether that has ended: "did Biden delist HTS", "does Turkey no longer back HTS".
        ended: bool,
    },
    /// When one stood to another.
    When {
        /// Who.
        a: Named,
        /// How, read from `a` to `b`.
        tie: RelationWord,
        /// To whom; to anybody when absent.
        b: Option<Named>,
        /// Which end of it.
        end: End,
    },
    /// What two were to each other.
    Between {
        /// One.
        a: Named,
        /// The other.
        b: Named,
    },
    /// Whether two names are one actor's, or of one line.
    Same {
        /// One.
        a: Named,
        /// The other.
        b: Named,
    },
    /// What somebody is or was called.
    Names {
        /// Who.
        of: Named,
        /// Which names.
        wanted: NamesWanted,
    },
    /// What became of somebody, or whom it came from.
    Lineage {
        /// Who.
        of: Named,
        /// Which way.
        toward: Toward,
    },
    /// Whether somebody still exists, or since or until when: "is HTS dissolved", "when was HTS founded".
    Existence {
        /// Who.
        of: Named,
        /// A date is wanted: of the beginning or the end; without, a verdict on whether it exists.
        end: Option<End>,
        /// The sentence asks whether it is gone ("is X dissolved"), so that a yes means that it is.
        gone: bool,
    },
    /// How two are connected.
    Path {
        /// One.
        a: Named,
        /// The other.
        b: Named,
    },
    /// What changed.
    Changes {
        /// For whom; for everybody when empty. With two, for the pair.
        of: Vec<Named>,
        /// After this day.
        from: Option<Day>,
        /// Up to this day, included.
        to: Option<Day>,
    },
    /// Where the sources disagree.
    Disagreements {
        /// About whom; about anybody when empty, about a pair when two.
        about: Vec<Named>,
    },
    /// Which claims rest on people without a name.
    Anonymous {
        /// About whom.
        about: Vec<Named>,
    },
    /// What is recorded within the scope (a source, a date of knowledge): "what does the Washington Post say about HTS".
    Known {
        /// About whom.
        about: Vec<Named>,
    },
    /// How many answers another question has.
    Count(Box<Question>),
    /// Whether there is any answer to another question: "do A and B share an enemy".
    Any(Box<Question>),
    /// Who says what another question asks about: "who says that …", "what is the source for …".
    Sources(Box<Question>),
    /// How sure another question's answer is: "how sure are we that …".
    Sureness(Box<Question>),
    /// What happened, in order.
    Timeline {
        /// To whom; to anybody when empty.
        of: Vec<Named>,
        /// Events only ("what happened in March 2025").
        events_only: bool,
    },
    /// Who or what somebody is.
    Profile {
        /// Who.
        of: Named,
    },
    /// Where somebody is: bases, presence, ground held.
    Where {
        /// Who.
        of: Named,
    },
    /// Which sources there are, newest or all.
    ListSources,
    /// What the words describe, among events and relations.
    Records(RecordQuestion),
}

/// A question with all that it is limited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is asked.
    pub question: Question,
    /// The days asked about, the claims that count, whether lineage is followed.
    pub scope: Scope,
    /// Whether the sentence names days itself; otherwise `scope.when` is the default of its tense.
    pub is_dated: bool,
    /// The sentence says "now", "still" or "today".
    pub is_now: bool,
    /// What was assumed: spellings, what an anchor's date is, "now".
    pub assumptions: Vec<String>,
    /// Dates that an anchor ("before the fall of Assad") was taken for, as written.
    pub anchors: Vec<Dated>,
    /// The sentence asks whether it is not so ("is HTS not designated"): a yes answers no.
    pub turned: bool,
    /// Words that no part of the reading accounts for, in small letters: the records that answer must, or the reading is dropped.
    pub unaccounted: Vec<String>,
    /// Actors that no part of the reading accounts for ("in Syria", "under al-Sharaa"): the records that answer must name them.
    pub unaccounted_actors: Vec<ActorId>,
}
