//! The names of a graph, looked up step by step from the exact to the tolerant.

use super::fold::fold;
use super::forms::{Forms, NameRef, is_in_capitals, looks_like_acronym, names_of};
use super::resolution::{Candidate, How, NameError, Near, Resolution, Resolved, shown};
use super::similarity::{Probe, one_slip};
use super::transliteration::transliteration_key;
use crate::graph::TemporalGraph;
use crate::time::{Holds, Window};
use std::sync::OnceLock;

/// No name is longer, in bytes; longer texts are unknown without being read to their end.
const LONGEST_TEXT: usize = 1024;
/// How many names an error suggests.
const SUGGESTIONS: usize = 5;

/// The names of the actors of a graph.
///
/// Free to make: names are folded when the first look-up by id and exact name has failed, and keyed when folding has not helped either.
/// Safe to share between threads.
///
/// ```
/// use allegiance::graph::Builder;
/// use allegiance::names::{How, Index, NameError};
/// use allegiance::time::Window;
/// # use allegiance::model::{Actor, KindId};
/// # let actor = |slug: &str, name: &str| Actor {
/// #     slug: slug.into(), name: name.into(), kind: KindId::new(0), names: vec![], exists: None,
/// #     traits: vec![], summary: None, external_ids: vec![], claims: vec![],
/// # };
/// # let actors = vec![actor("eij", "Egyptian Islamic Jihad"), actor("hezbollah", "Hezbollah")];
/// let graph = Builder { actors, ..Builder::default() }.build();
/// let index = Index::new(&graph);
/// let found = index.resolve("Hizbullah", Window::ALL).unwrap();
/// assert_eq!(found.how, How::Transliterated { name: "Hezbollah".into() });
/// assert_eq!(found.reason(&graph).unwrap(), "read \"Hizbullah\" as Hezbollah (other spelling of Hezbollah)");
/// let Err(NameError::Unknown { near, .. }) = index.resolve("Islamic Jihad", Window::ALL) else { panic!() };
/// assert_eq!(&*near[0].name, "Egyptian Islamic Jihad");
/// ```
#[derive(Debug)]
pub struct Index<'g> {
    graph: &'g TemporalGraph,
    folded: OnceLock<Forms>,
    keyed: OnceLock<Forms>,
}

impl<'g> Index<'g> {
    /// The names of this graph's actors.
    #[must_use]
    pub const fn new(graph: &'g TemporalGraph) -> Self {
        Self { graph, folded: OnceLock::new(), keyed: OnceLock::new() }
    }

