//! An origin server that gives the answers of a capture.

use playground_core::http::{Method, write_message_text};
use playground_core::node::{BodyFraming, OriginServerSpec, RequestSpec, ResourceSpec};
use playground_core::time::Duration;

use super::exchanges::{Answer, Exchange, Talk};
use super::{Writing, saturating};

/// A server that ends a connection sooner after its last octet than this has decided so, and did not wait.
pub(super) const AT_ONCE: Duration = Duration::from_millis(20);

impl Writing<'_> {
    pub(super) fn server(&mut self, port: u16, talks: &[&Talk<'_>]) -> OriginServerSpec {
        let waited: Vec<Duration> = talks.iter().filter_map(|talk| talk.server_waited()).collect();
        let idle = waited.iter().copied().filter(|waited| *waited >= AT_ONCE).min();
        OriginServerSpec {
            port,
            // A connection that the server kept is one that it might have kept.
            keep_alive: waited.len() < talks.len() || idle.is_some(),
            idle_timeout_us: idle.unwrap_or(Duration::ZERO),
            resources: self.resources(talks),
            ..OriginServerSpec::default()
        }
    }

    /// The first answer for each path; one to HEAD, which has no body, only where there is no other.
    fn resources(&mut self, talks: &[&Talk<'_>]) -> Vec<ResourceSpec> {
        let mut given: Vec<(&Exchange<'_>, &Answer<'_>, ResourceSpec)> = Vec::new();
        for talk in talks {
            let mut free = talk.opened;
            for exchange in &talk.exchanges {
                let Some(answer) = &exchange.answer else { continue };
                let works = saturating(answer.begun, exchange.heard.max(free));
                free = answer.sent;
                // A target that is no path, as in `OPTIONS *`, has no resource.
                if !exchange.path().starts_with('/') {
                    continue;
                }
                let has_body = exchange.head.method != Method::Head;
                match given.iter_mut().find(|(earlier, ..)| earlier.path() == exchange.path()) {
                    None => given.push((exchange, answer, self.resource(exchange.path(), answer, works))),
                    Some((_, earlier, _)) if earlier.octets == answer.octets => {}
                    Some(earlier) if earlier.0.head.method == Method::Head && has_body => {
                        *earlier = (exchange, answer, self.resource(exchange.path(), answer, works));
                    }
                    Some(_) if !has_body => {}
                    Some(_) => self.repeated += 1,
                }
            }
        }
        given.into_iter().map(|(.., resource)| resource).collect()
    }

    fn resource(&mut self, path: &str, answer: &Answer<'_>, works: Duration) -> ResourceSpec {
        let text = write_message_text(answer.octets);
        let body_len = (answer.octets.len() - answer.head_len) as u32;
        let resource = ResourceSpec { processing_us: works, ..ResourceSpec::new(path, body_len) };
        if text.len() <= RequestSpec::TEXT_AT_MOST {
            return ResourceSpec { text: Some(text), ..resource };
        }
        self.stand_ins += 1;
        let is_chunked = answer.head.headers.contains_token("Transfer-Encoding", "chunked");
        ResourceSpec {
            status: answer.head.status,
            content_type: answer.head.headers.get("Content-Type").unwrap_or_default().to_owned(),
            framing: if is_chunked { BodyFraming::Chunked } else { BodyFraming::ContentLength },
            ..resource
        }
    }
}
