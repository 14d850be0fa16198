//! The player: commands in, cursor out.

use std::rc::Rc;

use playground_core::node::Asks;
use playground_core::time::Instant;
use playground_playback::PlayerCommand::{
    GoToStep, Next, Pause, Play, Previous, Seek, SeekCursor, SeekIndex, SetSpeed, SetStepSize, Tick,
};
use playground_playback::{
    Cursor, Outcome, Player, PlayerCommand, Speed, StepMark, StepScale, StepSize, Timeline, Transition,
};

use crate::runs::{self, Run};

const FRAME: PlayerCommand = Tick { wall_us: 16_667 };

fn dumb() -> Run {
    Run::of("dumb", &runs::chain(Asks::KeepAlive, runs::dumb()))
}

/// Steps at the start, at four segments' arrivals, and inside an instant.
fn steps(run: &Run) -> Vec<StepMark> {
    let segments = &run.dissection.segments;
    let mut marks = vec![StepMark::default()];
    for place in [0, 3, 8, 13] {
        let ended = segments[place].ended.expect("delivered");
        marks.push(StepMark { index: ended + 1, at: run.trace.entries[ended as usize].at });
    }
    // The same instant, two entries on.
    let last = marks[4];
    marks.push(StepMark { index: last.index + 2, at: last.at });
    marks
}

/// Ticks until the player rests; how many it took.
fn rest(player: &mut Player, timeline: &Timeline) -> u64 {
    let mut ticks = 0;
    while player.is_moving() {
        let before = player.cursor();
        player.handle(timeline, FRAME);
        assert!(player.cursor() >= before, "time never goes back by itself");
        ticks += 1;
        assert!(ticks < 100_000, "it never rests");
    }
    ticks
}

#[test]
fn next_walks_through_the_steps_and_each_lasts_as_long_as_it_should() {
    let run = dumb();
    let steps = steps(&run);
    let timeline = run.timeline(steps.clone());
    let mut player = Player::new(Cursor::START);
    for step in &steps[1..] {
        assert_eq!(player.handle(&timeline, Next), Outcome::Changed);
        assert_eq!(player.target(), (*step).into());
        let wall_us = rest(&mut player, &timeline) * 16_667;
        assert_eq!(player.cursor(), (*step).into());
        assert!(
            (Transition::SHORTEST_US..=Transition::LONGEST_US + 16_667).contains(&wall_us),
            "{wall_us} us to {step:?}"
        );
    }
    assert_eq!(player.handle(&timeline, Next), Outcome::PastEnd);
    assert_eq!(player.cursor(), steps[5].into());
    for step in steps[..5].iter().rev() {
        assert_eq!(player.handle(&timeline, Previous), Outcome::Changed);
        assert_eq!(player.cursor(), (*step).into());
        assert!(!player.is_moving());
    }
    assert_eq!(player.handle(&timeline, Previous), Outcome::PastStart);
}

#[test]
fn next_during_a_move_completes_it_and_begins_the_next() {
    let run = dumb();
    let steps = steps(&run);
    let timeline = run.timeline(steps.clone());
    let mut player = Player::new(Cursor::START);
    player.handle(&timeline, Next);
    player.handle(&timeline, FRAME);
    player.handle(&timeline, Next);
    assert_eq!(player.cursor(), steps[1].into());
    assert_eq!(player.target(), steps[2].into());
    // Three quick presses and a rest are the fourth step.
    player.handle(&timeline, Next);
    rest(&mut player, &timeline);
    assert_eq!(player.cursor(), steps[3].into());
}

#[test]
fn each_command_does_what_it_says() {
    let run = dumb();
    let steps = steps(&run);
    let timeline = run.timeline(steps.clone());
    let count = run.trace.entries.len() as u32;
    let at = |index: u32| timeline.at_index(index);
    //  commands, cursor, whether it moves
    let table: Vec<(Vec<PlayerCommand>, Cursor, bool)> = vec![
        (vec![GoToStep(2)], steps[2].into(), false),
        (vec![GoToStep(99)], steps[5].into(), false),
        (vec![SeekIndex(7)], at(7), false),
        (vec![SeekIndex(u32::MAX)], at(count), false),
        (vec![Seek(Instant::from_millis(100))], timeline.at(Instant::from_millis(100)), false),
        (vec![Seek(Instant::FAR_FUTURE)], timeline.end(), false),
        (vec![Play], Cursor::START, true),
        (vec![Play, Pause], Cursor::START, false),
        (vec![Play, Seek(Instant::from_millis(100))], timeline.at(Instant::from_millis(100)), false),
        (vec![Next, GoToStep(1)], steps[1].into(), false),
        (vec![GoToStep(3), Previous], steps[2].into(), false),
        (vec![GoToStep(2), Next, FRAME, Previous], steps[2].into(), false),
    ];
    for (commands, cursor, moving) in table {
        let mut player = Player::new(Cursor::START);
        for command in &commands {
            player.handle(&timeline, *command);
        }
        assert_eq!(player.cursor(), cursor, "{commands:?}");
        assert_eq!(player.is_moving(), moving, "{commands:?}");
    }
}

#[test]
fn commands_that_change_nothing_say_so() {
    let run = dumb();
    let timeline = run.timeline(steps(&run));
    for command in [Pause, FRAME, GoToStep(0), SetSpeed(Speed::Normal)] {
        assert_eq!(Player::new(Cursor::START).handle(&timeline, command), Outcome::Unchanged, "{command:?}");
    }
    for command in [Play, Next, GoToStep(5), SetSpeed(Speed::Double)] {
        assert_eq!(Player::new(Cursor::START).handle(&timeline, command), Outcome::Changed, "{command:?}");
    }
}

