//! Forwarding of message heads by a proxy: the fields that end at the hop, those that go on, those added.

pub(super) mod profile;
mod proxies;
pub(super) mod rewrite;

use super::framing::BodyLength;
use super::headers::{Field, Headers};
use super::message::{Method, RequestHead, ResponseHead, Version};
use super::persistence::KeepAliveParams;
use super::target::RequestTarget;
use crate::rule::Rule;
use profile::{AddedValue, ConnectionHandling, ForwardingProfile, SaysConnection, ViaVersion};
use rewrite::{LineChange, Rewrite, StartLineChange};

/// The context, besides the head, in which a proxy forwards a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestHop<'a> {
    /// The proxy's pseudonym in Via.
    pub own_name: &'a str,
    /// The address of the client.
    pub client_address: &'a str,
    /// Whether the next hop is a proxy: it receives the target in absolute-form.
    pub next_is_proxy: bool,
    /// How the body is framed on the next hop.
    pub body: BodyLength,
}

/// The context, besides the head, in which a proxy forwards a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseHop<'a> {
    /// The proxy's pseudonym in Via.
    pub own_name: &'a str,
    /// The version of the client's request.
    pub client_version: Version,
    /// Whether the client asked for `keep-alive`.
    pub client_asked: bool,
    /// Whether the client's connection persists, by [`server_decides`](super::server_decides).
    pub persists: bool,
    /// The Keep-Alive parameters for a client that asked and whose connection persists.
    pub hints: KeepAliveParams,
    /// How the body is framed on the client's hop.
    pub body: BodyLength,
    /// Where the response comes from, for a proxy that says so.
    pub lookup: CacheLookup,
}

impl<'a> ResponseHop<'a> {
    /// A response that has no body and decides nothing about the connection: an interim one, or one before a tunnel.
    pub fn bodiless(own_name: &'a str, client_version: Version) -> Self {
        Self {
            own_name,
            client_version,
            client_asked: false,
            persists: true,
            hints: KeepAliveParams::default(),
            body: BodyLength::None,
            lookup: CacheLookup::Miss,
        }
    }
}

/// What a caching proxy found in its cache for a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CacheLookup {
    /// No copy, or it has no cache.
    #[default]
    Miss,
    /// A copy that did not do: the next node's response took its place.
    Replaced,
    /// The copy that it answers with.
    Hit,
}

/// The head with which a proxy forwards a request, and the changes to the received one.
///
/// Source: RFC 9110 section 7.6; RFC 9112 sections 3.2 and 9.3.
pub fn forward_request(
    request: &RequestHead,
    profile: &ForwardingProfile,
    hop: &RequestHop<'_>,
) -> (RequestHead, Rewrite) {
    let version = profile.request_version.of(request.version);
    let (target, target_rule) = next_target(request, hop.next_is_proxy);
    let mut forwarded = RequestHead::new(request.method.clone(), target, version);
    let own_version = (version != request.version).then_some(Rule::OwnVersion);
    let rule = own_version.or(target_rule);

    let mut lines = Lines::new(profile, &profile.removed_from_requests, &request.headers, hop.body);
    lines.own_connection = match (profile.says_to_servers, profile.keeps_servers) {
        (SaysConnection::Never, _) => None,
        (SaysConnection::WhenNotDefault, true) if version == Version::Http11 => None,
        (SaysConnection::WhenNotDefault, false) if version == Version::Http10 => None,
        (_, true) => Some(profile.keep_alive_spelling.clone()),
        (_, false) => Some("close".to_owned()),
    };
    // RFC 9112 section 3.2.2: "the proxy MUST ignore the received Host header field (if any) and instead
    // replace it with the host information of the request-target".
    lines.host = profile.host.clone().or_else(|| match request.form() {
        Some(RequestTarget::Absolute { authority, .. }) => Some(authority.to_owned()),
        _ => None,
    });
    lines.via = via(profile, profile.via_in_requests, hop.own_name, request.version, request.version);
    lines.counts_hops = matches!(request.method, Method::Options | Method::Trace);
    if lines.switches() {
        lines.own_connection = None;
    }
    lines.walk(&request.headers);
    lines.finish(&profile.added_to_requests, |value| match value {
        AddedValue::Fixed(text) => Some(text.clone()),
        AddedValue::ClientAddress => Some(hop.client_address.to_owned()),
        AddedValue::ReceivedHost => request.headers.get("Host").map(str::to_owned),
        AddedValue::Served(_) | AddedValue::Found(_) => None,
    });
    let lines = lines.changes;
    forwarded.headers = lines.iter().filter_map(LineChange::sent).cloned().collect();
    let start_line = StartLineChange { received: request.start_line(), sent: forwarded.start_line(), rule };
    (forwarded, Rewrite { start_line, lines })
}

