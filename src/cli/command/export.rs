//! `export`: a view in a format that other tools read.

use super::matrix::drawn::stroke;
use super::narrowing::{self, Around, Room};
use super::{Context, Exit, Failure};
use crate::cli::args::Flags;
use crate::cli::context::load;
use crate::cli::output::Format;
use crate::cli::output::guard;
use crate::dataset;
use crate::export::html::{PairOverTime, SignsUnder, Turn, reach};
use crate::export::{
    Base, BaseError, Contents, Cypher, Dot, Exporter, Ftm, Gexf, GraphMl, Html, JsonLd, Mermaid, NodeLink, Part, Stix,
    Style, Svg, Table, Turtle,
};
use crate::graph::TemporalGraph;
use crate::model::{ActorId, Category, TypeId};
use crate::question::{Lens, Turning, When, signs_over_time};
use crate::time::Reading;
use clap::{Args, ValueEnum};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// The formats of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A drawing of the network, for browsers, print and editing
    Svg,
    /// The same drawing as a picture
    #[cfg(feature = "png")]
    Png,
    /// The explorer: one page that works offline, with a time slider, filters, matrix and timeline
    Html,
    /// Graphviz DOT: `… | dot -Tsvg > picture.svg`
    Dot,
    /// Mermaid flowchart, for Markdown pages
    Mermaid,
    /// GraphML, for yEd, Gephi, networkx, igraph
    #[value(name = "graphml")]
    GraphMl,
    /// GEXF 1.3 with the days over which each relation held, for Gephi's timeline
    Gexf,
    /// Node-link JSON, for networkx and D3
    NodeLink,
    /// Two tables, actors and relations, comma-separated
    Csv,
    /// Two tables, actors and relations, tab-separated
    Tsv,
    /// A data set in our own JSON, which `import json` and --data read
    Json,
    /// RDF with PROV-O provenance, as JSON-LD
    #[value(name = "json-ld")]
    JsonLd,
    /// RDF with PROV-O provenance, as Turtle
    Turtle,
    /// A STIX 2.1 bundle
    Stix,
    /// FollowTheMoney entities, one a line
    Ftm,
    /// An openCypher script of CREATE clauses, for Neo4j, Memgraph and their like
    Cypher,
}

impl ExportFormat {
    /// Whether it is looked at rather than read by other tools: it then shows one time and leaves attitudes and places out, and what is too
    /// big to be looked at is refused.
    const fn is_drawing(self) -> bool {
        match self {
            #[cfg(feature = "png")]
            Self::Png => true,
            Self::Svg | Self::Dot | Self::Mermaid => true,
            _ => false,
        }
    }

    /// Whether it is made of pixels.
    const fn is_picture(self) -> bool {
        match self {
            #[cfg(feature = "png")]
            Self::Png => true,
            _ => false,
        }
    }

    /// Whether it can list sources below the drawing.
    const fn has_notes(self) -> bool {
        self.is_picture() || matches!(self, Self::Svg)
    }

    /// What writes it, `whole` when nothing narrows the view: an exporter a file, with what the file's name ends in where there are several.
    fn exporters(
        self,
        base: &Base,
        whole: bool,
        #[cfg_attr(not(feature = "png"), allow(unused_variables))] scale: f64,
        signs: impl FnOnce() -> Vec<SignsUnder>,
    ) -> Vec<(&'static str, Box<dyn Exporter>)> {
        let pair = |delimiter, nodes, edges| -> Vec<(&'static str, Box<dyn Exporter>)> {
            vec![
                (nodes, Box::new(Table { part: Part::Nodes, delimiter })),
                (edges, Box::new(Table { part: Part::Edges, delimiter })),
            ]
        };
        let one: Box<dyn Exporter> = match self {
            Self::Csv => return pair(b',', ".nodes.csv", ".edges.csv"),
            Self::Tsv => return pair(b'\t', ".nodes.tsv", ".edges.tsv"),
            Self::Svg => Box::new(Svg),
            #[cfg(feature = "png")]
            Self::Png => Box::new(crate::export::Png { scale }),
            Self::Html => Box::new(Html { signs: signs() }),
            Self::Dot => Box::new(Dot),
            Self::Mermaid => Box::new(Mermaid),
            Self::GraphMl => Box::new(GraphMl),
            Self::Gexf => Box::new(Gexf),
            Self::NodeLink => Box::new(NodeLink),
            Self::JsonLd => Box::new(JsonLd { base: base.clone() }),
            Self::Turtle => Box::new(Turtle { base: base.clone() }),
            Self::Stix => Box::new(Stix),
            Self::Ftm => Box::new(Ftm),
            Self::Cypher => Box::new(Cypher),
            Self::Json => Box::new(super::import::DataSet { whole }),
        };
        vec![("", one)]
    }
}

