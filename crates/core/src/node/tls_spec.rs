//! What a scenario says about TLS.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::tls::TlsVersion;

/// Settings of TLS: every connection of the node uses it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TlsSpec {
    /// The highest version that it supports.
    pub version: TlsVersion,
    /// Client: whether it resumes an earlier session with the server.
    pub resumes: bool,
    /// Client: the server_name extension, which is sent in the clear. RFC 6066 section 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
}

impl TlsSpec {
    /// The first invalid setting: the field and the problem.
    pub fn problem(&self) -> Option<(&'static str, Problem)> {
        let name = self.server_name.as_ref()?;
        (!crate::dns::is_domain_name(name)).then(|| ("server_name", Problem::domain_name()))
    }
}
