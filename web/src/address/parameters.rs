//! What an address can say.

use playground_core::time::Instant;
use playground_lessons::{Language, Tab};
use playground_playback::Speed;

use super::Selected;

/// Everything that an address says; what it does not say is left to the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// The lesson's name.
    pub lesson: Option<String>,
    /// Whether the scenario is open in the playground.
    pub playground: bool,
    /// The step, from 1.
    pub step: Option<u32>,
    /// The simulated time, where it is not that of the step.
    pub at: Option<Instant>,
    /// What is selected.
    pub selected: Selected,
    /// The tab.
    pub tab: Option<Tab>,
    /// The language.
    pub language: Option<Language>,
    /// The theme; none is the system's.
    pub theme: Option<Theme>,
    /// The speed.
    pub speed: Speed,
    /// What is embedded in a slide or a page.
    pub embed: Option<Embed>,
    /// How much of the embedded view is shown around the picture.
    pub chrome: Chrome,
    /// Whether an embedded view plays by itself.
    pub autoplay: bool,
    /// Whether single-letter keys are off.
    pub no_letter_keys: bool,
    /// What-if values, as `name=value`; whether the lesson has such knobs is not known here.
    pub knobs: Vec<(String, String)>,
    /// A whole scenario, or the list of what was done to the lesson's own, as JSON.
    pub scenario: Option<String>,
}

/// A theme that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// What an embedded view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embed {
    /// The nodes and the pipes between them.
    Stage,
    /// The time-sequence diagram.
    Ladder,
}

/// What an embedded view shows around its picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chrome {
    /// The caption, the step's number and the two arrows.
    #[default]
    Caption,
    /// Nothing.
    None,
}

impl Theme {
    /// As addresses and `data-theme` carry it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.name() == name)
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }
}

/// The tabs, in the order in which they stand.
pub const TABS: [Tab; 9] = [
    Tab::Race,
    Tab::Program,
    Tab::Ladder,
    Tab::Packets,
    Tab::Headers,
    Tab::State,
    Tab::Sockets,
    Tab::Graphs,
    Tab::Cache,
];

/// A tab's name in addresses, and the last part of its message keys.
pub const fn tab_name(tab: Tab) -> &'static str {
    match tab {
        Tab::Ladder => "ladder",
        Tab::Packets => "packets",
        Tab::Headers => "headers",
        Tab::State => "state",
        Tab::Sockets => "sockets",
        Tab::Graphs => "graphs",
        Tab::Cache => "cache",
        Tab::Race => "race",
        Tab::Program => "program",
    }
}

/// The tab of a name.
pub fn tab_of(name: &str) -> Option<Tab> {
    TABS.into_iter().find(|tab| tab_name(*tab) == name)
}
