//! Ready-made runs: small networks in which each thing the view model shows happens at least once.

use std::rc::Rc;

use crate::{proxies, requests};
use playground_core::http::Version;
use playground_core::node::{
    Asks, BrowserSpec, ClientSpec, CloseStyle, LoadingPolicy, OriginServerSpec, RequestSpec, ResourceSpec,
    RoleSpec, ScriptCall, ScriptSpec, ScriptStep, UserAnswer,
};
use playground_core::scenario::{
    Direction, Impairment, ImpairmentKind, Limits, LinkSpec, NodeSpec, Scenario, StackSpec,
};
use playground_core::sim::run;
use playground_core::tcp::ProfileName;
use playground_core::time::{Duration, Instant};
use playground_core::trace::Trace;
use playground_playback::{Dissection, Pace, StepMark, Timeline};

/// A run with everything computed once per trace.
pub struct Run {
    pub name: &'static str,
    pub trace: Rc<Trace>,
    pub dissection: Dissection,
    pub pace: Rc<Pace>,
}

impl Run {
    pub fn of(name: &'static str, scenario: &Scenario) -> Self {
        let trace = run(scenario).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let dissection = Dissection::new(&trace);
        let pace = Rc::new(Pace::new(&trace, &dissection));
        Self { name, trace: Rc::new(trace), dissection, pace }
    }

    pub fn timeline(&self, steps: Vec<StepMark>) -> Timeline {
        Timeline::new(Rc::clone(&self.trace), &self.dissection, Rc::clone(&self.pace), steps)
    }
}

/// One of each.
pub fn all() -> Vec<Run> {
    vec![
        Run::of("dumb", &chain(Asks::KeepAlive, dumb())),
        Run::of("dumb, proxy-connection", &chain(Asks::ProxyConnection, dumb())),
        Run::of("smart", &chain(Asks::KeepAlive, smart())),
        Run::of("reset", &reset(ProfileName::Textbook, 500)),
        Run::of("reset, linux", &reset(ProfileName::Linux, 500)),
        Run::of("reset of a sender", &reset(ProfileName::Linux, 30_000)),
        Run::of("losses", &losses(5)),
        Run::of("all lost", &losses(1_000)),
        Run::of("refused", &refused()),
        Run::of("script", &script()),
        Run::of("serial", &serial()),
        Run::of("page", &page()),
        Run::of("corrupted", &corrupted()),
        Run::of("asked", &requests::asked(UserAnswer::Again)),
        Run::of("caching", &proxies::caching()),
        Run::of("three proxies", &proxies::three()),
        Run::of("a star", &proxies::star()),
        Run::of("no time at all", &no_time()),
        Run::of("nothing happens", &nothing()),
    ]
}

pub fn node(name: &str, last: u8, role: RoleSpec) -> NodeSpec {
    NodeSpec {
        name: name.to_owned(),
        address: [10, 0, 0, last].into(),
        profile: ProfileName::Textbook,
        stack: StackSpec::default(),
        role,
    }
}

pub fn link(a: &str, b: &str) -> LinkSpec {
    LinkSpec {
        between: (a.to_owned(), b.to_owned()),
        delay_us: Duration::from_millis(50),
        bits_per_s: 10_000_000,
        queue_segments: None,
        impairments: Vec::new(),
    }
}

pub fn scenario(nodes: Vec<NodeSpec>, links: Vec<LinkSpec>) -> Scenario {
    Scenario {
        name: String::new(),
        seed: 1,
        nodes,
        links,
        interventions: Vec::new(),
        limits: Limits::default(),
    }
}

pub fn chain(asks: Asks, proxy: RoleSpec) -> Scenario {
    let requests = vec![RequestSpec::get("/a"), RequestSpec::get("/b").after(Duration::from_millis(500))];
    let mut client = ClientSpec::new("proxy", requests);
    client.port = 8080;
    client.absolute_form = true;
    client.version = Version::Http10;
    client.asks = asks;
    let server = OriginServerSpec {
        version: Version::Http10,
        idle_timeout_us: Duration::from_secs(5),
        resources: vec![ResourceSpec::new("/a", 200), ResourceSpec::new("/b", 200)],
        ..OriginServerSpec::default()
    };
    scenario(
        vec![
            node("client", 1, RoleSpec::Client(client)),
            node("proxy", 2, proxy),
            node("server", 3, RoleSpec::OriginServer(server)),
        ],
        vec![link("client", "proxy"), link("proxy", "server")],
    )
}

