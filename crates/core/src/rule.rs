//! The rules of the model: a name each, and the clause of the specification that has it.
//!
//! Each trace entry names the rule that decided it. The page shows the clause and a sentence from its language files.

use core::fmt;

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

macro_rules! rules {
    ($($(#[$attribute:meta])* $name:ident = $source:literal;)*) => {
        /// A rule of a specification, of an implementation or of the scenario: the reason of a trace entry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray, Serialize, Deserialize)]
        #[strum(serialize_all = "kebab-case")]
        #[serde(into = "&'static str", rename_all = "kebab-case")]
        pub enum Rule {
            $(#[doc = $source] $(#[$attribute])* $name,)*
        }

        impl Rule {
            /// All rules, in the order of the table.
            pub const ALL: &'static [Self] = Self::VARIANTS;

            /// The rule's stable name, `active-open`: the key of its sentence in the language files.
            pub fn key(self) -> &'static str {
                self.into()
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
    Intervention = "Scenario";
    LinkDelay = "Scenario";
    LinkLoss = "Scenario";
    LinkCut = "Scenario";
    LinkDuplicates = "Scenario";
    QueueFull = "Scenario";
    Application = "Scenario";
    Schedule = "Scenario";
    ServerRestarts = "Scenario";
    HostCrashes = "Scenario";
    HostStarts = "Scenario";
    ForgedReset = "RFC 5961 §1.1";
    OutsideHost = "Observed";
    BlockingCall = "Linux socket(7)";
    InterruptedCall = "Linux signal(7)";
    SocketCall = "Linux socket(2)";
    BindCall = "Linux bind(2)";
    AcceptCall = "Linux accept(2)";
    SendBufferFull = "Linux send(2)";
    OutputClosed = "Linux send(2)";
    NoRoute = "Linux connect(2)";
    CallRefused = "Linux errno(3)";
    LingerTime = "Linux socket(7)";
    // A capture
    NotInCapture = "Observed";
    EstimatedTime = "Observed";
    // Before and beside TCP
    SwitchForwards = "IEEE 802.1D §7.7";
    SwitchFloods = "IEEE 802.1D §7.7";
    RouterForwards = "RFC 1812 §5.2.1";
    NeighbourSilent = "RFC 1122 §2.3.2.2";
    DestinationUnreachable = "RFC 1812 §5.2.7.1";
    PortUnreachable = "RFC 1122 §3.2.2.1";
    EchoRequested = "RFC 1122 §3.2.2.6";
    EchoAnswered = "RFC 1122 §3.2.2.6";
    EchoTimeout = "Scenario";
    HostOff = "Scenario";
    DhcpDiscover = "RFC 2131 §4.4.1";
    DhcpOffer = "RFC 2131 §4.3.1";
    DhcpRequest = "RFC 2131 §4.4.1";
    DhcpAck = "RFC 2131 §4.3.2";
    DhcpRetry = "RFC 2131 §4.1";
    DhcpGivenUp = "RFC 2131 §4.1";
    DnsQuery = "RFC 1035 §7.2";
    DnsAnswer = "RFC 1035 §6.2";
    DnsNameError = "RFC 1035 §4.1.1";
    DnsCached = "RFC 1035 §7.4";
    DnsRetry = "RFC 1035 §4.2.1";
    DnsGivenUp = "RFC 1035 §7.2";
    Tls12Handshake = "RFC 5246 §7.3";
    Tls13Handshake = "RFC 8446 §2";
    // TCP: opening
    ActiveOpen = "RFC 9293 §3.10.1";
    PassiveOpen = "RFC 9293 §3.10.1";
    ListenSyn = "RFC 9293 §3.10.7.2";
    SynSentSynAck = "RFC 9293 §3.10.7.3";
    SimultaneousOpen = "RFC 9293 §3.5";
    SynReceivedAck = "RFC 9293 §3.10.7.4";
    BacklogFull = "Linux listen(2)";
    NoListener = "RFC 9293 §3.10.7.1";
    NoConnection = "RFC 9293 §3.5.2";
    ConnectionRefused = "RFC 9293 §3.10.7.3";
    PortsExhausted = "RFC 6056 §3.1";
    AddressInUse = "Linux socket(7)";
    TupleInUse = "RFC 9293 §3.10.1";
    // TCP: data
    SendCall = "RFC 9293 §3.10.2";
    ReceiveCall = "RFC 9293 §3.10.3";
    NewData = "RFC 9293 §3.8";
    WindowLimits = "RFC 9293 §3.8.6";
    SillyWindow = "RFC 9293 §3.8.6.2.1";
    Nagle = "RFC 9293 §3.7.4";
    InOrderData = "RFC 9293 §3.10.7.4";
    OutOfOrderData = "RFC 5681 §4.2";
    FillsGap = "RFC 5681 §4.2";
    DelayedAck = "RFC 9293 §3.8.6.3";
    DelayedAckTimer = "RFC 1122 §4.2.3.2";
    EverySecondSegment = "RFC 5681 §4.2";
    QuickAck = "Linux tcp(7)";
    ReadReleasesAck = "Linux tcp_cleanup_rbuf()";
    PartlyOldSegment = "RFC 2883 §4";
    Piggyback = "RFC 1122 §4.2.3.2";
    ImmediateAck = "RFC 9293 §3.8.6.3";
    AckAdvances = "RFC 9293 §3.10.7.4";
    WindowLearned = "RFC 9293 §3.8.6";
    WindowUpdate = "RFC 9293 §3.8.6.2.2";
    UnacceptableSegment = "RFC 9293 §3.10.7.4";
    AckOfUnsent = "RFC 9293 §3.10.7.4";
    BadAckInHandshake = "RFC 9293 §3.5.2";
    ZeroWindowProbe = "RFC 9293 §3.8.6.1";
    Checksum = "RFC 9293 §3.1";
    // TCP: congestion and retransmission
    InitialWindow = "RFC 6928 §2";
    SlowStart = "RFC 5681 §3.1";
    CongestionAvoidance = "RFC 5681 §3.1";
    FastRetransmit = "RFC 5681 §3.2";
    FastRecovery = "RFC 6582 §3.2";
    PartialAck = "RFC 6582 §3.2";
    LimitedTransmit = "RFC 3042 §2";
    RetransmissionTimer = "RFC 6298 §5";
    RetransmissionTimeout = "RFC 6298 §5";
    RttMeasured = "RFC 6298 §2";
    RestartAfterIdle = "RFC 5681 §4.1";
    UserTimeout = "RFC 9293 §3.8.3";
    KeepaliveIdle = "RFC 9293 §3.8.4";
    KeepaliveProbe = "RFC 1122 §4.2.3.6";
    KeepaliveTimeout = "RFC 1122 §4.2.3.6";
    UnreachableWhileOpening = "RFC 5461 §4.1";
    // TCP: closing
    CloseCall = "RFC 9293 §3.10.4";
    ShutdownCall = "RFC 9293 §3.6";
    InputClosed = "Linux, FreeBSD shutdown(2)";
    FinReceived = "RFC 9293 §3.10.7.4";
    FinAcknowledged = "RFC 9293 §3.10.7.4";
    SimultaneousClose = "RFC 9293 §3.6";
    TimeWait = "RFC 9293 §3.6.1";
    TimeWaitAnswer = "RFC 9293 §3.10.7.4";
    AckRepeatsFin = "FreeBSD tcp_output()";
    ListenerClosed = "Linux, FreeBSD listen(2)";
    TimeWaitReuse = "RFC 9293 §3.6.1";
    SocketGone = "RFC 9293 §3.3.2";
    #[strum(serialize = "fin-wait-2-timeout")]
    FinWait2Timeout = "Linux tcp(7)";
    // TCP: resetting
    AbortCall = "RFC 9293 §3.10.5";
    CloseWithUnread = "RFC 9293 §3.6.1";
    DataAfterClose = "RFC 1122 §4.2.2.13";
    ResetFlushesBuffers = "RFC 9293 §3.10.7.4";
    ResetKeepsReceived = "Linux, BSD";
    ResetReceived = "RFC 9293 §3.10.7.4";
    ResetInHandshake = "RFC 9293 §3.10.7.4";
    ChallengeAck = "RFC 5961 §3.2";
    SynInWindow = "RFC 5961 §4.2";
    // HTTP: framing
    NoBody = "RFC 9112 §6.3";
    BodylessResponse = "RFC 9112 §6.3";
    ConnectTunnel = "RFC 9112 §6.3";
    ChunkedOverLength = "RFC 9112 §6.3";
    FaultyFraming = "RFC 9112 §6.3";
    ChunkedBody = "RFC 9112 §6.3";
    ContentLength = "RFC 9112 §6.3";
    UntilClose = "RFC 9112 §6.3";
    IncompleteMessage = "RFC 9112 §8";
    MalformedMessage = "RFC 9112 §2.2";
    // HTTP: persistence
    Http11Persists = "RFC 9112 §9.3";
    Http10Closes = "RFC 9112 §9.3";
    KeepAliveAgreed = "RFC 9112 §9.3";
    KeepAliveRefused = "RFC 2068 §19.7.1";
    KeepAliveAsked = "RFC 2068 §19.7.1";
    ConnectionClose = "RFC 9112 §9.6";
    LengthUnknownCloses = "RFC 9112 §9.3";
    MaxRequestsReached = "RFC 2068 §19.7.1.1";
    IdleTimeout = "RFC 9112 §9.5";
    ServerCloses = "RFC 9112 §9.3";
    AnnouncedTimeout = "HTTP: The Definitive Guide §4.5.4";
    ErrorCloses = "RFC 9112 §9.6";
    #[strum(serialize = "proxy-to-10-client")]
    ProxyTo10Client = "RFC 9112 §9.3";
    PeerClosed = "RFC 9112 §9.5";
    // HTTP: hop by hop
    NamedByConnection = "RFC 9110 §7.6.1";
    HopByHopField = "RFC 9110 §7.6.1";
    TrailerField = "RFC 2616 §13.5.1";
    PassedOnAnyway = "Observed";
    OwnField = "Observed";
    ProxyConnectionField = "RFC 9112 Appendix C.2.2";
    ProxyAuthField = "RFC 9110 §11.7";
    HostStays = "RFC 9112 §3.2";
    LengthStays = "RFC 9112 §6.3";
    MaxForwards = "RFC 9110 §7.6.2";
    InterimResponse = "RFC 9110 §15.2";
    ExpectContinue = "RFC 9110 §10.1.1";
    BodyUninvited = "RFC 9110 §10.1.1";
    Tunnel = "RFC 9110 §9.3.6";
    ProtocolSwitched = "RFC 9110 §7.8";
    MethodNotImplemented = "RFC 9110 §9.1";
    ServerOptions = "RFC 9110 §9.3.7";
    LoopBack = "RFC 9110 §9.3.8";
    MessageForwarded = "RFC 9110 §7.6";
    EndToEndField = "RFC 9110 §7.6";
    ViaAdded = "RFC 9110 §7.6.3";
    OwnVersion = "RFC 9112 §2.3";
    OwnConnection = "RFC 9112 §9.3";
    OriginForm = "RFC 9112 §3.2.1";
    AbsoluteForm = "RFC 9112 §3.2.2";
    HostOfTarget = "RFC 9112 §3.2.2";
    BlindRelay = "HTTP: The Definitive Guide §4.5.6";
    Reframed = "RFC 9112 §7";
    // HTTP: caching
    CacheMiss = "RFC 9111 §4";
    FreshResponse = "RFC 9111 §4.2";
    StaleResponse = "RFC 9111 §4.2.4";
    NoCache = "RFC 9111 §5.2.2.4";
    RequestMaxAge = "RFC 9111 §5.2.1.1";
    ConditionalRequest = "RFC 9111 §4.3.1";
    NotModified = "RFC 9111 §4.3.4";
    AgeField = "RFC 9111 §5.1";
    SharedMaxAge = "RFC 9111 §5.2.2.10";
    MaxAge = "RFC 9111 §5.2.2.1";
    Expires = "RFC 9111 §5.3";
    HeuristicLifetime = "RFC 9111 §4.2.2";
    NoLifetime = "RFC 9111 §4.2.1";
    NotCacheable = "RFC 9111 §3";
    NoStore = "RFC 9111 §5.2.2.5";
    PrivateResponse = "RFC 9111 §5.2.2.7";
    AuthorizationNotStored = "RFC 9111 §3.5";
    IncompleteNotStored = "RFC 9111 §3.3";
    UnsafeInvalidates = "RFC 9111 §4.4";
    // HTTP: roles
    RequestRead = "RFC 9112 §2.2";
    AwaitsRequest = "RFC 9112 §9.3";
    AwaitsRest = "RFC 9112 §2.2";
    AwaitsResponse = "RFC 9112 §9.2";
    ResponseUnderWay = "RFC 9293 §3.8";
    NextRequest = "RFC 9112 §9.3";
    NothingLeft = "RFC 9112 §9.6";
    OneRequestEach = "HTTP: The Definitive Guide §4.3";
    PipelinedRequest = "RFC 9112 §9.3.2";
    ResponseOrder = "RFC 9112 §9.3.2";
    UnsolicitedResponse = "RFC 9112 §9.2";
    ProcessingTime = "Scenario";
    GracefulClose = "RFC 9112 §9.6";
    LingeringClose = "RFC 9112 §9.6";
    ContentTooLarge = "RFC 9110 §15.5.14";
    EarlyAnswer = "RFC 9112 §9.5";
    ClientGone = "Observed";
    PoolFull = "RFC 9112 §9.4";
    SharedConnection = "RFC 9112 §9.3";
    QueueTimeout = "RFC 9110 §15.6.4";
    BadGateway = "RFC 9110 §15.6.3";
    RequestTimeout = "RFC 9112 §9.5";
    ObjectInPage = "HTTP: The Definitive Guide §4.3";
    FirstPaint = "HTTP: The Definitive Guide §4.3";
    PageWhole = "HTTP: The Definitive Guide §4.3";
    ConnectionLimit = "RFC 9112 §9.4";
    BreaksOff = "Scenario";
    // HTTP: requests that are lost
    IdempotentAgain = "RFC 9110 §9.2.2";
    NeverProcessed = "RFC 9110 §9.2.2";
    ReusedConnectionLost = "RFC 9112 §9.3.1";
    ProxyDoesNotRepeat = "RFC 9110 §9.2.2";
    NotIdempotent = "RFC 9110 §9.2.2";
    RetriedEnough = "RFC 9110 §9.2.2";
    NoRetries = "Scenario";
    UserDecides = "RFC 2616 §8.1.4";
    UnsafeMethod = "RFC 9110 §9.2.1";
}

/// The clause, as the page prints it.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.source())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_unique() {
        let keys: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.key()).collect();
        assert_eq!(keys.len(), Rule::ALL.len());
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
