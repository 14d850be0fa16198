//! A connection as a pipe with two lanes, each open, closed or reset.

use playground_playback::{LaneState, PipePhase, PipeView, Selection};
use yew::prelude::*;

use crate::language::{Text, use_text};
use crate::view::common::number::px;
use crate::view::common::pick;
use crate::view::common::text_width::{Face, fitted, text_width};

use super::form::TypeSizes;
use super::layout::Tube;
use super::number_badge::{badge_width, number_badge};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// Its slot.
    pub(super) tube: Tube,
    /// The connection; none while the slot is empty.
    pub(super) pipe: Option<PipeView>,
    /// Whether a segment covers the label of each lane: rightward, leftward.
    pub(super) covered: [bool; 2],
    /// Font sizes.
    pub(super) sizes: TypeSizes,
    /// Selects the socket at its left end.
    pub(super) on_select: Callback<Selection>,
}

/// One lane: half of the pipe.
struct Lane {
    state: LaneState,
    half: String,
    /// From the sender's end to the receiver's.
    from: (f64, f64),
    to: (f64, f64),
}

/// The pipe of a connection; a faint outline while the slot is empty.
#[component]
pub(super) fn Pipe(props: &Props) -> Html {
    let text = use_text();
    let rect = props.tube.rect;
    let radius = if props.tube.upright { 14.0 } else { 18.0f64.min(rect.h / 2.0) };
    let Some(pipe) = &props.pipe else {
        let (x0, y0, x1, y1) = if props.tube.upright {
            let x = rect.middle().0;
            (x, rect.y, x, rect.bottom())
        } else {
            let y = rect.middle().1;
            (rect.x, y, rect.right(), y)
        };
        if !props.tube.counted && props.tube.row > 0 {
            // A connection that is still to come has no mark; a link without any has a line.
            return Html::default();
        }
        return html! { <line class="pipe-place" x1={px(x0)} y1={px(y0)} x2={px(x1)} y2={px(y1)} /> };
    };
    let lanes = lanes(&props.tube, pipe, radius);
    let outline = match (pipe.was_reset, pipe.phase) {
        (true, _) => "pipe-outline is-reset",
        (_, PipePhase::Opening) => "pipe-outline is-opening",
        (_, PipePhase::TimeWait | PipePhase::Gone) => "pipe-outline is-over",
        _ => "pipe-outline",
    };
    let picked =
        pipe.left_socket.or(pipe.right_socket).map(|key| pick::handlers(pick::socket(key), &props.on_select));
    let (onclick, onkeydown) = picked.unzip();
    html! {
        <g class="pipe" opacity={(pipe.opacity < 1.0).then(|| format!("{:.2}", pipe.opacity))}>
            <g class="focusable" role="button" tabindex="0" aria-label={label(text, pipe)} {onclick} {onkeydown}>
                if !pipe.was_reset {
                    { for lanes.iter().map(|lane| html! {
                        <path class={half_class(lane.state)} d={lane.half.clone()} />
                    }) }
                }
                <rect
                    class={outline}
                    x={px(rect.x)} y={px(rect.y)} width={px(rect.w)} height={px(rect.h)} rx={px(radius)}
                />
            </g>
            { for lanes.iter().zip(props.covered).map(|(lane, covered)| drawn(text, props, lane, covered)) }
            if pipe.was_reset {
                { rupture(props) }
            }
            { name(text, props, pipe) }
        </g>
    }
}

const fn half_class(state: LaneState) -> &'static str {
    match state {
        LaneState::NotYet => "pipe-half is-not-yet",
        LaneState::Open => "pipe-half",
        LaneState::Closed | LaneState::Reset => "pipe-half is-shut",
    }
}

/// The centre line of a lane, as a fraction of the pipe's width.
pub(super) const LANE: f64 = 0.27;

