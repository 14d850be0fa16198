//! The sign on a node's badge.

use playground_playback::RoleKind;
use yew::prelude::*;

use crate::view::common::number::translate;

/// A disc in the node's colour with the sign of its role: a screen, an arrow, a rack.
pub(super) fn role_sign(kind: RoleKind, role: &str, (x, y): (f64, f64), r: f64) -> Html {
    let scale = r / 17.0;
    let sign = match (kind, role) {
        (_, "script") => html! { <path d="M-6 -5 L-1 0 L-6 5 M1 5 H7" /> },
        (RoleKind::Client, _) => html! {
            <>
                <rect x="-8" y="-7" width="16" height="11" rx="1.5" />
                <path d="M-4 7.5 H4" />
            </>
        },
        (RoleKind::Proxy, "smart-proxy" | "real-proxy") => html! {
            <>
                <path d="M-8 -4 H-1 M3 4 H8 M5 1 L8 4 L5 7" />
                <path d="M-8 -4 M-1 -4 C2 -4 0 4 3 4" />
                <circle class="solid" cx="6" cy="-5" r="2.2" />
            </>
        },
        (RoleKind::Proxy, "caching-proxy") => html! {
            <>
                <path d="M-7 -2 V6 H7 V-2" />
                <path d="M-8 -6 H8 V-2 H-8 Z" />
                <path d="M-2 2 H2" />
            </>
        },
        (RoleKind::Network, "router") => html! {
            <path d="M-8 0 H-2 M-5 -3 L-2 0 L-5 3 M8 0 H2 M5 -3 L2 0 L5 3 M0 -8 V-2 M-3 -5 L0 -8 L3 -5 M0 8 V2 M-3 5 L0 8 L3 5" />
        },
        (RoleKind::Network, _) => html! {
            <path d="M-8 -3 H7 M3 -7 L7 -3 L3 1 M8 4 H-7 M-3 0 L-7 4 L-3 8" />
        },
        (RoleKind::Proxy, _) => html! { <path d="M-8 0 H7 M2 -5 L7 0 L2 5" /> },
        (RoleKind::Server, _) => html! {
            <>
                <rect class="solid" x="-8" y="-7" width="16" height="6" rx="1.5" />
                <rect class="solid" x="-8" y="1.5" width="16" height="6" rx="1.5" />
            </>
        },
    };
    html! {
        <g transform={format!("{} scale({scale:.3})", translate(x, y))}>
            <circle class="card-badge" r="17" />
            <g class="card-sign">{ sign }</g>
        </g>
    }
}
