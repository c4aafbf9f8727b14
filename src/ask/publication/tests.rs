//! Sentences and whose word counts in them.

use super::*;
use crate::graph::Builder;
use crate::model::{Actor, KindId, Reliability, Source, SourceKind};
use crate::time::Dated;

fn source(
    slug: &str,
    title: &str,
    author: Option<&str>,
    publisher: Option<&str>,
    published: &str,
    names: &[&str],
) -> Source {
    Source {
        slug: slug.into(),
        title: title.into(),
        author: author.map(Into::into),
        publisher: publisher.map(Into::into),
        published: Dated::parse(published).unwrap(),
        accessed: None,
        url: None,
        kind: SourceKind::News,
        reliability: Reliability::B,
        derived_from: Vec::new(),
        paragraphs: None,
        names: names.iter().map(|name| (*name).into()).collect(),
        uncited: Vec::new(),
    }
}

fn graph() -> TemporalGraph {
    let actor = |slug: &str, name: &str| Actor {
        slug: slug.into(),
        name: name.into(),
        kind: KindId::new(0),
        names: Vec::new(),
        exists: None,
        traits: Vec::new(),
        summary: None,
        external_ids: Vec::new(),
        claims: Vec::new(),
    };
    let sources = vec![
        source(
            "anti-isis-gamble-2025-11",
            "Syria’s anti-ISIS gamble threatens internal stability",
            None,
            None,
            "2025-11-25",
            &["001", "Syria’s anti-ISIS gamble", "anti-ISIS gamble"],
        ),
        source(
            "engage-2025",
            "How Should State Actors Engage with Islamist Insurgencies?",
            None,
            None,
            "2025-08~/2025-09~",
            &["003", "How Should State Actors Engage"],
        ),
        source(
            "giustozzi-2025-03",
            "Post-Jihadism Dilemmas",
            Some("Antonio Giustozzi"),
            None,
            "2025-03-29",
            &["000", "Giustozzi", "Post-Jihadism Dilemmas", "RUSI"],
        ),
        source(
            "mei-2019-01",
            "Untitled",
            None,
            Some("Middle East Institute"),
            "2019-01",
            &["002", "MEI", "Middle East Institute"],
        ),
        source(
            "wapo-2025-01",
            "U.S. shared secret intelligence",
            None,
            Some("Washington Post"),
            "2025-01-24",
            &["004", "Washington Post", "the Post", "WaPo"],
        ),
    ];
    let actors = vec![
        actor("charles-lister", "Charles Lister"),
        actor("hts", "HTS"),
        actor("middle-east-institute", "Middle East Institute"),
        actor("washington-post", "Washington Post"),
    ];
    Builder { actors, sources, ..Builder::default() }.build()
}

/// What counts in short, and what is left of the words: `mei-2019-01 | who led hts`. `?`: what is said is asked for.
fn read(graph: &TemporalGraph, text: &str) -> String {
    let mut sentence = Sentence::new(text);
    let publication = match find(graph, &mut sentence) {
        Ok(publication) => publication,
        Err(Problem::Source { text, near }) => return format!("! {text}: {}", near.join(", ")),
        Err(Problem::Date { text, message, .. }) => return format!("! {text}: {message}"),
        Err(other) => return format!("! {other:?}"),
    };
    let short = |id: &SourceId| graph.source(*id).slug.split('-').next().unwrap_or_default().to_owned();
    let mut parts: Vec<String> = publication.claims.sources.iter().map(short).collect();
    parts.extend(publication.claims.excluded.iter().map(|id| format!("-{}", short(id))));
    parts.extend(publication.claims.known_by.map(|day| format!("by {day}")));
    parts.extend(publication.asks_what_is_said.then(|| "?".to_owned()));
    assert_eq!(publication.is_said, !parts.is_empty() || publication.is_said, "{text}");
    let free: Vec<&str> =
        (0..sentence.words.len()).filter(|at| !sentence.taken[*at]).map(|at| sentence.word(at)).collect();
    format!("{} | {}", parts.join(" "), free.join(" "))
}

