//! Everything that can be wrong with a message head, each with its clause and the status that answers it.

use core::fmt;

use serde::{Serialize, Serializer};

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $clause:literal, $status:literal;)*) => {
        /// What is wrong with a message head.
        ///
        /// Source: each problem names its own clause.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum HeadProblem {
            $($(#[$doc])* $name,)*
        }

        impl HeadProblem {
            /// All problems, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The problem's stable name: the key of its sentence in the language files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The clause that it offends against: `RFC 9112 §5.1`.
            pub const fn clause(self) -> &'static str {
                match self { $(Self::$name => $clause,)* }
            }

            /// The status with which a server answers a request that has it.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

problems! {
    /// The request line does not end within the limit on the head.
    RequestLineTooLong = "request-line-too-long", "RFC 9112 §3", 414;
    /// The head does not end within the limit on it.
    HeadTooLarge = "head-too-large", "RFC 6585 §5", 431;
    /// There are more field lines than the limit.
    TooManyFields = "too-many-fields", "RFC 6585 §5", 431;
    /// A carriage return that no line feed follows.
    BareCr = "bare-cr", "RFC 9112 §2.2", 400;
    /// Whitespace between the start-line and the first field.
    WhitespaceBeforeFields = "whitespace-before-fields", "RFC 9112 §2.2", 400;
    /// The request line is not method, space, target, space, version.
    BadRequestLine = "bad-request-line", "RFC 9112 §3", 400;
    /// The method is not a token.
    BadMethod = "bad-method", "RFC 9112 §3.1", 400;
    /// The target is in none of the four forms that the method allows.
    BadTarget = "bad-target", "RFC 9112 §3.2", 400;
    /// The version is not `HTTP/`, a digit, a dot and a digit.
    BadVersion = "bad-version", "RFC 9112 §2.3", 400;
    /// The major version is another one than 1.
    UnsupportedVersion = "unsupported-version", "RFC 9110 §15.6.6", 505;
    /// The status line is not version, space, status code, space, reason phrase.
    BadStatusLine = "bad-status-line", "RFC 9112 §4", 400;
    /// The status code is not three digits from 100.
    BadStatusCode = "bad-status-code", "RFC 9110 §15", 400;
    /// A field line without a colon.
    MissingColon = "missing-colon", "RFC 9112 §5", 400;
    /// A field name that is not a token.
    BadFieldName = "bad-field-name", "RFC 9110 §5.1", 400;
    /// Whitespace between a field name and its colon.
    SpaceBeforeColon = "space-before-colon", "RFC 9112 §5.1", 400;
    /// A control character in a field value.
    BadFieldValue = "bad-field-value", "RFC 9110 §5.5", 400;
    /// A field value that goes on in the next line.
    LineFolding = "line-folding", "RFC 9112 §5.2", 400;
    /// An HTTP/1.1 request without a Host field.
    HostMissing = "host-missing", "RFC 9112 §3.2", 400;
    /// A request with more than one Host field.
    HostRepeated = "host-repeated", "RFC 9112 §3.2", 400;
    /// A Host field whose value is no host and port.
    HostInvalid = "host-invalid", "RFC 9112 §3.2", 400;
}

/// The stable name.
impl fmt::Display for HeadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl Serialize for HeadProblem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}
