//! A lesson's trace, as text or as JSON.

use playground_core::event::Event;
use playground_core::trace::Trace;
use playground_lessons::{KnobValues, Lesson, all, find};

use crate::arguments::{Format, TraceRequest};

/// Runs the lesson and prints its trace.
///
/// # Errors
///
/// An unknown lesson or knob, a value that the knob does not take, an invalid scenario.
pub fn print(request: &TraceRequest) -> Result<String, String> {
    let lesson = find(&request.lesson).ok_or_else(|| {
        let known: Vec<&str> = all().iter().map(|lesson| lesson.id).collect();
        format!("no lesson is called {}; there are {}", request.lesson, known.join(", "))
    })?;
    let values = values(lesson, &request.settings)?;
    let mut scenario = (lesson.scenario)(&values);
    if let Some(profile) = request.profile {
        for node in &mut scenario.nodes {
            node.profile = profile;
        }
    }
    let run = lesson.run_scenario(&values, scenario).map_err(|error| error.to_string())?;
    let trace = &run.trace;
    match request.format {
        Format::Json => {
            let mut text = serde_json::to_string_pretty(&**trace).map_err(|error| error.to_string())?;
            text.push('\n');
            Ok(text)
        }
        Format::Text => {
            let mut text = trace.notation();
            text.extend(refusals(trace));
            if let Some(limit) = trace.cut_short() {
                text.push_str(&format!("{limit}\n"));
            }
            Ok(text)
        }
    }
}

/// A line for each message that a node refused: the place in the message, the problem, its clause and the answer.
fn refusals(trace: &Trace) -> impl Iterator<Item = String> {
    trace.entries.iter().filter_map(|entry| {
        let Event::MessageRejected { error, .. } = &entry.event else { return None };
        let node = trace.scenario.nodes.get(entry.node.index())?;
        Some(format!("{} refused a request: {error}; it answers {}\n", node.name, error.problem.status()))
    })
}

fn values(lesson: &'static Lesson, settings: &[(String, String)]) -> Result<KnobValues, String> {
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in settings {
        if lesson.knob(knob).is_none() {
            let known: Vec<&str> = lesson.knobs.iter().map(|knob| knob.id).collect();
            return Err(format!("{} has no knob {knob}; it has {}", lesson.id, known.join(", ")));
        }
        values.set(lesson, knob, value).map_err(|error| format!("--set {knob}={value}: {error}"))?;
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(lesson: &str, settings: &[(&str, &str)], format: Format) -> Result<String, String> {
        let settings =
            settings.iter().map(|(knob, value)| ((*knob).to_owned(), (*value).to_owned())).collect();
        print(&TraceRequest { lesson: lesson.to_owned(), settings, profile: None, format })
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
    fn unknown_names_are_answered_with_the_known_ones() {
        for (lesson, settings, word) in [
            ("nothing", &[][..], "dumb-proxy"),
            ("dumb-proxy", &[("speed", "1")], "idle"),
            ("dumb-proxy", &[("idle", "7")], "idle=7"),
        ] {
            let problem = ask(lesson, settings, Format::Text).expect_err(lesson);
            assert!(problem.contains(word), "{problem}");
        }
    }
}
