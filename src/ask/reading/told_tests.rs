//! Sentences, from their words to what is answered, on the data that comes with the program.

// Only the tests look at the shipped data set; `ask` itself is given its graph.
use crate as allegiance;
use crate::ask::{Ground, Lexicon, Problem, Reply, Standing};
use crate::graph::TemporalGraph;
use crate::names::Index;
use crate::question::Scope;
use std::sync::LazyLock;

static GRAPH: LazyLock<TemporalGraph> = LazyLock::new(allegiance::dataset::embedded);
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded(GRAPH.vocabulary()));

fn told(sentence: &str) -> Result<Reply, Problem> {
    let ground = Ground { graph: &GRAPH, names: &Index::new(&GRAPH), lexicon: &LEXICON };
    crate::ask::ask(ground, sentence, &Scope::default()).map(|(_, reply)| reply)
}

/// What is answered, as one text: status, verdict, dates, number, names, words.
fn line(sentence: &str) -> String {
    match told(sentence) {
        Err(_) => "refused".to_owned(),
        Ok(reply) => {
            let names: Vec<&str> = reply.answers.iter().map(|answer| answer.name.as_str()).collect();
            format!(
                "{:?} {:?} {:?} {names:?} {:?} {}",
                reply.status, reply.verdict, reply.dates, reply.count, reply.text
            )
        }
    }
}

/// Each sentence with what its answer must hold; what begins with `-` it must not.
fn hold(table: &[(&str, &[&str])]) {
    for (sentence, wanted) in table {
        let line = line(sentence);
        for part in *wanted {
            match part.strip_prefix('-') {
                Some(part) => assert!(!line.contains(part), "{sentence}: {line}"),
                None => assert!(line.contains(part), "{sentence}: no {part} in {line}"),
            }
        }
    }
}

#[test]
fn dates_of_what_happened() {
    hold(&[
        ("When was the agreement between al-Sharaa and the SDF signed?", &["2025-03-11"]),
        ("When did the Latakia clashes start?", &["2025-03-06"]),
        ("When did the massacre of civilians in Latakia and Tartus take place?", &["2025-03"]),
        ("when did Assad fall", &["2024-12-08"]),
        ("When did HTS take Damascus?", &["2024-12-08", "-2024-11"]),
        ("when was HTS formed out of the Nusra Front", &["2017", "-2025-01"]),
        ("month in which HTS conquered Idlib", &["2019-01"]),
        ("When was the ISIS plot to bomb a shrine near Damascus thwarted?", &["2025-01-11"]),
        ("When did David Cohen talk about the Vienna plot?", &["2024-08"]),
        ("When did the Kurdistan Workers Party announce that it would lay down its arms?", &["2025~"]),
        // No capital is recorded: other captures are no answer.
        ("when did HTS capture the capital", &["-2019", "-2017"]),
    ]);
}

#[test]
fn numbers_of_one_and_of_some_with_another() {
    hold(&[
        ("How many U.S. troops were stationed in eastern Syria?", &["2,000"]),
        ("How many Central Asians, Uyghurs and Chechens fight alongside HTS?", &["4,000–6,000"]),
        ("How many Syrian refugees live in Turkey?", &["3 million"]),
        ("How many fighters does al-Sharaa directly control?", &["30,000"]),
        ("With how many countries have the Taliban had engagements?", &["more than 100", "-hundreds meetings"]),
        ("How many U.S. troops attacked Turkey?", &["-2,000"]),
        ("how many Chechens fight against HTS", &["-4,000"]),
    ]);
}

#[test]
fn directions_are_kept() {
    hold(&[
        ("who is the Syrian National Army a proxy of", &["[\"Turkey\"]"]),
        ("Who passed information about al-Qaeda to the US?", &["Hayat Tahrir al-Sham"]),
        ("Who passed information about the US to al-Qaeda?", &["-Hayat Tahrir al-Sham"]),
        ("Who passed information on al-Qaeda members to the US?", &["-United States"]),
        // It is only believed by many, and not what the Americans gave to HTS.
        ("How reliable is the claim that HTS shared intelligence with the US?", &["Possible"]),
        ("Which states has the US warned of attacks?", &["Russia", "Iran", "-Turkey"]),
        ("Who occupies Syrian territory?", &["Israel"]),
    ]);
}

#[test]
fn what_may_come_is_not_what_was() {
    hold(&[
        ("who might defect from HTS to ISIS", &["foreign fighters", "-came from the Islamic State"]),
        ("To which organisations could disgruntled Central Asian fighters defect?", &["al-Qaeda", "Islamic State"]),
    ]);
}

#[test]
fn words_beside_the_matter() {
    hold(&[
        ("which groups pledged suport to the new government in syria", &["Sunni Arab"]),
        ("To which two states did the United States give warnings of impending attacks in 2024?", &["Russia", "Iran"]),
        ("According to Charles Lister, how do HTS and ISIS regard each other?", &["Lister"]),
        ("who provides air cover to shia militias", &["United States", "before"]),
        ("who provides air cover to shia militias now", &["NothingRecorded"]),
        ("who received al-Sharaa in Paris", &["France"]),
        ("do the sources agree on when HTS left al-Qaeda", &["2016", "2017"]),
    ]);
    assert_eq!(
        told("who hosts al-Qaeda's leadership today").ok().map(|reply| reply.status),
        Some(Standing::NothingRecorded)
    );
}
