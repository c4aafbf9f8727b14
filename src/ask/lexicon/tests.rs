//! What the shipped words mean.

use super::*;
// Only these tests look at the shipped data set; `ask` itself is given its graph.
use crate as allegiance;
use crate::model::Category;

fn vocabulary() -> Vocabulary {
    allegiance::dataset::embedded().vocabulary().clone()
}

/// A text as units; words in capitals are names.
fn units(text: &str) -> Vec<Unit<'_>> {
    text.split(' ')
        .map(|word| if word.chars().all(|c| c.is_ascii_uppercase()) { Unit::Taken } else { Unit::Word(word) })
        .collect()
}

/// The ties that a text means as a whole: (name, read from its object's side, has a particle).
fn ties(lexicon: &Lexicon, text: &str) -> Vec<(String, Vec<String>, bool)> {
    let units = units(text);
    let Some(phrase) = lexicon.phrase(&units).filter(|phrase| phrase.length == units.len()) else { return Vec::new() };
    let vocabulary = vocabulary();
    phrase
        .meanings
        .iter()
        .filter_map(|meaning| {
            let Meaning::Tie { sense, turned, .. } = meaning else { return None };
            let word = lexicon.tie(*sense, *turned);
            let types = word.types.iter().map(|id| vocabulary.relation_type(*id).name.to_string()).collect();
            Some((word.name.clone(), types, word.inverted))
        })
        .collect()
}

#[test]
fn the_shipped_lexicon_reads() {
    let lexicon = Lexicon::embedded(&vocabulary());
    assert!(lexicon.senses.len() > 100);
}

/// How a phrase reads a type: `>` from subject to object, `<` the other way, `=` either way.
fn reading(lexicon: &Lexicon, vocabulary: &Vocabulary, text: &str, kind: &str) -> Option<char> {
    let units = units(text);
    let phrase = lexicon.phrase(&units).filter(|phrase| phrase.length == units.len())?;
    let id = vocabulary.type_named(kind)?;
    phrase.meanings.iter().find_map(|meaning| {
        let Meaning::Tie { sense, turned, .. } = meaning else { return None };
        let word = lexicon.tie(*sense, *turned);
        word.types.contains(&id).then(|| match word.reads(vocabulary, id) {
            (true, true) => '=',
            (true, false) => '>',
            _ => '<',
        })
    })
}

