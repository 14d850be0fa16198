//! Every message key derived from the core's enums exists.

use playground_core::event::{Belief, DropReason, Waiting};
use playground_core::rule::Rule;
use playground_core::tcp::Timer;
use playground_playback::{TimerKind, TimerView};
use strum::VariantArray;

use crate::language::{Language, Text};

use super::words;

#[test]
fn every_rule_has_its_sentence() {
    let text = Text::new(Language::English);
    let missing: Vec<_> =
        Rule::ALL.iter().map(|rule| rule.key()).filter(|key| !text.has(&format!("rule-{key}"))).collect();
    assert!(missing.is_empty(), "no message `rule-...` in English for {missing:?}");
}

#[test]
fn every_wait_and_timer_has_a_long_and_a_short_name() {
    let text = Text::new(Language::English);
    let timer = |kind| TimerView { kind, set_at: Default::default(), expires_at: Default::default() };
    let waits = || Waiting::VARIANTS.iter().copied();
    let timers =
        Timer::VARIANTS.iter().copied().map(TimerKind::Tcp).chain(waits().map(TimerKind::Application));
    let keys = timers.map(|kind| timer(kind).key()).chain(waits().map(words::waiting_key));
    for key in keys {
        assert!(text.has(key), "{key}");
        assert!(text.has(&format!("{key}.short")), "{key}.short");
    }
}

#[test]
fn every_belief_and_drop_reason_has_a_message() {
    let text = Text::new(Language::English);
    let beliefs = Belief::VARIANTS.iter().copied().map(words::belief_key);
    let losses = DropReason::VARIANTS.iter().copied().map(words::drop_key);
    for key in beliefs.chain(losses) {
        assert!(text.has(key), "{key}");
    }
}