#[test]
fn playing_stops_at_every_step() {
    let run = dumb();
    let steps = steps(&run);
    let timeline = run.timeline(steps.clone());
    let mut player = Player::new(Cursor::START);
    for step in &steps[1..] {
        player.handle(&timeline, Play);
        rest(&mut player, &timeline);
        assert_eq!(player.cursor(), (*step).into());
    }
    // After the last step it plays to the end, and from the end it begins again.
    player.handle(&timeline, Play);
    rest(&mut player, &timeline);
    assert_eq!(player.cursor(), timeline.end());
    player.handle(&timeline, Play);
    assert_eq!(player.cursor(), Cursor::START);
}

#[test]
fn without_a_lesson_playing_goes_to_the_end_and_next_goes_by_messages() {
    for run in runs::all() {
        let timeline = run.timeline(Vec::new());
        let mut player = Player::new(Cursor::START);
        player.handle(&timeline, SetSpeed(Speed::Quadruple));
        player.handle(&timeline, Play);
        rest(&mut player, &timeline);
        assert_eq!(player.cursor(), timeline.end(), "{}", run.name);
        for size in [StepSize::LessonStep, StepSize::Segment] {
            let mut player = Player::new(Cursor::START);
            player.handle(&timeline, SetStepSize(size));
            let mut presses = 0;
            while player.handle(&timeline, Next) != Outcome::PastEnd {
                presses += 1;
            }
            assert_eq!(player.cursor().index, run.trace.entries.len() as u32, "{} {size:?}", run.name);
            let mut back = 0;
            while player.handle(&timeline, Previous) != Outcome::PastStart {
                back += 1;
            }
            assert_eq!((player.cursor(), back), (Cursor::START, presses), "{} {size:?}", run.name);
        }
    }
}

#[test]
fn smaller_steps_are_more_steps() {
    let run = dumb();
    let timeline = run.timeline(Vec::new());
    // Without a lesson its steps are messages: two requests, two responses over two hops, and both ends.
    let messages = timeline.marks(StepSize::LessonStep).len();
    let segments = timeline.marks(StepSize::Segment).len();
    assert!((4..=12).contains(&messages), "{messages}");
    assert!(segments > messages);
    assert!(run.trace.entries.len() > segments);
}

#[test]
fn the_speed_divides_the_time_a_step_takes() {
    let run = dumb();
    let timeline = run.timeline(steps(&run));
    let ticks = Speed::ALL.map(|speed| {
        let mut player = Player::new(Cursor::START);
        player.handle(&timeline, SetSpeed(speed));
        player.handle(&timeline, Next);
        let length = player.transition().expect("under way").length_us as f64;
        let ticks = rest(&mut player, &timeline) as f64;
        assert!((ticks * 16_667.0 * speed.factor() - length).abs() < 70_000.0, "{speed:?}");
        ticks
    });
    assert!(ticks[0] > ticks[1] && ticks[1] > ticks[2] && ticks[2] > ticks[3]);
    for speed in Speed::ALL {
        assert_eq!(Speed::from_text(speed.text()), Some(speed));
    }
    assert_eq!(Speed::from_text("3"), None);
}

/// Steps are as far from one another as the scrubber has room, and each place on it leads back to itself.
#[test]
fn the_scrubber_has_the_same_room_for_every_step() {
    for run in runs::all() {
        let timeline = run.timeline(Vec::new());
        let mut steps: Vec<Cursor> =
            timeline.marks(StepSize::LessonStep).iter().map(|mark| (*mark).into()).collect();
        // Two steps at one cursor.
        steps.truncate((steps.len() - 1).clamp(1, 6));
        steps.extend(steps.last().copied());
        let scale = StepScale::new(&steps, timeline.end(), Rc::clone(&run.pace));
        let width = scale.of_step(1) - scale.of_step(0);
        for (step, cursor) in steps.iter().enumerate() {
            assert!((scale.of_step(step) - width * step as f64).abs() < 1e-9, "{}", run.name);
            assert!((scale.place(*cursor, step) - scale.of_step(step)).abs() < 1e-9, "{}", run.name);
        }
        let mut player = Player::new(Cursor::START);
        let mut before = (Cursor::START, 0.0);
        for place in 0..=400 {
            let place = f64::from(place) / 400.0;
            player.handle(&timeline, SeekCursor(scale.cursor(place)));
            let cursor = player.cursor();
            assert!(cursor >= before.0, "{}: {place}", run.name);
            assert_eq!(cursor, timeline.near(cursor), "{}: its index fits its time", run.name);
            let back = scale.place(cursor, usize::MAX);
            assert!(back >= before.1 && (back - place).abs() <= 2.0 * width, "{} {place} {back}", run.name);
            before = (cursor, back);
        }
        assert_eq!(scale.cursor(0.0), Cursor::START);
        player.handle(&timeline, SeekCursor(scale.cursor(1.0)));
        assert_eq!(player.cursor(), timeline.end(), "{}", run.name);
    }
}

#[test]
fn a_page_that_slept_does_not_jump() {
    let run = dumb();
    let timeline = run.timeline(Vec::new());
    let mut player = Player::new(Cursor::START);
    player.handle(&timeline, Play);
    player.handle(&timeline, Tick { wall_us: 3_600_000_000 });
    assert!(run.pace.to_view(player.cursor().at).as_secs() < 0.3);
}
