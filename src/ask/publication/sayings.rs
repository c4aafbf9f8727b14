//! Sources that say something: "what does the Post say about HTS", "as MEI reports", "the Post says".

use super::knowledge::dated_sources;
use super::names::{Mention, Names};
use super::{Said, is_after_pause, phrase_at};
use crate::ask::Problem;
use crate::ask::sentence::Sentence;
use crate::graph::TemporalGraph;

/// Verbs of saying: the bare form, the present, the past.
const VERBS: &[[&str; 3]] = &[
    ["say", "says", "said"],
    ["report", "reports", "reported"],
    ["write", "writes", "wrote"],
    ["claim", "claims", "claimed"],
    ["state", "states", "stated"],
    ["tell", "tells", "told"],
    ["mention", "mentions", "mentioned"],
    ["argue", "argues", "argued"],
    ["note", "notes", "noted"],
    ["reveal", "reveals", "revealed"],
    ["suggest", "suggests", "suggested"],
    ["assert", "asserts", "asserted"],
    ["record", "records", "recorded"],
    ["think", "thinks", "thought"],
    ["tell us", "tells us", "told us"],
];

/// Verbs of which the whole is asked for: "how does the Post describe HTS".
const DESCRIBING: &[[&str; 3]] = &[
    ["describe", "describes", "described"],
    ["characterise", "characterises", "characterised"],
    ["characterize", "characterizes", "characterized"],
    ["portray", "portrays", "portrayed"],
    ["depict", "depicts", "depicted"],
    ["present", "presents", "presented"],
];

/// After "as X": "as MEI has it".
const AS_VERBS: &[&str] =
    &["puts it", "put it", "has it", "had it", "sees it", "saw it", "tells it", "describes it", "described it"];

const AUXILIARIES: &[&str] = &["do", "does", "did", "would", "can", "could", "have", "has"];

/// Reads a phrase at a word; the place after it.
pub(super) fn read(
    graph: &TemporalGraph,
    names: &Names,
    sentence: &mut Sentence,
    at: usize,
    said: &mut Said,
) -> Option<Result<usize, Problem>> {
    if !sentence.is_free(at..at + 1) {
        return None;
    }
    if matches!(sentence.word(at), "claims" | "statements") {
        return claims_made(graph, names, sentence, at, said);
    }
    if sentence.word(at) == "as" {
        return as_said(graph, names, sentence, at, said);
    }
    let has_auxiliary = AUXILIARIES.contains(&sentence.word(at));
    let subject = if has_auxiliary { at + 1 } else { at };
    let before = at.checked_sub(1).map_or("", |before| sentence.word(before));
    let asks = matches!(before, "what" | "what'd" | "whatd" | "how" | "how'd" | "else" | "much");
    // "Lister of the Middle East Institute says", "told the Post"
    if !has_auxiliary
        && matches!(before, "of" | "at" | "from" | "with" | "told" | "tell" | "which" | "by" | "for" | "to")
    {
        return None;
    }
    let speaker = match speaker(graph, names, sentence, subject, asks) {
        Some(Ok(speaker)) => speaker,
        Some(Err(problem)) => return Some(Err(problem)),
        None => return None,
    };
    let (speaker, verb_end, describes) = speaker.into_iter().find_map(|speaker| {
        let (end, describes) =
            verb(sentence, speaker.end(), has_auxiliary || before == "what'd" || before == "how'd", speaker.is_many())?;
        Some((speaker, end, describes))
    })?;
    let (mut speaker, mut end) = (speaker, verb_end);
    let subject_end = speaker.end();
    // "what did the Post report in January 2025 about HTS"
    if asks
        && let Speaker::Named(mention) = &speaker
        && let Some(Ok((dated, after))) = super::sources::published_then(graph, sentence, mention, end)
        && matches!(sentence.word(after), "about" | "on" | "regarding" | "concerning")
    {
        (speaker, end) = (Speaker::Named(dated), after);
    }
    if sentence.word(end) == "that" && sentence.is_free(end..end + 1) {
        end += 1;
    }
    let is_about = end >= sentence.words.len()
        || is_after_pause(sentence, end)
        || matches!(
            sentence.word(end),
            "about" | "bout" | "abt" | "on" | "of" | "regarding" | "concerning" | "re" | "with" | "and" | "in"
        );
    let asks_what = asks && (describes || (is_about && before != "how"));
    if matches!(speaker, Speaker::Sources { .. }) && !asks {
        return None;
    }
    if describes && !asks {
        return None;
    }
    let typed = sentence.typed(subject..subject_end).to_owned();
    sentence.take(at..end);
    said.asks_what_is_said |= asks_what;
    said.is_said = true;
    match speaker {
        Speaker::Named(mention) => {
            said.name(&mention.ids);
            said.remarks.extend(mention.remark);
        }
        Speaker::Sources { time: Some(time), .. } => {
            if let Err(problem) = said.published(graph, &time, &typed) {
                return Some(Err(problem));
            }
        }
        Speaker::Sources { .. } => {}
    }
    Some(Ok(end))
}

/// Who says something.
#[derive(Clone, Debug)]
enum Speaker {
    /// Sources by name.
    Named(Mention),
    /// "the sources", "articles from before 2020".
    Sources { end: usize, time: Option<super::Time> },
}

