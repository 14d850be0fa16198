//! An answer that a person typed: it is sent as it stands, and the server reads in it what it has promised.

use super::server::OriginServer;
use crate::event::{Belief, Event};
use crate::http::{
    Method, Persistence, RequestHead, ResponseText, client_concludes, parse_response_head,
    response_body_length, server_decides,
};
use crate::node::{CutSpec, Host};
use crate::rule::Rule;
use crate::tcp::SocketId;

impl OriginServer {
    /// Prepares the typed answer to a request.
    ///
    /// The connection persists where the server would keep it and where the typed head lets its reader do so. A head that
    /// cannot be read has no length: the end of the connection ends it.
    pub(super) fn answer_typed(
        &mut self,
        socket: SocketId,
        request: &RequestHead,
        text: &str,
        cut: Option<CutSpec>,
        host: &mut dyn Host,
    ) {
        let Some(connection) = self.connections.get_mut(&socket) else { return };
        let policy = self.spec.policy(connection.answered);
        // A scenario whose texts cannot be read is not run.
        let typed = ResponseText::parse(text).ok().flatten();
        let mut octets = typed.map(|typed| typed.octets().to_vec()).unwrap_or_default();
        let head = parse_response_head(&octets).ok().flatten();
        let read = head.as_ref().and_then(|(head, _)| {
            let framing = response_body_length(&request.method, head).ok()?;
            let own = server_decides(request, framing.length, &policy);
            Some(if own.persists { client_concludes(request, head, &framing) } else { own })
        });
        let decision = read.unwrap_or(Persistence { persists: false, rule: Rule::LengthUnknownCloses });
        let head_len = head.map_or(octets.len(), |(_, length)| length);
        // RFC 9110 section 9.3.2: a response to HEAD has no content.
        if request.method == Method::Head {
            octets.truncate(head_len);
        }
        if let Some(cut) = cut {
            octets.truncate(head_len.saturating_add(cut.after as usize));
            connection.ending = Some(Rule::BreaksOff);
            (connection.ending_by, connection.pause) = (cut.by, cut.pause_us);
        }
        connection.outgoing.push_back(octets.into());
        if !decision.persists {
            connection.ending.get_or_insert(decision.rule);
        }
        host.record(Event::PersistenceDecided { socket, persistence: decision }, decision.rule);
        let belief = if decision.persists { Belief::Persists } else { Belief::ClosesAfterResponse };
        host.believe(socket, belief, decision.rule);
    }
}