/// The head with which a proxy forwards a response, and the changes to the received one.
///
/// Source: RFC 9110 section 7.6; RFC 9112 sections 7, 9.3 and 9.6.
pub fn forward_response(
    response: &ResponseHead,
    profile: &ForwardingProfile,
    hop: &ResponseHop<'_>,
) -> (ResponseHead, Rewrite) {
    let version = profile.response_version.of(response.version);
    let mut forwarded = ResponseHead { version, headers: Headers::new(), ..response.clone() };

    let mut lines = Lines::new(profile, &profile.removed_from_responses, &response.headers, hop.body);
    let has_http10 = version == Version::Http10 || hop.client_version == Version::Http10;
    let says = match (profile.says_to_clients, hop.persists) {
        // Section 9.6 concerns final responses.
        _ if response.is_interim() => false,
        (SaysConnection::Never, _) => false,
        (SaysConnection::WhenNotDefault, true) => has_http10,
        (SaysConnection::WhenNotDefault, false) => version == Version::Http11,
        (SaysConnection::WhenAsked, persists) => !persists || hop.client_asked,
        (SaysConnection::Always, _) => true,
    };
    lines.own_connection =
        says.then(|| if hop.persists { profile.keep_alive_spelling.clone() } else { "close".to_owned() });
    lines.via = via(profile, profile.via_in_responses, hop.own_name, response.version, hop.client_version);
    if lines.switches() {
        lines.own_connection = None;
    }
    lines.walk(&response.headers);
    // RFC 2068 section 19.7.1.1: the parameters accompany the option, for a client that asked.
    if says && hop.persists && hop.client_asked && !hop.hints.is_empty() {
        lines.add(Field::new("Keep-Alive", hop.hints.to_string()), Rule::KeepAliveAgreed);
    }
    lines.finish(&profile.added_to_responses, |value| match value {
        AddedValue::Fixed(text) => Some(text.clone()),
        AddedValue::Served(by) => Some(hit_or_miss(hop.lookup == CacheLookup::Hit, by)),
        AddedValue::Found(by) => Some(hit_or_miss(hop.lookup != CacheLookup::Miss, by)),
        AddedValue::ClientAddress | AddedValue::ReceivedHost => None,
    });
    let lines = lines.changes;
    forwarded.headers = lines.iter().filter_map(LineChange::sent).cloned().collect();
    let start_line = StartLineChange {
        received: response.start_line(),
        sent: forwarded.start_line(),
        rule: (version != response.version).then_some(Rule::OwnVersion),
    };
    (forwarded, Rewrite { start_line, lines })
}

/// The request-target for the next hop, with the rule if it differs from the received one.
fn next_target(request: &RequestHead, next_is_proxy: bool) -> (String, Option<Rule>) {
    let form = request.form();
    match form {
        // RFC 9112 section 3.2.1: "directly to an origin server" the path and query alone.
        Some(RequestTarget::Absolute { .. }) if !next_is_proxy => {
            let target = form.map_or_else(String::new, |form| form.to_origin(&request.method));
            (target, Some(Rule::OriginForm))
        }
        // RFC 9112 section 3.2.2: to a proxy the whole URI.
        Some(RequestTarget::Origin(path)) if next_is_proxy => match request.authority() {
            Some(authority) => (format!("http://{authority}{path}"), Some(Rule::AbsoluteForm)),
            None => (request.target.clone(), None),
        },
        _ => (request.target.clone(), None),
    }
}

