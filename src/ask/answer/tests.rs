//! Kinds of question that one short test each is enough for, on the data that comes with the program.

use super::super::question::{Asked, End, Manner, NamesWanted, Question, RecordQuestion, Sort, Toward, Wanted, Who};
use super::super::reply::{Count, Reply, Standing};
use super::testing::*;
use crate::graph::ClaimFilter;
use crate::model::Verdict;
use crate::question::Scope;
use crate::time::Day;

fn tell(question: Question, date: &str) -> Reply {
    reply(question, date)
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

#[test]
fn names_of_every_sort() {
    let of = |slug, wanted| tell(Question::Names { of: named(slug), wanted }, "now");
    assert!(of("pkk", NamesWanted::Short).text.contains("PKK"));
    assert!(of("jnim", NamesWanted::Full).text.contains("Nusrat al-Islam"));
    assert!(of("hts", NamesWanted::Former).text.contains("al-Nusra"));
    assert!(of("ahmed-al-sharaa", NamesWanted::Former).text.contains("al-Julani"));
    of("hts", NamesWanted::All);
    assert_eq!(of("qatar", NamesWanted::Short).status, Standing::NothingRecorded);
}

#[test]
fn names_of_one_line_are_the_same() {
    let same = |a, b| tell(Question::Same { a: named(a), b: named(b) }, "now").verdict;
    assert_eq!(same("hezbollah", "hezbollah"), Some(Verdict::Yes));
    assert_eq!(same("hts", "nusra"), Some(Verdict::Yes));
    assert_eq!(same("sdf", "syrian-kurdish-forces"), Some(Verdict::No));
}

#[test]
fn lineages_lead_both_ways() {
    let of = |slug, toward| tell(Question::Lineage { of: named(slug), toward }, "ever");
    assert_eq!(ids(&of("wagner", Toward::Outcomes)), ["africa-corps"]);
    assert!(ids(&of("nusra", Toward::Outcomes)).contains(&"hts"));
    of("hts", Toward::Outcomes);
    of("hts", Toward::Breaks);
    of("al-qaeda", Toward::Breaks);
    of("hts", Toward::Origins);
    assert_eq!(of("qassem-soleimani", Toward::Outcomes).status, Standing::NothingRecorded);
}

#[test]
fn existence_may_be_disputed() {
    let of = |slug, end, gone, date| tell(Question::Existence { of: named(slug), end, gone }, date);
    let hts = of("hts", None, true, "now");
    assert_eq!(hts.verdict, Some(Verdict::Disputed));
    assert!(hts.text.contains("intact"), "{}", hts.text);
    assert_eq!(of("assad-regime", None, true, "now").verdict, Some(Verdict::Yes));
    assert_eq!(of("hts", None, false, "2008").verdict, Some(Verdict::No));
    assert_eq!(of("hts", None, false, "2020").verdict, Some(Verdict::Yes));
    assert_eq!(of("pkk", None, false, "now").verdict, Some(Verdict::Yes));
    assert_eq!(of("hts", Some(End::Start), false, "ever").dates, ["2017"]);
    assert_eq!(of("assad-regime", Some(End::Finish), false, "ever").dates, ["2024-12-08"]);
    assert_eq!(of("hts", Some(End::Finish), true, "ever").dates, ["2025-01-29"]);
    assert_eq!(of("hamas", Some(End::Start), false, "ever").status, Standing::NothingRecorded);
}

#[test]
fn paths_are_spelt_out() {
    let path = |a, b| tell(Question::Path { a: named(a), b: named(b) }, "now");
    assert!(ids(&path("hamas", "hezbollah")).contains(&"axis-of-resistance"));
    assert!(ids(&path("jnim", "hts")).iter().any(|id| ["al-qaeda", "isis"].contains(id)));
    assert!(ids(&path("taliban", "ayman-al-zawahiri")).contains(&"al-qaeda"));
    path("egyptian-islamic-jihad", "hts");
    path("qassem-soleimani", "hamas");
}

#[test]
fn changes_are_told_in_order() {
    let of = |slugs: &[&str], from, to| {
        tell(Question::Changes { of: slugs.iter().map(|slug| named(slug)).collect(), from, to }, "ever")
    };
    let reply = of(&["united-states", "syrian-interim-government"], Some(day(2024, 12, 1)), Some(day(2025, 11, 30)));
    for word in ["intelligence", "Trump", "coalition"] {
        assert!(reply.text.contains(word), "{word}: {}", reply.text);
    }
    let reply = of(&["turkey", "pkk"], None, None);
    assert!(reply.text.contains("negotiat") && reply.text.contains("arms"), "{}", reply.text);
    let reply = of(&["hts", "sdf"], None, None);
    assert!(reply.dates.contains(&"2025-03-11".to_owned()));
    of(&["ahmed-al-sharaa", "al-qaeda"], None, None);
    of(&["hts"], Some(day(2017, 1, 1)), Some(day(2019, 12, 31)));
}

#[test]
fn disagreements_show_both_sides() {
    let of = |slugs: &[&str]| {
        tell(Question::Disagreements { about: slugs.iter().map(|slug| named(slug)).collect() }, "ever")
    };
    let reply = of(&[]);
    for word in ["Hayat Tahrir al-Sham", "al-Qaeda", "2016", "2017", "intact"] {
        assert!(reply.text.contains(word), "{word}: {}", reply.text);
    }
    of(&["hts"]);
    of(&["isis"]);
    assert_eq!(of(&["hamas"]).status, Standing::NothingRecorded);
}

#[test]
fn what_is_known_keeps_to_its_sources() {
    let mut asked: Asked = asked(Question::Known { about: vec![named("hts")] }, "ever");
    let source = graph().source_by_slug("anti-isis-gamble-2025-11").unwrap();
    asked.scope = Scope { claims: ClaimFilter { sources: vec![source], ..ClaimFilter::default() }, ..asked.scope };
    let reply = reply_to("test", asked.clone());
    assert!(reply.evidence.iter().all(|e| e.source == "anti-isis-gamble-2025-11"));
    assert!(["ruling", "intact", "coalition"].iter().any(|word| reply.text.contains(word)), "{}", reply.text);
    asked.question = Question::Known { about: vec![named("hts"), named("al-qaeda")] };
    asked.scope.claims = ClaimFilter { known_by: Some(day(2019, 12, 31)), ..ClaimFilter::default() };
    let reply = reply_to("test", asked);
    assert!(!reply.text.contains("2016"), "{}", reply.text);
}

#[test]
fn speakers_and_sources_are_named() {
    let reply = tell(Question::Anonymous { about: vec![named("hts")] }, "ever");
    assert!(reply.text.contains("anonymous"));
    let hostile = || {
        Box::new(Question::Whether { a: named("hts"), tie: tie("hostile-to"), b: Some(named("isis")), ended: false })
    };
    let reply = tell(Question::Sources(hostile()), "ever");
    assert!(reply.text.contains("Charles Lister"), "{}", reply.text);
    let controls = Question::Whether {
        a: named("turkey"),
        tie: ties(&["subordinate_to"], true),
        b: Some(named("sna")),
        ended: false,
    };
    let reply = tell(Question::Sources(Box::new(controls)), "now");
    assert_eq!(ids(&reply), ["giustozzi-2025-03"]);
    assert_eq!(ids(&tell(Question::ListSources, "ever"))[0], "anti-isis-gamble-2025-11");
    let shared = Question::Whether {
        a: named("hts"),
        tie: ties(&["shares_intelligence_with"], false),
        b: Some(named("united-states")),
        ended: false,
    };
    let reply = tell(Question::Sureness(Box::new(shared)), "ever");
    assert_eq!(reply.verdict, Some(Verdict::Possible));
    assert!(reply.text.contains("possibl"), "{}", reply.text);
}

#[test]
fn figures_come_before_counts() {
    let set = |word, slug: &str| Who::Related { tie: word, to: Box::new(Who::Named(named(slug))) };
    let fighters = Question::Who {
        set: set(tie("linked-to"), "hts"),
        sort: Some(Sort::PartsOf(named("foreign-fighters"))),
        manner: Manner::Holding,
    };
    let reply = tell(Question::Count(Box::new(fighters)), "now");
    assert!(reply.text.contains("4,000–6,000"), "{}", reply.text);
    let enemies = Question::Who { set: set(tie("hostile-to"), "isis"), sort: None, manner: Manner::Holding };
    assert!(matches!(tell(Question::Count(Box::new(enemies)), "now").count, Some(Count::Records(_))));
    assert_eq!(tell(Question::Count(Box::new(Question::ListSources)), "ever").count, Some(Count::Records(5)));
    tell(Question::Count(Box::new(Question::Disagreements { about: Vec::new() })), "ever");
}

#[test]
fn timelines_begin_where_lives_do() {
    let of = |slugs: &[&str], date: &str| {
        tell(Question::Timeline { of: slugs.iter().map(|slug| named(slug)).collect(), events_only: false }, date)
    };
    let reply = of(&["assad-regime"], "now");
    assert!(reply.dates.contains(&"1971".to_owned()) && reply.text.contains("1971"));
    let reply = of(&[], "2025-03");
    assert!(reply.text.contains("SDF") && reply.text.contains("Latakia"), "{}", reply.text);
    assert!(reply.dates.contains(&"2025-03-11".to_owned()));
    let reply = of(&["hts"], "2017/2024");
    for date in ["2017", "2018"] {
        assert!(reply.dates.contains(&date.to_owned()), "{:?}", reply.dates);
    }
    let reply = of(&["syria"], "2025-01");
    assert!(
        reply.dates.contains(&"2025-01-11".to_owned()) && reply.dates.contains(&"2025-01-29".to_owned()),
        "{:?}",
        reply.dates
    );
    of(&["syria"], "2024-12");
    let reply = of(&["al-qaeda"], "ever");
    assert!(reply.dates.contains(&"2001-09-11".to_owned()));
}

#[test]
fn profiles_and_places() {
    tell(Question::Profile { of: named("hts") }, "now");
    tell(Question::Profile { of: named("michael-waltz") }, "now");
    tell(Question::Profile { of: named("sna") }, "now");
    let reply = tell(Question::Where { of: named("isis") }, "now");
    assert!(ids(&reply).contains(&"southern-desert-syria"), "{:?}", ids(&reply));
    tell(Question::Where { of: named("united-states") }, "now");
}

#[test]
fn records_tell_when_where_who_and_how_many() {
    let question = |wanted, actors: &[&str], words: &[&str]| {
        Question::Records(RecordQuestion {
            wanted,
            actors: actors.iter().map(|slug| named(slug)).collect(),
            agent: None,
            target: None,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        })
    };
    let both = ["donald-trump", "ahmed-al-sharaa"];
    assert_eq!(ids(&tell(question(Wanted::Where, &both, &["meet"]), "ever")), ["riyadh-city"]);
    assert_eq!(tell(question(Wanted::When, &both, &["meet"]), "ever").dates, ["[2025-01-20..2025-09-30]"]);
    assert_eq!(tell(question(Wanted::Whether, &both, &["meet"]), "ever").verdict, Some(Verdict::Yes));
    assert!(ids(&tell(question(Wanted::Who, &both, &["meet"]), "ever")).contains(&"qatar"));
    let reply = tell(question(Wanted::HowMany, &["taliban"], &["engagements", "countries"]), "ever");
    assert!(reply.text.contains("2,800"), "{}", reply.text);
    let reply = tell(question(Wanted::Who, &["taliban"], &["spaceship"]), "ever");
    assert_eq!(reply.status, Standing::NothingRecorded);
}
