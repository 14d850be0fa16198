//! The caching proxy: a smart proxy that keeps responses. RFC 9111.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::smart::SmartProxy;
use super::transaction::{Answer, Transaction};
use crate::event::{CacheAction, CachedCopy, Event};
use crate::http::{
    BodyLength, CacheLookup, Field, Headers, Lifetime, LineChange, Method, RequestHead, ResponseHead,
    Rewrite, StoredResponse, cache_key, end_to_end, may_store,
};
use crate::node::{BuildRole, Host, Role, SmartProxySpec};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::tcp::SocketId;
use crate::time::Instant;

/// A copy, with the connection by which it came.
#[derive(Debug)]
struct StoredEntry {
    key: String,
    response: StoredResponse,
    from: Option<SocketId>,
    /// The connection that carried the head, the head's place in its input, and its fields as received.
    source: Option<(SocketId, u64, Headers)>,
}

/// The stored responses of a proxy.
///
/// Simplified: its capacity is unlimited.
#[derive(Debug)]
pub(super) struct Cache {
    guesses: bool,
    kept: Vec<StoredEntry>,
}

impl Cache {
    pub(super) const fn new(guesses: bool) -> Self {
        Self { guesses, kept: Vec::new() }
    }

    /// The copy that was chosen for such a request.
    fn find(&self, key: &str, request: &RequestHead) -> Option<usize> {
        self.kept.iter().position(|kept| kept.key == key && kept.response.matches(&request.headers))
    }
}

impl StoredEntry {
    fn copy(&self, now: Instant) -> CachedCopy {
        let Lifetime { span, rule } = self.response.lifetime;
        CachedCopy {
            from: self.from,
            octets: self.response.body.len() as u64,
            age: self.response.age(now),
            lifetime: span,
            lifetime_rule: rule,
            etag: self.response.head.headers.get("ETag").unwrap_or_default().to_owned(),
        }
    }
}

fn record(
    host: &mut dyn Host,
    socket: SocketId,
    target: String,
    action: CacheAction,
    copy: Option<CachedCopy>,
    rule: Rule,
) {
    host.record(Event::CacheUsed { socket, target, action, copy: copy.map(Box::new) }, rule);
}

/// The rewrite of a stored response, relative to the head as it was received: Age is the cache's own, a 304 has
/// changed fields, and hop-by-hop fields were not stored.
///
/// Source: RFC 9111 sections 3.1, 3.2, 4.3.4 and 5.1.
fn since_received(mut rewrite: Rewrite, received: &Headers, stored: &Headers) -> Rewrite {
    for line in &mut rewrite.lines {
        let LineChange::Kept { field, .. } = line else { continue };
        if received.iter().any(|old| old == field) {
            continue;
        }
        let rule = if field.is_named("Age") { Rule::AgeField } else { Rule::NotModified };
        let field = field.clone();
        *line = match received.iter().find(|old| old.is_named(&field.name)) {
            Some(old) => LineChange::Changed { received: old.clone(), sent: field, rule },
            None => LineChange::Added { field, rule },
        };
    }
    // A field that was not stored stands behind the one that was received before it.
    let mut place = 0;
    for field in received {
        if !stored.contains(&field.name) {
            let removed = LineChange::Removed { field: field.clone(), rule: Rule::HopByHopField };
            rewrite.lines.insert(place, removed);
            place += 1;
        } else if let Some(found) = rewrite.lines.iter().position(|line| line.received() == Some(field)) {
            place = found + 1;
        }
    }
    rewrite
}