/// The entry that the proxy appends to Via.
///
/// Source: RFC 9110 section 7.6.3.
fn via(
    profile: &ForwardingProfile,
    which: ViaVersion,
    own_name: &str,
    received: Version,
    of_client: Version,
) -> Option<String> {
    let version = match which {
        ViaVersion::NoVia => return None,
        ViaVersion::Received => received,
        ViaVersion::Own => Version::Http11,
        ViaVersion::OfClient => of_client,
    };
    let comment = profile.via_comment.as_ref().map_or_else(String::new, |comment| format!(" {comment}"));
    Some(format!("{} {own_name}{comment}", version.number()))
}

/// The hops that a Max-Forwards value allows; `None` when it is not a number.
///
/// Source: RFC 9110 section 7.6.2.
pub fn max_forwards(value: &str) -> Option<u64> {
    let is_number = !value.is_empty() && value.bytes().all(|octet| octet.is_ascii_digit());
    // More digits than the number holds are the most that it holds.
    is_number.then(|| value.parse().unwrap_or(u64::MAX))
}

/// `HIT from squidhost`, `MISS from squidhost`.
fn hit_or_miss(is_hit: bool, by: &str) -> String {
    format!("{} from {by}", if is_hit { "HIT" } else { "MISS" })
}

/// The rule by which a field of this name is always hop-by-hop; `None` for other fields.
///
/// A field that Connection names is hop-by-hop too, in its own message.
///
/// Source: RFC 9110 section 7.6.1.
pub fn hop_by_hop_rule(name: &str) -> Option<Rule> {
    let is = |names: &[&str]| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    // RFC 9110 section 7.6.1: "fields that are known to require removal before forwarding".
    if is(&["Connection", "Keep-Alive", "TE", "Transfer-Encoding", "Upgrade"]) {
        Some(Rule::HopByHopField)
    } else if is(&["Proxy-Connection"]) {
        Some(Rule::ProxyConnectionField)
    // RFC 9110 section 11.7: between a client and the next proxy.
    } else if is(&["Proxy-Authenticate", "Proxy-Authorization"]) {
        Some(Rule::ProxyAuthField)
    // RFC 2616 section 13.5.1 had it in its list; RFC 9110 has not.
    } else if is(&["Trailer"]) {
        Some(Rule::TrailerField)
    } else {
        None
    }
}

/// The rewriting of one header section.
struct Lines<'a> {
    profile: &'a ForwardingProfile,
    removed: &'a [String],
    /// The connection options of the received message, in lower case.
    named: Vec<String>,
    body: BodyLength,
    own_connection: Option<String>,
    host: Option<String>,
    via: Option<String>,
    /// Whether Max-Forwards counts this hop.
    counts_hops: bool,
    changes: Vec<LineChange>,
}

impl<'a> Lines<'a> {
    fn new(
        profile: &'a ForwardingProfile,
        removed: &'a [String],
        received: &Headers,
        body: BodyLength,
    ) -> Self {
        Self {
            profile,
            removed,
            named: received.tokens("Connection").map(str::to_ascii_lowercase).collect(),
            body,
            own_connection: None,
            host: None,
            via: None,
            counts_hops: false,
            changes: Vec::new(),
        }
    }

    /// Whether the message asks for, or agrees to, another protocol, and the proxy leaves its Connection alone.
    fn switches(&self) -> bool {
        self.profile.leaves_upgrades && self.is_named("Upgrade")
    }

    /// Whether the received Connection names this field.
    fn is_named(&self, name: &str) -> bool {
        self.named.iter().any(|named| named.eq_ignore_ascii_case(name))
    }

