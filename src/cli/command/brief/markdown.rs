//! The brief as Markdown.

use super::content::{Group, Section, Statement};
use super::short::{Camp, acronym_of};
use super::sources::{Sources, in_words};
use crate::ask::wording::{list, reading, sentence};
use crate::cli::output::{Page, escaped};
use crate::question::{ActorBrief, ClaimRow, Lens, Line};

/// How many names a line of the summary gives.
const MOST_NAMES: usize = 8;

/// Everything that a page is written from.
pub(super) struct Brief<'a> {
    pub(super) page: &'a Page,
    /// The days asked about, in words.
    pub(super) when: String,
    pub(super) lens: &'a Lens<'a>,
    pub(super) line: &'a Line,
    pub(super) short: &'a [Camp],
    pub(super) sections: &'a [Section],
    pub(super) sources: &'a Sources,
}

impl Brief<'_> {
    /// The page; `full` adds what each source says below each statement.
    pub(super) fn write(&self, full: bool) -> String {
        let mut out = String::new();
        self.head(&mut out);
        self.short(&mut out);
        for section in self.sections {
            out.push_str(&format!("## {}\n\n", escaped(&section.heading)));
            if let Some(remark) = &section.remark {
                out.push_str(&format!("*{}*\n\n", escaped(remark)));
            }
            self.statements(section, full, &mut out);
            out.push('\n');
        }
        if self.sections.is_empty() {
            out.push_str("Nothing is recorded for these days.\n\n");
        }
        self.listed(&mut out);
        while out.ends_with("\n\n") {
            out.pop();
        }
        out
    }

    fn head(&self, out: &mut String) {
        let graph = self.lens.graph;
        let actor = graph.actor(self.line.named);
        let acronym = acronym_of(self.lens, self.line.named).map_or_else(String::new, |a| format!(" ({})", escaped(a)));
        out.push_str(&format!("# {}{acronym}\n\n", escaped(&self.page.title)));
        let kind = graph.vocabulary().kind(actor.kind).name.replace('_', " ");
        let mut facts = vec![sentence(&kind), sentence(&format!("told {}", self.when))];
        if let Some(exists) = &actor.exists {
            facts.insert(1, sentence(&format!("recorded {}", reading(exists.text()))));
        }
        out.push_str(&format!("{}\n\n", escaped(&facts.join(" "))));
        if let Some(summary) = &actor.summary {
            out.push_str(&format!("> {} *(the data set's own summary)*\n\n", opening(summary)));
        }
        let mut remarks: Vec<String> = Vec::new();
        if self.line.is_followed() {
            let names: Vec<String> =
                self.line.by_age(graph).iter().map(|id| graph.actor(*id).name.to_string()).collect();
            remarks.push(format!("One line of actors, told as one: {}.", names.join(" → ")));
        }
        let followed = self.lens.line_in_words(self.line);
        remarks.extend(
            self.page.assumptions.iter().filter(|line| Some(*line) != followed.as_ref()).map(|line| sentence(line)),
        );
        for remark in &remarks {
            out.push_str(&format!("- {}\n", opening(remark)));
        }
        if !remarks.is_empty() {
            out.push('\n');
        }
    }

    fn short(&self, out: &mut String) {
        if self.short.is_empty() {
            return;
        }
        out.push_str("## In short\n\n");
        for camp in self.short {
            let word = match camp.sign {
                "friend" => "Friendly ties",
                "enemy" => "Hostile ties",
                "mixed" => "Both at once",
                _ => "Dealings only",
            };
            let mut parts = Vec::new();
            for (word, actors) in
                [("", &camp.certain), ("as last attested, ", &camp.attested), ("possibly ", &camp.possible)]
            {
                if !actors.is_empty() {
                    parts.push(format!("{word}{}", names(actors)));
                }
            }
            out.push_str(&format!("- **{word}:** {}.\n", parts.join("; ")));
        }
        out.push_str(
            "\n*What the ties below come to; each is cited there. Attitudes make nobody friend or enemy.*\n\n",
        );
    }

    /// The statements of a section: what is certain, then what is not, each sort under a line that says why.
    fn statements(&self, section: &Section, full: bool, out: &mut String) {
        let mut group = Group::Plain;
        for (place, statement) in section.statements.iter().enumerate() {
            if statement.group != group && section.id != "earlier" {
                group = statement.group;
                let blank = if place == 0 { "" } else { "\n" };
                let lead = match group {
                    Group::Plain => "",
                    Group::Attested => "As last attested; no end is recorded, so by now only possible:",
                    Group::Open => "Only possible, by their dates:",
                    Group::Said => "Only reported, offered, expected or thought possible:",
                };
                out.push_str(&format!("{blank}{lead}\n\n"));
            }
            self.statement(statement, full, out);
        }
    }

    fn statement(&self, statement: &Statement, full: bool, out: &mut String) {
        let cited = self.sources.citations(&statement.claims);
        let date =
            statement.date.as_ref().map_or_else(String::new, |date| format!("**{}:** ", escaped(&reading(date))));
        let text = sentence(&statement.text);
        let text = if date.is_empty() { opening(&text) } else { escaped(&text) };
        out.push_str(&format!("- {date}{}\n", with_citation(&text, &cited)));
        if full || statement.is_told_in_full {
            let told = |wanted: bool| {
                statement.claims.iter().filter(move |c| !c.note.is_empty() && (c.stance == "supports") == wanted)
            };
            for claim in told(true).chain(told(false)) {
                out.push_str(&format!("  - {}\n", self.note(claim, statement)));
            }
        }
    }

    /// What one source says, with what qualifies it.
    fn note(&self, claim: &ClaimRow, statement: &Statement) -> String {
        let has_two_sides = statement.claims.iter().any(|c| c.stance != "supports");
        let against = match claim.stance {
            _ if statement.holds == "denied" => "",
            "supports" if has_two_sides => "For: ",
            "supports" => "",
            "disputes" => "Doubted: ",
            _ => "Denied: ",
        };
        let mut qualities = Vec::new();
        if claim.modality != "asserted" {
            qualities.push(format!("only {}", claim.modality));
        }
        if let Some(by) = &claim.attributed_to {
            let name = by.name.clone().or_else(|| by.actor.clone()).unwrap_or_else(|| "someone".to_owned());
            let unnamed = if by.anonymous && !name.contains("unnamed") { ", unnamed" } else { "" };
            qualities.push(format!("according to {name}{unnamed}"));
        }
        if let Some(valid) = &claim.valid {
            qualities.push(format!("dates it {}", reading(valid)));
        }
        let qualities = if qualities.is_empty() { String::new() } else { format!(" ({})", qualities.join("; ")) };
        let note = sentence(&claim.note);
        let text = format!("{against}{}{qualities}.", note.trim_end_matches('.'));
        let cited = self.sources.citations(&[ClaimRow { stance: "supports", ..claim.clone() }]);
        with_citation(&opening(&text), &format!("{cited}, {}", claim.grade))
    }

    fn listed(&self, out: &mut String) {
        let listed: Vec<_> = self.sources.listed(self.lens.graph).collect();
        if listed.is_empty() {
            return;
        }
        out.push_str("## Sources\n\n");
        for (number, (source, places)) in (1..).zip(listed) {
            let mut parts = vec![format!("*{}*", escaped(&source.title))];
            parts.extend(source.author.iter().chain(&source.publisher).map(|text| escaped(text)));
            parts.push(format!("published {}", escaped(&crate::ask::wording::published(source.published.text()))));
            let mut text = format!("{number}. {}. ", parts.join(", "));
            if let Some(url) = &source.url {
                text.push_str(&format!("{}. ", escaped(url)));
            }
            text.push_str(&format!("Reliability {} ({}).", source.reliability, in_words(source.reliability)));
            if !places.is_empty() {
                text.push_str(&format!(" Cited: {}.", escaped(&places)));
            }
            out.push_str(&text);
            out.push('\n');
        }
        out.push_str(
            "\nCitations give the number of the source and its paragraphs. Grades follow the Admiralty scale: A–F for the source, 1 (confirmed) – 6 (cannot be judged) for the claim. “Inferred” and “derived”: by those who curate the data, from what the sources say.\n",
        );
    }
}

/// A sentence with its citation before the full stop.
fn with_citation(text: &str, cited: &str) -> String {
    if cited.is_empty() {
        return text.to_owned();
    }
    let cited = escaped(cited);
    match text.strip_suffix('.') {
        Some(stem) => format!("{stem} [{cited}]."),
        None => format!("{text} [{cited}]"),
    }
}

/// The first names of a list, and how many more there are.
fn names(actors: &[ActorBrief]) -> String {
    let shown: Vec<String> = actors.iter().take(MOST_NAMES).map(|a| escaped(&a.name)).collect();
    match actors.len().saturating_sub(MOST_NAMES) {
        0 => list(&shown),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Text at the beginning of a line, where some signs would begin a list or a heading.
fn opening(text: &str) -> String {
    let text = escaped(text.trim());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if text.starts_with(['-', '+', '=']) {
        return format!("\\{text}");
    }
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    text
}
