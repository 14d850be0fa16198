//! The variants that a lesson compares, on one time axis, with the data and ACKs that TCP held back.

use playground_core::event::Event;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_core::wire::Packet;
use playground_lessons::{LessonText, Run, Value, Ways};
use playground_playback::{Held, RoleKind, holds};
use yew::prelude::*;

use crate::language::Text;

/// A row per variant: its name, its duration, and bars for the data and the ACKs held back.
pub(super) fn compared(text: Text, words: &LessonText, ways: &Ways) -> Html {
    let spans: Vec<_> = ways.runs.iter().filter_map(|run| Some((run, span(&run.trace)?))).collect();
    let longest = spans.iter().map(|(_, (from, to))| to.since(*from)).max().unwrap_or_default();
    let rows = spans.iter().map(|(run, (from, to))| {
        let part = |length: Duration| percent(length, longest);
        let bars = holds(&run.trace).into_iter().filter(|hold| hold.from >= *from && hold.to <= *to).map(|hold| {
            let node = run.trace.scenario.nodes.get(hold.node.index());
            let role = match node.map(RoleKind::of) {
                Some(RoleKind::Client) => "role-client",
                _ => "role-server",
            };
            let row = if hold.held == Held::Data { "is-data" } else { "is-ack" };
            let (start, length) = (part(hold.from.since(*from)), part(hold.to.since(hold.from)));
            html! {
                <i class={classes!(role, row)} ~style={format!("inset-inline-start:{start}%;inline-size:{length}%")} />
            }
        });
        let name: Vec<String> = ways.knobs.iter().filter_map(|knob| named(words, run, knob)).collect();
        let time = to.since(*from);
        html! {
            <li>
                <span class="way-name">{ name.join(" · ") }</span><b>{ Value::Span(time).show(text.language()) }</b>
                <span class="way-clock" ~style={format!("inline-size:{}%", part(time))}>{ for bars }</span>
            </li>
        }
    });
    html! {
        <div class="ways">
            <ul>{ for rows }</ul>
            <p><i class="role-client" />{ text.plain("ways-data") }</p>
            <p><i class="role-server" />{ text.plain("ways-ack") }</p>
        </div>
    }
}

/// A knob and its value in a run, in the lesson's words.
fn named(words: &LessonText, run: &Run, knob: &str) -> Option<String> {
    let knob = words.knob(knob)?;
    let (_, value) = knob.values.iter().find(|(value, _)| run.values.is(&knob.id, value))?;
    Some(format!("{}: {value}", knob.label))
}

/// From the first data to the end of the last transaction.
fn span(trace: &Trace) -> Option<(Instant, Instant)> {
    let is_data = |event: &Event| matches!(event, Event::PacketSent { packet: Packet::Segment(segment), .. } if !segment.payload.is_empty());
    let is_done = |event: &Event| matches!(event, Event::TransactionCompleted { .. });
    let from = trace.entries.iter().find(|entry| is_data(&entry.event))?.at;
    let to = trace.entries.iter().rev().find(|entry| is_done(&entry.event))?.at;
    Some((from, to))
}

/// A part in tenths of a percent, as CSS writes it.
fn percent(part: Duration, whole: Duration) -> String {
    let tenths = part.as_micros() * 1_000 / whole.as_micros().max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}
