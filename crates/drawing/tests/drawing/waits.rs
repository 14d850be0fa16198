//! Who waits for whom, at the steps of the lessons that tell of it.

use std::rc::Rc;

use playground_drawing::Hero;
use playground_lessons::{KnobValues, Run, View};
use playground_playback::{Cursor, Dissection, Fit, Saying, StuckWhy, Waits, WaitsFor, WaitsView};

/// The waits at a step of a lesson with default knobs.
fn at(lesson: &str, step: &str) -> WaitsView {
    let lesson = playground_lessons::find(lesson).expect("a lesson");
    let run: Run = lesson.run(&KnobValues::defaults(lesson)).expect("lessons run");
    let place = lesson.steps.iter().position(|spec| spec.id == step).expect("a step");
    let mark = &run.steps[place];
    let waits = Waits::new(Rc::clone(&run.trace), Rc::new(Dissection::new(&run.trace)));
    waits.at(Cursor::new(mark.index, mark.at))
}

/// Each wait: who, for whom, what for.
fn arrows(view: &WaitsView) -> Vec<(&str, &str, WaitsFor)> {
    let name = |place: usize| &*view.hosts[place].name;
    let mut arrows: Vec<_> =
        view.arrows.iter().map(|arrow| (name(arrow.from), name(arrow.to), arrow.what)).collect();
    arrows.sort_by_key(|(from, ..)| *from);
    arrows
}

#[test]
fn behind_the_dumb_proxy_everybody_waits_for_somebody_else() {
    let view = at("dumb-proxy", "waiting");
    let expected = [
        ("client", "proxy", WaitsFor::Response),
        ("proxy", "server", WaitsFor::Close),
        ("server", "proxy", WaitsFor::Request),
    ];
    assert_eq!(arrows(&view), expected);
    assert!(view.fits.contains(&(1, 2, Fit::Contradict)));
    let stuck: Vec<_> =
        view.hosts.iter().flat_map(|host| host.ends.iter().filter_map(|end| end.stuck.as_ref())).collect();
    assert_eq!(stuck.len(), 1);
    assert_eq!((stuck[0].label.as_deref(), stuck[0].why), (Some("GET /b"), StuckWhy::NobodyReads));
}

#[test]
fn the_three_beliefs_at_the_dumb_proxy_do_not_fit() {
    let view = at("dumb-proxy", "beliefs");
    assert_eq!(view.fits, [(0, 1, Fit::Contradict), (1, 2, Fit::Contradict)]);
    let said: Vec<Saying> =
        view.hosts.iter().flat_map(|host| host.sayings.iter().map(|one| one.saying)).collect();
    assert_eq!(said, [Saying::KeptToUse, Saying::Relay, Saying::KeptToServe]);
}

#[test]
fn with_another_name_for_the_header_nobody_contradicts() {
    for step in ["answer", "first"] {
        let view = at("proxy-connection", step);
        assert!(view.fits.iter().all(|(.., fit)| *fit == Fit::Agree), "{step}: {:?}", view.fits);
        assert!(view.hosts.iter().all(|host| !host.sayings.is_empty()), "{step}");
    }
}

#[test]
fn in_a_row_of_five_the_belief_breaks_at_the_dumb_proxy() {
    let lesson = playground_lessons::find("proxy-chain").expect("a lesson");
    let mut values = KnobValues::defaults(lesson);
    values.set(lesson, "third", "smart").expect("a knob");
    let run = lesson.run(&values).expect("lessons run");
    let mark = run.steps.iter().find(|mark| mark.id == "stuck").expect("a step");
    let waits = Waits::new(Rc::clone(&run.trace), Rc::new(Dissection::new(&run.trace)));
    let view = waits.at(Cursor::new(mark.index, mark.at));
    let fits: Vec<Fit> = view.fits.iter().map(|(.., fit)| *fit).collect();
    assert_eq!(fits, [Fit::Contradict, Fit::Contradict, Fit::Agree, Fit::Agree]);
    // Five hosts fit into a page and a slide.
    let heroes = Hero::new(View::Waits, &run, &Rc::new(Dissection::new(&run.trace))).expect("a picture");
    for canvas in crate::runs::canvases().filter(|canvas| canvas.width > 900.0) {
        let drawing = heroes.draw(Cursor::new(mark.index, mark.at), &canvas);
        assert!(drawing.height <= canvas.height, "{} in {}", drawing.height, canvas.height);
    }
}

#[test]
fn both_hops_of_http_1_1_agree() {
    let view = at("http11-persistent", "stay");
    assert_eq!(view.fits, [(0, 1, Fit::Agree), (1, 2, Fit::Agree)]);
    assert_eq!(view.hosts[1].sayings.len(), 2, "the proxy has agreed with each neighbour");
}

/// The strip of the page shows no segments above this picture.
#[test]
fn segments_on_their_way_move_between_the_hosts() {
    for (lesson, step, from, to) in
        [("nagle", "ack", "server", "client"), ("nagle", "body", "client", "server")]
    {
        let pictures = crate::runs::pictures(lesson).expect("a run");
        let now = crate::runs::moment(&pictures.run, step);
        let waits = Waits::new(Rc::clone(&pictures.run.trace), Rc::new(Dissection::new(&pictures.run.trace)));
        let view = waits.at(now);
        let sent: Vec<_> = view
            .flights
            .iter()
            .map(|flight| {
                (&*view.hosts[flight.from].name, &*view.hosts[flight.to].name, flight.segment.entry)
            })
            .collect();
        let found = sent.iter().find(|(sender, receiver, _)| (*sender, *receiver) == (from, to));
        let entry = found.unwrap_or_else(|| panic!("{step}: {sent:?}")).2.to_string();
        let hero = Hero::new(View::Waits, &pictures.run, &Rc::new(Dissection::new(&pictures.run.trace)));
        let hero = hero.expect("a picture");
        for canvas in crate::runs::canvases().filter(|canvas| !canvas.is_narrow()) {
            let drawing = hero.draw(now, &canvas);
            let drawn = drawing.elements.iter().filter(|element| element.get("class") == Some("flight"));
            let entries: Vec<_> = drawn.filter_map(|element| element.get("data-entry")).collect();
            assert!(entries.contains(&&*entry), "{step}: {entries:?}, not {entry}");
        }
    }
}

#[test]
fn nagle_and_the_delayed_ack_wait_for_each_other() {
    let both = [("client", "server", WaitsFor::Ack), ("server", "client", WaitsFor::Data)];
    assert_eq!(arrows(&at("nagle", "both")), both);
    // Once the timer has expired the ACK is on its way, and nothing holds it back.
    assert_eq!(arrows(&at("nagle", "ack"))[0], both[0]);
    assert!(!arrows(&at("nagle", "ack")).contains(&both[1]));
    assert!(!arrows(&at("nagle", "body")).contains(&both[0]));
}
