//! The notes of every lesson, as they are pasted.

use playground_core::node::RoleSpec;
use playground_lessons::{KnobValues, Language, Run, all, find};
use playground_notation::Notes;

fn run(id: &str, settings: &[(&str, &str)]) -> Run {
    let lesson = find(id).expect("a lesson");
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in settings {
        values.set(lesson, knob, value).expect("a value");
    }
    lesson.run(&values).expect("it runs")
}

#[test]
fn the_ladder_of_a_small_answer() {
    let notes = Notes::new(&run("handshake-delay", &[]), Language::English, Some(2));
    let text = notes.text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[2].contains("sent") && lines[2].contains("Client"), "{text}");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("    0.000 s") && line.contains("- SYN -") && line.ends_with(">|")),
        "{text}"
    );
    assert!(lines.iter().any(|line| line.contains("<-") && line.contains(" SYN, ACK ")), "{text}");
}

/// All lines of a ladder have their lifelines under each other.
#[test]
fn lifelines_stand_under_each_other() {
    for lesson in all() {
        let text = Notes::new(&run(lesson.id, &[]), Language::English, None).text();
        let lines: Vec<&str> = text.lines().collect();
        let lanes = lines.iter().find(|line| line.trim_start().starts_with("| ")).expect("lifelines");
        for line in lines.iter().filter(|line| line.ends_with('|')) {
            assert_eq!(line.chars().count(), lanes.chars().count(), "{}: {line}", lesson.id);
            assert_eq!(line.find('|'), lanes.find('|'), "{}: {line}", lesson.id);
        }
    }
}

#[test]
fn a_step_is_as_far_as_the_notes_go() {
    let run = run("dumb-proxy", &[]);
    let lines = |until| Notes::new(&run, Language::Korean, until).mermaid().lines().count();
    assert!(lines(Some(1)) < lines(Some(6)) && lines(Some(6)) < lines(None));
    let until = Notes::new(&run, Language::Korean, Some(1)).mermaid();
    assert!(until.contains(": 2. ") && !until.contains(": 3. "), "{until}");
}

#[test]
fn the_dumb_proxy_passes_the_line_on_and_the_smart_one_does_not() {
    let markdown =
        |proxy| Notes::new(&run("dumb-proxy", &[("proxy", proxy)]), Language::English, None).markdown();
    let (dumb, smart) = (markdown("dumb"), markdown("smart"));
    assert!(dumb.contains("\n! Connection: Keep-Alive\n") && dumb.contains("Passed on unread"), "{dumb}");
    assert!(smart.contains("\n- Connection: Keep-Alive\n") && smart.contains("RFC 9110"), "{smart}");
}

#[test]
fn a_run_without_messages_says_so() {
    assert!(Notes::new(&run("ping", &[]), Language::English, None).markdown().contains("no HTTP messages"));
}

#[test]
fn a_long_run_is_bounded_and_says_so() {
    let lesson = find("slow-start").expect("a lesson");
    let values = KnobValues::defaults(lesson);
    let mut scenario = (lesson.scenario)(&values);
    for node in &mut scenario.nodes {
        if let RoleSpec::OriginServer(server) = &mut node.role {
            server.resources.iter_mut().for_each(|resource| resource.body_len = 3_000_000);
        }
    }
    let run = lesson.run_scenario(&values, scenario).expect("it runs");
    for language in Language::ALL {
        let notes = Notes::new(&run, language, None);
        let diagram = notes.mermaid();
        assert!((40_000..50_000).contains(&diagram.len()), "{}", diagram.len());
        for text in [diagram, notes.text()] {
            let last = text.lines().last().unwrap_or_default();
            assert!(last.contains('…') && text.lines().count() < 1_500, "{last}");
        }
    }
}
