//! Requests whose answer is lost: the counter on the server's card and the dialog over the client's.

use playground_core::event::Event;
use playground_core::node::{
    BreakMoment, BreakSpec, ClientSpec, CloseStyle, OriginServerSpec, RequestSpec, ResourceSpec, RetryPolicy,
    UserAnswer,
};
use playground_core::scenario::Scenario;
use playground_core::time::{Duration, Instant};
use playground_playback::{Cursor, FrameCursor, NodeView};

use crate::runs::{Run, link, pair};

/// An order whose answer is lost, and a user who decides.
pub fn asked(user: UserAnswer) -> Scenario {
    let order = RequestSpec { method: "POST".to_owned(), ..RequestSpec::get("/orders") };
    let client = ClientSpec {
        retry: RetryPolicy::asking(user, Duration::from_secs(2)),
        ..ClientSpec::new("server", vec![order])
    };
    let breaks = BreakSpec {
        at_request: 1,
        moment: BreakMoment::AfterEffect,
        by: CloseStyle::Abort,
        pause_us: Duration::from_millis(100),
    };
    let server = OriginServerSpec {
        resources: vec![ResourceSpec::new("/orders", 100)],
        breaks: Some(breaks),
        ..OriginServerSpec::default()
    };
    pair(client, server, link("client", "server"))
}

/// The two cards at an instant, all that happens at it applied.
fn cards(run: &Run, at: Instant) -> (NodeView, NodeView) {
    let cursor = Cursor::new(run.trace.applied_by(at), at);
    let frame = FrameCursor::new().frame(&run.trace, &run.dissection, cursor);
    ((*frame.nodes[0]).clone(), (*frame.nodes[1]).clone())
}

fn when(run: &Run, is: impl Fn(&Event) -> bool) -> Vec<Instant> {
    run.trace.entries.iter().filter(|entry| is(&entry.event)).map(|entry| entry.at).collect()
}

#[test]
fn the_counter_of_a_resource_counts_what_was_carried_out_even_when_the_answer_is_lost() {
    let run = Run::of("asked", &asked(UserAnswer::Again));
    let effects = when(&run, |event| matches!(event, Event::EffectCaused { .. }));
    assert_eq!(effects.len(), 2);
    assert!(cards(&run, Instant::ZERO).1.effects.is_empty());
    for (place, at) in effects.iter().enumerate() {
        let (client, server) = cards(&run, *at);
        let [effect] = &server.effects[..] else { panic!("{:?}", server.effects) };
        assert_eq!((effect.method.as_str(), effect.path.as_str()), ("POST", "/orders"));
        assert_eq!((effect.executed, effect.holds, effect.at), (place as u32 + 1, place as u32 + 1, *at));
        assert!(client.effects.is_empty());
    }
}

#[test]
fn the_dialog_is_open_from_the_question_until_the_answer_was_seen() {
    for (user, again) in [(UserAnswer::Again, true), (UserAnswer::GiveUp, false)] {
        let run = Run::of("asked", &asked(user));
        let asked = when(&run, |event| matches!(event, Event::UserAsked { .. }))[0];
        let answered = when(&run, |event| matches!(event, Event::UserAnswered { .. }))[0];
        assert_eq!(answered.since(asked), Duration::from_secs(2));
        let question = |at: Instant| cards(&run, at).0.question;
        assert_eq!(question(Instant::ZERO), None);
        let open = question(asked).expect("it asks");
        assert_eq!(
            (open.request, open.what.as_str(), open.asked_at, open.answer),
            (1, "POST /orders", asked, None)
        );
        assert!(open.is_open(asked) && open.is_open(asked + Duration::from_secs(1)));
        let pressed = question(answered).expect("it has asked");
        assert_eq!(pressed.answer, Some((answered, again)));
        assert!(pressed.is_open(answered) && !pressed.is_open(answered + Duration::from_secs(1)));
    }
}
