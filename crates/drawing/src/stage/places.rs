//! Where one builds on the stage: the hosts, the links, and what may come between.

use playground_playback::{Frame, HopView};

use crate::element::{Element, Place};
use crate::node_words::card_title;
use crate::number::px;

use super::layout::{Layout, Tube};
use super::rect::Rect;

/// How far the ring around what is edited stands off.
const OFF: f64 = 5.0;
/// The least breadth of a link, for a finger.
const BROAD: f64 = 44.0;
/// The radius of a plus, and of what a finger hits.
const PLUS: (f64, f64) = (12.0, 20.0);

/// Hosts and links, behind everything: what is drawn on them keeps its own meaning.
pub fn behind(layout: &Layout, frame: &Frame) -> Element {
    let nodes = frame.nodes.iter().map(|node| {
        let title = card_title(layout.form.text, node);
        ring(layout.cards[node.id.index()].rect, 20.0).place(Place::Node(node.id)).with("aria-label", title)
    });
    let links = frame.hops.iter().filter_map(|hop| {
        let rect = around(layout, hop)?;
        let label = between(layout, frame, hop, "stage-link");
        Some(ring(rect, 14.0).place(Place::Link(hop.hop)).with("aria-label", label))
    });
    Element::group("sites").add_all(nodes).add_all(links)
}

/// The plus of each link, in front.
pub fn before(layout: &Layout, frame: &Frame) -> Element {
    let plus = |hop: &HopView| {
        let (x, y) = beside(layout, hop)?;
        let words = between(layout, frame, hop, "host-add-proxy");
        let arm = 5.0;
        let cross =
            format!("M{} {}H{}M{} {}V{}", px(x - arm), px(y), px(x + arm), px(x), px(y - arm), px(y + arm));
        let plus = Element::group("site-plus")
            .place(Place::Between(hop.hop))
            .with("aria-label", words.clone())
            .add(Element::circle(x, y, PLUS.1).class("site-hit"))
            .add(Element::circle(x, y, PLUS.0).class("site-round"))
            .add(Element::path(cross).class("site-cross"));
        Some(plus.title(words))
    };
    Element::group("sites").add_all(frame.hops.iter().filter_map(plus))
}

/// Words about a link.
fn between(layout: &Layout, frame: &Frame, hop: &HopView, key: &str) -> String {
    let text = layout.form.text;
    let title = |end: usize| frame.nodes.get(end).map(|node| card_title(text, node)).unwrap_or_default();
    text.get(key, &[("a", &title(hop.left.index())), ("b", &title(hop.right.index()))])
}

/// What can be hit, and the ring around it.
fn ring(rect: Rect, round: f64) -> Element {
    let off = |by: f64| Element::rect(rect.x - by, rect.y - by, rect.w + 2.0 * by, rect.h + 2.0 * by);
    Element::group("site")
        .add(off(0.0).class("site-hit"))
        .add(off(OFF).number("rx", round).class("site-ring"))
}

fn tubes<'l>(layout: &'l Layout, hop: &HopView) -> impl Iterator<Item = &'l Tube> {
    let hop = hop.hop;
    layout.tubes.iter().filter(move |tube| tube.hop == hop)
}

/// The room of a link's connections, broad enough to be hit.
fn around(layout: &Layout, hop: &HopView) -> Option<Rect> {
    let mut tubes = tubes(layout, hop);
    let first = tubes.next()?;
    let mut room = first.rect;
    for tube in tubes {
        let (right, bottom) = (room.right().max(tube.rect.right()), room.bottom().max(tube.rect.bottom()));
        (room.x, room.y) = (room.x.min(tube.rect.x), room.y.min(tube.rect.y));
        (room.w, room.h) = (right - room.x, bottom - room.y);
    }
    let more = |length: f64| (BROAD - length).max(0.0);
    let inset = 8.0;
    Some(if first.upright {
        let more = more(room.w);
        Rect::new(room.x - more / 2.0, room.y + inset, room.w + more, (room.h - 2.0 * inset).max(4.0))
    } else {
        let more = more(room.h);
        Rect::new(room.x + inset, room.y - more / 2.0, (room.w - 2.0 * inset).max(4.0), room.h + more)
    })
}

/// Beside a link's connections, where nothing else is written.
fn beside(layout: &Layout, hop: &HopView) -> Option<(f64, f64)> {
    let room = around(layout, hop)?;
    if tubes(layout, hop).any(|tube| tube.upright) {
        return Some((layout.width - PLUS.1 - 4.0, room.middle().1));
    }
    let (left, right) = (layout.cards.get(hop.left.index())?.rect, layout.cards.get(hop.right.index())?.rect);
    let low = left.bottom().min(right.bottom()).max(room.bottom());
    let y = (room.bottom() + PLUS.0 + 10.0).max(low - PLUS.0 - 16.0).min(layout.height - PLUS.0 - 2.0);
    Some((room.middle().0, y))
}
