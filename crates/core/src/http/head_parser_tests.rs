//! Heads that parse, heads that do not, and what any octets do.
use super::*;
