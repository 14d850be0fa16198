//! The table of section 6.3.
use super::*;
