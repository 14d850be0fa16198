//! Every rule of the core is the reason of an entry: in a lesson, or in one of the stories beside the lessons.

#[path = "../../../core/tests/support/mod.rs"]
mod support;

mod http_stories;
mod network_stories;
mod tcp_stories;
mod uses;

use std::collections::BTreeSet;

use playground_core::rule::Rule;
use playground_core::trace::Trace;
use playground_lessons::{KnobKind, KnobValues, all};
use serde_json::Value;
use support::Pair;
use uses::Use;

/// The rules that decided something.
#[derive(Default)]
struct Reasons {
    /// Their keys.
    rules: BTreeSet<String>,
    /// What they decided.
    uses: BTreeSet<Use>,
}

/// A short run, and the rules that decided in it.
type Story = fn() -> Reasons;

/// The rules that no setting of a lesson's knobs brings about, each with a story in which it decides something.
const BEYOND_THE_LESSONS: &[(Rule, Story)] = &[
    (Rule::Intervention, network_stories::cable_pulled),
    (Rule::LinkCut, network_stories::cable_pulled),
    (Rule::LinkDuplicates, network_stories::segment_doubled),
    (Rule::HostCrashes, network_stories::server_without_power),
    (Rule::HostStarts, network_stories::server_without_power),
    (Rule::ForgedReset, network_stories::reset_forged),
    (Rule::OutsideHost, network_stories::client_outside),
    (Rule::InterruptedCall, network_stories::call_interrupted),
    (Rule::ServerRestarts, http_stories::server_restarted),
    (Rule::PortUnreachable, network_stories::no_name_server_on_the_host),
    (Rule::DnsNameError, network_stories::unknown_name),
    (Rule::DnsRetry, network_stories::name_server_off),
    (Rule::DnsGivenUp, network_stories::name_server_off),
    (Rule::NoRoute, network_stories::no_way_to_the_server),
    (Rule::SimultaneousOpen, tcp_stories::simultaneous_open),
    (Rule::BacklogFull, tcp_stories::backlog_full),
    (Rule::AddressInUse, tcp_stories::port_taken),
    (Rule::LingerTime, tcp_stories::close_that_lingers),
    (Rule::PartlyOldSegment, tcp_stories::partly_old_segment),
    (Rule::AckOfUnsent, tcp_stories::ack_of_unsent_data),
    (Rule::BadAckInHandshake, tcp_stories::bad_ack_in_syn_sent),
    (Rule::PartialAck, tcp_stories::two_losses_in_a_window),
    (Rule::LimitedTransmit, tcp_stories::limited_transmit),
    (Rule::UserTimeout, tcp_stories::peer_gone),
    (Rule::KeepaliveIdle, tcp_stories::keepalive),
    (Rule::KeepaliveProbe, tcp_stories::keepalive),
    (Rule::KeepaliveTimeout, tcp_stories::keepalive),
    (Rule::UnreachableWhileOpening, tcp_stories::unreachable_while_opening),
    (Rule::TimeWaitAnswer, tcp_stories::fin_in_time_wait),
    (Rule::AckRepeatsFin, tcp_stories::ack_repeats_fin),
    (Rule::ListenerClosed, tcp_stories::listener_closed),
    (Rule::ResetInHandshake, tcp_stories::reset_in_syn_received),
    (Rule::ChallengeAck, tcp_stories::reset_inside_the_window),
    (Rule::SynInWindow, tcp_stories::syn_on_an_open_connection),
    (Rule::ConnectTunnel, http_stories::tunnel),
    (Rule::ChunkedOverLength, http_stories::chunked_with_a_length),
    (Rule::FaultyFraming, http_stories::two_lengths),
    (Rule::MalformedMessage, http_stories::malformed_field),
    (Rule::ErrorCloses, http_stories::malformed_field),
    (Rule::TrailerField, http_stories::trailer_field),
    (Rule::HostStays, http_stories::named_and_needed),
    (Rule::LengthStays, http_stories::named_and_needed),
    (Rule::MaxForwards, http_stories::options_with_max_forwards),
    (Rule::InterimResponse, http_stories::early_hints),
    (Rule::ExpectContinue, http_stories::invited_body),
    (Rule::BodyUninvited, http_stories::uninvited_body),
    (Rule::Tunnel, http_stories::tunnel_of_a_proxy),
    (Rule::ProtocolSwitched, http_stories::upgrade),
    (Rule::MethodNotImplemented, http_stories::unknown_method),
    (Rule::ServerOptions, http_stories::options_with_max_forwards),
    (Rule::LoopBack, http_stories::trace_request),
    (Rule::AbsoluteForm, http_stories::origin_form_to_a_proxy),
    (Rule::NoCache, http_stories::no_cache),
    (Rule::RequestMaxAge, http_stories::request_max_age),
    (Rule::SharedMaxAge, http_stories::shared_max_age),
    (Rule::Expires, http_stories::expires),
    (Rule::HeuristicLifetime, http_stories::heuristic_lifetime),
    (Rule::NoLifetime, http_stories::no_lifetime),
    (Rule::NotCacheable, http_stories::not_cacheable),
    (Rule::PrivateResponse, http_stories::private_response),
    (Rule::AuthorizationNotStored, http_stories::authorization),
    (Rule::UnsafeInvalidates, http_stories::post_after_get),
    (Rule::LingeringClose, http_stories::upload_too_large),
    (Rule::ContentTooLarge, http_stories::upload_too_large),
    (Rule::EarlyAnswer, http_stories::upload_too_large),
    (Rule::ClientGone, http_stories::client_gone),
    (Rule::PoolFull, http_stories::shared_pool),
    (Rule::QueueTimeout, http_stories::shared_pool),
    (Rule::BadGateway, http_stories::server_refuses),
    (Rule::RequestTimeout, http_stories::response_timeout),
    (Rule::NeverProcessed, http_stories::requests_behind_a_close),
    (Rule::ReusedConnectionLost, http_stories::kept_connection_closed_over_a_get),
    (Rule::ProxyDoesNotRepeat, http_stories::kept_connection_closed_over_a_post),
    (Rule::NoRetries, http_stories::no_retries),
    (Rule::RetriedEnough, http_stories::requests_behind_a_close),
];

