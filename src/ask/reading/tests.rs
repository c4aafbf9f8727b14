//! Sentences and how they are read: the first reading that accounts for every word.

use super::super::{Asked, Ground, Lexicon, Named, Problem, Question, Who};
use super::read;
use crate as allegiance;
use crate::graph::TemporalGraph;
use crate::names::Index;
use crate::question::{RelationWord, Scope, When};
use std::sync::LazyLock;

static GRAPH: LazyLock<TemporalGraph> = LazyLock::new(allegiance::dataset::embedded);
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded(GRAPH.vocabulary()));

fn readings(sentence: &str) -> Result<super::Readings, Problem> {
    let names = Index::new(&GRAPH);
    read(Ground { graph: &GRAPH, names: &names, lexicon: &LEXICON }, sentence, &Scope::default(), &[])
}

/// The first reading, briefly: `who hostile to(allied with(turkey)) now`.
fn first(sentence: &str) -> String {
    match readings(sentence) {
        Ok(found) => found.asked.first().map_or_else(|| "nothing".to_owned(), shown),
        Err(problem) => format!("{problem:?}").split(['(', ' ', '{']).next().unwrap_or_default().to_owned(),
    }
}

fn shown(asked: &Asked) -> String {
    let days = match &asked.scope.when {
        When::Now => "now".to_owned(),
        When::Ever => "ever".to_owned(),
        other => Scope { when: other.clone(), ..Scope::default() }.as_of(&GRAPH).unwrap_or_default(),
    };
    let left: Vec<&str> = asked.unaccounted.iter().map(String::as_str).collect();
    let left = if left.is_empty() { String::new() } else { format!(" leaving {}", left.join(",")) };
    let turned = if asked.turned { " not" } else { "" };
    format!("{}{turned} {days}{left}", question(&asked.question))
}

fn question(asked: &Question) -> String {
    let list = |names: &[Named]| names.iter().map(id).collect::<Vec<_>>().join("+");
    match asked {
        Question::Who { set: of, sort, manner } => {
            let sort = sort.as_ref().map_or_else(String::new, |_| " of a sort".to_owned());
            let manner = if *manner == Default::default() { String::new() } else { format!(" {manner:?}") };
            format!("who{sort}{manner} {}", set(of))
        }
        Question::Whether { a, tie, b, ended } => {
            format!(
                "{} {} {} {}",
                if *ended { "ended" } else { "whether" },
                id(a),
                word(tie),
                b.as_ref().map_or("anybody", id)
            )
        }
        Question::When { a, tie, b, end } => {
            format!("when {end:?} {} {} {}", id(a), word(tie), b.as_ref().map_or("anybody", id))
        }
        Question::Between { a, b } => format!("between {} {}", id(a), id(b)),
        Question::Same { a, b } => format!("same {} {}", id(a), id(b)),
        Question::Path { a, b } => format!("path {} {}", id(a), id(b)),
        Question::Names { of, wanted } => format!("names {wanted:?} {}", id(of)),
        Question::Lineage { of, toward } => format!("lineage {toward:?} {}", id(of)),
        Question::Existence { of, end, gone } => format!("existence {} {end:?} gone={gone}", id(of)),
        Question::Changes { of, from, to } => {
            let day = |day: &Option<crate::time::Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
            format!("changes {} {} {}", list(of), day(from), day(to))
        }
        Question::Disagreements { about } => format!("disagreements {}", list(about)),
        Question::Anonymous { about } => format!("anonymous {}", list(about)),
        Question::Known { about } => format!("known {}", list(about)),
        Question::Any(inner) => format!("any {}", question(inner)),
        Question::Count(inner) => format!("count {}", question(inner)),
        Question::Sources(inner) => format!("sources {}", question(inner)),
        Question::Sureness(inner) => format!("sureness {}", question(inner)),
        Question::Timeline { of, events_only } => format!("timeline {} {events_only}", list(of)),
        Question::Profile { of } => format!("profile {}", id(of)),
        Question::Where { of } => format!("where {}", id(of)),
        Question::ListSources => "list of sources".to_owned(),
        Question::Records(asked) => {
            let part = |at: Option<usize>| at.map_or("-", |at| id(&asked.actors[at]));
            format!(
                "records {:?} {} by {} to {}: {}",
                asked.wanted,
                list(&asked.actors),
                part(asked.agent),
                part(asked.target),
                asked.words.join(" ")
            )
        }
    }
}

