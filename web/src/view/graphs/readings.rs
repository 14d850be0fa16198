//! The legend of a chart, with the current values.

use playground_playback::SeriesPoint;
use yew::prelude::*;

use crate::language::Text;
use crate::view::common::words;

/// Each curve's stroke, name and value.
pub(super) fn readings(text: Text, point: Option<&SeriesPoint>) -> Html {
    let reading = |class: &'static str, key: &str, value: Option<u64>| {
        html! {
            <span class={classes!("reading", class)}>
                <svg viewBox="0 0 22 10" aria-hidden="true">
                    if class == "is-flight" {
                        <rect class="graph-area" y="2" width="22" height="8" />
                    }
                    <path class={classes!("graph-line", class)} d={if class == "is-flight" { "M0 2H22" } else { "M0 5H22" }} />
                </svg>
                <span class="reading-name">{ text.plain(key) }</span>
                <b>{ value.map_or_else(|| "–".to_owned(), words::octets) }</b>
            </span>
        }
    };
    html! {
        <p class="readings">
            { reading("is-window", "graphs-window", point.map(|point| u64::from(point.cwnd))) }
            { reading("is-flight", "graphs-flight", point.map(|point| point.flight)) }
            { reading("is-peer", "graphs-peer", point.map(|point| u64::from(point.peer_window))) }
            if let Some(threshold) = point.and_then(|point| point.ssthresh) {
                { reading("is-threshold", "graphs-threshold", Some(u64::from(threshold))) }
            }
        </p>
    }
}
