//! A link opened without a browser, for tests of what others may write into one.

use playground_core::scenario::ScenarioError;
use playground_lessons::Language;

use crate::address::{read, write};
use crate::session::{Preferences, Session};

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// How many of its parameters could not be used.
    pub remarks: usize,
    /// The link to what was opened.
    pub link: String,
    /// The number of the run's entries.
    pub entries: usize,
}

/// Opens a query, with or without its `?`, and the fragment that may follow.
///
/// # Errors
///
/// The lesson itself cannot be run, which would be a fault of the page and not of the link.
pub fn open_link(link: &str) -> Result<Opened, ScenarioError> {
    let around = Preferences {
        language: Language::English,
        less_motion: true,
        letter_keys: true,
        play_through: false,
    };
    let (parameters, remarks) = read(link);
    let session = Session::open(&parameters, remarks, around)?;
    Ok(Opened {
        remarks: session.remarks.len(),
        link: write(&session.parameters()),
        entries: session.shown().trace.entries.len(),
    })
}
