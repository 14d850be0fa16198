//! curl as the client of the lesson's proxies.

use std::net::SocketAddr;
use std::rc::Rc;

use playground_core::event::{Entry, Event, NodeId, Waiting};
use playground_core::node::{BodyFraming, CloseStyle, CutSpec, ResourceSpec, RoleSpec};
use playground_core::scenario::Scenario;
use playground_core::sim;
use playground_core::tcp::{Call, Notice, Returned};
use playground_core::trace::Trace;
use playground_live::Plan;
use playground_playback::Dissection;

use crate::program::{command, output};
use crate::running::{Ended, for_others, relayed, run_while, server_of};
use crate::simulation::{assert_same, decisions};

const PROXY: NodeId = NodeId(1);
const SERVER: NodeId = NodeId(2);
/// The two files, asked for on one connection where that goes.
const FILES: [&str; 2] = ["http://www.joes-hardware.com/a", "http://www.joes-hardware.com/b"];

/// What curl says.
pub struct Curl {
    /// Of each file: how many connections were made for it, and its status.
    pub told: String,
    /// Its exit code.
    pub code: Option<i32>,
    /// What it did.
    pub did: String,
}

impl Curl {
    /// Asks for URLs in one call, through a proxy where one is named.
    pub fn ask(proxy: Option<SocketAddr>, options: &[&str], urls: &[&str]) -> Self {
        let mut curl = command("curl");
        curl.args(["-sv", "--max-time", "60", "-w", "%{num_connects} %{http_code};"]).args(options);
        if let Some(proxy) = proxy {
            curl.args(["-x", &format!("http://{proxy}")]);
        }
        for url in urls {
            curl.args(["-o", "/dev/null", url]);
        }
        let output = output(&mut curl);
        Self {
            told: String::from_utf8_lossy(&output.stdout).into_owned(),
            code: output.status.code(),
            did: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Asks through the first node of a plan.
    pub fn through(plan: Plan, options: &[&str], urls: &[&str]) -> (Self, Ended) {
        run_while(plan, |proxy| Self::ask(Some(proxy), options, urls))
    }

    /// Whether its connection was reset or closed under a request, so that it asked again on another.
    pub fn has_retried(&self) -> bool {
        self.did.contains("retrying a fresh connect")
    }
}

/// Connections that a node has accepted.
pub fn accepted(entries: &[Entry], at: NodeId) -> usize {
    let is_one = |entry: &&Entry| {
        let opened =
            matches!(&entry.event, Event::Socket { notice: Notice::Opened { listener: Some(_), .. }, .. });
        entry.node == at && opened
    };
    entries.iter().filter(is_one).count()
}

/// How often the server's patience with an idle connection has ended: it hung before.
pub fn idle_ends(entries: &[Entry]) -> usize {
    let is_one = |entry: &&Entry| {
        matches!(entry.event, Event::TimerExpired { purpose: Waiting::IdleTimeout, .. })
            && entry.node == SERVER
    };
    entries.iter().filter(is_one).count()
}

/// What the proxy has read from its clients, as text to be sent again.
fn sent(entries: &[Entry]) -> String {
    let mut accepted = Vec::new();
    let mut text = String::new();
    for entry in entries.iter().filter(|entry| entry.node == PROXY) {
        match &entry.event {
            Event::Socket { socket, notice: Notice::Opened { listener: Some(_), .. } } => {
                accepted.push(*socket)
            }
            Event::CallReturned {
                socket: Some(socket),
                call: Call::Receive { .. },
                returned: Returned::Received { octets },
                ..
            } if accepted.contains(socket) => text += &String::from_utf8_lossy(octets),
            _ => {}
        }
    }
    text.replace("\r\n", "\n")
}

/// The simulation of what curl has sent, next to what the proxy and the server did with curl itself. Where curl has
/// asked again, it did more than the simulated client, after the same.
fn compare_with_simulation(proxy: &str, edit: fn(&mut Scenario), entries: &[Entry], asks_again: bool) {
    let mut scenario = relayed(proxy, Some(&sent(entries)));
    if let RoleSpec::Client(client) = &mut scenario.nodes[0].role {
        // As curl does.
        client.closes_when_done = true;
    }
    edit(&mut scenario);
    let simulated = sim::run(&scenario).expect("a valid scenario");
    for node in [PROXY, SERVER] {
        let (expected, mut found) = (decisions(&simulated.entries, node), decisions(entries, node));
        if asks_again {
            found.truncate(expected.len());
        }
        assert_same(&found, &expected, &format!("{proxy} {node:?} {}", sent(entries)));
    }
}

#[test]
fn curl_hangs_behind_the_dumb_proxy_and_the_server_resets_it() {
    for options in [
        &["--http1.0", "-H", "Connection: Keep-Alive"][..],
        &["--http1.1"],
        &["--http1.1", "-H", "Proxy-Connection:"],
    ] {
        let (curl, ended) = Curl::through(for_others(relayed("dumb", None)), options, &FILES);
        // The second request is never read: the connection ends with the server's idle time, and curl asks again.
        assert!(
            curl.told.starts_with("1 200;") && curl.told.ends_with(" 200;"),
            "{options:?}: {}",
            curl.told
        );
        assert!(curl.has_retried(), "{options:?}: {}", curl.did);
        assert_eq!((accepted(&ended.entries, PROXY), ended.left), (2, 0), "{options:?}");
        assert_eq!(idle_ends(&ended.entries), 2, "{options:?}");
        compare_with_simulation("dumb", |_| {}, &ended.entries, true);
    }
}

#[test]
fn netscapes_field_saves_a_client_of_the_dumb_proxy_from_the_hang() {
    // The server does not know Proxy-Connection and closes.
    let options = ["--http1.0", "-H", "Proxy-Connection: Keep-Alive"];
    let (curl, ended) = Curl::through(for_others(relayed("dumb", None)), &options, &FILES);
    assert_eq!((curl.told.as_str(), curl.has_retried()), ("1 200;1 200;", false), "{}", curl.did);
    assert_eq!((idle_ends(&ended.entries), ended.left), (0, 0));
    compare_with_simulation("dumb", |_| {}, &ended.entries, false);
}

#[test]
fn the_smart_proxy_answers_curl_on_one_connection() {
    for options in [
        &["--http1.0", "-H", "Connection: Keep-Alive"][..],
        &["--http1.0", "-H", "Proxy-Connection: Keep-Alive"],
        &["--http1.1"],
        &["--http1.1", "-H", "Proxy-Connection: Keep-Alive"],
    ] {
        let (curl, ended) = Curl::through(for_others(relayed("smart", None)), options, &FILES);
        assert_eq!(
            (curl.told.as_str(), curl.has_retried()),
            ("1 200;0 200;", false),
            "{options:?}: {}",
            curl.did
        );
        assert_eq!((accepted(&ended.entries, PROXY), ended.left), (1, 0), "{options:?}");
        assert_eq!(accepted(&ended.entries, SERVER), 1, "{options:?}");
        compare_with_simulation("smart", |_| {}, &ended.entries, false);
    }
}

#[test]
fn a_connection_that_curl_opens_begins_at_the_clients_place() {
    let scenario = relayed("smart", None);
    let shared = Rc::new(scenario.clone());
    let (_, ended) = Curl::through(for_others(scenario), &["--http1.1"], &FILES);
    let trace = Trace::recorded(shared, ended.entries, None);
    let found = Dissection::new(&trace).connections;
    let ends: Vec<(NodeId, Option<NodeId>, bool)> = found
        .iter()
        .map(|connection| (connection.opener, connection.acceptor, connection.opener_socket.is_some()))
        .collect();
    assert_eq!(ends, [(NodeId(0), Some(PROXY), false), (PROXY, Some(SERVER), true)]);
}

#[test]
fn a_body_goes_through_with_and_without_waiting_for_100() {
    for (kind, expects) in [("dumb", false), ("dumb", true), ("smart", false), ("smart", true)] {
        let expect = if expects { "Expect: 100-continue" } else { "Expect:" };
        let options = [
            "--http1.1",
            "-H",
            "Connection: close",
            "-H",
            expect,
            "-d",
            "hello=1",
            "--expect100-timeout",
            "60",
        ];
        let (curl, ended) = Curl::through(for_others(relayed(kind, None)), &options, &FILES[..1]);
        assert_eq!(
            (curl.told.as_str(), curl.code, ended.left),
            ("1 200;", Some(0), 0),
            "{kind}: {}",
            curl.did
        );
        // curl waits for it longer than this test may take.
        assert_eq!(curl.did.contains("HTTP/1.1 100 Continue"), expects, "{kind}: {}", curl.did);
        assert!(sent(&ended.entries).ends_with("\n\nhello=1"), "{kind}: {}", sent(&ended.entries));
        if !expects {
            compare_with_simulation(kind, |_| {}, &ended.entries, false);
        }
    }
}

/// `/a` announces 400 octets and ends after 100 of them.
fn cut(scenario: &mut Scenario) {
    let cut = CutSpec { after: 100, by: CloseStyle::Close, pause_us: Default::default(), once: false };
    server_of(scenario).resources = vec![
        ResourceSpec { cut: Some(cut), ..ResourceSpec::new("/a", 400) },
        ResourceSpec { cut: Some(cut), framing: BodyFraming::Chunked, ..ResourceSpec::new("/b", 400) },
    ];
}

#[test]
fn curl_knows_of_an_answer_that_was_cut() {
    for kind in ["dumb", "smart"] {
        for url in FILES {
            let mut scenario = relayed(kind, None);
            cut(&mut scenario);
            let (curl, ended) = Curl::through(for_others(scenario), &["--http1.1"], &[url]);
            // CURLE_PARTIAL_FILE.
            assert_eq!((curl.code, ended.left), (Some(18), 0), "{kind} {url}: {}", curl.did);
            compare_with_simulation(kind, cut, &ended.entries, false);
        }
    }
}
