//! A scenario's trace, as text or as JSON.

use playground_core::event::Event;
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::trace::Trace;

use crate::arguments::Format;

/// Runs a scenario and prints its trace.
///
/// # Errors
///
/// An invalid scenario.
pub fn print(scenario: &Scenario, format: Format) -> Result<String, String> {
    let trace = sim::run(scenario).map_err(|error| error.to_string())?;
    match format {
        Format::Json => {
            let mut text = serde_json::to_string_pretty(&trace).map_err(|error| error.to_string())?;
            text.push('\n');
            Ok(text)
        }
        Format::Text => {
            let mut text = trace.notation();
            text.extend(refusals(&trace));
            if let Some(limit) = trace.cut_short() {
                text.push_str(&format!("{limit}\n"));
            }
            Ok(text)
        }
    }
}

/// A line for each message that a node refused: the problem, its place in the message, its clause, and the answer to a
/// request.
fn refusals(trace: &Trace) -> impl Iterator<Item = String> {
    trace.entries.iter().filter_map(|entry| {
        let Event::MessageRejected { error, is_response, .. } = &entry.event else { return None };
        let node = &trace.scenario.nodes.get(entry.node.index())?.name;
        Some(match is_response {
            true => format!("{node} refused a response: {error}\n"),
            false => format!("{node} refused a request: {error}; it answers {}\n", error.problem.status()),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::{Origin, Source};
    use crate::scenario;

    fn of(lesson: &str, settings: &[(&str, &str)]) -> Result<Scenario, String> {
        let settings =
            settings.iter().map(|(knob, value)| ((*knob).to_owned(), (*value).to_owned())).collect();
        let origin = Origin::Lesson { id: lesson.to_owned(), settings };
        scenario::read(&Source { origin, profile: None }, &mut std::io::empty())
    }

    fn ask(lesson: &str, settings: &[(&str, &str)], format: Format) -> Result<String, String> {
        print(&of(lesson, settings)?, format)
    }

    #[test]
    fn the_text_shows_the_reset_that_ends_the_hang() {
        let text = ask("dumb-proxy", &[("idle", "5")], Format::Text).expect("the lesson runs");
        let first = text.lines().next().unwrap_or_default();
        assert!(first.contains("client.49152 > proxy.8080: Flags [S], seq 0"), "{first}");
        assert!(text.lines().any(|line| line.contains("proxy.8080 > client") && line.contains("[R.]")));
    }

    #[test]
    fn the_text_names_the_line_of_a_refused_request() {
        let requests = "GET /a HTTP/1.0\nHost: a\n\nGET /b HTTP/1.1\nHost: a\nContent-Length: +5\n";
        let text = ask("keep-alive", &[("request", requests)], Format::Text).expect("the lesson runs");
        let refused =
            "refused a request: invalid-content-length at line 3, octet 42 (RFC 9112 §6.3); it answers 400";
        assert!(text.lines().any(|line| line.ends_with(refused)), "{text}");
    }

    #[test]
    fn the_json_has_every_entry() {
        let text = ask("dumb-proxy", &[], Format::Json).expect("the lesson runs");
        let json: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let entries = json["entries"].as_array().expect("entries");
        assert!(entries.len() > 50);
        for (index, entry) in entries.iter().enumerate() {
            assert_eq!(entry["index"], index);
            assert!(entry["cause"].as_u64().is_none_or(|cause| cause < index as u64));
        }
    }

    #[test]
    fn every_refused_message_is_named() {
        let requests =
            "GET a HTTP/1.0\n\nGET /logo.gif HTTP/1.0\n\nGET /\\x20b HTTP/1.0\n\nGET / HTTP/1.1\\r\\n\\r\\n";
        let text = ask("keep-alive", &[("request", requests)], Format::Text).expect("the lesson runs");
        let refused: Vec<&str> = text.lines().filter(|line| line.contains(" refused a ")).collect();
        assert_eq!(
            refused,
            [
                "server refused a request: bad-target at line 1, octet 4 (RFC 9112 §3.2); it answers 400",
                "server refused a request: bad-target at line 1, octet 5 (RFC 9112 §3.2); it answers 400",
                "server refused a request: host-missing at line 1, octet 0 (RFC 9112 §3.2); it answers 400",
            ]
        );
    }

    /// A response without a status. RFC 9112 section 4.
    #[test]
    fn a_refused_response_is_named() {
        let mut scenario = of("keep-alive", &[]).expect("the lesson");
        let step = |at_us: u64, call: &str| format!(r#"{{"at_us":{at_us},"call":{call}}}"#);
        let answer = r#"{"send":{"text":"HTTP/1.1 2OO OK\r\nContent-Length: 0\r\n\r\n"}}"#;
        let role = format!(
            r#"{{"script":{{"steps":[{},{}]}}}}"#,
            step(0, r#"{"listen":{"port":80}}"#),
            step(400_000, answer)
        );
        scenario.nodes[1].role = serde_json::from_str(&role).expect("a role");
        let text = print(&scenario, Format::Text).expect("it runs");
        let refused: Vec<&str> = text.lines().filter(|line| line.contains(" refused a ")).collect();
        assert_eq!(
            refused,
            ["client refused a response: bad-status-code at line 1, octet 9 (RFC 9110 §15)"],
            "{text}"
        );
    }
}
