//! The lessons that load a page: the time that each loading policy saves.

mod support;

use playground_core::time::Duration;
use playground_lessons::Value;
use support::{run, span};

/// Time saved compared with one persistent connection, in thousandths; negative when the run is slower.
fn gain(knobs: &[(&str, &str)]) -> i64 {
    let run = run("parallel-limits", knobs);
    let (total, kept) = (span(&run, "total").as_micros() as i64, span(&run, "kept").as_micros() as i64);
    (kept - total) * 1_000 / kept
}

#[test]
fn serial_loading_pays_for_each_file() {
    let plain = run("serial", &[]);
    assert_eq!(plain.facts.get("connections"), Some(&Value::Count(4)));
    // Four handshakes of a round trip each.
    assert!(span(&plain, "setup") >= Duration::from_millis(400), "{:?}", plain.facts);
    assert!(span(&plain, "paint") > Duration::from_millis(1_200), "{:?}", plain.facts);
    // Sizes in the HTML make the page show early and change nothing else.
    let sized = run("serial", &[("sizes", "yes")]);
    assert_eq!(span(&sized, "total"), span(&plain, "total"));
    assert!(span(&sized, "paint") < Duration::from_millis(310), "{:?}", sized.facts);
}

#[test]
fn parallel_connections_halve_the_wait_on_a_fast_line() {
    let run = run("parallel", &[]);
    let share = span(&run, "total").as_micros() * 1_000 / span(&run, "serial").as_micros();
    assert!((420..=580).contains(&share), "{share}");
}

#[test]
fn six_connections_are_best_for_nine_images() {
    for connections in 2..=8 {
        let number = connections.to_string();
        let goal = run("parallel", &[("images", "9"), ("connections", &number)]).goal().expect("a challenge");
        assert_eq!(goal.solved, connections == 6, "{connections}: {goal:?}");
    }
    assert!(!run("parallel", &[("connections", "3")]).goal().expect("a challenge").solved);
}

#[test]
fn on_a_narrow_line_six_connections_gain_next_to_nothing_and_lose_with_a_short_queue() {
    let wide = gain(&[("line", "56k")]);
    assert!(wide < 100, "{wide}");
    let short = gain(&[("line", "56k-short")]);
    assert!(short < 0, "{short}");
    // And yet something shows earlier where the queue is long enough.
    let run = run("parallel-limits", &[("line", "56k")]);
    assert!(span(&run, "paint") < span(&run, "kept-paint"), "{:?}", run.facts);
    // On a fast line they win.
    assert!(gain(&[("line", "10m")]) > 250);
}

#[test]
fn three_connections_win_on_a_narrow_line_with_a_short_queue() {
    for connections in 1..=12 {
        let number = connections.to_string();
        let run = run("parallel-limits", &[("line", "56k-short"), ("connections", &number)]);
        let goal = run.goal().expect("it has a challenge");
        assert_eq!(goal.solved, connections == 3, "{connections}: {goal:?}");
    }
}

#[test]
fn the_race_is_won_by_saving_handshakes_and_overlapping_waits_at_any_knob_values() {
    for images in ["3", "6", "12"] {
        for connections in ["2", "4", "6"] {
            for rtt in ["10", "100", "500"] {
                let run =
                    run("persistent", &[("images", images), ("connections", connections), ("rtt", rtt)]);
                let best = span(&run, "both").min(span(&run, "pipelined"));
                let others = ["serial", "parallel", "persistent"].map(|key| span(&run, key));
                assert!(others.iter().all(|other| *other > best), "{:?}", run.facts);
                assert_eq!(span(&run, "least"), best);
            }
        }
    }
}