fn lanes(tube: &Tube, pipe: &PipeView, r: f64) -> [Lane; 2] {
    let rect = tube.rect;
    let (x, y, w, h) = (rect.x, rect.y, rect.w, rect.h);
    let (cx, cy) = rect.middle();
    if tube.upright {
        let (left, right) = (x + w * LANE, x + w * (1.0 - LANE));
        let half = |x: f64, inner: f64| {
            format!(
                "M{} {} H{} Q{} {} {} {} V{} Q{} {} {} {} H{} Z",
                px(cx),
                px(y),
                px(inner),
                px(x),
                px(y),
                px(x),
                px(y + r),
                px(y + h - r),
                px(x),
                px(y + h),
                px(inner),
                px(y + h),
                px(cx)
            )
        };
        let halves = (half(x, x + r), half(x + w, x + w - r));
        return [
            Lane { state: pipe.rightward, half: halves.0, from: (left, y), to: (left, y + h) },
            Lane { state: pipe.leftward, half: halves.1, from: (right, y + h), to: (right, y) },
        ];
    }
    let (upper, lower) = (y + h * LANE, y + h * (1.0 - LANE));
    let half = |y: f64, inner: f64| {
        format!(
            "M{} {} V{} Q{} {} {} {} H{} Q{} {} {} {} V{} Z",
            px(x),
            px(cy),
            px(inner),
            px(x),
            px(y),
            px(x + r),
            px(y),
            px(x + w - r),
            px(x + w),
            px(y),
            px(x + w),
            px(inner),
            px(cy)
        )
    };
    let (upper_half, lower_half) = (half(y, y + r), half(y + h, y + h - r));
    [
        Lane { state: pipe.rightward, half: upper_half, from: (x, upper), to: (x + w, upper) },
        Lane { state: pipe.leftward, half: lower_half, from: (x + w, lower), to: (x, lower) },
    ]
}

fn drawn(text: Text, props: &Props, lane: &Lane, covered: bool) -> Html {
    let ((x0, y0), (x1, y1)) = (lane.from, lane.to);
    let upright = props.tube.upright;
    // Padding at both ends.
    let inset = |from: f64, to: f64| from + (to - from).signum() * 10.0;
    let (ax, bx) = if upright { (x0, x1) } else { (inset(x0, x1), inset(x1, x0)) };
    let (ay, by) = if upright { (inset(y0, y1), inset(y1, y0)) } else { (y0, y1) };
    match lane.state {
        LaneState::NotYet => Html::default(),
        LaneState::Open => html! { <line class="lane" x1={px(ax)} y1={px(ay)} x2={px(bx)} y2={px(by)} /> },
        LaneState::Reset => {
            html! { <line class="lane is-broken" x1={px(ax)} y1={px(ay)} x2={px(bx)} y2={px(by)} /> }
        }
        LaneState::Closed => {
            let size = props.sizes.small - 0.5;
            let word = text.plain("stage-lane-closed");
            let breadth = if upright { props.tube.rect.w / 2.0 } else { props.tube.rect.h / 2.0 };
            let arm = (breadth * 0.26).min(9.0);
            let length = if upright { props.tube.rect.h } else { props.tube.rect.w };
            // Behind the cap, at the sender's end.
            let (word_x, word_y, anchor) = if upright {
                (x0, ay + (y1 - y0).signum() * (size * 0.5 + 7.0), "middle")
            } else {
                (ax + (x1 - x0).signum() * 9.0, y0, if x1 > x0 { "start" } else { "end" })
            };
            let fits = (upright && length > 40.0)
                || text_width(&word, size, Face::Sans) + 40.0 < length && breadth > 16.0;
            html! {
                <>
                    if upright {
                        <line class="lane-cap" x1={px(x0 - arm)} y1={px(ay)} x2={px(x0 + arm)} y2={px(ay)} />
                    } else {
                        <line class="lane-cap" x1={px(ax)} y1={px(y0 - arm)} x2={px(ax)} y2={px(y0 + arm)} />
                    }
                    if fits && !covered {
                        <text class={classes!("lane-word", anchor)} x={px(word_x)} y={px(word_y + size * 0.36)} font-size={px(size)}>
                            { word }
                        </text>
                    }
                </>
            }
        }
    }
}

/// The crack across a pipe that a RST has broken.
fn rupture(props: &Props) -> Html {
    let rect = props.tube.rect;
    let (x, y) = rect.middle();
    let d = if props.tube.upright {
        let (a, b) = (rect.x + 14.0, rect.right() - 14.0);
        let step = (b - a) / 5.0;
        let at = |place: f64| a + place * step;
        format!(
            "M{} {} L{} {} L{} {} L{} {} L{} {} L{} {}",
            px(a),
            px(y - 4.0),
            px(at(1.0)),
            px(y + 6.0),
            px(at(2.0)),
            px(y - 6.0),
            px(at(3.0)),
            px(y + 6.0),
            px(at(4.0)),
            px(y - 6.0),
            px(b),
            px(y + 4.0)
        )
    } else {
        let (top, bottom) = (rect.y + 4.0, rect.bottom() - 4.0);
        let step = (bottom - top) / 4.0;
        let at = |place: f64| top + place * step;
        format!(
            "M{} {} L{} {} L{} {} L{} {} L{} {}",
            px(x - 8.0),
            px(top),
            px(x + 6.0),
            px(at(1.0)),
            px(x - 6.0),
            px(at(2.0)),
            px(x + 8.0),
            px(at(3.0)),
            px(x),
            px(bottom)
        )
    };
    html! { <path class="pipe-break" {d} /> }
}

