//! A client's settings: where it connects, what it says, what it fetches, and the octets of its requests.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::announced_timeout::AnnouncedTimeout;
use super::client::Client;
use super::early_answer::WhileSending;
use crate::http::{Method, RequestHead, RequestText, Version, parse_request_head};
use crate::node::role_spec::escape_problem;
use crate::node::{BuildRole, RetryPolicy, Role};
use crate::problem::Problem;
use crate::time::{Duration, Instant};

/// How a client asks for persistence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// It sends no such field: the version decides.
    #[default]
    Nothing,
    /// `Connection: Keep-Alive`.
    KeepAlive,
    /// `Proxy-Connection: Keep-Alive`.
    ProxyConnection,
    /// `Connection: close`.
    Close,
}

/// One request a client makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestSpec {
    /// Path, with query.
    pub path: String,
    /// Method.
    #[serde(default = "get")]
    pub method: String,
    /// Time between the moment when the request before it is done (or, pipelined, sent) and this one.
    #[serde(default)]
    pub after_us: Duration,
    /// The request as typed, head and body, in the syntax of [`RequestText`]; path and method then do not matter.
    /// Several requests in one text are written by one call, whatever `pipeline` says.
    #[serde(default, alias = "head", skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Octets of the request's body; behind a text, octets that follow it.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(max = 16_000_000)))]
    pub body_len: u32,
    /// The request is written by calls of at most so many octets, one after another; 0 is all at once.
    #[serde(default)]
    pub write_len: u32,
}

fn get() -> String {
    "GET".to_owned()
}

impl RequestSpec {
    /// A GET without delay.
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            method: get(),
            after_us: Duration::ZERO,
            text: None,
            body_len: 0,
            write_len: 0,
        }
    }

    /// The same with this delay.
    pub fn after(mut self, delay: Duration) -> Self {
        self.after_us = delay;
        self
    }

    /// Octets that the text of requests may have: reading it takes time.
    pub const TEXT_AT_MOST: usize = 1 << 16;

    /// What is wrong with a text of requests: it is too long, an escape that there is none of, or no request.
    pub fn text_problem(text: &str) -> Option<Problem> {
        if text.len() > Self::TEXT_AT_MOST {
            return Some(Problem::octets_at_most(Self::TEXT_AT_MOST as u64));
        }
        match RequestText::parse(text) {
            Ok(text) if text.requests().is_empty() => Some(Problem::not_empty()),
            Ok(_) => None,
            Err(error) => Some(escape_problem(&error)),
        }
    }
}

/// Settings of a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClientSpec {
    /// The node that it connects to: the server, or a proxy.
    pub connect_to: String,
    /// That node's port.
    #[serde(default = "port_80")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub port: u16,
    /// The host of the URLs that it fetches.
    pub host: String,
    /// Whether the node it connects to is a proxy, which gets the whole URL. RFC 9112 section 3.2.2.
    #[serde(default)]
    pub absolute_form: bool,
    /// The version it speaks.
    #[serde(default = "http11")]
    pub version: Version,
    /// How it asks for persistence.
    #[serde(default)]
    pub asks: Asks,
    /// Whether it sends another request on a connection that persists; if not, each has its own.
    #[serde(default = "yes")]
    pub reuses: bool,
    /// Requests that may be on their way on one connection before the first answer; 1 is no pipelining.
    #[serde(default = "one")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub pipeline: u32,
    /// Whether requests that cannot be repeated are pipelined too, against RFC 9112 section 9.3.2.
    #[serde(default)]
    pub pipelines_any_method: bool,
    /// What it fetches, in order.
    pub requests: Vec<RequestSpec>,
    /// When the application begins to read; until then everything stays in the receive buffer.
    #[serde(default)]
    pub reads_from_us: Instant,
    /// How long it waits for an answer before it gives the connection up; 0 is without limit.
    #[serde(default)]
    pub response_timeout_us: Duration,
    /// How long it waits for 100 (Continue) before it sends a request's body: 0 sends it at once, without asking.
    /// RFC 9110 section 10.1.1; curl waits a second.
    #[serde(default)]
    pub continue_timeout_us: Duration,
    /// Whether it closes a connection that persists once it needs no more.
    #[serde(default)]
    pub closes_when_done: bool,
    /// Whether it leaves its own side open after the server's FIN.
    #[serde(default)]
    pub stays_open: bool,
    /// What it does about the idle time that a server announces.
    #[serde(default)]
    pub announced_timeout: AnnouncedTimeout,
    /// How much of the announced time it leaves unused, in microseconds: a request takes time to arrive.
    #[serde(default = "one_second")]
    #[cfg_attr(feature = "schema", schemars(range(max = 3_600_000_000_u64)))]
    pub announced_margin_us: Duration,
    /// What it does about responses while it still sends a request.
    #[serde(default)]
    pub while_sending: WhileSending,
    /// When it retries requests whose response was lost.
    #[serde(default)]
    pub retry: RetryPolicy,
}

/// Octets that the bodies of all requests may have together: pipelined, they wait for room side by side.
const WRITES_AT_MOST: u64 = 16_000_000;

const fn port_80() -> u16 {
    80
}
const fn http11() -> Version {
    Version::Http11
}
const fn yes() -> bool {
    true
}
const fn one() -> u32 {
    1
}
const fn one_second() -> Duration {
    Duration::from_secs(1)
}

