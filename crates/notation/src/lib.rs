//! A run as text that is pasted into notes: the ladder as a Mermaid sequence diagram ([`Notes::mermaid`]) and as plain
//! text ([`Notes::text`]), the message heads at each hop as Markdown ([`Notes::markdown`]).

mod markdown;
mod mermaid;
mod notes;
mod plain;

pub use notes::Notes;
