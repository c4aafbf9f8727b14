//! Names found by the keys of a compiled set: the same actors, candidates and reasons as without them, for every name and many that are none.

use allegiance::dataset;
use allegiance::graph::{Builder, NameKey, NameKeys, TemporalGraph};
use allegiance::model::{Actor, ActorId, KindId, Name, NameKind};
use allegiance::names::{How, Index, KeysBuilder, NameError, fold, keys, transliteration_key};
use allegiance::time::{Dated, Day, Window};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::sync::LazyLock;

/// Forms by the rules as documented, done by hand; sums by another program.
const VECTORS: [(&str, &str, &str, [u32; 3]); 5] = [
    ("Hayʼat Taḥrīr al-Shām", "hayat tahrir al sham", "hAyt tAhrr sham", [0xb6fe_6be4, 0x0624_6bcd, 0xa351_c6b9]),
    ("Türkiye", "turkiye", "tUrkyA", [0xcfa5_1027, 0x35b2_d35e, 0xab10_51a0]),
    ("Hezbollah", "hezbollah", "hIzblA", [0x02bc_13b5, 0x804d_9116, 0x87c4_1cb7]),
    ("U.S.-led coalition", "us led coalition", "us led kUAltn", [0x4cdd_eafe, 0x59ed_1de9, 0x2a28_a09d]),
    ("النصرة", "النصره", "نصره", [0x74d7_25a5, 0xb11a_192b, 0xb5a6_1934]),
];

/// The shipped data as read, and as a compiled set has it.
static PLAIN: LazyLock<TemporalGraph> = LazyLock::new(dataset::embedded);
static KEYED: LazyLock<TemporalGraph> = LazyLock::new(|| dataset::embedded().with_name_keys(keys(&PLAIN)));

fn name(text: &str, kind: NameKind, valid: Option<&str>) -> Name {
    let valid = valid.map(|valid| Dated::parse(valid).expect("a date"));
    Name { text: text.into(), lang: None, script: None, kind, valid, sources: Vec::new() }
}

/// Actors of these main and other names, numbered.
fn actors(names: impl IntoIterator<Item = (String, Vec<Name>)>) -> Vec<Actor> {
    let actor = |(at, (name, names)): (usize, (String, Vec<Name>))| Actor {
        slug: format!("a{at:05}").into(),
        name: name.into(),
        kind: KindId::new(0),
        names,
        exists: None,
        traits: Vec::new(),
        summary: None,
        external_ids: Vec::new(),
        claims: Vec::new(),
    };
    names.into_iter().enumerate().map(actor).collect()
}

/// The graph of some actors without keys and with them.
fn both(actors: Vec<Actor>) -> [TemporalGraph; 2] {
    let graph = |actors| Builder { actors, ..Builder::default() }.build();
    let (plain, other) = (graph(actors.clone()), graph(actors));
    let keys = keys(&plain);
    [plain, other.with_name_keys(keys)]
}

fn windows() -> [Window; 3] {
    let year = |year: i32| {
        let day = |month, day| Day::from_ymd(year, month, day).expect("a day");
        Window::sometime(day(1, 1), day(12, 31))
    };
    [Window::ALL, year(2015), year(2025)]
}

/// Spellings of a name that some step or other should find, and misspellings.
fn spellings(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let at = |part: usize| chars.len() * part / 5;
    let without: String = chars.iter().take(at(3)).chain(chars.iter().skip(at(3) + 1)).collect();
    let doubled: String = chars.iter().take(at(2) + 1).chain(chars.iter().skip(at(2))).collect();
    let mut swapped = chars.clone();
    if at(4) + 1 < swapped.len() {
        swapped.swap(at(4), at(4) + 1);
    }
    vec![
        name.to_owned(),
        format!("  {name}\t"),
        name.to_uppercase(),
        name.to_lowercase(),
        name.replace('-', " "),
        name.replace("al-", "el-"),
        name.replace(['’', '\''], ""),
        format!("the {name}"),
        format!("{name}’s"),
        fold(name),
        name.replace('o', "u"),
        name.replace('q', "k").replace('Q', "K"),
        name.replace("sh", "ssh").replace('e', "i"),
        without,
        doubled,
        swapped.into_iter().collect(),
        name.chars().rev().collect(),
    ]
}

