//! The facts about a socket at the cursor.

use playground_core::event::Waiting;
use playground_core::trace::SocketWorld;
use playground_playback::timer_key;

use super::facts::Fact;
use crate::language::Text;
use crate::view::common::{time_text, words};

/// The socket's facts.
pub(super) fn socket_facts(text: Text, socket: &SocketWorld) -> Vec<Fact> {
    let name = |key: &str| text.plain(key);
    let octets = |count: u64| words::octets(count);
    let mut facts = Vec::new();
    if let Some(tuple) = socket.tuple {
        facts.push(Fact::wire(name("sockets-local"), tuple.local.to_string()));
        facts.push(Fact::wire(name("sockets-remote"), tuple.remote.to_string()));
    }
    if let Some(port) = socket.listening_port {
        facts.push(Fact::wire(name("sockets-local"), format!("*:{port}")));
        return facts;
    }
    facts.push(Fact::words(name("socket-state-since"), time_text::moment(socket.state_since)));
    if let Some((waiting, since)) = socket.waiting.filter(|(waiting, _)| *waiting != Waiting::Nothing) {
        let value = text.get(
            "socket-waits-since",
            &[("waiting", &text.plain(words::waiting_key(waiting))), ("since", &time_text::moment(since))],
        );
        facts.push(Fact::words(name("socket-waits"), value));
    }
    if let Some((belief, _)) = socket.belief {
        facts.push(Fact::words(name("socket-belief"), text.plain(words::belief_key(belief))));
    }
    let unread = socket.received.saturating_sub(socket.read);
    facts.push(Fact::wire(
        name("socket-receive-buffer"),
        format!("{} / {}", octets(unread), octets(socket.receive_capacity as u64)),
    ));
    let unsent = socket.written.saturating_sub(socket.acknowledged);
    facts.push(Fact::wire(
        name("socket-send-buffer"),
        format!("{} / {}", octets(unsent), octets(socket.send_capacity as u64)),
    ));
    if socket.cwnd > 0 {
        facts.push(Fact::wire(name("graphs-window"), octets(u64::from(socket.cwnd))));
    }
    if let Some(threshold) = socket.ssthresh {
        facts.push(Fact::wire(name("graphs-threshold"), octets(u64::from(threshold))));
    }
    facts.push(Fact::wire(name("graphs-flight"), octets(socket.sent.saturating_sub(socket.acknowledged))));
    facts.push(Fact::wire(name("graphs-peer"), octets(u64::from(socket.peer_window))));
    for (timer, (_, expires_at)) in &socket.timers {
        let value = text.get("socket-timer-until", &[("at", &time_text::moment(*expires_at))]);
        facts.push(Fact::words(text.plain(timer_key(*timer)), value));
    }
    if let Some(error) = socket.error {
        facts.push(Fact::wire(name("socket-error"), error.name().to_owned()));
    }
    facts
}