fn id(named: &Named) -> &str {
    &GRAPH.actor(named.actor).slug
}

fn word(tie: &RelationWord) -> String {
    if tie.inverted { format!("<{}", tie.name) } else { tie.name.clone() }
}

fn set(of: &Who) -> String {
    match of {
        Who::Named(named) => id(named).to_owned(),
        Who::Anybody => "anybody".to_owned(),
        Who::Related { tie, to } => format!("{}({})", word(tie), set(to)),
        Who::Both(first, second) => format!("{} & {}", set(first), set(second)),
    }
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(sentence, expected)| {
            let found = first(sentence);
            (found != *expected).then(|| format!("        (\"{sentence}\", \"{found}\"),"))
        })
        .collect();
    assert!(wrong.is_empty(), "read otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn sentences_are_read() {
    check(&[
        ("who is allied with HTS", "who allied(hts) now"),
        ("who was HTS allied with in 2018", "who <allied(hts) 2018"),
        ("hts allies 2016", "who allied(hts) 2016"),
        ("allies of HTS", "who allied(hts) now"),
        ("who backed Assad in 2016", "who backs(bashar-al-assad) 2016"),
        ("who does Turkey back", "who <backs(turkey) now"),
        ("who is backed by Turkey", "who <backs(turkey) now"),
        ("who was HTS designated by", "who designates(hts) ever"),
        ("by whom was HTS designated", "who designates(hts) ever"),
        ("which states designated HTS", "who of a sort designates(hts) ever"),
        ("whose proxy is the SNA", "who <proxy(sna) now"),
        ("who is HTS's leader", "who leads(hts) now"),
        ("who leads HTS", "who leads(hts) now"),
        ("members of the Axis of Resistance", "who member(axis-of-resistance) now"),
        ("what is Hamas a member of", "who <member(hamas) now"),
        ("to whom did al-Qaeda pledge allegiance", "who <pledges_allegiance_to(al-qaeda) ever"),
        ("with whom did HTS cooperate in 2019", "who <cooperates(hts) 2019"),
        ("who gave HTS intelligence", "who shares_intelligence_with(hts) ever"),
        ("who did the US give intelligence to", "who <shares_intelligence_with(united-states) ever"),
        ("who received intelligence from the US", "who <shares_intelligence_with(united-states) ever"),
        ("who are the enemies of Turkey's allies", "who hostile-to(allied(turkey)) now"),
        ("enemies of the friends of Hezbollah", "who hostile-to(allied(hezbollah)) now"),
        ("which of Turkey's allies fight ISIS", "who allied(turkey) & fights(isis) now"),
        ("what enemy do the US and HTS have in common", "who hostile-to(united-states) & hostile-to(hts) now"),
        ("who shares an enemy with HTS", "who hostile-to(hostile-to(hts)) now"),
        ("who fights both HTS and the US", "who fights(hts) & fights(united-states) now"),
        ("which groups never broke with al-Qaeda", "who of a sort Denied breaks(al-qaeda) ever"),
        ("who no longer backs HTS", "who Ended backs(hts) now"),
        ("who is designated", "who <designates(anybody) now"),
        ("taliban sheltering who", "who <hosts(taliban) now"),
        ("who is Iran hosting", "who <hosts(iran) now"),
        ("was HTS allied with al-Qaeda in 2018", "whether hts allied al-qaeda 2018"),
        ("is HTS allied with Turkey", "whether hts allied turkey now"),
        ("are HTS and ISIS enemies", "whether hts hostile-to isis now"),
        ("is HTS an enemy of ISIS", "whether hts hostile-to isis now"),
        ("is HTS Turkey's ally", "whether hts allied turkey now"),
        ("was HTS designated by the US", "whether hts <designates united-states ever"),
        ("did the US designate HTS", "whether united-states designates hts ever"),
        ("did HTS overthrow Assad", "whether hts overthrows bashar-al-assad ever"),
        ("was Assad overthrown by HTS", "whether bashar-al-assad <overthrows hts ever"),
        ("is HTS not designated by the US", "whether hts <designates united-states not now"),
        ("did the US stop designating HTS", "ended united-states designates hts ever"),
        ("could foreign fighters defect to ISIS", "whether foreign-fighters may_defect_to isis now"),
        ("is there an alliance between HTS and Turkey", "whether hts allied turkey now"),
        ("were there US troops in eastern Syria", "whether us-military present-in eastern-syria ever"),
        ("was HTS allied with", "nothing"),
        ("when did the US designate HTS", "when Start united-states designates hts ever"),
        ("when was HTS designated", "when Start hts <designates anybody ever"),
        ("when was HTS allied with al-Qaeda", "when Span hts allied al-qaeda ever"),
        ("since when has Turkey backed HTS", "when Start turkey backs hts ever"),
        ("until when was HTS designated by the US", "when Finish hts <designates united-states ever"),
        ("when did Turkey stop backing HTS", "when Finish turkey backs hts ever"),
        ("soleimani killed what year", "when Start qassem-soleimani kills anybody ever"),
        ("what was the relation between Nusra and al-Qaeda in 2014", "between nusra al-qaeda 2014"),
        ("HTS and the SDF on 2025-04-01", "between hts sdf 2025-04-01"),
        ("how do HTS and Turkey get along", "between hts turkey now"),
        ("how is Hamas linked to Hezbollah", "path hamas hezbollah ever"),
        ("path from JNIM to HTS", "path jnim hts ever"),
        ("are Hizbollah and Lebanese Hezbollah the same", "same hezbollah hezbollah ever"),
        ("what was HTS called before", "names Former hts ever"),
        ("what does PKK stand for", "names Full pkk ever"),
        ("abbreviation of the Kurdistan Workers Party", "names Short pkk ever"),
        ("other names of ISIS", "names All isis ever"),
        ("what did Nusra become", "lineage Outcomes nusra ever"),
        ("what came after Wagner in Africa", "between wagner africa ever leaving came,after"),
        ("lineage of HTS", "lineage All hts ever"),
        ("is HTS dissolved", "existence hts None gone=true now"),
        ("when was HTS founded", "existence hts Some(Start) gone=false ever"),
        ("who is Abu-Harith", "profile abu-harith-al-masri now"),
        ("ISIS", "profile isis now"),
        ("tell me about the SDF", "profile sdf now"),
        ("timeline of HTS", "timeline hts false ever"),
        ("what happened in March 2025", "timeline  true 2025-03"),
        ("what happened in Syria in December 2024", "timeline syria true 2024-12"),
        ("what changed for HTS between 2024 and 2025", "changes hts 2023-12-31 2025-12-31 2024/2025"),
        ("how did Turkey's relation with the PKK change", "changes turkey+pkk .. .. ever"),
        ("what do the sources disagree about", "disagreements  ever"),
        ("where do the articles contradict each other on HTS", "disagreements hts ever"),
        ("which claims rest on anonymous sources", "anonymous  ever"),
        ("what does the Washington Post say about HTS", "known hts ever"),
        ("what did sources published before 2020 say about HTS", "known hts ever"),
        ("who led HTS according to the Washington Post", "who leads(hts) ever"),
        ("what was known about HTS as of 2019-12-31", "known hts ever"),
        ("how many groups are allied with HTS", "count who of a sort allied(hts) now"),
        ("how many foreign fighters are with HTS", "count between foreign-fighters hts ever"),
        (
            "how sure are we that HTS shares intelligence with the US",
            "sureness whether hts shares_intelligence_with united-states ever",
        ),
        ("who says that HTS is an enemy of ISIS", "sources whether hts hostile-to isis ever"),
        ("where is ISIS", "where isis now"),
        ("which sources are there", "list of sources ever"),
        (
            "when did HTS launch the offensive that toppled Assad",
            "records When hts+bashar-al-assad by hts to -: offensive toppled ever",
        ),
        ("who gave Assad refuge", "who hosts(bashar-al-assad) ever"),
        ("where did Trump meet Sharaa", "records Where donald-trump+ahmed-al-sharaa by donald-trump to -: meet ever"),
        ("when did the PKK lay down its arms", "records When pkk by pkk to -: lay arms ever"),
        ("was the SDF absorbed before the fall of Assad", "whether sdf absorbed anybody ../2024-12-07"),
        ("who controlled Damascus after the fall of Assad", "who controls(syrian-interim-government) 2024-12-09/.."),
        ("was HTS allied with Turkey when it took Idlib", "whether hts allied turkey 2019-01"),
        ("is Ahrar al-Sham allied with Turkey", "Name"),
        ("what was the relation of HTS and Damascus", "Name"),
        ("was HTS allied with Turkey on 2025-02-30", "Date"),
        ("is Islamic State Khorasan allied with HTS", "Name"),
    ]);
}
