//! Five kinds of scenario and the mark of each one's trace: the same on every machine, native or WASM.

use playground_core::http::Version;
use playground_core::node::{
    Asks, BrowserSpec, CloseStyle, LoadingPolicy, OriginServerSpec, ResourceSpec, RoleSpec, ScriptCall,
};
use playground_core::scenario::{Direction, Impairment, ImpairmentKind, Scenario};
use playground_core::tcp::ProfileName;
use playground_core::trace::Trace;

use super::scenes::{chain, dumb, origin, script, smart, trace, two_requests};
use super::{ms, secs};

/// The mark of each scenario's trace: entries, and a hash of what they say.
///
/// When a change of the model moves them, put in what the native test prints.
pub const MARKS: [(&str, usize, u64); 5] = [
    ("client and server", 796, 0xa534_d4a7_7361_4e49),
    ("dumb proxy", 218, 0xbe54_a444_3238_95e2),
    ("smart proxy", 315, 0xc271_8e0c_c21b_9381),
    ("page", 896, 0x2f94_4187_a6b0_014f),
    ("script over a bad link", 196, 0x1df5_9928_e8f5_ea59),
];

/// The scenarios, in the order of the marks.
pub fn scenarios() -> [Scenario; 5] {
    let client = |peer: &str, version, asks| RoleSpec::Client(two_requests(peer, version, asks));
    let server = |version| ("server", RoleSpec::OriginServer(origin(version)));
    let mut direct = two_requests("server", Version::Http11, Asks::Nothing);
    direct.port = 80;
    let mut big = origin(Version::Http11);
    big.resources = vec![ResourceSpec::new("/f", 100_000), ResourceSpec::new("/g", 10)];
    let call = |at, call| (at, call);
    let mut bad = chain(
        ProfileName::Bsd,
        ms(20),
        vec![
            (
                "client",
                script(vec![
                    call(0, ScriptCall::Connect { to: "server".to_owned(), port: 80 }),
                    call(
                        1,
                        ScriptCall::Send { socket: 0, text: "over a bad link ".to_owned(), times: 1_000 },
                    ),
                    call(90_000, ScriptCall::Close { socket: 0 }),
                ]),
            ),
            (
                "server",
                script(vec![
                    call(0, ScriptCall::Listen { port: 80 }),
                    call(5_000, ScriptCall::ReadAll { socket: 0 }),
                    call(95_000, ScriptCall::Close { socket: 0 }),
                ]),
            ),
        ],
    );
    bad.seed = 42;
    bad.links[0].bits_per_s = 1_000_000;
    bad.links[0].impairments = [Direction::Forward, Direction::Backward]
        .into_iter()
        .map(|direction| Impairment { direction, kind: ImpairmentKind::Loss { per_mille: 100 } })
        .collect();
    [
        chain(
            ProfileName::Linux,
            ms(25),
            vec![("client", RoleSpec::Client(direct)), ("server", RoleSpec::OriginServer(big))],
        ),
        chain(
            ProfileName::Textbook,
            ms(50),
            vec![
                ("client", client("proxy", Version::Http10, Asks::KeepAlive)),
                ("proxy", dumb("server", 80)),
                server(Version::Http10),
            ],
        ),
        chain(
            ProfileName::Linux,
            ms(10),
            vec![
                ("client", client("proxy", Version::Http11, Asks::Nothing)),
                ("proxy", smart("server", 80, false, secs(9))),
                server(Version::Http11),
            ],
        ),
        page(),
        bad,
    ]
}

/// A page with five images over three connections at once, one more than the server likes.
fn page() -> Scenario {
    let names: Vec<String> = (1..=5).map(|number| format!("/{number}.jpg")).collect();
    let mut resources = vec![ResourceSpec::page("/page.html", 3_000, names.clone())];
    resources.extend(names.iter().map(|name| ResourceSpec::new(name, 5_000)));
    let mut browser = BrowserSpec::new("server", "/page.html", LoadingPolicy::Parallel);
    browser.connections = 3;
    let server = OriginServerSpec {
        resources,
        close: CloseStyle::Graceful,
        connections_per_client: 2,
        ..OriginServerSpec::default()
    };
    let nodes = vec![("client", RoleSpec::Browser(browser)), ("server", RoleSpec::OriginServer(server))];
    chain(ProfileName::Textbook, ms(50), nodes)
}

/// What identifies a trace: its length and an FNV-1a hash of its notation and of each entry's time, node, rule
/// and cause.
pub fn mark(trace: &Trace) -> (usize, u64) {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.take(trace.notation().as_bytes());
    for entry in &trace.entries {
        hash.take(&entry.at.as_micros().to_le_bytes());
        hash.take(&entry.node.0.to_le_bytes());
        hash.take(entry.rule.key().as_bytes());
        hash.take(&entry.cause.unwrap_or(u32::MAX).to_le_bytes());
    }
    (trace.entries.len(), hash.0)
}

struct Fnv(u64);

impl Fnv {
    fn take(&mut self, octets: &[u8]) {
        for octet in octets {
            self.0 = (self.0 ^ u64::from(*octet)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Fails, and prints what it found, when a trace's mark is another one.
pub fn assert_marks() {
    let found: Vec<(&str, usize, u64)> = scenarios()
        .iter()
        .zip(MARKS)
        .map(|(scenario, (name, ..))| {
            let (entries, hash) = mark(&trace(scenario));
            (name, entries, hash)
        })
        .collect();
    assert_eq!(found, MARKS, "{found:x?}");
}
