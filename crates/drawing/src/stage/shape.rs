//! The shapes of segments: flag, label, ring, square, bolt, letter.

use playground_playback::SegmentKind;

use crate::element::Element;
use crate::number::px;
use crate::parts::baseline;
use crate::text_width::{Face, fitted, text_width};

/// Width of a label's shape beyond its words.
const AROUND: f64 = 18.0;
/// Width of a shape without words.
const BARE: f64 = 15.0;

/// A shape's size and label.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub kind: SegmentKind,
    pub w: f64,
    pub h: f64,
    /// The label on or beside it; empty for a small shape.
    pub words: String,
    pub size: f64,
}

impl Shape {
    /// The shape of a segment for a lane's width, with at most `room` for its length.
    pub fn new(kind: SegmentKind, label: &str, short: &str, size: f64, lane: f64, room: f64) -> Self {
        let h = (size + 11.0).min(lane - 3.0);
        // Narrow lanes have shapes without labels.
        if h < size + 3.0 {
            let w = if is_label(kind) { 18.0 } else { h };
            return Self { kind, w, h, words: String::new(), size };
        }
        let (word, around) = match kind {
            SegmentKind::Syn => ("SYN", h * 0.35 + 14.0),
            SegmentKind::SynAck => ("SYN,ACK", h * 0.35 + 14.0),
            SegmentKind::Ack => ("ACK", h * 0.72 + 5.0),
            SegmentKind::Fin => ("FIN", h * 0.72 + 5.0),
            SegmentKind::Rst => ("RST", h * 0.72 + 5.0),
            _ => (label, AROUND),
        };
        let breadth = |word: &str| text_width(word, size, Face::Mono) + around;
        let word = if breadth(word) <= room { word } else { short };
        let words =
            if is_label(kind) { fitted(word, size, Face::Mono, room - around) } else { word.to_owned() };
        Self { kind, w: breadth(&words), h, words, size }
    }

    /// The same shape without words: one that lies behind another.
    pub fn blank(&self) -> Self {
        Self { words: String::new(), ..self.clone() }
    }

    /// The same shape as small as it can be.
    pub fn bare(&self) -> Self {
        Self { w: BARE, ..self.blank() }
    }

    /// Draws it around the origin, moving right (`ahead` 1) or left (-1).
    pub fn draw(&self, ahead: f64, retransmission: bool) -> Vec<Element> {
        let (w, h) = (self.w, self.h);
        match self.kind {
            SegmentKind::Data | SegmentKind::Probe => {
                let class = if retransmission { "flight-pill is-again" } else { "flight-pill" };
                let pill = Element::rect(-w / 2.0, -h / 2.0, w, h).number("rx", h.min(16.0) * 0.4);
                self.with_label(pill.class(class), 0.0, "flight-pill-label")
            }
            SegmentKind::Syn | SegmentKind::SynAck => {
                let (back, tip, notch) = (-ahead * w / 2.0, ahead * w / 2.0, ahead * h * 0.35);
                let (top, low) = (px(-h / 2.0), px(h / 2.0));
                let (from, neck, tip) = (px(back), px(tip - notch), px(tip));
                let flag = Element::path(format!("M{from} {top}H{neck}L{tip} 0L{neck} {low}H{from}Z"));
                self.with_label(flag.class("flight-flag"), -notch * 0.4, "flight-flag-label")
            }
            kind if kind.is_datagram() => {
                // A datagram: cut corners, no connection.
                let (x, y, cut) = (w / 2.0, h / 2.0, h * 0.3);
                let (left, right, top, low) = (px(-x), px(x), px(-y), px(y));
                let (l, r, t, b) = (px(cut - x), px(x - cut), px(cut - y), px(y - cut));
                let d = format!("M{l} {top}H{r}L{right} {t}V{b}L{r} {low}H{l}L{left} {b}V{t}Z");
                let is_bad = kind == SegmentKind::Unreachable;
                let letter =
                    Element::path(d).class(if is_bad { "flight-letter is-bad" } else { "flight-letter" });
                self.with_label(letter, 0.0, "flight-letter-label")
            }
            SegmentKind::Ack => {
                let ring = Element::circle(self.sign_x(ahead), 0.0, (h * 0.28).max(4.0));
                self.beside(ahead, vec![ring.class("flight-ring")], "quiet")
            }
            SegmentKind::Fin => {
                let (x, half) = (self.sign_x(ahead), (h * 0.36).max(4.5));
                let square = Element::rect(x - half, -half, 2.0 * half, 2.0 * half).number("rx", 1.5);
                let bar = Element::line((x, -half), (x, half)).class("flight-bar");
                self.beside(ahead, vec![square.class("flight-square"), bar], "flight-fin-label")
            }
            SegmentKind::Rst => {
                let bolt = Element::path("M-8 -15 L3 -15 L0 -4 L9 -4 L-5 16 L-1 2 L-10 2 Z")
                    .class("flight-bolt")
                    .with(
                        "transform",
                        format!("translate({} 0) scale({:.2})", px(self.sign_x(ahead)), h / 26.0),
                    );
                self.beside(ahead, vec![bolt], "flight-rst-label")
            }
            _ => Vec::new(),
        }
    }

    /// A shape with its words on it.
    fn with_label(&self, shape: Element, x: f64, class: &str) -> Vec<Element> {
        let mut parts = vec![shape];
        if !self.words.is_empty() {
            let words = Element::text(x, baseline(0.0, self.size), self.size, self.words.clone());
            parts.push(words.class(format!("mono {class}")).anchor("middle"));
        }
        parts
    }

    /// Where the sign of a control segment stands: at the front, its words behind it.
    fn sign_x(&self, ahead: f64) -> f64 {
        if self.words.is_empty() { 0.0 } else { ahead * (self.w / 2.0 - self.h * 0.36) }
    }

    fn beside(&self, ahead: f64, mut parts: Vec<Element>, class: &str) -> Vec<Element> {
        if self.words.is_empty() {
            return parts;
        }
        let (size, x) = (self.size, ahead * (self.w / 2.0 - self.h * 0.72 - 4.0));
        let width = text_width(&self.words, size, Face::Mono);
        let left = if ahead > 0.0 { x - width } else { x };
        let plate = Element::rect(left - 3.0, -size * 0.65, width + 6.0, size * 1.3).number("rx", 4.0);
        parts.push(plate.class("flight-plate"));
        let words = Element::text(x, baseline(0.0, size), size, self.words.clone());
        parts.push(words.class(format!("mono {class}")).anchor(if ahead > 0.0 { "end" } else { "start" }));
        parts
    }
}

/// Whether a segment's words are on its shape and may be cut.
pub const fn is_label(kind: SegmentKind) -> bool {
    !matches!(
        kind,
        SegmentKind::Syn | SegmentKind::SynAck | SegmentKind::Ack | SegmentKind::Fin | SegmentKind::Rst
    )
}