/// The rules that only captures of real networks need: held by `crates/capture/tests/open.rs`.
const OF_CAPTURES: [Rule; 2] = [Rule::NotInCapture, Rule::EstimatedTime];

/// The rules that a trace names: its entries' reasons, and those of the decisions that entries describe.
fn reasons(trace: &Trace) -> Reasons {
    let mut named = BTreeSet::new();
    let mut uses = BTreeSet::new();
    for entry in &trace.entries {
        uses.insert(Use::of(trace, entry));
        let mut values = vec![serde_json::to_value(entry).expect("an entry is plain data")];
        while let Some(value) = values.pop() {
            match value {
                Value::Object(members) => {
                    values.extend(members.into_iter().filter_map(|(name, value)| match value {
                        Value::String(rule) if name == "rule" => {
                            named.insert(rule);
                            None
                        }
                        value => Some(value),
                    }))
                }
                Value::Array(items) => values.extend(items),
                _ => {}
            }
        }
    }
    Reasons { rules: named, uses }
}

/// The rules that two stacks name: those of their segments and of their notices.
fn reasons_of_pair(pair: &Pair) -> Reasons {
    let segments = pair.wires.iter().map(|wire| wire.rule);
    let notices = pair.notices.iter().map(|(.., rule)| *rule);
    Reasons { rules: segments.chain(notices).map(str::to_owned).collect(), uses: BTreeSet::new() }
}

/// The rules of every lesson, with its knobs at their defaults and at every other value.
fn of_the_lessons() -> Reasons {
    let mut all_reasons = Reasons::default();
    for lesson in all() {
        let defaults = KnobValues::defaults(lesson);
        let mut settings = vec![defaults.clone()];
        for knob in lesson.knobs {
            if let KnobKind::Choice { values, .. } = knob.kind {
                settings.extend(values.iter().map(|value| {
                    let mut changed = defaults.clone();
                    changed.set(lesson, knob.id, value).expect("a value of the knob");
                    changed
                }));
            }
        }
        for values in settings {
            let mut found = reasons(&lesson.run(&values).expect("it runs").trace);
            all_reasons.rules.append(&mut found.rules);
            all_reasons.uses.append(&mut found.uses);
        }
    }
    all_reasons
}

#[test]
fn every_rule_is_a_reason_in_a_lesson_or_has_a_story_and_each_is_the_reason_of_what_it_is_for() {
    let Reasons { rules: named, mut uses } = of_the_lessons();
    let missing = Rule::ALL.iter().filter(|rule| !OF_CAPTURES.contains(rule)).map(|rule| rule.key());
    let missing: BTreeSet<_> = missing.filter(|key| !named.contains(*key)).collect();
    let in_stories: BTreeSet<_> = BEYOND_THE_LESSONS.iter().map(|(rule, _)| rule.key()).collect();
    let without: Vec<_> = missing.difference(&in_stories).collect();
    let needless: Vec<_> = in_stories.difference(&missing).collect();
    assert_eq!(
        missing, in_stories,
        "in no lesson and without a story: {without:?}; with a story and in a lesson: {needless:?}"
    );
    let mut unnamed = Vec::new();
    for (rule, story) in BEYOND_THE_LESSONS {
        let mut found = story();
        if !found.rules.contains(rule.key()) {
            unnamed.push(rule.key());
        }
        uses.append(&mut found.uses);
    }
    assert!(unnamed.is_empty(), "not named by their stories: {unnamed:?}");
    uses::check(&uses);
}
