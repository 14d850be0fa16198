//! The dumb proxy and the smart one, as traces: what was observed between real stacks, in the model.

use expect_test::expect;
use playground_core::node::{
    Asks, ClientSpec, DumbProxySpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, SmartProxySpec,
};
use playground_core::http::Version;
use playground_core::sim::{Limits, LinkSpec, NodeSpec, Scenario, StackSpec, run};
use playground_core::tcp::ProfileName;
use playground_core::time::Duration;

fn node(name: &str, last: u8, role: RoleSpec) -> NodeSpec {
    NodeSpec {
        name: name.to_owned(),
        address: [10, 0, 0, last].into(),
        profile: ProfileName::Textbook,
        stack: StackSpec::default(),
        role,
    }
}

fn link(a: &str, b: &str) -> LinkSpec {
    LinkSpec {
        between: (a.to_owned(), b.to_owned()),
        delay_us: Duration::from_millis(50),
        bits_per_s: 10_000_000,
        queue_segments: None,
        impairments: Vec::new(),
    }
}

fn chain(asks: Asks, proxy: RoleSpec) -> Scenario {
    let mut client = ClientSpec::new(
        "proxy",
        vec![RequestSpec::get("/a"), RequestSpec::get("/b").after(Duration::from_millis(500))],
    );
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
    Scenario {
        name: "chain".to_owned(),
        seed: 1,
        nodes: vec![
            node("client", 1, RoleSpec::Client(client)),
            node("proxy", 2, proxy),
            node("server", 3, RoleSpec::OriginServer(server)),
        ],
        links: vec![link("client", "proxy"), link("proxy", "server")],
        interventions: Vec::new(),
        limits: Limits::default(),
    }
}

fn dumb() -> RoleSpec {
    RoleSpec::DumbProxy(DumbProxySpec { port: 8080, next: "server".to_owned(), next_port: 80 })
}

fn smart() -> RoleSpec {
    RoleSpec::SmartProxy(SmartProxySpec {
        port: 8080,
        next: "server".to_owned(),
        next_port: 80,
        next_is_proxy: false,
        via_name: "proxy".to_owned(),
        idle_timeout_us: Duration::ZERO,
    })
}

fn notation(scenario: &Scenario) -> String {
    run(scenario).expect("the scenario is sound").notation()
}

#[test]
fn the_dumb_proxy_hangs_until_the_server_gives_up() {
    let text = notation(&chain(Asks::KeepAlive, dumb()));
    expect![[r#""#]].assert_eq(&text);
}

#[test]
fn the_smart_proxy_keeps_both_connections() {
    let text = notation(&chain(Asks::KeepAlive, smart()));
    expect![[r#""#]].assert_eq(&text);
}
