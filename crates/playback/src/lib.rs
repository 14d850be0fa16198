//! The view model: everything the page shows, as a pure function of a trace and a cursor.
//!
//! Plain data: no browser, no wall clock, no language. Texts in it are protocol words (`SYN`, `GET /a`,
//! `ECONNRESET`) or octets off the wire; whatever a person reads as prose is a [`Phrase`]: a stable key
//! with arguments, put into words by the language files of the front end.
//!
//! Once per trace: [`Dissection`], [`Pace`], [`Timeline`], [`Ladder`], [`Packets`], [`HeaderHops`],
//! [`Series`]. Per entry under the cursor: [`SocketTable`], [`StateDiagram`]'s current state, [`Why`],
//! [`Inspection`]. Per animation frame: [`Player::handle`] with a tick, and a [`Frame`] from a
//! [`FrameCursor`].

mod analysis;
mod bracket;
mod buffers;
mod caches;
mod call;
mod comparison;
mod console;
mod cursor;
mod describe;
mod dissection;
mod filter;
mod frame;
mod header_hops;
mod hold;
mod ladder;
mod modelled;
mod pace;
mod packets;
mod page_load;
mod phrase;
mod pieces;
mod player;
mod ports;
mod program;
mod queue;
mod race;
mod requests;
mod role;
mod rows;
mod selection;
mod sequence;
mod series;
mod socket_table;
mod spent;
mod state_diagram;
mod step_scale;
mod terminal;
mod timeline;
mod times;
mod transition;
mod tuples;
mod waits;
mod why;
mod window;
mod word_keys;

pub use analysis::{Analysis, Analyzed, Finding, FindingKind};
pub use bracket::{Bracket, BracketPart};
pub use buffers::{BodyCount, BufferLane, BufferTable, BufferTile, Buffers, LaneKind, Promise, TilePlace};
pub use caches::{CacheContents, CacheEvent, CacheRow, Caches};
pub use call::CallView;
pub use comparison::{Amount, Comparison, ComparisonRow, Measure, Parting, RowTitle};
pub use console::{Console, ConsoleLine};
pub use cursor::Cursor;
pub use describe::{DESCRIPTION_KEYS, cache_key, describe};
pub use dissection::{
    Connection, ConnectionId, Dissection, MessageKind, MessageLabel, MessageRef, PathHop, SegmentKind,
    SegmentLabel, Side, SocketKey, Stream,
};
pub use filter::{Filter, FilterError, FilterProblem, filter_fields};
pub use frame::{
    BufferView, EffectView, FlightPhase, FlightView, Frame, FrameCursor, HopView, LaneState, NodeView,
    PipePhase, PipeView, QuestionView, SocketView, Tile, TileStatus, TimerKind, TimerView, WaitingView,
};
pub use header_hops::{
    Announced, Head, HeaderExchange, HeaderHops, HeaderLine, Heads, HeadsView, HopColumn, LineMark,
};
pub use hold::{Held, Hold, holds};
pub use ladder::{Arrow, Ladder, LadderNote, Lifeline, NOTE_KEYS, Tick, WaitingBar, Zigzag};
pub use modelled::{MOST_CLIENTS, MOST_REQUESTS, Modelled, NotModelled, scenario_of};
pub use pace::{Pace, PaceKnot, ViewTime};
pub use packets::{PacketRow, Packets};
pub use page_load::{FileLoad, LoadKind, LoadPart, PageLoad, PageMoment};
pub use phrase::{Phrase, Value};
pub use pieces::{HeaderCost, HeldAck, Piece, PieceAck, PiecePlace, PieceTable, Pieces};
pub use player::{Outcome, Player, PlayerCommand, Speed};
pub use ports::{PortGroup, PortTile, PortUse, Ports, PortsView, Refusal};
pub use program::{Choice, LineState, Program, ProgramLine};
pub use queue::{Queue, QueueLink, QueueMoment, QueuePacket};
pub use race::{Bar, Lane, Race, Stretch, StretchKind};
pub use requests::{Blocking, ClientSide, RequestFlight, RequestRow, RequestTable, Requests, ServerSide};
pub use role::{NodeLabel, RoleKind};
pub use rows::{RowStretch, ScrolledRows};
pub use selection::{FIELD_KEYS, Field, Inspection, Layer, LayerKind, Selection};
pub use sequence::{Sequence, SequenceAnswer, SequenceSegment};
pub use series::{Series, SeriesPoint, SocketSeries};
pub use socket_table::{SocketRow, SocketTable};
pub use spent::{Spent, SpentKind, SpentPart};
pub use state_diagram::{DiagramPosition, StateDiagram, StateEdge, StateNode};
pub use step_scale::StepScale;
pub use terminal::{LineKind, Terminal, TerminalLine, TerminalView};
pub use timeline::{StepMark, StepSize, Timeline};
pub use times::Times;
pub use transition::Transition;
pub use tuples::{TupleRow, TupleSegment, TupleTable, Tuples};
pub use waits::{
    ConnectionEnd, Fit, Saying, Spoken, Stuck, StuckWhy, WaitArrow, WaitFlight, WaitingHost, Waits, WaitsFor,
    WaitsView, fit,
};
pub use why::{Why, WhyLink};
pub use window::{Window, WindowFate, WindowRound, WindowSegment, WindowSeries, WindowTable};
pub use word_keys::{application_timer_key, belief_key, drop_key, timer_key, waiting_key, word_keys};