/// Export a view: drawings, and formats that other tools read
///
/// The view is what the flags say: days, claims, types. Drawings (svg, png, dot, mermaid) show the last day the data speaks for unless flags
/// name days, and leave attitudes and places out unless asked for with --category or --type; all other formats hold everything of all time.
#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// The format
    what: ExportFormat,
    /// Only these actors and their neighbours (repeatable)
    #[arg(long, value_name = "ACTOR")]
    around: Vec<String>,
    /// How many steps from the actors of --around [default: 1]
    #[arg(long, value_name = "N")]
    hops: Option<usize>,
    /// Draw the members of a line (renamings, successions) in a box together
    #[arg(long)]
    lineage: bool,
    /// Leave out the dates
    #[arg(long)]
    no_dates: bool,
    /// Leave out the legend
    #[arg(long)]
    no_legend: bool,
    /// Also show actors without any relation in the view
    #[arg(long)]
    isolated: bool,
    /// List the sources of what a drawing shows, numbered, below it
    #[arg(long)]
    footnotes: bool,
    /// Draw up to this many actors; more are refused [default: 300; html: 2000]
    #[arg(long, value_name = "N")]
    max_actors: Option<usize>,
    /// Draw up to this many relations; more are refused [default: 1500; html: any number]
    #[arg(long, value_name = "N")]
    max_relations: Option<usize>,
    /// Draw a png this many times as large as the svg [default: 2]
    #[arg(long, value_name = "N", value_parser = scale)]
    scale: Option<f64>,
    /// What the IRIs of an RDF export begin with [default: urn:allegiance:]
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
    /// Write to this file instead of standard output; for csv and tsv what the names of both files begin with
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Export {
    pub(in crate::cli) fn run(self, flags: &Flags) -> Result<Exit, Failure> {
        if flags.explain {
            return Err(crate::cli::equal::refused(
                "export",
                "it draws a graph; `allegiance list relations --explain` tells the relations of the same days",
            ));
        }
        self.check_flags(flags)?;
        if flags.possible && flags.known_by.is_none() {
            return Err(Failure::new(
                "flag-without-effect",
                "`--possible` leaves nothing out of an export: it tells of each relation whether it is certain or possible",
                vec![
                    "`--certain` keeps what is certain alone; `allegiance list relations --possible` lists the others"
                        .into(),
                ],
            ));
        }
        let base = self.base()?;
        let scale = self.scale()?;
        let drawing = self.what.is_drawing();
        let graph: &'static TemporalGraph = Box::leak(Box::new(load(flags)?));
        let mut context = Context::new(graph, flags, if drawing { When::Now } else { When::Ever })?;
        let lens = context.lens();
        let types: Vec<TypeId> = if !context.scope.types.is_empty() {
            context.scope.types.clone()
        } else if drawing {
            context.types_without(&[Category::Stance, Category::Territory])
        } else {
            context.types_without(&[])
        };
        let mut limits: Vec<String> =
            crate::cli::context::claims_in_words(context.graph, &context.scope.claims).into_iter().collect();
        if drawing && context.scope.types.is_empty() {
            limits.push("attitudes and places are left out".to_owned());
        }
        let mut view = lens.view.clone().with_types(&types);
        if context.scope.only == Some(Reading::Certain) {
            view = view.with_reading(Reading::Certain);
            limits.push("only what is certain".to_owned());
        }
        // A page that has all of time in it has no date of its own.
        let mut title = match (self.what, &context.scope.when) {
            (ExportFormat::Html, When::Ever) => "Allegiance: who stands with whom, and who says so".to_owned(),
            _ => format!("Allegiance, {}", context.scope.when_in_words(context.graph)),
        };
        let hops = self.hops.unwrap_or(1);
        let mut named: Vec<ActorId> = Vec::new();
        if !self.around.is_empty() {
            let mut names = Vec::new();
            for name in &self.around {
                let line = context.line(&lens, name)?;
                names.push(context.called(&lens, &line));
                named.extend(line.members);
            }
            title = format!("{title}: around {}", names.join(", "));
            view = view.clone().among(&narrowing::within(&view, &named, hops));
        }
        let style = Style {
            title,
            limits,
            dates: !self.no_dates,
            legend: !self.no_legend,
            lineage_clusters: self.lineage,
            // No step from the actors named: they are drawn even when nothing stands between them.
            isolated: self.isolated || !drawing || (hops == 0 && !named.is_empty()),
            footnotes: self.footnotes,
        };
        let contents = Contents::of(&view, &style);
        if let Some(room) = self.room()
            && !room.holds((contents.actors.len(), contents.relations.len()))
        {
            let around = Around { actors: &named, hops };
            return Err(narrowing::refused(&view, &style, room, &around));
        }
        let scope = &context.scope;
        let whole = self.around.is_empty()
            && scope.types.is_empty()
            && scope.only.is_none()
            && scope.claims.is_empty()
            && contents.view.window().is_all();
        let exporters = self.what.exporters(&base, whole, scale, || signs(&context, &contents));
        match (&self.out, exporters.as_slice()) {
            (None, [(_, exporter)]) => {
                let mut out = BufWriter::new(guard::stdout());
                exporter.write(&contents, &style, &mut out)?;
                out.flush()?;
            }
            (None, _) => {
                return Err(Failure::new(
                    "two-files",
                    "this format is a pair of files, which standard output cannot hold",
                    vec![
                        "name what both begin with: `--out syria` writes `syria.nodes.csv` and `syria.edges.csv`"
                            .into(),
                    ],
                ));
            }
            (Some(path), several) => {
                let mut files = Vec::with_capacity(several.len());
                for (ending, exporter) in several {
                    let mut name = path.as_os_str().to_owned();
                    name.push(ending);
                    let mut bytes = Vec::new();
                    exporter.write(&contents, &style, &mut bytes)?;
                    files.push((PathBuf::from(name), bytes));
                }
                let files: Vec<(PathBuf, &[u8])> = files.iter().map(|(path, b)| (path.clone(), b.as_slice())).collect();
                guard::check().map_err(|damage| Failure::damaged(&damage))?;
                dataset::write_files(&files)?;
            }
        }
        let losses = exporters[0].1.losses();
        if !losses.is_empty() {
            let _ = writeln!(io::stderr(), "note: {} does not hold: {}", exporters[0].1.name(), losses.join("; "));
        }
        for (_, exporter) in &exporters {
            for lost in exporter.lost(&contents, &style) {
                let _ = writeln!(io::stderr(), "note: {} does not show: {lost}", exporter.name());
            }
        }
        Ok(Exit::found(!contents.relations.is_empty()))
    }
}

