//! What a host says of a connection, what it waits for, and whether two beliefs fit.

use playground_core::event::{Belief, Waiting};
use strum::{IntoStaticStr, VariantArray};

/// A sentence about a connection, by the belief, the end, and what that end does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "kebab-case", prefix = "saying-")]
pub enum Saying {
    /// It was asked to stay; no answer yet.
    Asked,
    /// It was agreed to keep it: the opener may use it again.
    KeptToUse,
    /// It was agreed to keep it: the opener expects the response.
    KeptToAnswer,
    /// It was agreed to keep it: the acceptor expects the next request.
    KeptToServe,
    /// HTTP/1.1 keeps it: the opener may use it again.
    StaysToUse,
    /// HTTP/1.1 keeps it: the opener expects the response.
    StaysToAnswer,
    /// HTTP/1.1 keeps it: the acceptor expects the next request.
    StaysToServe,
    /// The opener expects it to end with the response.
    EndsWithAnswer,
    /// The acceptor ends it with its response.
    EndsAfterMine,
    /// A blind relay follows the server's close.
    Relay,
    /// It is a tunnel.
    Tunnel,
    /// It is over.
    Over,
    /// Nagle's algorithm: a small segment waits for the ACK.
    SmallWaits,
    /// Delayed ACK: it waits for data that could carry it.
    AckWaits,
}

impl Saying {
    /// Its key in the language files: `saying-asked`.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

/// What one host waits for from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray, IntoStaticStr)]
#[strum(serialize_all = "kebab-case", prefix = "waits-for-")]
pub enum WaitsFor {
    /// The connection to open.
    Connection,
    /// The response.
    Response,
    /// The next request.
    Request,
    /// The rest of a message.
    Rest,
    /// The end of the connection.
    Close,
    /// Octets in a tunnel.
    TunnelOctets,
    /// TCP: an ACK, before a small segment may leave.
    Ack,
    /// TCP: data that could carry the ACK.
    Data,
}

impl WaitsFor {
    /// Its key in the language files: `waits-for-response`.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// What a role waits for from the other end; none for what it waits for from itself or its user.
    pub(super) const fn of(waiting: Waiting) -> Option<Self> {
        match waiting {
            Waiting::Connection | Waiting::TlsHandshake => Some(Self::Connection),
            Waiting::Response => Some(Self::Response),
            Waiting::Request => Some(Self::Request),
            Waiting::RestOfRequest | Waiting::RestOfResponse => Some(Self::Rest),
            Waiting::PeerClose | Waiting::ServerClose => Some(Self::Close),
            Waiting::TunnelOctets => Some(Self::TunnelOctets),
            Waiting::Nothing
            | Waiting::ResponseSent
            | Waiting::Processing
            | Waiting::Reading
            | Waiting::NextRequest
            | Waiting::IdleTimeout
            | Waiting::UserAnswer
            | Waiting::FreeConnection
            | Waiting::Address
            | Waiting::NameAnswer
            | Waiting::Echo
            | Waiting::Neighbour
            | Waiting::Restart => None,
        }
    }
}

/// How the beliefs of the two ends of a connection go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Both expect the same.
    Agree,
    /// They cannot both be true.
    Contradict,
}

/// How the beliefs of the two ends of one connection go together; none where one of them is open.
///
/// The question after every message is whether the connection carries another request.
pub const fn fit(one: Belief, other: Belief) -> Option<Fit> {
    /// Whether it carries another request, where the belief says so.
    const fn goes_on(belief: Belief) -> Option<bool> {
        match belief {
            Belief::Persists => Some(true),
            Belief::ClosesAfterResponse | Belief::EndsWhenServerCloses | Belief::Ended => Some(false),
            Belief::AskedToPersist | Belief::Tunnel => None,
        }
    }
    match (one, other) {
        (Belief::Tunnel, Belief::Tunnel) => Some(Fit::Agree),
        // A tunnel carries no requests at all.
        (Belief::Tunnel, Belief::Persists) | (Belief::Persists, Belief::Tunnel) => Some(Fit::Contradict),
        _ => match (goes_on(one), goes_on(other)) {
            (Some(true), Some(true)) | (Some(false), Some(false)) => Some(Fit::Agree),
            (Some(_), Some(_)) => Some(Fit::Contradict),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beliefs_contradict_when_one_end_goes_on_and_the_other_does_not() {
        use Belief::*;
        let contradicting = [
            (Persists, ClosesAfterResponse),
            (Persists, EndsWhenServerCloses),
            (Persists, Tunnel),
            (Persists, Ended),
        ];
        let agreeing = [
            (Persists, Persists),
            (ClosesAfterResponse, ClosesAfterResponse),
            (ClosesAfterResponse, EndsWhenServerCloses),
            (ClosesAfterResponse, Ended),
            (EndsWhenServerCloses, EndsWhenServerCloses),
            (EndsWhenServerCloses, Ended),
            (Ended, Ended),
            (Tunnel, Tunnel),
        ];
        for one in Belief::VARIANTS {
            for other in Belief::VARIANTS {
                let is_in = |pairs: &[(Belief, Belief)]| {
                    pairs.contains(&(*one, *other)) || pairs.contains(&(*other, *one))
                };
                let expected = match (is_in(&agreeing), is_in(&contradicting)) {
                    (true, _) => Some(Fit::Agree),
                    (_, true) => Some(Fit::Contradict),
                    _ => None,
                };
                assert_eq!(fit(*one, *other), expected, "{one:?} {other:?}");
            }
        }
    }
}
