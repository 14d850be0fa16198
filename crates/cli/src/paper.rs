//! A lesson on paper.

use playground_drawing::Theme;
use playground_stills::{Plain, handout, sheet};

use crate::arguments::{Chosen, Paper};
use crate::telling::{Telling, write};

/// Writes the page; what is returned is for standard output.
///
/// # Errors
/// A lesson or a knob that there is none of, a file that cannot be written.
pub fn html(chosen: &Chosen, paper: Paper) -> Result<String, String> {
    let telling = Telling::of(chosen)?;
    let html = match paper {
        Paper::Handout => handout(&telling.run, telling.language, &Plain::new(Theme::Light)),
        Paper::Sheet => sheet(&telling.run, telling.language),
    };
    match &chosen.output {
        Some(path) => write(path, html.as_bytes()).map(|()| String::new()),
        None => Ok(html),
    }
}
