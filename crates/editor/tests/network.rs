//! Changes of the network: each gives a sound scenario that runs to an end, or is refused.

use playground_core::event::Event;
use playground_core::node::BuildRole as _;
use playground_core::scenario::{Limits, Scenario};
use playground_core::sim::run;
use playground_editor::{Consequence, NetworkChange, NetworkRefusal, ProxyKind, blank, is_client, is_proxy};
use playground_lessons::{KnobValues, all, find};
use proptest::prelude::*;

fn scenario(lesson: &str) -> Scenario {
    let lesson = find(lesson).expect("a lesson");
    (lesson.scenario)(&KnobValues::defaults(lesson))
}

fn changed(scenario: &Scenario, change: NetworkChange) -> (Scenario, Vec<Consequence>) {
    change.apply(scenario).unwrap_or_else(|refusal| panic!("{change:?}: {refusal:?}"))
}

fn names(scenario: &Scenario) -> Vec<&str> {
    scenario.nodes.iter().map(|node| node.name.as_str()).collect()
}

/// `client>proxy proxy>server`, of those who connect to somebody.
fn connections(scenario: &Scenario) -> String {
    let peers = scenario.nodes.iter().flat_map(|node| {
        node.role.peers().into_iter().map(|(_, peer)| format!("{}>{peer}", node.name)).collect::<Vec<_>>()
    });
    peers.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_proxy_is_added_between_two_who_are_connected() {
    let chain = scenario("dumb-proxy");
    let (longer, said) = changed(&chain, NetworkChange::AddProxy { link: 1, kind: ProxyKind::Dumb });
    assert_eq!(names(&longer), ["client", "proxy", "proxy-2", "server"]);
    assert_eq!(connections(&longer), "client>proxy proxy>proxy-2 proxy-2>server");
    assert_eq!(said, [Consequence::Connects { node: "proxy".to_owned(), to: "proxy-2".to_owned() }]);
    let (longest, _) = changed(&longer, NetworkChange::AddProxy { link: 0, kind: ProxyKind::Dumb });
    assert_eq!(connections(&longest), "client>proxy-3 proxy-3>proxy proxy>proxy-2 proxy-2>server");
    assert_eq!(names(&longest), ["client", "proxy-3", "proxy", "proxy-2", "server"]);
    let refused = NetworkChange::AddProxy { link: 0, kind: ProxyKind::Dumb }.apply(&longest);
    assert_eq!(refused, Err(NetworkRefusal::TooMany { most: 3 }));
    // Every request of the client is answered or given up in it, as before.
    assert_eq!(outcomes(&chain), outcomes(&longest));
}

/// How many requests have an outcome.
fn outcomes(scenario: &Scenario) -> usize {
    use playground_core::event::Event;
    let trace = run(scenario).expect("it runs");
    let is_outcome =
        |event: &Event| matches!(event, Event::TransactionCompleted { .. } | Event::TransactionFailed { .. });
    trace.entries.iter().filter(|entry| is_outcome(&entry.event)).count()
}

/// A smart proxy behind a dumb one, which passes `Keep-Alive` on: the second request hangs until the smart one gives up.
#[test]
fn a_smart_proxy_next_to_a_dumb_one_hangs() {
    use playground_core::event::Event;
    let (mut chain, _) =
        changed(&scenario("dumb-proxy"), NetworkChange::AddProxy { link: 1, kind: ProxyKind::Dumb });
    let smart = r#"{ "smart-proxy": { "port": 8080, "next": "server", "idle_timeout_us": 10000000 } }"#;
    chain.nodes[2].role = serde_json::from_str(smart).expect("a role");
    let trace = run(&chain).expect("it runs");
    let waited = trace.entries.iter().filter_map(|entry| match &entry.event {
        Event::TransactionCompleted { started_at, .. } | Event::TransactionFailed { started_at, .. } => {
            Some(entry.at.since(*started_at).as_micros())
        }
        _ => None,
    });
    assert!(waited.max().expect("two requests") > 5_000_000);
}

#[test]
fn what_connected_to_a_removed_proxy_connects_to_what_is_behind_it() {
    let chain = scenario("dumb-proxy");
    let (plain, said) = changed(&chain, NetworkChange::Remove { node: "proxy".to_owned() });
    assert_eq!((names(&plain), connections(&plain)), (vec!["client", "server"], "client>server".to_owned()));
    assert_eq!(said, [Consequence::Connects { node: "client".to_owned(), to: "server".to_owned() }]);
    assert_eq!(plain.links.len(), 1);
    let refused = NetworkChange::Remove { node: "server".to_owned() }.apply(&plain);
    assert_eq!(refused, Err(NetworkRefusal::IsNeeded { by: vec!["client".to_owned()] }));
    let (two, _) = changed(&plain, NetworkChange::AddServer);
    let (other, said) = changed(&two, NetworkChange::Remove { node: "server".to_owned() });
    assert_eq!(
        (names(&other), connections(&other)),
        (vec!["client", "server-2"], "client>server-2".to_owned())
    );
    assert_eq!(said.len(), 1);
}

/// An impairment stays on one link and in its direction, however the link is written; a pulled cable that is no longer
/// there is dropped, and said.
#[test]
fn what_happens_on_a_link_stays_what_it_is() {
    use playground_core::scenario::{Action, Direction, Impairment, ImpairmentKind, Intervention, Moment};
    for turned in [false, true] {
        let mut chain = scenario("dumb-proxy");
        let (direction, between) = if turned {
            (Direction::Backward, ("server".to_owned(), "proxy".to_owned()))
        } else {
            (Direction::Forward, ("proxy".to_owned(), "server".to_owned()))
        };
        let kind = ImpairmentKind::Drop { nth: 3, data_only: false };
        chain.links[1].between = between.clone();
        chain.links[1].impairments.push(Impairment { direction, kind });
        let action = Action::PullCable { between };
        chain.interventions.push(Intervention { after: Moment::default(), action });
        let (longer, said) = changed(&chain, NetworkChange::AddProxy { link: 1, kind: ProxyKind::Dumb });
        let impaired: Vec<_> = longer.links.iter().filter(|link| !link.impairments.is_empty()).collect();
        let [link] = impaired.as_slice() else { panic!("{impaired:?}") };
        // Still from the proxy away.
        let from = if direction == Direction::Forward { &link.between.0 } else { &link.between.1 };
        assert_eq!((from.as_str(), link.impairments[0].direction), ("proxy", direction));
        assert!(said.contains(&Consequence::DropsInterventions { count: 1 }), "{said:?}");
        let (back, _) = changed(&longer, NetworkChange::Remove { node: "proxy-2".to_owned() });
        assert_eq!(back.links, chain.links);
    }
}

#[test]
fn clients_are_added_up_to_four() {
    let mut scenario = scenario("dumb-proxy");
    for count in 2..=4 {
        scenario = changed(&scenario, NetworkChange::AddClient).0;
        assert_eq!(scenario.nodes.iter().filter(|node| is_client(&node.role)).count(), count);
    }
    assert_eq!(NetworkChange::AddClient.apply(&scenario), Err(NetworkRefusal::TooMany { most: 4 }));
    assert_eq!(
        connections(&scenario),
        "client>proxy client-2>proxy client-3>proxy client-4>proxy proxy>server"
    );
    assert!(run(&scenario).is_ok());
}

#[test]
fn two_proxies_change_places_and_the_chain_stays() {
    let chain = scenario("proxy-chain");
    let kinds = |scenario: &Scenario| -> Vec<&str> {
        scenario.nodes.iter().filter(|node| is_proxy(&node.role)).map(|node| node.role.key()).collect()
    };
    let before = kinds(&chain);
    let right = NetworkChange::Move { node: "proxy".to_owned(), right: true };
    let (moved, _) = changed(&chain, right.clone());
    assert_eq!(connections(&moved), connections(&chain));
    let mut expected = before.clone();
    expected.swap(0, 1);
    assert_eq!(kinds(&moved), expected);
    let (back, _) = changed(&moved, right);
    assert_eq!(back, chain);
    let left = NetworkChange::Move { node: "proxy".to_owned(), right: false };
    assert_eq!(left.apply(&chain), Err(NetworkRefusal::IsLast), "a client stands there");
}

#[test]
fn a_host_takes_the_place_of_another() {
    let (longer, _) =
        changed(&scenario("proxy-chain"), NetworkChange::AddProxy { link: 2, kind: ProxyKind::Smart });
    let carry =
        |node: &str, over: &str| NetworkChange::MoveTo { node: node.to_owned(), over: over.to_owned() };
    let roles = |scenario: &Scenario| -> Vec<&str> {
        scenario.nodes.iter().filter(|node| is_proxy(&node.role)).map(|node| node.role.key()).collect()
    };
    let proxies: Vec<String> = longer.nodes[1..4].iter().map(|node| node.name.clone()).collect();
    let (moved, said) = changed(&longer, carry(&proxies[0], &proxies[2]));
    assert_eq!(connections(&moved), connections(&longer));
    let mut expected = roles(&longer);
    expected.rotate_left(1);
    assert_eq!(roles(&moved), expected);
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(carry(&proxies[0], "server").apply(&longer), Err(NetworkRefusal::IsLast));
    let (two, _) = changed(&longer, NetworkChange::AddClient);
    let (turned, _) = changed(&two, carry("client-2", "client"));
    assert_eq!(names(&turned)[..2], ["client-2", "client"]);
}

/// Whether a client has had an answer, and what else was used on the way.
fn outcome(scenario: &Scenario) -> (bool, bool, bool) {
    let trace = run(scenario).expect("it is sound");
    let any = |matches: fn(&Event) -> bool| trace.entries.iter().any(|entry| matches(&entry.event));
    (
        any(|event| matches!(event, Event::TransactionCompleted { .. })),
        any(|event| matches!(event, Event::NameResolved { .. })),
        any(|event| matches!(event, Event::AddressObtained { .. })),
    )
}

#[test]
fn names_and_addresses_come_from_servers_at_a_switch_and_go_with_them() {
    let begun = blank();
    assert_eq!(outcome(&begun), (true, false, false));
    let (named, said) = changed(&begun, NetworkChange::AddDnsServer);
    assert_eq!(names(&named), ["client", "switch", "dns", "server"]);
    assert_eq!(
        said,
        [
            Consequence::Switched { switch: "switch".to_owned() },
            Consequence::LooksUp { node: "client".to_owned(), at: "dns".to_owned() }
        ]
    );
    assert_eq!(outcome(&named), (true, true, false));
    let (both, said) = changed(&named, NetworkChange::AddDhcpServer);
    assert_eq!(said, [Consequence::HasAddressFrom { node: "client".to_owned(), from: "dhcp".to_owned() }]);
    assert_eq!(outcome(&both), (true, true, true));
    for again in [NetworkChange::AddSwitch, NetworkChange::AddDnsServer, NetworkChange::AddDhcpServer] {
        assert_eq!(again.apply(&both), Err(NetworkRefusal::TooMany { most: 1 }));
    }
    // A proxy beside the switch, for who connects over it.
    let own = both.links.iter().position(|link| link.between.0 == "client").expect("its link");
    let (relayed, _) = changed(&both, NetworkChange::AddProxy { link: own, kind: ProxyKind::Caching });
    assert_eq!(connections(&relayed), "client>proxy proxy>server");
    let remove = |scenario: &Scenario, node: &str| {
        changed(scenario, NetworkChange::Remove { node: node.to_owned() }).0
    };
    let switch = NetworkChange::Remove { node: "switch".to_owned() };
    let by = vec!["dns".to_owned(), "dhcp".to_owned()];
    assert_eq!(switch.apply(&both), Err(NetworkRefusal::IsNeeded { by }));
    let plain = remove(&remove(&remove(&both, "dhcp"), "dns"), "switch");
    assert_eq!(plain, begun);
}

fn any_change(scenario: &Scenario, kind: u8, which: u8, right: bool) -> NetworkChange {
    let node = scenario.nodes[usize::from(which) % scenario.nodes.len()].name.clone();
    match kind {
        0 => NetworkChange::AddProxy {
            link: usize::from(which) % (scenario.links.len() + 1),
            kind: [ProxyKind::Dumb, ProxyKind::Smart, ProxyKind::Caching][usize::from(which) % 3],
        },
        1 => NetworkChange::AddClient,
        2 => NetworkChange::AddServer,
        3 => NetworkChange::Remove { node },
        5 => NetworkChange::AddSwitch,
        6 => NetworkChange::AddDnsServer,
        7 => NetworkChange::AddDhcpServer,
        8 => {
            let over = scenario.nodes[usize::from(which / 16) % scenario.nodes.len()].name.clone();
            NetworkChange::MoveTo { node, over }
        }
        _ => NetworkChange::Move { node, right },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_change_is_sound_or_refused(
        lesson in 0..all().len(),
        changes in proptest::collection::vec((0..9_u8, any::<u8>(), any::<bool>()), 1..8),
    ) {
        let lesson = all()[lesson];
        let mut scenario = (lesson.scenario)(&KnobValues::defaults(lesson));
        scenario.limits = Limits { entries: 3_000, ..scenario.limits };
        for (kind, which, right) in changes {
            let change = any_change(&scenario, kind, which, right);
            if let Ok((next, _)) = change.apply(&scenario) {
                prop_assert!(next.validate().is_ok(), "{}: {change:?}", lesson.id);
                prop_assert!(run(&next).is_ok(), "{}: {change:?}", lesson.id);
                // It is the same as JSON.
                prop_assert_eq!(&Scenario::from_json(&next.to_json()).expect("its own JSON"), &next);
                scenario = next;
            }
        }
    }
}
