//! Arrows and their labels.

use playground_core::event::PacketId;
use playground_playback::{Arrow, Ladder, Pace, SegmentKind, Selection, drop_key};

use super::bars::{BarPlan, clearance};
use super::form::Form;
use super::lanes::{Lane, lane_of};
use super::room::{Bounds, Room};
use crate::text_width::{Face, fitted, text_width};
use playground_words::{Text, time_text};

/// Label positions along an arrow, in order of preference.
const PLACES: [f64; 9] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.15, 0.85];

/// A segment as an arrow.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrowPlan {
    /// The segment, and the entry that sent it.
    pub id: PacketId,
    pub entry: u32,
    /// How it is drawn.
    pub kind: SegmentKind,
    /// Class of the sender's colour.
    pub class: &'static str,
    /// Whether it is a retransmission.
    pub again: bool,
    /// Whether it was lost; `to` is then the point of loss.
    pub lost: bool,
    /// Its start and end.
    pub from: (f64, f64),
    pub to: (f64, f64),
    /// Its label.
    pub words: Option<Words>,
    /// The reason of the loss, beside the cross: anchor and text.
    pub reason: Option<Words>,
    /// Its description as a sentence.
    pub said: String,
}

/// A label with its centre and width, including the sign before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The text.
    pub text: String,
    /// Its centre.
    pub x: f64,
    pub y: f64,
    /// Its width.
    pub w: f64,
    /// Whether it is beside the line instead of in a gap of it.
    pub beside: bool,
}

impl Words {
    /// The bounding box.
    pub fn bounds(&self, form: Form) -> Bounds {
        let (half, rise) = (self.w / 2.0, form.line * 0.48);
        (self.x - half, self.y - rise, self.x + half, self.y + rise)
    }
}

impl ArrowPlan {
    /// What a click on it selects.
    pub fn selection(&self) -> Selection {
        Selection { segment: Some(self.id), entry: Some(self.entry), ..Selection::NOTHING }
    }
}

/// All arrows, not yet labelled.
pub(super) fn arrows(
    text: Text,
    ladder: &Ladder,
    pace: &Pace,
    lanes: &[Lane],
    bars: &[BarPlan],
    form: Form,
) -> Vec<ArrowPlan> {
    let plan = ladder.arrows.iter().filter_map(|arrow| {
        let (start, end) = (lane_of(lanes, arrow.from)?, lane_of(lanes, arrow.to)?);
        let (y0, y1) = (form.y(arrow.y0), form.y(arrow.y1));
        let ahead = if end.x >= start.x { 1.0 } else { -1.0 };
        let from = (start.x + ahead * clearance(bars, start, y0, ahead > 0.0), y0);
        let aim = (end.x - ahead * clearance(bars, end, y1, ahead < 0.0), y1);
        // A loss stays off the lifelines, so that its cross is seen.
        let to = match arrow.lost {
            Some((part, _)) => {
                let part = part.clamp(0.22, 0.88);
                (from.0 + (aim.0 - from.0) * part, from.1 + (aim.1 - from.1) * part)
            }
            // Under way where the axis ends: it ends there too.
            None => (from.0 + (aim.0 - from.0) * arrow.way, aim.1),
        };
        Some(ArrowPlan {
            id: arrow.id,
            entry: arrow.entry,
            kind: arrow.kind,
            class: start.class,
            again: arrow.retransmission,
            lost: arrow.lost.is_some(),
            from,
            to,
            words: None,
            reason: None,
            said: said(text, arrow, &start.name, &end.name, &time_text::moment(pace.to_sim(arrow.y0))),
        })
    });
    plan.collect()
}

/// Labels the arrows of rank `chosen`, at the first position along the arrow where the label covers nothing.
pub(super) fn place(
    text: Text,
    ladder: &Ladder,
    lanes: &[Lane],
    form: Form,
    arrows: &mut [ArrowPlan],
    room: &mut Room,
    chosen: impl Fn(u8) -> bool,
) {
    let mut places: Vec<(u8, usize)> = ladder.arrows.iter().map(rank).zip(0..arrows.len()).collect();
    places.retain(|(rank, _)| chosen(*rank));
    places.sort();
    for (rank, place) in places {
        let aside = if rank == 4 { aside(arrows, place, form) } else { 0.0 };
        let (Some(plan), Some(arrow)) = (arrows.get_mut(place), ladder.arrows.get(place)) else { continue };
        plan.words = find_place(plan, &versions(text, arrow, plan, form), form, room, rank, aside);
        if let Some((_, reason)) = arrow.lost {
            let why = text.plain(drop_key(reason));
            plan.reason = beside_cross(plan, &why, lanes, form, room);
        }
    }
}

/// The label priority: messages, RST and FIN; then SYN; then parts of messages; pure ACKs last.
fn rank(arrow: &Arrow) -> u8 {
    match arrow.kind {
        SegmentKind::Rst | SegmentKind::Fin => 0,
        SegmentKind::Data if arrow.short.contains(' ') || !arrow.short.contains('–') => 0,
        SegmentKind::Syn | SegmentKind::SynAck => 1,
        SegmentKind::Data => 2,
        SegmentKind::Probe => 3,
        SegmentKind::Ack => 4,
        _ => 0,
    }
}

