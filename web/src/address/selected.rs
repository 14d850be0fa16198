//! What is selected, as addresses carry it.

use core::fmt;
use core::str::FromStr;

use playground_core::event::{NodeId, PacketId};
use playground_core::tcp::SocketId;
use playground_playback::{Selection, SocketKey};

/// The one thing that a selection is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selected {
    /// Nothing.
    #[default]
    Nothing,
    /// A segment on the wire.
    Segment(PacketId),
    /// A socket of a node.
    Socket(SocketKey),
    /// An entry of the trace, by its index.
    Entry(u32),
}

impl From<Selection> for Selected {
    fn from(selection: Selection) -> Self {
        match selection {
            Selection { segment: Some(id), .. } => Self::Segment(id),
            Selection { entry: Some(index), socket: None, .. } => Self::Entry(index),
            Selection { socket: Some(key), .. } => Self::Socket(key),
            _ => Self::Nothing,
        }
    }
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

/// A text that names nothing that can be selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotSelectable;

impl FromStr for Selected {
    type Err = NotSelectable;

    fn from_str(text: &str) -> Result<Self, NotSelectable> {
        fn number<N: FromStr>(digits: &str) -> Result<N, NotSelectable> {
            if digits.is_empty() || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
                return Err(NotSelectable);
            }
            digits.parse().map_err(|_| NotSelectable)
        }
        let Some(kind) = text.chars().next() else {
            return Ok(Self::Nothing);
        };
        let rest = &text[kind.len_utf8()..];
        Ok(match kind {
            's' => Self::Segment(PacketId(number(rest)?)),
            'k' => {
                let (node, socket) = rest.split_once('.').ok_or(NotSelectable)?;
                Self::Socket(SocketKey { node: NodeId(number(node)?), socket: SocketId(number(socket)?) })
            }
            'e' => Self::Entry(number(rest)?),
            _ => return Err(NotSelectable),
        })
    }
}
