//! The entries that follow from the segments of a capture: what is received.

use playground_core::rule::Rule;
use playground_core::tcp::{Notice, State, Trigger};
use playground_core::wire::Segment;

use super::connections::{Seen, window};
use super::entries::Writing;

impl Writing {
    /// Writes what follows at the receiver from a segment that arrived with the entry `arrival`.
    pub(super) fn receive(&mut self, one: &Seen, arrival: u32, is_refused: bool) {
        let (place, sender, segment) = (one.connection, one.sender(), &one.segment);
        let at = (place, 1 - sender);
        let flags = segment.flags;
        self.end(at).last_arrival = Some(arrival);
        if flags.is_rst() {
            self.reset(at, arrival);
            return;
        }
        if flags.is_syn() {
            self.synchronize(at, flags.is_ack(), arrival);
        } else if self.end(at).socket.is_none() && self.connections[place as usize].sends[at.1] {
            // It was open before the capture began.
            self.open(at, None, Rule::NotInCapture);
            self.enter(at, State::Established, Trigger::NotCaptured, None, Rule::NotInCapture);
        }
        let end = self.end(at);
        if end.socket.is_none() || matches!(end.state, State::Closed | State::SynSent | State::Listen) {
            return;
        }
        let has_fin = flags.is_fin() && !is_refused;
        let mut fin_acknowledged = false;
        if flags.is_ack() {
            fin_acknowledged = self.acknowledge(at, segment, arrival);
            let window = window(&self.connections[place as usize], sender, segment);
            if self.end(at).peer_window != Some(window) {
                self.end(at).peer_window = Some(window);
                let learned = Notice::PeerWindowChanged { window };
                self.notice(at, learned, Some(arrival), Rule::WindowLearned);
            }
        }
        if !is_refused {
            self.take(at, segment, arrival);
        }
        let end = self.end(at);
        let ends_now = has_fin && !end.end_received && end.peer_fin == Some(end.received);
        if fin_acknowledged && !(end.state == State::FinWait1 && ends_now) {
            self.change(at, Trigger::ReceiveAckOfFin, Some(arrival), Rule::FinAcknowledged);
        }
        self.finish(at, fin_acknowledged, Some(arrival), None);
    }

    fn end(&mut self, (place, side): (u32, usize)) -> &mut super::end::End {
        &mut self.ends[place as usize][side]
    }

    fn reset(&mut self, at: (u32, usize), arrival: u32) {
        let rule = match self.end(at).state {
            State::SynSent => Rule::ConnectionRefused,
            State::SynReceived => Rule::ResetInHandshake,
            _ => Rule::ResetReceived,
        };
        if self.end(at).socket.is_some() {
            self.change(at, Trigger::ReceiveReset, Some(arrival), rule);
        }
    }

    /// A SYN, or a SYN with an ACK, arrives.
    fn synchronize(&mut self, at: (u32, usize), has_ack: bool, arrival: u32) {
        let cause = Some(arrival);
        let end = self.end(at);
        match (end.socket, end.state) {
            (None, _) if at.1 == 1 && !has_ack && self.connections[at.0 as usize].sends[1] => {
                self.open(at, cause, Rule::ListenSyn);
                self.change(at, Trigger::ReceiveSyn, cause, Rule::ListenSyn);
            }
            (Some(_), State::SynSent) if has_ack => {
                self.change(at, Trigger::ReceiveSynAck, cause, Rule::SynSentSynAck);
            }
            (Some(_), State::SynSent) => {
                self.change(at, Trigger::ReceiveSyn, cause, Rule::SimultaneousOpen);
            }
            _ => {}
        }
    }

    /// An ACK arrives; whether it is one of this end's FIN.
    fn acknowledge(&mut self, at: (u32, usize), segment: &Segment, arrival: u32) -> bool {
        let end = self.end(at);
        let Some(acked) = end.offset(segment.ack) else { return false };
        let is_opening = end.state == State::SynReceived;
        let range = end.acknowledged..acked.min(end.sent);
        let fin_acknowledged = end.fin.is_some_and(|fin| acked > fin);
        end.acknowledged = end.acknowledged.max(range.end);
        if is_opening {
            self.change(at, Trigger::ReceiveAckOfSyn, Some(arrival), Rule::SynReceivedAck);
        }
        if !range.is_empty() {
            self.notice(at, Notice::BytesAcknowledged { range }, Some(arrival), Rule::AckAdvances);
        }
        fin_acknowledged
    }

    /// The octets of a segment arrive.
    fn take(&mut self, at: (u32, usize), segment: &Segment, arrival: u32) {
        let peer = &mut self.ends[at.0 as usize][1 - at.1];
        peer.isn.get_or_insert(segment.seq + u32::MAX);
        let Some(start) = peer.offset(segment.seq + u32::from(segment.flags.is_syn())) else { return };
        let range = start..start + segment.payload.len() as u64;
        if segment.flags.is_fin() {
            self.end(at).peer_fin = Some(range.end);
        }
        if range.is_empty() {
            return;
        }
        let end = self.end(at);
        let (is_ahead, had_held) = (range.start > end.received, !end.held.is_empty());
        if let Some(range) = end.receive(range.clone()) {
            let rule = if had_held { Rule::FillsGap } else { Rule::InOrderData };
            self.notice(at, Notice::BytesReceived { range }, Some(arrival), rule);
        } else if is_ahead {
            self.notice(at, Notice::BytesHeld { range }, Some(arrival), Rule::OutOfOrderData);
        }
    }

    /// The peer's FIN, once everything before it is there.
    fn finish(&mut self, at: (u32, usize), fin_acknowledged: bool, cause: Option<u32>, unseen: Option<Rule>) {
        let end = self.end(at);
        let Some(fin) = end.peer_fin.filter(|fin| !end.end_received && end.received >= *fin) else { return };
        end.end_received = true;
        let received = unseen.unwrap_or(Rule::FinReceived);
        self.notice(at, Notice::EndReceived { at: fin }, cause, received);
        let (trigger, rule) = match self.end(at).state {
            State::FinWait1 if fin_acknowledged => (Trigger::ReceiveFinAndAckOfFin, Rule::TimeWait),
            State::FinWait1 => (Trigger::ReceiveFin, Rule::SimultaneousClose),
            State::FinWait2 => (Trigger::ReceiveFin, Rule::TimeWait),
            _ => (Trigger::ReceiveFin, Rule::FinReceived),
        };
        self.change(at, trigger, cause, unseen.unwrap_or(rule));
    }

    /// What one end acknowledges it has, though the capture does not have it.
    pub(super) fn catch_up(&mut self, at: (u32, usize), segment: &Segment) {
        let peer = &self.ends[at.0 as usize][1 - at.1];
        let Some(acked) = segment.flags.is_ack().then(|| peer.offset(segment.ack)).flatten() else { return };
        let fin = peer.fin.filter(|fin| acked > *fin);
        let end = self.end(at);
        end.peer_fin = end.peer_fin.or(fin);
        let octets = end.peer_fin.map_or(acked, |fin| acked.min(fin));
        if octets > end.received {
            let from = end.received;
            if let Some(range) = end.receive(from..octets) {
                self.notice(at, Notice::BytesReceived { range }, None, Rule::NotInCapture);
            }
        }
        self.finish(at, false, None, Some(Rule::NotInCapture));
    }
}
