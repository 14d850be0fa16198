//! A scenario that runs on real sockets in a thread of its own.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use playground_core::event::Entry;
use playground_core::node::{OriginServerSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::time::Duration as Span;
use playground_lessons::{KnobValues, find};
use playground_live::{Excess, Limits, News, Plan, Recording, Run};

/// A lesson's scenario.
pub fn scenario(lesson: &str, settings: &[(&str, &str)]) -> Scenario {
    let lesson = find(lesson).expect("a lesson");
    let mut values = KnobValues::defaults(lesson);
    for (knob, value) in settings {
        values.set(lesson, knob, value).expect("a value");
    }
    (lesson.scenario)(&values)
}

/// The dumb-proxy lesson with an idle time that a test can wait for.
pub fn relayed(proxy: &str, requests: Option<&str>) -> Scenario {
    let mut settings = vec![("proxy", proxy), ("rtt", "10")];
    settings.extend(requests.map(|requests| ("request", requests)));
    let mut scenario = scenario("dumb-proxy", &settings);
    server_of(&mut scenario).idle_timeout_us = Span::from_secs(2);
    scenario
}

/// The settings of a scenario's origin server.
pub fn server_of(scenario: &mut Scenario) -> &mut OriginServerSpec {
    let server = scenario.nodes.iter_mut().find_map(|node| match &mut node.role {
        RoleSpec::OriginServer(spec) => Some(spec),
        _ => None,
    });
    server.expect("an origin server")
}

/// Without the scenario's client.
pub fn for_others(scenario: Scenario) -> Plan {
    Plan::new(scenario).expect("it runs on sockets").without_clients().expect("a proxy")
}

/// The proxy alone, before a program at `next`.
pub fn before(scenario: Scenario, next: SocketAddr) -> Plan {
    Plan::new(scenario).expect("it runs on sockets").only("proxy", Some(next)).expect("one next node")
}

/// What is left of a run.
pub struct Ended {
    /// What happened.
    pub entries: Vec<Entry>,
    /// Connections that were ended for a limit.
    pub excesses: Vec<Excess>,
    /// Connections that nobody has closed.
    pub left: usize,
}

/// Runs a plan while others do something with its first node; then until its connections are closed, or have had the
/// time to.
pub fn run_while<T: Send>(plan: Plan, others: impl FnOnce(SocketAddr) -> T + Send) -> (T, Ended) {
    run_within(plan, Limits::default(), others)
}

/// The same within limits.
pub fn run_within<T: Send>(
    plan: Plan,
    limits: Limits,
    others: impl FnOnce(SocketAddr) -> T + Send,
) -> (T, Ended) {
    let plan = plan.on([127, 0, 0, 1].into(), 0);
    let excesses = Rc::new(RefCell::new(Vec::new()));
    let told = Rc::clone(&excesses);
    let watcher = move |news: News<'_>| {
        if let News::Ended(excess) = news {
            told.borrow_mut().push(excess);
        }
    };
    let mut run = Run::start(plan, limits, Recording::Keeps, watcher).expect("sockets");
    let place = run.listening()[0].place.into();
    std::thread::scope(|scope| {
        let others = scope.spawn(move || others(place));
        let mut rounds = 0;
        // What its clients have closed is closed here soon after, or when the server's idle time is over.
        while !others.is_finished() || run.connections() > 0 && rounds < 300 {
            rounds += u32::from(others.is_finished());
            run.go_on(Duration::from_millis(50)).expect("the system");
        }
        let result = others.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let left = run.connections();
        (result, Ended { entries: run.finish().entries, excesses: excesses.take(), left })
    })
}