#[test]
fn directions_are_kept() {
    let vocabulary = vocabulary();
    let lexicon = Lexicon::embedded(&vocabulary);
    for (text, kind, expected) in [
        ("allied with", "allied_with", '='),
        ("team up with", "cooperates_with", '='),
        ("friend of", "cooperates_with", '='),
        ("works with", "cooperates_with", '='),
        ("hostile to", "enemy_of", '='),
        ("at war with", "at_war_with", '='),
        ("fought against", "clashes_with", '='),
        ("fighting", "at_war_with", '='),
        ("attacked", "attacks", '>'),
        ("bombing", "attacks", '>'),
        ("target of", "attacks", '<'),
        ("plotted against", "plots_against", '>'),
        ("killed", "kills", '>'),
        ("toppled", "overthrows", '>'),
        ("bring X down", "overthrows", '>'),
        ("holds back", "blocks", '>'),
        ("cracked down on", "represses", '>'),
        ("denounced", "denounces", '>'),
        ("occupies", "occupies", '>'),
        ("under occupation by", "occupies", '<'),
        ("part of", "part_of", '>'),
        ("consists of", "part_of", '<'),
        ("members of", "member_of", '>'),
        ("branch of", "affiliate_of", '>'),
        ("backs", "backs", '>'),
        ("backed", "backs", '>'),
        ("received support from", "backs", '<'),
        ("supporters of", "backs", '>'),
        ("client of", "backs", '<'),
        ("backs", "proxy_of", '<'),
        ("props X up", "backs", '>'),
        ("bankrolled", "funds", '>'),
        ("arms", "arms", '>'),
        ("armed", "arms", '>'),
        ("bought weapons from", "arms", '<'),
        ("trained", "trains", '>'),
        ("gave X intelligence", "shares_intelligence_with", '>'),
        ("given intelligence to", "shares_intelligence_with", '>'),
        ("providing X with intelligence", "shares_intelligence_with", '>'),
        ("received intelligence from", "shares_intelligence_with", '<'),
        ("gets intel from", "shares_intelligence_with", '<'),
        ("passing intelligence to", "shares_intelligence_with", '>'),
        ("gave X refuge", "hosts", '>'),
        ("given refuge by", "hosts", '<'),
        ("fled to", "hosts", '<'),
        ("took X in", "hosts", '>'),
        ("harbouring", "hosts", '>'),
        ("harboring", "hosts", '>'),
        ("provides air cover to", "provides_air_cover_to", '>'),
        ("covered from the air by", "provides_air_cover_to", '<'),
        ("covered from the air", "provides_air_cover_to", '>'),
        ("spared", "spared_by", '<'),
        ("exempt from attacks by", "spared_by", '>'),
        ("warned", "warns", '>'),
        ("tipped X off", "warns", '>'),
        ("controls", "controls", '>'),
        ("controls", "subordinate_to", '<'),
        ("controls", "proxy_of", '<'),
        ("under the control of", "subordinate_to", '>'),
        ("proxies of", "proxy_of", '>'),
        ("puppet master of", "proxy_of", '<'),
        ("pulls the strings of", "subordinate_to", '<'),
        ("leader of", "leads", '>'),
        ("head", "leads", '>'),
        ("led by", "leads", '<'),
        ("in charge of", "leads", '>'),
        ("rules", "governs", '>'),
        ("pledged allegiance to", "pledges_allegiance_to", '>'),
        ("swore an oath to", "pledges_allegiance_to", '>'),
        ("renew its oath to", "pledges_allegiance_to", '>'),
        ("swear its oath to", "pledges_allegiance_to", '>'),
        ("loyal to", "pledges_allegiance_to", '>'),
        ("received a pledge of allegiance from", "pledges_allegiance_to", '<'),
        ("split from", "splits_from", '>'),
        ("splinter group of", "splits_from", '>'),
        ("broke with", "breaks_with", '>'),
        ("broken formally with", "breaks_with", '>'),
        ("cut ties with", "breaks_with", '>'),
        ("turned on", "breaks_with", '>'),
        ("defected to", "defects_to", '>'),
        ("succeeded", "successor_of", '>'),
        ("predecessor of", "successor_of", '<'),
        ("became", "successor_of", '<'),
        ("became", "renamed_to", '>'),
        ("grew out of", "successor_of", '>'),
        ("grew out of", "renamed_to", '<'),
        ("turned into", "successor_of", '<'),
        ("brought into", "absorbed_by", '>'),
        ("absorbed by", "absorbed_by", '>'),
        ("absorbed", "absorbed_by", '<'),
        ("met with", "meets_with", '='),
        ("signed an accord with", "agreement_with", '='),
        ("recognized", "recognises", '>'),
        ("designated", "designates", '>'),
        ("branded X a terrorist group", "designates", '>'),
        ("put X on the terror list", "designates", '>'),
        ("on X 's terror list", "designates", '<'),
        ("on the terrorist list of", "designates", '<'),
        ("delisted", "designates", '>'),
        ("took X off the terror list", "designates", '>'),
        ("added to X 's list of terrorist organizations", "designates", '<'),
        ("removed from the X list", "designates", '<'),
        ("sanctioned", "sanctions", '>'),
        ("under sanctions from", "sanctions", '<'),
        ("put a bounty on", "places_bounty_on", '>'),
        ("sympathise with", "sympathises_with", '>'),
        ("unhappy with", "discontented_with", '>'),
        ("wary of", "wary_of", '>'),
        ("may defect to", "may_defect_to", '>'),
        ("might join", "may_defect_to", '>'),
        ("depends on", "depends_on", '>'),
        ("influences", "influences", '>'),
        ("operate in", "operates_in", '>'),
        ("based in", "based_in", '>'),
        ("stronghold of", "based_in", '<'),
    ] {
        let found = reading(&lexicon, &vocabulary, text, kind);
        assert_eq!(found, Some(expected), "{text} as {kind}; means {:?}", ties(&lexicon, text));
    }
}

#[test]
fn every_type_has_a_word_of_its_own() {
    let vocabulary = vocabulary();
    let lexicon = Lexicon::embedded(&vocabulary);
    // Not by the labels that are added for a vocabulary of any kind.
    let own = lexicon.senses.iter().position(|sense| *sense.name == *vocabulary.relation_types[0].name).unwrap();
    for (id, t) in vocabulary.types() {
        let senses: Vec<&str> = lexicon.senses[..own]
            .iter()
            .filter(|sense| sense.name != "linked" && sense.word(false).types.contains(&id))
            .map(|sense| sense.name.as_str())
            .collect();
        assert!(!senses.is_empty(), "{} has no word", t.name);
    }
}

