//! The names of a graph, looked up step by step from the exact to the tolerant.

use super::fold::fold;
use super::forms::{Forms, NameRef, has_key, is_in_capitals, looks_like_acronym, names_of, words};
use super::keys::{confirmed, hash};
use super::resolution::{Candidate, How, NameError, Near, Resolution, Resolved, shown};
use super::similarity::{Probe, one_slip};
use super::transliteration::transliteration_key;
use crate::graph::{NameKeys, TemporalGraph};
use crate::model::ActorId;
use crate::time::{Holds, Window};
use std::sync::OnceLock;

/// No name is longer, in bytes; longer texts are unknown without being read to their end.
const LONGEST_TEXT: usize = 1024;
/// How many names an error suggests.
const SUGGESTIONS: usize = 5;

/// The names of the actors of a graph.
///
/// Free to make: names are folded when the first look-up by id and exact name has failed, and keyed when folding has not helped either.
/// Where the graph carries keys for its names ([`TemporalGraph::name_keys`]), all that is found without suspicion of a slip is found by them,
/// and the names of all actors are folded only for what is not. Answers are the same either way. Safe to share between threads.
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
    by_name: OnceLock<Box<[ActorId]>>,
}

impl<'g> Index<'g> {
    /// The names of this graph's actors.
    #[must_use]
    pub const fn new(graph: &'g TemporalGraph) -> Self {
        Self { graph, folded: OnceLock::new(), keyed: OnceLock::new(), by_name: OnceLock::new() }
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
    /// With keys O(log names + names found) for all but misspellings and what is not found: these fold all names once, some 40 bytes for
    /// each.
    pub fn resolve(&self, text: &str, window: Window) -> Resolution {
        self.look_up(text, window, |folded| self.near(folded))
    }

    /// Returns the actor meant by a text as [`Index::resolve`] does, without a word on why there is none: that takes longest to find.
    #[must_use]
    pub fn find(&self, text: &str, window: Window) -> Option<Resolved> {
        self.look_up(text, window, |_| Vec::new()).ok()
    }

    /// Whether a text is a name of some actor, but for case, accents, apostrophes, hyphens and articles.
    #[must_use]
    pub fn is_name(&self, text: &str) -> bool {
        text.len() <= LONGEST_TEXT && !self.with_folded_name(&fold(text)).is_empty()
    }

    /// Returns the actors of which a text is the main name, letter for letter; ascending.
    ///
    /// # Complexity
    /// O(log actors + answer); without keys once O(actors · log actors).
    #[must_use]
    pub fn with_main_name(&self, text: &str) -> Vec<ActorId> {
        let name = |id: ActorId| &*self.graph.actor(id).name;
        if let Some(keys) = self.graph.name_keys() {
            let under = NameKeys::under(&keys.exact, hash(text)).iter().filter(|key| key.place == 0);
            return under.map(|key| key.actor).filter(|id| name(*id) == text).collect();
        }
        let all = self.by_name.get_or_init(|| {
            let mut all: Box<[ActorId]> = (0..self.graph.actor_count()).map(ActorId::new).collect();
            all.sort_unstable_by_key(|id| (name(*id), *id));
            all
        });
        let from = all.partition_point(|id| name(*id) < text);
        all[from..].iter().copied().take_while(|id| name(*id) == text).collect()
    }

    /// Returns names as recorded that begin like a text or have a word that does, at most `most`, each once: those that begin so first, by
    /// how they are folded and written. Case, accents, apostrophes, hyphens and articles do not count.
    ///
    /// # Complexity
    /// O(names), and the folding of all names, once.
    #[must_use]
    pub fn beginning(&self, text: &str, most: usize) -> Vec<&'g str> {
        let wanted = fold(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let inside = format!(" {wanted}");
        // A name that begins so goes before those that only have such a word.
        let rank = |form: &str| {
            if form.starts_with(&wanted) { Some(0_u8) } else { form.contains(&inside).then_some(1) }
        };
        let mut fitting: Vec<(u8, &str, NameRef)> =
            self.folded().iter().filter_map(|(name, form)| Some((rank(form)?, form, name))).collect();
        fitting.sort_unstable();
        let mut found: Vec<&str> = Vec::new();
        for alike in fitting.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            if found.len() >= most {
                break;
            }
            let mut texts: Vec<&str> = alike.iter().map(|(_, _, name)| name.text(self.graph)).collect();
            texts.sort_unstable();
            texts.dedup();
            found.extend(texts);
        }
        found.truncate(most);
        found
    }

    /// The steps one after the other; `near` gives the names nearest to a folded text that is nobody's.
    fn look_up(&self, text: &str, window: Window, near: impl Fn(&str) -> Vec<Near>) -> Resolution {
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
            .unwrap_or_else(|| Err(NameError::Unknown { text: shown(text).into(), near: near(&folded) }))
    }

    /// The steps that need no suspicion of a slip: folded, then keyed. `None` when neither finds anything.
    pub(super) fn resolve_folded(&self, text: &str, folded: &str, window: Window) -> Option<Resolution> {
        let mut same = self.with_folded_name(folded);
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
        let alike = self.with_key(&transliteration_key(folded));
        (!alike.is_empty()).then(|| self.choose(text, alike, window, |name| How::Transliterated { name }))
    }