fn agree(plain: &Index<'_>, keyed: &Index<'_>, text: &str) {
    for window in windows() {
        let wanted = plain.resolve(text, window);
        assert_eq!(keyed.resolve(text, window), wanted, "{text:?}");
        assert_eq!(keyed.find(text, window), wanted.ok(), "{text:?}");
        assert_eq!(keyed.mentions(text, window), plain.mentions(text, window), "{text:?}");
    }
    assert_eq!(keyed.is_name(text), plain.is_name(text), "{text:?}");
    assert_eq!(keyed.with_main_name(text), plain.with_main_name(text), "{text:?}");
}

fn names_of(graph: &TemporalGraph) -> Vec<&str> {
    graph.actors().flat_map(|(_, a)| std::iter::once(&*a.name).chain(a.names.iter().map(|n| &*n.text))).collect()
}

#[test]
fn every_spelling_of_every_shipped_name_is_read_alike_with_keys_and_without() {
    assert!(PLAIN.name_keys().is_none() && KEYED.name_keys().is_some());
    let (plain, keyed) = (Index::new(&PLAIN), Index::new(&KEYED));
    let mut steps = [0; 6];
    for name in names_of(&PLAIN) {
        for text in spellings(name) {
            let step = match plain.resolve(&text, Window::ALL) {
                Ok(found) => match found.how {
                    How::Id => 0,
                    How::Exact { .. } => 1,
                    How::Folded { .. } => 2,
                    How::Transliterated { .. } => 3,
                    How::Misspelt { .. } => 4,
                },
                Err(_) => 5,
            };
            steps[step] += 1;
            assert_eq!(keyed.resolve(&text, Window::ALL), plain.resolve(&text, Window::ALL), "{text:?}");
        }
        agree(&plain, &keyed, name);
    }
    assert!(steps.iter().all(|met| *met > 20), "every step is met: {steps:?}");
}

#[test]
fn sentences_mention_the_same_names_with_keys_and_without() {
    let (plain, keyed) = (Index::new(&PLAIN), Index::new(&KEYED));
    let names = names_of(&PLAIN);
    let mut found = 0;
    for pair in names.windows(3).step_by(2) {
        let [a, b, c] = pair else { unreachable!("windows of three") };
        for sentence in [
            format!("Was {a} allied with the {b} in 2019, or with {c}?"),
            format!("did {}'s allies fight {} and {}", a.to_lowercase(), b.replace('a', "e"), c.to_uppercase()),
        ] {
            let mentions = plain.mentions(&sentence, windows()[1]);
            found += mentions.len();
            assert_eq!(keyed.mentions(&sentence, windows()[1]), mentions, "{sentence}");
        }
    }
    assert!(found > names.len(), "{found}");
}

#[test]
fn names_that_share_a_key_by_chance_are_told_apart() {
    // Pairs of the same CRC-32: as written, folded, and (words of four letters are their own keys) transliterated.
    let names = ["plumless", "buckeroo", "kasl barm", "habj sula", "kazh kalg", "hakn zurk"];
    let graphs = both(actors(names.map(|name| (name.to_owned(), Vec::new()))));
    let columns = graphs[1].name_keys().expect("made above");
    let shared = [&columns.exact, &columns.folded, &columns.keyed]
        .map(|column| column.all().windows(2).filter(|pair| pair[0].hash == pair[1].hash).count());
    assert_eq!(shared, [3, 3, 2]);
    let [plain, keyed] = graphs.each_ref().map(Index::new);
    for (at, name) in names.iter().enumerate() {
        // Each exact, folded and transliterated.
        for text in [name.to_string(), name.to_uppercase(), format!("{name} al-"), format!("al {name}")] {
            agree(&plain, &keyed, &text);
            let found = keyed.resolve(&text, Window::ALL).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(found.actor, ActorId::new(at), "{text}");
        }
        assert_eq!(keyed.with_main_name(name), [ActorId::new(at)]);
    }
    let keyed = keyed.resolve("al habj sula", Window::ALL).expect("found above");
    assert_eq!(keyed.how, How::Transliterated { name: "habj sula".into() });
}