impl ClientSpec {
    /// A client of HTTP/1.1 that fetches `requests` from `connect_to`, one after another.
    pub fn new(connect_to: impl Into<String>, requests: Vec<RequestSpec>) -> Self {
        Self {
            connect_to: connect_to.into(),
            port: 80,
            host: "www.joes-hardware.com".to_owned(),
            absolute_form: false,
            version: Version::Http11,
            asks: Asks::Nothing,
            reuses: true,
            pipeline: 1,
            pipelines_any_method: false,
            requests,
            reads_from_us: Instant::ZERO,
            response_timeout_us: Duration::ZERO,
            continue_timeout_us: Duration::ZERO,
            closes_when_done: false,
            stays_open: false,
            announced_timeout: AnnouncedTimeout::Ignored,
            announced_margin_us: one_second(),
            while_sending: WhileSending::Reads,
            retry: RetryPolicy::default(),
        }
    }
}

impl BuildRole for ClientSpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(Client::new(self.clone()))
    }

    fn problem(&self) -> Option<(String, Problem)> {
        if self.port == 0 {
            return Some(("port".to_owned(), Problem::not_zero()));
        }
        if self.pipeline == 0 {
            return Some(("pipeline".to_owned(), Problem::not_zero()));
        }
        if self.requests.len() > 10_000 {
            return Some(("requests".to_owned(), Problem::entries_at_most(10_000)));
        }
        if self.announced_margin_us > Duration::from_secs(3_600) {
            return Some(("announced_margin_us".to_owned(), Problem::micros_at_most(3_600_000_000, 3_600)));
        }
        if let Some(problem) = self.retry.problem() {
            return Some(problem);
        }
        let mut written = 0_u64;
        self.requests.iter().enumerate().find_map(|(index, request)| {
            if let Some(problem) = request.text.as_deref().and_then(RequestSpec::text_problem) {
                return Some((format!("requests[{index}].text"), problem));
            }
            written += u64::from(request.body_len);
            (written > WRITES_AT_MOST)
                .then(|| (format!("requests[{index}].body_len"), Problem::writes_at_most(WRITES_AT_MOST)))
        })
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        vec![("connect_to", &self.connect_to)]
    }
}

impl ClientSpec {
    /// The name that it looks up where the machine has a resolver.
    pub(super) fn name_to_resolve(&self) -> &str {
        if self.absolute_form { &self.connect_to } else { &self.host }
    }

    /// Whether a request's body is kept back until it is invited.
    pub(super) fn waits_for_100(&self, head: &RequestHead) -> bool {
        !self.continue_timeout_us.is_zero() && head.headers.contains_token("Expect", "100-continue")
    }

    /// The requests one by one: a text may have several.
    pub(super) fn wanted(&self) -> Vec<Wanted> {
        let mut all = Vec::new();
        for (spec, request) in self.requests.iter().enumerate() {
            let Some(text) = &request.text else {
                all.push(Wanted { spec, joins: false, octets: None, head: self.head(request) });
                continue;
            };
            // A scenario whose texts cannot be read is not run.
            let typed = RequestText::parse(text).map(|text| text.requests().to_vec()).unwrap_or_default();
            let last = typed.len().saturating_sub(1);
            all.extend(typed.iter().enumerate().map(|(index, typed)| {
                let head = match parse_request_head(typed.octets()) {
                    Ok(Some((head, _))) => head,
                    // What cannot be parsed is sent all the same: the peer will say what is wrong with it.
                    _ => RequestHead::new(Method::Get, "/", self.version),
                };
                let mut octets = typed.octets().to_vec();
                if index == last {
                    octets.resize(octets.len() + request.body_len as usize, b'.');
                }
                Wanted { spec, joins: index > 0, octets: Some(octets.into()), head }
            }));
        }
        all
    }

    fn head(&self, request: &RequestSpec) -> RequestHead {
        let target = if self.absolute_form {
            format!("http://{}{}", self.host, request.path)
        } else {
            request.path.clone()
        };
        let mut head = RequestHead::new(Method::from(request.method.as_str()), target, self.version)
            .with("Host", self.host.clone());
        match self.asks {
            Asks::Nothing => {}
            Asks::KeepAlive => head.headers.push("Connection", "Keep-Alive"),
            Asks::ProxyConnection => head.headers.push("Proxy-Connection", "Keep-Alive"),
            Asks::Close => head.headers.push("Connection", "close"),
        }
        if request.body_len > 0 {
            head.headers.push("Content-Length", request.body_len.to_string());
            if !self.continue_timeout_us.is_zero() && self.version == Version::Http11 {
                head.headers.push("Expect", "100-continue");
            }
        }
        head
    }

    /// A request of its own as a text, to be changed by hand; the octets of its body follow the text.
    pub fn text_of(&self, request: &RequestSpec) -> String {
        let head = self.head(request).encode();
        String::from_utf8_lossy(&head).trim_end().replace("\r\n", "\n")
    }

    /// The octets of a request.
    pub(super) fn octets(&self, wanted: &Wanted) -> Bytes {
        wanted.octets.clone().unwrap_or_else(|| {
            let body_len = self.requests.get(wanted.spec).map_or(0, |request| request.body_len as usize);
            let mut octets = wanted.head.encode();
            octets.resize(octets.len() + body_len, b'.');
            octets.into()
        })
    }
}

/// Takes a request's body off its octets; none where there is no body.
pub(super) fn take_body(octets: &mut Bytes) -> Option<Bytes> {
    let (_, head_len) = parse_request_head(octets).ok()??;
    (head_len < octets.len()).then(|| octets.split_off(head_len))
}

/// A request that a client is to send.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The spec, by its index.
    pub spec: usize,
    /// Whether it is written together with the request before it.
    pub joins: bool,
    /// Its head as the client itself understands it.
    pub head: RequestHead,
    /// Its octets, where they are typed.
    octets: Option<Bytes>,
}
