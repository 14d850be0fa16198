//! The persistence tables.
use super::*;
