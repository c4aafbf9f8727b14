//! Words for relations as people type them: `allied-with`, `leads`, `led by`, `support`.

use crate::model::{Category, Polarity, TypeId, Vocabulary};
use std::fmt;

/// A word for one or more relation types, with the direction it reads in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationWord {
    /// The name of what was understood.
    pub name: String,
    /// The types, ascending.
    pub types: Vec<TypeId>,
    /// Whether it reads from the object's side (`led-by`).
    pub inverted: bool,
    /// Whether it reads from either side: a group, a category, or a symmetric type.
    pub either_way: bool,
    /// Those of its types that read the other way round than the rest, ascending: "commands" is `leads`, and `subordinate_to` from behind.
    pub turned: Vec<TypeId>,
    /// What all its types have in common, when they do.
    pub polarity: Option<Polarity>,
    /// How it reads in a sentence.
    pub label: String,
}

/// A word that is no relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordError {
    /// The word.
    pub word: String,
    /// The words there are: groups, types, inverses, categories.
    pub known: Vec<String>,
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no relation", self.word)
    }
}

impl std::error::Error for WordError {}

fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace([' ', '_'], "-")
}

impl RelationWord {
    /// Reads a word: a group of types, a type, an inverse, how either reads in a sentence, or a category; `-`, `_` and blanks alike,
    /// in any case. In this order, so that `allied-with` is the everyday word and `--type allied_with` the one type.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn read(vocabulary: &Vocabulary, word: &str) -> Result<Self, WordError> {
        let wanted = plain(word);
        if let Some(group) = vocabulary
            .relation_groups
            .iter()
            .find(|g| plain(&g.name) == wanted || g.words.iter().any(|w| plain(w) == wanted))
        {
            return Ok(Self {
                name: group.name.to_string(),
                types: group.types.clone(),
                inverted: false,
                either_way: true,
                turned: Vec::new(),
                polarity: common_polarity(vocabulary, &group.types),
                label: group.name.replace('-', " "),
            });
        }
        for (id, t) in vocabulary.types() {
            if plain(&t.name) == wanted || plain(&t.label) == wanted {
                return Ok(Self::of_type(vocabulary, id, false));
            }
            if plain(&t.inverse) == wanted || plain(&t.inverse_label) == wanted {
                return Ok(Self::of_type(vocabulary, id, !t.symmetric));
            }
        }
        if let Some(category) = Category::from_word(&wanted) {
            let types = vocabulary.types_of(category);
            return Ok(Self {
                name: category.word().to_owned(),
                polarity: common_polarity(vocabulary, &types),
                types,
                inverted: false,
                either_way: true,
                turned: Vec::new(),
                label: format!("in a relation of {} with", category.word()),
            });
        }
        Err(WordError { word: word.to_owned(), known: Self::known(vocabulary) })
    }

    /// The word for one type, read from the subject's side or the object's.
    #[must_use]
    pub fn of_type(vocabulary: &Vocabulary, id: TypeId, inverted: bool) -> Self {
        let t = vocabulary.relation_type(id);
        Self {
            name: if inverted { &t.inverse } else { &t.name }.to_string(),
            types: vec![id],
            inverted,
            either_way: t.symmetric,
            turned: Vec::new(),
            polarity: Some(t.polarity),
            label: if inverted { &t.inverse_label } else { &t.label }.to_string(),
        }
    }

    /// The same read from the other side.
    #[must_use]
    pub fn from_the_other_side(mut self) -> Self {
        self.inverted = !self.inverted;
        self
    }

    /// Whether the word, read from `a` to `b`, may mean a relation of a type of which `a` is the subject, and of which it is the object.
    #[must_use]
    pub fn reads(&self, vocabulary: &Vocabulary, kind: TypeId) -> (bool, bool) {
        if self.either_way || vocabulary.relation_type(kind).symmetric {
            return (true, true);
        }
        let backwards = self.inverted != self.turned.contains(&kind);
        (!backwards, backwards)
    }

    /// Every word there is: groups, types, inverses and categories, in this order, each list by name.
    #[must_use]
    pub fn known(vocabulary: &Vocabulary) -> Vec<String> {
        let groups = vocabulary.relation_groups.iter().map(|g| g.name.to_string());
        let types = vocabulary.relation_types.iter().map(|t| t.name.to_string());
        let inverses = vocabulary.relation_types.iter().filter(|t| !t.symmetric).map(|t| t.inverse.to_string());
        let categories = Category::ALL.iter().map(|c| c.word().to_owned());
        groups.chain(types).chain(inverses).chain(categories).collect()
    }
}

fn common_polarity(vocabulary: &Vocabulary, types: &[TypeId]) -> Option<Polarity> {
    let mut all = types.iter().map(|id| vocabulary.relation_type(*id).polarity).filter(|p| *p != Polarity::Neutral);
    let first = all.next()?;
    all.all(|p| p == first).then_some(first)
}
