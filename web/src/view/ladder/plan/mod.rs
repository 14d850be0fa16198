//! The layout of the ladder at a given width: the position of every line, label and note.

mod arrows;
mod bars;
mod lanes;
mod plan;
mod remarks;
mod room;
mod zigzags;

pub(super) use arrows::{ArrowPlan, Words, sign_width};
pub(super) use bars::BarPlan;
pub(super) use lanes::Lane;
pub(super) use plan::Plan;
pub(super) use remarks::RemarkPlan;
pub(super) use zigzags::ZigzagPlan;
