//! Labels of triggers.

use playground_core::tcp::Trigger;

use crate::language::Text;

/// The message key of a trigger; its attribute `.sends` names the segment sent.
const fn key(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::ActiveOpen => "trigger-active-open",
        Trigger::PassiveOpen => "trigger-passive-open",
        Trigger::ReceiveSyn => "trigger-receive-syn",
        Trigger::ReceiveSynAck => "trigger-receive-syn-ack",
        Trigger::ReceiveAckOfSyn => "trigger-receive-ack-of-syn",
        Trigger::Close => "trigger-close",
        Trigger::ReceiveFin => "trigger-receive-fin",
        Trigger::ReceiveAckOfFin => "trigger-receive-ack-of-fin",
        Trigger::ReceiveFinAndAckOfFin => "trigger-receive-fin-and-ack-of-fin",
        Trigger::TimeWaitTimeout => "trigger-time-wait-timeout",
        Trigger::ReceiveNewSyn => "trigger-receive-new-syn",
        Trigger::ReceiveReset => "trigger-receive-reset",
        Trigger::SendReset => "trigger-send-reset",
        Trigger::UserTimeout => "trigger-user-timeout",
        Trigger::ReceiveUnreachable => "trigger-receive-unreachable",
        Trigger::FinWait2Timeout => "trigger-fin-wait-2-timeout",
        Trigger::NotCaptured => "trigger-not-captured",
    }
}

/// The label of the segment sent on a trigger, if any. Closing a listening socket or an unanswered SYN sends none.
const fn sends(trigger: Trigger, sends_fin: bool) -> Option<&'static str> {
    match trigger {
        Trigger::ActiveOpen => Some("SYN"),
        Trigger::ReceiveSyn => Some("SYN,ACK"),
        Trigger::ReceiveSynAck | Trigger::ReceiveFin | Trigger::ReceiveFinAndAckOfFin => Some("ACK"),
        Trigger::Close if sends_fin => Some("FIN"),
        Trigger::SendReset => Some("RST"),
        _ => None,
    }
}

/// A trigger in a few words, with what it sends: `close() / FIN`.
pub(super) fn trigger_words(text: Text, trigger: Trigger, sends_fin: bool) -> String {
    let happens = text.plain(key(trigger));
    match sends(trigger, sends_fin) {
        Some(segment) => format!("{happens} / {segment}"),
        None => happens,
    }
}

/// Whether a trigger ends a connection from almost anywhere.
pub(super) const fn is_abrupt(trigger: Trigger) -> bool {
    matches!(
        trigger,
        Trigger::ReceiveReset
            | Trigger::SendReset
            | Trigger::UserTimeout
            | Trigger::ReceiveUnreachable
            | Trigger::FinWait2Timeout
    )
}

/// A section of the transition table as a source.
pub(super) fn source(section: &str) -> String {
    if section.starts_with(|first: char| first.is_ascii_digit()) {
        format!("RFC 9293 §{section}")
    } else {
        section.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use playground_core::tcp::TRANSITIONS;

    use super::*;
    use crate::language::Language;

    #[test]
    fn every_trigger_of_the_table_has_a_label() {
        for edge in TRANSITIONS {
            assert!(Text::new(Language::Korean).has(key(edge.trigger)), "{:?}", edge.trigger);
        }
    }
}
