//! How many of a node's ephemeral ports are taken.

use playground_playback::SocketTable;
use yew::prelude::*;

use crate::language::Text;

/// A bar of the ephemeral ports: in use, held by TIME-WAIT alone, free; and the same in words.
pub(super) fn ports(text: Text, table: &SocketTable) -> Html {
    let all = table.ephemeral_count();
    let used = u32::try_from(table.ports_in_use.len()).unwrap_or(u32::MAX);
    if used == 0 || all == 0 {
        return Html::default();
    }
    let waiting =
        u32::try_from(table.ports_in_use.iter().filter(|(_, waits)| *waits).count()).unwrap_or(u32::MAX);
    let share = |count: u32| format!("inline-size:{:.2}%", f64::from(count) / f64::from(all) * 100.0);
    let (first, last) = table.ephemeral_ports;
    let [first, last, all_text, used_text, waiting_text] =
        [u32::from(first), u32::from(last), all, used, waiting].map(|number| number.to_string());
    let mut words = text.get(
        "sockets-ports",
        &[("first", &first), ("last", &last), ("used", &used_text), ("all", &all_text)],
    );
    if waiting > 0 {
        words.push_str(&text.get("sockets-ports-waiting", &[("waiting", &waiting_text)]));
    }
    html! {
        <div class="socket-ports">
            <span class="ports-bar" aria-hidden="true">
                <i class="ports-live" ~style={share(used - waiting)} />
                <i class="ports-waiting" ~style={share(waiting)} />
            </span>
            <span>{ words }</span>
        </div>
    }
}
