//! `changes`: what is different on one date from another.

use super::{Ask, Context, Exit, Failure};
use crate::cli::context::{date, today};
use crate::cli::equal;
use crate::cli::output::{Sheet, event_sheet};
use crate::question::{Change, ChangeKind, Line, Turn, When, changes};
use crate::time::{Day, Window};
use clap::Args;

/// Show what began, ended or turned between two dates
///
/// Certainly, where the dates leave no doubt that it was after FROM and not after TO; possibly, where they do. A date of a month or year
/// means its last day as FROM, and its last day as TO.
#[derive(Debug, Args)]
pub(in crate::cli) struct Changes {
    /// The earlier date (EDTF), not itself included
    from: String,
    /// The later date (EDTF, `now` or `today`), included
    to: String,
    /// Only what concerns these actors
    actors: Vec<String>,
}

impl Changes {
    /// The two days.
    fn span(&self, context: &Context<'_>) -> Result<(Day, Day), Failure> {
        let from = day(context, "FROM", &self.from)?;
        let to = day(context, "TO", &self.to)?;
        if from >= to {
            return Err(Failure::new(
                "empty-span",
                format!("`{}` is not before `{}`", self.from, self.to),
                vec!["give the earlier date first".into()],
            ));
        }
        Ok((from, to))
    }
}

impl Ask for Changes {
    const DEFAULT: When = When::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let (from, to) = self.span(context)?;
        let lines: Vec<Line> = self.actors.iter().map(|name| context.line(&lens, name)).collect::<Result<_, _>>()?;
        let whose: Vec<String> = lines.iter().map(|l| context.called(&lens, l)).collect();
        let whose = if whose.is_empty() { String::new() } else { format!(" for {}", whose.join(", ")) };
        let between = Window::sometime(from.plus(1).min(to), to);
        equal::changes(
            context,
            &format!("Changes{whose} after {from} and up to {to}"),
            between,
            equal::Whose::Any(&lines),
        )
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let (from, to) = self.span(&context)?;
        let lines: Vec<Line> = self.actors.iter().map(|name| context.line(&lens, name)).collect::<Result<_, _>>()?;
        let found = changes(&lens, from, to, &lines);
        let whose: Vec<String> = lines.iter().map(|l| context.called(&lens, l)).collect();
        let whose = if whose.is_empty() { String::new() } else { format!(" for {}", whose.join(", ")) };
        let mut page = context.page(format!("Changes{whose} after {from} and up to {to}"));
        page.as_of = Some(format!("{}/{to}", from.plus(1)));
        page.set("turns", &found.turns);
        page.set("events", &found.events);
        page.set_rows(&found.changes);
        page.flat = Some(flat(&found.changes));
        page.block(Some("Turned"), turns(&found.turns));
        for (heading, kind) in
            [("Began", ChangeKind::Began), ("Ended", ChangeKind::Ended), ("Happened", ChangeKind::Happened)]
        {
            page.block(Some(heading), sheet(found.changes.iter().filter(|c| c.change == kind)));
        }
        page.block(Some("Events"), event_sheet(&found.events));
        let any = !(found.changes.is_empty() && found.turns.is_empty() && found.events.is_empty());
        if !any {
            page.lines(None, vec!["No change is recorded between these dates.".to_owned()]);
        }
        context.printer.print(&page)?;
        Ok(Exit::found(any))
    }
}

/// The last day of a date typed as an argument.
fn day(context: &Context<'_>, argument: &str, text: &str) -> Result<Day, Failure> {
    match text {
        "now" => return Ok(context.scope.now(context.graph)),
        "today" => return today(),
        _ => {}
    }
    let last = date(argument, text)?.hull().latest;
    if last.is_bounded() {
        Ok(last)
    } else {
        Err(Failure::new(
            "bad-date",
            format!("`{text}` has no last day"),
            vec!["give a date: `2024-11`, `2025-03-11`".into()],
        ))
    }
}

fn sheet<'a>(changes: impl Iterator<Item = &'a Change>) -> Sheet {
    let mut sheet = Sheet::new(&["date", "relation", "holds", "sources"]);
    for change in changes {
        let row = &change.relation;
        sheet.push([
            change.date.clone(),
            format!("{} {} {}", row.subject.name, row.label, row.object.name),
            change.holds.to_owned(),
            row.citations(),
        ]);
    }
    sheet
}

fn turns(turns: &[Turn]) -> Sheet {
    let mut sheet = Sheet::new(&["pair", "from", "to"]);
    for turn in turns {
        sheet.push([format!("{} and {}", turn.first.name, turn.second.name), turn.from.to_owned(), turn.to.to_owned()]);
    }
    sheet
}

fn flat(changes: &[Change]) -> Sheet {
    let mut sheet =
        Sheet::new(&["change", "date", "holds", "id", "subject", "type", "object", "valid", "status", "sources"]);
    for change in changes {
        let row = &change.relation;
        let word = match change.change {
            ChangeKind::Began => "began",
            ChangeKind::Ended => "ended",
            ChangeKind::Happened => "happened",
        };
        sheet.push([
            word.to_owned(),
            change.date.clone(),
            change.holds.to_owned(),
            row.id.clone(),
            row.subject.name.clone(),
            row.kind.clone(),
            row.object.name.clone(),
            row.valid.clone(),
            row.status.to_owned(),
            row.citations(),
        ]);
    }
    sheet
}