impl SmartProxy {
    /// Looks for a copy that answers a request. None when one has answered it; else the conditions with which the
    /// request is sent on, so that the next node can say that the copy is still good.
    ///
    /// Source: RFC 9111 section 4.
    pub(super) fn consult_cache(
        &mut self,
        socket: SocketId,
        request: &RequestHead,
        host: &mut dyn Host,
    ) -> Option<Vec<Field>> {
        let Some(cache) = self.cache.as_ref().filter(|_| request.method == Method::Get) else {
            return Some(Vec::new());
        };
        let key = cache_key(request);
        let Some(place) = cache.find(&key, request) else {
            record(host, socket, key, CacheAction::Missed, None, Rule::CacheMiss);
            return Some(Vec::new());
        };
        let (usable, rule) = cache.kept[place].response.use_for(&request.headers, host.now());
        if usable {
            self.serve(socket, place, request, rule, host);
            return None;
        }
        let copy = cache.kept[place].copy(host.now());
        // A client's own conditions are about its own copy.
        let is_conditional =
            ["If-None-Match", "If-Modified-Since"].iter().any(|name| request.headers.contains(name));
        let conditions = if is_conditional { Vec::new() } else { cache.kept[place].response.conditions() };
        record(host, socket, key, CacheAction::Asked, Some(copy), rule);
        Some(conditions)
    }

    /// Answers a request with a copy.
    ///
    /// Source: RFC 9111 sections 4.3.2 and 5.1.
    fn serve(
        &mut self,
        socket: SocketId,
        place: usize,
        request: &RequestHead,
        rule: Rule,
        host: &mut dyn Host,
    ) {
        let Some(kept) = self.cache.as_ref().and_then(|cache| cache.kept.get(place)) else { return };
        let (copy, body) = (kept.copy(host.now()), kept.response.body.clone());
        let mut head = kept.response.head.clone();
        let known = kept.response.is_known_to(&request.headers);
        let key = kept.key.clone();
        head.headers.replace("Age", (copy.age.as_micros() / 1_000_000).to_string());
        let length = if known {
            head = ResponseHead { headers: head.headers, ..ResponseHead::new(head.version, 304) };
            head.headers.remove_all("Content-Length");
            head.headers.remove_all("Content-Type");
            BodyLength::None
        } else {
            BodyLength::Exactly(body.len() as u64)
        };
        let source = kept.source.clone().filter(|_| !known);
        record(host, socket, key, CacheAction::Served, Some(copy), rule);
        let waiting =
            self.clients.get(&socket).map_or(0, |client| client.outgoing.iter().map(Bytes::len).sum());
        let to_offset = host.written(socket) + waiting as u64;
        let (decision, rewrite) = self.send_head(socket, request, &head, length, CacheLookup::Hit);
        if let Some((from, from_offset, came)) = source {
            let rewrite = since_received(rewrite, &came, &head.headers);
            let event =
                Event::HeadersRewritten { from, from_offset, to: socket, to_offset, rewrite: rewrite.into() };
            host.record(event, Rule::AgeField);
        }
        if let Some(client) = self.clients.get_mut(&socket)
            && !known
            && !body.is_empty()
        {
            client.outgoing.push_back(body);
        }
        host.record(Event::PersistenceDecided { socket, persistence: decision }, decision.rule);
        self.conclude_client(socket, decision, host);
    }

    /// Whether the cache will keep the response whose head has come.
    pub(super) fn decide_to_keep(
        &mut self,
        socket: SocketId,
        request: &RequestHead,
        head: &ResponseHead,
        host: &mut dyn Host,
    ) -> Option<(Lifetime, Vec<u8>)> {
        let cache = self.cache.as_mut()?;
        let key = cache_key(request);
        if !request.method.is_safe() {
            let before = cache.kept.len();
            // RFC 9111 section 4.4: "in response to a non-error status code", "all stored responses" of the URI.
            cache.kept.retain(|kept| head.status >= 400 || kept.key != key);
            if cache.kept.len() < before {
                record(host, socket, key, CacheAction::Removed, None, Rule::UnsafeInvalidates);
            }
            return None;
        }
        match may_store(request, head, cache.guesses) {
            Ok(lifetime) => Some((lifetime, Vec::new())),
            Err(_) if request.method != Method::Get || head.status == 304 => None,
            Err(rule) => {
                // Section 4.3.3: what the server now says takes the place of what it said; an error of its own
                // says nothing.
                let old = cache.find(&key, request).filter(|_| head.status < 500);
                if let Some(old) = old {
                    cache.kept.remove(old);
                    record(host, socket, key.clone(), CacheAction::Removed, None, rule);
                }
                record(host, socket, key, CacheAction::Refused, None, rule);
                None
            }
        }
    }

