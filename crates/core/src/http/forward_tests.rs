//! Forwarding tables.
use super::*;
