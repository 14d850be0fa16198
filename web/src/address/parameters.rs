//! The parameters of a link: which lesson, where in it, and how it is shown.

use std::fmt;
use std::str::FromStr;

use playground_core::event::{NodeId, PacketId};
use playground_core::tcp::SocketId;
use playground_core::time::Instant;
use playground_lessons::{Language, View};
use playground_playback::{SocketKey, Speed};
use strum::{EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

/// Everything that a link can set; what it leaves out is up to the page.
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
    /// The selection.
    pub selected: Selected,
    /// The view; none follows the lesson.
    pub view: Option<View>,
    /// The language.
    pub language: Option<Language>,
    /// The theme; none is the system's.
    pub theme: Option<Theme>,
    /// The speed.
    pub speed: Speed,
    /// The view embedded in a slide or a page, if any.
    pub embed: Option<Embed>,
    /// How much of the embedded view is shown around the picture.
    pub chrome: Chrome,
    /// Whether the ground of the slide shows through an embedded view.
    pub clear: bool,
    /// Whether the colours are stronger, for a pale projector.
    pub contrast: bool,
    /// The program of the slides around an embedded view, if the view speaks with it by itself.
    pub deck: Option<Deck>,
    /// The name of the copies that an embedded view keeps in step with.
    pub sync: Option<String>,
    /// Whether an embedded view asks the lesson's questions.
    pub question: bool,
    /// Whether an embedded view plays by itself.
    pub autoplay: bool,
    /// Whether single-letter keys are off.
    pub no_letter_keys: bool,
    /// Knob values as `name=value`; whether the lesson has such knobs is not checked here.
    pub knobs: Vec<(String, String)>,
    /// As JSON: a whole scenario, or the list of edits to the lesson's scenario.
    pub scenario: Option<String>,
    /// The same, deflated: the browser deflates and inflates, and takes its time.
    pub deflated: Option<Vec<u8>>,
}

/// A theme chosen by the user. Its name in links and in `data-theme` is `light` or `dark`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// What an embedded view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Embed {
    /// The view that carries the step.
    Hero,
    /// The nodes and the pipes between them.
    Stage,
    /// The time-sequence diagram.
    Ladder,
    /// Every step on a page of its own, for paper.
    Print,
}

/// A program for slides whose own messages an embedded view speaks. Its name in links is `reveal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Deck {
    /// reveal.js.
    Reveal,
}

/// What an embedded view shows around its picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, VariantArray)]
pub enum Chrome {
    /// The caption, the step's number and the two arrows.
    #[default]
    Caption,
    /// Nothing.
    None,
}

impl Theme {
    /// The other theme.
    pub const fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }
}

/// The selected object as links name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selected {
    /// Nothing.
    #[default]
    Nothing,
    /// A segment or datagram.
    Segment(PacketId),
    /// A socket of a node.
    Socket(SocketKey),
    /// An entry of the trace, by its index.
    Entry(u32),
}

/// `s12`, `k1.3`, `e40`; nothing is empty.
impl fmt::Display for Selected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Segment(id) => write!(f, "s{}", id.0),
            Self::Socket(key) => write!(f, "k{}.{}", key.node.0, key.socket.0),
            Self::Entry(index) => write!(f, "e{index}"),
        }
    }
}

/// A text that is not the name of a segment, a socket or an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not the name of a segment, a socket or an entry")]
pub struct SelectedError;

impl FromStr for Selected {
    type Err = SelectedError;

    fn from_str(text: &str) -> Result<Self, SelectedError> {
        fn number<N: FromStr>(digits: &str) -> Result<N, SelectedError> {
            if digits.is_empty() || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
                return Err(SelectedError);
            }
            digits.parse().map_err(|_| SelectedError)
        }
        let Some(kind) = text.chars().next() else {
            return Ok(Self::Nothing);
        };
        let rest = &text[kind.len_utf8()..];
        Ok(match kind {
            's' => Self::Segment(PacketId(number(rest)?)),
            'k' => {
                let (node, socket) = rest.split_once('.').ok_or(SelectedError)?;
                Self::Socket(SocketKey { node: NodeId(number(node)?), socket: SocketId(number(socket)?) })
            }
            'e' => Self::Entry(number(rest)?),
            _ => return Err(SelectedError),
        })
    }
}
