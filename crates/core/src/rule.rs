//! Every rule that decides something in the model, by name, with the clause it comes from.
//!
//! A trace entry names the rule that decided it; the page shows the clause and, from its own language
//! files, a sentence per rule. The text stays outside the core.

use core::fmt;

use serde::{Serialize, Serializer};

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $source:literal;)*) => {
        /// A rule of a specification (or of the book) that decided something.
        ///
        /// Source: each rule names its own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Rule {
            $(#[doc = concat!($source, ": `", $key, "`.")] $(#[$doc])* $name,)*
        }

        impl Rule {
            /// All rules, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The rule's stable name: the key of its sentence in the language files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The clause, `RFC 9293 §3.5`, or the system: `Linux listen(2)`, `Observed`, `Scenario`.
            pub const fn source(self) -> &'static str {
                match self { $(Self::$name => $source,)* }
            }
        }
    };
}

rules! {
    // Scenario
    Intervention = "intervention", "Scenario";
    LinkDelay = "link-delay", "Scenario";
    LinkLoss = "link-loss", "Scenario";
    LinkCut = "link-cut", "Scenario";
    QueueFull = "queue-full", "Scenario";
    Application = "application", "Scenario";
    ServerRestarts = "server-restarts", "Scenario";
    BlockingCall = "blocking-call", "Linux socket(7)";
    // Before and beside TCP
    SwitchForwards = "switch-forwards", "IEEE 802.1D §7.7";
    SwitchFloods = "switch-floods", "IEEE 802.1D §7.7";
    RouterForwards = "router-forwards", "RFC 1812 §5.2.1";
    NeighbourSilent = "neighbour-silent", "RFC 1122 §2.3.2.2";
    DestinationUnreachable = "destination-unreachable", "RFC 1812 §5.2.7.1";
    PortUnreachable = "port-unreachable", "RFC 1122 §3.2.2.1";
    EchoAnswered = "echo-answered", "RFC 1122 §3.2.2.6";
    HostOff = "host-off", "Scenario";
    DhcpDiscover = "dhcp-discover", "RFC 2131 §4.4.1";
    DhcpOffer = "dhcp-offer", "RFC 2131 §4.3.1";
    DhcpRequest = "dhcp-request", "RFC 2131 §4.4.1";
    DhcpAck = "dhcp-ack", "RFC 2131 §4.3.2";
    DhcpRetry = "dhcp-retry", "RFC 2131 §4.1";
    DnsQuery = "dns-query", "RFC 1035 §7.2";
    DnsAnswer = "dns-answer", "RFC 1035 §6.2";
    DnsNameError = "dns-name-error", "RFC 1035 §4.1.1";
    DnsCached = "dns-cached", "RFC 1035 §7.4";
    DnsRetry = "dns-retry", "RFC 1035 §4.2.1";
    Tls12Handshake = "tls12-handshake", "RFC 5246 §7.3";
    Tls13Handshake = "tls13-handshake", "RFC 8446 §2";
    // TCP: opening
    ActiveOpen = "active-open", "RFC 9293 §3.10.1";
    PassiveOpen = "passive-open", "RFC 9293 §3.10.1";
    ListenSyn = "listen-syn", "RFC 9293 §3.10.7.2";
    SynSentSynAck = "syn-sent-syn-ack", "RFC 9293 §3.10.7.3";
    SimultaneousOpen = "simultaneous-open", "RFC 9293 §3.5";
    SynReceivedAck = "syn-received-ack", "RFC 9293 §3.10.7.4";
    BacklogFull = "backlog-full", "Linux listen(2)";
    NoListener = "no-listener", "RFC 9293 §3.10.7.1";
    NoConnection = "no-connection", "RFC 9293 §3.5.2";
    ConnectionRefused = "connection-refused", "RFC 9293 §3.10.7.3";
    PortsExhausted = "ports-exhausted", "RFC 6056 §3.1";
    AddressInUse = "address-in-use", "Linux socket(7)";
    TupleInUse = "tuple-in-use", "RFC 9293 §3.10.1";
    // TCP: data
    SendCall = "send-call", "RFC 9293 §3.10.2";
    ReceiveCall = "receive-call", "RFC 9293 §3.10.3";
    NewData = "new-data", "RFC 9293 §3.8";
    WindowLimits = "window-limits", "RFC 9293 §3.8.6";
    SillyWindow = "silly-window", "RFC 9293 §3.8.6.2.1";
    Nagle = "nagle", "RFC 9293 §3.7.4";
    InOrderData = "in-order-data", "RFC 9293 §3.10.7.4";
    OutOfOrderData = "out-of-order-data", "RFC 5681 §4.2";
    FillsGap = "fills-gap", "RFC 5681 §4.2";
    DelayedAck = "delayed-ack", "RFC 9293 §3.8.6.3";
    DelayedAckTimer = "delayed-ack-timer", "RFC 1122 §4.2.3.2";
    EverySecondSegment = "every-second-segment", "RFC 5681 §4.2";
    QuickAck = "quick-ack", "Linux tcp(7)";
    ReadReleasesAck = "read-releases-ack", "Linux tcp_cleanup_rbuf()";
    PartlyOldSegment = "partly-old-segment", "RFC 2883 §4";
    Piggyback = "piggyback", "RFC 1122 §4.2.3.2";
    AckAdvances = "ack-advances", "RFC 9293 §3.10.7.4";
    WindowUpdate = "window-update", "RFC 9293 §3.8.6.2.2";
    UnacceptableSegment = "unacceptable-segment", "RFC 9293 §3.10.7.4";
    AckOfUnsent = "ack-of-unsent", "RFC 9293 §3.10.7.4";
    BadAckInHandshake = "bad-ack-in-handshake", "RFC 9293 §3.5.2";
    ZeroWindowProbe = "zero-window-probe", "RFC 9293 §3.8.6.1";
    Checksum = "checksum", "RFC 9293 §3.1";
    // TCP: congestion and retransmission
    InitialWindow = "initial-window", "RFC 6928 §2";
    SlowStart = "slow-start", "RFC 5681 §3.1";
    CongestionAvoidance = "congestion-avoidance", "RFC 5681 §3.1";
    FastRetransmit = "fast-retransmit", "RFC 5681 §3.2";
    FastRecovery = "fast-recovery", "RFC 6582 §3.2";
    PartialAck = "partial-ack", "RFC 6582 §3.2";
    LimitedTransmit = "limited-transmit", "RFC 3042 §2";
    RetransmissionTimeout = "retransmission-timeout", "RFC 6298 §5";
    RttMeasured = "rtt-measured", "RFC 6298 §2";
    RestartAfterIdle = "restart-after-idle", "RFC 5681 §4.1";
    UserTimeout = "user-timeout", "RFC 9293 §3.8.3";
    KeepaliveIdle = "keepalive-idle", "RFC 9293 §3.8.4";
    KeepaliveProbe = "keepalive-probe", "RFC 1122 §4.2.3.6";
    KeepaliveTimeout = "keepalive-timeout", "RFC 1122 §4.2.3.6";
    UnreachableWhileOpening = "unreachable-while-opening", "RFC 5461 §4.1";
    // TCP: closing
    CloseCall = "close-call", "RFC 9293 §3.10.4";
    ShutdownCall = "shutdown-call", "RFC 9293 §3.6";
    InputClosed = "input-closed", "Linux, FreeBSD shutdown(2)";
    FinReceived = "fin-received", "RFC 9293 §3.10.7.4";
    FinAcknowledged = "fin-acknowledged", "RFC 9293 §3.10.7.4";
    SimultaneousClose = "simultaneous-close", "RFC 9293 §3.6";
    TimeWait = "time-wait", "RFC 9293 §3.6.1";
    TimeWaitAnswer = "time-wait-answer", "RFC 9293 §3.10.7.4";
    AckRepeatsFin = "ack-repeats-fin", "FreeBSD tcp_output()";
    ListenerClosed = "listener-closed", "Linux, FreeBSD listen(2)";
    TimeWaitReuse = "time-wait-reuse", "RFC 9293 §3.6.1";
    FinWait2Timeout = "fin-wait-2-timeout", "Linux tcp(7)";
    // TCP: resetting
    AbortCall = "abort-call", "RFC 9293 §3.10.5";
    CloseWithUnread = "close-with-unread", "RFC 9293 §3.6.1";
    DataAfterClose = "data-after-close", "RFC 1122 §4.2.2.13";
    ResetFlushesBuffers = "reset-flushes-buffers", "RFC 9293 §3.10.7.4";
    ResetKeepsReceived = "reset-keeps-received", "Linux, BSD";
    ResetReceived = "reset-received", "RFC 9293 §3.10.7.4";
    ResetInHandshake = "reset-in-handshake", "RFC 9293 §3.10.7.4";
    ChallengeAck = "challenge-ack", "RFC 5961 §3.2";
    SynInWindow = "syn-in-window", "RFC 5961 §4.2";
    // HTTP: framing
    NoBody = "no-body", "RFC 9112 §6.3";
    BodylessResponse = "bodyless-response", "RFC 9112 §6.3";
    ConnectTunnel = "connect-tunnel", "RFC 9112 §6.3";
    ChunkedOverLength = "chunked-over-length", "RFC 9112 §6.3";
    FaultyFraming = "faulty-framing", "RFC 9112 §6.3";
    ChunkedBody = "chunked-body", "RFC 9112 §6.3";
    ContentLength = "content-length", "RFC 9112 §6.3";
    UntilClose = "until-close", "RFC 9112 §6.3";
    IncompleteMessage = "incomplete-message", "RFC 9112 §8";
    MalformedMessage = "malformed-message", "RFC 9112 §2.2";
    // HTTP: persistence
    Http11Persists = "http11-persists", "RFC 9112 §9.3";
    Http10Closes = "http10-closes", "RFC 9112 §9.3";
    KeepAliveAgreed = "keep-alive-agreed", "RFC 9112 §9.3";
    KeepAliveRefused = "keep-alive-refused", "RFC 2068 §19.7.1";
    KeepAliveAsked = "keep-alive-asked", "RFC 2068 §19.7.1";
    ConnectionClose = "connection-close", "RFC 9112 §9.6";
    LengthUnknownCloses = "length-unknown-closes", "RFC 9112 §9.3";
    MaxRequestsReached = "max-requests-reached", "RFC 2068 §19.7.1.1";
    IdleTimeout = "idle-timeout", "RFC 9112 §9.5";
    ServerCloses = "server-closes", "RFC 9112 §9.3";
    AnnouncedTimeout = "announced-timeout", "HTTP: The Definitive Guide §4.5.4";
    ErrorCloses = "error-closes", "RFC 9112 §9.6";
    ProxyTo10Client = "proxy-to-10-client", "RFC 9112 §9.3";
    PeerClosed = "peer-closed", "RFC 9112 §9.5";
    // HTTP: hop by hop
    NamedByConnection = "named-by-connection", "RFC 9110 §7.6.1";
    HopByHopField = "hop-by-hop-field", "RFC 9110 §7.6.1";
    TrailerField = "trailer-field", "RFC 2616 §13.5.1";
    PassedOnAnyway = "passed-on-anyway", "Observed";
    OwnField = "own-field", "Observed";
    ProxyConnectionField = "proxy-connection-field", "RFC 9112 Appendix C.2.2";
    ProxyAuthField = "proxy-auth-field", "RFC 9110 §11.7";
    EndToEndField = "end-to-end-field", "RFC 9110 §7.6";
    ViaAdded = "via-added", "RFC 9110 §7.6.3";
    OwnVersion = "own-version", "RFC 9112 §2.3";
    OwnConnection = "own-connection", "RFC 9112 §9.3";
    OriginForm = "origin-form", "RFC 9112 §3.2.1";
    AbsoluteForm = "absolute-form", "RFC 9112 §3.2.2";
    HostOfTarget = "host-of-target", "RFC 9112 §3.2.2";
    BlindRelay = "blind-relay", "HTTP: The Definitive Guide §4.5.6";
    Reframed = "reframed", "RFC 9112 §7";
    // HTTP: caching
    CacheMiss = "cache-miss", "RFC 9111 §4";
    FreshResponse = "fresh-response", "RFC 9111 §4.2";
    StaleResponse = "stale-response", "RFC 9111 §4.2.4";
    NoCache = "no-cache", "RFC 9111 §5.2.2.4";
    RequestMaxAge = "request-max-age", "RFC 9111 §5.2.1.1";
    ConditionalRequest = "conditional-request", "RFC 9111 §4.3.1";
    NotModified = "not-modified", "RFC 9111 §4.3.4";
    AgeField = "age-field", "RFC 9111 §5.1";
    SharedMaxAge = "shared-max-age", "RFC 9111 §5.2.2.10";
    MaxAge = "max-age", "RFC 9111 §5.2.2.1";
    Expires = "expires", "RFC 9111 §5.3";
    HeuristicLifetime = "heuristic-lifetime", "RFC 9111 §4.2.2";
    NoLifetime = "no-lifetime", "RFC 9111 §4.2.1";
    NotCacheable = "not-cacheable", "RFC 9111 §3";
    NoStore = "no-store", "RFC 9111 §5.2.2.5";
    PrivateResponse = "private-response", "RFC 9111 §5.2.2.7";
    AuthorizationNotStored = "authorization-not-stored", "RFC 9111 §3.5";
    IncompleteNotStored = "incomplete-not-stored", "RFC 9111 §3.3";
    UnsafeInvalidates = "unsafe-invalidates", "RFC 9111 §4.4";
    // HTTP: roles
    NextRequest = "next-request", "RFC 9112 §9.3";
    PipelinedRequest = "pipelined-request", "RFC 9112 §9.3.2";
    ResponseOrder = "response-order", "RFC 9112 §9.3.2";
    UnsolicitedResponse = "unsolicited-response", "RFC 9112 §9.2";
    ProcessingTime = "processing-time", "Scenario";
    GracefulClose = "graceful-close", "RFC 9112 §9.6";
    LingeringClose = "lingering-close", "RFC 9112 §9.6";
    ContentTooLarge = "content-too-large", "RFC 9110 §15.5.14";
    EarlyAnswer = "early-answer", "RFC 9112 §9.5";
    BadGateway = "bad-gateway", "RFC 9110 §15.6.3";
    RequestTimeout = "request-timeout", "RFC 9112 §9.5";
    ObjectInPage = "object-in-page", "HTTP: The Definitive Guide §4.3";
    FirstPaint = "first-paint", "HTTP: The Definitive Guide §4.3";
    ConnectionLimit = "connection-limit", "RFC 9112 §9.4";
    BreaksOff = "breaks-off", "Scenario";
    // HTTP: requests that are lost
    IdempotentAgain = "idempotent-again", "RFC 9110 §9.2.2";
    NeverProcessed = "never-processed", "RFC 9110 §9.2.2";
    NotIdempotent = "not-idempotent", "RFC 9110 §9.2.2";
    RetriedEnough = "retried-enough", "RFC 9110 §9.2.2";
    UserDecides = "user-decides", "RFC 2616 §8.1.4";
    UnsafeMethod = "unsafe-method", "RFC 9110 §9.2.1";
}

/// The clause, as the page prints it.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.source())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique() {
        for (index, rule) in Rule::ALL.iter().enumerate() {
            for other in &Rule::ALL[index + 1..] {
                assert_ne!(rule.key(), other.key());
            }
        }
    }

    #[test]
    fn every_rule_names_where_it_comes_from() {
        for rule in Rule::ALL {
            let source = rule.source();
            assert!(
                source.starts_with("RFC ") && (source.contains('§') || source.contains("Appendix"))
                    || source.starts_with("IEEE ") && source.contains('§')
                    || source == "Scenario"
                    || source == "Observed"
                    || source.starts_with("Linux")
                    || source.starts_with("FreeBSD")
                    || source.starts_with("HTTP: The Definitive Guide §"),
                "{}: `{source}` is not written as the sources of the other rules: `RFC 9293 §3.5`",
                rule.key()
            );
        }
    }
}
