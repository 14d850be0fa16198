//! A scenario's roles on real sockets, told as it happens.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration as Wall, Instant as Clock};

use playground_core::event::Event;
use playground_core::node::RoleSpec;
use playground_core::scenario::Scenario;
use playground_core::tcp::Notice;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_lessons::Language;
use playground_live::{Limits, Listening, News, Plan, Recording, Run, Telling, Waker};
use playground_words::{Text, time_text};

use crate::arguments::{Source, quoted};
use crate::given::Given;
use crate::{scenario, telling, tun};

/// How often waits are looked at.
const LOOK: Wall = Wall::from_millis(200);

/// What is run, and how.
#[derive(Debug, PartialEq, Eq)]
pub struct Live {
    /// The language; without one, that of the environment.
    pub language: Option<Language>,
    /// The file to record to.
    pub record: Option<PathBuf>,
    /// The node to run alone.
    pub only: Option<String>,
    /// Its next program.
    pub next: Option<SocketAddr>,
    /// Whether the scenario's clients are left out.
    pub no_client: bool,
    /// The address to listen on.
    pub bind: Ipv4Addr,
    /// The first port.
    pub port: u16,
    /// Whether it ends when nothing is left to do.
    pub once: bool,
    /// Whether this machine's kernel is the client.
    pub tun: bool,
}

/// The options of the command.
const OPTIONS: [&str; 9] = ["set", "profile", "lang", "record", "only", "next", "no-client", "bind", "port"];

impl Live {
    /// Reads the options.
    ///
    /// # Errors
    /// What a value must be.
    pub fn read(given: &Given) -> Result<Self, String> {
        given.only("live", &[&OPTIONS[..], &["once", "scenario", "tun"]].concat())?;
        let language = |tag: &str| Language::from_tag(tag).filter(|_| ["ko", "en"].contains(&tag));
        let only = given.read_as("only", "the name of a node", |name| Some(name.to_owned()))?;
        let next = given.read_as("next", "ADDRESS:PORT", |text| text.parse().ok())?;
        if next.is_some() && only.is_none() {
            return Err("live: --next goes with --only NODE".to_owned());
        }
        let tun = given.is_set("tun");
        let others = ["only", "no-client", "bind", "port", "once"];
        if let Some(other) = others.into_iter().find(|other| tun && given.is_set(other)) {
            return Err(format!("live: --{other} does not go with --tun"));
        }
        let bind = given.read_as("bind", "an IPv4 address", |text| text.parse().ok())?;
        let port = given.read_as("port", "a port, from 0", |text| text.parse().ok())?;
        Ok(Self {
            language: given.read_as("lang", "ko or en", language)?,
            record: given.path("record"),
            only,
            next,
            no_client: given.is_set("no-client"),
            bind: bind.unwrap_or(Ipv4Addr::LOCALHOST),
            port: port.unwrap_or(8080),
            once: given.is_set("once"),
            tun,
        })
    }
}

/// Runs until Ctrl-C, the end of its time, or, with `--once`, until nothing is left to do; what is returned is the
/// summary.
///
/// # Errors
/// A scenario that cannot be run on sockets, what the system says, a file that cannot be written.
pub fn run(source: &Source, live: &Live) -> Result<String, String> {
    if live.tun {
        return tun::run(source, live);
    }
    let say = |error: &dyn std::fmt::Display| error.to_string();
    let mut plan = Plan::new(scenario::read(source, &mut io::stdin())?).map_err(|error| say(&error))?;
    if let Some(only) = &live.only {
        plan = plan.only(only, live.next).map_err(|error| say(&error))?;
    }
    if live.no_client {
        plan = plan.without_clients().map_err(|error| say(&error))?;
    }
    let plan = plan.on(live.bind, live.port);
    if !live.bind.is_loopback() {
        eprintln!("socket-playground: {} is not loopback: others can reach these programs", live.bind);
    }
    let scenario = plan.scenario().clone();
    let text = Text::new(live.language.unwrap_or_else(telling::of_the_environment));
    for (spec, absent) in plan.absent() {
        eprintln!("{}: {}", spec.name, absent.reason());
    }
    let recording = if live.record.is_some() { Recording::Keeps } else { Recording::Forgets };
    let (told, counts) = (Rc::new(RefCell::new(Telling::new(&scenario, text))), Rc::default());
    let watcher = teller(&scenario, &told, &counts);
    let mut run = Run::start(plan, Limits::default(), recording, watcher).map_err(|error| say(&error))?;
    introduce(&scenario, &run.listening());
    let ends = until_interrupted(run.waker())?;
    let mut looked = Clock::now();
    while !(ends.load(Ordering::Relaxed) || run.is_over() || live.once && run.is_quiet()) {
        run.go_on(Wall::from_secs(1)).map_err(|error| say(&error))?;
        if looked.elapsed() >= LOOK {
            looked = Clock::now();
            for line in told.borrow_mut().waits(&run.waits(Duration::ZERO)) {
                print(&line);
            }
        }
    }
    let summary = counts.get().summary(run.now(), run.connections());
    write_down(&run.finish(), live.record.as_deref())?;
    Ok(summary)
}

