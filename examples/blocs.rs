//! Blocs on a date: whoever is joined by cooperation, straight from the library and petgraph's algorithms.
//!
//! `cargo run --example blocs -- 2025-01-24`

use allegiance::algo::weak_components;
use allegiance::dataset;
use allegiance::model::Category;
use allegiance::time::{Dated, Reading};
use petgraph::algo::dijkstra;
use std::error::Error;
use std::io::{self, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "2025-01-24".into());
    let graph = dataset::embedded();
    let window = Dated::parse(&text)?.window();

    // A slice: that day, only what is certain, only cooperation. Nothing is copied.
    let cooperation = graph.vocabulary().types_of(Category::Cooperation);
    let view = graph.view(window, Reading::Certain).with_types(&cooperation).undirected();

    let mut out = io::stdout().lock();
    for bloc in weak_components(&view).into_iter().filter(|bloc| bloc.len() > 1) {
        let names: Vec<&str> = bloc.iter().map(|id| graph.actor(*id).name_in(window)).collect();
        writeln!(out, "{}", names.join(" · "))?;
    }

    // petgraph's own algorithms take the view as they would take one of its graphs.
    if let Some(hts) = graph.actor_by_slug("hts").filter(|id| view.contains(*id)) {
        let mut near: Vec<_> =
            dijkstra(&view, hts, None, |_| 1_u32).into_iter().filter(|(_, steps)| *steps > 0).collect();
        near.sort();
        writeln!(out, "\n{} actors are joined to HTS by cooperation on {text}", near.len())?;
    }
    Ok(())
}
