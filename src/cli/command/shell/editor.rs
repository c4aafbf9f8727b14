//! The line editor: history in a file of the user's, statements over several lines, completion.

use super::completion::{Word, Words};
use super::statement::is_complete;
use rustyline::completion::{Candidate, Completer};
use rustyline::config::Configurer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Context, Editor, Helper};
use std::path::PathBuf;

const LONGEST_HISTORY: usize = 2000;

/// Reads statements from a terminal.
pub(super) struct Prompt<'g> {
    editor: Editor<Assistant<'g>, FileHistory>,
    history: Option<PathBuf>,
}

/// What was typed.
pub(super) enum Typed {
    /// A statement or a command.
    Text(String),
    /// Nothing: it was called off.
    Nothing,
    /// The end.
    End,
}

impl<'g> Prompt<'g> {
    /// Makes ready; a history that cannot be read or kept is done without.
    pub(super) fn new(words: Words<'g>) -> rustyline::Result<Self> {
        let mut editor = Editor::new()?;
        editor.set_completion_type(CompletionType::List);
        editor.set_max_history_size(LONGEST_HISTORY)?;
        editor.set_helper(Some(Assistant { words }));
        let history = history_file();
        if let Some(path) = &history {
            let _ = editor.load_history(path);
        }
        Ok(Self { editor, history })
    }

    /// Asks for the next statement.
    pub(super) fn read(&mut self, prompt: &str) -> rustyline::Result<Typed> {
        match self.editor.readline(prompt) {
            Ok(text) => {
                if !text.trim().is_empty() {
                    let _ = self.editor.add_history_entry(text.trim_end());
                }
                Ok(Typed::Text(text))
            }
            Err(ReadlineError::Interrupted) => Ok(Typed::Nothing),
            Err(ReadlineError::Eof) => Ok(Typed::End),
            Err(error) => Err(error),
        }
    }

    /// Tells the completion which parameters are set.
    pub(super) fn set_parameters(&mut self, names: Vec<String>) {
        if let Some(assistant) = self.editor.helper_mut() {
            assistant.words.parameters = names;
        }
    }

    /// Keeps the history, where it can.
    pub(super) fn close(mut self) {
        if let Some(path) = self.history {
            if let Some(folder) = path.parent() {
                let _ = std::fs::create_dir_all(folder);
            }
            let _ = self.editor.save_history(&path);
        }
    }
}

/// `$XDG_STATE_HOME/allegiance/history`, by default under `~/.local/state`.
fn history_file() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/state")))?;
    Some(state.join("allegiance").join("history"))
}

/// What the editor asks while a line is typed.
struct Assistant<'g> {
    words: Words<'g>,
}

impl Candidate for Word {
    fn display(&self) -> &str {
        &self.shown
    }

    fn replacement(&self) -> &str {
        &self.typed
    }
}

impl Completer for Assistant<'_> {
    type Candidate = Word;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Word>)> {
        Ok(self.words.after(&line[..pos]))
    }
}

impl Validator for Assistant<'_> {
    fn validate(&self, typed: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if is_complete(typed.input()) { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

impl Hinter for Assistant<'_> {
    type Hint = String;
}

impl Highlighter for Assistant<'_> {}

impl Helper for Assistant<'_> {}