#[test]
fn a_name_that_very_many_bear_is_ambiguous_between_them_all_and_told_in_a_line() {
    const MANY: usize = 3000;
    let graphs = both(actors((0..MANY).map(|_| ("Unidentified armed group".to_owned(), Vec::new()))));
    for index in graphs.each_ref().map(Index::new) {
        for text in ["Unidentified armed group", "UNIDENTIFIED ARMED GROUP", "unidentifed armed group"] {
            let error = index.resolve(text, Window::ALL).expect_err("many bear it");
            let NameError::Ambiguous { candidates, .. } = &error else { panic!("{error}") };
            assert_eq!(candidates.len(), MANY);
            assert!(candidates.is_sorted_by(|a, b| a.actor < b.actor));
            assert!(error.to_string().ends_with(", Unidentified armed group (a00011) and 2988 more"), "{error}");
        }
        assert_eq!(index.with_main_name("Unidentified armed group").len(), MANY);
    }
}

#[test]
fn keys_of_names_that_are_not_there_find_nothing() {
    let make = || Builder { actors: actors([("Harakat".to_owned(), Vec::new())]), ..Builder::default() }.build();
    let key = |place| NameKey { hash: 0, actor: ActorId::new(0), place };
    let good = keys(&make());
    let with_place = |place| {
        let moved = |keys: &[NameKey]| {
            keys.iter().map(|found| NameKey { hash: found.hash, ..key(place) }).collect::<Vec<_>>().into()
        };
        let keys = NameKeys {
            exact: moved(good.exact.all()),
            folded: moved(good.folded.all()),
            keyed: moved(good.keyed.all()),
            longest_words: good.longest_words,
        };
        make().with_name_keys(keys)
    };
    let found = |place, text: &str| Index::new(&with_place(place)).resolve(text, Window::ALL).map(|found| found.how);
    assert_eq!(found(0, "Harakat"), Ok(How::Exact { name: "Harakat".into() }));
    for text in ["Harakat", "harakat", "al-Harakat"] {
        assert!(found(1, text).is_err(), "{text}");
    }
}

#[test]
fn keys_are_sums_of_forms_and_both_stay_as_they_are() {
    for (text, folded, keyed, sums) in &VECTORS {
        assert_eq!((fold(text).as_str(), transliteration_key(&fold(text)).as_str()), (*folded, *keyed), "{text}");
        let graph = Builder { actors: actors([((*text).to_owned(), Vec::new())]), ..Builder::default() }.build();
        let keys = keys(&graph);
        let found = [&keys.exact, &keys.folded, &keys.keyed].map(|column| column.all()[0].hash);
        assert_eq!(found, *sums, "{text}");
    }
}

#[test]
fn short_names_and_acronyms_have_no_key_of_spelling_and_signs_none_but_the_exact() {
    let acronym = name("Winep", NameKind::Acronym, None);
    let graph = Builder {
        actors: actors([
            ("Mali".to_owned(), vec![acronym]),
            ("MINUSMA troops".to_owned(), vec![]),
            ("🙂".to_owned(), vec![]),
        ]),
        ..Builder::default()
    }
    .build();
    let keys = keys(&graph);
    assert_eq!((keys.exact.len(), keys.folded.len(), keys.keyed.len(), keys.longest_words), (4, 3, 0, 2));
}

/// Begun words as the shell completes them, by a sort of all names.
fn slowly_beginning<'g>(graph: &'g TemporalGraph, begun: &str, most: usize) -> Vec<&'g str> {
    let wanted = fold(begun);
    let mut all: Vec<(bool, String, &str)> = names_of(graph)
        .into_iter()
        .map(|name| (fold(name), name))
        .filter(|(folded, _)| !wanted.is_empty() && format!(" {folded}").contains(&format!(" {wanted}")))
        .map(|(folded, name)| (!folded.starts_with(&wanted), folded, name))
        .collect();
    all.sort();
    all.dedup();
    all.into_iter().take(most).map(|(_, _, name)| name).collect()
}