impl Speaker {
    const fn end(&self) -> usize {
        match self {
            Self::Named(mention) => mention.end,
            Self::Sources { end, .. } => *end,
        }
    }

    fn is_many(&self) -> bool {
        match self {
            Self::Named(mention) => mention.ids.len() > 1,
            Self::Sources { .. } => true,
        }
    }
}

/// The speakers that the words may name, likeliest first: "MEI report" may be a report, or MEI that reports.
fn speaker(
    graph: &TemporalGraph,
    names: &Names,
    sentence: &Sentence,
    at: usize,
    asks: bool,
) -> Option<Result<Vec<Speaker>, Problem>> {
    if let Some(dated) = dated_sources(sentence, at) {
        return Some(dated.map(|(_, end, time)| vec![Speaker::Sources { end, time: Some(time) }]));
    }
    let noun = if matches!(sentence.word(at), "the" | "our" | "all" | "your") { at + 1 } else { at };
    let noun = if noun > at && sentence.word(at) == "all" && sentence.word(noun) == "the" { noun + 1 } else { noun };
    if asks && super::names::is_sorts(sentence.word(noun)) && sentence.is_free(at..noun + 1) {
        return Some(Ok(vec![Speaker::Sources { end: noun + 1, time: None }]));
    }
    let mention = match names.mentions(graph, sentence, at, true)? {
        Ok(mention) => mention,
        Err(problem) => return Some(Err(problem)),
    };
    // The last word taken may be the verb: "what does MEI report", "what do the Post and MEI report".
    let bare = (mention.is_marked && mention.end > at + 1).then(|| Mention { end: mention.end - 1, ..mention.clone() });
    let mut all = Vec::new();
    for mention in [Some(mention), bare].into_iter().flatten() {
        let mut mention = match super::sources::dated_mention(graph, sentence, mention) {
            Ok(mention) => mention,
            Err(problem) => return Some(Err(problem)),
        };
        // "what did the Post, in January 2025, say"
        if is_after_pause(sentence, mention.end)
            && let Some(Ok((dated, end))) = super::sources::published_then(graph, sentence, &mention, mention.end)
            && is_after_pause(sentence, end)
        {
            mention = dated;
        }
        all.push(Speaker::Named(mention));
    }
    Some(Ok(all))
}

/// A verb of saying at a word: where it ends, and whether it describes.
fn verb(sentence: &Sentence, at: usize, bare: bool, many: bool) -> Option<(usize, bool)> {
    let at = match (sentence.word(at), sentence.word(at + 1)) {
        ("have" | "has" | "had", "to") => {
            return phrase_at(sentence, at + 2, &["say", "report", "tell", "tell us"]).map(|n| (at + 2 + n, false));
        }
        ("also" | "actually" | "really" | "each" | "both" | "all", _) => at + 1,
        _ => at,
    };
    for (verbs, describes) in [(VERBS, false), (DESCRIBING, true)] {
        let length = verbs
            .iter()
            .filter_map(|[base, present, past]| {
                let forms: &[&str] = if bare {
                    &[base]
                } else if many {
                    &[base, past]
                } else {
                    &[present, past]
                };
                phrase_at(sentence, at, forms)
            })
            .max();
        if let Some(length) = length {
            return Some((at + length, describes));
        }
    }
    None
}

/// "as the Post reports", "as MEI has it".
fn as_said(
    graph: &TemporalGraph,
    names: &Names,
    sentence: &mut Sentence,
    at: usize,
    said: &mut Said,
) -> Option<Result<usize, Problem>> {
    let mention = match names.mentions(graph, sentence, at + 1, false)? {
        Ok(mention) => mention,
        Err(problem) => return Some(Err(problem)),
    };
    let verb = phrase_at(sentence, mention.end, AS_VERBS)
        .map(|length| mention.end + length)
        .or_else(|| verb(sentence, mention.end, false, mention.ids.len() > 1).map(|(end, _)| end))?;
    sentence.take(at..verb);
    said.name(&mention.ids);
    said.remarks.extend(mention.remark);
    Some(Ok(verb))
}

/// "what claims does the Post make", "which claims come from MEI".
fn claims_made(
    graph: &TemporalGraph,
    names: &Names,
    sentence: &mut Sentence,
    at: usize,
    said: &mut Said,
) -> Option<Result<usize, Problem>> {
    let asks = at.checked_sub(1).is_some_and(|before| matches!(sentence.word(before), "what" | "which"));
    let (start, makes) = match (sentence.word(at + 1), sentence.word(at + 2)) {
        ("do" | "does" | "did", _) => (at + 2, true),
        ("come" | "came" | "comes" | "stem" | "are" | "were", "from") => (at + 3, false),
        _ => return None,
    };
    let mention = match names.mentions(graph, sentence, start, false).filter(|_| asks)? {
        Ok(mention) => mention,
        Err(problem) => return Some(Err(problem)),
    };
    let end = if makes { mention.end + phrase_at(sentence, mention.end, &["make"])? } else { mention.end };
    sentence.take(at..end);
    said.asks_what_is_said = true;
    said.name(&mention.ids);
    Some(Ok(end))
}
