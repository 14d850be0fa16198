//! An origin server that gives the answers of a capture.

use playground_core::http::write_message_text;
use playground_core::node::{BodyFraming, OriginServerSpec, RequestSpec, ResourceSpec};
use playground_core::time::Duration;

use super::exchanges::{Exchange, Talk};
use super::{Writing, saturating};

/// A server that ends a connection sooner after its last octet than this has decided so, and did not wait.
const AT_ONCE: Duration = Duration::from_millis(20);

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
        let mut given: Vec<(&Exchange<'_>, ResourceSpec)> = Vec::new();
        for talk in talks {
            let mut free = talk.opened;
            for exchange in &talk.exchanges {
                let works = saturating(exchange.begun, exchange.heard.max(free));
                free = exchange.said;
                // A target that is no path, as in `OPTIONS *`, has no resource.
                if !exchange.path.starts_with('/') {
                    continue;
                }
                let has_body = exchange.method != "HEAD";
                match given.iter_mut().find(|(earlier, _)| earlier.path == exchange.path) {
                    None => given.push((exchange, self.resource(exchange, works))),
                    Some((earlier, _)) if earlier.response == exchange.response => {}
                    Some(earlier) if earlier.0.method == "HEAD" && has_body => {
                        *earlier = (exchange, self.resource(exchange, works));
                    }
                    Some(_) if !has_body => {}
                    Some(_) => self.repeated += 1,
                }
            }
        }
        given.into_iter().map(|(_, resource)| resource).collect()
    }

    fn resource(&mut self, exchange: &Exchange<'_>, works: Duration) -> ResourceSpec {
        let text = write_message_text(exchange.response);
        let body_len = (exchange.response.len() - exchange.response_head) as u32;
        let resource = ResourceSpec { processing_us: works, ..ResourceSpec::new(&exchange.path, body_len) };
        if text.len() <= RequestSpec::TEXT_AT_MOST {
            return ResourceSpec { text: Some(text), ..resource };
        }
        self.stand_ins += 1;
        ResourceSpec {
            status: exchange.status,
            content_type: exchange.content_type.clone(),
            framing: if exchange.is_chunked { BodyFraming::Chunked } else { BodyFraming::ContentLength },
            ..resource
        }
    }
}
