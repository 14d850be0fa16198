//! The scenario of a command: a lesson's with its knobs, or one from a file.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use playground_core::scenario::Scenario;
use playground_lessons::{KnobValues, Lesson, all, find};

use crate::arguments::{Origin, Source, quoted};

/// A file longer than this is no scenario, octets.
const FILE_AT_MOST: u64 = 2 << 20;

/// The scenario that is asked for.
///
/// # Errors
///
/// An unknown lesson or knob, a value that the knob does not take, a file that cannot be read, a field of the scenario.
pub fn read(source: &Source, stdin: &mut dyn Read) -> Result<Scenario, String> {
    let mut scenario = match &source.origin {
        Origin::Lesson { id, settings } => {
            let lesson = lesson(id)?;
            (lesson.scenario)(&values(lesson, settings)?)
        }
        Origin::File(path) => from_file(path, stdin)?,
    };
    if let Some(profile) = source.profile {
        for node in &mut scenario.nodes {
            node.profile = profile;
        }
    }
    Ok(scenario)
}

fn from_file(path: &Path, stdin: &mut dyn Read) -> Result<Scenario, String> {
    let name = quoted(&path.to_string_lossy());
    let failed = |error: std::io::Error| format!("--scenario {name}: {error}");
    let mut text = String::new();
    let mut read = |input: &mut dyn Read| input.take(FILE_AT_MOST).read_to_string(&mut text);
    if path == Path::new("-") { read(stdin) } else { File::open(path).and_then(|mut file| read(&mut file)) }
        .map_err(failed)?;
    Scenario::from_json(&text).map_err(|error| format!("--scenario {name}: {error}"))
}

/// The lesson of an id.
///
/// # Errors
/// The ids that there are.
pub fn lesson(id: &str) -> Result<&'static Lesson, String> {
    find(id).ok_or_else(|| {
        let known: Vec<&str> = all().iter().map(|lesson| lesson.id).collect();
        format!("no lesson is called {}; there are {}", quoted(id), known.join(", "))
    })
}

/// The values of the knobs with some of them set.
///
/// # Errors
/// An unknown knob, a value that it does not take.
pub fn values(lesson: &'static Lesson, settings: &[(String, String)]) -> Result<KnobValues, String> {
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in settings {
        if lesson.knob(knob).is_none() {
            let known: Vec<&str> = lesson.knobs.iter().map(|knob| knob.id).collect();
            return Err(format!("{} has no knob {}; it has {}", lesson.id, quoted(knob), known.join(", ")));
        }
        values
            .set(lesson, knob, value)
            .map_err(|error| format!("--set {knob}={}: {error}", quoted(value)))?;
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Format;
    use crate::trace;

    fn scenario_of(id: &str, settings: &[(&str, &str)]) -> Result<Scenario, String> {
        let settings =
            settings.iter().map(|(knob, value)| ((*knob).to_owned(), (*value).to_owned())).collect();
        let origin = Origin::Lesson { id: id.to_owned(), settings };
        read(&Source { origin, profile: None }, &mut std::io::empty())
    }

    fn from_stdin(text: &str) -> Result<Scenario, String> {
        read(&Source { origin: Origin::File("-".into()), profile: None }, &mut text.as_bytes())
    }

    #[test]
    fn a_printed_scenario_runs_as_the_lesson_does() {
        let post = "POST /index.html HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello\n\nGET / HTTP/1.0\nA: \\x80\\r\\\\";
        let mut scenarios: Vec<Scenario> =
            all().iter().map(|each| scenario_of(each.id, &[]).expect(each.id)).collect();
        scenarios.push(scenario_of("keep-alive", &[("request", post)]).expect("a text"));
        for scenario in scenarios {
            let again = from_stdin(&scenario.to_json()).expect("it is its own JSON");
            assert_eq!(again, scenario);
        }
        let scenario = scenario_of("keep-alive", &[("request", post)]).expect("a text");
        let again = from_stdin(&scenario.to_json()).expect("its JSON");
        for format in [Format::Text, Format::Json] {
            assert_eq!(trace::print(&again, format), trace::print(&scenario, format));
        }
    }

    #[test]
    fn an_unreadable_scenario_is_named_by_its_field() {
        let json = scenario_of("keep-alive", &[]).expect("the lesson").to_json();
        for (from, to, problem) in [
            (
                r#""connect_to": "server""#,
                r#""connect_to": "sever""#,
                "nodes[0].role.client.connect_to: no node",
            ),
            (
                "GET /index.html",
                "GET \\\\q",
                "nodes[0].role.client.requests[0].text: line 1, character 5: “\\q”",
            ),
            (
                r#""pipeline": 1"#,
                r#""pipeline": -1"#,
                "nodes[0].role.client.pipeline: must be a whole number",
            ),
            (r#""nodes""#, r#""nods""#, "nods: is not known here"),
            (r#""nodes": ["#, r#""nodes" ["#, "“:” is missing here"),
        ] {
            assert!(json.contains(from), "{from}");
            let error = from_stdin(&json.replacen(from, to, 1)).expect_err(problem);
            assert!(error.starts_with("--scenario -: ") && error.contains(problem), "{error}");
        }
        assert!(from_stdin("").expect_err("nothing").contains("ends before"));
        let missing = Source { origin: Origin::File("/no\u{1b}where".into()), profile: None };
        let error = read(&missing, &mut std::io::empty()).expect_err("no file");
        assert!(error.starts_with("--scenario /no\\u{1b}where: "), "{error}");
    }

    #[test]
    fn unknown_names_are_answered_with_the_known_ones() {
        for (id, settings, word) in [
            ("nothing", &[][..], "dumb-proxy"),
            ("dumb-proxy", &[("speed", "1")], "idle"),
            ("dumb-proxy", &[("idle", "7")], "idle=7"),
        ] {
            let problem = scenario_of(id, settings).expect_err(id);
            assert!(problem.contains(word), "{problem}");
        }
    }

    #[test]
    fn a_refused_request_is_named_with_its_place_and_short() {
        for (request, problem) in [
            ("", "--set request=: request: must not be empty"),
            ("\n \n", "--set request=\\n \\n: request: must not be empty"),
            ("\u{1b}[2J", "--set request=\\u{1b}[2J: request: must not have control characters"),
            (
                "GET /\\q HTTP/1.0",
                "--set request=GET /\\q HTTP/1.0: request: line 1, character 6: “\\q” is no escape; there are \
                 \\r \\n \\0 \\xNN \\\\",
            ),
        ] {
            assert_eq!(scenario_of("keep-alive", &[("request", request)]).expect_err(problem), problem);
        }
        let long = scenario_of("keep-alive", &[("request", &"x".repeat(5_000))]).expect_err("too long");
        assert_eq!(
            long,
            format!("--set request={}…: request: must not be longer than 4,000 octets", "x".repeat(60))
        );
    }
}
