//! Views that would be a tangle when drawn: why, and which flags would make them small enough, with the numbers they would leave.

use super::Failure;
use crate::export::{Contents, Style};
use crate::graph::{Line, View};
use crate::model::{ActorId, Category, TypeId};
use crate::time::{Reading, Window};
use std::collections::BTreeSet;

/// How much a drawing may show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub(super) actors: usize,
    pub(super) relations: usize,
    /// What it is drawn in.
    pub(super) place: &'static str,
}

impl Room {
    /// That of a drawing, unless told otherwise: beyond as many actors lines hide one another, and as many lines cover a sheet.
    pub(super) const DRAWING: Self = Self { actors: 300, relations: 1500, place: "a drawing" };
    /// That of the explorer's page, which can be searched and filtered: beyond as many actors it is slow to make and to use.
    pub(super) const PAGE: Self = Self { actors: 2000, relations: usize::MAX, place: "the explorer" };

    /// Whether a view with as many actors and relations can be drawn.
    pub(super) const fn holds(self, (actors, relations): (usize, usize)) -> bool {
        actors <= self.actors && relations <= self.relations
    }
}

/// The actors whose surroundings are drawn; none when everything is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    /// All members of their lines.
    pub(super) actors: &'a [ActorId],
    /// How many steps from them.
    pub(super) hops: usize,
}

/// What is told of a view that cannot be drawn.
pub(super) fn refused(view: &View<'_>, style: &Style, room: Room, around: &Around<'_>) -> Failure {
    let size = Contents::size(view, style);
    let counted = |(actors, relations): (usize, usize)| {
        format!("{actors} actor{} and {relations} relation{}", plural(actors), plural(relations))
    };
    let mut help: Vec<String> = Vec::new();
    for (flags, left) in narrower(view, style, around) {
        if room.holds(left) && left.1 > 0 && help.len() < 5 {
            help.push(format!("`{flags}` leaves {}", counted(left)));
        }
    }
    if help.is_empty() {
        help.push(
            "narrow it: `--around ACTOR --hops 2`, `--category hostility`, `--type TYPE`, `--at DATE`, `--certain`"
                .into(),
        );
    } else {
        help.push("more ways to narrow it: `--type TYPE`, `--source SOURCE`, `--around ACTOR`".into());
    }
    let mut all_the_same = Vec::new();
    if size.0 > room.actors {
        all_the_same.push(format!("--max-actors {}", size.0));
    }
    if size.1 > room.relations {
        all_the_same.push(format!("--max-relations {}", size.1));
    }
    let others = if Room::PAGE.holds(size) && room.place != Room::PAGE.place {
        "`html`, `gexf` or `graphml`"
    } else {
        "`gexf` or `graphml`"
    };
    help.push(format!("draw it all the same with `{}`, or export {others} and look at parts", all_the_same.join(" ")));
    let most = match (size.0 > room.actors, size.1 > room.relations) {
        (true, true) => format!("{} actors and {} relations", room.actors, room.relations),
        (true, false) => format!("{} actors", room.actors),
        _ => format!("{} relations", room.relations),
    };
    Failure::new(
        "too-big-to-draw",
        format!("the view has {}, more than can be told apart in {} (at most {most})", counted(size), room.place),
        help,
    )
}

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Flags that narrow a view, with what each would leave, the gentlest sorts of narrowing first.
fn narrower(view: &View<'_>, style: &Style, around: &Around<'_>) -> Vec<(String, (usize, usize))> {
    let mut all = Vec::new();
    let graph = view.graph();
    // What a narrower view would show: its surroundings of the same actors, where some were named.
    let left = |narrowed: View<'_>| match around.actors {
        [] => Contents::size(&narrowed, style),
        actors => Contents::size(&narrowed.clone().among(&within(&narrowed, actors, around.hops)), style),
    };
    let window = view.window();
    if window.is_all() || window.first != window.last {
        let last = if window.is_all() { graph.horizon() } else { window.last };
        all.push((format!("--at {last}"), left(view.clone().with_window(Window::on(last)))));
    }
    all.push(("--certain".to_owned(), left(view.clone().with_reading(Reading::Certain))));
    if around.actors.is_empty() {
        // The actor with most ties is the likeliest to be meant.
        let hub = view.actors().max_by_key(|id| (view.ties(*id).count(), std::cmp::Reverse(*id)));
        for (hub, hops) in hub.into_iter().flat_map(|hub| [(hub, 2), (hub, 1)]) {
            let flags = format!("--around {} --hops {hops}", graph.actor(hub).slug);
            all.push((
                flags,
                Contents::size(&view.clone().among(&within(view, &Line::seen(view, hub).members, hops)), style),
            ));
        }
    } else if around.hops > 1 {
        let hops = around.hops - 1;
        all.push((
            format!("--hops {hops}"),
            Contents::size(&view.clone().among(&within(view, around.actors, hops)), style),
        ));
    }
    let categories: BTreeSet<Category> =
        view.relations().map(|id| graph.vocabulary().relation_type(graph.type_of(id)).category).collect();
    if categories.len() > 1 {
        let kept = |category: Category| {
            let types: Vec<TypeId> =
                graph.vocabulary().types_of(category).into_iter().filter(|t| view.keeps_type(*t)).collect();
            left(view.clone().with_types(&types))
        };
        let mut sized: Vec<(String, (usize, usize))> =
            categories.iter().map(|c| (format!("--category {}", c.word()), kept(*c))).collect();
        // The largest that fits tells most.
        sized.sort_by_key(|(flags, (_, relations))| (std::cmp::Reverse(*relations), flags.clone()));
        all.extend(sized);
    }
    all
}

/// The actors within some steps of others.
pub(super) fn within(view: &View<'_>, from: &[ActorId], hops: usize) -> Vec<ActorId> {
    let mut near: BTreeSet<ActorId> = from.iter().copied().collect();
    let mut frontier: Vec<ActorId> = near.iter().copied().collect();
    for _ in 0..hops {
        let next = frontier.iter().flat_map(|id| view.ties(*id).map(|n| n.other));
        frontier = next.filter(|id| near.insert(*id)).collect();
        if frontier.is_empty() {
            break;
        }
    }
    near.into_iter().collect()
}