    /// The names that are the text letter for letter.
    fn with_exact_name(&self, text: &str) -> Vec<NameRef> {
        if let Some(keys) = self.graph.name_keys() {
            let is_text = |name: NameRef| name.text(self.graph) == text;
            return confirmed(self.graph, NameKeys::under(&keys.exact, hash(text)), is_text);
        }
        if let Some(table) = self.folded.get().filter(|_| text.len() <= LONGEST_TEXT) {
            let folded = fold(text);
            // Names without a letter or digit are in no table.
            if !folded.is_empty() {
                return table.get(&folded).filter(|name| name.text(self.graph) == text).collect();
            }
        }
        let is_text = |(_, name): &(NameRef, &str)| *name == text;
        self.graph.actors().flat_map(|(id, actor)| names_of(id, actor).filter(is_text).map(|(name, _)| name)).collect()
    }

    /// The names that are this when folded.
    pub(super) fn with_folded_name(&self, folded: &str) -> Vec<NameRef> {
        let Some(keys) = self.graph.name_keys() else { return self.folded().get(folded).collect() };
        let is_same = |name: NameRef| fold(name.text(self.graph)) == folded;
        confirmed(self.graph, NameKeys::under(&keys.folded, hash(folded)), is_same)
    }

    /// The names of this transliteration key.
    fn with_key(&self, key: &str) -> Vec<NameRef> {
        let Some(keys) = self.graph.name_keys() else { return self.keyed().get(key).collect() };
        let is_alike = |name: NameRef| {
            let actor = self.graph.actor(name.actor);
            name.keyed(actor, &fold(name.text(self.graph))).as_deref() == Some(key)
        };
        confirmed(self.graph, NameKeys::under(&keys.keyed, hash(key)), is_alike)
    }

    /// How many words the longest folded name has.
    pub(super) fn longest_words(&self) -> usize {
        self.graph.name_keys().map_or_else(|| self.folded().longest_words(), |keys| keys.longest_words as usize)
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
            if candidates.iter().rev().take_while(|c| c.actor == name.actor).any(|c| c.valid == valid) {
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
    fn folded(&self) -> &Forms {
        self.folded.get_or_init(|| {
            let mut forms = Forms::default();
            self.graph.each_actor_once(|id, actor| {
                names_of(id, actor).for_each(|(name, text)| forms.push(name, &fold(text)));
            });
            forms
        })
    }

    /// The transliteration key of every name that may have one.
    fn keyed(&self) -> &Forms {
        self.keyed.get_or_init(|| {
            let mut forms = Forms::default();
            for (name, folded) in self.folded().iter() {
                if let Some(keyed) = name.keyed(self.graph.actor(name.actor), folded) {
                    forms.push(name, &keyed);
                }
            }
            forms
        })
    }
}

/// Whether the folded word `bent` is written in capitals in the name: an acronym inside a longer name.
fn has_acronym(name: &str, bent: &str) -> bool {
    words(name).any(|word| is_in_capitals(word) && fold(word) == bent)
}

#[cfg(test)]
mod tests {
    use super::super::keys;
    use super::*;
    use crate::graph::Builder;
    use crate::model::{Actor, KindId};

    fn graph(names: &[&str]) -> TemporalGraph {
        let actor = |(at, name): (usize, &&str)| Actor {
            slug: format!("a{at}").into(),
            name: (*name).into(),
            kind: KindId::new(0),
            names: Vec::new(),
            exists: None,
            traits: Vec::new(),
            summary: None,
            external_ids: Vec::new(),
            claims: Vec::new(),
        };
        Builder { actors: names.iter().enumerate().map(actor).collect(), ..Builder::default() }.build()
    }

    #[test]
    fn with_keys_nothing_is_folded_for_what_has_no_slip() {
        let plain = graph(&["Hay’at Tahrir al-Sham", "Hezbollah", "Türkiye", "HTS"]);
        let keys = keys(&plain);
        let graph = plain.with_name_keys(keys);
        let index = Index::new(&graph);
        for text in ["a0", "HTS", "hayat tahrir ash-sham", "Hizbullah", "hts"] {
            assert!(index.resolve(text, Window::ALL).is_ok(), "{text}");
        }
        let sentence = "Was HTS hostile to Turkiye, Hizbullah or nobody at all in 2017?";
        assert_eq!(index.mentions(sentence, Window::ALL).len(), 3);
        assert!(index.is_name("türkiye") && !index.is_name("nobody"));
        assert_eq!(index.with_main_name("Türkiye"), [ActorId::new(2)]);
        assert!(index.folded.get().is_none() && index.keyed.get().is_none() && index.by_name.get().is_none());
        assert!(index.find("nobody", Window::ALL).is_none());
        assert!(index.folded.get().is_some() && index.keyed.get().is_none());
    }

    #[test]
    fn a_name_of_signs_alone_is_found_by_a_fresh_index_and_by_a_used_one() {
        let graph = graph(&["Army", "…!"]);
        let index = Index::new(&graph);
        let fresh = index.resolve("…!", Window::ALL);
        assert!(fresh.is_ok() && index.resolve("nobody", Window::ALL).is_err());
        assert_eq!(index.resolve("…!", Window::ALL), fresh);
    }
}
