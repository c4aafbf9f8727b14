//! Real questions against the shipped data, as the reader hands them over.

use super::*;
use crate::ask::{Lexicon, Named, Wanted};
use crate::dataset;
use crate::graph::TemporalGraph;
use crate::question::{Scope, When};
use crate::time::Dated;

fn id(graph: &TemporalGraph, slug: &str) -> ActorId {
    graph.actor_by_slug(slug).unwrap_or_else(|| panic!("no actor {slug}"))
}

/// A question written as `wanted: actor! actor? actor | words`: `!` does it, `?` has it done to it.
fn question(graph: &TemporalGraph, text: &str) -> RecordQuestion {
    let (wanted, rest) = text.split_once(": ").expect("wanted: …");
    let (actors, words) = rest.split_once('|').expect("actors | words");
    let wanted = match wanted {
        "when" => Wanted::When,
        "who" => Wanted::Who,
        "where" => Wanted::Where,
        "whether" => Wanted::Whether,
        "how many" => Wanted::HowMany,
        _ => Wanted::What,
    };
    let actors: Vec<&str> = actors.split_whitespace().collect();
    RecordQuestion {
        wanted,
        agent: actors.iter().position(|actor| actor.ends_with('!')),
        target: actors.iter().position(|actor| actor.ends_with('?')),
        actors: actors
            .iter()
            .map(|slug| Named { text: (*slug).to_owned(), actor: id(graph, slug.trim_end_matches(['!', '?'])) })
            .collect(),
        words: words.split_whitespace().map(str::to_owned).collect(),
    }
}

fn slug(graph: &TemporalGraph, record: Record) -> String {
    match record {
        Record::Event(id) => graph.event(id).slug.to_string(),
        Record::Relation(id) => graph.relation(id).slug.to_string(),
    }
}

fn ever() -> Scope {
    Scope { when: When::Ever, ..Scope::default() }
}

fn found(graph: &TemporalGraph, lexicon: &Lexicon, scope: Scope, text: &str) -> Vec<String> {
    let lens = Lens::new(graph, scope);
    let matches = find::best(find::matches(lexicon, &lens, &question(graph, text)));
    matches.into_iter().map(|found| slug(graph, found.record)).collect()
}