pub fn dumb() -> RoleSpec {
    role(r#"{ "dumb-proxy": { "next": "server" } }"#)
}

pub fn smart() -> RoleSpec {
    role(r#"{ "smart-proxy": { "next": "server" } }"#)
}

/// A role as scenarios write it; what is not said is the role's own.
fn role(json: &str) -> RoleSpec {
    serde_json::from_str(json).expect("a role")
}

pub fn pair(client: ClientSpec, server: OriginServerSpec, link: LinkSpec) -> Scenario {
    scenario(
        vec![node("client", 1, RoleSpec::Client(client)), node("server", 2, RoleSpec::OriginServer(server))],
        vec![link],
    )
}

/// Ten answers lie unread, and request 11 meets a closed socket.
pub fn reset(profile: ProfileName, size: u32) -> Scenario {
    let mut requests: Vec<RequestSpec> = (1..=11).map(|n| RequestSpec::get(format!("/{n}"))).collect();
    requests[10].after_us = Duration::from_millis(1_000);
    let mut client = ClientSpec::new("server", requests);
    client.pipeline = 11;
    client.reads_from_us = Instant::from_millis(2_500);
    let server = OriginServerSpec {
        max_requests: 10,
        resources: (1..=11).map(|n| ResourceSpec::new(format!("/{n}"), size)).collect(),
        close: CloseStyle::Close,
        ..OriginServerSpec::default()
    };
    let mut scenario = pair(client, server, link("client", "server"));
    for node in &mut scenario.nodes {
        node.profile = profile;
    }
    scenario
}

pub fn losses(per_mille: u16) -> Scenario {
    let client = ClientSpec::new("server", vec![RequestSpec::get("/big"), RequestSpec::get("/small")]);
    let server = OriginServerSpec {
        resources: vec![ResourceSpec::new("/big", 100_000), ResourceSpec::new("/small", 10)],
        ..OriginServerSpec::default()
    };
    let mut link = link("client", "server");
    for direction in [Direction::Forward, Direction::Backward] {
        link.impairments.push(Impairment { direction, kind: ImpairmentKind::Loss { per_mille } });
    }
    pair(client, server, link)
}

fn refused() -> Scenario {
    let mut client = ClientSpec::new("server", vec![RequestSpec::get("/")]);
    client.port = 81;
    pair(client, OriginServerSpec::default(), link("client", "server"))
}

/// Octets that are no HTTP, a half-close, small writes.
fn script() -> Scenario {
    let at = |millis: u64, call: ScriptCall| ScriptStep { at_us: Instant::from_millis(millis), call };
    let send = |text: &str, times: u32| ScriptCall::Send { socket: 0, text: text.to_owned(), times };
    let client = vec![
        at(0, ScriptCall::Connect { to: "server".to_owned(), port: 7 }),
        at(200, send("hello", 1)),
        at(210, send("x", 300)),
        at(220, send("\r\n\r\n", 1)),
        at(230, ScriptCall::Shutdown { socket: 0 }),
        at(240, ScriptCall::ReadAll { socket: 0 }),
        at(5_000, ScriptCall::Close { socket: 0 }),
    ];
    let server = vec![
        at(0, ScriptCall::Listen { port: 7 }),
        at(600, send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nshort", 1)),
        at(900, ScriptCall::Receive { socket: 0, max: 3 }),
        at(950, ScriptCall::ReadAll { socket: 0 }),
        at(1_000, send("more", 1_000)),
        at(1_500, ScriptCall::Close { socket: 0 }),
    ];
    scenario(
        vec![
            node("client", 1, RoleSpec::Script(ScriptSpec { steps: client })),
            node("server", 2, RoleSpec::Script(ScriptSpec { steps: server })),
        ],
        vec![link("client", "server")],
    )
}

/// A page of two segments and four images of one segment each; 100 ms there and back, no limit of rate. So
/// every count can be told in round trips.
pub fn page() -> Scenario {
    let names: Vec<String> = (1..=4).map(|n| format!("/{n}.jpg")).collect();
    let mut resources = vec![ResourceSpec::page("/page.html", 2_000, names.clone())];
    resources.extend(names.iter().map(|name| ResourceSpec::new(name, 1_000)));
    let browser = BrowserSpec::new("server", "/page.html", LoadingPolicy::Persistent);
    let server = OriginServerSpec { resources, ..OriginServerSpec::default() };
    let mut nodes = vec![
        node("client", 1, RoleSpec::Browser(browser)),
        node("server", 2, RoleSpec::OriginServer(server)),
    ];
    for node in &mut nodes {
        node.stack =
            StackSpec { nagle: Some(false), delayed_ack_us: Some(Duration::ZERO), ..StackSpec::default() };
    }
    let link = LinkSpec {
        between: ("client".to_owned(), "server".to_owned()),
        delay_us: Duration::from_millis(50),
        bits_per_s: 0,
        queue_segments: None,
        impairments: Vec::new(),
    };
    Scenario { nodes, links: vec![link], ..serial() }
}

/// A connection for each of twenty requests, over a narrow line.
pub fn serial() -> Scenario {
    let mut client = ClientSpec::new("server", (0..20).map(|n| RequestSpec::get(format!("/{n}"))).collect());
    client.reuses = false;
    client.asks = Asks::Close;
    let server = OriginServerSpec {
        resources: (0..20).map(|n| ResourceSpec::new(format!("/{n}"), 3_000)).collect(),
        ..OriginServerSpec::default()
    };
    let mut link = link("client", "server");
    link.bits_per_s = 56_000;
    pair(client, server, link)
}

fn corrupted() -> Scenario {
    let client = ClientSpec::new("server", vec![RequestSpec::get("/")]);
    let server =
        OriginServerSpec { resources: vec![ResourceSpec::new("/", 5_000)], ..OriginServerSpec::default() };
    let mut link = link("client", "server");
    let kinds = [
        ImpairmentKind::Corrupt { nth: 2, data_only: true },
        ImpairmentKind::Delay { nth: 3, data_only: true, by_us: Duration::from_millis(30) },
    ];
    for kind in kinds {
        link.impairments.push(Impairment { direction: Direction::Backward, kind });
    }
    pair(client, server, link)
}

/// A wire without delay and without limit: everything happens at once.
fn no_time() -> Scenario {
    let client = ClientSpec::new("server", vec![RequestSpec::get("/"), RequestSpec::get("/")]);
    let server =
        OriginServerSpec { resources: vec![ResourceSpec::new("/", 100)], ..OriginServerSpec::default() };
    let mut link = link("client", "server");
    link.delay_us = Duration::ZERO;
    link.bits_per_s = 0;
    pair(client, server, link)
}

fn nothing() -> Scenario {
    scenario(vec![node("client", 1, RoleSpec::Script(ScriptSpec::default()))], Vec::new())
}
