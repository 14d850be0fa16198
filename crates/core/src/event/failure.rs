//! Why a request, a name or an echo failed.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoEnumIterator, IntoStaticStr};
use thiserror::Error;

use crate::http::MessageProblem;
use crate::rule::Rule;
use crate::tcp::CallError;

/// The reason of a failed request, name or echo. It is displayed and serialized as its stable name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, IntoStaticStr, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Failure {
    /// A socket call failed.
    #[error(transparent)]
    #[strum(transparent)]
    Call(#[from] CallError),
    /// The response was malformed or incomplete.
    #[error("{}", .0.key())]
    #[strum(transparent)]
    Message(MessageProblem),
    /// The application found no answer.
    #[error(transparent)]
    #[strum(transparent)]
    Application(#[from] ApplicationError),
}

impl Failure {
    /// Every failure; a message's numbers are 0.
    pub fn iter() -> impl Iterator<Item = Self> {
        CallError::iter()
            .map(Self::Call)
            .chain(MessageProblem::iter().map(Self::Message))
            .chain(ApplicationError::iter().map(Self::Application))
    }

    /// The stable name: the key of its words in the language files. A socket call's is the POSIX name of its error,
    /// which has no words.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

impl Failure {
    /// The rule by which a connection could not even begin to open.
    pub(crate) fn rule_at_once(self) -> Rule {
        match self {
            Self::Call(CallError::NetworkUnreachable) => Rule::NoRoute,
            other => other.rule(),
        }
    }

    /// The rule by which the request, the name or the echo is given up.
    pub(crate) fn rule(self) -> Rule {
        match self {
            Self::Call(error) => error.rule(),
            Self::Message(problem) => problem.rule(),
            Self::Application(error) => match error {
                ApplicationError::ClosedBeforeResponse => Rule::PeerClosed,
                ApplicationError::ResponseTimeout => Rule::RequestTimeout,
                ApplicationError::EchoTimeout => Rule::EchoTimeout,
                ApplicationError::HostUnreachable
                | ApplicationError::NetworkUnreachable
                | ApplicationError::Unreachable => Rule::DestinationUnreachable,
                ApplicationError::NameNotFound | ApplicationError::NameRefused => Rule::DnsNameError,
                ApplicationError::NameTimeout => Rule::DnsGivenUp,
                ApplicationError::NoAddress => Rule::DhcpGivenUp,
            },
        }
    }
}

impl TryFrom<String> for Failure {
    type Error = String;

    /// The failure of this name.
    fn try_from(name: String) -> Result<Self, String> {
        Self::iter().find(|failure| failure.key() == name).ok_or_else(|| format!("unknown variant `{name}`"))
    }
}

impl From<MessageProblem> for Failure {
    fn from(problem: MessageProblem) -> Self {
        Self::Message(problem)
    }
}

/// A failure that neither a socket call nor the syntax of a message explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, EnumIter, IntoStaticStr)]
#[error("{}", <&str>::from(*self))]
#[strum(serialize_all = "kebab-case")]
pub enum ApplicationError {
    /// The server closed the connection before its response.
    ClosedBeforeResponse,
    /// No response came in time.
    ResponseTimeout,
    /// No echo reply came in time.
    EchoTimeout,
    /// ICMP destination unreachable, code 1 (RFC 792).
    HostUnreachable,
    /// ICMP destination unreachable, code 0 (RFC 792).
    NetworkUnreachable,
    /// ICMP destination unreachable with another code.
    Unreachable,
    /// The name does not exist, or has no address.
    NameNotFound,
    /// The name server answered with an error other than NXDOMAIN.
    NameRefused,
    /// No name server answered.
    NameTimeout,
    /// This machine has no address.
    NoAddress,
}
