//! Streams of messages.
use super::*;
