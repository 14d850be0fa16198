//! The time of a transaction as one bar, each part with its name, duration and share.

use playground_core::time::Duration;
use playground_playback::{Spent, SpentKind, SpentPart};
use yew::prelude::*;

use crate::language::Text;
use crate::view::common::time_text;

/// The bar and the list below it.
pub fn spent_bar(text: Text, spent: &Spent) -> Html {
    let end = spent.parts.last().map_or(spent.until, |part| part.until);
    let whole = micros(end.since(spent.from)).max(1);
    let total = micros(spent.total()).max(1);
    let parts: Vec<&SpentPart> = spent.parts.iter().filter(|part| part.until > part.from).collect();
    let span = |part: &SpentPart| micros(part.until.since(part.from));
    let pieces = parts.iter().map(|part| {
        let width =
            format!("inline-size:{}.{:02}%", span(part) * 100 / whole, span(part) * 10_000 / whole % 100);
        html! { <span class={format!("spent-piece is-{}", part.kind.key())} ~style={width} /> }
    });
    let lines = parts.iter().map(|part| {
        // Closing the connection is not part of the response time.
        let share = if part.kind == SpentKind::Close {
            String::new()
        } else {
            format!("{} %", (span(part) * 100 + total / 2) / total)
        };
        html! {
            <li>
                <i class={format!("spent-mark is-{}", part.kind.key())} aria-hidden="true" />
                <b>{ text.plain(part.kind.key()) }</b>
                <span>{ time_text::span(part.until.since(part.from)) }</span>
                <span class="spent-share">{ share }</span>
            </li>
        }
    });
    let title = text.get("spent-title", &[("total", &time_text::span(spent.total()))]);
    html! {
        <section class="spent">
            <h3>{ title }</h3>
            <div class="spent-bar" aria-hidden="true">{ for pieces }</div>
            <ul role="list">{ for lines }</ul>
        </section>
    }
}

fn micros(span: Duration) -> u64 {
    span.as_micros()
}
