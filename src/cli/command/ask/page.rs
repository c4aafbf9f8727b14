//! An answer as a page: sentences, what they rest on, tables.

use crate::ask::{Answered, Reply, Rows};
use crate::cli::command::{path, timeline};
use crate::cli::output::{Page, Sheet, event_sheet, facts, relation_sheet};

/// More citations than these stand in the tables only.
const MOST_CITED: usize = 8;

/// Lays an answer out.
pub(super) fn lay_out(reply: &Reply) -> Page {
    let mut page = Page::new(&reply.question);
    page.text = Some(reply.text.clone());
    page.verdict = reply.verdict.map(|verdict| (verdict, reply.text.clone()));
    page.as_of = reply.as_of.clone();
    page.assumptions = reply.assumptions.clone();
    page.set_rows(&reply.answers);
    page.flat = Some(flat(&reply.answers));
    page.lines(Some("Nearest recorded facts"), reply.nearest.iter().map(|fact| format!("  {fact}")).collect());
    for (heading, rows) in &reply.tables {
        let heading = (!heading.is_empty()).then_some(heading.as_str());
        match rows {
            Rows::Relations(rows) => page.block(heading, relation_sheet(rows)),
            Rows::Events(rows) => page.block(heading, event_sheet(rows)),
            Rows::Timeline(entries) => page.block(heading, timeline::sheet(entries)),
            Rows::Chains(chains) => path::blocks(&mut page, chains),
            Rows::Facts(pairs) => page.block(heading, facts(pairs.iter().cloned())),
        }
    }
    if reply.evidence.len() <= MOST_CITED {
        page.lines(Some("Who says so"), reply.evidence.iter().map(cited).collect());
    }
    page
}

fn cited(evidence: &crate::ask::Evidence) -> String {
    let against = match evidence.stance {
        "supports" => "",
        "disputes" => " (disputes)",
        _ => " (denies)",
    };
    let note = if evidence.note.is_empty() { String::new() } else { format!(": {}", evidence.note) };
    format!("  {} {}{against}{note}", evidence.source, evidence.locator)
}

/// The answers for separated values.
fn flat(answers: &[Answered]) -> Sheet {
    let mut sheet = Sheet::new(&["id", "name", "kind", "valid", "holds", "relation", "sources"]);
    for answer in answers {
        sheet.push([
            answer.id.clone(),
            answer.name.clone(),
            answer.kind.clone(),
            answer.valid.clone().unwrap_or_default(),
            answer.holds.unwrap_or_default().to_owned(),
            answer.relation.clone().unwrap_or_default(),
            answer.sources.join("; "),
        ]);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::{Evidence, Standing};
    use crate::model::Verdict;

    fn reply() -> Reply {
        Reply {
            question: "was A allied with B".into(),
            status: Standing::Answered,
            kind: Some("whether"),
            verdict: Some(Verdict::Yes),
            answers: vec![Answered {
                id: "b".into(),
                name: "B".into(),
                kind: "state".into(),
                valid: Some("2016".into()),
                holds: Some("certain"),
                relation: None,
                sources: vec!["x".into(), "y".into()],
            }],
            dates: Vec::new(),
            count: None,
            text: "Yes: A was allied with B in 2016.".into(),
            evidence: vec![Evidence {
                source: "x".into(), locator: "¶3".into(), stance: "denies", note: "No.".into()
            }],
            query: None,
            as_of: None,
            assumptions: vec!["lineage followed".into()],
            nearest: vec!["A fought C".into()],
            is_widened: false,
            tables: vec![(String::new(), Rows::Facts(vec![("kind".into(), "state".into())]))],
        }
    }

    #[test]
    fn an_answer_is_laid_out_from_the_sentence_to_the_sources() {
        let page = lay_out(&reply());
        assert_eq!(page.text.as_deref(), Some("Yes: A was allied with B in 2016."));
        let headings: Vec<Option<&str>> = page.blocks.iter().map(|b| b.heading.as_deref()).collect();
        assert_eq!(headings, [Some("Nearest recorded facts"), None, Some("Who says so")]);
        assert_eq!(page.blocks[2].lines, ["  x ¶3 (denies): No."]);
        let flat = page.flat.unwrap();
        assert_eq!(flat.rows, [["b", "B", "state", "2016", "certain", "", "x; y"]]);
    }
}
