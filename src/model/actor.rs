//! Actors and the names they go by.

use super::{Claim, KindId, SourceId, words};
use crate::time::Dated;
use serde::{Deserialize, Serialize};

words!(
    /// What sort of name a name is.
    NameKind {
        /// Another name in use.
        Alias = "alias",
        /// Initials or another short form.
        Acronym = "acronym",
        /// A name given up.
        Former = "former",
        /// A name taken for the fight.
        NomDeGuerre = "nom_de_guerre",
        /// Another spelling of the same words.
        Transliteration = "transliteration",
        /// What others call it: a translation, or a capital for its government.
        Exonym = "exonym",
    }
);

/// One name of an actor besides its main one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Name {
    /// The name as written.
    pub text: Box<str>,
    /// Language, as a BCP 47 tag, where it matters.
    pub lang: Option<Box<str>>,
    /// Script, as an ISO 15924 code, where it matters.
    pub script: Option<Box<str>>,
    /// What sort of name it is.
    pub kind: NameKind,
    /// When the actor went by it, where that is limited.
    pub valid: Option<Dated>,
    /// The sources that use it; empty for spellings that people type and no source of the set uses.
    pub sources: Vec<SourceId>,
}

/// A state, group, faction, person, place …: whatever a relation can join.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// The readable id, stable for ever: `hts`.
    pub slug: Box<str>,
    /// The name shown.
    pub name: Box<str>,
    /// What kind of actor it is.
    pub kind: KindId,
    /// Its other names.
    pub names: Vec<Name>,
    /// When it existed, where a source tells.
    pub exists: Option<Dated>,
    /// What else is said of its nature: `foreign_fighters` …
    pub traits: Vec<Box<str>>,
    /// Who it is, in a sentence of our own.
    pub summary: Option<Box<str>>,
    /// Its ids elsewhere: (register, id), ordered by register.
    pub external_ids: Vec<(Box<str>, Box<str>)>,
    /// What sources say of the actor alone: strength, state, figures.
    pub claims: Vec<Claim>,
}

impl Actor {
    /// The name in force in the given window of days: a name whose dates certainly or possibly reach into it goes before the main name
    /// only when it is a former name and the main name's own dates, if it has any, do not.
    #[must_use]
    pub fn name_in(&self, window: crate::time::Window) -> &str {
        use crate::time::Holds;
        if window.is_all() {
            return &self.name;
        }
        let holds = |name: &Name| name.valid.as_ref().map(|v| v.extent(None, None).holds(window));
        let main_is_out = self.names.iter().any(|n| n.text == self.name && holds(n) == Some(Holds::No));
        let dated =
            self.names.iter().filter(|n| n.kind == NameKind::Former && n.text != self.name).find(|n| match holds(n) {
                Some(Holds::Certain) => true,
                Some(Holds::Possible) => main_is_out,
                _ => false,
            });
        dated.map_or(&self.name, |n| &n.text)
    }
}