/// How many times as large a picture may be drawn.
fn scale(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|scale| (0.1..=20.0).contains(scale))
        .ok_or_else(|| "a number from 0.1 to 20 is wanted".to_owned())
}

impl Export {
    /// Refuses flags that would change nothing.
    fn check_flags(&self, flags: &Flags) -> Result<(), Failure> {
        let useless = |problem: &str, help: &str| {
            Err(Failure::new("flag-without-effect", problem.to_owned(), vec![help.to_owned()]))
        };
        if flags.limit.is_some() {
            return useless(
                "`--limit` says how many rows an answer has, and exports hold whole views",
                "narrow the view: `--around ACTOR`, `--type TYPE`, `--category CATEGORY`, `--at DATE`",
            );
        }
        if flags.format != Format::default() {
            return useless(
                "`--format` says how an answer is written, and an export names its format itself",
                "write the format after the command: `allegiance export csv`",
            );
        }
        if self.hops.is_some() && self.around.is_empty() {
            return useless(
                "`--hops` counts steps from the actors of `--around`, and there are none",
                "name one: `--around HTS --hops 2`",
            );
        }
        if self.footnotes && !self.what.has_notes() {
            return useless(
                "`--footnotes` lists sources below a drawing, and this format has no place for them",
                "it goes with `export svg` and `export png`",
            );
        }
        Ok(())
    }

