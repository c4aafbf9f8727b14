//! Answers in words: names, dates, relations as sentences, lists.

use crate::model::{ActorId, NameKind, Verdict};
use crate::question::{Lens, RelationRow};
use crate::time::{Dated, Holds, Window};
use std::collections::BTreeSet;

/// Writes one answer: it knows whom it has named already, so that an acronym stands beside a name the first time only.
pub(crate) struct Wording<'a, 'g> {
    lens: &'a Lens<'g>,
    named: BTreeSet<ActorId>,
}

impl<'a, 'g> Wording<'a, 'g> {
    pub(crate) const fn new(lens: &'a Lens<'g>) -> Self {
        Self { lens, named: BTreeSet::new() }
    }

    /// The name an actor bore in the days asked about, the first time with its acronym: `Hayat Tahrir al-Sham (HTS)`.
    pub(crate) fn name(&mut self, id: ActorId) -> String {
        let name = self.lens.name(id).to_owned();
        if !self.named.insert(id) {
            return name;
        }
        match acronym(self.lens, id) {
            Some(acronym) if acronym != name => format!("{name} ({acronym})"),
            _ => name,
        }
    }

    /// Several names as a list: `A, B and C`.
    pub(super) fn names(&mut self, ids: &[ActorId]) -> String {
        list(&ids.iter().map(|id| self.name(*id)).collect::<Vec<_>>())
    }

    /// A relation as a sentence without its full stop and dates, in the past tense when it is over: `Russia backs Assad regime`.
    pub(crate) fn relation(&mut self, row: &RelationRow) -> String {
        let subject = self.name(row.subject_id);
        let is_plural = is_plural(self.lens, row.subject_id);
        let phrase = predicate(&row.label, self.is_past(row), is_plural);
        format!("{subject} {phrase} {}", self.name(row.object_id))
    }

    /// A relation with its dates: `Russia backed Assad regime (from about 2015 until 2024-12-08)`.
    pub(super) fn told(&mut self, row: &RelationRow) -> String {
        let sentence = self.relation(row);
        let mut remarks = self.roles(row);
        remarks.push(reading(&row.valid));
        match row.status {
            "supported" if row.modality == "asserted" => {}
            "supported" => remarks.push(modality_in_words(row.modality).to_owned()),
            "denied" => remarks.push("denied by the sources".to_owned()),
            status => remarks.push(status.to_owned()),
        }
        if row.stale
            && let Some(day) = &row.last_attested
        {
            remarks.push(format!("last attested {}", published(day)));
        }
        format!("{sentence} ({})", remarks.join("; "))
    }

    /// A relation with its dates as a sentence.
    pub(super) fn told_sentence(&mut self, row: &RelationRow) -> String {
        sentence(&self.told(row))
    }

    /// What a relation says besides its ends: `as national security adviser`, `against Islamic State`.
    pub(crate) fn roles(&self, row: &RelationRow) -> Vec<String> {
        let roles = &self.lens.graph.relation(row.relation).roles;
        roles
            .iter()
            .map(|role| {
                let value = role.actor.map_or(&*role.value, |id| self.lens.name(id));
                match &*role.name {
                    "office" => format!("as {value}"),
                    "against" | "with" => format!("{} {value}", role.name),
                    name => format!("{name}: {value}"),
                }
            })
            .collect()
    }

    /// Whether a relation is over on the last day asked about, or on the last day of the data when all of time is.
    pub(crate) fn is_past(&self, row: &RelationRow) -> bool {
        let day = self.lens.scope.now(self.lens.graph);
        let dated = self.lens.view.dated(row.relation);
        let standing = self.lens.view.standing(row.relation);
        !dated.is_interval() || (!dated.has_no_end() && standing.dates.holds(Window::on(day)) == Holds::No)
    }
}

/// A list in words: `A, B and C`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The acronym of an actor in Latin letters that its name spells out; none for states, of which nobody needs to be told.
pub(crate) fn acronym<'g>(lens: &Lens<'g>, id: ActorId) -> Option<&'g str> {
    let actor = lens.graph.actor(id);
    if &*lens.graph.vocabulary().kind(actor.kind).name == "state" {
        return None;
    }
    let spelt = lens.name(id).to_lowercase();
    let spells = |acronym: &str| {
        let mut letters = spelt.chars();
        acronym.to_lowercase().chars().all(|c| letters.any(|letter| letter == c))
    };
    let mut acronyms = actor.names.iter().filter(|n| n.kind == NameKind::Acronym && n.text.is_ascii());
    acronyms.find(|n| spells(&n.text)).map(|n| &*n.text)
}

