//! The positions of the lifelines.

use playground_core::event::NodeId;
use playground_playback::Ladder;

use super::form::Form;
use crate::parts::group_class;
use crate::text_width::{Face, fitted, text_width};
use playground_words::{Text, node_name};

/// Width of bold type relative to regular type.
const BOLD: f64 = 1.06;

/// A node's lifeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The node.
    pub node: NodeId,
    /// Class of its colour.
    pub class: &'static str,
    /// Its name, and the part of it that fits above the line.
    pub name: String,
    pub head: String,
    /// Width of the chip with its name.
    pub head_width: f64,
    /// Its position.
    pub x: f64,
}

/// The lifelines and the width that they need.
pub(super) fn lanes(text: Text, ladder: &Ladder, form: Form) -> (Vec<Lane>, f64) {
    let mut lanes: Vec<Lane> = ladder
        .lifelines
        .iter()
        .map(|line| {
            let name = node_name(text, &line.name);
            Lane {
                node: line.node,
                class: group_class(line.kind),
                head: name.clone(),
                head_width: 0.0,
                name,
                x: 0.0,
            }
        })
        .collect();
    let gaps = lanes.len().saturating_sub(1).max(1) as f64;
    let chip = |name: &str| text_width(name, form.size, Face::Sans) * BOLD + form.size * 2.3;
    // The outer names may extend into the margins.
    let widest = (form.width - form.gutter) / (gaps + 1.0);
    let half = |lane: Option<&Lane>| lane.map_or(0.0, |lane| chip(&lane.name).min(widest) / 2.0);
    let beside = form.bar.0 / 2.0 + 8.0;
    let left = form.gutter + half(lanes.first()).mul_add(0.62, 4.0).max(beside);
    let right = (half(lanes.last()) + 6.0).max(beside);
    let spacing = ((form.width - left - right) / gaps).clamp(form.spacing.0, form.spacing.1);
    let width = form.width.max(left + right + spacing * gaps);
    let alone = lanes.len() == 1;
    for (place, lane) in lanes.iter_mut().enumerate() {
        lane.x = if alone { f64::midpoint(left, width) } else { left + spacing * place as f64 };
        let room = spacing - 8.0;
        lane.head = fitted(&lane.name, form.size * BOLD, Face::Sans, room - form.size * 2.3);
        lane.head_width = chip(&lane.head);
    }
    (lanes, width)
}

/// The lane of a node.
pub(super) fn lane_of(lanes: &[Lane], node: NodeId) -> Option<&Lane> {
    lanes.iter().find(|lane| lane.node == node)
}
