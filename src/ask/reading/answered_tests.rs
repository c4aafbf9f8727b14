//! Sentences with what they are read as and answered by, on the data that comes with the program.

use crate::ask::{Ground, Lexicon, Standing, ask};
use crate::graph::TemporalGraph;
use crate::model::Verdict;
use crate::names::Index;
use crate::question::Scope;
use std::sync::LazyLock;

static GRAPH: LazyLock<TemporalGraph> = LazyLock::new(crate::dataset::embedded);
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded(GRAPH.vocabulary()));

/// The kind, the verdict and the ids of the answers; `None` when the sentence is refused.
fn told(sentence: &str) -> Option<(&'static str, Option<Verdict>, Vec<String>)> {
    let names = Index::new(&GRAPH);
    let ground = Ground { graph: &GRAPH, names: &names, lexicon: &LEXICON };
    let (_, reply) = ask(ground, sentence, &Scope::default()).ok()?;
    let ids = if reply.status == Standing::Answered {
        reply.answers.iter().map(|a| a.id.clone()).collect()
    } else {
        Vec::new()
    };
    Some((reply.kind.unwrap_or(""), reply.verdict, ids))
}

#[test]
fn sets_are_those_of_the_sentence() {
    for (sentence, wanted, unwanted) in [
        // Descriptions side by side, not one inside the other.
        ("who are both enemies of ISIS and partners of the US", "syrian-kurdish-forces", "israel"),
        ("who is a friend of Turkey and an enemy of ISIS", "hts", "sna"),
        // An auxiliary after the subject decides the form of the verb.
        ("who has Iran been at odds with since december 2024", "syrian-interim-government", "hezbollah"),
        // Nobody affiliates a place.
        ("al qaeda affiliates in the sahel", "jnim", "hts"),
        // A heading about somebody who is not any more.
        ("head of the Nusra Front", "ahmed-al-sharaa", "ayman-al-zawahiri"),
        // Leading apart from governing.
        ("Who is the president of Syria?", "ahmed-al-sharaa", "hts"),
        ("who leads Afghanistan", "taliban", "al-qaeda"),
        // Being in a group, and at a place.
        ("who is in the Axis of Resistance", "hamas", "hts"),
        ("which groups are in Idlib", "french-fighters", "isis"),
        // Who led the same next or before.
        ("who succeeded Assad", "ahmed-al-sharaa", "bashar-al-assad"),
        ("who came before Trump as US president", "joe-biden", "donald-trump"),
        ("List the groups allied with HTS in 2019", "ktj", "isis"),
    ] {
        let (_, _, ids) = told(sentence).unwrap_or_else(|| panic!("{sentence}: refused"));
        assert!(ids.iter().any(|id| id == wanted), "{sentence}: {ids:?} without {wanted}");
        assert!(!ids.iter().any(|id| id == unwanted), "{sentence}: {ids:?} with {unwanted}");
    }
}

#[test]
fn yes_or_no() {
    for (sentence, kind, verdict) in [
        ("do the US and HTS share an enemy", "who", Verdict::Yes),
        ("does Israel occupy Syrian territory", "whether", Verdict::Yes),
        ("was Jolani a nom de guerre of al-Sharaa?", "same", Verdict::Yes),
        ("Did HTS exist under the name Nusra Front before 2017?", "same", Verdict::Yes),
        ("were there US troops in eastern Syria in January 2025", "whether", Verdict::Yes),
        // Nobody is where others are.
        ("was Jolani in al-Qaeda", "whether", Verdict::Yes),
        ("was Assad in Moscow", "whether", Verdict::Yes),
        ("is Trump friends with al-Sharaa", "whether", Verdict::Unknown),
    ] {
        let (found, said, _) = told(sentence).unwrap_or_else(|| panic!("{sentence}: refused"));
        assert_eq!((found, said), (kind, Some(verdict)), "{sentence}");
    }
}

#[test]
fn refused() {
    for sentence in [
        "was HTS allied with",
        "who is allied with",
        "who leads Jaish",
        "who leads Jaish al-Islam",
        "did boko haram pledge to isis",
        "what name did Sharaa go by when he led Nusra",
    ] {
        assert_eq!(told(sentence), None, "{sentence}");
    }
}