/// Whether a name is a plural: the head noun of a name for people or bands of people ends so.
pub(crate) fn is_plural(lens: &Lens<'_>, id: ActorId) -> bool {
    let kind = &*lens.graph.vocabulary().kind(lens.graph.actor(id).kind).name;
    let name = lens.name(id);
    let head =
        [" of ", " in ", " who ", " that ", " within ", " among ", " near ", " to ", " hit ", " under ", " close "]
            .iter()
            .fold(name, |head, word| head.split(word).next().unwrap_or(head));
    matches!(kind, "faction" | "community" | "militia" | "unidentified") && head.ends_with('s') && !head.ends_with("ss")
        || name.ends_with("s") && name.starts_with("the ")
}

/// How a label stands after its subject: with the verb it lacks, in the tense and number asked for.
///
/// Labels begin with a verb in the third person (`backs`, `has an agreement with`), with `may`, or with an adjective, participle or noun
/// (`hostile to`, `absorbed by`, `enemy of`), which need an `is`.
pub(crate) fn predicate(label: &str, is_past: bool, is_plural: bool) -> String {
    let (first, rest) = label.split_once(' ').unwrap_or((label, ""));
    let be = match (is_past, is_plural) {
        (true, true) => "were",
        (true, false) => "was",
        (false, true) => "are",
        (false, false) => "is",
    };
    let verb = match first {
        "is" => be.to_owned(),
        "may" => "may".to_owned(),
        "enemy" | "affiliate" => return format!("{be} an {label}"),
        "rival" | "member" | "proxy" | "wing" | "successor" | "base" => return format!("{be} a {label}"),
        _ if first.ends_with('s') && first.len() > 2 => match (is_past, is_plural) {
            (true, _) => past(first),
            (false, true) => base(first),
            (false, false) => first.to_owned(),
        },
        _ => return format!("{be} {label}"),
    };
    if rest.is_empty() { verb } else { format!("{verb} {rest}") }
}

/// The past tense of a verb in the third person.
fn past(verb: &str) -> String {
    let irregular = match verb {
        "has" => "had",
        "leads" => "led",
        "meets" => "met",
        "seeks" => "sought",
        "holds" => "held",
        "breaks" => "broke",
        "makes" => "made",
        "splits" => "split",
        "fights" => "fought",
        "overthrows" => "overthrew",
        "loses" => "lost",
        "plots" => "plotted",
        "controls" => "controlled",
        _ => "",
    };
    if !irregular.is_empty() {
        return irregular.to_owned();
    }
    let base = base(verb);
    if base.ends_with('e') {
        format!("{base}d")
    } else if let Some(stem) = base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        format!("{stem}ied")
    } else {
        format!("{base}ed")
    }
}

/// The base form of a verb in the third person.
fn base(verb: &str) -> String {
    match verb {
        "has" => "have".to_owned(),
        _ if ["shes", "ches", "sses", "xes"].iter().any(|ending| verb.ends_with(ending)) => {
            verb[..verb.len() - 2].to_owned()
        }
        _ if verb.ends_with("ies") => format!("{}y", &verb[..verb.len() - 3]),
        _ => verb.strip_suffix('s').unwrap_or(verb).to_owned(),
    }
}

/// How firmly something is said, in words.
pub(crate) const fn modality_in_words(modality: &str) -> &'static str {
    match modality.as_bytes() {
        b"asserted" => "asserted outright",
        b"reported" => "only reported",
        b"possible" => "only claimed as possible",
        b"offered" => "only offered",
        _ => "only predicted",
    }
}

/// A verdict as the first words of an answer.
pub(super) const fn verdict_in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Yes => "Yes.",
        Verdict::No => "No.",
        Verdict::Possible => "Possibly.",
        Verdict::Disputed => "Disputed.",
        Verdict::Unknown => "Nothing is recorded of that (which is not a no).",
    }
}

/// A date or interval as people read it: `since about 2024-12-22`, `between 2025-01-20 and 2025-09-30`, `by 2014`. Plain dates stay as written.
pub(crate) fn reading(written: &str) -> String {
    let Some((start, end)) = written.split_once('/') else { return point(written) };
    let is_known = |text: &str| !text.is_empty() && text != "..";
    match (is_known(start), is_known(end)) {
        (true, true) => format!("from {} until {}", some_time(start), some_time(end)),
        (true, false) if end == ".." => format!("since {}", some_time(start)),
        (true, false) => format!("from {}, no end recorded", some_time(start)),
        (false, true) => format!("until {}, start not recorded", some_time(end)),
        (false, false) => "start and end not recorded".to_owned(),
    }
}

/// When a source was published: a range is one within which it was, not one through which it lasted.
pub(crate) fn published(written: &str) -> String {
    match written.split_once('/') {
        Some((first, last)) => format!("between {} and {}", point(first), point(last)),
        None => point(written),
    }
}

/// An end of an interval.
fn some_time(written: &str) -> String {
    let read = point(written);
    if read.starts_with("between ") { format!("some time {read}") } else { read }
}

