//! Congestion window, octets in flight and peer window over time.

use std::cmp::Reverse;

use playground_core::time::Instant;
use playground_core::trace::Trace;
use playground_playback::{Dissection, Pace, Packets, Sequence, Series, SocketSeries, Spent};
use yew::prelude::*;

use super::chart::Chart;
use crate::language::use_text;
use crate::rc_eq::RcEq;
use crate::view::common::who::who;
use crate::view::common::width::use_width;
use crate::view::common::words;
use crate::view::spent::spent_bars;

/// Limit on the number of charts.
const MOST: usize = 12;
/// The width until the browser has measured it.
const FIRST_WIDTH: f64 = 640.0;
/// Padding left and right of a chart.
const SIDES: f64 = 40.0;

/// Properties of [`GraphsView`].
#[derive(Properties, PartialEq)]
pub struct GraphsViewProps {
    /// The trace.
    pub trace: RcEq<Trace>,
    /// The dissection of the trace.
    pub dissection: RcEq<Dissection>,
    /// The packet list.
    pub packets: RcEq<Packets>,
    /// The series over time.
    pub series: RcEq<Series>,
    /// Maps simulated time to view time.
    pub pace: RcEq<Pace>,
    /// The simulated time.
    pub now: Instant,
}

/// What is drawn of a sending socket: its windows, and its time-sequence graph where it sent enough for one.
type Charted = (RcEq<SocketSeries>, Option<RcEq<Sequence>>);

/// A chart per sending socket, the one that sends most first.
#[component]
pub fn GraphsView(props: &GraphsViewProps) -> Html {
    let text = use_text();
    let node = use_node_ref();
    let width = use_width(&node).unwrap_or(FIRST_WIDTH);
    let charts =
        use_memo((props.series.clone(), props.packets.clone()), |(series, packets)| -> Vec<Charted> {
            let mut sockets: Vec<&SocketSeries> =
                series.sockets.iter().filter(|socket| !socket.points.is_empty()).collect();
            let sent = |socket: &SocketSeries| {
                socket.points.iter().map(|point| point.acknowledged + point.flight).max().unwrap_or(0)
            };
            // Those that sent most come first.
            sockets.sort_by_key(|socket| Reverse(sent(socket)));
            let charted = sockets.into_iter().take(MOST).map(|series| {
                let sequence = Sequence::of(&props.trace, &props.dissection, packets, series.socket);
                (RcEq::new(series.clone()), sequence.map(RcEq::new))
            });
            charted.collect()
        });
    let spent = use_memo((props.trace.clone(), props.dissection.clone()), |(trace, dissection)| {
        Spent::all(trace, dissection)
    });
    let spent = spent_bars(text, &spent);
    if charts.is_empty() {
        return html! {
            <div class="graphs" ref={node}>{ spent }<p class="graphs-empty">{ text.plain("graphs-empty") }</p></div>
        };
    }
    let hidden = props.series.sockets.len().saturating_sub(charts.len());
    let drawn = charts.iter().map(|(series, sequence)| {
        let sender = who(text, &props.trace, series.socket.node);
        let receiver = props.dissection.peer(series.socket).map(|key| who(text, &props.trace, key.node).name);
        let number = series.connection.map_or(0, playground_playback::ConnectionId::number);
        let receiver = receiver.unwrap_or_default();
        let title = text.get(
            "graphs-of",
            &[("number", &words::circled(number)), ("from", &sender.name), ("to", &receiver)],
        );
        html! {
            <Chart key={u64::from(series.socket.node.0) << 32 | u64::from(series.socket.socket.0)} {title} role={sender.class} series={series.clone()} sequence={sequence.clone()} pace={props.pace.clone()}
                now={props.now} width={(width - SIDES).max(240.0)} />
        }
    });
    html! {
        <div class="graphs" ref={node}>
            { spent }
            { for drawn }
            if hidden > 0 {
                <p class="graphs-more">{ text.get("graphs-more", &[("count", &hidden.to_string())]) }</p>
            }
        </div>
    }
}
