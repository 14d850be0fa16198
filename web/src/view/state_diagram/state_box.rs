//! A state of the diagram.

use yew::prelude::*;

use super::plan::Point;
use crate::view::common::number::px;

/// A state's relation to the socket shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The current state.
    Current,
    /// A former state.
    Visited,
    /// Neither.
    Other,
}

/// A state and how it is drawn.
pub(super) struct StateBox {
    /// Its name.
    pub(super) name: &'static str,
    /// Its centre.
    pub(super) centre: Point,
    /// Half its size.
    pub(super) half: Point,
    /// Size of its name.
    pub(super) size: f64,
    /// Its relation to the socket.
    pub(super) standing: Standing,
    /// Whether a RST or a timeout may end the connection here.
    pub(super) may_break: bool,
    /// Whether connections end here.
    pub(super) is_end: bool,
}

impl StateBox {
    /// A box with the state's name.
    pub(super) fn draw(&self) -> Html {
        let ((x, y), (w, h)) = (self.centre, self.half);
        let standing = match self.standing {
            Standing::Current => Some("is-current"),
            Standing::Visited => Some("is-visited"),
            Standing::Other => None,
        };
        html! {
            <g class={classes!("state-box", standing)}>
                if self.standing == Standing::Current {
                    <rect class="state-glow" x={px(x - w - 4.0)} y={px(y - h - 4.0)} width={px(2.0 * w + 8.0)}
                        height={px(2.0 * h + 8.0)} rx="13" />
                }
                <rect class="state-outline" x={px(x - w)} y={px(y - h)} width={px(2.0 * w)} height={px(2.0 * h)} rx="9" />
                if self.is_end {
                    <rect class="state-inner" x={px(x - w + 3.0)} y={px(y - h + 3.0)} width={px(2.0 * w - 6.0)}
                        height={px(2.0 * h - 6.0)} rx="6.5" />
                }
                <text class="state-name" x={px(x)} y={px(y + self.size * 0.36)} font-size={px(self.size)}>{ self.name }</text>
                if self.may_break {
                    <g class="state-bolt" transform={format!("translate({} {}) scale(0.62)", px(x + w - 3.0), px(y - h + 1.0))}>
                        <circle r="11" />
                        <path d="M1.5 -8 H5 L2.6 -2 H6 L-3.5 8 L-1.2 1.5 H-5 Z" />
                    </g>
                }
            </g>
        }
    }
}
