//! The text alternative of the stage.

use playground_playback::{Frame, belief_key};

use crate::node_words::card_title;
use playground_words::{Text, time_text};

use super::{effects, question};

/// A sentence per node and connection: names, states, waits, segments in flight.
pub fn summary(text: Text, frame: &Frame) -> String {
    let mut said = vec![text.get("stage-summary-time", &[("time", &time_text::moment(frame.cursor.at))])];
    for node in &frame.nodes {
        let name = card_title(text, node);
        for socket in node.sockets.iter().filter(|socket| socket.connection.is_some()) {
            let number =
                socket.connection.map(|connection| connection.number().to_string()).unwrap_or_default();
            let arguments =
                [("node", name.as_str()), ("number", number.as_str()), ("state", socket.state.name())];
            said.push(match socket.waiting {
                Some(waiting) => {
                    let waiting = text.plain(waiting.key());
                    text.get(
                        "stage-summary-waits",
                        &[arguments[0], arguments[1], arguments[2], ("waiting", &waiting)],
                    )
                }
                None => text.get("stage-summary-socket", &arguments),
            });
            if let Some(belief) = socket.belief {
                said.push(text.get("stage-belief", &[("belief", &text.plain(belief_key(belief)))]));
            }
        }
        said.extend(node.effects.iter().map(|effect| effects::said(text, &name, effect)));
        said.extend(question::said(text, &name, node, frame.cursor.at));
    }
    if !frame.flights.is_empty() {
        let flights: Vec<&str> = frame.flights.iter().take(6).map(|flight| &*flight.label).collect();
        said.push(text.get("stage-summary-flights", &[("flights", &flights.join(", "))]));
    }
    said.join(" ")
}
