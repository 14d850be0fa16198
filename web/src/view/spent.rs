//! The time of each request as a bar, each kind with its name, duration and share.

use playground_core::time::Duration;
use playground_playback::{Spent, SpentKind, SpentPart};
use strum::VariantArray;
use yew::prelude::*;

use crate::language::Text;
use crate::view::common::time_text;

/// Requests that are drawn at most.
const MOST: usize = 12;

/// The bars of the requests and the lists below them.
pub fn spent_bars(text: Text, requests: &[Spent]) -> Html {
    requests.iter().take(MOST).map(|spent| spent_bar(text, spent)).collect()
}

fn spent_bar(text: Text, spent: &Spent) -> Html {
    let total = spent.total().as_micros().max(1);
    let pieces = spent.parts.iter().map(|part| {
        let span = part.span().as_micros();
        let width = format!("inline-size:{}.{:02}%", span * 100 / total, span * 10_000 / total % 100);
        html! { <span class={format!("spent-piece is-{}", part.kind.key())} ~style={width} /> }
    });
    let shares = spent.shares();
    let lines = SpentKind::VARIANTS.iter().filter_map(|kind| {
        let of_kind = |part: &SpentPart| part.kind == *kind;
        let share: u32 =
            spent.parts.iter().zip(&shares).filter(|(part, _)| of_kind(part)).map(|(_, share)| share).sum();
        let span = spent.spent_on(*kind);
        (span > Duration::ZERO).then(|| line(text, *kind, span, format!("{share} %")))
    });
    // Closing the connection is not part of the response time.
    let close = spent.close.map(|part| line(text, part.kind, part.span(), String::new()));
    let title = text
        .get("spent-title", &[("request", spent.title.as_str()), ("total", &time_text::span(spent.total()))]);
    html! {
        <section class="spent">
            <h3>{ title }</h3>
            <div class="spent-bar" aria-hidden="true">{ for pieces }</div>
            <ul role="list">{ for lines }{ close }</ul>
        </section>
    }
}

fn line(text: Text, kind: SpentKind, span: Duration, share: String) -> Html {
    html! {
        <li>
            <i class={format!("spent-mark is-{}", kind.key())} aria-hidden="true" />
            <b>{ text.plain(kind.key()) }</b>
            <span>{ time_text::span(span) }</span>
            <span class="spent-share">{ share }</span>
        </li>
    }
}
