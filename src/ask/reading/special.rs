//! Kinds of question that have words of their own: names, lineage, paths, changes, disagreements, sources, counts, timelines.

use super::frame::{Aux, Wh};
use super::items::{Item, Placed};
use super::{Candidate, Parsed};
use crate::ask::lexicon::{Form, Meaning};
use crate::ask::{End, Manner, Named, NamesWanted, Question, Sort, Toward, Who};
use crate::model::Polarity;
use crate::question::{Line, RelationWord};
use crate::time::Day;

/// The questions that a sentence may be by the words of its kind, the likeliest first.
pub(super) fn questions(parsed: &Parsed<'_, '_>) -> Vec<Candidate> {
    let mut candidates = of_names(parsed, parsed.names(), false);
    // "what came after Wagner in Africa": a place may be no more than a circumstance.
    let names = parsed.names_but_places();
    if names.len() < parsed.actors.len() && !names.is_empty() {
        candidates.extend(of_names(parsed, names, true));
    }
    candidates
}

fn of_names(parsed: &Parsed<'_, '_>, mut names: Vec<Named>, leaves_places: bool) -> Vec<Candidate> {
    // "Nusra/HTS and al-Qaeda" are two.
    let mut lines: Vec<Line> = Vec::new();
    let mut apart = names.clone();
    apart.retain(|named| {
        let is_new = !lines.iter().any(|line| line.contains(named.actor));
        lines.push(Line::of(parsed.ground.graph, named.actor));
        is_new
    });
    if names.len() > 2 && apart.len() == 2 {
        names = apart;
    }
    let asks: Vec<&'static str> = parsed.items.iter().flat_map(Parsed::asks).collect();
    let has = |wanted: &str| asks.contains(&wanted);
    let mut found: Vec<(Question, Vec<&'static str>)> = Vec::new();
    found.extend(being_in(parsed).filter(|_| !leaves_places).map(|question| (question, vec![])));
    // Questions about other questions come first: their inner words make a question of their own.
    for (ask, wrap) in
        [("sureness", Question::Sureness as fn(Box<Question>) -> Question), ("sources", Question::Sources)]
    {
        if has(ask) && !has("disagreements") && !has("anonymous") && !has("list-sources") {
            return if leaves_places { Vec::new() } else { inner(parsed, ask, wrap) };
        }
    }
    match (&*names, parsed.wh()) {
        _ if has("anonymous") => found.push((
            Question::Anonymous { about: names.clone() },
            vec!["anonymous", "known", "sources", "publications"],
        )),
        // What they agree about nobody has counted.
        _ if has("disagreements") && parsed.wh() == Some(Wh::What) && parsed.has_word("agree") => {}
        _ if has("disagreements") => found.push((
            Question::Disagreements { about: names.clone() },
            vec!["disagreements", "known", "publications", "sources", "each-other"],
        )),
        _ if has("list-sources") => found.push((Question::ListSources, vec!["list-sources"])),
        _ => {}
    }
    if parsed.publication.asks_what_is_said || (has("known") && parsed.publication.is_said) {
        found.push((
            Question::Known { about: names.clone() },
            vec!["known", "relation", "timeline", "publications", "newest"],
        ));
    }
    if let [a, b] = &*names {
        // "was Jolani a nom de guerre of al-Sharaa", "did HTS exist under the name Nusra Front".
        let asks_for_name = parsed.wh().is_none() && parsed.starts_with_aux() && (has("names") || has("former-names"));
        if has("same") || asks_for_name {
            let used = vec!["same", "names", "former-names", "known", "existence", "former"];
            found.push((Question::Same { a: a.clone(), b: b.clone() }, used));
        }
        let is_linked = match parsed.wh() {
            Some(Wh::How) => !has("relation"),
            // "through whom is X connected to Y"
            Some(Wh::Who) => matches!(parsed.items.first(), Some(Placed { item: Item::Prep, .. })),
            _ => false,
        } && has_tie_named(parsed, "linked");
        // "how are A and B related" asks what they are to each other.
        if (has("path") || is_linked) && !has("relation") {
            found.push((Question::Path { a: a.clone(), b: b.clone() }, vec!["path", "linked", "relation"]));
        }
    }
    // A number of those who are with somebody is none of those who are against him.
    let is_friendly = |placed: &Placed| match &placed.item {
        Item::Phrase(meanings, _) => meanings.iter().all(|meaning| match meaning {
            Meaning::Tie { sense, turned, .. } => {
                let polarity = parsed.ground.lexicon.tie(*sense, *turned).polarity;
                matches!(polarity, Some(Polarity::Positive | Polarity::Neutral))
            }
            _ => true,
        }),
        _ => true,
    };
    let counts = (parsed.wh() == Some(Wh::HowMany) || has("count")) && parsed.items.iter().all(is_friendly);
    if let ([a, b], true) = (&*names, counts) {
        let between = Question::Between { a: a.clone(), b: b.clone() };
        found.push((Question::Count(Box::new(between)), vec!["count", "relation"]));
    }
    if has("changes") && !names.is_empty() || has("changes") && parsed.days.is_said() {
        found.push((changes(parsed, &names), vec!["changes", "relation", "linked", "timeline"]));
    }
    if has("timeline") || has("happened") {
        let events_only = names.is_empty() || has("happened");
        // "timeline of the relations of A and B", but "timeline of the relations of A" is about more than A.
        let used = if names.len() == 2 {
            vec!["timeline", "happened", "relation", "linked"]
        } else {
            vec!["timeline", "happened"]
        };
        found.push((Question::Timeline { of: names.clone(), events_only }, used));
    }
    if let [of] = &*names {
        // Of an acronym the name in full is wanted, of a name its acronym.
        let is_acronym = !of.text.contains(' ') && of.text.len() <= 6;
        let short_or_full = if is_acronym { NamesWanted::Full } else { NamesWanted::Short };
        let of = || of.clone();
        for (ask, question) in [
            ("former-names", Question::Names { of: of(), wanted: NamesWanted::Former }),
            ("short-name", Question::Names { of: of(), wanted: short_or_full }),
            ("full-name", Question::Names { of: of(), wanted: NamesWanted::Full }),
            ("names", Question::Names { of: of(), wanted: NamesWanted::All }),
            ("lineage", Question::Lineage { of: of(), toward: Toward::All }),
            ("origins", Question::Lineage { of: of(), toward: Toward::Origins }),
            ("outcomes", Question::Lineage { of: of(), toward: Toward::Outcomes }),
            ("breaks", Question::Lineage { of: of(), toward: Toward::Breaks }),
            ("founded", existence(parsed, of(), false, true)),
            ("gone", existence(parsed, of(), true, false)),
            ("existence", existence(parsed, of(), false, false)),
            ("where", Question::Where { of: of() }),
            ("profile", Question::Profile { of: of() }),
        ] {
            // Who founded somebody is asked of the records.
            if matches!(ask, "founded" | "gone" | "existence") && matches!(parsed.wh(), Some(Wh::Who | Wh::Whose)) {
                continue;
            }
            if has(ask) && !(ask == "names" && (has("former-names") || has("short-name") || has("full-name"))) {
                let mut used = vec![ask, "names", "known", "finish", "start", "profile", "timeline"];
                if matches!(question, Question::Names { .. }) {
                    used.extend(["former-names", "short-name", "full-name"]);
                }
                found.push((question, used));
            }
        }
        match parsed.wh() {
            Some(Wh::Where) if !has("where") => found.push((Question::Where { of: of() }, vec![])),
            // "what did Turkey do in 2025"
            Some(Wh::What) if parsed.first_auxiliary() == Some(Aux::Do) && no_content(parsed, &[]) => {
                found.push((Question::Timeline { of: vec![of()], events_only: false }, vec![]));
            }
            Some(Wh::Who | Wh::What) | None if no_content(parsed, &[]) && !parsed.starts_with_aux() => {
                found.push((Question::Profile { of: of() }, vec![]));
            }
            _ => {}
        }
        if has("relation") || has_tie_named(parsed, "linked") && parsed.wh().is_none() {
            let word = RelationWord::read(parsed.ground.graph.vocabulary(), "linked-to");
            found.extend(word.ok().map(|tie| {
                let set = Who::Related { tie, to: Box::new(Who::Named(of())) };
                (Question::Who { set, sort: None, manner: Manner::Holding }, vec!["relation", "linked"])
            }));
        }
    }
    if let [a, b] = &*names {
        // "was X ever with Y": on its side.
        let has_tie = parsed.items.iter().any(Parsed::is_tie);
        let starts_with_be = matches!(parsed.items.first(), Some(Placed { item: Item::Aux(Aux::Be, _), .. }));
        if starts_with_be
            && !has_tie
            && parsed.word_between(a, b) == Some("with")
            && let Ok(tie) = RelationWord::read(parsed.ground.graph.vocabulary(), "friendly-to")
        {
            let question = Question::Whether { a: a.clone(), tie, b: Some(b.clone()), ended: false };
            found.push((question, vec![]));
        }
    }
    // "who", "when" and "how many" ask for something else than what two are to each other; "what" only with a word for it.
    let asks_for_relation = match parsed.wh() {
        // A question of yes or no is not answered by telling all there is.
        None if parsed.starts_with_aux() => has("relation"),
        None | Some(Wh::How | Wh::Why) => true,
        // "what was X to Y"
        Some(Wh::What) => has("relation") || has("each-other") || parsed.is_names_and_a_copula(),
        Some(_) => false,
    };
    if let [a, b] = &*names
        && asks_for_relation
        && !has("same")
    {
        // Two names and little else: what they are to each other.
        found.push((
            Question::Between { a: a.clone(), b: b.clone() },
            vec!["relation", "linked", "profile", "known", "each-other"],
        ));
        if has("path") {
            found.push((Question::Path { a: a.clone(), b: b.clone() }, vec!["path", "linked", "relation"]));
        }
    }
    // What may come to be is not told by what was.
    if has("risk") {
        found.retain(|(question, _)| {
            !matches!(question, Question::Lineage { .. } | Question::Existence { .. } | Question::Names { .. })
        });
    }
    if parsed.publication.asks_what_is_said {
        // Where a source says nothing of somebody, what others say is no answer.
        found.retain(|(question, _)| {
            matches!(question, Question::Known { .. } | Question::Disagreements { .. } | Question::Anonymous { .. })
        });
    }
    found
        .into_iter()
        .map(|(question, used)| {
            let actors = if leaves_places { parsed.places() } else { Vec::new() };
            Candidate { unaccounted: left_over(parsed, &used), question, actors }
        })
        .collect()
}

/// "who is in the Axis", "were there US troops in eastern Syria", "which group was X in": being a member of a group, or at a place.
fn being_in(parsed: &Parsed<'_, '_>) -> Option<Question> {
    let row: Vec<&Item> = parsed.items.iter().map(|placed| &placed.item).collect();
    let is_sort = |item: &Item| matches!(item, Item::Phrase(m, _) if m.iter().all(|m| matches!(m, Meaning::Sort(_))));
    let graph = parsed.ground.graph;
    let kind = |of: &Named| &*graph.vocabulary().kind(graph.actor(of.actor).kind).name;
    let tie = |of: &Named, turned: bool| {
        let sense =
            parsed.ground.lexicon.sense(if matches!(kind(of), "place" | "state") { "present-in" } else { "member" })?;
        Some(parsed.ground.lexicon.tie(sense, turned))
    };
    // Where people are is told by who hosts them.
    let hosted = || parsed.ground.lexicon.sense("hosts").map(|sense| parsed.ground.lexicon.tie(sense, true));
    let is_inside = |placed: &&Placed| {
        placed.item != Item::In || matches!(parsed.sentence.word(placed.words.start), "in" | "at" | "inside" | "within")
    };
    if !parsed.items.iter().all(|placed| is_inside(&placed)) {
        return None;
    }
    let who = |tie: RelationWord, of: &Named, sort: Option<Sort>| {
        let set = Who::Related { tie, to: Box::new(Who::Named(of.clone())) };
        Some(Question::Who { set, sort, manner: Manner::Holding })
    };
    let sorted = |at: usize| match &parsed.items[at].item {
        Item::Phrase(meanings, _) => meanings.iter().find_map(|meaning| match meaning {
            Meaning::Sort(kinds) => Some(Sort::Kinds {
                text: parsed.sentence.typed(parsed.items[at].words.clone()).to_owned(),
                kinds: kinds.clone(),
            }),
            _ => None,
        }),
        _ => None,
    };
    match *row {
        [Item::Wh(Wh::Who), Item::Aux(Aux::Be, _), Item::In, Item::Name(of)] => who(tie(of, false)?, of, None),
        [Item::Wh(Wh::What), sort, Item::Aux(Aux::Be, _), Item::In, Item::Name(of)] if is_sort(sort) => {
            who(tie(of, false)?, of, sorted(1))
        }
        [Item::Wh(Wh::What), sort, Item::Aux(Aux::Be, _), Item::Name(of), Item::In] if is_sort(sort) => {
            who(member(parsed)?, of, sorted(1))
        }
        [Item::In, Item::Wh(Wh::What), sort, Item::Aux(Aux::Be, _), Item::Name(of)] if is_sort(sort) => {
            who(member(parsed)?, of, sorted(2))
        }
        [Item::Aux(Aux::Be, _), Item::Name(a), Item::In, Item::Name(b)] => {
            let is_guest = kind(a) == "person" && matches!(kind(b), "place" | "state");
            let tie = if is_guest { hosted()? } else { tie(b, false)? };
            Some(Question::Whether { a: a.clone(), tie, b: Some(b.clone()), ended: false })
        }
        _ => None,
    }
}

/// Having somebody as a member.
fn member(parsed: &Parsed<'_, '_>) -> Option<RelationWord> {
    parsed.ground.lexicon.sense("member").map(|sense| parsed.ground.lexicon.tie(sense, true))
}

fn existence(parsed: &Parsed<'_, '_>, of: Named, gone: bool, founded: bool) -> Question {
    let end = match parsed.wh() {
        Some(Wh::When | Wh::Since) if gone => Some(End::Finish),
        Some(Wh::When | Wh::Since) => Some(End::Start),
        Some(Wh::Until) => Some(End::Finish),
        Some(Wh::Span) => Some(End::Span),
        _ if founded && parsed.wh().is_some() => Some(End::Start),
        _ => None,
    };
    Question::Existence { of, end, gone }
}

/// "how sure are we that …", "who says that …": what the rest of the sentence asks, and what is asked of that.
fn inner(parsed: &Parsed<'_, '_>, ask: &'static str, wrap: fn(Box<Question>) -> Question) -> Vec<Candidate> {
    // "how sure is the claim that …" asks the one, and names the other in passing.
    let is_it = |placed: &Placed| {
        Parsed::asks(placed).any(|found| {
            found == ask || matches!(found, "known" | "anonymous") || found == "sources" && !Parsed::is_tie(placed)
        })
    };
    // "are we", "is it": auxiliaries before the first name belong to the outer question.
    let first_name = parsed.items.iter().position(|placed| matches!(placed.item, Item::Name(_))).unwrap_or(0);
    let is_outer = |at: usize, placed: &Placed| {
        is_it(placed) || matches!(placed.item, Item::Wh(_)) || (at < first_name && matches!(placed.item, Item::Aux(..)))
    };
    let outer: Vec<usize> = (0..parsed.items.len()).filter(|at| is_outer(*at, &parsed.items[*at])).collect();
    let rest: Vec<&Placed> =
        parsed.items.iter().enumerate().filter(|(at, _)| !outer.contains(at)).map(|(_, placed)| placed).collect();
    let free = parsed.words_of(rest.iter().copied().filter(|placed| placed.item == Item::Free));
    let names = parsed.names();
    let mut candidates = parsed.by_ties_inside(&outer);
    candidates.retain(|candidate| !matches!(candidate.question, Question::Count(_)));
    for candidate in &mut candidates {
        candidate.question = wrap(Box::new(candidate.question.clone()));
    }
    if let Some(Candidate { question: Question::Records(mut records), .. }) = parsed.records() {
        records.wanted = crate::ask::Wanted::Whether;
        let outer = parsed.words_of(parsed.items.iter().filter(|placed| is_it(placed)));
        records.words.retain(|word| !outer.contains(word));
        if !records.words.is_empty() {
            candidates.push(Candidate::new(wrap(Box::new(Question::Records(records))), Vec::new()));
        }
    }
    let is_plain = free.is_empty() && !rest.iter().any(|placed| Parsed::is_tie(placed));
    match &*names {
        [a, b] if is_plain => candidates
            .push(Candidate::new(wrap(Box::new(Question::Between { a: a.clone(), b: b.clone() })), Vec::new())),
        [of] if is_plain => {
            candidates.push(Candidate::new(wrap(Box::new(Question::Profile { of: of.clone() })), Vec::new()));
        }
        _ => {}
    }
    candidates
}

/// What changed, from the dates said.
fn changes(parsed: &Parsed<'_, '_>, names: &[Named]) -> Question {
    let day_before = |day: Day| if day.is_bounded() { Some(day.plus(-1)) } else { None };
    let (from, to) = match &*parsed.days.dates {
        [] => (None, None),
        [one] if parsed.days.is_open => (day_before(one.hull().earliest), None),
        // "before and after D": all of it.
        [one] if one.window().first == one.window().last => (None, None),
        [one] => (day_before(one.hull().earliest), Some(one.hull().latest)),
        [first, .., last] => (day_before(first.hull().earliest), Some(last.hull().latest)),
    };
    Question::Changes { of: names.to_vec(), from, to: to.filter(|day| day.is_bounded()) }
}

/// Whether a phrase is a tie of this name.
fn is_tie_named(parsed: &Parsed<'_, '_>, placed: &Placed, name: &str) -> bool {
    match &placed.item {
        Item::Phrase(meanings, _) => meanings.iter().any(|meaning| match meaning {
            Meaning::Tie { sense, turned, .. } => parsed.ground.lexicon.tie(*sense, *turned).name == name,
            _ => false,
        }),
        _ => false,
    }
}

fn has_tie_named(parsed: &Parsed<'_, '_>, name: &str) -> bool {
    parsed.items.iter().any(|placed| is_tie_named(parsed, placed, name))
}

/// The content words that a question of some asks leaves.
fn left_over(parsed: &Parsed<'_, '_>, used: &[&str]) -> Vec<String> {
    parsed.words_of(parsed.items.iter().filter(|placed| match &placed.item {
        Item::Free => true,
        Item::Phrase(meanings, _) => {
            let is_used = Parsed::asks(placed).any(|ask| used.contains(&ask));
            let is_tie_used = used.iter().any(|name| is_tie_named(parsed, placed, name));
            let is_sort = meanings.iter().any(|m| matches!(m, Meaning::Sort(_)))
                && !meanings.iter().any(|m| matches!(m, Meaning::Tie { .. }));
            // "alliance between X and Y" alone is a tie, not a word to spare.
            let is_matter = meanings.iter().all(|m| matches!(m, Meaning::Tie { form: Form::Matter, .. }));
            !(is_used || is_tie_used || is_sort) || is_matter && !is_tie_used
        }
        _ => false,
    }))
}

fn no_content(parsed: &Parsed<'_, '_>, used: &[&str]) -> bool {
    left_over(parsed, used).is_empty()
}