fn name(text: Text, props: &Props, pipe: &PipeView) -> Html {
    let (rect, size) = (props.tube.rect, props.sizes.small);
    let number = pipe.connection.number();
    // From the side that opened it.
    let arrow = if pipe.opened_from_left { "→" } else { "←" };
    let ports = format!(":{} {arrow} :{}", pipe.left_port, pipe.right_port);
    let phase = phase_word(text, pipe);
    let r = size * 0.62;
    let badge = badge_width(number, r) + 5.0;
    let class = if pipe.was_reset { "mono pipe-phase is-reset" } else { "mono pipe-phase" };
    if props.tube.upright && props.tube.named {
        let x = rect.right() + 12.0;
        let (y, step) = (rect.middle().1, size + 6.0);
        return html! {
            <>
                { number_badge(number, x, y - step / 2.0 - size * 0.2, r) }
                <text class="faded" x={px(x + badge + 1.0)} y={px(y - step / 2.0 + size * 0.2)} font-size={px(size)}>
                    { &phase }
                </text>
                <text class="mono faded" x={px(x)} y={px(y + step / 2.0 + size * 0.2)} font-size={px(size - 0.5)}>
                    { fitted(&ports, size - 0.5, Face::Mono, 130.0) }
                </text>
            </>
        };
    }
    // The number of a narrow pipe is in the sockets at both ends; that of a vertical one also between its lanes.
    if !props.tube.named {
        let (x, y) = rect.middle();
        return match props.tube.upright {
            true => number_badge(number, x - badge_width(number, r) / 2.0, y, r),
            false => Html::default(),
        };
    }
    if rect.w < 130.0 {
        let size = size - 1.0;
        let x = rect.middle().0;
        let from = format!(":{}", pipe.left_port);
        let width = text_width(&from, size, Face::Mono) + badge;
        if width > rect.w + 4.0 {
            return number_badge(number, x - badge_width(number, r) / 2.0, rect.y - r - 4.0, r);
        }
        let left = x - width / 2.0;
        return html! {
            <>
                { number_badge(number, left, rect.y - size * 2.0, r) }
                <text {class} x={px(left + badge)} y={px(rect.y - size * 1.64)} font-size={px(size)}>{ from }</text>
                <text class={classes!(class, "middle")} x={px(x)} y={px(rect.y - size * 0.5)} font-size={px(size)}>
                    { format!("{arrow} :{}", pipe.right_port) }
                </text>
            </>
        };
    }
    let full = format!("{ports} · {phase}");
    let room = rect.w - 8.0 - badge;
    let said = if text_width(&full, size, Face::Mono) <= room && phase_matters(pipe) { full } else { ports };
    let said = if text_width(&said, size, Face::Mono) <= room {
        said
    } else {
        format!(":{}{arrow}:{}", pipe.left_port, pipe.right_port)
    };
    let said = fitted(&said, size, Face::Mono, room);
    let width = badge + text_width(&said, size, Face::Mono);
    let (x, y) = (rect.middle().0 - width / 2.0, rect.y - 9.0);
    html! {
        <>
            { number_badge(number, x, y, r) }
            <text {class} x={px(x + badge)} y={px(y + size * 0.36)} font-size={px(size)}>{ said }</text>
        </>
    }
}

const fn phase_matters(pipe: &PipeView) -> bool {
    pipe.was_reset || !matches!(pipe.phase, PipePhase::Open)
}

fn phase_word(text: Text, pipe: &PipeView) -> String {
    let key = match (pipe.was_reset, pipe.phase) {
        (true, _) => "stage-pipe-reset",
        (_, PipePhase::Opening) => "stage-pipe-opening",
        (_, PipePhase::Open) => "stage-pipe-open",
        (_, PipePhase::Closing) => "stage-pipe-closing",
        (_, PipePhase::TimeWait) => "stage-pipe-time-wait",
        (_, PipePhase::Gone) => "stage-pipe-gone",
    };
    text.plain(key)
}

fn label(text: Text, pipe: &PipeView) -> String {
    let (number, left, right) =
        (pipe.connection.number().to_string(), pipe.left_port.to_string(), pipe.right_port.to_string());
    let phase = phase_word(text, pipe);
    text.get("stage-pipe", &[("number", &number), ("left", &left), ("right", &right), ("phase", &phase)])
}