/// Questions with the records that answer them, the best first.
const ANSWERED: &[(&str, &[&str])] = &[
    ("when: hts! bashar-al-assad? | launch offensive toppled", &["hts-offensive-2024-11"]),
    ("when: donald-trump! | take office", &["trump-takes-office-2025-01"]),
    ("who: bashar-al-assad? | gave refuge", &["assad-flees-2024-12"]),
    ("when: ktj! ayman-al-zawahiri | renew oath", &["ktj-renews-pledge-2019"]),
    ("when: ktj! | renew oath", &["ktj-renews-pledge-2019"]),
    (
        "who: united-states! isis | indirectly covered air fight",
        &["united-states.provides_air_cover_to.iraqi-shia-militias", "united-states.provides_air_cover_to.irgc"],
    ),
    ("how many: taliban! | engagements countries", &["zelin-counts-taliban-engagements-2025"]),
    ("where: donald-trump! ahmed-al-sharaa? | meet", &["trump-sharaa-riyadh-2025"]),
    ("when: donald-trump! ahmed-al-sharaa? | meet", &["trump-sharaa-riyadh-2025"]),
    ("when: ahmed-al-sharaa! donald-trump? | met", &["trump-sharaa-riyadh-2025"]),
    ("who: donald-trump ahmed-al-sharaa | mediated", &["trump-sharaa-riyadh-2025"]),
    ("how many: ahmed-al-sharaa | bounty", &["bounty-on-sharaa-lifted-2024-12"]),
    ("how many: united-states syria | troops", &["united-states.present_in.syria"]),
    ("how many: us-military eastern-syria |", &["us-military.present_in.eastern-syria"]),
    ("how many: us-military syria |", &["united-states.present_in.syria"]),
    ("how many: foreign-fighters hts |", &["foreign-fighters.part_of.hts"]),
    ("how many: turkey! | syrians hosted", &["turkey.hosts.syrians-in-turkey"]),
    ("how many: ahmed-al-sharaa | armed men direct control", &["sharaa-direct-forces.subordinate_to.ahmed-al-sharaa"]),
    ("how many: latakia tartus | civilians killed", &["latakia-tartus-massacre-2025-03"]),
    ("how many: ahmed-al-sharaa? | loyalists break", &["aq-loyalists-turn-on-sharaa"]),
    ("when: taliban! kabul? | take", &["taliban-take-kabul-2021"]),
    ("when: syrian-interim-government! | foil bomb plot shiite shrine", &["damascus-shrine-plot-thwarted-2025-01"]),
    ("when: isis damascus-city | shrine plot foiled", &["damascus-shrine-plot-thwarted-2025-01"]),
    ("when: | victory conference", &["victory-conference-2025-01"]),
    ("when: qassem-soleimani? | killed", &["soleimani-killed-2020"]),
    ("who: qassem-soleimani? | killed", &["soleimani-killed-2020"]),
    ("when: united-states! qassem-soleimani? | assassinate", &["soleimani-killed-2020"]),
    ("when: hts! damascus-city? | took", &["fall-of-assad-2024-12"]),
    ("when: | victory conference held", &["victory-conference-2025-01"]),
    ("when: latakia | massacre took place", &["latakia-tartus-massacre-2025-03"]),
    ("when: ahmed-al-sharaa! russia? | negotiate bases", &["russia-bases-negotiations-2025"]),
    ("when: hts! | power", &["fall-of-assad-2024-12"]),
    ("when: ahmed-al-sharaa! | take power", &["fall-of-assad-2024-12"]),
    ("who: vienna | supplied intelligence helped thwart attack concert", &["vienna-concert-plot-thwarted-2024"]),
    ("who: donald-trump ahmed-al-sharaa | behind sitdown riyadh", &["trump-sharaa-riyadh-2025"]),
    ("who: donald-trump ahmed-al-sharaa | efforts led riyadh meeting", &["trump-sharaa-riyadh-2025"]),
    ("when: us-military syria | airstrikes", &["us-airstrikes-syria-2024-2025"]),
    ("when: france! sahel | leave", &["french-withdrawal-from-sahel"]),
    ("when: iran syria | relations worsen", &["iran-syria-relations-worsen-2025"]),
    ("when: isis! iran? | bomb ceremony", &["soleimani-ceremony-attack-2024"]),
    ("when: ayman-al-zawahiri! osama-bin-laden | join", &["zawahiri-joins-bin-laden-before-2019"]),
    ("how many: ahmed-al-sharaa | price head lifted", &["bounty-on-sharaa-lifted-2024-12"]),
    ("whether: hts! united-states | receive intelligence", &["united-states.shares_intelligence_with.hts"]),
    (
        "whether: hts! united-states? | share intelligence",
        &["hts.shares_intelligence_with.united-states", "hts.shares_intelligence_with.united-states.2024"],
    ),
    ("who: hezbollah? | inflicted significant losses", &["israeli-campaign-against-hezbollah"]),
    ("who: syria | bombed", &["us-airstrikes-syria-2024-2025"]),
    ("when: sdf! syrian-army-new | absorbed", &["sdf-army-absorption-2025"]),
    ("when: syrian-interim-government! hezbollah? | clash border", &["syria-hezbollah-border-clashes-2025"]),
    ("when: hts? | listed", &["us-designates-hts-2018"]),
    ("who: ahmed-al-sharaa? | placed bounty", &["united-states.places_bounty_on.ahmed-al-sharaa"]),
    ("when: bashar-al-assad! russia? | flee", &["assad-flees-2024-12"]),
    ("when: hts! syrian-interim-government? | took damascus", &["fall-of-assad-2024-12"]),
    ("when: hts! assad-regime? | took", &["fall-of-assad-2024-12"]),
    ("when: hts! bashar-al-assad? | toppled", &["fall-of-assad-2024-12"]),
    ("who: bashar-al-assad? | toppled", &["fall-of-assad-2024-12"]),
    ("who: nusra? | turned", &["aq-loyalists-turn-on-sharaa"]),
    ("when: kabul | fall", &["taliban-take-kabul-2021"]),
    ("when: | fall raqqa", &["fall-of-raqqa"]),
    ("when: united-states! qassem-soleimani? | murder", &["soleimani-killed-2020"]),
    ("when: bashar-al-assad! | flee moscow", &["assad-flees-2024-12"]),
    ("where: bashar-al-assad! | flee", &["assad-flees-2024-12"]),
    ("when: assad-regime | fall", &["fall-of-assad-2024-12"]),
    ("when: hts! idlib? | seize", &["hts-seizes-idlib-2019-01"]),
    ("when: hts! aleppo? | take", &["aleppo-captured-2024"]),
    ("when: latakia | clashes", &["latakia-tartus-clashes-2025-03"]),
    ("when: | clashes latakia tartus", &["latakia-tartus-clashes-2025-03"]),
    ("when: | october 7 attacks", &["october-7-attacks-2023"]),
    ("who: | october 7 attacks", &["october-7-attacks-2023"]),
    ("when: | september 11 attacks", &["september-11-attacks-2001"]),
    ("who: russia? | warned attack concert", &["us-warns-russia-2024"]),
    ("who: russia? | tipped concert attack", &["us-warns-russia-2024"]),
    ("when: united-states! russia? | warn concert", &["us-warns-russia-2024"]),
    ("when: united-states! iran? | warn plot", &["us-warns-iran-2024"]),
    ("when: | moscow concert attack", &["moscow-concert-attack-2024"]),
    ("when: barbara-leaf! ahmed-al-sharaa? | meet", &["leaf-delegation-damascus-2024-12"]),
    ("when: ahmed-al-sharaa! barbara-leaf? | meet", &["leaf-delegation-damascus-2024-12"]),
    ("when: barbara-leaf! damascus-city? | visit", &["leaf-delegation-damascus-2024-12"]),
    ("when: pkk! | lay down arms", &["pkk-lays-down-arms-2025"]),
    ("when: sdf ahmed-al-sharaa! | agreement", &["sdf-agreement-2025-03"]),
    ("when: sdf syrian-interim-government | deal", &["sdf-agreement-2025-03"]),
    ("who: sdf | doubts deal", &["hts-cadre-on-sdf-deal-2025-03"]),
    ("when: united-states! hts? | designate", &["us-designates-hts-2018"]),
    ("when: united-states! ahmed-al-sharaa? | lift bounty", &["bounty-on-sharaa-lifted-2024-12"]),
    ("when: syrian-interim-government! anti-isis-coalition? | join", &["syria-joins-anti-isis-coalition-2025"]),
    ("whether: joe-biden! syria? | ease sanctions", &["us-eases-syria-sanctions-2024-2025"]),
    ("when: iran! | plot", &[]),
    ("who: vienna | concert plot thwarted", &["vienna-concert-plot-thwarted-2024"]),
    ("when: | lebanon ceasefire", &["lebanon-ceasefire-2024"]),
    ("when: lebanon | cease fire", &["lebanon-ceasefire-2024"]),
    ("when: israel syria | ceasefire agreement", &["israel-syria-ceasefire-1974"]),
    ("when: al-qaeda! taliban? | swear oath", &["al-qaeda-oath-to-taliban-before-2019"]),
    ("who: al-qaeda! | swear oath", &["al-qaeda-oath-to-taliban-before-2019"]),
    ("who: iran hezbollah | blames", &["damascus-accuses-iran-hezbollah-2025-03"]),
    ("when: united-states! afghanistan? | invade", &["us-invasion-of-afghanistan-2001"]),
    ("when: saddam-hussein? | overthrown", &["saddam-hussein-overthrown-2003"]),
    ("when: hts! | announce dissolution", &["hts-dissolution-announced-2025-01"]),
    ("when: hts! al-qaeda? | split", &["nusra-al-qaeda-split-2016-2017"]),
    ("when: nusra! al-qaeda? | split", &["nusra-al-qaeda-split-2016-2017"]),
    ("when: france! ahmed-al-sharaa? | receive", &["sharaa-received-in-paris-2025"]),
    ("when: ahmed-al-sharaa! france? | visit", &["sharaa-received-in-paris-2025"]),
    ("when: ahmed-al-sharaa! | suspend islamic law", &["islamic-law-suspended-2024-2025"]),
    ("who: syrian-interim-government? | pledge support", &["sunni-groups-pledge-support-2025"]),
    ("what: ahmed-al-sharaa! russia? | offer bases", &["sharaa-offer-russia-bases-2025"]),
    ("whether: ahmed-al-sharaa! iran? | offer peace", &["sharaa-offer-iran-2025"]),
    ("when: russia! syria | intervention", &["russian-intervention-syria-2010s"]),
    ("when: united-states! hts? | intelligence sharing begin", &["us-hts-intelligence-sharing-begins-2024-12"]),
    ("whether: hts! isis | promise combat", &["hts-promises-on-extremism-and-isis-2024-2025"]),
    ("who: french-fighters idlib | standoff", &["idlib-french-standoff-2025"]),
    ("what: charles-lister! hts isis | say", &["lister-statement-2025-01"]),
];