/// The candidate labels, longest first.
fn versions(text: Text, arrow: &Arrow, plan: &ArrowPlan, form: Form) -> Vec<String> {
    let again = |label: &str| {
        if arrow.retransmission { text.get("ladder-again", &[("label", label)]) } else { label.to_owned() }
    };
    // A single letter is no label: a segment that is not a message keeps its name.
    let short = if arrow.kind == SegmentKind::Data || arrow.kind.is_datagram() {
        &*arrow.short
    } else {
        &*arrow.label
    };
    let room = (plan.to.0 - plan.from.0).abs() - form.size * 1.6 - sign_width(arrow.kind, form);
    let fits = |words: &String| text_width(words, form.size, Face::Mono) <= room;
    let mut versions: Vec<String> =
        [again(&arrow.label), again(short), short.to_owned()].into_iter().filter(fits).collect();
    versions.dedup();
    if versions.is_empty() && room > form.size * 2.0 {
        versions.push(fitted(short, form.size, Face::Mono, room));
    }
    versions
}

/// The side for the label of a pure ACK close to another segment: above (-1), below (1), or in the line.
///
/// In a gap of its own line it would cover the other line, too.
fn aside(arrows: &[ArrowPlan], place: usize, form: Form) -> f64 {
    let Some(own) = arrows.get(place) else { return 0.0 };
    let near = arrows.get(place.saturating_sub(8)..arrows.len().min(place + 9)).unwrap_or_default();
    let close =
        |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < form.bar.0 * 2.0 && (a.1 - b.1).abs() < form.line;
    let along = near.iter().find(|other| {
        other.kind != SegmentKind::Ack && close(own.from, other.from) && close(own.to, other.to)
    });
    along.map_or(0.0, |other| if other.from.1 >= own.from.1 { -1.0 } else { 1.0 })
}

fn find_place(
    plan: &ArrowPlan,
    versions: &[String],
    form: Form,
    room: &mut Room,
    rank: u8,
    aside: f64,
) -> Option<Words> {
    let (left, right) = (plan.from.0.min(plan.to.0), plan.from.0.max(plan.to.0));
    let slope = ((plan.to.1 - plan.from.1) / (plan.to.0 - plan.from.0).abs().max(1.0)).abs();
    for (place, words) in versions.iter().enumerate() {
        let w = text_width(words, form.size, Face::Mono) + sign_width(plan.kind, form) + form.size * 0.8;
        // Long labels fit only in the middle; their short form may fit elsewhere.
        let places: &[f64] = if rank == 4 { &PLACES[..5] } else { &PLACES };
        for part in places {
            let x = plan.from.0 + (plan.to.0 - plan.from.0) * part;
            let y =
                plan.from.1 + (plan.to.1 - plan.from.1) * part + aside * (form.size * 0.6 + slope * w * 0.42);
            let words = Words { text: words.clone(), x, y, w, beside: aside != 0.0 };
            let own = words.bounds(form);
            let margin = form.size * 0.5;
            let inside = own.0 >= left + margin && own.2 <= right - margin;
            let middle = *part == PLACES[0] && place + 1 == versions.len();
            if (inside || middle) && room.try_take(own) {
                return Some(words);
            }
        }
    }
    None
}

/// Room for the sign before the words.
pub fn sign_width(kind: SegmentKind, form: Form) -> f64 {
    match kind {
        SegmentKind::Data | SegmentKind::Probe => 0.0,
        _ => form.size * 1.15,
    }
}

/// Places the reason of a loss: ahead of the cross if there is room, otherwise below or above it.
fn beside_cross(plan: &ArrowPlan, why: &str, lanes: &[Lane], form: Form, room: &mut Room) -> Option<Words> {
    let ahead = if plan.to.0 >= plan.from.0 { 1.0 } else { -1.0 };
    let (x, y) = plan.to;
    let gap = form.size * 0.9;
    // Up to the next lifeline.
    let edges = lanes.iter().map(|lane| (lane.x - x) * ahead).filter(|far| *far > 0.0);
    let space = edges.fold(f64::INFINITY, f64::min) - gap - form.bar.1;
    let w = text_width(why, form.small, Face::Sans) + 6.0;
    let tries =
        [(x + ahead * (gap + w / 2.0), y, w <= space), (x, y + form.line, true), (x, y - form.line, true)];
    let within = |x: f64| {
        lanes.first().is_some_and(|lane| x - w / 2.0 > lane.x)
            && lanes.last().is_some_and(|lane| x + w / 2.0 < lane.x)
    };
    tries.into_iter().find_map(|(x, y, fits)| {
        let words = Words { text: why.to_owned(), x, y, w, beside: true };
        (fits && within(x) && room.try_take(words.bounds(form))).then_some(words)
    })
}

fn said(text: Text, arrow: &Arrow, from: &str, to: &str, time: &str) -> String {
    let label = if arrow.retransmission {
        text.get("ladder-again", &[("label", &arrow.label)])
    } else {
        arrow.label.to_string()
    };
    let sentence = match arrow.lost {
        Some((_, reason)) => {
            let reason = text.plain(drop_key(reason));
            text.get(
                "stage-flight-lost",
                &[("label", &label), ("from", from), ("to", to), ("reason", &reason)],
            )
        }
        None => text.get("stage-flight", &[("label", &label), ("from", from), ("to", to)]),
    };
    format!("{time}: {sentence}")
}
