//! A name server that knows some names and says of every other that there is no such name.

use serde::{Deserialize, Serialize};

use super::resolver::NameSpec;
use super::role_spec::BuildRole;
use super::{Host, Input, Role};
use crate::dns::{DNS_PORT, DnsMessage, DnsRecord};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::wire::Datagram;

/// Settings of a name server.
///
/// Simplified: it answers from what it knows; a real one asks other servers, from the root downwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DnsServerSpec {
    /// The names it knows.
    pub names: Vec<NameSpec>,
}

impl BuildRole for DnsServerSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(DnsServer { names: self.names.clone() })
    }

    fn problem(&self) -> Option<(String, Problem)> {
        NameSpec::problem("names", &self.names)
    }
}

#[derive(Debug)]
struct DnsServer {
    names: Vec<NameSpec>,
}

impl Role for DnsServer {
    fn handle(&mut self, input: Input, host: &mut dyn Host) {
        match input {
            Input::Started => {
                host.bind(DNS_PORT);
            }
            Input::Datagram(datagram) if datagram.destination.port == DNS_PORT => {
                self.answer(&datagram, host)
            }
            _ => {}
        }
    }
}

impl DnsServer {
    fn answer(&self, datagram: &Datagram, host: &mut dyn Host) {
        let Some(query) = DnsMessage::decode(&datagram.payload).filter(|message| !message.is_response) else {
            return;
        };
        let known = self.names.iter().filter(|known| known.name.eq_ignore_ascii_case(&query.name));
        let records: Vec<DnsRecord> = known
            .map(|known| DnsRecord { name: query.name.clone(), ttl_s: known.ttl_s, address: known.address })
            .collect();
        let rule = if records.is_empty() { Rule::DnsNameError } else { Rule::DnsAnswer };
        host.send_to(DNS_PORT, datagram.source, query.answer(records).encode(), rule);
    }
}