#[test]
fn attitudes_and_risks_are_no_alliances() {
    let vocabulary = vocabulary();
    let lexicon = Lexicon::embedded(&vocabulary);
    for text in [
        "allied with",
        "ally of",
        "allies",
        "friend of",
        "backs",
        "supports",
        "supported",
        "backer of",
        "helps",
        "works with",
        "loyal to",
        "pledged allegiance to",
        "pledged support to",
        "member of",
        "part of",
        "joined",
        "affiliated with",
        "defected to",
        "broke with",
        "split from",
        "partner of",
        "in league with",
        "sides with",
        "hostile to",
        "enemy of",
        "fights",
        "at war with",
    ] {
        let units = units(text);
        let phrase = lexicon.phrase(&units).unwrap_or_else(|| panic!("{text}"));
        for meaning in &phrase.meanings {
            let Meaning::Tie { sense, turned, .. } = meaning else { continue };
            let word = lexicon.tie(*sense, *turned);
            for id in &word.types {
                let t = vocabulary.relation_type(*id);
                assert_ne!(t.category, Category::Stance, "{text} means {}", t.name);
            }
        }
    }
}

#[test]
fn the_longest_phrase_wins_and_tells_its_gap() {
    let lexicon = Lexicon::embedded(&vocabulary());
    let phrase = lexicon.phrase(&units("gave the X X intelligence on X")).unwrap();
    assert_eq!((phrase.length, phrase.gap), (5, Some(2)));
    let phrase = lexicon.phrase(&units("split publicly from X")).unwrap();
    assert_eq!((phrase.length, phrase.gap), (3, None));
    let phrase = lexicon.phrase(&units("split X")).unwrap();
    assert_eq!(phrase.length, 1);
    assert_eq!(lexicon.phrase(&units("X split")), None);
    assert_eq!(lexicon.phrase(&[]), None);
    assert_eq!(lexicon.phrase(&units("bananas")), None);
}

#[test]
fn forms_are_told_apart() {
    let lexicon = Lexicon::embedded(&vocabulary());
    let forms = |text: &str| -> Vec<Form> {
        let phrase = lexicon.phrase(&units(text)).unwrap_or_else(|| panic!("{text}"));
        phrase
            .meanings
            .iter()
            .filter_map(|meaning| match meaning {
                Meaning::Tie { form, .. } => Some(*form),
                _ => None,
            })
            .collect()
    };
    for (text, form) in [
        ("overthrow", Form::Base),
        ("overthrows", Form::Present),
        ("overthrew", Form::Past),
        ("overthrown", Form::Participle),
        ("overthrowing", Form::Ing),
        ("enemy", Form::Noun),
        ("enemies", Form::Plural),
        ("enemies of", Form::Plural),
        ("loyal to", Form::Adjective),
        ("designation of", Form::Matter),
        ("pledges", Form::Matter),
    ] {
        assert!(forms(text).contains(&form), "{text}: {:?}", forms(text));
    }
}

#[test]
fn one_letter_may_be_wrong() {
    let lexicon = Lexicon::embedded(&vocabulary());
    let slip = |text: &str| lexicon.misspelt(&units(text)).and_then(|phrase| phrase.slip);
    let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    assert_eq!(slip("suported X"), pair("suported", "supported"));
    assert_eq!(slip("desginated"), pair("desginated", "designated"));
    assert_eq!(slip("alied with"), pair("alied", "allied"));
    assert_eq!(slip("pledged suport to"), pair("suport", "support"));
    assert_eq!(slip("pledgd allegiance to"), pair("pledgd", "pledged"));
    // Nothing shorter than six letters is what was meant.
    assert_eq!(slip("alli of"), None);
    assert_eq!(slip("bakc"), None);
    assert_eq!(slip("beack"), None);
    // Right as they are, too short, or too far away.
    for text in ["backed", "banked X", "raised X", "hacked X", "mett", "suppprtedd", "bananas", "X", "founder of the"] {
        assert_eq!(slip(text), None, "{text}");
    }
}

