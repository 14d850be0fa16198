//! A lesson as text to paste.

use playground_notation::Notes;

use crate::arguments::{Chosen, Notation};
use crate::telling::{Telling, write};

/// Writes the lesson down; what is returned is for standard output.
///
/// # Errors
/// A lesson, a knob or a step that there is none of, a file that cannot be written.
pub fn text(chosen: &Chosen, notation: Notation, step: Option<usize>) -> Result<String, String> {
    let telling = Telling::of(chosen)?;
    let until = step.map(|step| telling.place("step", step)).transpose()?;
    let notes = Notes::new(&telling.run, telling.language, until);
    let text = match notation {
        Notation::Mermaid => notes.mermaid(),
        Notation::Text => notes.text(),
        Notation::Markdown => notes.markdown(),
    };
    match &chosen.output {
        Some(path) => write(path, text.as_bytes()).map(|()| String::new()),
        None => Ok(text),
    }
}
