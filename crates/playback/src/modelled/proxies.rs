//! A proxy that passes on what it passed on in a capture: blindly, or as one of the proxies whose rewriting is known.

use std::collections::BTreeMap;

use playground_core::http::{ForwardingProfile, RequestHop, forward_request, request_body_length};
use playground_core::node::{DumbProxySpec, RoleSpec, SmartProxySpec};
use playground_core::time::Duration;

use super::NotModelled;
use super::exchanges::{Exchange, Talk};
use super::servers::AT_ONCE;

/// The role of a proxy that received some connections, and opened others to one next node of this name.
///
/// # Errors
///
/// [`NotModelled::Proxy`]: it goes on to several nodes, answers by itself, or rewrites heads in a way of its own.
pub(super) fn proxy(
    received: &[&Talk<'_>],
    opened: &[&Talk<'_>],
    next: &str,
    next_is_proxy: bool,
) -> Result<RoleSpec, NotModelled> {
    let ports = |talks: &[&Talk<'_>]| {
        let (first, rest) = talks.split_first()?;
        rest.iter().all(|talk| talk.server == first.server).then_some(first.server.1)
    };
    let (Some(port), Some(next_port)) = (ports(received), ports(opened)) else {
        return Err(NotModelled::Proxy);
    };
    let asked: Vec<&Exchange<'_>> = received.iter().flat_map(|talk| &talk.exchanges).collect();
    let passed: Vec<&Exchange<'_>> = opened.iter().flat_map(|talk| &talk.exchanges).collect();
    if asked.iter().filter(|exchange| exchange.answer.is_some()).count() > passed.len() {
        return Err(NotModelled::Proxy);
    }
    let mut by_path: BTreeMap<&str, Vec<&Exchange<'_>>> = BTreeMap::new();
    for exchange in &asked {
        by_path.entry(exchange.path()).or_default().push(exchange);
    }
    let comes_from = |rewritten: &dyn Fn(&Exchange<'_>, &Exchange<'_>) -> bool| {
        let same_path = |passed: &&Exchange<'_>| by_path.get(passed.path()).into_iter().flatten();
        passed.iter().all(|passed| same_path(passed).any(|asked| rewritten(asked, passed)))
    };
    // Whether it passes a whole URL on as such is a matter of the next node.
    let is_relayed = |asked: &Exchange<'_>, passed: &Exchange<'_>| {
        let (head, relayed) = (&asked.head, &passed.head);
        (&head.method, head.version, &head.headers, asked.path(), &asked.request[asked.head_len..])
            == (
                &relayed.method,
                relayed.version,
                &relayed.headers,
                passed.path(),
                &passed.request[passed.head_len..],
            )
    };
    if comes_from(&is_relayed) {
        return Ok(RoleSpec::DumbProxy(DumbProxySpec { port, next: next.to_owned(), next_port }));
    }
    let via = passed.iter().find_map(|passed| passed.head.headers.get("Via"));
    let via_name = via.and_then(|via| via.split(' ').nth(1)).unwrap_or("proxy");
    let is_rewritten_by = |profile: &ForwardingProfile| {
        comes_from(&|asked, passed| {
            let Ok(body) = request_body_length(&asked.head) else { return false };
            let hop = RequestHop {
                own_name: via_name,
                // Whose address it adds is not compared: hosts of the model have others.
                client_address: passed.head.headers.get("X-Forwarded-For").unwrap_or_default(),
                next_is_proxy,
                body: body.length,
            };
            forward_request(&asked.head, profile, &hop).0 == passed.head
        })
    };
    let profile = ForwardingProfile::all().into_iter().find(is_rewritten_by).ok_or(NotModelled::Proxy)?;
    let waits = |waited: &mut dyn Iterator<Item = Duration>| {
        waited.filter(|waited| *waited >= AT_ONCE).min().unwrap_or(Duration::ZERO)
    };
    Ok(RoleSpec::SmartProxy(SmartProxySpec {
        port,
        next_port,
        next_is_proxy,
        via_name: via_name.to_owned(),
        forwarding: profile.name,
        idle_timeout_us: waits(&mut received.iter().filter_map(|talk| talk.server_waited())),
        server_idle_timeout_us: waits(&mut opened.iter().filter_map(|talk| talk.client_waited())),
        ..SmartProxySpec::new(next)
    }))
}