#[test]
fn words_of_records_meet_words_of_questions() {
    let lexicon = Lexicon::embedded(&vocabulary());
    for words in [
        "toppled overthrew ousted fall collapsed ouster",
        "seized captured taking conquest",
        "fled flight refuge",
        "bombing strikes",
        "warned alerted tipped",
        "oath pledges allegiance bay'a loyalty swore",
        "withdrew withdrawal departure left",
        "launched began kicks",
        "foiled thwart prevented",
        "recognised recognizes",
    ] {
        let concepts: BTreeSet<String> =
            words.split(' ').filter(|word| *word != "kicks").map(|word| lexicon.concept(word)).collect();
        assert_eq!(concepts.len(), 1, "{words}: {concepts:?}");
    }
    assert_eq!(lexicon.concepts(&["bring", "down"]), lexicon.concepts(&["topple"]));
    assert_eq!(lexicon.concepts(&["the", "air", "strikes"]).len(), 2);
    assert_ne!(lexicon.concept("attack"), lexicon.concept("agreement"));
}

#[test]
fn empty_words_and_negations() {
    let lexicon = Lexicon::embedded(&vocabulary());
    for word in ["the", "was", "of", "who", "with"] {
        assert!(lexicon.is_empty_word(word), "{word}");
    }
    for word in
        ["not", "never", "no", "without", "longer", "hardly", "nor", "neither", "n't", "didn't", "isn't", "backs"]
    {
        assert!(!lexicon.is_empty_word(word), "{word}");
    }
}