fn check(table: &[(&str, &str)]) {
    let graph = graph();
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, want)| (text, want, read(&graph, text)))
        .filter(|(_, want, got)| got != *want)
        .map(|(text, want, got)| format!("{text}\n    want {want}\n    got  {got}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn sources_count_where_a_phrase_makes_them_one() {
    check(&[
        ("leaving Giustozzi aside, when did HTS split", "-giustozzi | when did hts split"),
        ("without counting the Post, when did HTS split", "-wapo | when did hts split"),
        ("apart from the Post article, who mentions the CIA", "-wapo | who mentions the cia"),
        ("according to the 2019 MEI report, did HTS split", "mei | did hts split"),
        ("what day did trump take office according to the post", "wapo | what day did trump take office"),
        ("Who is the SNA allied with, according to Giustozzi?", "giustozzi | who is the sna allied with"),
        ("according to the Washington Post who led HTS", "wapo | who led hts"),
        ("who led HTS according to antonio giustozzi", "giustozzi | who led hts"),
        ("who led HTS per MEI", "mei | who led hts"),
        ("who led HTS according to MEI or the Post", "mei wapo | who led hts"),
        ("according to MEI, Giustozzi and WaPo, who led HTS", "giustozzi mei wapo | who led hts"),
        ("according to MEI, HTS did what", "mei | hts did what"),
        ("as reported by the Post, who led HTS", "wapo | who led hts"),
        ("who led HTS, as the Post reports", "wapo | who led hts"),
        ("who led HTS, as MEI has it", "mei | who led hts"),
        ("who led HTS, says MEI", "mei | who led hts"),
        ("in Giustozzi's account, who left HTS", "giustozzi | who left hts"),
        ("who left HTS in the MEI article", "mei | who left hts"),
        ("who left HTS in MEI's article", "mei | who left hts"),
        ("who left HTS in document 003", "engage | who left hts"),
        ("who left HTS according to doc 3", "engage | who left hts"),
        ("who left HTS according to 003", "engage | who left hts"),
        ("who left HTS according to wapo-2025-01", "wapo | who left hts"),
        ("who left HTS, source wapo-2025-01", "wapo | who left hts"),
        ("who left HTS according to the anti-ISIS gamble article", "anti | who left hts"),
        ("who left HTS according to How Should State Actors Engage", "engage | who left hts"),
        ("wapo story on the hts intel sharing", "wapo | on the hts intel sharing"),
        ("who left HTS according to the article by Giustozzi", "giustozzi | who left hts"),
        ("who left HTS using only MEI", "mei | who left hts"),
        ("who left HTS according to Guistozzi", "giustozzi | who left hts"),
        ("who left HTS according to the Wasington Post", "wapo | who left hts"),
        ("who left HTS according to the newest source", "anti | who left hts"),
        ("who left HTS according to the oldest article", "mei | who left hts"),
        ("who left HTS according to the most recent of the sources", "anti | who left hts"),
        ("who left HTS without Giustozzi", "-giustozzi | who left hts"),
        ("who left HTS except according to Giustozzi", "-giustozzi | who left hts"),
        ("other than according to MEI, who left HTS", "-mei | who left hts"),
        ("who left HTS excluding MEI and the Post", "-mei -wapo | who left hts"),
        ("who left HTS, leaving out the Washington Post", "-wapo | who left hts"),
    ]);
}

#[test]
fn names_of_sources_are_actors_elsewhere() {
    check(&[
        ("who wrote the MEI article", " | who wrote the mei article"),
        ("what changed since the Post article", " | what changed since the post article"),
        (
            "what changed between the MEI article and the Post article",
            " | what changed between the mei article and the post article",
        ),
        ("who says HTS was dissolved, Giustozzi or the Post", " | who says hts was dissolved giustozzi or the post"),
        ("do the Post and Giustozzi agree on HTS", " | do the post and giustozzi agree on hts"),
        ("what is the latest on HTS", " | what is the latest on hts"),
        ("who is the first source of intelligence", " | who is the first source of intelligence"),
        ("how many fighters according to each source", " | how many fighters according to each source"),
        (
            "did Charles Lister belong to the Middle East Institute",
            " | did charles lister belong to the middle east institute",
        ),
        ("who is the Washington Post", " | who is the washington post"),
        ("who told the Washington Post that HTS helped", " | who told the washington post that hts helped"),
        ("who wrote for RUSI in 2025", " | who wrote for rusi in 2025"),
        ("is Giustozzi part of RUSI", " | is giustozzi part of rusi"),
        (
            "According to Charles Lister, how do HTS and ISIS stand",
            " | according to charles lister how do hts and isis stand",
        ),
        ("According to internal sources, who left", " | according to internal sources who left"),
        ("according to US officials who left", " | according to us officials who left"),
        ("according to analysts", " | according to analysts"),
        ("according to whom did HTS split", " | according to whom did hts split"),
        ("according to which source did HTS split", " | according to which source did hts split"),
        ("which is the newest source", " | which is the newest source"),
        ("who says that HTS is intact", " | who says that hts is intact"),
        ("which sources say that HTS is intact", " | which sources say that hts is intact"),
        ("what do the sources disagree about", " | what do the sources disagree about"),
        ("without HTS", " | without hts"),
        ("how many sources are there", " | how many sources are there"),
        ("100 strikes per year", " | 100 strikes per year"),
        ("who was known in 2015 as Jolani", " | who was known in 2015 as jolani"),
        ("what was HTS known as in 2015", " | what was hts known as in 2015"),
        ("by what name was HTS known in 2015", " | by what name was hts known in 2015"),
        ("what is known about HTS in 2019", " | what is known about hts in 2019"),
        ("who led HTS as of 2019", " | who led hts as of 2019"),
        ("which article's got turkey controlling the sna", " | which article 's got turkey controlling the sna"),
        ("who's the source", " | who 's the source"),
    ]);
}

#[test]
fn what_is_said_is_asked_for() {
    check(&[
        ("what did the Post, in January 2025, say about HTS?", "wapo ? | what about hts"),
        ("what did the Washington Post report in January 2025 about HTS", "wapo ? | what about hts"),
        ("What did the Washington Post article of 24 January 2025 say about HTS?", "wapo ? | what about hts"),
        ("what is in document 002 about Turkey", "mei ? | what about turkey"),
        ("what is said in document 002 about Turkey", "mei ? | what about turkey"),
        ("what was reported by MEI about HTS", "mei ? | what about hts"),
        ("What claims does the Washington Post make about HTS?", "wapo ? | what about hts"),
        ("What do Giustozzi and MEI each say about the split?", "giustozzi mei ? | what about the split"),
        ("what does the source from November 2025 say about HTS", "anti ? | what about hts"),
        ("does the newest article say that HTS was dissolved", "anti | hts was dissolved"),
        ("what does the Washington Post say about HTS", "wapo ? | what about hts"),
        ("what did MEI report about HTS", "mei ? | what about hts"),
        ("what does giustozzi write on HTS", "giustozzi ? | what on hts"),
        ("what does the newest source say about HTS", "anti ? | what about hts"),
        ("what do MEI and the Post say about HTS", "mei wapo ? | what about hts"),
        ("what does document 003 say about the PKK", "engage ? | what about the pkk"),
        ("what does MEI's article claim about HTS", "mei ? | what about hts"),
        ("what do the sources say about HTS", "? | what about hts"),
        ("what do sources say", "? | what"),
        ("what the Post says about HTS", "wapo ? | what about hts"),
        ("what did sources published before 2025 say about HTS", "by 2024-12-31 ? | what about hts"),
        (
            "What did sources published before 2020 say about HTS and Turkey?",
            "by 2019-12-31 ? | what about hts and turkey",
        ),
        ("what'd sources from before 2020 say bout hts and AQ", "by 2019-12-31 ? | what'd bout hts and aq"),
        ("how does the Post describe HTS", "wapo ? | how hts"),
        ("when does MEI say HTS split", "mei | when hts split"),
        ("what does MEI say HTS became", "mei | what hts became"),
        ("does the Post say that HTS is intact", "wapo | hts is intact"),
        ("what does HTS say about Israel", " | what does hts say about israel"),
        (
            "what does Charles Lister of the Middle East Institute say",
            " | what does charles lister of the middle east institute say",
        ),
        ("what does the Guardian say about HTS", " | what does the guardian say about hts"),
    ]);
}

#[test]
fn knowledge_has_a_day() {
    check(&[
        (
            "as of January 2019, what was known about HTS and Turkey",
            "by 2019-01-31 | what was known about hts and turkey",
        ),
        ("what did we know about HTS in 2019", "by 2019-12-31 | what did we know about hts"),
        (
            "was HTS allied with Turkey, as far as was known in January 2020?",
            "by 2020-01-31 | was hts allied with turkey",
        ),
        ("if we only use sources published before 2025 who led HTS", "by 2024-12-31 | who led hts"),
        ("going by what was published before 2020, who led HTS", "by 2019-12-31 | who led hts"),
        ("using sources up to 2019, who led HTS", "by 2019-12-31 | who led hts"),
        ("who led HTS as known on 1 January 2020", "by 2020-01-01 | who led hts"),
        ("who led HTS as known in 2019", "by 2019-12-31 | who led hts"),
        ("as known by March 2025, who led HTS", "by 2025-03-31 | who led hts"),
        ("known by 2019, who led HTS", "by 2019-12-31 | who led hts"),
        ("with what was known in 2019, who led HTS", "by 2019-12-31 | who led hts"),
        ("who led HTS with what was known before 2020", "by 2019-12-31 | who led hts"),
        ("as of what was published by 2019 who led HTS", "by 2019-12-31 | who led hts"),
        ("what was known by 2019 about HTS", "by 2019-12-31 | what was known about hts"),
        ("what was known about HTS in 2019", "by 2019-12-31 | what was known about hts"),
        ("what is known about HTS as of 2019", "by 2019-12-31 | what is known about hts"),
        ("who led HTS according to sources published before 2025", "by 2024-12-31 | who led hts"),
        ("who led HTS in articles from before 2020", "by 2019-12-31 | who led hts"),
        ("who led HTS using only sources published by 2019", "by 2019-12-31 | who led hts"),
        ("who led HTS according to sources published in 2019", "mei | who led hts"),
        ("who led HTS according to sources published after March 2025", "anti engage | who led hts"),
        ("who led HTS according to sources from 2019", "mei | who led hts"),
        ("who led HTS according to 2019 sources", "mei | who led hts"),
        ("who led HTS in the January 2019 article", "mei | who led hts"),
        ("who led HTS in the article of 25 November 2025", "anti | who led hts"),
        ("which articles published before 2020 mention HTS", "by 2019-12-31 | which articles mention hts"),
        ("who led HTS, with knowledge of 2019", "by 2019-12-31 | who led hts"),
        ("who led HTS in 2018 as known in 2019", "by 2019-12-31 | who led hts in 2018"),
        ("who led HTS in 2018 according to MEI", "mei | who led hts in 2018"),
        (
            "how did intelligence flow, according to the Washington Post in January 2025",
            "wapo | how did intelligence flow",
        ),
        ("who led HTS according to the Washington Post, in 2016", "wapo | who led hts in 2016"),
        ("who led HTS according to the Washington Post in 2016", "wapo | who led hts in 2016"),
    ]);
}

#[test]
fn sources_that_there_are_not_are_said() {
    check(&[
        ("who led HTS according to the Guardian", "! Guardian: "),
        ("according to the New York Times, who led HTS", "! New York Times: "),
        (
            "who led HTS according to sources published in 2012",
            "! sources published in 2012: anti-isis-gamble-2025-11 (2025-11-25), engage-2025 (2025-08~/2025-09~), giustozzi-2025-03 (2025-03-29), mei-2019-01 (2019-01), wapo-2025-01 (2025-01-24)",
        ),
        ("who led HTS as known on 2025-02-30", "! 2025-02-30: there is no 30 February 2025"),
        ("what did sources published before 2025-13 say", "! 2025-13: there is no month 13"),
    ]);
}

#[test]
fn what_was_understood_is_told() {
    let graph = graph();
    let told = |text: &str| find(&graph, &mut Sentence::new(text)).unwrap().assumptions;
    assert_eq!(told("who led HTS according to MEI"), ["only claims of mei-2019-01"]);
    assert_eq!(
        told("who led HTS as known in 2019 without MEI"),
        ["without claims of mei-2019-01", "only claims of sources published by 2019-12-31"]
    );
    assert_eq!(
        told("who led HTS according to the Post in January 2025"),
        ["only claims of wapo-2025-01", "read \"in January 2025\" as the date of publication"]
    );
    assert!(told("who led HTS").is_empty());
}

#[test]
fn nothing_breaks_on_odd_sentences() {
    let graph = graph();
    let pieces = [
        "according to",
        "the",
        "MEI",
        "'s",
        "article",
        "say",
        "what",
        "does",
        "in 2019",
        "published",
        "sources",
        "before",
        "known",
        "as",
        "from",
        "newest",
        ",",
        "and",
        "003",
        "2025-13",
        "é",
        "without",
        "of",
    ];
    for a in pieces {
        for b in pieces {
            // Every pair, with a third that changes from pair to pair.
            for c in pieces.iter().skip(a.len() % 5).step_by(5) {
                let _ = read(&graph, &format!("{a} {b} {c}"));
                let _ = read(&graph, &format!("{c} MEI {a}{b} {c}"));
            }
        }
    }
}
