//! The sign on a node's badge.

use playground_playback::RoleKind;

use crate::element::Element;
use crate::number::translate;

/// A disc in the node's colour with the sign of its role: a screen, an arrow, a rack.
pub fn role_sign(kind: RoleKind, role: &str, (x, y): (f64, f64), r: f64) -> Element {
    let path = |d: &str| Element::path(d);
    let solid = |y: f64| Element::rect(-8.0, y, 16.0, 6.0).number("rx", 1.5).class("solid");
    let sign = match (kind, role) {
        (_, "script") => vec![path("M-6 -5 L-1 0 L-6 5 M1 5 H7")],
        (RoleKind::Client, _) => {
            vec![Element::rect(-8.0, -7.0, 16.0, 11.0).number("rx", 1.5), path("M-4 7.5 H4")]
        }
        (RoleKind::Proxy, "smart-proxy" | "real-proxy") => vec![
            path("M-8 -4 H-1 C2 -4 0 4 3 4 H8 M5 1 L8 4 L5 7"),
            Element::circle(6.0, -5.0, 2.2).class("solid"),
        ],
        (RoleKind::Proxy, "caching-proxy") => vec![path("M-7 -2 V6 H7 V-2 M-8 -6 H8 V-2 H-8 Z M-2 2 H2")],
        (RoleKind::Network, "router") => vec![path(
            "M-8 0 H-2 M-5 -3 L-2 0 L-5 3 M8 0 H2 M5 -3 L2 0 L5 3 M0 -8 V-2 M-3 -5 L0 -8 L3 -5 M0 8 V2 M-3 5 L0 8 L3 5",
        )],
        (RoleKind::Network, _) => vec![path("M-8 -3 H7 M3 -7 L7 -3 L3 1 M8 4 H-7 M-3 0 L-7 4 L-3 8")],
        (RoleKind::Proxy, _) => vec![path("M-8 0 H7 M2 -5 L7 0 L2 5")],
        (RoleKind::Server, _) => vec![solid(-7.0), solid(1.5)],
    };
    let scale = format!("{} scale({:.3})", translate(x, y), r / 17.0);
    Element::group("card-sign")
        .with("transform", scale)
        .add(Element::circle(0.0, 0.0, 17.0).class("card-badge"))
        .add_all(sign)
}