    /// The rule that a field which Connection names stays by, for what the next recipient cannot do without.
    fn stays(&self, name: &str, by_name: Rule, else_by: Rule) -> Rule {
        if self.is_named(name) && self.profile.connection == ConnectionHandling::RemoveNamed {
            by_name
        } else {
            else_by
        }
    }

    fn walk(&mut self, received: &Headers) {
        let vias = received.get_all("Via").count();
        let mut seen_vias = 0;
        for field in received {
            if field.is_named("Connection") {
                self.connection(field);
            } else if field.is_named("Host") {
                match self.host.take() {
                    Some(host) => self.replaced(field, Some(host), Rule::HostOfTarget),
                    // RFC 9112 section 3.2: the next recipient needs it, whatever Connection names.
                    None => self.keep(field, self.stays("Host", Rule::HostStays, Rule::EndToEndField)),
                }
            } else if field.is_named("Content-Length") {
                self.content_length(field);
            } else if field.is_named("Transfer-Encoding") {
                self.transfer_encoding(field);
            } else if field.is_named("Via") {
                seen_vias += 1;
                // RFC 9110 section 7.6.1: a field that Connection names ends here; the proxy's own is another one.
                if self.is_named("Via") && self.profile.connection == ConnectionHandling::RemoveNamed {
                    self.remove(field, Rule::NamedByConnection);
                    continue;
                }
                // RFC 9110 section 7.6.3: "A proxy MUST send an appropriate Via header field [...] in each
                // message that it forwards."
                let own = if seen_vias == vias { self.via.take() } else { None };
                let after = own.map(|own| format!("{}, {own}", field.value));
                self.replaced(field, after, Rule::ViaAdded);
            } else {
                self.other(field);
            }
        }
    }

    /// The fields that follow the received ones.
    fn finish(&mut self, added: &[(String, AddedValue)], value_of: impl Fn(&AddedValue) -> Option<String>) {
        // RFC 9112 section 3.2.
        if let Some(host) = self.host.take() {
            self.add(Field::new("Host", host), Rule::HostOfTarget);
        }
        // RFC 9112 sections 6.1 and 6.2.
        match self.body {
            BodyLength::Chunked if !self.has_sent("Transfer-Encoding") => {
                self.add(Field::new("Transfer-Encoding", "chunked"), Rule::Reframed);
            }
            BodyLength::Exactly(length) if !self.has_sent("Content-Length") => {
                self.add(Field::new("Content-Length", length.to_string()), Rule::Reframed);
            }
            _ => {}
        }
        // RFC 9110 section 7.6.3.
        if let Some(via) = self.via.take() {
            self.add(Field::new("Via", via), Rule::ViaAdded);
        }
        for (name, value) in added {
            if !self.has_sent(name)
                && let Some(value) = value_of(value)
            {
                self.add(Field::new(name, value), Rule::OwnField);
            }
        }
        // RFC 9112 section 9.3: the proxy's own connection to the next hop.
        if let Some(option) = self.own_connection.take() {
            self.add(Field::new("Connection", option), Rule::OwnConnection);
        }
    }

    /// RFC 9110 section 7.6.1: "Intermediaries MUST parse a received Connection header field [...] and then
    /// remove the Connection header field itself (or replace it with the intermediary's own)".
    fn connection(&mut self, field: &Field) {
        if self.profile.connection != ConnectionHandling::RemoveOwnOptions {
            return match self.own_connection.take() {
                Some(own) => self.replaced(field, Some(own), Rule::OwnConnection),
                None => self.remove(field, Rule::HopByHopField),
            };
        }
        let is_own =
            |option: &str| option.eq_ignore_ascii_case("close") || option.eq_ignore_ascii_case("keep-alive");
        let rest: Vec<&str> = field.members().filter(|option| !is_own(option)).collect();
        if rest.is_empty() {
            self.remove(field, Rule::HopByHopField);
        } else {
            self.replaced(field, Some(rest.join(", ")), Rule::PassedOnAnyway);
        }
    }

