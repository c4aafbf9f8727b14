//! What is typed: commands and flags. The doc comments are the help.

use super::command::{
    ask, between, brief, changes, check, compile, completions, conflicts, export, fmt, import, lineage, list, matrix,
    path, queries, query, schema, search, shared, shell, show, ties, timeline, was, when,
};
use super::output::Format;
use clap::builder::styling::{AnsiColor, Effects, Styles};
use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .usage(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .literal(AnsiColor::Cyan.on_default().effects(Effects::BOLD))
    .placeholder(AnsiColor::Cyan.on_default());

const EXAMPLES: &str = "\
Examples:
  allegiance ask was HTS allied with al-Qaeda in 2015
  allegiance allies HTS                           who is allied with HTS, since when, and who says so
  allegiance was HTS allied-with al-Qaeda --at 2015
  allegiance between HTS Turkey                   the whole dated history of a pair
  allegiance changes 2024-11 2025-03 HTS          what began, ended or turned
  allegiance path JNIM HTS --format json
  allegiance query -e 'MATCH (a)-[:AT_WAR_WITH]-(b) RETURN a, b' --at 2016
  allegiance export dot --at 2025-01 | dot -Tsvg > syria.svg

Dates are EDTF: 2016, 2016-07, 2025-03-11, 2016~ (about), 2016/2018 (from … to). `--at 2016` means at some time in 2016.
Names are read in any common spelling; what was read otherwise than typed is said in the answer.
Exit codes: 0 yes or found, 1 no or nothing recorded, 2 could not do it, 3 possible or disputed.";

/// Ask who stands with whom, since when, and who says so
///
/// A hand-curated, sourced, dated graph of armed actors, states and factions. Every answer names the date it speaks for, says what is
/// certain and what only possible, and cites source and paragraph.
#[derive(Debug, Parser)]
#[command(name = "allegiance", version, styles = STYLES, after_help = EXAMPLES, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) flags: Flags,
}

impl Cli {
    /// Reads what was typed.
    ///
    /// Where a command comes first, only that command is built: clap would copy every flag into each of the others, which costs as much as
    /// answering a short question. The outcome is the same, also of `--help`; a test holds the two against each other.
    pub(super) fn read(arguments: &[OsString]) -> Result<Self, clap::Error> {
        let Some(mut alone) = arguments.get(1).and_then(|name| name.to_str()).and_then(Self::command_alone) else {
            return Self::try_parse_from(arguments);
        };
        let matches = alone.try_get_matches_from_mut(arguments)?;
        let flags = matches.subcommand().map(|(_, typed)| Flags::from_arg_matches(typed));
        let formatted = |error: clap::Error| error.format(&mut alone.clone());
        let command = Command::from_arg_matches(&matches).map_err(formatted)?;
        Ok(Self { command, flags: flags.transpose().map_err(formatted)?.unwrap_or_default() })
    }