/// What a run has done so far.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    requests: u32,
    ends: u32,
}

impl Counts {
    /// The last line of a run.
    pub fn summary(self, ended: Instant, open: usize) -> String {
        let (span, Self { requests, ends }) = (time_text::moment(ended), self);
        format!("{span}: {requests} requests read, {ends} ends of connections, {open} still open\n")
    }
}

/// What prints the line of an entry, or of a connection that is ended for a limit, and counts.
pub fn teller(
    scenario: &Scenario,
    told: &Rc<RefCell<Telling>>,
    counts: &Rc<Cell<Counts>>,
) -> impl FnMut(News<'_>) + use<> {
    let (told, counted) = (Rc::clone(told), Rc::clone(counts));
    let names: Vec<String> = scenario.nodes.iter().map(|spec| spec.name.clone()).collect();
    move |news| {
        let entry = match news {
            News::Entry(entry) => entry,
            News::Ended(excess) => {
                let name = &names[excess.node.index()];
                return eprintln!("socket-playground: {name}: a connection was ended: {}", excess.bound);
            }
        };
        let mut counts = counted.get();
        match &entry.event {
            Event::RequestReceived { .. } => counts.requests += 1,
            Event::Socket { notice: Notice::Opened { .. }, .. } => counts.ends += 1,
            _ => {}
        }
        counted.set(counts);
        if let Some(line) = told.borrow_mut().line(entry) {
            print(&line);
        }
    }
}

/// Says where the nodes listen and connect to, and how to ask them.
pub fn introduce(scenario: &Scenario, listening: &[Listening]) {
    for listening in listening {
        eprintln!("{}", table_line(scenario, listening));
    }
}

/// What becomes true with Ctrl-C.
///
/// # Errors
/// What the system says.
pub fn until_interrupted(waker: Waker) -> Result<Arc<AtomicBool>, String> {
    let ends = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&ends);
    ctrlc::set_handler(move || {
        asked.store(true, Ordering::Relaxed);
        // The run looks by itself after a moment, too.
        let _ = waker.wake();
    })
    .map_err(|error| error.to_string())?;
    Ok(ends)
}

/// Says what limit has ended a run, and writes down what was recorded of it.
///
/// # Errors
/// A file that cannot be written.
pub fn write_down(trace: &Trace, record: Option<&Path>) -> Result<(), String> {
    if let Some(limit) = trace.cut_short() {
        eprintln!("socket-playground: {limit}");
    }
    let Some(path) = record else { return Ok(()) };
    let name = quoted(&path.to_string_lossy());
    let json = serde_json::to_vec_pretty(trace).map_err(|error| error.to_string())?;
    std::fs::write(path, json).map_err(|error| format!("--record {name}: {error}"))
}

/// A terminal that has gone away is no reason to end connections.
fn print(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Where a node listens, where it connects to, and how to try it.
fn table_line(scenario: &Scenario, listening: &Listening) -> String {
    let spec = &scenario.nodes[listening.node.index()];
    let role = spec.role.key();
    let kind = role.strip_suffix("-proxy").or(role.strip_suffix("-server")).unwrap_or(role);
    let place = listening.place;
    let mut line = format!("{} ({kind}) {place}", spec.name);
    if let Some((next, place)) = listening.next {
        line += &format!(" → {} {place}", scenario.nodes[next.index()].name);
    }
    // What there is to be had.
    let path = scenario.nodes.iter().find_map(|spec| match &spec.role {
        RoleSpec::OriginServer(server) => server.resources.first().map(|resource| resource.path.as_str()),
        _ => None,
    });
    let path = path.unwrap_or("/");
    line + &match role.ends_with("-proxy") {
        true => format!("; try: curl -v -x http://{place} http://www.joes-hardware.com{path}"),
        false => format!("; try: curl -v http://{place}{path}"),
    }
}