/// Near misses: the right actors and another deed, the deed turned round, the deed of another.
const UNANSWERED: &[&str] = &[
    "when: taliban! al-qaeda? | swear oath",
    "when: russia! united-states? | warn concert",
    "who: russia! | warned concert",
    "when: iran! united-states? | warn plot",
    "when: israel! qassem-soleimani? | killed",
    "when: isis! qassem-soleimani? | killed",
    "when: qassem-soleimani! united-states? | killed",
    "when: hts! kabul? | take",
    "when: taliban! damascus-city? | take",
    "when: turkey! hts? | designate",
    "when: hts! united-states? | designate",
    "when: isis! shrine-near-damascus? | attacked",
    "when: isis! vienna-concert? | attacked",
    "when: isis! vienna? | bombed",
    "when: russia! moscow-concert-venue? | attack",
    "when: hezbollah! israel? | attack",
    "whether: hts! isis? | combat",
    "whether: united-states! hts? | removed terrorist list",
    "when: united-states! syria | withdraw troops",
    "when: united-states! syria? | lift sanctions",
    "when: hts! | split coalition",
    "whether: foreign-fighters! isis? | defect",
    "how many: united-states syria | troops killed",
    "how many: isis vienna | civilians killed",
    "how many: hezbollah | fighters lost",
    "when: ahmed-al-sharaa! donald-trump? | overthrow",
    "who: hts! bashar-al-assad? | killed",
    "when: france! ahmed-al-sharaa? | visit",
    "when: turkey! donald-trump? | meet",
    "when: joe-biden! hts? | designate",
    "when: russia! bashar-al-assad? | fled",
    "where: donald-trump! bashar-al-assad? | meet",
    "when: ahmed-al-sharaa! | flee moscow",
    "when: hts! ahmed-al-sharaa? | meet",
    "whether: ahmed-al-sharaa! foreign-fighters? | give positions army",
    "when: hts! | dissolved coalition",
    "when: pkk! hts? | lay down arms",
    "when: sdf! turkey? | agreement",
    "when: hts! al-qaeda |",
    "when: hamas! | renew oath",
    "who: iraq | bombed",
    "how many: turkey syria | refugees killed",
    "how many: united-states iraq | troops",
    "when: ahmed-al-sharaa! russia? | meet",
    "when: bashar-al-assad! | power",
    "when: united-states! | lost troops campaign",
    "whether: isis! hts? | join",
    "who: civilians-soleimani-ceremony! | bombed",
    "who: bashar-al-assad? | gave",
    "who: taliban? | gave refuge",
    "when: hts! damascus-city? | lost",
    "when: russia! syria? | leave",
    "when: hezbollah! | massacre latakia",
    "where: ahmed-al-sharaa! | born",
    "when: houthis! | capture sanaa",
    "who: iran! austria? | warned",
];

