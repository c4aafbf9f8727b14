//! Questions that analysts ask, put to the commands: each names facts that the answer must hold and facts it must not.
//!
//! The questions, their facts and their paragraphs come from a set written by readers of the articles; what is here is the part that a
//! command answers. Texts are compared without regard to case.

use std::process::Command;

/// A question as people ask it, the command that answers it, what must be in the answer, what must not, and the exit code.
struct Case(&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str], i32);

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Allied with whom
    Case("what was al qaeda's branch in syria before the split", &["relations", "al-Qaeda", "--type", "affiliate_of", "--at", "2015"], &["al-Nusra", "certain"], &["Islamic State"], 0),
    Case("Which central asian groups are tied to HTS?", &["allies", "HTS", "--ever"], &["Katibat al-Tawhid wal-Jihad"], &["JNIM"], 0),
    Case("who backed Assad in 2016", &["relations", "Assad regime", "--category", "support", "--at", "2016"], &["Russia"], &["Turkey", "Hayat Tahrir"], 0),
    Case("Which groups were brought into Syria's army under al-Sharaa?", &["relations", "new Syrian army"], &["Syrian Democratic Forces"], &["Hezbollah absorbed"], 0),
    // Hostile to whom
    Case("hostile to assad december 2024", &["rivals", "Assad regime", "--at", "2024-12"], &["Hayat Tahrir al-Sham"], &["Russia"], 0),
    Case("who was the new Syrian government clashing with on its border in March 2025", &["relations", "Syrian interim government", "--type", "clashes_with", "--at", "2025-03"], &["Hezbollah"], &["Turkey", "Democratic Forces"], 0),
    // When
    Case("when did HTS launch the offensive that toppled assad", &["show", "hts-offensive-2024-11"], &["2024-11"], &["2024-11-27"], 0),
    Case("When did Trump meet Sharaa?", &["when", "Trump", "meets-with", "Sharaa"], &["2025-01-20..2025-09"], &["2025-05"], 0),
    Case("when did Katibat al Tawhid Wal Jihad renew its oath to Zawahri", &["timeline", "Katibat al Tawhid Wal Jihad", "Zawahri", "--events"], &["2019"], &[], 0),
    Case("what day did trump take office according to the post", &["timeline", "Trump", "--source", "the Post"], &["2025-01-20"], &[], 0),
    // What was the relation
    Case("what was the relation between Nusra and al-Qaeda in 2014?", &["between", "Nusra", "al-Qaeda", "--at", "2014", "--exact"], &["al-Nusra", "affiliate of", "certain"], &[], 0),
    Case("HTS and SDF on 2025-04-01?", &["between", "HTS", "SDF", "--at", "2025-04-01"], &["agreement", "2025-03-11"], &[], 3),
    Case("what relation did hts have with the brits", &["relations", "HTS", "--with", "the Brits"], &["engages"], &["allied with", "shares intelligence"], 0),
    Case("united states and ISIS, 2025-01-24", &["between", "United States", "ISIS", "--at", "2025-01-24"], &["enemy", "at war with"], &[], 0),
    // Leaders
    Case("who was the leader of HTS in January 2019?", &["relations", "HTS", "--type", "leads", "--at", "2019-01"], &["Ahmed al-Sharaa"], &["Abu-Harith"], 0),
    Case("who is trumps national security adviser", &["relations", "Trump administration", "--type", "holds_office_in"], &["Michael Waltz"], &["David Cohen", "Barbara Leaf"], 0),
    // Names
    Case("what came after Wagner in Africa", &["lineage", "Wagner"], &["Africa Corps"], &["JNIM"], 0),
    Case("are Hizbollah and Lebanese Hezbollah the same?", &["between", "Hizbollah", "Lebanese Hezbollah"], &["one actor"], &[], 2),
    Case("Kurdstan Workers Party abbreviation", &["show", "Kurdstan Workers Party"], &["PKK (acronym)", "read \"Kurdstan Workers Party\""], &[], 0),
    // Splits and pledges
    Case("who left HTS when it broke with al-Qaeda", &["lineage", "HTS"], &["al-Qaeda loyalists"], &["Hurras"], 0),
    Case("which groups never formally broke with al-Qaeda?", &["relations", "al-Qaeda", "--type", "breaks_with"], &["unnamed groups"], &[], 0),
    Case("Katibat al Tawhid Wal Jihad loyalty in 2019", &["relations", "KTJ", "--type", "pledges_allegiance_to", "--at", "2019"], &["Ayman al-Zawahiri"], &[], 0),
    // Designation
    Case("was HTS on the US terror list on 24 jan 2025", &["was", "US", "designates", "HTS", "--at", "2025-01-24"], &["yes:"], &[], 0),
    Case("until when was HTS listed", &["when", "US", "designates", "HTS"], &["2018/2025-07.."], &[], 0),
    // Support, control, intelligence
    Case("who controls SNA", &["relations", "SNA", "--type", "subordinate_to"], &["Turkey"], &["United States"], 0),
    Case("who shares intelligence with Syria's new rulers", &["relations", "Syria's new rulers", "--type", "shares_intelligence_with"], &["United States"], &["Israel", "Turkey"], 0),
    Case("who gave assad refuge", &["relations", "Assad", "--type", "hosts"], &["Russia"], &["Iran", "Turkey"], 0),
    Case("who was indirectly covered from the air by the US in the fight with Isis", &["relations", "US", "--type", "provides_air_cover_to"], &["Iraqi Shia militias"], &["Hayat Tahrir"], 0),
    // Yes or no
    Case("Was HTS affiliated with al-Qaeda in 2015?", &["was", "HTS", "affiliate-of", "al-Qaeda", "--at", "2015"], &["yes:", "al-Nusra"], &[], 0),
    Case("was HTS allied with al-Qaeda in 2018", &["was", "HTS", "allied-with", "al-Qaeda", "--at", "2018"], &["disputed:"], &[], 3),
    Case("is HTS dissolved", &["conflicts", "HTS"], &["absorbed", "intact"], &[], 0),
    Case("was iran allied with assad", &["was", "Iran", "allied-with", "Assad regime"], &["possible:"], &[], 3),
    Case("Is the SDF a friend of Turkey?", &["was", "SDF", "friend-of", "Turkey"], &["unknown:"], &[], 1),
    Case("did hezbollah fight for assad", &["was", "hezbollah", "fights-for", "Assad regime"], &["possible:"], &[], 3),
    Case("was Abu Muhammad al-Julani the leader of HTS in 2019", &["was", "Abu Muhammad al-Julani", "leads", "HTS", "--at", "2019"], &["yes:"], &[], 0),
    // Paths, changes, derived
    Case("how is Hamas linked to Hezbollah", &["path", "Hamas", "Hezbollah"], &["Axis of Resistance"], &[], 0),
    Case("path from JNIM to HTS", &["path", "JNIM", "HTS"], &["al-Qaeda", "Islamic State"], &[], 0),
    Case("how did US ties with Syria's rulers change from dec 2024 to nov 2025", &["changes", "2024-11", "2025-11-25", "US"], &["shares intelligence", "meets with United States", "bounty"], &[], 0),
    Case("how did turkey's relation with the pkk change", &["between", "Turkey", "PKK"], &["negotiates", "at war with"], &[], 3),
    Case("what enemy do the US and HTS have in common", &["shared", "US", "HTS"], &["Islamic State"], &["Turkey", "Democratic Forces"], 0),
    // Provenance, counts, timelines
    Case("what do the sources disagree about", &["conflicts"], &["Hayat Tahrir al-Sham", "al-Qaeda", "2016", "intact"], &[], 0),
    Case("how sure are we that hts gave the us locations of al-qaeda men", &["was", "HTS", "shares-intelligence-with", "US"], &["possible:"], &[], 3),
    Case("what does the newest source say about HTS", &["show", "HTS", "--source", "anti-ISIS gamble"], &["intact"], &["wapo-2025-01"], 0),
    Case("how many foreign fighters are with HTS?", &["search", "4,000"], &["foreign"], &[], 0),
    Case("how many engagements has the taliban had with how many countries", &["search", "2,800|100 countries"], &["2,800", "100"], &[], 0),
    Case("assad regime timeline", &["timeline", "Assad regime"], &["1971", "2024-12-08"], &[], 0),
    Case("what happened in march 2025", &["timeline", "--at", "2025-03", "--events"], &["2025-03-06", "2025-03-11", "SDF", "Latakia"], &[], 0),
    // Nothing recorded, and names that are not there
    Case("who leads JNIM", &["relations", "JNIM", "--type", "leads"], &["Nothing of this sort is recorded"], &["Iyad"], 1),
    Case("who is in charge of al-qaeda today", &["relations", "al-Qaeda", "--type", "leads", "--at", "now"], &["Nothing of this sort"], &["Adel"], 1),
    Case("was turkey ever allied with Assad", &["was", "Turkey", "allied-with", "Assad regime"], &["unknown:"], &[], 1),
    Case("who was HTS allied with in 2008", &["allies", "HTS", "--at", "2008", "--certain"], &["Nothing of this sort"], &["Katibat al-Tawhid wal-Jihad  "], 1),
    Case("who is fighting the Taliban now?", &["rivals", "Taliban", "--certain"], &["Nothing of this sort"], &["Khorasan", "NRF"], 1),
    Case("is Ahrar al-Sham allied with Turkey", &["was", "Ahrar al-Sham", "allied-with", "Turkey"], &["unknown-actor", "Ahrar al-Sham"], &["yes:", "possible:"], 2),
    Case("when did Hizb ut-Tahrir split from al-Qaeda", &["when", "Hizb ut-Tahrir", "breaks-with", "al-Qaeda"], &["unknown-actor"], &["2016", "2017"], 2),
    Case("Islamic Jihad", &["show", "Islamic Jihad"], &["unknown-actor", "Egyptian Islamic Jihad"], &[], 2),
    Case("was HTS allied with Japan", &["was", "HTS", "allied-with", "Japan"], &["unknown-actor"], &[], 2),
    Case("was HTS allied with Hamas", &["was", "HTS", "allied-with", "Hamas"], &["unknown:"], &[], 1),
];

#[test]
fn questions_of_analysts_are_answered_by_the_commands() {
    let mut wrong = Vec::new();
    for Case(question, args, must, must_not, exit) in CASES {
        let output = Command::new(env!("CARGO_BIN_EXE_allegiance"))
            .args(*args)
            .args(["--width", "0"])
            .env_remove("ALLEGIANCE_DATA")
            .output()
            .expect("the program runs");
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let plain = text.to_lowercase();
        let missing: Vec<_> = must.iter().filter(|m| !plain.contains(&m.to_lowercase())).collect();
        let extra: Vec<_> = must_not.iter().filter(|m| plain.contains(&m.to_lowercase())).collect();
        let code = output.status.code();
        if !missing.is_empty() || !extra.is_empty() || code != Some(*exit) {
            wrong.push(format!(
                "{question}\n  allegiance {}\n  missing {missing:?}, not wanted {extra:?}, exit {code:?} instead of {exit}\n{text}",
                args.join(" ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} questions:\n\n{}", wrong.len(), CASES.len(), wrong.join("\n\n"));
}