    /// How much of a view can be looked at in this format; nothing for formats that other tools read.
    fn room(&self) -> Option<Room> {
        let room = match self.what {
            ExportFormat::Html => Room::PAGE,
            what if what.is_drawing() => Room::DRAWING,
            _ => return None,
        };
        Some(Room {
            actors: self.max_actors.unwrap_or(room.actors),
            relations: self.max_relations.unwrap_or(room.relations),
            ..room
        })
    }

    /// How much larger than the drawing a picture is.
    fn scale(&self) -> Result<f64, Failure> {
        if self.scale.is_some() && !self.what.is_picture() {
            return Err(Failure::new(
                "flag-without-effect",
                "`--scale` says how many pixels a picture has, and this format has none",
                vec!["it goes with `export png`; an `svg` is sharp at any size".into()],
            ));
        }
        Ok(self.scale.unwrap_or(2.0))
    }

    /// What the IRIs begin with.
    fn base(&self) -> Result<Base, Failure> {
        let Some(text) = &self.base else { return Ok(Base::default()) };
        if !matches!(self.what, ExportFormat::Turtle | ExportFormat::JsonLd) {
            return Err(Failure::new(
                "flag-without-effect",
                "`--base` says what IRIs begin with, and this format has none",
                vec!["it goes with `export turtle` and `export json-ld`".into()],
            ));
        }
        Base::parse(text).map_err(|error| {
            let help = match error {
                BaseError::Ending => format!("write `--base {text}/`"),
                BaseError::NoIri(_) => {
                    "give a whole address or name, such as `https://example.org/syria/` or `urn:allegiance:`".into()
                }
            };
            Failure::new("bad-base", format!("`{text}` is no base for IRIs: {error}"), vec![help])
        })
    }
}

fn turn(turning: Turning) -> Turn {
    let Turning { day, sign, footing, deciding } = turning;
    Turn { day, sign, stroke: footing.map(stroke), deciding }
}

/// What pairs are to each other on every day that the explorer speaks for: by all claims that count, and by each source alone.
fn signs(context: &Context<'_>, contents: &Contents<'_, '_>) -> Vec<SignsUnder> {
    let (first, last, relations) = reach(contents);
    let sources = contents.sources.iter().copied().map(Some);
    std::iter::once(None)
        .chain(sources)
        .map(|source| {
            let mut scope = context.scope.clone();
            // Exports read the certain alone or everything.
            scope.only = scope.only.filter(|reading| *reading == Reading::Certain);
            if let Some(id) = source {
                scope.claims.sources = vec![id];
            }
            let lens = Lens::new(context.graph, scope);
            let pairs = signs_over_time(&lens, &relations, first, last)
                .into_iter()
                .map(|pair| PairOverTime {
                    a: pair.a,
                    b: pair.b,
                    turnings: pair.turnings.into_iter().map(turn).collect(),
                })
                .collect();
            SignsUnder { source, pairs }
        })
        .collect()
}
