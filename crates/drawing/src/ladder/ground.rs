//! The background of the ladder: times, lifelines, waits, compressed stretches.

use playground_words::time_text;

use super::bars::BarPlan;
use super::lanes::Lane;
use super::plan::Plan;
use super::window::Window;
use super::zigzags::ZigzagPlan;
use crate::element::Element;
use crate::number::{px, translate};
use crate::parts::baseline;

/// The parts that lie below the arrows.
pub(super) fn ground(plan: &Plan, window: Window) -> Element {
    let form = plan.form;
    let zigzags = || plan.zigzags.iter();
    let ticks = plan.ticks.iter().filter_map(|tick| {
        let y = form.y(tick.y);
        window.holds(y - form.small / 2.0, y + form.small / 2.0).then(|| {
            let first = plan.lanes.first().map_or(form.gutter, |lane| lane.x);
            let time = Element::text(
                form.gutter - 8.0,
                baseline(y, form.small),
                form.small,
                time_text::axis(tick.at),
            );
            Element::group("ladder-time")
                .add(Element::line((form.gutter - 2.0, y), (first, y)).class("ladder-tick"))
                .add(time.class("mono quiet").anchor("end"))
        })
    });
    Element::group("ladder-ground")
        .with("aria-hidden", "true")
        .add_all(zigzags().filter_map(|zigzag| torn(plan, zigzag, window)))
        .add_all(ticks)
        .add_all(plan.lanes.iter().map(|lane| lifeline(plan, lane, window)))
        .add_all(plan.bars.iter().filter_map(|bar| wait(plan, bar, window)))
        .add_all(zigzags().map(|zigzag| told(plan, zigzag, window)))
}

/// A lifeline: solid, dotted where time is compressed.
fn lifeline(plan: &Plan, lane: &Lane, window: Window) -> Element {
    let (start, end) = (window.top.max(0.0), window.bottom.min(plan.height));
    let mut y = start;
    let (mut solid, mut dotted) = (String::new(), String::new());
    for zigzag in plan.zigzags.iter().filter(|zigzag| zigzag.bottom > start && zigzag.top < end) {
        let top = zigzag.top.max(y);
        solid.push_str(&format!("M{} {} V{}", px(lane.x), px(y), px(top)));
        dotted.push_str(&format!("M{} {} V{}", px(lane.x), px(top), px(zigzag.bottom.min(end))));
        y = zigzag.bottom;
    }
    if y < end {
        solid.push_str(&format!("M{} {} V{}", px(lane.x), px(y), px(end)));
    }
    let group = Element::group(lane.class).add(Element::path(solid).class("lifeline"));
    if dotted.is_empty() { group } else { group.add(Element::path(dotted).class("lifeline is-dotted")) }
}

fn wait(plan: &Plan, bar: &BarPlan, window: Window) -> Option<Element> {
    let small = plan.form.small;
    let (top, bottom) = window.part(bar.y, bar.y + bar.h)?;
    let class = format!("ladder-wait {}{}", bar.class, if bar.slim { " is-slim" } else { "" });
    let band = Element::rect(bar.x, top, bar.w, bottom - top).number("rx", (bar.w / 2.0).min(4.0));
    let words =
        bar.words.iter().filter(|words| window.holds(words.y - words.w / 2.0, words.y + words.w / 2.0));
    let words = words.map(|words| {
        let turn = format!("{} rotate(-90)", translate(baseline(bar.x + bar.w / 2.0, small), words.y));
        Element::text(0.0, 0.0, small, words.text.clone()).anchor("middle").with("transform", turn)
    });
    let mut group = Element::group(&class).entry(bar.entry).add(band).add_all(words);
    group.selects = Some(bar.selects);
    Some(group)
}

/// The band of a compressed interval, torn at both edges, and a zigzag on the time axis.
fn torn(plan: &Plan, zigzag: &ZigzagPlan, window: Window) -> Option<Element> {
    let form = plan.form;
    let tooth = form.small * 0.75;
    let left = form.gutter - 2.0;
    let count = ((plan.width - left) / tooth).floor() as i32;
    // An edge that is out of sight is straight.
    let edge = |y: f64| {
        let is_seen = window.holds(y, y + tooth * 0.5);
        let y = y.clamp(window.top, window.bottom);
        let point = move |step: i32| {
            let down = if is_seen && step % 2 != 0 { tooth * 0.5 } else { 0.0 };
            format!("{} {}", px(left + f64::from(step) * tooth), px(y + down))
        };
        ((0..=count).map(point).collect::<Vec<String>>(), is_seen)
    };
    window.part(zigzag.top, zigzag.bottom)?;
    let (top, bottom) = (zigzag.top + tooth * 0.25, zigzag.bottom - tooth * 0.75);
    let ((along, starts), (back, ends)) = (edge(top), edge(bottom));
    let area: Vec<String> = along.iter().cloned().chain(back.iter().rev().cloned()).collect();
    let edges = [(along, starts), (back, ends)].into_iter().filter(|(_, is_seen)| *is_seen);
    let edges: String = edges.map(|(points, _)| format!("M{}", points.join(" L"))).collect();
    let middle = f64::midpoint(top, bottom);
    let mut group = Element::group("ladder-torn")
        .add(Element::path(format!("M{} Z", area.join(" L"))).class("torn-ground"))
        .add(Element::path(edges).class("torn-edge"));
    if window.holds(middle - form.small / 2.0, middle + form.small / 2.0) {
        let sign = axis_sign(form.gutter - 8.0 - form.small * 2.6, middle, form.small);
        group = group.add(Element::path(sign).class("axis-zigzag"));
    }
    Some(group)
}

/// A zigzag from (x, y) to the right.
fn axis_sign(x: f64, y: f64, size: f64) -> String {
    let step = size * 0.43;
    let points: Vec<String> = (0..=6)
        .map(|place| {
            let rise = match place {
                0 | 6 => 0.0,
                odd if odd % 2 == 1 => -step * 0.9,
                _ => step * 0.9,
            };
            format!("{} {}", px(x + f64::from(place) * step), px(y + rise))
        })
        .collect();
    format!("M{}", points.join(" L"))
}

/// The labels in a compressed interval.
fn told(plan: &Plan, zigzag: &ZigzagPlan, window: Window) -> Element {
    let form = plan.form;
    let line = |x: f64, y: f64, words: &str| {
        window
            .holds(y - form.line / 2.0, y + form.line / 2.0)
            .then(|| Element::text(x, baseline(y, form.small), form.small, words))
    };
    let length = zigzag.words.as_ref().and_then(|(words, (x, y))| line(*x, *y, words));
    let length = length.map(|text| text.class("quiet").anchor("middle"));
    let waits = zigzag.waits.iter().filter_map(|(class, x, y, words)| {
        Some(line(*x, *y, words)?.class(format!("ladder-wait-word {class}")))
    });
    Element::group("ladder-told").add_all(length).add_all(waits)
}
