//! The shapes of segments: flag, label, ring, square, bolt.

use playground_playback::SegmentKind;
use yew::prelude::*;

use crate::view::common::number::px;
use crate::view::common::text_width::{Face, fitted, text_width};

/// Width of a datagram's shape beyond its label.
const LETTER: f64 = 18.0;

/// A shape's size and label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) kind: SegmentKind,
    pub(super) w: f64,
    pub(super) h: f64,
    /// The label on or beside it; empty for a small shape.
    pub(super) words: String,
    pub(super) size: f64,
}

impl Shape {
    /// The shape of a segment for a lane's width, with at most `room` for the label.
    pub(super) fn new(kind: SegmentKind, label: &str, short: &str, size: f64, lane: f64, room: f64) -> Self {
        let h = (size + 11.0).min(lane - 3.0);
        // Narrow lanes have shapes without labels.
        if h < size + 3.0 {
            let w = if kind == SegmentKind::Data { 18.0 } else { h };
            return Self { kind, w, h, words: String::new(), size };
        }
        match kind {
            SegmentKind::Data | SegmentKind::Probe => {
                let label = if text_width(label, size, Face::Mono) + 18.0 <= room { label } else { short };
                let words = fitted(label, size, Face::Mono, room - 18.0);
                Self { kind, w: text_width(&words, size, Face::Mono) + 18.0, h, words, size }
            }
            SegmentKind::Syn => Self::sign(kind, "SYN", short, size, h, room),
            SegmentKind::SynAck => Self::sign(kind, "SYN,ACK", short, size, h, room),
            SegmentKind::Ack => Self::sign(kind, "ACK", short, size, h, room),
            SegmentKind::Fin => Self::sign(kind, "FIN", short, size, h, room),
            SegmentKind::Rst => Self::sign(kind, "RST", short, size, h, room),
            _ => {
                let label = if text_width(label, size, Face::Mono) + LETTER <= room { label } else { short };
                let words = fitted(label, size, Face::Mono, room - LETTER);
                Self { kind, w: text_width(&words, size, Face::Mono) + LETTER, h, words, size }
            }
        }
    }

    /// A control segment: its label on or beside its shape, shortened if necessary.
    fn sign(kind: SegmentKind, word: &str, short: &str, size: f64, h: f64, room: f64) -> Self {
        let size = size - 1.0;
        let beside = if matches!(kind, SegmentKind::Syn | SegmentKind::SynAck) {
            h * 0.35 + 14.0
        } else {
            h * 0.72 + 5.0
        };
        let breadth = |word: &str| text_width(word, size, Face::Mono) + beside;
        let word = if breadth(word) <= room { word } else { short };
        Self { kind, w: breadth(word), h, words: word.to_owned(), size }
    }

    /// The same shape without a label: a stacked card, or one in a crowd.
    pub(super) fn bare(&self, in_crowd: bool) -> Self {
        let w = match self.kind {
            SegmentKind::Data | SegmentKind::Probe if !in_crowd => self.w,
            SegmentKind::Syn | SegmentKind::SynAck if !in_crowd => self.w,
            kind if kind.is_datagram() && !in_crowd => self.w,
            _ => 15.0,
        };
        Self { w, words: String::new(), ..self.clone() }
    }