/// One date: `[2016,2017]` is `2016 or 2017`, `2016~` is `about 2016`, `..2014` is `2014 at the latest`.
pub(crate) fn point(written: &str) -> String {
    let inner = written.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(written);
    if inner.contains(',') {
        let choices: Vec<String> = inner.split(',').map(|choice| point(choice.trim())).collect();
        return choices.join(" or ");
    }
    match inner.split_once("..") {
        Some(("", last)) => format!("{} at the latest", single(last)),
        Some((first, "")) => format!("{} or later", single(first)),
        Some((first, last)) => format!("between {} and {}", single(first), single(last)),
        None => single(inner),
    }
}

fn single(written: &str) -> String {
    let plain = written.trim_end_matches(['~', '?', '%']);
    let seasons = [("-21", "spring"), ("-22", "summer"), ("-23", "autumn"), ("-24", "winter")];
    let named = seasons.iter().find_map(|(number, season)| match plain.strip_suffix(number) {
        Some(year) if year.len() == 4 => Some(format!("{season} {year}")),
        _ => None,
    });
    let plain = named.unwrap_or_else(|| plain.to_owned());
    match written.chars().last() {
        Some('~') => format!("about {plain}"),
        Some('?') => format!("perhaps {plain}"),
        Some('%') => format!("perhaps about {plain}"),
        _ => plain,
    }
}

/// One end of an interval as a date that stands alone in EDTF: `..2014` is `[..2014]`. `None` when it is open or not recorded.
pub(super) fn standing_alone(end: &str) -> Option<String> {
    match end {
        "" | ".." => None,
        _ if !end.starts_with('[') && (end.starts_with("..") || end.ends_with("..")) => Some(format!("[{end}]")),
        _ => Some(end.to_owned()),
    }
}

/// The width of a date that is bounded on one side only, or cannot be read.
pub(super) const UNBOUNDED: i64 = i64::MAX;

/// The days that a written date may touch, as a number: how narrow it is.
pub(super) fn width(written: &str) -> i64 {
    let hull = Dated::parse(written).map(|dated| dated.hull()).ok();
    let bounded = hull.filter(|hull| hull.earliest.is_bounded() && hull.latest.is_bounded());
    bounded.map_or(UNBOUNDED, |hull| i64::from(hull.latest.number()) - i64::from(hull.earliest.number()))
}

/// A text as a sentence: with a capital and a full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.trim().chars();
    let Some(first) = chars.next() else { return String::new() };
    let stop = if text.trim_end().ends_with(['.', '?', '!']) { "" } else { "." };
    // Names that begin small stay so: `al-Qaeda`.
    let head = if text.trim().starts_with("al-") { first.to_string() } else { first.to_uppercase().collect() };
    format!("{head}{}{stop}", chars.as_str().trim_end())
}

/// A text with a full stop, its first letter as it is: for citations, which begin with a source's id.
pub(super) fn sentence_kept(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_people_say_them() {
        assert_eq!(reading("2024-12"), "2024-12");
        assert_eq!(reading("[2025-01-20..2025-09-30]"), "between 2025-01-20 and 2025-09-30");
        assert_eq!(reading("[2016,2017]"), "2016 or 2017");
        assert_eq!(reading("2024-12-22~/.."), "since about 2024-12-22");
        assert_eq!(reading("..2014/[2016,2017]"), "from 2014 at the latest until 2016 or 2017");
        assert_eq!(reading("[2017-01..2019-01]/.."), "since some time between 2017-01 and 2019-01");
        assert_eq!(reading("/.."), "start and end not recorded");
        assert_eq!(reading("2018/2025-07.."), "from 2018 until 2025-07 or later");
        assert_eq!(reading("/2024-12"), "until 2024-12, start not recorded");
        assert_eq!(reading("2016-21"), "spring 2016");
    }

    #[test]
    fn predicates_have_a_verb() {
        assert_eq!(predicate("backs", true, false), "backed");
        assert_eq!(predicate("enemy of", false, true), "are an enemy of");
        assert_eq!(predicate("hostile to", true, false), "was hostile to");
        assert_eq!(predicate("clashes with", true, false), "clashed with");
        assert_eq!(predicate("occupies", true, false), "occupied");
        assert_eq!(predicate("has an agreement with", false, true), "have an agreement with");
        assert_eq!(predicate("may defect to", true, true), "may defect to");
        assert_eq!(predicate("represses", true, false), "repressed");
        assert_eq!(predicate("is granted advantages by", true, false), "was granted advantages by");
    }

    #[test]
    fn ends_stand_alone() {
        assert_eq!(standing_alone("..2014").as_deref(), Some("[..2014]"));
        assert_eq!(standing_alone(".."), None);
        assert_eq!(standing_alone("2025-07..").as_deref(), Some("[2025-07..]"));
        assert_eq!(standing_alone("[2016,2017]").as_deref(), Some("[2016,2017]"));
    }
}
