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

/// The class of a group about a node of this kind: it gives the group its hue, which what is in it takes.
pub const fn group_class(kind: RoleKind) -> &'static str {
    match kind {
        RoleKind::Client => "role-client",
        RoleKind::Proxy => "role-proxy",
        RoleKind::Server => "role-server",
        RoleKind::Network => "role-other",
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

/// The crack of a lost thing, from the top of a rectangle to its bottom, open where its words are.
pub fn crack(x: f64, y: f64, width: f64, height: f64) -> Element {
    let broken = [
        [(0.62, 0.0), (0.55, 0.13), (0.60, 0.15), (0.54, 0.27)],
        [(0.46, 0.73), (0.40, 0.85), (0.45, 0.87), (0.38, 1.0)],
    ];
    let steps = broken.map(|points| {
        let steps = points.map(|(right, down)| format!("{:.1} {:.1}", x + width * right, y + height * down));
        format!("M{}", steps.join(" L"))
    });
    Element::path(steps.join(" ")).class("crack")
}
