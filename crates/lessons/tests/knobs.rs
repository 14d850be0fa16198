//! Knob values from links: valid ones are kept, invalid ones are errors, and nothing panics.

use playground_core::http::RequestText;
use playground_lessons::{KnobError, KnobKind, KnobValues, Language, Lesson, TEXT_MOST, all, find};
use proptest::prelude::*;

fn dumb_proxy() -> &'static Lesson {
    find("dumb-proxy").expect("it is in the registry")
}

#[test]
fn refused_values_change_nothing() {
    let lesson = dumb_proxy();
    let mut values = KnobValues::defaults(lesson);
    let before = values.clone();
    let no = |values: &mut KnobValues, id: &str, value: &str| values.set(lesson, id, value).expect_err(value);
    assert!(matches!(no(&mut values, "speed", "1"), KnobError::NoSuchKnob { .. }));
    assert!(matches!(no(&mut values, "proxy", "clever"), KnobError::NotAChoice { .. }));
    assert!(matches!(no(&mut values, "rtt", "fast"), KnobError::NotANumber { .. }));
    assert!(matches!(no(&mut values, "rtt", ""), KnobError::NotANumber { .. }));
    assert!(matches!(no(&mut values, "rtt", "+50"), KnobError::NotANumber { .. }));
    assert!(matches!(no(&mut values, "rtt", "9"), KnobError::OutOfRange { .. }));
    assert!(matches!(no(&mut values, "rtt", "99999999999999999999"), KnobError::OutOfRange { .. }));
    assert!(matches!(no(&mut values, "request", "GET \u{1b}[2J"), KnobError::ControlCharacter { .. }));
    assert!(matches!(no(&mut values, "request", &"x".repeat(TEXT_MOST + 1)), KnobError::TooLong { .. }));
    for (text, error) in [
        ("", "request: must not be empty"),
        ("\n \n", "request: must not be empty"),
        (
            "GET / HTTP/1.0\nA: \\q",
            "request: line 2, character 4: “\\q” is no escape; there are \\r \\n \\0 \\xNN \\\\",
        ),
    ] {
        assert_eq!(no(&mut values, "request", text).to_string(), error);
    }
    assert_eq!(values, before);
    assert_eq!(values.changed(lesson).count(), 0);
}

#[test]
fn links_name_only_changed_knobs() {
    let lesson = dumb_proxy();
    let mut values = KnobValues::defaults(lesson);
    values.set(lesson, "rtt", "0040").expect("leading zeros are one spelling of the same number");
    values.set(lesson, "proxy", "smart").expect("a choice");
    assert_eq!(values.changed(lesson).collect::<Vec<_>>(), [("proxy", "smart"), ("rtt", "40")]);
    values.set(lesson, "proxy", "dumb").expect("a choice");
    assert_eq!(values.changed(lesson).collect::<Vec<_>>(), [("rtt", "40")]);
    values.set(lesson, "request", "GET / HTTP/1.0\r\nA: b\r\n").expect("a text");
    assert_eq!(values.get("request"), "GET / HTTP/1.0\nA: b\n");
    assert_eq!(values.get("no-such-knob"), "");
    assert_eq!(values.number("rtt"), 40);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_string_makes_a_knob_panic(id in "\\PC{0,12}", value in "(?s).{0,80}") {
        for lesson in all() {
            let mut values = KnobValues::defaults(lesson);
            let _ = values.set(lesson, &id, &value);
            for knob in lesson.knobs {
                let before = values.clone();
                match values.set(lesson, knob.id, &value) {
                    Ok(()) => prop_assert!(values.changed(lesson).count() <= lesson.knobs.len()),
                    Err(error) => {
                        prop_assert_eq!(&values, &before);
                        prop_assert!(!error.to_string().is_empty());
                    }
                }
                let _ = values.number(knob.id);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    /// For any edited request the lesson runs, has its story, and measures its challenge.
    #[test]
    fn any_request_can_be_run(text in "(GET|POST|x| )?([ -\\[\\]-~\n]|\\\\[rn0\\\\]|\\\\x[0-9a-f]{2}){0,120}\\\\?(\nConnection: (close|Keep-Alive))?(\n\nGET /b HTTP/1[.][01])?") {
        for lesson in all() {
            for knob in lesson.knobs.iter().filter(|knob| matches!(knob.kind, KnobKind::Text { .. })) {
                let mut values = KnobValues::defaults(lesson);
                let is_readable = RequestText::parse(&text).is_ok_and(|text| !text.requests().is_empty());
                prop_assert_eq!(values.set(lesson, knob.id, &text).is_ok(), is_readable, "{:?}", text);
                let run = lesson.run(&values).expect("requests do not make a scenario invalid");
                for language in Language::ALL {
                    prop_assert_eq!(run.story(language).len(), run.steps.len());
                    prop_assert!(!run.steps.is_empty());
                    let _ = run.text(language);
                }
                let _ = run.goal();
            }
        }
    }
}
