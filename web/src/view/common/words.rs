//! The words and classes of nodes and states that views share.

pub(in crate::view) use playground_drawing::{group_class as role_class, state_class};
pub(in crate::view) use playground_playback::{belief_key, drop_key, waiting_key};
pub(in crate::view) use playground_words::{circled, node_name, octets};