    /// The response is complete: it can be stored.
    pub(super) fn keep(
        &mut self,
        socket: SocketId,
        from: Option<SocketId>,
        transaction: &Transaction,
        answer: Answer,
        host: &mut dyn Host,
    ) {
        let (Some(cache), Some((lifetime, body))) = (&mut self.cache, answer.kept) else { return };
        let request = &transaction.request.head;
        let key = cache_key(request);
        if let Some(old) = cache.find(&key, request) {
            cache.kept.remove(old);
        }
        let source = from.map(|from| (from, answer.offset, answer.head.headers.clone()));
        let head = ResponseHead { headers: end_to_end(&answer.head.headers), ..answer.head };
        let response = StoredResponse {
            varies: StoredResponse::varies(&request.headers, &head.headers),
            head,
            body: body.into(),
            asked_at: transaction.asked_at,
            received_at: answer.arrived,
            lifetime,
        };
        let kept = StoredEntry { key: key.clone(), response, from, source };
        let copy = kept.copy(host.now());
        cache.kept.push(kept);
        record(host, socket, key, CacheAction::Stored, Some(copy), lifetime.rule);
    }

    /// 304 from the next node: the stored response is freshened, and answers the request.
    ///
    /// Source: RFC 9111 section 4.3.4.
    pub(super) fn serve_validated(
        &mut self,
        socket: SocketId,
        from: Option<SocketId>,
        transaction: &Transaction,
        answer: &Answer,
        host: &mut dyn Host,
    ) {
        let request = &transaction.request.head;
        let key = cache_key(request);
        let guesses = self.cache.as_ref().is_some_and(|cache| cache.guesses);
        let place = self.cache.as_ref().and_then(|cache| cache.find(&key, request));
        let kept = self.cache.as_mut().zip(place).and_then(|(cache, place)| cache.kept.get_mut(place));
        let (Some(place), Some(kept)) = (place, kept) else {
            // Another client's request has removed the copy meanwhile.
            self.answer_itself(socket, 502, "Bad Gateway: copy removed\n", Rule::BadGateway, host);
            return;
        };
        kept.response.freshen(&answer.head, transaction.asked_at, answer.arrived, guesses);
        kept.from = from;
        let copy = kept.copy(host.now());
        record(host, socket, key, CacheAction::Validated, Some(copy), Rule::NotModified);
        self.serve(socket, place, request, Rule::NotModified, host);
    }

    /// The response is incomplete: it is not stored.
    ///
    /// Source: RFC 9111 section 3.3.
    pub(super) fn refuse_incomplete(&self, socket: SocketId, host: &mut dyn Host) {
        let transaction = self.clients.get(&socket).and_then(|client| client.transaction.as_ref());
        if let Some(Transaction { request, answer: Some(Answer { kept: Some(_), .. }), .. }) = transaction {
            let key = cache_key(&request.head);
            record(host, socket, key, CacheAction::Refused, None, Rule::IncompleteNotStored);
        }
    }
}

/// Settings of a caching proxy: it forwards as the smart proxy does, and keeps what it may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CachingProxySpec {
    /// Its settings as a smart proxy.
    pub proxy: SmartProxySpec,
    /// Whether it takes a tenth of the time since Last-Modified for the freshness lifetime of a response that
    /// names none. RFC 9111 section 4.2.2.
    #[serde(default)]
    pub guesses_lifetimes: bool,
}

impl CachingProxySpec {
    /// A caching proxy by the book on port 8080 in front of port 80 of `next`, which guesses no lifetimes.
    pub fn new(next: impl Into<String>) -> Self {
        Self { proxy: SmartProxySpec::new(next), guesses_lifetimes: false }
    }
}

impl BuildRole for CachingProxySpec {
    fn build(&self) -> Box<dyn Role> {
        Box::new(SmartProxy::new(self.proxy.clone(), Some(Cache::new(self.guesses_lifetimes))))
    }

    fn problem(&self) -> Option<(String, Problem)> {
        self.proxy.problem().map(|(field, problem)| (format!("proxy.{field}"), problem))
    }

    fn peers(&self) -> Vec<(&'static str, &str)> {
        vec![("proxy.next", &self.proxy.next)]
    }
}