    /// The graph it is an index of.
    #[must_use]
    pub const fn graph(&self) -> &'g TemporalGraph {
        self.graph
    }

    /// Returns the actor meant by a text, on the days of a window.
    ///
    /// The steps, of which the first that finds something decides: the id; a name letter for letter; a folded name; a
    /// transliteration key; a misspelling by one letter. An id always wins. Where a step finds several actors, the window decides if exactly
    /// one of them possibly went by the name in it ("Damascus" in 2015 and in 2025); otherwise the text is ambiguous, also when it is
    /// the main name of one and an alias of another.
    ///
    /// Texts that look like acronyms are only folded. A misspelling counts when only one actor is that near, lies in a word of five
    /// letters or more, and never in an acronym.
    ///
    /// # Errors
    /// When the text is empty, fits several actors, or fits none.
    ///
    /// # Complexity
    /// O(names): a comparison each for an exact name, some 0.1 µs each to fold them all once; more for a text that is not found.
    pub fn resolve(&self, text: &str, window: Window) -> Resolution {
        let text = text.trim();
        if let Some(actor) = self.graph.actor_by_slug(text) {
            return Ok(Resolved { text: text.into(), actor, how: How::Id, in_force: Holds::Certain });
        }
        let exact = self.with_exact_name(text);
        if !exact.is_empty() {
            return self.choose(text, exact, window, |name| How::Exact { name });
        }
        if text.len() > LONGEST_TEXT {
            return Err(NameError::Unknown { text: shown(text).into(), near: Vec::new() });
        }
        let folded = fold(text);
        if folded.is_empty() {
            return Err(NameError::Empty);
        }
        if let Some(resolution) = self.resolve_folded(text, &folded, window) {
            return resolution;
        }
        self.resolve_misspelt(text, &folded, window)
            .unwrap_or_else(|| Err(NameError::Unknown { text: shown(text).into(), near: self.near(&folded) }))
    }

    /// The steps that need no suspicion of a slip: folded, then keyed. `None` when neither finds anything.
    pub(super) fn resolve_folded(&self, text: &str, folded: &str, window: Window) -> Option<Resolution> {
        let mut same: Vec<NameRef> = self.folded().get(folded).collect();
        if same.iter().any(|name| name.text(self.graph) == text) {
            same.retain(|name| name.text(self.graph) == text);
            return Some(self.choose(text, same, window, |name| How::Exact { name }));
        }
        if !same.is_empty() {
            return Some(self.choose(text, same, window, |name| How::Folded { name }));
        }
        if !has_key(folded) || looks_like_acronym(text) {
            return None;
        }
        let alike: Vec<NameRef> = self.keyed().get(&transliteration_key(folded)).collect();
        (!alike.is_empty()).then(|| self.choose(text, alike, window, |name| How::Transliterated { name }))
    }

    /// The names that are the text letter for letter.
    fn with_exact_name(&self, text: &str) -> Vec<NameRef> {
        let is_text = |(_, name): &(NameRef, &str)| *name == text;
        if let Some(table) = self.folded.get().filter(|_| text.len() <= LONGEST_TEXT) {
            return table.get(&fold(text)).filter(|name| name.text(self.graph) == text).collect();
        }
        self.graph.actors().flat_map(|(id, actor)| names_of(id, actor).filter(is_text).map(|(name, _)| name)).collect()
    }

    fn resolve_misspelt(&self, text: &str, folded: &str, window: Window) -> Option<Resolution> {
        if looks_like_acronym(text) {
            return None;
        }
        let slips: Vec<(NameRef, &str)> = self
            .folded()
            .iter()
            .filter(|(_, form)| one_slip(folded, form).is_some())
            .filter(|(name, form)| {
                let bent = one_slip(folded, form).unwrap_or(form);
                !name.is_acronym(self.graph) && !has_acronym(name.text(self.graph), bent)
            })
            .collect();
        let (_, form) = slips.first()?;
        let one_actor = slips.iter().all(|(name, _)| name.actor == slips[0].0.actor);
        // One name that several actors bear is a question of days; several names are a question of luck.
        let one_name = slips.iter().all(|(_, other)| other == form);
        (one_actor || one_name).then(|| {
            let names = slips.iter().map(|(name, _)| *name).collect();
            self.choose(text, names, window, |name| How::Misspelt { name })
        })
    }

    /// The one actor among these names, by the window if need be. `names` is not empty.
    fn choose(&self, text: &str, names: Vec<NameRef>, window: Window, how: impl Fn(Box<str>) -> How) -> Resolution {
        let holds = |name: &NameRef| {
            let valid = name.name(self.graph).and_then(|n| n.valid.as_ref());
            valid.map_or(Holds::Certain, |valid| valid.extent(None, None).holds(window))
        };
        let in_window: Vec<NameRef> = names.iter().copied().filter(|name| holds(name) != Holds::No).collect();
        let left = if in_window.is_empty() { &names } else { &in_window };
        let first = left[0];
        if left.iter().any(|name| name.actor != first.actor) {
            return Err(self.ambiguous(text, left));
        }
        // Of several spellings of one actor the one best in force, then the one written first.
        let best = left.iter().copied().rev().max_by_key(holds).unwrap_or(first);
        let how = how(best.text(self.graph).into());
        Ok(Resolved { text: text.into(), actor: best.actor, how, in_force: holds(&best) })
    }

    fn ambiguous(&self, text: &str, names: &[NameRef]) -> NameError {
        let mut candidates: Vec<Candidate> = Vec::new();
        for name in names {
            let actor = self.graph.actor(name.actor);
            let valid = name.name(self.graph).and_then(|n| n.valid.clone());
            // Several spellings of the name are one candidate, several datings are not.
            if candidates.iter().any(|c| c.actor == name.actor && c.valid == valid) {
                continue;
            }
            candidates.push(Candidate {
                actor: name.actor,
                slug: actor.slug.clone(),
                label: actor.name.clone(),
                name: name.text(self.graph).into(),
                valid,
            });
        }
        NameError::Ambiguous { text: shown(text).into(), candidates }
    }

    /// The names nearest to a folded text, an actor once: best first, then the main name before others, then by id.
    fn near(&self, folded: &str) -> Vec<Near> {
        let probe = Probe::new(folded);
        let mut scored: Vec<(u32, NameRef)> = Vec::new();
        for (name, form) in self.folded().iter() {
            let Some(score) = probe.score(form) else { continue };
            match scored.last_mut() {
                Some((best, last)) if last.actor == name.actor => {
                    if score > *best {
                        (*best, *last) = (score, name);
                    }
                }
                _ => scored.push((score, name)),
            }
        }
        scored.sort_by_key(|(score, name)| (std::cmp::Reverse(*score), *name));
        scored.truncate(SUGGESTIONS);
        let near = |(_, name): (u32, NameRef)| Near {
            actor: name.actor,
            label: self.graph.actor(name.actor).name.clone(),
            name: name.text(self.graph).into(),
        };
        scored.into_iter().map(near).collect()
    }

    /// Every name, folded.
    pub(super) fn folded(&self) -> &Forms {
        self.folded.get_or_init(|| {
            let names = self.graph.actors().flat_map(|(id, actor)| names_of(id, actor));
            Forms::collect(names.map(|(name, text)| (name, fold(text))))
        })
    }

    /// The transliteration key of every name that may have one.
    fn keyed(&self) -> &Forms {
        self.keyed.get_or_init(|| {
            let eligible = self.folded().iter().filter(|(name, form)| {
                has_key(form) && !name.is_acronym(self.graph) && !has_long_acronym(name.text(self.graph))
            });
            Forms::collect(eligible.map(|(name, form)| (name, transliteration_key(form))))
        })
    }
}

/// Whether a folded name is long enough for a key: five letters or more.
fn has_key(folded: &str) -> bool {
    folded.chars().filter(|c| *c != ' ').count() >= 5
}

/// Whether the folded word `bent` is written in capitals in the name: an acronym inside a longer name.
fn has_acronym(name: &str, bent: &str) -> bool {
    words(name).any(|word| is_in_capitals(word) && fold(word) == bent)
}

/// Whether a word of the name is an acronym long enough for a key to bend it.
fn has_long_acronym(name: &str) -> bool {
    words(name).any(|word| word.len() >= 5 && is_in_capitals(word))
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric())
}
