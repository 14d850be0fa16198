//! Marks that several pictures share.

use playground_playback::{RoleKind, Selection};

use crate::canvas::Canvas;
use crate::element::Element;

/// The class of a kind of node: its colour.
pub const fn role_class(kind: RoleKind) -> &'static str {
    match kind {
        RoleKind::Client => "client",
        RoleKind::Proxy => "proxy",
        RoleKind::Server => "server",
        RoleKind::Network => "network",
    }
}

/// The selection of an entry.
pub fn selection(entry: u32) -> Selection {
    Selection { entry: Some(entry), ..Selection::default() }
}

/// The baseline of a line of text whose middle is at `y`.
pub fn baseline(y: f64, size: f64) -> f64 {
    y + size * 0.35
}

/// A sentence in the middle of the canvas, where there is nothing to draw yet.
pub fn sentence(canvas: &Canvas, key: &str) -> Element {
    let (x, y) = (canvas.width / 2.0, canvas.height / 2.0);
    Element::text(x, y, canvas.type_size, canvas.text.plain(key)).class("quiet").anchor("middle")
}

/// The crack of a lost thing: a zigzag from the top of a rectangle to its bottom.
pub fn crack(x: f64, y: f64, width: f64, height: f64) -> Element {
    let points = [(0.58, 0.0), (0.44, 0.36), (0.56, 0.56), (0.42, 1.0)];
    let steps: Vec<String> = points
        .iter()
        .map(|(right, down)| format!("{:.1} {:.1}", x + width * right, y + height * down))
        .collect();
    Element::path(format!("M{}", steps.join(" L"))).class("crack")
}
