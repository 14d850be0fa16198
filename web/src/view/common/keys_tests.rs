//! Every message key derived from the core's enums exists.

use playground_core::event::{Belief, DropReason, Waiting};
use playground_core::rule::Rule;
use playground_core::tcp::Timer;
use playground_playback::{TimerKind, TimerView};

use crate::language::{Language, Text};

use super::words;

const WAITS: [Waiting; 12] = [
    Waiting::Nothing,
    Waiting::Connection,
    Waiting::Response,
    Waiting::Request,
    Waiting::RestOfMessage,
    Waiting::PeerClose,
    Waiting::ServerClose,
    Waiting::Processing,
    Waiting::Reading,
    Waiting::NextRequest,
    Waiting::IdleTimeout,
    Waiting::UserAnswer,
];

#[test]
fn every_rule_has_its_sentence() {
    let text = Text::new(Language::English);
    let missing: Vec<_> =
        Rule::ALL.iter().map(|rule| rule.key()).filter(|key| !text.has(&format!("rule-{key}"))).collect();
    assert!(missing.is_empty(), "no sentence for {missing:?}");
}

#[test]
fn every_wait_and_timer_has_a_long_and_a_short_name() {
    let text = Text::new(Language::English);
    let timer = |kind| TimerView { kind, set_at: Default::default(), expires_at: Default::default() };
    let timers = Timer::ALL.map(TimerKind::Tcp).into_iter().chain(WAITS.map(TimerKind::Application));
    let keys = timers.map(|kind| timer(kind).key()).chain(WAITS.map(words::waiting_key));
    for key in keys {
        assert!(text.has(key), "{key}");
        assert!(text.has(&format!("{key}.short")), "{key}.short");
    }
}

#[test]
fn every_belief_and_drop_reason_has_a_message() {
    let text = Text::new(Language::English);
    let beliefs = [
        Belief::Persists,
        Belief::AskedToPersist,
        Belief::ClosesAfterResponse,
        Belief::EndsWhenServerCloses,
        Belief::Ended,
    ];
    let losses = [
        DropReason::Scripted,
        DropReason::Random,
        DropReason::Corrupted,
        DropReason::QueueFull,
        DropReason::LinkDown,
    ];
    for key in beliefs.map(words::belief_key).into_iter().chain(losses.map(words::drop_key)) {
        assert!(text.has(key), "{key}");
    }
}