    /// The program with one command only, when there is one of that name.
    fn command_alone(name: &str) -> Option<clap::Command> {
        let commands = Command::augment_subcommands(clap::Command::new("allegiance"));
        let typed = Flags::augment_args(commands.find_subcommand(name)?.clone());
        Some(
            clap::Command::new("allegiance")
                .version(env!("CARGO_PKG_VERSION"))
                .styles(STYLES)
                .max_term_width(100)
                .subcommand_required(true)
                .subcommand(typed),
        )
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Ask(ask::Question),
    Allies(ties::Allies),
    Rivals(ties::Rivals),
    Relations(ties::Relations),
    Between(between::Between),
    Was(was::Was),
    When(when::When),
    Path(path::Path),
    Lineage(lineage::Lineage),
    Timeline(timeline::Timeline),
    Matrix(matrix::Matrix),
    Brief(brief::Brief),
    Changes(changes::Changes),
    Conflicts(conflicts::Conflicts),
    Shared(shared::Shared),
    Show(show::Show),
    List(list::List),
    Search(search::Search),
    Query(query::Query),
    Queries(queries::Queries),
    Shell(shell::Shell),
    Check(check::Check),
    Compile(compile::Compile),
    Export(export::Export),
    Import(import::Import),
    Fmt(fmt::Fmt),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(completions::Man),
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

// The flags that every command has. Not a doc comment: clap would give it to the commands as what they are about.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Flags {
    /// Ask about some day of this date or period (EDTF), or `today` by the machine's clock
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "DATE", help_heading = "Days asked about", conflicts_with_all = ["throughout", "during", "ever"])]
    pub(super) at: Option<String>,
    /// Ask about every day of this date or period
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "DATE", help_heading = "Days asked about", conflicts_with_all = ["during", "ever"])]
    pub(super) throughout: Option<String>,
    /// Ask about some day of this interval
    #[arg(
        long,
        global = true,
        allow_hyphen_values = true,
        value_name = "FROM/TO",
        help_heading = "Days asked about",
        conflicts_with = "ever"
    )]
    pub(super) during: Option<String>,
    /// Ask about all of time
    #[arg(long, global = true, help_heading = "Days asked about")]
    pub(super) ever: bool,

    /// Use only claims of sources published by this date
    #[arg(long, global = true, allow_hyphen_values = true, value_name = "DATE", help_heading = "Claims that count")]
    pub(super) known_by: Option<String>,
    /// Use only claims of this source (repeatable): id or name, such as `WaPo`
    #[arg(long, global = true, value_name = "SOURCE", help_heading = "Claims that count")]
    pub(super) source: Vec<String>,
    /// Leave out the claims of this source (repeatable)
    #[arg(long, global = true, value_name = "SOURCE", help_heading = "Claims that count")]
    pub(super) exclude_source: Vec<String>,
    /// Use only claims at least this good: source reliability A–E and claim credibility 1–5, as in `B3` or `B`
    ///
    /// What cannot be judged (F, 6) does not meet any grade.
    #[arg(long, global = true, value_name = "GRADE", help_heading = "Claims that count")]
    pub(super) min_grade: Option<String>,

    /// Keep only what is certain
    #[arg(long, global = true, help_heading = "Rows", conflicts_with = "possible")]
    pub(super) certain: bool,
    /// Keep only what is possible and not certain; with --known-by, also use sources that were only possibly published by then
    #[arg(long, global = true, help_heading = "Rows")]
    pub(super) possible: bool,
    /// Take the actors as named, without their predecessors and successors
    #[arg(long, global = true, help_heading = "Rows")]
    pub(super) exact: bool,
    /// Keep only relations of this type (repeatable); `allegiance list types` shows them
    #[arg(long = "type", global = true, value_name = "TYPE", help_heading = "Rows")]
    pub(super) types: Vec<String>,
    /// Keep only relations of this category (repeatable)
    #[arg(long, global = true, value_name = "CATEGORY", help_heading = "Rows")]
    pub(super) category: Vec<String>,
    /// Show at most this many rows
    #[arg(long, global = true, value_name = "N", value_parser = at_least_one, help_heading = "Rows")]
    pub(super) limit: Option<usize>,

    /// Print the query that the command equals, instead of the answer; `allegiance query -` runs it
    #[arg(long, global = true, help_heading = "Output")]
    pub(super) explain: bool,
    /// Answer in this format
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t, help_heading = "Output")]
    pub(super) format: Format,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t, help_heading = "Output")]
    pub(super) color: Color,
    /// How many columns a table may use; 0 for no limit [default: the terminal's, 100 when piped]
    #[arg(long, global = true, value_name = "N", help_heading = "Output")]
    pub(super) width: Option<usize>,

    /// Read this data set (directory or file, repeatable; or one that `compile` made) instead of the one that comes with the program
    ///
    /// `embedded` names the one that comes with the program. Without this flag the environment variable ALLEGIANCE_DATA is looked at: paths
    /// separated as in PATH.
    #[arg(long, global = true, value_name = "PATH", help_heading = "Data")]
    pub(super) data: Vec<PathBuf>,
}

/// A number of rows.
fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("at least 1".into()),
        Ok(number) => Ok(number),
        Err(_) => Err("a whole number is wanted".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn a_command_read_alone_helps_as_it_does_among_the_others() {
        let mut all = Cli::command();
        all.build();
        for command in all.get_subcommands().filter(|c| c.get_name() != "help") {
            let name = command.get_name();
            let help = |mut program: clap::Command| {
                program.build();
                let mut found = program.find_subcommand(name).cloned().expect("the command is there");
                found.render_long_help().to_string()
            };
            assert_eq!(help(Cli::command_alone(name).unwrap()), help(Cli::command()), "{name}");
        }
    }

    #[test]
    fn flags_may_stand_before_the_command_or_after_it() {
        let read = |line: &str| {
            let words: Vec<OsString> = std::iter::once("allegiance").chain(line.split(' ')).map(Into::into).collect();
            Cli::read(&words)
        };
        for line in ["allies HTS --at 2015 --format json", "--at 2015 --format json allies HTS"] {
            let cli = read(line).unwrap();
            assert_eq!((cli.flags.at.as_deref(), cli.flags.format), (Some("2015"), Format::Json), "{line}");
        }
        assert!(read("allies HTS --at 2015 --ever").is_err());
        assert!(read("alies HTS").unwrap_err().to_string().contains("allies"));
    }
}