#[test]
fn questions_find_the_records_that_answer_them() {
    let graph = dataset::embedded();
    let lexicon = Lexicon::embedded(graph.vocabulary());
    let mut faults = Vec::new();
    for (text, expected) in ANSWERED {
        let found = found(&graph, &lexicon, ever(), text);
        if found != *expected {
            faults.push(format!("{text}\n   expected {expected:?}\n   found    {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{} of {} differ:\n{}", faults.len(), ANSWERED.len(), faults.join("\n"));
}

/// Clauses: `words | actors | context`, with the date they mean; empty when nothing is clearly meant.
const ANCHORS: &[(&str, &str)] = &[
    ("fall | bashar-al-assad |", "2024-12-08"),
    ("fall | assad-regime |", "2024-12-08"),
    ("took | hts damascus-city |", "2024-12-08"),
    ("took | hts assad-regime |", "2024-12-08"),
    ("took damascus | hts |", "2024-12-08"),
    ("split happened | | hts al-qaeda", "[2016,2017]"),
    ("massacre took place | latakia |", "2025-03"),
    ("split | | hts", "[2016,2017]"),
    ("split | | al-qaeda syria", "[2016,2017]"),
    ("split | hts al-qaeda |", "[2016,2017]"),
    ("took office | donald-trump |", "2025-01-20"),
    ("take office | donald-trump | hts united-states", "2025-01-20"),
    ("october 7 attacks | |", "2023-10-07"),
    ("october 7 attacks | | hamas israel", "2023-10-07"),
    ("invasion | afghanistan |", "2001"),
    ("invaded | united-states afghanistan |", "2001"),
    ("deal | sdf |", "2025-03-11"),
    ("agreement | sdf | ahmed-al-sharaa", "2025-03-11"),
    ("massacre | latakia |", "2025-03"),
    ("massacre | | syria", "2025-03"),
    ("killed | qassem-soleimani |", "2020"),
    ("killing | qassem-soleimani | iran hezbollah", "2020"),
    ("victory conference | |", "2025-01-29"),
    ("fled | bashar-al-assad |", "2024-12"),
    ("take | taliban kabul |", "2021-08"),
    ("fall | kabul | taliban al-qaeda", "2021-08"),
    ("overthrow | saddam-hussein |", "2003"),
    ("seized | hts idlib |", "2019-01"),
    ("clashes | latakia | iran", "2025-03-06/..2025-03-29"),
    ("offensive began | hts |", "2024-11"),
    ("meeting | donald-trump ahmed-al-sharaa |", "[2025-01-20..2025-09-30]"),
    ("designated | united-states hts |", "2018"),
    ("intervention | russia |", "2014/2016"),
    ("fall raqqa | | isis", "[..2025-03]"),
    ("statement | | hts", ""),
    ("died | ayman-al-zawahiri |", ""),
    ("killed | bashar-al-assad |", ""),
    ("war | | turkey", ""),
    ("announced | |", ""),
];

#[test]
fn clauses_are_dated() {
    let graph = dataset::embedded();
    let lexicon = Lexicon::embedded(graph.vocabulary());
    let lens = Lens::new(&graph, ever());
    let mut faults = Vec::new();
    for (text, expected) in ANCHORS {
        let mut parts = text.split('|');
        let words: Vec<String> = parts.next().unwrap_or("").split_whitespace().map(str::to_owned).collect();
        let mut actors =
            || -> Vec<ActorId> { parts.next().unwrap_or("").split_whitespace().map(|slug| id(&graph, slug)).collect() };
        let (named, context) = (actors(), actors());
        let found = anchor::anchor(&lexicon, &lens, &words, &named, &context);
        let date = found.as_ref().map_or("", |(dated, _)| dated.text());
        if date != *expected {
            faults.push(format!("{text}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{} of {} differ:\n{}", faults.len(), ANCHORS.len(), faults.join("\n"));
}

#[test]
fn figures_are_those_that_count_what_is_asked_for() {
    let graph = dataset::embedded();
    let lexicon = Lexicon::embedded(graph.vocabulary());
    let lens = Lens::new(&graph, ever());
    let check = |text: &str, expected: &[&str]| {
        let found = figures::figures(&lexicon, &lens, &question(&graph, text));
        let found: Vec<String> = found.iter().map(|f| format!("{} {}", f.figure.value, f.figure.what)).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("how many: taliban! | engagements countries", &["2,800 engagements", "100 countries"]);
    check("how many: taliban! | engagements", &["2,800 engagements"]);
    check("how many: united-states syria | troops", &["2,000 troops"]);
    check("how many: us-military syria |", &["2,000 troops"]);
    check("how many: ahmed-al-sharaa | big bounty", &["10 million bounty in US dollars"]);
    check("how many: foreign-fighters hts |", &["4,000–6,000 Central Asians, Uyghurs, Chechens and Daghestanis"]);
    check("how many: foreign-fighters |", &["4,000–6,000 Central Asians, Uyghurs, Chechens and Daghestanis"]);
    check("how many: latakia | civilians killed", &["hundreds civilians killed"]);
    check("how many: al-qaeda | members", &["tens of thousands members worldwide"]);
    check("how many: syrian-interim-government | armed men", &["30,000 armed men"]);
    check("how many: turkey | syrians hosting", &["3 million Syrians hosted"]);
    check("how many: hts | civilians", &[]);
    check("how many: turkey | troops", &[]);
    check("how many: hamas |", &[]);
}

#[test]
fn near_misses_find_nothing() {
    let graph = dataset::embedded();
    let lexicon = Lexicon::embedded(graph.vocabulary());
    let faults: Vec<String> = UNANSWERED
        .iter()
        .filter_map(|text| {
            let found = found(&graph, &lexicon, ever(), text);
            (!found.is_empty()).then(|| format!("{text}: {found:?}"))
        })
        .collect();
    assert!(faults.is_empty(), "{} found something:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn only_what_may_fall_into_the_days_is_found() {
    let graph = dataset::embedded();
    let lexicon = Lexicon::embedded(graph.vocabulary());
    let at = |date: &str| Scope { when: When::At(Dated::parse(date).expect("a date")), ..Scope::default() };
    let asked = "whether: hts! idlib? | seize";
    assert_eq!(found(&graph, &lexicon, at("2019"), asked), ["hts-seizes-idlib-2019-01"]);
    assert!(found(&graph, &lexicon, at("2018"), asked).is_empty());
    let asked = "when: hts! al-qaeda? | split";
    assert_eq!(found(&graph, &lexicon, at("2016"), asked), ["nusra-al-qaeda-split-2016-2017"]);
    assert!(found(&graph, &lexicon, at("2014"), asked).is_empty());
}

#[test]
fn what_is_denied_is_marked_and_comes_last() {
    let graph = dataset::embedded();
    let lexicon = Lexicon::embedded(graph.vocabulary());
    let lens = Lens::new(&graph, ever());
    let asked = question(&graph, "what: al-qaeda | break");
    let all = find::matches(&lexicon, &lens, &asked);
    let is_denied: Vec<bool> = all.iter().map(|found| found.is_denied).collect();
    assert!(is_denied.is_sorted() && is_denied.contains(&true) && is_denied.contains(&false), "{is_denied:?}");
    let denied = all.iter().find(|found| found.is_denied).map(|found| slug(&graph, found.record));
    assert_eq!(denied.as_deref(), Some("unnamed-never-broke.breaks_with.al-qaeda"));
}

#[test]
fn who_is_asked_for_is_told_by_the_part_left_open() {
    let graph = dataset::embedded();
    let lexicon = Lexicon::embedded(graph.vocabulary());
    let lens = Lens::new(&graph, ever());
    let check = |text: &str, expected: &[&str]| {
        let found = find::best(find::matches(&lexicon, &lens, &question(&graph, text)));
        let others: Vec<&str> =
            found.first().iter().flat_map(|found| &found.others).map(|id| &*graph.actor(*id).slug).collect();
        assert_eq!(others, expected, "{text}");
    };
    check("who: bashar-al-assad? | gave refuge", &["russia"]);
    check(
        "who: donald-trump ahmed-al-sharaa | mediated",
        &["saudi-arabia", "france", "united-arab-emirates", "turkey", "qatar"],
    );
    check("who: qassem-soleimani? | killed", &["donald-trump", "united-states"]);
    check("who: russia? | warned concert", &["united-states"]);
    check("who: saddam-hussein? | overthrown", &[]);
}