    /// Draws it around the origin, moving right (`ahead` 1) or left (-1).
    pub(super) fn draw(&self, ahead: f64, retransmission: bool) -> Html {
        let (w, h, size) = (self.w, self.h, self.size);
        let baseline = px(size * 0.36);
        let has_words = !self.words.is_empty();
        // The label stands behind the shape, in the direction of travel.
        let (shape_x, words_x, anchor) = if has_words {
            (
                ahead * (w / 2.0 - h * 0.36),
                ahead * (w / 2.0 - h * 0.72 - 4.0),
                if ahead > 0.0 { "end" } else { "start" },
            )
        } else {
            (0.0, 0.0, "middle")
        };
        let words_w = text_width(&self.words, size, Face::Mono);
        let beside = |class: &'static str| {
            html! {
                if has_words {
                    <rect
                        class="flight-plate"
                        x={px(if ahead > 0.0 { words_x - words_w - 3.0 } else { words_x - 3.0 })}
                        y={px(-size * 0.65)} width={px(words_w + 6.0)} height={px(size * 1.3)} rx="4"
                    />
                    <text class={classes!("mono", class)} x={px(words_x)} y={baseline.clone()} font-size={px(size)} text-anchor={anchor}>
                        { &self.words }
                    </text>
                }
            }
        };
        match self.kind {
            SegmentKind::Data | SegmentKind::Probe => html! {
                <>
                    <rect
                        class={if retransmission { "flight-pill is-again" } else { "flight-pill" }}
                        x={px(-w / 2.0)} y={px(-h / 2.0)} width={px(w)} height={px(h)} rx={px(h.min(16.0) * 0.4)}
                    />
                    if has_words {
                        <text class="mono middle flight-pill-label" y={baseline.clone()} font-size={px(size)}>{ &self.words }</text>
                    }
                </>
            },
            SegmentKind::Syn | SegmentKind::SynAck => {
                let (back, tip) = (-ahead * w / 2.0, ahead * w / 2.0);
                let notch = ahead * h * 0.35;
                let d = format!(
                    "M{} {} H{} L{} 0 L{} {} H{} Z",
                    px(back),
                    px(-h / 2.0),
                    px(tip - notch),
                    px(tip),
                    px(tip - notch),
                    px(h / 2.0),
                    px(back)
                );
                html! {
                    <>
                        <path class="flight-flag" {d} />
                        if has_words {
                            <text class="mono middle flight-flag-label" x={px(-notch * 0.4)} y={baseline.clone()} font-size={px(size)}>
                                { &self.words }
                            </text>
                        }
                    </>
                }
            }
            kind if kind.is_datagram() => {
                // A datagram: cut corners, no connection.
                let (x, y, cut) = (w / 2.0, h / 2.0, h * 0.3);
                let d = format!(
                    "M{} {} H{} L{} {} V{} L{} {} H{} L{} {} V{} Z",
                    px(cut - x),
                    px(-y),
                    px(x - cut),
                    px(x),
                    px(cut - y),
                    px(y - cut),
                    px(x - cut),
                    px(y),
                    px(cut - x),
                    px(-x),
                    px(y - cut),
                    px(cut - y)
                );
                let class =
                    if kind == SegmentKind::Unreachable { "flight-letter is-bad" } else { "flight-letter" };
                html! {
                    <>
                        <path {class} {d} />
                        if has_words {
                            <text class="mono middle flight-pill-label" y={baseline.clone()} font-size={px(size)}>{ &self.words }</text>
                        }
                    </>
                }
            }
            SegmentKind::Ack => html! {
                <>
                    <circle class="flight-ring" cx={px(shape_x)} r={px((h * 0.28).max(4.0))} />
                    { beside("faded") }
                </>
            },
            SegmentKind::Fin => {
                let half = (h * 0.36).max(4.5);
                html! {
                    <>
                        <rect
                            class="flight-square"
                            x={px(shape_x - half)} y={px(-half)} width={px(2.0 * half)} height={px(2.0 * half)} rx="1.5"
                        />
                        <path class="flight-bar" d={format!("M{} {} V{}", px(shape_x), px(-half), px(half))} />
                        { beside("flight-fin-label") }
                    </>
                }
            }
            SegmentKind::Rst => {
                let scale = h / 26.0;
                html! {
                    <>
                        <path
                            class="flight-bolt"
                            d="M-8 -15 L3 -15 L0 -4 L9 -4 L-5 16 L-1 2 L-10 2 Z"
                            transform={format!("translate({} 0) scale({scale:.2})", px(shape_x))}
                        />
                        { beside("flight-rst-label") }
                    </>
                }
            }
            _ => Html::default(),
        }
    }
}
