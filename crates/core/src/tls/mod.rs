//! TLS as records on a stream: the flights of TLS 1.2 and 1.3 with real lengths and unreadable content.
//!
//! Simplified: the hellos are real (RFC 8446 section 4.1, RFC 5246 section 7.4.1); nothing else is computed.
//! Certificates and key exchange are pseudo-random octets of usual length; keys are derived from the random octets
//! of the two hellos, and the cipher is the project's own pseudo-random generator. It hides the content on the page
//! and gives no security. Early data (0-RTT) and session tickets are left out.

mod end;
mod hello;
mod record;

pub use end::{TlsEnd, TlsError, TlsInput};
pub use hello::{ClientHello, client_hello_of};
pub use record::{ContentType, RECORD_HEADER_LEN, Record, records};

use serde::{Deserialize, Serialize};

/// The version of TLS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TlsVersion {
    /// RFC 5246: two round trips.
    #[serde(rename = "1.2")]
    Tls12,
    /// RFC 8446: one round trip.
    #[default]
    #[serde(rename = "1.3")]
    Tls13,
}

impl TlsVersion {
    /// `1.3`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tls12 => "1.2",
            Self::Tls13 => "1.3",
        }
    }
}

/// Lengths in octets of content that is not computed, for a server with a 2,048-bit certificate and one
/// intermediate.
pub(crate) mod length {
    /// The server's certificate and one intermediate. Usual chains have from 2,000 to 4,000.
    pub const CERTIFICATES: [usize; 2] = [1_500, 1_290];
    /// A point on X25519. RFC 8422 section 5.4.1.
    pub const POINT: usize = 32;
    /// An RSA signature of 2,048 bits.
    pub const SIGNATURE: usize = 256;
    /// RFC 5246 section 7.4.9.
    pub const FINISHED_12: usize = 12;
    /// A hash of SHA-256. RFC 8446 section 4.4.4.
    pub const FINISHED_13: usize = 32;
    /// RFC 8446 section 4.3.1, with one extension.
    pub const ENCRYPTED_EXTENSIONS: usize = 6;
    /// An RSA signature of 256. RFC 8446 section 4.4.3.
    pub const CERTIFICATE_VERIFY: usize = 260;
    /// The tag of AES-GCM. RFC 5116 section 5.1.
    pub const TAG: usize = 16;
    /// The explicit part of the nonce in TLS 1.2. RFC 5288 section 3.
    pub const NONCE: usize = 8;
    /// The session ticket, an opaque identity.
    pub const TICKET: usize = 192;
}
