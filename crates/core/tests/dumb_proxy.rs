//! The dumb proxy and the smart one, as traces: what was observed between real stacks, in the model.
#![cfg(not(target_arch = "wasm32"))]

use expect_test::expect;
use playground_core::http::Version;
use playground_core::node::{
    Asks, ClientSpec, DumbProxySpec, OriginServerSpec, RequestSpec, ResourceSpec, RoleSpec, SmartProxySpec,
};
use playground_core::scenario::{Limits, LinkSpec, NodeSpec, Scenario, StackSpec};
use playground_core::sim::run;
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
    RoleSpec::SmartProxy(SmartProxySpec::new("server"))
}

fn notation(scenario: &Scenario) -> String {
    run(scenario).expect("the scenario is sound").notation()
}

#[test]
fn the_dumb_proxy_hangs_until_the_server_gives_up() {
    let text = notation(&chain(Asks::KeepAlive, dumb()));
    expect![[r#"
        0.000000 client.49152 > proxy.8080: Flags [S], seq 0, win 65535, length 0
        0.050036 proxy.8080 > client.49152: Flags [S.], seq 0, ack 1, win 65535, length 0
        0.100072 client.49152 > proxy.8080: Flags [.], seq 1, ack 1, win 65535, length 0
        0.100072 client.49152 > proxy.8080: Flags [P.], seq 1:101, ack 1, win 65535, length 100: GET http://www.joes-hardware.com/a HTTP/1.0
        0.150216 proxy.49152 > server.80: Flags [S], seq 0, win 65535, length 0
        0.200252 server.80 > proxy.49152: Flags [S.], seq 0, ack 1, win 65535, length 0
        0.250288 proxy.49152 > server.80: Flags [.], seq 1, ack 1, win 65535, length 0
        0.250288 proxy.49152 > server.80: Flags [P.], seq 1:101, ack 1, win 65535, length 100: GET http://www.joes-hardware.com/a HTTP/1.0
        0.300432 server.80 > proxy.49152: Flags [P.], seq 1:291, ack 101, win 65435, length 290: HTTP/1.0 200 OK
        0.350216 proxy.8080 > client.49152: Flags [.], seq 1, ack 101, win 65435, length 0
        0.350696 proxy.8080 > client.49152: Flags [P.], seq 1:291, ack 101, win 65435, length 290: HTTP/1.0 200 OK
        0.550696 proxy.49152 > server.80: Flags [.], seq 101, ack 291, win 65245, length 0
        0.600960 client.49152 > proxy.8080: Flags [.], seq 101, ack 291, win 65245, length 0
        0.900960 client.49152 > proxy.8080: Flags [P.], seq 101:201, ack 291, win 65245, length 100: GET http://www.joes-hardware.com/b HTTP/1.0
        1.151072 proxy.8080 > client.49152: Flags [.], seq 291, ack 201, win 65335, length 0
        5.300432 server.80 > proxy.49152: Flags [F.], seq 291, ack 101, win 65435, length 0
        5.350464 proxy.49152 > server.80: Flags [.], seq 101, ack 292, win 65244, length 0
        5.350464 proxy.8080 > client.49152: Flags [R.], seq 291, ack 201, win 0, length 0
        5.350464 proxy.49152 > server.80: Flags [F.], seq 101, ack 292, win 65244, length 0
        5.400528 server.80 > proxy.49152: Flags [.], seq 292, ack 102, win 65434, length 0
    "#]].assert_eq(&text);
}

#[test]
fn the_smart_proxy_keeps_both_connections() {
    let text = notation(&chain(Asks::KeepAlive, smart()));
    expect![[r#"
        0.000000 client.49152 > proxy.8080: Flags [S], seq 0, win 65535, length 0
        0.050036 proxy.8080 > client.49152: Flags [S.], seq 0, ack 1, win 65535, length 0
        0.100072 client.49152 > proxy.8080: Flags [.], seq 1, ack 1, win 65535, length 0
        0.100072 client.49152 > proxy.8080: Flags [P.], seq 1:101, ack 1, win 65535, length 100: GET http://www.joes-hardware.com/a HTTP/1.0
        0.150216 proxy.49152 > server.80: Flags [S], seq 0, win 65535, length 0
        0.200252 server.80 > proxy.49152: Flags [S.], seq 0, ack 1, win 65535, length 0
        0.250288 proxy.49152 > server.80: Flags [.], seq 1, ack 1, win 65535, length 0
        0.250288 proxy.49152 > server.80: Flags [P.], seq 1:89, ack 1, win 65535, length 88: GET /a HTTP/1.1
        0.300423 server.80 > proxy.49152: Flags [P.], seq 1:291, ack 89, win 65447, length 290: HTTP/1.0 200 OK
        0.350216 proxy.8080 > client.49152: Flags [.], seq 1, ack 101, win 65435, length 0
        0.350687 proxy.8080 > client.49152: Flags [P.], seq 1:307, ack 101, win 65435, length 306: HTTP/1.1 200 OK
        0.550687 proxy.49152 > server.80: Flags [.], seq 89, ack 291, win 65245, length 0
        0.600964 client.49152 > proxy.8080: Flags [.], seq 101, ack 307, win 65229, length 0
        0.900964 client.49152 > proxy.8080: Flags [P.], seq 101:201, ack 307, win 65229, length 100: GET http://www.joes-hardware.com/b HTTP/1.0
        0.951076 proxy.49152 > server.80: Flags [P.], seq 89:177, ack 291, win 65245, length 88: GET /b HTTP/1.1
        1.001179 server.80 > proxy.49152: Flags [P.], seq 291:581, ack 177, win 65359, length 290: HTTP/1.0 200 OK
        1.051443 proxy.8080 > client.49152: Flags [P.], seq 307:613, ack 201, win 65335, length 306: HTTP/1.1 200 OK
        1.251443 proxy.49152 > server.80: Flags [.], seq 177, ack 581, win 64955, length 0
        1.301720 client.49152 > proxy.8080: Flags [.], seq 201, ack 613, win 64923, length 0
        6.001179 server.80 > proxy.49152: Flags [F.], seq 581, ack 177, win 65359, length 0
        6.051211 proxy.49152 > server.80: Flags [.], seq 177, ack 582, win 64954, length 0
        6.051211 proxy.49152 > server.80: Flags [F.], seq 177, ack 582, win 64954, length 0
        6.101275 server.80 > proxy.49152: Flags [.], seq 582, ack 178, win 65358, length 0
    "#]].assert_eq(&text);
}