#[test]
fn names_that_begin_so_are_those_of_a_sort_of_all() {
    let (plain, keyed) = (Index::new(&PLAIN), Index::new(&KEYED));
    for begun in ["", "a", "al", "al-", "Hayat", "qaed", "جب", "the k", "Is", "1", "state of", "zzz", "☃", "u.s"] {
        for most in [0, 1, 7, 60, 10_000] {
            let wanted = slowly_beginning(&PLAIN, begun, most);
            assert_eq!(plain.beginning(begun, most), wanted, "{begun} {most}");
            assert_eq!(keyed.beginning(begun, most), wanted, "{begun} {most}");
        }
    }
}

/// Parts of names that fold alike, are spelt alike, share a sum, or are an acronym or signs.
const PARTS: [&str; 30] = [
    "al-Sham",
    "ash-Sham",
    "el Sham",
    "Shām",
    "Jolani",
    "Julani",
    "al-Golani",
    "JOLANI",
    "Hezbollah",
    "Hizbullah",
    "HTS",
    "Hts",
    "HTŞ",
    "U.S.",
    "US",
    "the",
    "of",
    "Army",
    "army",
    "Armies",
    "plumless",
    "buckeroo",
    "kasl",
    "habj",
    "barm",
    "sula",
    "🙂",
    "'",
    "Front-2",
    "النصرة",
];

fn text() -> impl Strategy<Value = String> {
    let part = prop::sample::select(&PARTS[..]);
    prop::collection::vec(part, 1..4).prop_map(|parts| parts.join(" "))
}

fn other_name() -> impl Strategy<Value = Name> {
    let kinds = prop::sample::select(&[NameKind::Alias, NameKind::Acronym, NameKind::Former][..]);
    let dates = prop::sample::select(&[None, None, Some("2010/2020"), Some("2024/.."), Some("../2015~")][..]);
    (text(), kinds, dates).prop_map(|(text, kind, valid)| name(&text, kind, valid))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: RngSeed::Fixed(20_241_208), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_names_are_read_alike_with_keys_and_without(
        names in prop::collection::vec((text(), prop::collection::vec(other_name(), 0..4)), 0..12),
        asked in prop::collection::vec(text(), 4),
    ) {
        let [plain, keyed] = both(actors(names));
        let used = [Index::new(&plain), Index::new(&keyed)];
        let recorded = names_of(&plain);
        for text in recorded.iter().map(|name| (*name).to_owned()).chain(asked) {
            agree(&Index::new(&plain), &Index::new(&keyed), &text);
            for spelling in spellings(&text) {
                let wanted = used[0].resolve(&spelling, Window::ALL);
                prop_assert_eq!(used[1].resolve(&spelling, Window::ALL), wanted, "{}", spelling);
            }
            prop_assert_eq!(used[1].beginning(&text, 5), slowly_beginning(&plain, &text, 5));
        }
        let sentence = recorded.iter().take(5).copied().collect::<Vec<_>>().join(" and ");
        agree(&used[0], &used[1], &sentence);
    }

    #[test]
    fn keys_do_not_depend_on_the_order_of_actors(
        names in prop::collection::vec((text(), prop::collection::vec(other_name(), 0..3)), 0..12).prop_shuffle(),
        turn in any::<prop::sample::Index>(),
    ) {
        let actors = actors(names);
        let mut order: Vec<usize> = (0..actors.len()).collect();
        if !order.is_empty() {
            order.rotate_left(turn.index(actors.len()));
            order[1..].reverse();
        }
        let mut builder = KeysBuilder::default();
        order.iter().for_each(|at| builder.add(ActorId::new(*at), &actors[*at]));
        let (turned, straight) = (builder.finish(), keys(&Builder { actors, ..Builder::default() }.build()));
        for (a, b) in [(turned.exact, straight.exact), (turned.folded, straight.folded), (turned.keyed, straight.keyed)] {
            prop_assert_eq!(a.bytes(), b.bytes());
            prop_assert!(b.all().is_sorted());
        }
        prop_assert_eq!(turned.longest_words, straight.longest_words);
    }
}
