//! The lines of a head at a hop, each with its treatment.

use playground_core::http::{
    BodyLength, CacheLookup, Field, ForwardingProfile, KeepAliveParams, LineChange, RequestHead, RequestHop,
    ResponseHop, Rewrite, StartLineChange, forward_request, forward_response, hop_by_hop_rule,
    parse_request_head, parse_response_head, request_body_length, response_body_length, server_decides,
};
use playground_core::rule::Rule;
use playground_core::scenario::NodeSpec;

use super::{HeaderLine, LineMark};
use crate::role::{RoleKind, role};

/// A head as a proxy received it, with the context of its forwarding.
pub(super) struct Received<'a> {
    /// The head's octets.
    pub(super) head: &'a [u8],
    /// For a response: the head of the request that it answers, as the proxy received it.
    pub(super) asked: Option<&'a [u8]>,
    /// The proxy.
    pub(super) own: &'a NodeSpec,
    /// The next node.
    pub(super) next: Option<&'a NodeSpec>,
    /// The address of the node that it came from.
    pub(super) client: String,
}

/// The lines of a head's octets, without line ends and empty lines.
fn text_lines(head: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(head).lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A head on its first hop.
pub(super) fn original_lines(head: &[u8]) -> Vec<HeaderLine> {
    text_lines(head).into_iter().map(|text| line(text, LineMark::Original, None)).collect()
}

/// A head that a relay forwarded without parsing it.
pub(super) fn blind_lines(head: &[u8]) -> Vec<HeaderLine> {
    let lines = text_lines(head);
    let named: Vec<String> = lines
        .iter()
        .filter_map(|line| split(line))
        .filter(|field| field.is_named("Connection"))
        .flat_map(|field| field.members().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    lines
        .into_iter()
        .enumerate()
        .map(|(place, text)| {
            let rule =
                if place == 0 { None } else { split(&text).and_then(|field| hop_by_hop(&field, &named)) };
            match rule {
                Some(rule) => line(text, LineMark::PassedBlindly, Some(rule)),
                None => line(text, LineMark::Kept, Some(Rule::BlindRelay)),
            }
        })
        .collect()
}

/// A head that a proxy rewrote, in wire order.
pub(super) fn rewritten_lines(rewrite: &Rewrite) -> Vec<HeaderLine> {
    let StartLineChange { received, sent, rule } = &rewrite.start_line;
    let start_line = match rule {
        Some(rule) => changed(received.clone(), sent.clone(), LineMark::Changed, *rule),
        None => line(sent.clone(), LineMark::Kept, None),
    };
    let fields = rewrite.lines.iter().map(|change| {
        let rule = change.rule();
        let passed_on = rule == Rule::PassedOnAnyway;
        match change {
            LineChange::Kept { field, .. } => {
                let mark = if passed_on { LineMark::PassedBlindly } else { LineMark::Kept };
                line(field.to_string(), mark, Some(rule))
            }
            LineChange::Removed { field, .. } => line(field.to_string(), LineMark::Removed, Some(rule)),
            LineChange::Changed { received, sent, .. } => {
                let mark = if passed_on { LineMark::PassedBlindly } else { LineMark::Changed };
                changed(received.to_string(), sent.to_string(), mark, rule)
            }
            LineChange::Added { field, .. } => line(field.to_string(), LineMark::Added, Some(rule)),
        }
    });
    core::iter::once(start_line).chain(fields).collect()
}

/// The lines that a proxy by RFC 9110 would have sent; `None` for a malformed head.
pub(super) fn by_the_book(received: &Received<'_>) -> Option<Vec<HeaderLine>> {
    let profile = ForwardingProfile::by_the_book();
    let own_name = received.own.name.as_str();
    let rewrite = match received.asked {
        None => {
            let (head, _) = parse_request_head(received.head).ok()??;
            let body = request_body_length(&head).map_or(BodyLength::None, |framing| framing.length);
            let next_is_proxy = received.next.is_some_and(|spec| role(spec).0 == RoleKind::Proxy);
            let hop = RequestHop { own_name, client_address: &received.client, next_is_proxy, body };
            forward_request(&head, &profile, &hop).1
        }
        Some(asked) => {
            let (request, _) = parse_request_head(asked).ok()??;
            let (head, _) = parse_response_head(received.head).ok()??;
            let body = response_body_length(&request.method, &head)
                .map_or(BodyLength::None, |framing| framing.length);
            let body = profile.response_length(body, request.version);
            let hop = ResponseHop {
                own_name,
                client_version: request.version,
                client_asked: asked_to_keep(&request),
                persists: server_decides(&request, body, &profile.server_policy()).persists,
                hints: KeepAliveParams::default(),
                body,
                lookup: CacheLookup::default(),
            };
            forward_response(&head, &profile, &hop).1
        }
    };
    Some(rewritten_lines(&rewrite))
}

fn asked_to_keep(request: &RequestHead) -> bool {
    ["Connection", "Proxy-Connection"].iter().any(|name| request.headers.contains_token(name, "keep-alive"))
}

/// The rule by which a field is hop-by-hop; `named` are the connection options of its message.
///
/// Source: RFC 9110 section 7.6.1.
fn hop_by_hop(field: &Field, named: &[String]) -> Option<Rule> {
    let is_named = named.iter().any(|name| field.is_named(name));
    hop_by_hop_rule(&field.name).or(is_named.then_some(Rule::NamedByConnection))
}

fn split(line: &str) -> Option<Field> {
    let (name, value) = line.split_once(':')?;
    Some(Field::new(name.trim_end(), value.trim()))
}

fn line(text: String, mark: LineMark, rule: Option<Rule>) -> HeaderLine {
    HeaderLine { text, before: None, mark, rule }
}

fn changed(before: String, text: String, mark: LineMark, rule: Rule) -> HeaderLine {
    HeaderLine { text, before: Some(before), mark, rule: Some(rule) }
}
