//! The headers view: the same message at each hop, side by side, with the fate of every line.

mod chooser;
mod head_line;
mod headers_view;
mod hop_card;
mod hop_place;
mod rule_text;

pub use headers_view::HeadersView;