    /// Content-Length gets the length of the body on the next hop.
    fn content_length(&mut self, field: &Field) {
        match self.body {
            // RFC 9112 section 6.3: in a 304 and in the response to HEAD it describes another response.
            BodyLength::None => {
                self.keep(field, self.stays("Content-Length", Rule::LengthStays, Rule::EndToEndField));
            }
            BodyLength::Exactly(_) if self.has_sent("Content-Length") => {
                self.remove(field, Rule::ContentLength);
            }
            BodyLength::Exactly(length) => {
                let rule = self.stays("Content-Length", Rule::LengthStays, Rule::ContentLength);
                self.replaced(field, Some(length.to_string()), rule);
            }
            // Section 6.3: "MUST first remove the received Content-Length field".
            BodyLength::Chunked | BodyLength::UntilClose => {
                self.remove(field, Rule::ChunkedOverLength);
            }
        }
    }

    /// RFC 9110 section 7.6.1: Transfer-Encoding is hop-by-hop.
    fn transfer_encoding(&mut self, field: &Field) {
        if self.body == BodyLength::Chunked && !self.has_sent("Transfer-Encoding") {
            self.keep(field, Rule::ChunkedBody);
        } else {
            self.remove(field, Rule::Reframed);
        }
    }

    fn other(&mut self, field: &Field) {
        let is_named = self.is_named(&field.name);
        let named_rule = is_named.then_some(Rule::NamedByConnection);
        if is_named && self.profile.connection == ConnectionHandling::RemoveNamed {
            self.remove(field, Rule::NamedByConnection);
        } else if self.removed.iter().any(|name| field.is_named(name)) {
            let rule = hop_by_hop_rule(&field.name).or(named_rule).unwrap_or(Rule::HopByHopField);
            self.remove(field, rule);
        } else if self.counts_hops && field.is_named("Max-Forwards") {
            self.max_forwards(field);
        } else if is_named || hop_by_hop_rule(&field.name).is_some() {
            self.keep(field, Rule::PassedOnAnyway);
        } else {
            self.keep(field, Rule::EndToEndField);
        }
    }

    /// RFC 9110 section 7.6.2: "an updated Max-Forwards field with a field value that is the lesser of a) the received
    /// value decremented by one (1) or b) the recipient's maximum supported value".
    fn max_forwards(&mut self, field: &Field) {
        let left = max_forwards(&field.value).map(|left| left.saturating_sub(1).to_string());
        self.replaced(field, left, Rule::MaxForwards);
    }

    /// Whether a field of this name has been sent.
    fn has_sent(&self, name: &str) -> bool {
        self.changes.iter().filter_map(LineChange::sent).any(|field| field.is_named(name))
    }

    fn remove(&mut self, field: &Field, rule: Rule) {
        self.changes.push(LineChange::Removed { field: field.clone(), rule });
    }

    /// Forwards the field unchanged.
    fn keep(&mut self, field: &Field, rule: Rule) {
        let field = self.spelled(field.clone());
        self.changes.push(LineChange::Kept { field, rule });
    }

    /// Forwards the field with the value `after`; unchanged without one.
    fn replaced(&mut self, field: &Field, after: Option<String>, rule: Rule) {
        match after {
            None => self.keep(field, Rule::EndToEndField),
            Some(after) if after == field.value => self.keep(field, rule),
            Some(after) => {
                let sent = self.spelled(Field::new(field.name.clone(), after));
                self.changes.push(LineChange::Changed { received: field.clone(), sent, rule });
            }
        }
    }

    fn add(&mut self, field: Field, rule: Rule) {
        let field = self.spelled(field);
        self.changes.push(LineChange::Added { field, rule });
    }

    fn spelled(&self, mut field: Field) -> Field {
        if self.profile.lowercases_names {
            field.name.make_ascii_lowercase();
        }
        field
    }
}

#[cfg(test)]
mod tests;
