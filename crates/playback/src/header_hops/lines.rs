//! The lines of a head, with what became of each.

use playground_core::http::{
    BodyLength, Field, ForwardingProfile, KeepAliveParams, RequestHead, RequestHop, ResponseHop, Rewrite,
    forward_request, forward_response, parse_request_head, parse_response_head, request_body_length,
    response_body_length, server_decides,
};
use playground_core::rule::Rule;
use playground_core::scenario::NodeSpec;

use super::{HeaderLine, LineMark};
use crate::role::{RoleKind, role};

/// A head as a proxy received it, with what it knew besides.
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

/// A head that a relay passed on without reading it.
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

/// A head that a proxy rewrote: what it received in its order, struck out or not, then what it added.
pub(super) fn rewritten_lines(received: &[u8], rewrite: &Rewrite) -> Vec<HeaderLine> {
    let mut kept: Vec<&(Field, Rule)> = rewrite.kept.iter().collect();
    let mut removed: Vec<&(Field, Rule)> = rewrite.removed.iter().collect();
    let mut changed: Vec<&(Field, Field, Rule)> = rewrite.changed.iter().collect();
    let same = |a: &Field, b: &Field| a.is_named(&b.name) && a.value == b.value;
    let mut lines = Vec::new();
    for (place, text) in text_lines(received).into_iter().enumerate() {
        if place == 0 {
            lines.push(match &rewrite.start_line {
                Some((before, after, rule)) => HeaderLine {
                    text: after.clone(),
                    before: Some(before.clone()),
                    mark: LineMark::Changed,
                    rule: Some(*rule),
                },
                None => line(text, LineMark::Kept, None),
            });
            continue;
        }
        let Some(field) = split(&text) else {
            lines.push(line(text, LineMark::Kept, None));
            continue;
        };
        if let Some(at) = changed.iter().position(|(before, ..)| same(before, &field)) {
            let (before, after, rule) = changed.remove(at);
            let mark =
                if *rule == Rule::PassedOnAnyway { LineMark::PassedBlindly } else { LineMark::Changed };
            lines.push(HeaderLine {
                text: after.to_string(),
                before: Some(before.to_string()),
                mark,
                rule: Some(*rule),
            });
        } else if let Some(at) = removed.iter().position(|(other, _)| same(other, &field)) {
            lines.push(line(text, LineMark::Removed, Some(removed.remove(at).1)));
        } else if let Some(at) = kept.iter().position(|(other, _)| same(other, &field)) {
            let (sent, rule) = kept.remove(at);
            let mark = if *rule == Rule::PassedOnAnyway { LineMark::PassedBlindly } else { LineMark::Kept };
            lines.push(line(sent.to_string(), mark, Some(*rule)));
        } else {
            lines.push(line(text, LineMark::Kept, None));
        }
    }
    lines.extend(
        rewrite.added.iter().map(|(field, rule)| line(field.to_string(), LineMark::Added, Some(*rule))),
    );
    lines
}

/// What a proxy by the book would have made of a head.
///
/// Errors: `None` when the head cannot be understood.
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
            };
            forward_response(&head, &profile, &hop).1
        }
    };
    Some(rewritten_lines(received.head, &rewrite))
}

fn asked_to_keep(request: &RequestHead) -> bool {
    ["Connection", "Proxy-Connection"].iter().any(|name| request.headers.contains_token(name, "keep-alive"))
}

/// The rule by which a field belongs to one hop only.
///
/// Source: RFC 9110 section 7.6.1.
fn hop_by_hop(field: &Field, named: &[String]) -> Option<Rule> {
    let is = |names: &[&str]| names.iter().any(|name| field.is_named(name));
    if is(&["Connection", "Keep-Alive", "TE", "Transfer-Encoding", "Upgrade"]) {
        Some(Rule::HopByHopField)
    } else if is(&["Proxy-Connection"]) {
        Some(Rule::ProxyConnectionField)
    } else if is(&["Proxy-Authenticate", "Proxy-Authorization"]) {
        Some(Rule::ProxyAuthField)
    } else if is(&["Trailer"]) {
        Some(Rule::TrailerField)
    } else if named.iter().any(|name| field.is_named(name)) {
        Some(Rule::NamedByConnection)
    } else {
        None
    }
}

fn split(line: &str) -> Option<Field> {
    let (name, value) = line.split_once(':')?;
    Some(Field::new(name.trim_end(), value.trim()))
}

fn line(text: String, mark: LineMark, rule: Option<Rule>) -> HeaderLine {
    HeaderLine { text, before: None, mark, rule }
}