#[test]
fn nothing_is_said_twice() {
    let file = shape::File::read(SHIPPED).unwrap();
    let mut faults = Vec::new();
    for tie in &file.ties {
        for (side, lists) in [
            ("", [&tie.verbs, &tie.adjectives, &tie.nouns, &tie.matters]),
            ("turned", [&tie.turned.verbs, &tie.turned.adjectives, &tie.turned.nouns, &tie.turned.matters]),
            ("ends", [&tie.ends.verbs, &tie.ends.adjectives, &tie.ends.nouns, &tie.ends.matters]),
            (
                "turned ends",
                [&tie.turned_ends.verbs, &tie.turned_ends.adjectives, &tie.turned_ends.nouns, &tie.turned_ends.matters],
            ),
        ] {
            for list in lists {
                let mut seen = BTreeSet::new();
                for notation in list.iter().filter_map(|entry| notation::Notation::new(entry)) {
                    // Without their particles two entries may well be the same.
                    let phrases = notation.spelt_out();
                    let with_particles =
                        phrases.len() * notation.particles().count() / (1 + notation.particles().count());
                    let whole = if with_particles == 0 { &phrases[..] } else { &phrases[..with_particles] };
                    for phrase in whole.iter().filter(|phrase| !seen.insert((*phrase).clone())) {
                        faults.push(format!("{} {side}: {phrase}", tie.name));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let mut names: Vec<&str> = file.ties.iter().map(|tie| tie.name.as_str()).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn every_type_and_kind_that_is_named_is_there() {
    let vocabulary = vocabulary();
    let file = shape::File::read(SHIPPED).unwrap();
    for tie in &file.ties {
        for name in &tie.types {
            let bare = name.trim_start_matches(['~', '-', '@', '#']);
            let is_there = vocabulary.type_named(bare).is_some()
                || vocabulary.relation_groups.iter().any(|group| *group.name == *bare)
                || Category::from_word(bare).is_some();
            assert!(is_there, "{}: {name}", tie.name);
        }
    }
    for kind in file.sorts.iter().flat_map(|sort| &sort.kinds) {
        let is_group = vocabulary.kind_groups.iter().any(|group| *group.name == **kind);
        assert!(is_group || vocabulary.kind_named(kind).is_some(), "{kind}");
    }
}

#[test]
fn a_file_of_ones_own_adds_words() {
    let vocabulary = vocabulary();
    let own = r#"{"ties": [
        {"name": "allied", "verbs": ["break bread (with)"]},
        {"name": "feeds", "types": ["supplies"], "verbs": ["victual"]},
        {"name": "unknown", "types": ["no_such_type"], "verbs": ["frobnicate"]}
    ]}"#;
    let lexicon = Lexicon::embedded(&vocabulary).with(own, &vocabulary).unwrap();
    assert_eq!(reading(&lexicon, &vocabulary, "broke bread with", "allied_with"), Some('='));
    assert_eq!(reading(&lexicon, &vocabulary, "victualled", "supplies"), None);
    assert_eq!(reading(&lexicon, &vocabulary, "victualed", "supplies"), Some('>'));
    assert_eq!(lexicon.phrase(&[Unit::Word("frobnicates")]), None);
    for (text, message) in [
        ("[]", "begins as a list"),
        ("3", "expected a lexicon"),
        ("{\"tie\": []}", "unknown field `tie`"),
        ("{\"ties\": [{}]}", "number 1 has no `name`"),
        ("{\"asks\": {\"weather\": [\"rain\"]}}", "`weather` is no kind of question"),
        ("{", "line 1 column 1"),
    ] {
        let error = Lexicon::read(text, &vocabulary).unwrap_err();
        assert!(error.message.contains(message), "{}", error.message);
    }
}

#[test]
fn a_vocabulary_of_ones_own_brings_its_labels() {
    let mut vocabulary = vocabulary();
    let at = vocabulary.type_named("trades_with").unwrap().index();
    vocabulary.relation_types[at].label = "smuggles cigars for".into();
    vocabulary.relation_types[at].symmetric = false;
    let lexicon = Lexicon::embedded(&vocabulary);
    assert_eq!(reading(&lexicon, &vocabulary, "smuggled cigars for", "trades_with"), Some('>'));
}

#[test]
fn no_phrase_reads_both_ways_in_one_sense() {
    let vocabulary = vocabulary();
    let lexicon = Lexicon::embedded(&vocabulary);
    let mut faults = Vec::new();
    for words in lexicon.phrases.all() {
        let units: Vec<Unit<'_>> =
            words.split(' ').map(|word| if word == notation::GAP { Unit::Taken } else { Unit::Word(word) }).collect();
        let Some(Phrase { meanings, .. }) = lexicon.phrase(&units) else {
            faults.push(format!("{words} is not found"));
            continue;
        };
        for meaning in &meanings {
            let Meaning::Tie { sense, form: Form::Past | Form::Participle, turned, .. } = meaning else { continue };
            // A noun follows an article or a possessive, and is told apart by it.
            let other_way = |other: &Meaning| match other {
                Meaning::Tie { form: Form::Noun | Form::Plural | Form::Matter, .. } => false,
                Meaning::Tie { sense: also, turned: way, .. } => also == sense && way != turned,
                _ => false,
            };
            if !lexicon.tie(*sense, false).either_way && meanings.iter().any(other_way) {
                faults.push(format!("{}: {words}", lexicon.senses[*sense].name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn endings_are_told() {
    let lexicon = Lexicon::embedded(&vocabulary());
    let ends = |text: &str| {
        let units = units(text);
        let phrase = lexicon.phrase(&units).filter(|phrase| phrase.length == units.len());
        phrase.is_some_and(|phrase| {
            phrase.meanings.iter().any(|meaning| matches!(meaning, Meaning::Tie { ends: true, .. }))
        })
    };
    for text in [
        "delisted",
        "take X off the terror list",
        "lifted the bounty on",
        "lift sanctions on",
        "took back their pledge to",
    ] {
        assert!(ends(text), "{text}");
    }
    for text in ["designated", "put X on the terror list", "pledged allegiance to", "sanctioned"] {
        assert!(!ends(text), "{text}");
    }
}

#[test]
fn words_make_kinds_of_question() {
    let lexicon = Lexicon::embedded(&vocabulary());
    for (text, ask) in [
        ("timeline", "timeline"),
        ("chronology", "timeline"),
        ("what happened", "happened"),
        ("what happened to", "outcomes"),
        ("path", "path"),
        ("connected", "path"),
        ("differs", "changes"),
        ("aka", "names"),
        ("used to be called", "former-names"),
        ("abbreviation", "short-name"),
        ("stands for", "full-name"),
        ("lineage", "lineage"),
        ("predecessors", "origins"),
        ("grew out of", "origins"),
        ("became", "outcomes"),
        ("splinter groups", "breaks"),
        ("one and the same", "same"),
        ("relationship between", "relation"),
        ("disagree", "disagreements"),
        ("contested", "disagreements"),
        ("anonymous", "anonymous"),
        ("known", "known"),
        ("how many", "count"),
        ("who is", "profile"),
        ("disbanded", "existence"),
        ("disbanded", "gone"),
        ("founded", "founded"),
        ("where", "where"),
        ("how sure", "sureness"),
        ("who says", "sources"),
        ("began", "start"),
        ("until when", "finish"),
        ("how long", "span"),
        ("no longer", "no-longer"),
        ("might", "risk"),
        ("in common", "common"),
        ("one another", "each-other"),
        ("newest source", "newest"),
        ("what year", "when"),
        ("why", "why"),
        ("former", "former"),
    ] {
        let units = units(text);
        let phrase = lexicon.phrase(&units).filter(|phrase| phrase.length == units.len());
        let means = phrase.map(|phrase| phrase.meanings).unwrap_or_default();
        assert!(means.contains(&Meaning::Ask(ask)), "{text}: {means:?}");
    }
    let file = shape::File::read(SHIPPED).unwrap();
    assert!(ASKS.iter().all(|name| file.asks.contains_key(*name)), "an ask without words");
}

#[test]
fn sorts_are_kinds() {
    let vocabulary = vocabulary();
    let lexicon = Lexicon::embedded(&vocabulary);
    for (text, kind) in
        [("states", "state"), ("countries", "state"), ("militias", "militia"), ("people", "person"), ("towns", "place")]
    {
        let phrase = lexicon.phrase(&units(text)).unwrap_or_else(|| panic!("{text}"));
        let id = vocabulary.kind_named(kind).unwrap();
        assert!(phrase.meanings.iter().any(|m| matches!(m, Meaning::Sort(kinds) if kinds.contains(&id))), "{text}");
    }
}

#[test]
fn words_that_change_the_meaning_are_not_passed_over() {
    let lexicon = Lexicon::embedded(&vocabulary());
    for word in [
        "strongest",
        "closest",
        "biggest",
        "main",
        "key",
        "important",
        "principal",
        "major",
        "first",
        "only",
        "oldest",
        "directly",
        "indirectly",
        "secretly",
        "openly",
        "fully",
        "partly",
        "formally",
        "officially",
        "publicly",
        "effectively",
        "possibly",
        "allegedly",
        "reportedly",
        "except",
        "besides",
        "other",
        "apart",
        "but",
        "instead",
        "rather",
        "than",
        "more",
        "less",
        "least",
        "either",
        "capital",
        "stop",
        "withdraw",
        "end",
        "cease",
        "halt",
        "quit",
    ] {
        assert!(!lexicon.is_empty_word(word), "{word}");
        let phrase = lexicon.phrase(&[Unit::Word(word)]);
        assert!(phrase.is_none_or(|phrase| !phrase.meanings.contains(&Meaning::Filler)), "{word}");
    }
    let lengths = |text: &str| lexicon.phrase(&units(text)).map(|phrase| phrase.length);
    for text in ["at least X", "de facto X", "do you think X", "most important X"] {
        assert!(lengths(text).is_none_or(|length| length == 0), "{text}");
    }
    // Inside phrases of breaking it is all the same.
    for text in ["formally broke with", "break formally with", "publicly parted ways with", "officially split from"] {
        assert_eq!(lengths(text), Some(text.split(' ').count()), "{text}");
        assert!(!ties(&lexicon, text).is_empty(), "{text}");
    }
    assert_eq!(lengths("backs secretly X"), Some(1));
}

#[test]
fn senses_are_no_wider_than_their_words() {
    let vocabulary = vocabulary();
    let lexicon = Lexicon::embedded(&vocabulary);
    for (text, kind) in [
        ("controls", "occupies"),
        ("holds", "occupies"),
        ("linked to", "seeks_ties_with"),
        ("linked to", "offers_to"),
        ("linked to", "denounces"),
        ("linked to", "warns"),
        ("helped", "cooperates_with"),
        ("enabled", "allied_with"),
        ("defected from", "defects_to"),
        ("defectors from", "defects_to"),
    ] {
        assert!(
            ties(&lexicon, text).iter().all(|(_, types, _)| !types.iter().any(|own| own == kind)),
            "{text}: {kind}"
        );
    }
    for (text, kind, way) in [
        ("helped", "backs", '>'),
        ("helped", "endorses", '>'),
        ("defected from", "splits_from", '>'),
        ("part of", "part_of", '>'),
        ("member of", "member_of", '>'),
        ("branch of", "affiliate_of", '>'),
        ("preceded", "successor_of", '<'),
        ("controls part of", "occupies", '>'),
    ] {
        assert_eq!(reading(&lexicon, &vocabulary, text, kind), Some(way), "{text}: {kind}");
    }
}
